import { webApi } from '@slack/bolt';
import type { Log } from '../../log.ts';
import type { Installations } from '../../store/store.ts';
import type { Check } from '../platform.ts';
import { type Clients, createClients, problemOf } from './client.ts';
import { createIdentity, type Identity, type WhoWeAre } from './identity.ts';
import { boltLogger } from './logger.ts';
import type { Channels } from './people.ts';
import { createSeal } from './seal.ts';
import type { OAuthSettings, OwnWorkspace, SlackAccess, SlackSettings } from './settings.ts';

/**
 * What the bot token must be allowed to do; the manifest asks for the same. Histories are only read to find out
 * whether a message arrived when its outcome is unknown.
 */
export const SCOPES = [
  'channels:history',
  'channels:read',
  'chat:write',
  'commands',
  'groups:history',
  'groups:read',
  'im:history',
  'im:write',
  'users:read',
];

/** Tries everything that the settings name, for the doctor. Changes nothing, and never throws. */
export async function checkSlack(settings: SlackSettings, log: Log): Promise<Check[]> {
  const logger = boltLogger(log);
  const { own, oauth, apiUrl } = settings;
  return [
    ...(own ? await checkOwn(own, apiUrl, logger) : []),
    ...(oauth ? [await checkOAuth(oauth, apiUrl, logger)] : []),
    await checkTransport(settings, logger),
  ];
}

/** Whether Slack knows the app by these settings: it is asked for the token of a code that nobody was given. */
async function checkOAuth(
  { clientId, clientSecret, publicUrl }: OAuthSettings,
  apiUrl: string,
  logger: webApi.WebClientOptions['logger'],
): Promise<Check> {
  const what = `Slack installations by OAuth (${publicUrl}/slack/install)`;
  const { protocol, hostname } = new URL(publicUrl);
  if (protocol !== 'https:' && !/^(localhost|127\.0\.0\.1)$/.test(hostname)) {
    return bad(what, 'PUBLIC_URL must begin with https:// so that Slack sends people back to it.');
  }
  try {
    const { lookup } = createClients({ botToken: '', apiUrl }, logger);
    await lookup.oauth.v2.access({ client_id: clientId, client_secret: clientSecret, code: 'doctor' });
    return good(what);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'invalid_code') return good(what);
    if (code === 'unreachable') return bad(what, unreachable(apiUrl));
    return bad(
      what,
      `SLACK_CLIENT_ID or SLACK_CLIENT_SECRET is refused (${code}). ${basicInformation}, "App Credentials".`,
    );
  }
}

/** Whether the tokens of the workspaces that installed the bot can be opened, and are sealed with the first key. */
export async function checkInstallations(
  oauth: OAuthSettings,
  installations: Pick<Installations, 'list'>,
): Promise<Check> {
  const seal = createSeal(oauth.tokenKeys);
  const all = await installations.list();
  const lost = all.filter(({ sealedToken, spaceId }) => seal.open(sealedToken, spaceId) === null);
  const old = all.filter(({ sealedToken }) => seal.isStale(sealedToken)).length - lost.length;
  const what = `Slack workspaces that added the bot (${all.length})`;
  if (lost.length > 0) {
    return bad(
      what,
      `No key of SLACK_TOKEN_KEY opens the tokens of ${lost.map(({ name }) => name).join(', ')}. Put the key back that sealed them, behind a comma; or add the bot there again at ${oauth.publicUrl}/slack/install.`,
    );
  }
  if (old > 0) return good(`${what}: the next start seals ${old} anew with the first key; keep the old one`);
  return good(all.length > 0 ? `${what}: all sealed with the first key` : what);
}

/**
 * Everything that the bot needs in a workspace that added it, for that workspace's coordinators: no word in it is about
 * another workspace, or about what only the operator can do. Never throws.
 */
