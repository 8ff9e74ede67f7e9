import { createHmac, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ErrorCode, type Installation, InstallProvider, type OrgInstallation } from '@slack/oauth';
import type { Language } from '../../core/language.ts';
import type { Log } from '../../log.ts';
import { inLanguage } from '../../messages/in-language.ts';
import {
  installedPage,
  installFailedPage,
  installOfferPage,
  installRefusedPage,
} from '../../messages/install-pages.ts';
import { installedAgainCard, installedCard } from '../../messages/space-cards.ts';
import type { Installations } from '../../store/store.ts';
import { htmlOf } from '../../web/html.ts';
import { guard, show, spokenBy } from '../../web/page.ts';
import type { Desk } from '../platform.ts';
import { createClients } from './client.ts';
import { boltLogger } from './logger.ts';
import type { Seal } from './seal.ts';
import { SCOPES } from './set-up.ts';
import type { OAuthSettings, Page } from './settings.ts';
import type { Workspaces } from './workspaces.ts';

export const INSTALL_PATH = '/slack/install';
export const REDIRECT_PATH = '/slack/oauth_redirect';

/** Where Slack asks people for their consent: beside its Web API. */
const consentUrl = (apiUrl: string): string => new URL('/oauth/v2/authorize', apiUrl).href;

interface Parts {
  oauth: OAuthSettings;
  apiUrl: string;
  installations: Installations;
  seal: Seal;
  workspaces: Workspaces;
  desk: Desk;
  log: Log;
}

/**
 * Adds the pages on which a workspace installs the bot: *Add to Slack*, and where Slack sends the browser back to. The state
 * in between is signed, lives ten minutes, and only counts in the browser that began.
 * https://docs.slack.dev/authentication/installing-with-oauth
 */
export function addInstallPages(parts: Parts): void {
  const { oauth, apiUrl, installations, seal, workspaces, desk, log } = parts;
  const logger = boltLogger(log);
  const providerIn = (language: Language) =>
    new InstallProvider({
      clientId: oauth.clientId,
      clientSecret: oauth.clientSecret,
      // Nobody has to make up one more secret; the state holds for ten minutes only.
      stateSecret: createHmac('sha256', oauth.clientSecret).update('state of an installation').digest('hex'),
      authorizationUrl: consentUrl(apiUrl),
      installUrlOptions: { scopes: SCOPES, redirectUri: `${oauth.publicUrl}${REDIRECT_PATH}` },
      renderHtmlForInstallPath: (url) => htmlOf(installOfferPage(url), { language, timeZone: null }),
      installationStore: {
        storeInstallation: (installation) => keep(installation),
        fetchInstallation: () => Promise.reject(new Error('Tokens are read from our own store')),
      },
      logger,
      clientOptions: {
        slackApiUrl: apiUrl,
        timeout: 10_000,
        rejectRateLimitedCalls: true,
        retryConfig: { retries: 0 },
      },
    });

  async function keep({ team, bot, user }: Installation | OrgInstallation): Promise<void> {
    if (!team || !bot) throw new Error('Slack gave no bot token for a workspace');
    const { id: spaceId, name = 'Slack' } = team;
    const { userId: botUserId, scopes } = bot;
    const sealedToken = seal.close(bot.token, spaceId);
    const kept = { platform: 'slack', spaceId, name, sealedToken, botUserId, scopes, installedBy: user.id };
    await installations.save(kept, desk.now());
    workspaces.forget(spaceId);
    log.info({ teamId: spaceId, team: name }, 'A workspace installed the bot');
  }

  /** Whether to go on; else the browser was told why not. */
  async function mayStay(
    installation: Installation | OrgInstallation,
    response: ServerResponse,
  ): Promise<boolean> {
    const { team, bot, isEnterpriseInstall } = installation;
    if (isEnterpriseInstall || !team) {
      if (bot) await giveBack(bot.token);
      log.info({ enterprise: installation.enterprise?.id }, 'An organisation-wide installation was declined');
      show(response, 400, installRefusedPage('organisation', INSTALL_PATH));
      return false;
    }
    const own = await workspaces.own?.identity();
    if (own?.teamId !== team.id) return true;
    // Its token may be the very one of the settings, so it is left alone.
    show(response, 200, installRefusedPage('in_settings', INSTALL_PATH));
    return false;
  }

  /** A token that is not to be used is none that should live. */
  async function giveBack(botToken: string): Promise<void> {
    const { lookup } = createClients({ botToken, apiUrl }, logger);
    await lookup.auth
      .revoke({})
      .catch((error: unknown) => log.warn({ err: error }, 'A token could not be given back'));
  }

  /** Tells whoever installed it what comes next. @returns whether the message arrived */
  async function tell(spaceId: string, userId: string): Promise<boolean> {
    try {
      return await workspaces.in(spaceId, async ({ hands, sender }) => {
        const by = { userId, handle: userId };
        await desk.meet(await hands.people.visitor(by));
        const kept = await installations.get(spaceId);
        const card = kept?.mentorsChannel ? installedAgainCard(kept) : installedCard();
        const delivery = { id: randomUUID().slice(0, 25), maybeSent: false };
        const spoken = inLanguage(card, await hands.people.locale(by));
        await sender.post({ to: 'person', spaceId, userId }, spoken, delivery);
        return true;
      });
    } catch (error) {
      log.warn(
        { err: error, teamId: spaceId },
        'Whoever installed the bot could not be told what comes next',
      );
      return false;
    }
  }

  oauth.page?.(
    INSTALL_PATH,
    guarded(log, (request, response) => providerIn(spokenBy(request)).handleInstallPath(request, response)),
  );
  oauth.page?.(
    REDIRECT_PATH,
    guarded(log, (request, response) =>
      providerIn(spokenBy(request)).handleCallback(request, response, {
        afterInstallation: (installation, _options, _request, answer) => mayStay(installation, answer),
        successAsync: async ({ team, user }, _options, _request, answer) => {
          const told = await tell(team?.id ?? '', user.id);
          show(answer, 200, installedPage(team?.name ?? 'Slack', told));
        },
        failure: (error, _options, _request, answer) => {
          log.warn({ code: error.code, why: error.message }, 'An installation did not come about');
          show(answer, 400, installFailedPage(reasonOf(error), INSTALL_PATH));
        },
      }),
    ),
  );
}

/** A page that answers whatever happens. */
function guarded(
  log: Log,
  serve: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Page {
  return (request, response) => {
    guard(response);
    serve(request, response).catch((error: unknown) => {
      log.error({ err: error }, 'An installation page failed');
      if (response.headersSent) response.end();
      else show(response, 500, installFailedPage('fault', INSTALL_PATH));
    });
  };
}

/** Why an installation did not come about, as far as whoever tried can do something about it. */
function reasonOf({ code, message }: { code: string; message: string }): 'cancelled' | 'state' | 'fault' {
  if (code === ErrorCode.AuthorizationError && /cancel/i.test(message)) return 'cancelled';
  const theirs: string[] = [
    ErrorCode.InvalidStateError,
    ErrorCode.MissingStateError,
    ErrorCode.MissingCodeError,
  ];
  return theirs.includes(code) ? 'state' : 'fault';
}
