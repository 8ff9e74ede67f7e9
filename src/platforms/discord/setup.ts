import type { IncomingMessage, ServerResponse } from 'node:http';
import { ChannelType, type REST, Routes } from 'discord.js';
import { z } from 'zod';
import { readSpace, type SpaceSettings, stillToChoose } from '../../core/space.ts';
import { type AnnouncedSpace, type Check, type Entries, PlatformSetupError } from '../platform.ts';
import { createBackgroundRest } from './client.ts';
import { compare, isNothing, scopeNow } from './commands.ts';
import { INTERACTIONS_PATH } from './endpoint.ts';
import { neededIn } from './invitation.ts';
import { CARD_CHANNELS } from './limits.ts';
import {
  channelShape,
  type Guild,
  guildShape,
  meIn,
  missingPermissions,
  type Overwrites,
} from './permissions.ts';
import type { Roles } from './receive.ts';
import { channels, how, type Looked, settingOf, upper, type Which, wording } from './remedies.ts';

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
  /** Id of the server; without it, that of the mentors channel. */
  server?: string | undefined;
  /** Id of the mentors channel; without it, people choose one in Discord. The same holds for roles and other channels. */
  mentorsChannel?: string | undefined;
  /** Empty: people choose them in Discord. */
  roles: Pick<Roles, 'mentors' | 'coordinators'>;
  /** Id of the channel in which the bot speaks to the coordinators, when there is one. */
  coordinatorsChannel?: string | undefined;
  /** Id of the channel under which student and mentor get a private thread, when they do. */
  sessionsChannel?: string | undefined;
  /** Id of the channel under which people are told what their direct messages refuse, when there is one. */
  fallbackChannel?: string | undefined;
}

/** What the settings say, by the names under which people choose it where they say nothing. */
export const heldBy = (settings: DiscordSettings): Partial<SpaceSettings> => ({
  ...Object.fromEntries(
    (Object.keys(channels) as Which[]).flatMap((which) =>
      settings[which] ? [[which, settings[which]]] : [],
    ),
  ),
  ...(settings.roles.mentors.length > 0 && { mentorRoles: [...settings.roles.mentors] }),
  ...(settings.roles.coordinators.length > 0 && { coordinatorRoles: [...settings.roles.coordinators] }),
});

const applicationShape = z.object({
  id: z.string(),
  verify_key: z.string().optional(),
  interactions_endpoint_url: z.string().nullish(),
});
/** What is found out before the bot begins. */
export interface Found {
  space: AnnouncedSpace;
  /** By id. */
  roleNames: Map<string, string>;
  /** Where Discord sends what people do, when it does not come over the gateway. */
  address: string | null;
}

/**
 * Looks at everything that the settings name, over REST alone.
 * @throws PlatformSetupError that names the setting and the remedy
 */
export async function findSpace(rest: REST, settings: DiscordSettings): Promise<Found> {
  const address = await checkApplication(rest, settings);
  const { mentorsChannel } = settings;
  const looked = mentorsChannel
    ? ({ which: 'mentorsChannel', channelId: mentorsChannel, chosen: false } as const)
    : null;
  const channel = looked && (await lookUpChannel(rest, settings, looked));
  const guild = await lookUpGuild(rest, settings, channel);
  checkRoles(settings.roles, guild, settings);
  if (looked && channel) await checkPermissions(rest, settings, looked, channel, guild);
  const space = {
    platform: 'discord',
    spaceId: guild.id,
    name: guild.name,
    mentorsChannel: mentorsChannel ?? '',
    coordinatorsChannel: settings.coordinatorsChannel ?? '',
    sessionsChannel: settings.sessionsChannel ?? '',
    held: heldBy(settings),
  };
  return { space, roleNames: new Map(guild.roles.map(({ id, name }) => [id, name])), address };
}

/** The server that the settings name. @throws PlatformSetupError that names the setting and the remedy */
export async function findServer(
  rest: REST,
  settings: DiscordSettings,
): Promise<{ id: string; name: string }> {
  await checkApplication(rest, settings);
  const { mentorsChannel: channelId } = settings;
  const channel = channelId
    ? await lookUpChannel(rest, settings, { which: 'mentorsChannel', channelId, chosen: false })
    : null;
  return lookUpGuild(rest, settings, channel);
}

/**
 * The same, one by one, for the doctor. Changes nothing, and never throws.
 * @param chosen what people chose in Discord, as far as it is known
 * @param requestMs how long one request may take
 */
export async function checkDiscord(
  settings: DiscordSettings,
  entries: Entries,
  chosen: SpaceSettings | null = null,
  requestMs = 10_000,
): Promise<Check[]> {
  const rest = createBackgroundRest(settings, requestMs);
  try {
    return await tryEverything(rest, settings, readSpace(chosen, heldBy(settings)), entries);
  } finally {
    rest.clearHashSweeper();
    rest.clearHandlerSweeper();
  }
}

