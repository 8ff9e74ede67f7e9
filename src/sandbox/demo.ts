import { appendFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Log } from '../log.ts';
import { deleteEmbedded } from '../store/embedded.ts';
import { startBot } from './bot.ts';
import { createMovableClock } from './movable-clock.ts';
import type { WireEntry } from './person.ts';
import { story } from './story.ts';
import { startWorld } from './world.ts';

export interface DemoOptions {
  /** Play the story and end, instead of staying up. */
  story: boolean;
  /** File that gets every request that the bot sends out, as a line of JSON. */
  record?: string | undefined;
  log: Log;
  /** Says a line to the person at the terminal. */
  say(line: string): void;
  /** Resolves when the person wants to end. */
  untilStopped: Promise<unknown>;
}

/**
 * The whole product on this machine, without an account: local stand-ins for Slack, Discord and Google, a database of
 * its own in a temporary folder, and the real bot between them.
 * @throws Error at the first thing that is not as the story tells it
 */
export async function demo(options: DemoOptions): Promise<void> {
  const { say, log } = options;
  const dataDir = await mkdtemp(path.join(tmpdir(), 'mini-mentorship-demo-'));
  const clock = createMovableClock();
  say('Starting local stand-ins for Slack, Discord and Google, and a database in a temporary folder …');
  const world = await startWorld(clock, recorder(options.record));
  try {
    const bot = await startBot({ ...world.env, DATA_DIR: dataDir }, clock, log);
    try {
      say('The bot is up, on both platforms.\n');
      let number = 0;
      for (const step of story(world, bot, clock)) {
        number += 1;
        say(`${String(number).padStart(2)}. ${step.says}`);
        await step.does();
        say('    ✓');
      }
      say(`\nAll ${number} steps went as told.`);
      if (!options.story) {
        say(`\nThe bot stays up for you to look at. Press Ctrl+C to end it.
  Slack stand-in:   ${world.slack.url}
  Discord stand-in: ${world.discord.url}
  Google stand-in:  ${world.google.url}`);
        await options.untilStopped;
      }
    } finally {
      await bot.stop();
    }
  } finally {
    await world.close();
    await deleteEmbedded({ dataDir });
    await rm(dataDir, { recursive: true, force: true });
  }
}

function recorder(file: string | undefined): (entry: WireEntry) => void {
  if (!file) return () => {};
  writeFileSync(file, '');
  return (entry) => appendFileSync(file, `${JSON.stringify(entry)}\n`);
}
