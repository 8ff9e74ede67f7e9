import { DiscordAPIError, RateLimitError, RESTJSONErrorCodes } from 'discord.js';
import { PlatformSetupError } from '../platform.ts';
import { inviteLink } from './invitation.ts';
import { safe } from './replies.ts';
import type { DiscordSettings } from './setup.ts';

// What whoever runs the bot is told when Discord refuses something: which setting is wrong, and what helps.

/** The channels, each with its setting, what the doctor calls it, and whether threads are opened in it. */
export const channels = {
  mentorsChannel: { setting: 'DISCORD_MENTORS_CHANNEL', name: 'mentors', threads: false },
  coordinatorsChannel: { setting: 'DISCORD_COORDINATORS_CHANNEL', name: 'coordinators', threads: false },
  sessionsChannel: { setting: 'DISCORD_SESSIONS_CHANNEL', name: 'sessions', threads: true },
  fallbackChannel: { setting: 'DISCORD_FALLBACK_CHANNEL', name: 'fallback', threads: true },
} as const;
export type Which = keyof typeof channels;
/** A channel that is looked at, and whether people chose it in Discord. */
export interface Looked {
  which: Which;
  channelId: string;
  chosen: boolean;
}
export const settingOf = ({ which, chosen }: Looked): string =>
  chosen ? `the ${channels[which].name} channel that was chosen in Discord` : channels[which].setting;
export const how = ({ chosen }: Looked): string =>
  chosen
    ? 'Choose another: /mini-admin, Set-up.'
    : 'Right-click the channel and choose "Copy Channel ID" (Settings, Advanced, Developer Mode shows it).';
export const upper = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}`;

export type Subject = 'token' | 'channel' | 'guild' | 'commands';

/** Says which setting is wrong, instead of Discord's error. */
export async function wording<Result>(
  settings: Pick<DiscordSettings, 'apiUrl' | 'applicationId' | 'server'>,
  subject: Subject,
  act: () => Promise<Result>,
  looked?: Looked,
): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    throw new PlatformSetupError(remedy(settings, subject, error, looked), { cause: safe(error) });
  }
}

function remedy(
  settings: Pick<DiscordSettings, 'apiUrl' | 'applicationId' | 'server'>,
  subject: Subject,
  error: unknown,
  looked: Looked | undefined,
): string {
  if (error instanceof RateLimitError) {
    return `Discord asks to wait for ${waitOf(error)} (rate limit). Nothing is lost; try again then.`;
  }
  if (!(error instanceof DiscordAPIError)) {
    const why = error instanceof Error ? error.message : String(error);
    return `Discord does not answer as it should at DISCORD_API_URL (${settings.apiUrl}): ${why}. Check the network, and leave DISCORD_API_URL empty for Discord itself.`;
  }
  if (error.status === 401) {
    return 'DISCORD_TOKEN is not accepted. Make a new one at https://discord.com/developers/applications, your application, Bot, "Reset Token".';
  }
  if (error.code === RESTJSONErrorCodes.MaximumDailyApplicationCommandCreatesReached) {
    return 'Discord takes no more new commands of this application today (200 a day). Those that are there go on working; try again tomorrow.';
  }
  const invite = `Invite the bot to the server with ${inviteLink(settings.applicationId)}`;
  if (subject === 'commands') {
    return `The slash commands cannot be published: ${error.message}. ${invite} (the scope applications.commands is needed).`;
  }
  if (looked && error.code === RESTJSONErrorCodes.UnknownChannel) {
    return `${upper(settingOf(looked))} (${looked.channelId}) does not exist. ${how(looked)}`;
  }
  if (looked && isAccess(error)) {
    const where = looked.chosen ? settingOf(looked) : `the channel of ${settingOf(looked)}`;
    return `The bot cannot see ${where} (${looked.channelId}). ${invite}, and allow its role to view the channel.`;
  }
  if (subject === 'guild') {
    const which = settings.server ? `DISCORD_SERVER (${settings.server})` : 'DISCORD_MENTORS_CHANNEL';
    return `The bot is not in the server of ${which}: ${error.message}. ${invite}`;
  }
  return `Discord refused (${error.code}: ${error.message}). ${invite}`;
}

function waitOf(limit: RateLimitError): string {
  const seconds = Math.ceil(Math.max(limit.retryAfter, limit.sublimitTimeout) / 1_000);
  if (seconds <= 120) return `${seconds} seconds`;
  return seconds <= 7_200 ? `${Math.ceil(seconds / 60)} minutes` : `${Math.ceil(seconds / 3_600)} hours`;
}

const isAccess = (error: DiscordAPIError): boolean =>
  error.code === RESTJSONErrorCodes.MissingAccess || error.code === RESTJSONErrorCodes.MissingPermissions;