/** What could not be tried for want of an earlier one is left out. */
async function tryEverything(
  rest: REST,
  settings: DiscordSettings,
  now: SpaceSettings,
  entries: Entries,
): Promise<Check[]> {
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
  const looked = (which: Which): Looked => ({ which, channelId: now[which], chosen: !settings[which] });
  const mentors = now.mentorsChannel
    ? await attempt('Discord: mentors channel', () => lookUpChannel(rest, settings, looked('mentorsChannel')))
    : null;
  // One that people chose is not needed to find the server.
  if (!mentors && !settings.server) return checks;
  const guild = await attempt('Discord: server', () =>
    lookUpGuild(rest, settings, settings.mentorsChannel ? mentors : null),
  );
  if (!guild) return checks;
  const { mentorRoles, coordinatorRoles } = now;
  await attempt('Discord: roles', () =>
    checkRoles({ mentors: mentorRoles, coordinators: coordinatorRoles }, guild, settings),
  );
  if (mentors) {
    await attempt('Discord: permissions in the mentors channel', () =>
      checkPermissions(rest, settings, looked('mentorsChannel'), mentors, guild),
    );
  }
  for (const which of ['coordinatorsChannel', 'sessionsChannel', 'fallbackChannel'] as const) {
    if (!now[which]) continue;
    await attempt(`Discord: ${channels[which].name} channel`, async () => {
      const other = await lookUpChannel(rest, settings, looked(which));
      await checkPermissions(rest, settings, looked(which), other, await lookUpGuild(rest, settings, other));
    });
  }
  const there = await attempt('Discord: commands', () =>
    wording(settings, 'commands', async () => {
      const whose = { applicationId: settings.applicationId, guildId: guild.id };
      return isNothing(await compare(rest, whose, await scopeNow(rest, whose, entries), entries));
    }),
  );
  const last = checks.at(-1);
  if (there === false && last) last.what = 'Discord: commands (the next start of the bot publishes them)';
  if (stillToChoose(now).length > 0) checks.push({ what: `Discord: ${waitsForSetUp}`, ok: true });
  return checks;
}

/** What is left to do where the settings name no channel or role, and nobody chose one yet. */
export const waitsForSetUp =
  'waits to be set up. In the server, type /mini-admin and press "Set-up" (whoever may manage the server can)';

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

interface CardChannel {
  guildId: string;
  type: number;
  overwrites: Overwrites;
}

async function lookUpChannel(rest: REST, settings: DiscordSettings, looked: Looked): Promise<CardChannel> {
  const channel = await wording(
    settings,
    'channel',
    async () => channelShape.parse(await rest.get(Routes.channel(looked.channelId))),
    looked,
  );
  const fits: readonly number[] = channels[looked.which].threads ? [ChannelType.GuildText] : CARD_CHANNELS;
  if (!channel.guild_id || !fits.includes(channel.type)) {
    throw new PlatformSetupError(
      `${upper(settingOf(looked))} (${looked.channelId}) is not a text channel of a server. ${how(looked)}`,
    );
  }
  return { guildId: channel.guild_id, type: channel.type, overwrites: channel.permission_overwrites };
}

/** The server of the settings, or of a channel. @throws PlatformSetupError also when they are not the same */
async function lookUpGuild(rest: REST, settings: DiscordSettings, of: CardChannel | null): Promise<Guild> {
  const { server } = settings;
  if (server && of && of.guildId !== server) {
    throw new PlatformSetupError(
      `A channel of the settings belongs to another server than DISCORD_SERVER (${server}). Choose one of that server, or leave DISCORD_SERVER empty.`,
    );
  }
  const guildId = of?.guildId ?? server ?? '';
  return wording(settings, 'guild', async () => guildShape.parse(await rest.get(Routes.guild(guildId))));
}

function checkRoles(roles: DiscordSettings['roles'], guild: Guild, settings: DiscordSettings): void {
  const unknown = (ids: readonly string[]) => ids.filter((id) => !guild.roles.some((role) => role.id === id));
  const held = { mentors: 'DISCORD_MENTOR_ROLE', coordinators: 'DISCORD_COORDINATOR_ROLE' };
  const chosen = {
    mentors: 'A mentor role that was chosen in Discord',
    coordinators: 'A coordinator role that was chosen in Discord',
  };
  const wrong = (['mentors', 'coordinators'] as const).flatMap((who) => {
    const byOperator = settings.roles[who].length > 0;
    const setting = byOperator ? held[who] : chosen[who];
    return unknown(roles[who]).map((role) => ({ named: `${setting} (${role})`, byOperator }));
  });
  if (wrong.length === 0) return;
  const next = wrong.some(({ byOperator }) => byOperator)
    ? 'In Server Settings, Roles, choose "Copy Role ID" of the right role (Settings, Advanced, Developer Mode shows it).'
    : 'Choose others: /mini-admin, Set-up.';
  throw new PlatformSetupError(
    `${wrong.map(({ named }) => named).join(', ')} is not a role of the server "${guild.name}". ${next}`,
  );
}

async function checkPermissions(
  rest: REST,
  settings: DiscordSettings,
  looked: Looked,
  channel: CardChannel,
  guild: Guild,
): Promise<void> {
  const me = await wording(settings, 'guild', () => meIn(rest, guild.id));
  const { threads } = channels[looked.which];
  const needed = neededIn[threads ? 'threads' : channel.type === ChannelType.GuildForum ? 'forum' : 'cards'];
  const lacking = missingPermissions(guild, channel.overwrites, me.id, me.roles, needed);
  if (lacking.length === 0) return;
  const where = looked.chosen ? settingOf(looked) : `the channel of ${settingOf(looked)}`;
  throw new PlatformSetupError(
    `The bot may not do everything it needs in ${where} (${looked.channelId}): ${lacking.join(', ')}. Open Edit Channel, Permissions, add the bot's role and allow these.`,
  );
}
