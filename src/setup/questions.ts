import type { Name } from '../config.ts';

/** Settings by name; blank counts as unset. */
export type Values = Readonly<Record<string, string>>;

export const isSet = (values: Values, name: Name): boolean => Boolean(values[name]?.trim());

/** Settings that belong together. */
export type SectionName =
  | 'slack'
  | 'discord'
  | 'google-service-account'
  | 'google-refresh-token'
  | 'zoom'
  | 'jitsi'
  | 'database';

export interface Question {
  name: Name;
  /** The question itself, in one line. */
  asks: string;
  /** What to click, where to find it. */
  how?: string;
  /**
   * `secret`: pasted and not shown; `text`: typed; `pick`: chosen by name from what is there;
   * `key-file`: the path of a service account's JSON key, which fills several settings.
   */
  by: 'secret' | 'text' | 'pick' | 'key-file';
  /** Asked only then. */
  when?: (values: Values) => boolean;
  /** Most people do without: it can be answered with "none". */
  optional?: true;
  /** It can only be tried together with all before it in the section: when that fails, all of them are asked again. */
  triesAll?: true;
}

/** Whether Slack reaches the bot by HTTP instead of Socket Mode, as config.ts decides it. */
export const overHttp = (values: Values): boolean =>
  isSet(values, 'PORT') && isSet(values, 'SLACK_SIGNING_SECRET');

/** Which token is needed to look names up for a setting that is picked. */
export const tokenFor = (name: Name): 'SLACK_BOT_TOKEN' | 'DISCORD_TOKEN' =>
  name.startsWith('SLACK_') ? 'SLACK_BOT_TOKEN' : 'DISCORD_TOKEN';

/** Channels and roles are chosen in Discord itself, but for whoever has some of them in the settings already. */
const bySettings = (values: Values): boolean =>
  sections.discord.some(({ name }) => /_(CHANNEL|ROLE)$/.test(name) && isSet(values, name));

