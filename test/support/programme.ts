import { createLog } from '../../src/log.ts';
import { type Bot, startBot, startChildBot } from '../../src/sandbox/bot.ts';
import { createMovableClock, type MovableClock } from '../../src/sandbox/movable-clock.ts';
import type { WireEntry } from '../../src/sandbox/person.ts';
import { startWorld, type World } from '../../src/sandbox/world.ts';
import { freshDatabase } from './database.ts';
import { wireLog } from './wire-log.ts';

/** A whole programme under test: the real bot, on a database of its own, between the stand-ins. */
export interface Programme {
  world: World;
  bot: Bot;
  clock: MovableClock;
  databaseUrl: string;
  /** Every request that the bot sent out. */
  wire: WireEntry[];
  end(): Promise<void>;
}

/**
 * Starts one.
 * @param options.env settings that differ from the world's; as a function, of things that it adds to the world
 * @param options.ownProcess the bot runs in a process of its own, so that it can really be killed
 */
export async function startProgramme(
  options: {
    env?: Record<string, string> | ((world: World) => Record<string, string>);
    ownProcess?: boolean;
  } = {},
): Promise<Programme> {
  const wire: WireEntry[] = [];
  const clock = createMovableClock();
  const world = await startWorld(clock, (entry) => {
    wire.push(entry);
    wireLog(entry);
  });
  const database = await freshDatabase();
  const more = typeof options.env === 'function' ? options.env(world) : options.env;
  const env = { ...world.env, DATABASE_URL: database.url, LOG_LEVEL: 'silent', ...more };
  const bot = options.ownProcess
    ? await startChildBot(new URL('../../dist/sandbox/bot-child.js', import.meta.url), env, clock)
    : await startBot(env, clock, createLog('silent'));
  return {
    world,
    bot,
    clock,
    databaseUrl: database.url,
    wire,
    end: async () => {
      await bot.stop();
      await world.close();
      await database.drop();
    },
  };
}
