import type { IncomingMessage, ServerResponse } from 'node:http';
import { ChannelType, DiscordAPIError, type REST, RESTJSONErrorCodes, Routes } from 'discord.js';
import { z } from 'zod';
import { type Check, type Entries, PlatformSetupError, type Space } from '../platform.ts';
import { createBackgroundRest } from './client.ts';
import { arePublished, inviteLink, neededIn, type PermissionName, permissions } from './commands.ts';
import { INTERACTIONS_PATH } from './endpoint.ts';
import type { Roles } from './receive.ts';
import { safe } from './replies.ts';

/** From the settings `DISCORD_*`. */
export interface DiscordSettings {
  token: string;
  applicationId: string;
  /** Base URL of the REST API without version, such as https://discord.com/api. */
  apiUrl: string;
  transport:
    | {
        mode: 'gateway';
        /** How many connections share the servers, DISCORD_SHARDS; `auto`: as many as Discord recommends. */
        shards: number | 'auto';
      }
    | {
        mode: 'http';
        /** The application's, DISCORD_PUBLIC_KEY. */
        publicKey: string;
        /** Puts a handler of POST requests on the bot's port, by its path. */
        serve?: (path: string, handle: (request: IncomingMessage, response: ServerResponse) => void) => void;
      };
  /** Channel id. */
  mentorsChannel: string;
  roles: Roles;
  /** Id of the channel in which the bot speaks to the coordinators, when there is one. */
  coordinatorsChannel?: string | undefined;
  /** Id of the channel under which student and mentor get a private thread, when they do. */
  sessionsChannel?: string | undefined;
  /** Id of the channel under which people are told what their direct messages refuse, when there is one. */
  fallbackChannel?: string | undefined;
}

/** Settings that name a channel, each with what the doctor calls it and whether threads are opened in it. */
const channels = {
  DISCORD_MENTORS_CHANNEL: { name: 'mentors', threads: false },
  DISCORD_COORDINATORS_CHANNEL: { name: 'coordinators', threads: false },
  DISCORD_SESSIONS_CHANNEL: { name: 'sessions', threads: true },
  DISCORD_FALLBACK_CHANNEL: { name: 'fallback', threads: true },
} as const;
/** The channel that is looked at: the mentors', or another in its place, and then by the name of its setting. */
type At = DiscordSettings & { setting?: keyof typeof channels };
const settingOf = ({ setting = 'DISCORD_MENTORS_CHANNEL' }: At) => setting;

const id = z.object({ id: z.string() });
const applicationShape = z.object({
  id: z.string(),
  verify_key: z.string().optional(),
  interactions_endpoint_url: z.string().nullish(),
});
const channelShape = z.object({
  guild_id: z.string().optional(),
  type: z.number(),
  permission_overwrites: z
    .array(z.object({ id: z.string(), type: z.number(), allow: z.string(), deny: z.string() }))
    .default([]),
});
const guildShape = z.object({
  id: z.string(),
  name: z.string(),
  roles: z.array(z.object({ id: z.string(), name: z.string().default(''), permissions: z.string() })),
});
const memberShape = z.object({ roles: z.array(z.string()) });

/** Channels in which cards can stand: text, announcements, and forums. */
export const CARD_CHANNELS: number[] = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildForum,
];
const ADMINISTRATOR = 1n << 3n;

/** What is found out before the bot begins. */
export interface Found {
  space: Space;
  /** By id. */
  roleNames: Map<string, string>;
  /** Where Discord sends what people do, when it does not come over the gateway. */
  address: string | null;
}

/**
 * Looks at everything that the settings name, over REST alone.
 * @throws PlatformSetupError that names the setting and the remedy
 */
export async function findSpace(
  rest: REST,
  settings: DiscordSettings,
): Promise<{ space: Space; roleNames: Map<string, string>; address: string | null }> {
  const address = await checkApplication(rest, settings);
  const channel = await lookUpChannel(rest, settings);
  const guild = await lookUpGuild(rest, settings, channel.guildId);
  checkRoles(settings, guild);
  await checkPermissions(rest, settings, channel, guild);
  const space = {
    platform: 'discord',
    spaceId: guild.id,
    name: guild.name,
    mentorsChannel: settings.mentorsChannel,
    coordinatorsChannel: settings.coordinatorsChannel ?? '',
    sessionsChannel: settings.sessionsChannel ?? '',
  };
  return { space, roleNames: new Map(guild.roles.map(({ id, name }) => [id, name])), address };
}

/** The same, one by one, for the doctor. Changes nothing, and never throws. @param requestMs how long one request may take */
export async function checkDiscord(
  settings: DiscordSettings,
  entries: Entries,
  requestMs = 10_000,
): Promise<Check[]> {
  const rest = createBackgroundRest(settings, requestMs);
  try {
    return await tryEverything(rest, settings, entries);
  } finally {
    rest.clearHashSweeper();
    rest.clearHandlerSweeper();
  }
}

