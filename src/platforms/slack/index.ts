import type { Log } from '../../log.ts';
import { inLanguage } from '../../messages/in-language.ts';
import type { Installations } from '../../store/store.ts';
import { type Acknowledged, type Check, type Desk, type Platform, PlatformSetupError } from '../platform.ts';
import { problemOf } from './client.ts';
import { createDoor } from './door.ts';
import { handle } from './handle.ts';
import type { Ack } from './hands.ts';
import { createHttp } from './http.ts';
import { addInstallPages } from './install-pages.ts';
import { boltLogger } from './logger.ts';
import { answerNowhere } from './nowhere.ts';
import { receive } from './receive.ts';
import { createSeal } from './seal.ts';
import { appTokenRemedy, checkAdded, checkSetUp } from './set-up.ts';
import type { OwnWorkspace, SlackSettings } from './settings.ts';
import { createSockets } from './sockets.ts';
import { TIMING, type Timing } from './timing.ts';
import { whose } from './whose.ts';
import { faultCard, notInstalledCard } from './words.ts';
import type { Workspace } from './workspace.ts';
import { createWorkspaces } from './workspaces.ts';

export type { SlackSettings } from './settings.ts';

/**
 * Slack, in the workspace of the settings and in those that install the bot by OAuth. Nothing is asked of Slack before
 * `start`, `post` or `check`.
 * @param installations used when the settings have OAuth
 * @param timing shortens waits in tests
 * @param acknowledged hears of each acknowledgement
 */
export function createSlack(
  settings: SlackSettings,
  desk: Desk,
  log: Log,
  installations: Installations,
  timing: Partial<Timing> = {},
  acknowledged: Acknowledged = () => {},
): Platform {
  const times = { ...TIMING, ...timing };
  const logger = boltLogger(log);
  const { transport, apiUrl, oauth } = settings;
  const installed = oauth && { installations, seal: createSeal(oauth.tokenKeys) };
  const workspaces = createWorkspaces(settings, installed, { desk, timing: times, log });
  if (oauth && installed) addInstallPages({ oauth, apiUrl, ...installed, workspaces, desk, log });

  const incoming =
    transport.mode === 'socket'
      ? createSockets({ appToken: transport.appToken, apiUrl }, logger, times, log)
      : createHttp(transport, logger, times, log);

  /** Finds out in which workspace it happened, and leaves the rest to the hands there. */
  async function enter(body: unknown, ack: Ack): Promise<void> {
    const received = receive(body);
    const teamId = whose(body);
    // Without a token nobody tells who that is.
    const locale = { language: desk.language, timeZone: null };
    if (received.kind === 'uninstalled') {
      await ack();
      return workspaces.uninstalled(teamId);
    }
    let there: Workspace | null;
    try {
      there = await workspaces.forPayload(teamId);
    } catch (error) {
      log.error({ err: error, teamId }, 'It cannot be found out in which workspace something happened');
      return answerNowhere(received, inLanguage(faultCard, locale), desk.now(), ack, log);
    }
    if (there) return handle(there.hands, received, ack);
    log.warn({ teamId, kind: received.kind }, 'Something came from a workspace without the bot');
    return answerNowhere(received, inLanguage(notInstalledCard, locale), desk.now(), ack, log);
  }
  const door = createDoor(incoming, enter, acknowledged, logger, log);

  async function startOwn(own: OwnWorkspace, { clients, identity }: Workspace): Promise<void> {
    const failed = (await checkSetUp(own, apiUrl, clients, identity)).filter(({ ok }) => !ok);
    if (failed.length > 0) throw new PlatformSetupError(words(failed));
    const { teamId, teamName } = await identity();
    const { mentorsChannel, coordinatorsChannel = '' } = own;
    await desk.announce({
      platform: 'slack',
      spaceId: teamId,
      name: teamName,
      mentorsChannel,
      coordinatorsChannel,
      sessionsChannel: '',
    });
    log.info({ team: teamName }, 'Slack takes the bot token');
  }

  return {
    name: 'slack',
    // Each workspace that installed the bot chooses for itself, and is asked in Slack.
    waitsFor: () => null,
    async start() {
      if (settings.own && workspaces.own) await startOwn(settings.own, workspaces.own);
      const { resealed, unreadable } = await workspaces.reseal();
      if (resealed > 0)
        log.info({ resealed }, 'Tokens were sealed anew with the first key of SLACK_TOKEN_KEY');
      if (unreadable.length > 0)
        log.error({ teams: unreadable }, 'No key of SLACK_TOKEN_KEY opens the tokens of these workspaces');
      await door.open().catch((error: unknown) => {
        throw openingError(error, transport);
      });
      log.info({ mode: transport.mode, oauth: oauth !== null }, 'Slack is connected');
    },
    stop: () => door.close(times.drain),
    health: () => door.health(),
    post: (address, card, delivery) =>
      workspaces.in(address.spaceId, ({ sender }) => sender.post(address, card, delivery)),
    update: (post, card) => workspaces.in(post.spaceId, ({ sender }) => sender.update(post, card)),
    async look(teamId) {
      const there = oauth && (await workspaces.added(teamId));
      return there ? checkAdded(there, { apiUrl, publicUrl: oauth.publicUrl }) : null;
    },
    // Two people and an app cannot be among themselves in Slack without their consent to a group message.
    rooms: null,
  };
}

const words = (failed: Check[]): string => failed.map(({ what, remedy }) => `${what}: ${remedy}`).join('\n');

function openingError(error: unknown, transport: SlackSettings['transport']): unknown {
  if (transport.mode === 'socket') {
    return new PlatformSetupError(appTokenRemedy(problemOf(error)?.code ?? 'unreachable'), { cause: error });
  }
  const { code } = error as NodeJS.ErrnoException;
  if (code !== 'EADDRINUSE' && code !== 'EACCES') return error;
  const why = code === 'EACCES' ? 'may not be used by this user' : 'is in use by another program';
  return new PlatformSetupError(`PORT ${transport.port} ${why}. Choose another PORT.`, { cause: error });
}
