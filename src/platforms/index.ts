import type { Log } from '../log.ts';
import { createDiscord, type DiscordSettings } from './discord/index.ts';
import type { Desk, Platform } from './platform.ts';
import { createSlack, type SlackSettings } from './slack/index.ts';

/** The platforms that the settings turn on. */
export function createPlatforms(
  settings: { slack: SlackSettings | null; discord: DiscordSettings | null },
  desk: Desk,
  log: Log,
): Platform[] {
  return [
    ...(settings.slack ? [createSlack(settings.slack, desk, log.child({ platform: 'slack' }))] : []),
    ...(settings.discord ? [createDiscord(settings.discord, desk, log.child({ platform: 'discord' }))] : []),
  ];
}
