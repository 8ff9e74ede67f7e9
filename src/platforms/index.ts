import type { Log } from '../log.ts';
import { createDiscord, type DiscordSettings } from './discord/index.ts';
import { checkDiscord } from './discord/setup.ts';
import type { Check, Command, Desk, Platform } from './platform.ts';
import { createSlack, type SlackSettings } from './slack/index.ts';
import { checkSlack } from './slack/set-up.ts';

interface Settings {
  slack: SlackSettings | null;
  discord: DiscordSettings | null;
}

/** Tries everything that the settings of each platform name. Changes nothing there, and never throws. */
export async function checkPlatforms(
  settings: Settings,
  commands: readonly Command[],
  log: Log,
): Promise<Check[]> {
  const checks = await Promise.all([
    settings.slack ? checkSlack(settings.slack, log.child({ platform: 'slack' })) : [],
    settings.discord ? checkDiscord(settings.discord, commands) : [],
  ]);
  return checks.flat();
}

/** The platforms that the settings turn on. */
export function createPlatforms(settings: Settings, desk: Desk, log: Log): Platform[] {
  return [
    ...(settings.slack ? [createSlack(settings.slack, desk, log.child({ platform: 'slack' }))] : []),
    ...(settings.discord ? [createDiscord(settings.discord, desk, log.child({ platform: 'discord' }))] : []),
  ];
}
