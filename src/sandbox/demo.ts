import { appendFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Log } from '../log.ts';
import { deleteEmbedded, startTemporary } from '../store/embedded.ts';
import { startBot } from './bot.ts';
import { createMovableClock } from './movable-clock.ts';
import type { WireEntry } from './person.ts';
import { startPlayground } from './playground/start.ts';
import { story } from './story.ts';
import { startWorld } from './world.ts';

export interface DemoOptions {
  /** Play the story and end, instead of opening the playground. */
  story: boolean;
  /** File that gets every request that the bot sends out, as a line of JSON. */
  record?: string | undefined;
  log: Log;
  /** Says a line to the person at the terminal. */
  say(line: string): void;
  /** Resolves when the person wants to end. */
  untilStopped: Promise<unknown>;
}

/** Where the playground is looked for first; another free port is taken when this one is in use. */
const PORT = 4321;

/**
 * The whole product on this machine, without an account: local stand-ins for Slack, Discord and Google, a database of
 * its own in a temporary folder, and the real bot between them.
 */
export const demo = (options: DemoOptions): Promise<void> => (options.story ? tellStory : play)(options);

/** The playground: a page to try everything, until the person ends it. */
async function play({ say, log, record, untilStopped }: DemoOptions): Promise<void> {
  say(
    'Starting local stand-ins for Slack, Discord and Google, a database in a temporary folder, and the bot …',
  );
  const database = startTemporary(log);
  try {
    const playground = await startPlayground({
      databaseUrl: database.then(({ url }) => url),
      botEntry: new URL('./bot-child.js', import.meta.url),
      pageFolder: new URL('./playground/page/', import.meta.url),
      port: PORT,
      pace: 1,
      record: recorder(record),
    });
    say(`
The playground is open:  ${playground.url}

Open it in your browser. Everything on it is real but Slack, Discord and Google themselves. “Play next step” tells
the whole story. For the story here in the terminal: npm run demo -- --story. Press Ctrl+C to end it.`);
    await untilStopped;
    await playground.close();
  } finally {
    await (await database).stop();
  }
}

/** @throws Error at the first thing that is not as the story tells it */
async function tellStory({ say, log, record }: DemoOptions): Promise<void> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'mini-mentorship-demo-'));
  const clock = createMovableClock();
  say('Starting local stand-ins for Slack, Discord and Google, and a database in a temporary folder …');
  const world = await startWorld(clock, recorder(record));
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
