import { readFile } from 'node:fs/promises';
import { openPeephole } from '../../store/peek.ts';
import { type ChildBot, startChildBot } from '../bot.ts';
import { createMovableClock } from '../movable-clock.ts';
import type { WireEntry } from '../person.ts';
import { startWorld, type World } from '../world.ts';
import { perform } from './acts.ts';
import { createFeed, type Manifest } from './feed.ts';
import { servePage } from './server.ts';
import { createSwitchboard } from './switches.ts';
import { createTour } from './tour.ts';
import type { Inside } from './wire.ts';

/** Beside `src` and `dist` alike. */
const MANIFEST = new URL('../../../manifests/slack.json', import.meta.url);

export interface Playground {
  /** Address of the page. */
  url: string;
  world: World;
  bot: ChildBot;
  close(): Promise<void>;
}

/**
 * The page with which people try the whole product: the world, the real bot in a process of its own between its
 * stand-ins, and a server for the page.
 * @param options.botEntry the compiled `bot-child.js`
 * @param options.pageFolder where the bundled page is
 * @param options.port wished; when it is taken, any free one
 * @param options.pace how slowly the tour is played; 1 to be watched
 */
export async function startPlayground(options: {
  databaseUrl: Promise<string> | string;
  botEntry: URL;
  pageFolder: URL;
  port: number;
  pace: number;
  record?: (entry: WireEntry) => void;
}): Promise<Playground> {
  const ends: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  try {
    const sent: Inside['sent'] = [];
    const clock = createMovableClock();
    const world = await startWorld(clock, (entry) => {
      options.record?.(entry);
      const { to, method, path, status } = entry;
      sent.push({ n: (sent.at(-1)?.n ?? 0) + 1, to, method, path, status });
      if (sent.length > 200) sent.shift();
    });
    ends.push(() => world.close());
    const databaseUrl = await options.databaseUrl;
    const env = { ...world.env, DATABASE_URL: databaseUrl, LOG_LEVEL: 'silent' };
    const bot = await startChildBot(options.botEntry, env, clock);
    ends.push(() => bot.stop());
    const peephole = openPeephole(databaseUrl, { warn: () => {} });
    ends.push(() => peephole.close());
    let feedChanged = (): void => {};
    const changed = () => feedChanged();
    const switchboard = createSwitchboard(world, bot, changed);
    const tour = createTour({ world, bot, clock, pace: options.pace }, changed);
    const manifest = JSON.parse(await readFile(MANIFEST, 'utf8')) as Manifest;
    const feed = createFeed({ world, clock, peephole, switchboard, tour, sent, manifest });
    feedChanged = feed.changed;
    ends.push(async () => feed.close());
    const stage = { world, bot, clock, peephole, switchboard, tour };
    const page = await servePage({ ...options, feed, perform: (act) => perform(stage, act) });
    ends.push(() => page.close());
    return { url: page.url, world, bot, close };
  } catch (error) {
    await close();
    throw error;
  }
}