/** Everything that is asked, in this order. */
export const sections: Readonly<Record<SectionName, readonly Question[]>> = {
  slack: [
    {
      name: 'SLACK_BOT_TOKEN',
      asks: 'Bot User OAuth Token (xoxb-…)',
      how: `1. Open the link above, choose your workspace, press "Next", then "Create".
2. On the page of the new app, press "Install to <workspace>", then "Allow".
3. In the menu, open "OAuth & Permissions" and copy "Bot User OAuth Token".`,
      by: 'secret',
    },
    {
      name: 'SLACK_APP_TOKEN',
      asks: 'App-Level Token (xapp-…)',
      how: `1. In the menu, open "Basic Information" and scroll to "App-Level Tokens".
2. Press "Generate Token and Scopes", give it any name, press "Add Scope", choose connections:write.
3. Press "Generate" and copy the token.`,
      by: 'secret',
      when: (values) => !overHttp(values),
    },
    {
      name: 'SLACK_MENTORS_CHANNEL',
      asks: 'The mentors channel (its members are the mentors)',
      how: `Make a channel for the mentors in Slack if there is none yet, and type there: /invite @Mini Mentorship
A private channel can only be seen here once the bot is in it.`,
      by: 'pick',
    },
    {
      name: 'SLACK_COORDINATORS_CHANNEL',
      asks: 'A channel in which the bot speaks to coordinators',
      by: 'pick',
      optional: true,
    },
  ],
  discord: [
    {
      name: 'DISCORD_TOKEN',
      asks: 'Bot token',
      how: `1. Open https://discord.com/developers/applications and press "New Application".
2. In the menu, open "Bot", press "Reset Token", and copy the token.
   (The bot needs none of the "Privileged Gateway Intents".)`,
      by: 'secret',
    },
    { name: 'DISCORD_SERVER', asks: 'The server', by: 'pick' },
    {
      name: 'DISCORD_MENTORS_CHANNEL',
      asks: 'The mentors channel (requests appear here; without one, it is chosen in Discord)',
      by: 'pick',
      optional: true,
      when: bySettings,
    },
    {
      name: 'DISCORD_MENTOR_ROLE',
      asks: 'The mentor role (its holders are the mentors; without one, it is chosen in Discord)',
      by: 'pick',
      optional: true,
      when: bySettings,
    },
    {
      name: 'DISCORD_COORDINATOR_ROLE',
      asks: 'A role that makes coordinators (who may manage the server is one)',
      by: 'pick',
      optional: true,
      when: bySettings,
    },
    {
      name: 'DISCORD_COORDINATORS_CHANNEL',
      asks: 'A channel in which the bot speaks to coordinators',
      by: 'pick',
      optional: true,
      when: bySettings,
    },
    {
      name: 'DISCORD_SESSIONS_CHANNEL',
      asks: 'A channel that students and mentors see, for private threads of two',
      by: 'pick',
      optional: true,
      when: bySettings,
    },
    {
      name: 'DISCORD_FALLBACK_CHANNEL',
      asks: 'A channel that everybody sees, for those without open direct messages',
      by: 'pick',
      optional: true,
      when: bySettings,
    },
  ],
  'google-service-account': [
    {
      name: 'GOOGLE_PRIVATE_KEY',
      asks: 'Path of the JSON key file',
      how: `1. Open https://console.cloud.google.com, "APIs & Services", "Library", and enable the Google Calendar API.
2. "IAM & Admin", "Service Accounts", "Create service account"; then "Keys", "Add key", JSON: a file is downloaded.
3. Open https://admin.google.com, "Security", "API controls", "Domain-wide delegation", "Add new": the client id of the
   service account, and these scopes:
   https://www.googleapis.com/auth/calendar.events,https://www.googleapis.com/auth/calendar.calendars.readonly
   To leave out times at which people are busy, for those who ask for it, add
   ,https://www.googleapis.com/auth/calendar.freebusy`,
      by: 'key-file',
    },
    {
      name: 'GOOGLE_SUBJECT',
      asks: 'E-mail address of the person whose calendar holds the sessions',
      by: 'text',
      triesAll: true,
    },
  ],
  'google-refresh-token': [
    {
      name: 'GOOGLE_CLIENT_ID',
      asks: 'Client ID of the OAuth client',
      how: `1. Open https://console.cloud.google.com, "APIs & Services", "Library", and enable the Google Calendar API.
2. "OAuth consent screen": publish the app. While it is in "Testing", tokens die after seven days.
3. "Credentials", "Create credentials", "OAuth client ID", type "Web application", with the redirect URI
   https://developers.google.com/oauthplayground`,
      by: 'text',
    },
    { name: 'GOOGLE_CLIENT_SECRET', asks: 'Client secret of the same OAuth client', by: 'secret' },
    {
      name: 'GOOGLE_REFRESH_TOKEN',
      asks: 'Refresh token',
      how: `1. Open https://developers.google.com/oauthplayground; under the gear, tick "Use your own OAuth credentials".
2. Authorise, as the person whose calendar holds the sessions, these two scopes:
   https://www.googleapis.com/auth/calendar.events https://www.googleapis.com/auth/calendar.calendars.readonly
   To leave out times at which people are busy, for those who ask for it, add
   https://www.googleapis.com/auth/calendar.freebusy
3. Press "Exchange authorization code for tokens" and copy "Refresh token".`,
      by: 'secret',
      triesAll: true,
    },
  ],
  zoom: [
    {
      name: 'ZOOM_ACCOUNT_ID',
      asks: 'Account ID of the Zoom app',
      how: `1. Open https://marketplace.zoom.us, "Develop", "Build App", and choose "Server-to-Server OAuth App".
2. Under "Scopes", add: meeting:write:meeting:admin, meeting:update:meeting:admin, meeting:read:meeting:admin,
   meeting:delete:meeting:admin, meeting:read:list_meetings:admin
3. Under "Activation", press "Activate your app". The three values are under "App Credentials".`,
      by: 'text',
    },
    { name: 'ZOOM_CLIENT_ID', asks: 'Client ID of the same app', by: 'text' },
    {
      name: 'ZOOM_USER_ID',
      asks: 'E-mail address of the person whose meetings they are (empty: the owner of the app)',
      by: 'text',
    },
    { name: 'ZOOM_CLIENT_SECRET', asks: 'Client Secret of the same app', by: 'secret', triesAll: true },
  ],
  jitsi: [
    { name: 'JITSI_HOST', asks: 'Host name of the Jitsi server, such as meet.example.org', by: 'text' },
  ],
  database: [
    {
      name: 'DATABASE_URL',
      asks: 'postgresql://user:password@host:5432/database',
      how: 'PostgreSQL 15 or newer. The user owns the database and may create roles (CREATEROLE).',
      by: 'secret',
    },
  ],
};

