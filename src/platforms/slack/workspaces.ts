import type { Installation, Installations } from '../../store/store.ts';
import { SpaceGone, TryLater } from '../platform.ts';
import { accessCodes, deliveryError, problemOf } from './client.ts';
import type { Seal } from './seal.ts';
import type { OwnWorkspace, SlackSettings } from './settings.ts';
import { createWorkspace, type Shared, type Workspace } from './workspace.ts';

/** The workspaces that this bot is in: the one of the settings, and those that installed it. */
export interface Workspaces {
  /** The workspace of the settings; null when there is none. */
  own: Workspace | null;
  /** The one that a payload is for. @returns null when the bot is not, or no longer, in it */
  forPayload(teamId: string | null): Promise<Workspace | null>;
  /** Works in the workspace with this id. @throws SpaceGone when the bot is not there; what `act` throws */
  in<Result>(teamId: string, act: (there: Workspace) => Promise<Result>): Promise<Result>;
  /** The workspace with this id, when it came by itself. @returns null for that of the settings, and where the bot is not */
  added(teamId: string): Promise<Workspace | null>;
  /** Slack says that the bot was removed there. A word that comes late, about an earlier installation, changes nothing. */
  uninstalled(teamId: string | null): Promise<void>;
  /** Just installed, or installed again. */
  forget(teamId: string): void;
  /** Closes anew what another key than the first closed. @returns how many, and of which nothing can be opened */
  reseal(): Promise<{ resealed: number; unreadable: string[] }>;
}

interface Known {
  at: number;
  sealed: string;
  workspace: Workspace;
}

/** The token is dead for good, so the bot is no longer there. */
const dead = new Set(['account_inactive', 'token_revoked']);

export function createWorkspaces(
  settings: SlackSettings,
  installed: { installations: Installations; seal: Seal } | null,
  shared: Shared,
): Workspaces {
  const { apiUrl } = settings;
  const { timing, log } = shared;
  const own = settings.own && ownWorkspace(settings.own, apiUrl, shared);
  const known = new Map<string, Known>();

  const isOwn = async (teamId: string): Promise<boolean> =>
    own !== null && (await own.identity()).teamId === teamId;

  /** What is known is used at once, and looked up anew beside that: a form waits for nothing. */
  async function find(teamId: string): Promise<Workspace | null> {
    const here = known.get(teamId);
    if (!here) return lookUp(teamId);
    if (timing.now() - here.at > timing.installationFresh) {
      here.at = timing.now();
      lookUp(teamId).catch((error: unknown) => log.warn({ err: error }, 'An installation cannot be read'));
    }
    return here.workspace;
  }

  async function lookUp(teamId: string): Promise<Workspace | null> {
    const row = await installed?.installations.get(teamId);
    if (!row || !installed) {
      known.delete(teamId);
      return null;
    }
    const before = known.get(teamId);
    if (before?.sealed === row.sealedToken) return before.workspace;
    const token = installed.seal.open(row.sealedToken, teamId);
    if (token === null) {
      log.error({ teamId }, 'No key of SLACK_TOKEN_KEY opens the token of this workspace');
      known.delete(teamId);
      return null;
    }
    const workspace = installedWorkspace(row, token, installed.installations);
    known.set(teamId, { at: timing.now(), sealed: row.sealedToken, workspace });
    return workspace;
  }

  function installedWorkspace(row: Installation, botToken: string, installations: Installations): Workspace {
    const { spaceId: teamId, name: teamName, botUserId, scopes } = row;
    const channels = async () => {
      const now = await installations.get(teamId);
      const { mentorsChannel = '', coordinatorsChannel = '', installedBy = '' } = now ?? {};
      return { mentors: mentorsChannel, coordinators: coordinatorsChannel, keeper: installedBy };
    };
    const who = { teamId, teamName, botUserId, botName: '', scopes };
    return createWorkspace({ botToken, apiUrl }, channels, shared, who);
  }

  /** Takes the token away, unless another came in its place meanwhile. */
  async function remove(teamId: string, sealed: string): Promise<boolean> {
    const removed = (await installed?.installations.remove(teamId, sealed)) ?? false;
    if (known.get(teamId)?.sealed === sealed) known.delete(teamId);
    if (removed) log.info({ teamId }, 'The bot was removed from a workspace; its token is gone');
    return removed;
  }

  return {
    own,
    async forPayload(teamId) {
      // With one workspace, whoever writes to us is in it, also from a channel that it shares with another.
      if (!installed) return own;
      if (teamId === null) return null;
      return (await isOwn(teamId)) ? own : find(teamId);
    },
    async in(teamId, act) {
      const ours = await isOwn(teamId).catch((error: unknown) => {
        throw deliveryError(error);
      });
      const there = ours ? own : await find(teamId);
      if (!there) throw new SpaceGone(`Slack: this bot is not in the workspace ${teamId}`);
      try {
        return await act(there);
      } catch (error) {
        const code = problemOf((error as Error).cause)?.code;
        const held = known.get(teamId);
        if (there === own || !held || held.workspace !== there || !code || !dead.has(code)) throw error;
        if (await remove(teamId, held.sealed)) throw new SpaceGone(`Slack: ${code}`, { cause: error });
        throw new TryLater(`Slack: ${code}`, 0, error); // Installed again meanwhile: with the new token, then.
      }
    },
    added: async (teamId) => (installed && !(await isOwn(teamId)) ? find(teamId) : null),
    async uninstalled(teamId) {
      if (!teamId) return;
      if (own && (!installed || (await isOwn(teamId)))) {
        log.error(
          'The app was removed from the workspace of SLACK_BOT_TOKEN; install it again, or run the doctor',
        );
        return;
      }
      const row = await installed?.installations.get(teamId);
      if (!row || !installed) return;
      const token = installed.seal.open(row.sealedToken, teamId);
      if (token !== null && (await works(row, token))) {
        log.info({ teamId }, 'A removal from a workspace was told late: it has the bot again');
        return;
      }
      await remove(teamId, row.sealedToken);
    },
    forget: (teamId) => void known.delete(teamId),
    async reseal() {
      const unreadable: string[] = [];
      let resealed = 0;
      for (const { spaceId: teamId, sealedToken } of (await installed?.installations.list()) ?? []) {
        const token = installed?.seal.open(sealedToken, teamId);
        if (!installed || token == null) unreadable.push(teamId);
        else if (installed.seal.isStale(sealedToken)) {
          const anew = installed.seal.close(token, teamId);
          if (await installed.installations.reseal(teamId, sealedToken, anew)) resealed += 1;
        }
      }
      return { resealed, unreadable };
    },
  };

  /** Whether Slack still takes a token. What cannot be found out counts as no. */
  async function works(row: Installation, botToken: string): Promise<boolean> {
    const { clients } = createWorkspace(
      { botToken, apiUrl },
      async () => ({ mentors: '', coordinators: '' }),
      shared,
    );
    try {
      await clients.lookup.auth.test();
      return true;
    } catch (error) {
      const code = problemOf(error)?.code ?? String(error);
      if (!accessCodes.has(code))
        log.warn({ code, teamId: row.spaceId }, 'Slack did not tell whether a token still works');
      return false;
    }
  }
}

function ownWorkspace(own: OwnWorkspace, apiUrl: string, shared: Shared): Workspace {
  const { botToken, mentorsChannel, coordinatorsChannel = '' } = own;
  const channels = { mentors: mentorsChannel, coordinators: coordinatorsChannel };
  return createWorkspace({ botToken, apiUrl }, async () => channels, shared);
}