export async function checkAdded(
  { clients: { lookup }, channels }: { clients: Clients; channels: () => Promise<Channels> },
  { apiUrl, publicUrl }: { apiUrl: string; publicUrl: string },
): Promise<Check[]> {
  const again = `Add me to the workspace once more: ${publicUrl}/slack/install`;
  const token = 'Slack: I am in this workspace';
  try {
    // Asked anew each time: a token that was good may have been taken back.
    const who = await createIdentity({ lookup })();
    const missing = missingScopes(who);
    const may = 'Slack: I have what I need to be allowed';
    const scopes =
      missing.length === 0
        ? good(may)
        : bad(may, `These permissions are missing: ${missing.join(', ')}. ${again}`);
    const { mentors, coordinators } = await channels();
    const look = (name: string, channel: string) => {
      const what = `Slack ${name} channel`;
      const another = 'choose another one here';
      const unknown = (code: string) =>
        `I cannot find the channel that was chosen (${code}). Choose another one here.`;
      return lookAtChannel({ channel, apiUrl }, lookup, { what, another, unknown });
    };
    return [
      good(`${token}, ${who.teamName}`),
      scopes,
      mentors
        ? await look('mentors', mentors)
        : bad('Slack mentors channel', 'It is not chosen yet, so no mentor sees a request. Choose it here.'),
      ...(coordinators ? [await look('coordinators', coordinators)] : []),
    ];
  } catch (error) {
    const code = codeOf(error);
    const busy = code === 'unreachable' || code === 'ratelimited';
    const remedy = busy
      ? 'Slack does not answer me just now. Look again in a minute.'
      : `Slack refuses me (${code}). ${again}`;
    return [bad(token, remedy)];
  }
}

async function checkOwn(
  own: OwnWorkspace,
  apiUrl: string,
  logger: webApi.WebClientOptions['logger'],
): Promise<Check[]> {
  const clients = createClients({ botToken: own.botToken, apiUrl }, logger);
  const checks = await checkSetUp(own, apiUrl, clients, createIdentity(clients));
  const { coordinatorsChannel: channel } = own;
  if (!checks[0]?.ok || !channel) return checks;
  return [...checks, await checkChannel({ channel, apiUrl }, clients.lookup, 'SLACK_COORDINATORS_CHANNEL')];
}

/** Everything that must be right before the bot can work in its own workspace; a failed one says how to mend it. */
export async function checkSetUp(
  { mentorsChannel: channel }: OwnWorkspace,
  apiUrl: string,
  { lookup }: Clients,
  identity: Identity,
): Promise<Check[]> {
  const checks = await checkBotToken({ apiUrl }, identity);
  if (!checks[0]?.ok) return checks;
  return [...checks, await checkChannel({ channel, apiUrl }, lookup, 'SLACK_MENTORS_CHANNEL')];
}

/** The bot token and, when Slack takes it, what it may do. */
export const checkBotToken = (
  { apiUrl }: Pick<SlackAccess, 'apiUrl'>,
  identity: Identity,
): Promise<Check[]> =>
  identity().then(
    (who) => [good(`Slack bot token: the workspace ${who.teamName}`), checkScopes(who)],
    (error: unknown) => [bad('Slack bot token', tokenRemedy(apiUrl, codeOf(error)))],
  );

/** The part that only the doctor asks: starting finds it out by itself. */
export async function checkTransport(
  { transport, apiUrl }: Pick<SlackSettings, 'transport' | 'apiUrl'>,
  logger: webApi.WebClientOptions['logger'],
): Promise<Check> {
  if (transport.mode === 'http') {
    const what = 'Slack signing secret';
    if (/^[0-9a-f]{32}$/.test(transport.signingSecret)) return good(what);
    return bad(
      what,
      `SLACK_SIGNING_SECRET does not look like one: it has 32 digits and letters a–f. ${basicInformation}, "Signing Secret".`,
    );
  }
  const what = 'Slack app token (Socket Mode)';
  try {
    await new webApi.WebClient(transport.appToken, {
      slackApiUrl: apiUrl,
      logger,
      timeout: 5_000,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
    }).apps.connections.open({});
    return good(what);
  } catch (error) {
    return bad(what, appTokenRemedy(codeOf(error)));
  }
}

