import { z } from 'zod';
import { meetingSections, meetingVariables } from './config-meetings.ts';
import { type Language, languages } from './core/language.ts';
import { logLevels } from './log.ts';
import type { MeetingSettings } from './meetings/index.ts';
import type { DiscordSettings } from './platforms/discord/index.ts';
import type { SlackSettings } from './platforms/slack/index.ts';

export interface Config {
  /** A PostgreSQL server by its URL, or one of our own in a folder. */
  database: { kind: 'server'; url: string } | { kind: 'embedded'; dataDir: string };
  /** Port of the web server (health, and Slack over HTTP); null for none. */
  port: number | null;
  /** Where that port is reached from outside; null when the bot has no pages for people. */
  publicUrl: string | null;
  logLevel: (typeof logLevels)[number];
  /** In which channels are written to of communities that chose none, and people of whom nobody knows a language. */
  language: Language;
  /** Whether direct messages wait while people sleep; which hours those are, communities and people say. */
  quietHours: boolean;
  slack: SlackSettings | null;
  discord: DiscordSettings | null;
  /** What makes meeting links unless a community chooses another. */
  meetings: MeetingSettings;
  /** What else is set up, and can be chosen. */
  otherMeetings: MeetingSettings[];
}

/** Settings that cannot be used, a line each: which variable, what is wrong, where its value is found. */
export class ConfigError extends Error {
  override name = 'ConfigError';
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(`These settings need attention:\n${problems.map((problem) => `- ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

type Env = Readonly<Record<string, string | undefined>>;

/** Where the platforms are unless the settings say otherwise. */
export const SLACK_API = 'https://slack.com/api/';
export const DISCORD_API = 'https://discord.com/api';

const url = (protocols: RegExp) => z.url({ protocol: protocols });
const http = url(/^https?$/);
/** One role of Discord, or several. */
const roleIds = z
  .string()
  .regex(/^\d{5,20}(\s*,\s*\d{5,20})*$/)
  .transform((text) => text.split(',').map((id) => id.trim()));

/** What each variable may hold, and the sentence for when it does not. */
export const variables = {
  DATABASE_URL: [
    url(/^postgres(ql)?$/),
    'must look like postgresql://user:password@host:5432/database. Leave it empty to use the database that comes with the bot.',
  ],
  DATA_DIR: [z.string(), 'must be a folder.'],
  PORT: [z.coerce.number().int().min(1).max(65_535), 'must be a number from 1 to 65535.'],
  QUIET_HOURS: [z.enum(['on', 'off']), 'must be on or off.'],
  LOG_LEVEL: [z.enum(logLevels), `must be one of ${logLevels.join(', ')}.`],
  COMMUNITY_LANGUAGE: [z.enum(languages), `must be one of ${languages.join(', ')}.`],
  SLACK_BOT_TOKEN: [
    z.string().startsWith('xoxb-'),
    'must begin with xoxb-. Find it at api.slack.com/apps, your app, OAuth & Permissions, "Bot User OAuth Token".',
  ],
  SLACK_APP_TOKEN: [
    z.string().startsWith('xapp-'),
    'must begin with xapp-. Make it at api.slack.com/apps, your app, Basic Information, "App-Level Tokens", with the scope connections:write.',
  ],
  SLACK_SIGNING_SECRET: [
    z.string().min(16),
    'must be at least 16 characters long. Find it at api.slack.com/apps, your app, Basic Information, "Signing Secret".',
  ],
  SLACK_API_URL: [
    http,
    'must be a web address, such as https://slack.com/api/. Leave it empty for Slack itself.',
  ],
  SLACK_MENTORS_CHANNEL: [
    z.string().regex(/^[CG][A-Z0-9]{2,}$/),
    'must be a channel id such as C0123456789, not a name. In Slack: open the channel, press its name, and copy the id at the bottom of "About".',
  ],
  SLACK_COORDINATORS_CHANNEL: [
    z.string().regex(/^[CG][A-Z0-9]{2,}$/),
    'must be a channel id such as C0123456789, not a name. Leave it empty when coordinators need no word from the bot.',
  ],
  SLACK_CLIENT_ID: [
    z.string().regex(/^\d+\.\d+$/),
    'must be two numbers with a dot between them. Find it at api.slack.com/apps, your app, Basic Information, "Client ID". Leave it empty for one workspace.',
  ],
  SLACK_CLIENT_SECRET: [
    z.string().min(16),
    'must be at least 16 characters long. Find it at api.slack.com/apps, your app, Basic Information, "Client Secret".',
  ],
  SLACK_TOKEN_KEY: [
    z
      .string()
      .transform((text) => text.split(',').map((key) => Buffer.from(key.trim(), 'base64')))
      .refine((keys) => keys.every(({ length }) => length === 32)),
    'must be 32 random bytes in base64, or several such keys with commas between them, of which the first seals. Make one: openssl rand -base64 32',
  ],
  PUBLIC_URL: [
    http.transform((text) => text.replace(/\/+$/, '')),
    'must be the web address by which the bot’s PORT is reached from outside, such as https://mini.example.org.',
  ],
  DISCORD_TOKEN: [
    z.string().min(10),
    'must be at least 10 characters long. Find it at discord.com/developers/applications, your application, Bot, "Reset Token".',
  ],
  DISCORD_APPLICATION_ID: [
    z.string().regex(/^\d{5,20}$/),
    'must be a number. Find it at discord.com/developers/applications, your application, General Information, "Application ID".',
  ],
  DISCORD_SERVER: [
    z.string().regex(/^\d{5,20}$/),
    'must be a server id (a number). In Discord: Settings, Advanced, turn on Developer Mode; then right-click the server, "Copy Server ID". It is not needed with DISCORD_MENTORS_CHANNEL.',
  ],
  DISCORD_SESSIONS_CHANNEL: [
    z.string().regex(/^\d{5,20}$/),
    'must be a channel id (a number). Leave it empty when student and mentor need no thread of their own.',
  ],
  DISCORD_FALLBACK_CHANNEL: [
    z.string().regex(/^\d{5,20}$/),
    'must be a channel id (a number). Leave it empty when people with closed direct messages are told at their next visit.',
  ],
  DISCORD_TRANSPORT: [
    z.enum(['gateway', 'http']),
    'must be gateway or http. Leave it empty for the gateway, which needs no address of your own.',
  ],
  DISCORD_PUBLIC_KEY: [
    z.string().regex(/^[0-9a-f]{64}$/i),
    'must be 64 digits and letters a–f. Find it at discord.com/developers/applications, your application, General Information, "Public Key".',
  ],
  DISCORD_SHARDS: [
    z.union([z.literal('auto'), z.coerce.number().int().min(1).max(1_000)]),
    'must be auto or a number from 1 to 1000. Leave it empty for as many as Discord recommends.',
  ],
  DISCORD_API_URL: [
    http,
    'must be a web address, such as https://discord.com/api. Leave it empty for Discord itself.',
  ],
  DISCORD_MENTORS_CHANNEL: [
    z.string().regex(/^\d{5,20}$/),
    'must be a channel id (a number). In Discord: Settings, Advanced, turn on Developer Mode; then right-click the channel, "Copy Channel ID". With DISCORD_SERVER it can be chosen in Discord instead.',
  ],
  DISCORD_MENTOR_ROLE: [
    roleIds,
    'must be a role id (a number), or several with commas between them. In Discord: Server Settings, Roles, right-click the role, "Copy Role ID" (with Developer Mode on).',
  ],
  DISCORD_COORDINATOR_ROLE: [
    roleIds,
    'must be a role id (a number), or several with commas between them. Leave it empty when only those who may manage the server look after the programme.',
  ],
  DISCORD_COORDINATORS_CHANNEL: [
    z.string().regex(/^\d{5,20}$/),
    'must be a channel id (a number). Leave it empty when coordinators need no word from the bot.',
  ],
  ...meetingVariables,
} satisfies Record<string, [z.ZodType, string]>;

export type Name = keyof typeof variables;
type Values = { [Key in Name]?: z.output<(typeof variables)[Key][0]> };

export const isName = (text: string): text is Name => Object.hasOwn(variables, text);

/** What is wrong with a value for this variable, in a sentence that begins with its name; null when nothing is. */
export function problemWith(name: Name, value: string): string | null {
  const [schema, sentence] = variables[name];
  return schema.safeParse(value.trim()).success ? null : `${name} ${sentence}`;
}

/**
 * Reads the settings from environment variables. Blank counts as unset. A platform whose section is empty is off; a
 * section that is begun must be complete.
 * @throws ConfigError with everything that is wrong, not only the first
 */
export function parseConfig(env: Env): Config {
  const problems: string[] = [];
  const values = readValues(env, problems);
  const config: Config = {
    database: values.DATABASE_URL
      ? { kind: 'server', url: values.DATABASE_URL }
      : { kind: 'embedded', dataDir: values.DATA_DIR ?? './data' },
    port: values.PORT ?? null,
    logLevel: values.LOG_LEVEL ?? 'info',
    language: values.COMMUNITY_LANGUAGE ?? 'en',
    quietHours: values.QUIET_HOURS !== 'off',
    slack: slackSection(env, values, problems),
    discord: discordSection(env, values, problems),
    publicUrl: publicUrl(env, values, problems),
    ...meetingSections(
      values,
      (names) => names.some((name) => isSet(env, name)),
      (names, why) => complete(env, values, names, why, problems),
    ),
  };
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

function readValues(env: Env, problems: string[]): Values {
  const values: Record<string, unknown> = {};
  for (const [name, [schema, sentence]] of Object.entries(variables)) {
    const raw = env[name]?.trim();
    if (!raw) continue;
    const parsed = schema.safeParse(raw);
    if (parsed.success) values[name] = parsed.data;
    else problems.push(`${name} ${sentence}`);
  }
  return values as Values;
}

const isSet = (env: Env, name: Name): boolean => Boolean(env[name]?.trim());

/** Complains about each of `names` that is unset, because `why`. Returns whether all are set and valid. */
function complete(
  env: Env,
  values: Values,
  names: readonly Name[],
  why: string,
  problems: string[],
): boolean {
  for (const name of names.filter((each) => !isSet(env, each))) {
    problems.push(`${name} is missing: ${why}. It ${variables[name][1]}`);
  }
  return names.every((name) => values[name] !== undefined);
}

function publicUrl(env: Env, values: Values, problems: string[]): string | null {
  if (!isSet(env, 'PUBLIC_URL')) return null;
  const asked = problems.some((problem) => problem.startsWith('PORT '));
  if (!asked) complete(env, values, ['PORT'], 'PUBLIC_URL is where it is reached from outside', problems);
  return values.PUBLIC_URL ?? null;
}

function slackSection(env: Env, values: Values, problems: string[]): SlackSettings | null {
  const begun = (names: readonly Name[]) => names.some((name) => isSet(env, name));
  const ofOAuth = ['SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET', 'SLACK_TOKEN_KEY'] as const;
  const ofOwn = ['SLACK_BOT_TOKEN', 'SLACK_MENTORS_CHANNEL'] as const;
  if (!begun([...ofOwn, ...ofOAuth, 'SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET'])) return null;
  const overHttp = isSet(env, 'PORT') && isSet(env, 'SLACK_SIGNING_SECRET');
  const byOAuth = begun(ofOAuth);
  const withOwn = begun(ofOwn) || !byOAuth;
  const transport = overHttp ? (['SLACK_SIGNING_SECRET'] as const) : (['SLACK_APP_TOKEN'] as const);
  const why = overHttp ? 'Slack over HTTP needs it' : 'Slack in Socket Mode needs it';
  const all = [
    complete(env, values, [...(withOwn ? ofOwn : []), ...transport], why, problems),
    !byOAuth ||
      complete(env, values, [...ofOAuth, 'PUBLIC_URL', 'PORT'], 'installing by OAuth needs it', problems),
  ];
  if (!all.every(Boolean)) return null;
  return {
    apiUrl: values.SLACK_API_URL ?? SLACK_API,
    own: withOwn
      ? {
          botToken: values.SLACK_BOT_TOKEN ?? '',
          mentorsChannel: values.SLACK_MENTORS_CHANNEL ?? '',
          coordinatorsChannel: values.SLACK_COORDINATORS_CHANNEL,
        }
      : null,
    oauth: byOAuth
      ? {
          clientId: values.SLACK_CLIENT_ID ?? '',
          clientSecret: values.SLACK_CLIENT_SECRET ?? '',
          tokenKeys: values.SLACK_TOKEN_KEY ?? [],
          publicUrl: values.PUBLIC_URL ?? '',
        }
      : null,
    transport: overHttp
      ? { mode: 'http', signingSecret: values.SLACK_SIGNING_SECRET ?? '', port: values.PORT ?? 0 }
      : { mode: 'socket', appToken: values.SLACK_APP_TOKEN ?? '' },
  };
}

function discordSection(env: Env, values: Values, problems: string[]): DiscordSettings | null {
  const own = ['DISCORD_TOKEN', 'DISCORD_APPLICATION_ID'] as const;
  const others = ['DISCORD_SERVER', 'DISCORD_MENTORS_CHANNEL', 'DISCORD_MENTOR_ROLE'] as const;
  if (![...own, ...others].some((name) => isSet(env, name))) return null;
  const section = isSet(env, 'DISCORD_MENTORS_CHANNEL') ? own : ([...own, 'DISCORD_SERVER'] as const);
  const overHttp = values.DISCORD_TRANSPORT === 'http';
  const whole = complete(env, values, section, 'Discord needs it', problems);
  const why = 'Discord over HTTP needs it';
  const reachable = !overHttp || complete(env, values, ['DISCORD_PUBLIC_KEY', 'PORT'], why, problems);
  if (!whole || !reachable) return null;
  return {
    token: values.DISCORD_TOKEN ?? '',
    applicationId: values.DISCORD_APPLICATION_ID ?? '',
    apiUrl: values.DISCORD_API_URL ?? DISCORD_API,
    transport: overHttp
      ? { mode: 'http', publicKey: values.DISCORD_PUBLIC_KEY ?? '' }
      : { mode: 'gateway', shards: values.DISCORD_SHARDS ?? 'auto' },
    server: values.DISCORD_SERVER,
    mentorsChannel: values.DISCORD_MENTORS_CHANNEL,
    roles: {
      mentors: values.DISCORD_MENTOR_ROLE ?? [],
      coordinators: values.DISCORD_COORDINATOR_ROLE ?? [],
    },
    coordinatorsChannel: values.DISCORD_COORDINATORS_CHANNEL,
    sessionsChannel: values.DISCORD_SESSIONS_CHANNEL,
    fallbackChannel: values.DISCORD_FALLBACK_CHANNEL,
  };
}