/** The sections of which each sets up one provider of meeting links. */
export type MeetingsSection = 'google-service-account' | 'google-refresh-token' | 'zoom' | 'jitsi';

/** The sections that a choice of platforms and of a meeting provider leads through, in this order. */
export const sectionsFor = (chosen: {
  platforms: readonly ('slack' | 'discord')[];
  meetings: MeetingsSection | 'manual';
  database: 'built-in' | 'server';
}): SectionName[] => [
  ...(['slack', 'discord'] as const).filter((name) => chosen.platforms.includes(name)),
  ...(chosen.meetings === 'manual' ? [] : [chosen.meetings]),
  ...(chosen.database === 'server' ? (['database'] as const) : []),
];

/** The platforms that were begun: what is offered first. */
export const begunPlatforms = (values: Values): ('slack' | 'discord')[] => [
  ...(sections.slack.some(({ name }) => isSet(values, name)) ? (['slack'] as const) : []),
  ...(sections.discord.some(({ name }) => isSet(values, name)) ? (['discord'] as const) : []),
];

/** How meetings are set up now. */
export function begunMeetings(values: Values): MeetingsSection | 'manual' {
  const provider = values.MEETING_PROVIDER?.trim();
  if (provider === 'zoom' || provider === 'jitsi' || provider === 'manual') return provider;
  if (isSet(values, 'GOOGLE_CLIENT_EMAIL') || isSet(values, 'GOOGLE_PRIVATE_KEY'))
    return 'google-service-account';
  if (isSet(values, 'GOOGLE_REFRESH_TOKEN') || isSet(values, 'GOOGLE_CLIENT_ID'))
    return 'google-refresh-token';
  if (isSet(values, 'ZOOM_ACCOUNT_ID') || isSet(values, 'ZOOM_CLIENT_ID')) return 'zoom';
  return 'manual';
}

/**
 * The two settings in a service account's JSON key; the private key on one line, as an `.env` file likes it.
 * @throws Error that says what is wrong with the file, never what stands in it
 */
export function readKey(json: string): { GOOGLE_CLIENT_EMAIL: string; GOOGLE_PRIVATE_KEY: string } {
  let key: unknown;
  try {
    key = JSON.parse(json);
  } catch {
    throw new Error(
      'This file is not JSON. Choose the key that Google let you download (a name like project-1a2b.json).',
    );
  }
  const { client_email: email, private_key: secret } = (key ?? {}) as Record<string, unknown>;
  if (typeof email !== 'string' || typeof secret !== 'string') {
    throw new Error(
      'This file has no "client_email" and "private_key": it is not the JSON key of a service account (an OAuth client has another kind of file).',
    );
  }
  return { GOOGLE_CLIENT_EMAIL: email, GOOGLE_PRIVATE_KEY: secret.trim().replaceAll('\n', '\\n') };
}