const good = (what: string): Check => ({ what, ok: true });
const bad = (what: string, remedy: string): Check => ({ what, ok: false, remedy });
export const codeOf = (error: unknown): string => problemOf(error)?.code ?? String(error);
const ourApp = 'Find it at https://api.slack.com/apps → your app';
const basicInformation = `${ourApp} → Basic Information`;

const unreachable = (apiUrl: string): string =>
  `Slack cannot be reached at ${apiUrl}. Check this machine's network and proxy, and SLACK_API_URL if you set it.`;

export function tokenRemedy(apiUrl: string, code: string): string {
  if (code === 'unreachable') return unreachable(apiUrl);
  if (code === 'ratelimited') return 'Slack asks for a pause (rate limit). Try again in a minute.';
  return `SLACK_BOT_TOKEN is refused (${code}). ${ourApp} → OAuth & Permissions page, "Bot User OAuth Token" (xoxb-…); install the app to the workspace first.`;
}

/** @param code Slack's error code of apps.connections.open */
export const appTokenRemedy = (code: string): string =>
  code === 'unreachable'
    ? 'Slack cannot be reached for Socket Mode. Check this machine’s network and proxy, and SLACK_API_URL if you set it.'
    : `SLACK_APP_TOKEN is refused (${code}). ${basicInformation}, "App-Level Tokens": generate one with the scope connections:write (xapp-…), and turn on Socket Mode.`;

const missingScopes = ({ scopes }: WhoWeAre): string[] =>
  scopes ? SCOPES.filter((scope) => !scopes.includes(scope)) : [];

function checkScopes(who: WhoWeAre): Check {
  const what = 'Slack scopes';
  const missing = missingScopes(who);
  if (missing.length === 0) return good(what);
  return bad(
    what,
    `The bot token lacks ${missing.join(', ')}. Add them at https://api.slack.com/apps → your app → OAuth & Permissions page, "Bot Token Scopes" (or paste manifests/slack.json as the App Manifest), then press "Reinstall to Workspace" and copy SLACK_BOT_TOKEN again.`,
  );
}

export type ChannelSetting = 'SLACK_MENTORS_CHANNEL' | 'SLACK_COORDINATORS_CHANNEL';

/** Whether the bot can see the channel of this setting, and is in it. */
export const checkChannel = (
  access: { channel: string; apiUrl: string },
  lookup: webApi.WebClient,
  setting: ChannelSetting,
): Promise<Check> =>
  lookAtChannel(access, lookup, {
    what: `Slack ${setting === 'SLACK_MENTORS_CHANNEL' ? 'mentors' : 'coordinators'} channel`,
    another: `set ${setting} to another channel's id`,
    unknown: (code) =>
      `${setting} (${access.channel}) cannot be found (${code}). It is the channel's id (C…): open the channel's details in Slack, the id stands at the bottom.`,
  });

/** How a channel is named to whoever chose it, and chooses another. */
interface ChosenHow {
  what: string;
  another: string;
  unknown: (code: string) => string;
}

async function lookAtChannel(
  { channel: wanted, apiUrl }: { channel: string; apiUrl: string },
  lookup: webApi.WebClient,
  { what, another, unknown }: ChosenHow,
): Promise<Check> {
  const invite = 'In Slack, open the channel and type "/invite @" with the name of this bot.';
  try {
    const { channel } = await lookup.conversations.info({ channel: wanted });
    const name = `#${channel?.name ?? wanted}`;
    if (channel?.is_archived) {
      return bad(what, `${name} is archived. Unarchive it, or ${another}.`);
    }
    if (!channel?.is_member) return bad(what, `The bot is not in ${name}. ${invite}`);
    return good(`${what}: ${name}`);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'unreachable') return bad(what, unreachable(apiUrl));
    if (code === 'missing_scope')
      return bad(what, 'The bot token lacks channels:read or groups:read; see the scopes.');
    return bad(what, `${unknown(code)} A private channel is only found once the bot is in it. ${invite}`);
  }
}