/** What could not be tried for want of an earlier one is left out. */
async function tryEverything(rest: REST, settings: DiscordSettings, entries: Entries): Promise<Check[]> {
  const checks: Check[] = [];
  const attempt = async <Found>(what: string, look: () => Found | Promise<Found>): Promise<Found | null> => {
    try {
      const found = await look();
      checks.push({ what, ok: true });
      return found;
    } catch (error) {
      checks.push({ what, ok: false, remedy: error instanceof Error ? error.message : String(error) });
      return null;
    }
  };
  const bot = await attempt('Discord: token and application id', async () => {
    return { address: await checkApplication(rest, settings) };
  });
  if (!bot) return checks;
  if (settings.transport.mode === 'http') {
    const what = 'Discord: interactions endpoint';
    await attempt(bot.address ? what : `${what}. None yet: ${saveAddress}`, () => checkAddress(bot.address));
  }
  const channel = await attempt('Discord: mentors channel', () => lookUpChannel(rest, settings));
  const guild = channel
    ? await attempt('Discord: server', () => lookUpGuild(rest, settings, channel.guildId))
    : null;
  if (!channel || !guild) return checks;
  await attempt('Discord: roles', () => checkRoles(settings, guild));
  await attempt('Discord: permissions in the mentors channel', () =>
    checkPermissions(rest, settings, channel, guild),
  );
  for (const [setting, channelId] of [
    ['DISCORD_COORDINATORS_CHANNEL', settings.coordinatorsChannel],
    ['DISCORD_SESSIONS_CHANNEL', settings.sessionsChannel],
    ['DISCORD_FALLBACK_CHANNEL', settings.fallbackChannel],
  ] as const) {
    if (!channelId) continue;
    const at: At = { ...settings, mentorsChannel: channelId, setting };
    await attempt(`Discord: ${channels[setting].name} channel`, async () => {
      const other = await lookUpChannel(rest, at);
      await checkPermissions(rest, at, other, await lookUpGuild(rest, at, other.guildId));
    });
  }
  const there = await attempt('Discord: commands', () =>
    wording(settings, 'commands', () => arePublished(rest, settings.applicationId, guild.id, entries)),
  );
  const last = checks.at(-1);
  if (there === false && last) last.what = 'Discord: commands (the next start of the bot publishes them)';
  return checks;
}

/** @returns the address to which Discord sends interactions, when it does */
async function checkApplication(rest: REST, settings: DiscordSettings): Promise<string | null> {
  const application = await wording(settings, 'token', async () =>
    applicationShape.parse(await rest.get(Routes.currentApplication())),
  );
  const { applicationId, transport } = settings;
  if (application.id !== applicationId) {
    throw new PlatformSetupError(
      `DISCORD_APPLICATION_ID is ${applicationId}, but DISCORD_TOKEN belongs to the application ${application.id}. Copy both from the same application at https://discord.com/developers/applications.`,
    );
  }
  const address = application.interactions_endpoint_url || null;
  if (transport.mode === 'gateway' && address) {
    throw new PlatformSetupError(
      `Discord sends what people do to ${address} instead of over the gateway. Empty "Interactions Endpoint URL" at https://discord.com/developers/applications, your application, General Information; or set DISCORD_TRANSPORT=http.`,
    );
  }
  const key = application.verify_key;
  if (transport.mode === 'http' && key && key !== transport.publicKey.toLowerCase()) {
    throw new PlatformSetupError(
      `DISCORD_PUBLIC_KEY is not that of the application ${applicationId}. Copy "Public Key" at https://discord.com/developers/applications, your application, General Information.`,
    );
  }
  return address;
}

/** It can only be saved while the bot is there to answer, so that none is no mistake yet. */
function checkAddress(address: string | null): void {
  if (!address || new URL(address).pathname.endsWith(INTERACTIONS_PATH)) return;
  throw new PlatformSetupError(`Discord sends what people do to ${address}. ${saveAddress}`);
}

/** How Discord gets to know where the bot is. */
export const saveAddress = `While the bot runs, save "Interactions Endpoint URL" at https://discord.com/developers/applications, your application, General Information: https://your-host${INTERACTIONS_PATH}`;

interface MentorsChannel {
  guildId: string;
  type: number;
  overwrites: z.infer<typeof channelShape>['permission_overwrites'];
}

async function lookUpChannel(rest: REST, settings: At): Promise<MentorsChannel> {
  const channel = await wording(settings, 'channel', async () =>
    channelShape.parse(await rest.get(Routes.channel(settings.mentorsChannel))),
  );
  const fits = channels[settingOf(settings)].threads ? [ChannelType.GuildText] : CARD_CHANNELS;
  if (!channel.guild_id || !fits.includes(channel.type)) {
    throw new PlatformSetupError(
      `${settingOf(settings)} (${settings.mentorsChannel}) is not a text channel of a server. Right-click the channel and choose "Copy Channel ID" (Settings, Advanced, Developer Mode shows it).`,
    );
  }
  return { guildId: channel.guild_id, type: channel.type, overwrites: channel.permission_overwrites };
}

type Guild = z.infer<typeof guildShape>;

