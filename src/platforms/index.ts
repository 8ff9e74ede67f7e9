import type { SpaceSettings } from '../core/space.ts';
import type { Log } from '../log.ts';
import type { Installations } from '../store/store.ts';
import { createDiscord, type DiscordSettings } from './discord/index.ts';
import { inviteLink } from './discord/invitation.ts';
import { checkDiscord } from './discord/setup.ts';
import type { Acknowledged, Check, Desk, Entries, Platform } from './platform.ts';
import { createSlack, type SlackSettings } from './slack/index.ts';
import { checkInstallations, checkSlack } from './slack/set-up.ts';

interface Settings {
  slack: SlackSettings | null;
  discord: DiscordSettings | null;
}

/**
 * Tries everything that the settings of each platform name. Changes nothing there, and never throws.
 * @param chosen what people chose on Discord, as far as it is known
 */
export async function checkPlatforms(
  settings: Settings,
  entries: Entries,
  log: Log,
  chosen: SpaceSettings | null = null,
): Promise<Check[]> {
  const checks = await Promise.all([
    settings.slack ? checkSlack(settings.slack, log.child({ platform: 'slack' })) : [],
    settings.discord ? checkDiscord(settings.discord, entries, chosen) : [],
  ]);
  return checks.flat();
}

/** The same for what is kept of spaces that installed the bot. */
export const checkInstalled = async (
  { slack }: Settings,
  installations: (platform: string) => Installations,
): Promise<Check[]> => (slack?.oauth ? [await checkInstallations(slack.oauth, installations('slack'))] : []);

export { isNothing } from './discord/commands.ts';
export { publishOnDiscord } from './discord/publishing.ts';

/** How a platform is invited, for whoever reads what the doctor says. */
export const invitations = ({ discord }: Settings): Check[] =>
  discord ? [{ what: `Discord: invited with ${inviteLink(discord.applicationId)}`, ok: true }] : [];

/**
 * The platforms that the settings turn on.
 * @param installations where a platform keeps the spaces that installed the bot
 * @param acknowledged hears of each acknowledgement, with the platform's name
 */
export function createPlatforms(
  settings: Settings,
  desk: Desk,
  log: Log,
  installations: (platform: string) => Installations,
  acknowledged: (platform: string, ...what: Parameters<Acknowledged>) => void = () => {},
): Platform[] {
  const { slack, discord } = settings;
  const named = (platform: string) => log.child({ platform });
  const on =
    (platform: string): Acknowledged =>
    (...what) =>
      acknowledged(platform, ...what);
  return [
    ...(slack ? [createSlack(slack, desk, named('slack'), installations('slack'), {}, on('slack'))] : []),
    ...(discord ? [createDiscord(discord, desk, named('discord'), undefined, on('discord'))] : []),
  ];
}
