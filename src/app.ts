import type { Config } from './config.ts';
import type { Clock } from './core/ports.ts';
import { createDesk } from './desk.ts';
import type { Log } from './log.ts';
import { chooseMeetingProvider } from './meetings/index.ts';
import { createPlatforms } from './platforms/index.ts';
import type { Platform } from './platforms/platform.ts';
import { startEmbedded } from './store/embedded.ts';
import { openStore } from './store/index.ts';
import { migrate } from './store/migrate.ts';
import type { Store } from './store/store.ts';
import { type Handler, healthHandler, healthPaths, type Watched } from './web/health.ts';
import { startWeb } from './web/server.ts';
import { startWorker, type Worker } from './worker/clock.ts';
import { createCourier } from './worker/courier.ts';

export interface App {
  store: Store;
  platforms: readonly Platform[];
  worker: Worker;
  /** Stops everything in reverse order; what was begun is finished. Safe to call twice. */
  stop(): Promise<void>;
}

/** All spaces of one deployment belong to one community. */
const COMMUNITY = 'default';

/** The machine's clock. */
export const systemClock: Clock = { now: () => new Date() };

/** Opens the configured database, brought up to date; with its own server when none is named. */
export async function openDatabase(
  database: Config['database'],
  log: Log,
): Promise<{ url: string; stop(): Promise<void> }> {
  const server =
    database.kind === 'server'
      ? { url: database.url, stop: async () => {} }
      : await startEmbedded({ dataDir: database.dataDir, log });
  try {
    const { applied } = await migrate(server.url);
    if (applied.length > 0) log.info({ applied }, 'The database was brought up to date');
    return server;
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/**
 * Starts the whole bot. What was started is stopped again when a later part fails.
 * @param tick `never` for tests that tick by hand
 */
export async function startApp(parts: {
  config: Config;
  clock: Clock;
  log: Log;
  tick: 'second' | 'never';
}): Promise<App> {
  const { config, clock, log } = parts;
  const started: (() => Promise<void>)[] = [];
  let stopping: Promise<void> | null = null;
  const stop = () => {
    stopping ??= (async () => {
      for (const stopPart of started.reverse()) {
        await stopPart().catch((error: unknown) => log.error({ err: error }, 'A part did not stop cleanly'));
      }
    })();
    return stopping;
  };
  try {
    const database = await openDatabase(config.database, log);
    started.push(database.stop);
    const store = await openStore(database.url, { log });
    started.push(store.close);
    const meetings = chooseMeetingProvider(config.meetings);
    const desk = createDesk({
      store,
      clock,
      log,
      community: COMMUNITY,
      providerMakesLinks: meetings !== undefined,
    });
    let watched: Watched = null;
    const health = healthHandler(() => watched);
    const platforms = createPlatforms({ ...config, slack: withHealth(config.slack, health) }, desk, log);
    for (const platform of platforms) {
      started.push(platform.stop);
      await platform.start();
    }
    const courier = createCourier({ store, platforms, meetings, clock, log });
    const worker = await startWorker({ store, courier, clock, log, every: parts.tick });
    started.push(worker.stop);
    await worker.tick();
    watched = { store, platforms, worker };
    if (config.port !== null && config.slack?.transport.mode !== 'http') {
      started.push(await startWeb(config.port, health));
    }
    return { store, platforms, worker, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Slack over HTTP has the port, so it serves the health pages too. */
function withHealth(slack: Config['slack'], health: Handler): Config['slack'] {
  if (slack?.transport.mode !== 'http') return slack;
  const routes = Object.fromEntries(healthPaths.map((path) => [path, health]));
  return { ...slack, transport: { ...slack.transport, routes } };
}