const lookUpGuild = (rest: REST, settings: At, guildId: string): Promise<Guild> =>
  wording(settings, 'guild', async () => guildShape.parse(await rest.get(Routes.guild(guildId))));

function checkRoles({ roles }: DiscordSettings, guild: Guild): void {
  const unknown = (ids: readonly string[]) => ids.filter((id) => !guild.roles.some((role) => role.id === id));
  const wrong = [
    ...unknown(roles.mentors).map((role) => ({ setting: 'DISCORD_MENTOR_ROLE', role })),
    ...unknown(roles.coordinators).map((role) => ({ setting: 'DISCORD_COORDINATOR_ROLE', role })),
  ];
  if (wrong.length === 0) return;
  const named = wrong.map(({ setting, role }) => `${setting} (${role})`).join(', ');
  throw new PlatformSetupError(
    `${named} is not a role of the server "${guild.name}". In Server Settings, Roles, choose "Copy Role ID" of the right role (Settings, Advanced, Developer Mode shows it).`,
  );
}

async function checkPermissions(
  rest: REST,
  settings: At,
  channel: MentorsChannel,
  guild: Guild,
): Promise<void> {
  const [user, member] = await wording(settings, 'guild', async () => {
    const me = id.parse(await rest.get(Routes.user()));
    return [me, memberShape.parse(await rest.get(Routes.guildMember(guild.id, me.id)))] as const;
  });
  const { threads } = channels[settingOf(settings)];
  const needed = neededIn[threads ? 'threads' : channel.type === ChannelType.GuildForum ? 'forum' : 'cards'];
  const lacking = missingPermissions(guild, channel.overwrites, user.id, member.roles, needed);
  if (lacking.length === 0) return;
  throw new PlatformSetupError(
    `The bot may not do everything it needs in the channel of ${settingOf(settings)} (${settings.mentorsChannel}): ${lacking.join(', ')}. Open Edit Channel, Permissions, add the bot's role and allow these.`,
  );
}

/**
 * What the bot may not do in a channel, out of what it needs
 * (https://discord.com/developers/docs/topics/permissions#permission-overwrites). Pure.
 */
export function missingPermissions(
  guild: Guild,
  overwrites: MentorsChannel['overwrites'],
  userId: string,
  roles: string[],
  needed: readonly PermissionName[],
): PermissionName[] {
  const mine = guild.roles.filter((role) => role.id === guild.id || roles.includes(role.id));
  let held = mine.reduce((sum, role) => sum | BigInt(role.permissions), 0n);
  if ((held & ADMINISTRATOR) !== 0n) return [];
  const apply = (layer: MentorsChannel['overwrites']): void => {
    const all = (side: 'allow' | 'deny') => layer.reduce((sum, one) => sum | BigInt(one[side]), 0n);
    held = (held & ~all('deny')) | all('allow');
  };
  apply(overwrites.filter((one) => one.id === guild.id));
  apply(overwrites.filter((one) => one.type === 0 && one.id !== guild.id && roles.includes(one.id)));
  apply(overwrites.filter((one) => one.type === 1 && one.id === userId));
  return needed.filter((name) => (held & permissions[name]) === 0n);
}

type Subject = 'token' | 'channel' | 'guild' | 'commands';

/** Says which setting is wrong, instead of Discord's error. */
export async function wording<Result>(
  settings: At,
  subject: Subject,
  act: () => Promise<Result>,
): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    throw new PlatformSetupError(remedy(settings, subject, error), { cause: safe(error) });
  }
}

function remedy(settings: At, subject: Subject, error: unknown): string {
  if (!(error instanceof DiscordAPIError)) {
    const why = error instanceof Error ? error.message : String(error);
    return `Discord does not answer as it should at DISCORD_API_URL (${settings.apiUrl}): ${why}. Check the network, and leave DISCORD_API_URL empty for Discord itself.`;
  }
  if (error.status === 401) {
    return 'DISCORD_TOKEN is not accepted. Make a new one at https://discord.com/developers/applications, your application, Bot, "Reset Token".';
  }
  const invite = `Invite the bot to the server with ${inviteLink(settings.applicationId)}`;
  if (subject === 'commands') {
    return `The slash commands cannot be published: ${error.message}. ${invite} (the scope applications.commands is needed).`;
  }
  if (subject === 'channel' && error.code === RESTJSONErrorCodes.UnknownChannel) {
    return `${settingOf(settings)} (${settings.mentorsChannel}) does not exist. Right-click the channel and choose "Copy Channel ID" (Settings, Advanced, Developer Mode shows it).`;
  }
  if (subject === 'channel' && isAccess(error)) {
    return `The bot cannot see the channel of ${settingOf(settings)} (${settings.mentorsChannel}). ${invite}, and allow its role to view the channel.`;
  }
  if (subject === 'guild') {
    return `The bot is not in the server of ${settingOf(settings)}: ${error.message}. ${invite}`;
  }
  return `Discord refused (${error.code}: ${error.message}). ${invite}`;
}

const isAccess = (error: DiscordAPIError): boolean =>
  error.code === RESTJSONErrorCodes.MissingAccess || error.code === RESTJSONErrorCodes.MissingPermissions;
