import type { Config } from './config.ts';
import { languageIn } from './core/community.ts';
import type { Language } from './core/language.ts';
import type { Clock } from './core/ports.ts';
import { createDesk } from './desk.ts';
import type { Log } from './log.ts';
import { checkAllMeetings, checkMeetings } from './meetings/check.ts';
import { openBusyCalendars, openMeetingProviders } from './meetings/index.ts';
import { putPanel } from './panel.ts';
import { checkPlatforms, createPlatforms } from './platforms/index.ts';
import type { Desk, Platform, Space } from './platforms/platform.ts';
import { commands, shortcuts } from './routes.ts';
import { startEmbedded } from './store/embedded.ts';
import { openStore } from './store/index.ts';
import { databaseTrouble } from './store/inspect.ts';
import { migrate } from './store/migrate.ts';
import type { Store } from './store/store.ts';
import { gaugesOf, operationPages, type Watched } from './web/health.ts';
import { createLinks } from './web/links.ts';
import { createMetrics } from './web/metrics.ts';
import { createPages, type Pages, startWeb } from './web/server.ts';
import { addSessionPages } from './web/session-pages.ts';
import { startWorker, type Worker } from './worker/clock.ts';
import { createCourier } from './worker/courier.ts';
import { type Heartbeat, startHeartbeat } from './worker/heartbeat.ts';
import { createSetUpWatch } from './worker/set-up-watch.ts';

export interface App {
  store: Store;
  platforms: readonly Platform[];
  worker: Worker;
  heartbeat: Heartbeat;
  /**
   * Stops everything in reverse order. What was begun is finished, or left for the next start when it takes more than
   * some seconds. Safe to call twice.
   */
  stop(): Promise<void>;
}

/** How long deliveries that are under way may take when the bot stops, in milliseconds. */
const DRAIN = 5_000;

/** All spaces of one deployment belong to one community. */
const COMMUNITY = 'default';

/** The machine's clock. */
export const systemClock: Clock = { now: () => new Date() };

/** The configured database as it is; with its own server when none is named. */
export const openServer = async (
  database: Config['database'],
  log: Log,
): Promise<{ url: string; stop(): Promise<void> }> =>
  database.kind === 'server'
    ? { url: database.url, stop: async () => {} }
    : startEmbedded({ dataDir: database.dataDir, log });

/** Opens the configured database, brought up to date; with its own server when none is named. */
export async function openDatabase(
  database: Config['database'],
  log: Log,
): Promise<{ url: string; stop(): Promise<void> }> {
  const server = await openServer(database, log);
  try {
    const { applied } = await migrate(server.url);
    if (applied.length > 0) log.info({ applied }, 'The database was brought up to date');
    return server;
  } catch (error) {
    await server.stop();
    throw databaseTrouble(error, server.url);
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
    const metrics = createMetrics();
    const database = await openDatabase(config.database, log);
    started.push(database.stop);
    const store = await openStore(database.url, { log });
    started.push(store.close);
    const links = config.publicUrl ? createLinks(config.publicUrl, await store.links.secret()) : null;
    const meetings = openMeetingProviders(config.meetings, config.otherMeetings);
    const setUpAs = (name: string) =>
      [config.meetings, ...config.otherMeetings].find(({ provider }) => provider === name);
    const spaces = new Map<string, Space>();
    /** What people chose on Discord. */
    const chosen = async () => {
      const space = spaces.get('discord');
      return space ? store.directory.chosenIn(space) : null;
    };
    const desk = createDesk({
      store,
      clock,
      log,
      community: COMMUNITY,
      language: config.language,
      links,
      meetings: {
        preset: meetings.preset,
        names: meetings.names,
        tried: (name) => checkMeetings(setUpAs(name) ?? { provider: 'manual' }),
      },
      calendars: openBusyCalendars([config.meetings, ...config.otherMeetings]),
      lookAtSetUp: async ({ platform, spaceId }) => {
        const there = platforms.find(({ name }) => name === platform);
        const own = spaceId === null ? null : ((await there?.look(spaceId)) ?? null);
        if (own) return { checks: own, added: true };
        const checks = [
          ...(await checkPlatforms(config, { commands, shortcuts }, log, await chosen())),
          ...(await checkAllMeetings(config.meetings, config.otherMeetings)),
        ];
        return { checks, added: false };
      },
      putPanel: (...wish) => putPanel(platforms, ...wish),
      metrics,
    });
    const announce: Desk['announce'] = async (space) => {
      const now = await desk.announce(space);
      spaces.set(space.platform, { ...space, ...now });
      return now;
    };
    const settingsOf: Desk['settingsOf'] = async (where) => {
      const now = await desk.settingsOf(where);
      const known = spaces.get(where.platform);
      if (now && known) spaces.set(where.platform, { ...known, ...now });
      return now;
    };
    let watched: Watched = null;
    const pages = createPages(operationPages(() => watched, metrics));
    if (links) addSessionPages(pages, { store, links, language: config.language, clock, log });
    const platforms: Platform[] = createPlatforms(
      { slack: withPages(config.slack, pages), discord: withDoor(config.discord, pages) },
      { ...desk, announce, settingsOf },
      log,
      store.installationsOf,
      metrics.acknowledged,
    );
    // These stop side by side: each takes some seconds to finish what it began.
    const busy: (() => Promise<void>)[] = [];
    started.push(async () => {
      const stopping = await Promise.allSettled(busy.map((stopPart) => stopPart()));
      for (const each of stopping) {
        if (each.status === 'rejected') log.error({ err: each.reason }, 'A part did not stop cleanly');
      }
    });
    for (const platform of platforms) {
      busy.push(platform.stop);
      await platform.start();
    }
    const setUp = createSetUpWatch(async () => checkPlatforms(config, desk, log, await chosen()));
    const courier = createCourier({
      channelRefused: setUp.suspect,
      store,
      platforms,
      meetings,
      links,
      language: config.language,
      clock,
      log,
      quietHours: config.quietHours,
      metrics,
    });
    const worker = await startWorker({ store, courier, clock, log, every: parts.tick, metrics });
    busy.push(() => worker.stop(DRAIN));
    const seen = { store, platforms, worker, clock };
    metrics.watch(() => gaugesOf(seen));
    watched = seen;
    const heartbeat = startHeartbeat({
      pulse: async (now) => {
        const { outbox, platforms: states, sinceTickMs } = await gaugesOf(seen);
        // While a platform is away, nobody can tell what is wrong there.
        const away = states.some(({ up }) => !up);
        return {
          platforms: states,
          sinceTickMs,
          dead: outbox?.dead ?? null,
          setUp: away ? [] : await setUp.failed(now),
        };
      },
      platforms,
      channels: () => coordinatorsChannels(spaces),
      language: spokenIn(store, config.language),
      log,
      every: parts.tick === 'second' ? 'beat' : 'never',
    });
    started.push(async () => heartbeat.stop());
    if (config.port !== null && config.slack?.transport.mode !== 'http') {
      started.push(await startWeb(config.port, pages));
    }
    // By itself it goes on ticking; a long queue must not hold up the start.
    const caughtUp = worker.tick();
    if (parts.tick === 'never') await caughtUp;
    return { store, platforms, worker, heartbeat, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The language of our own community; the last one known while the database does not answer. */
function spokenIn({ directory }: Store, usual: Language): () => Promise<Language> {
  let known = usual;
  return async () => {
    const settings = await directory.settingsOf(COMMUNITY).catch(() => null);
    if (settings) known = languageIn(settings, usual);
    return known;
  };
}

/** Where coordinators hear from the bot, of the spaces that the platforms have announced. */
const coordinatorsChannels = (spaces: ReadonlyMap<string, Space>) =>
  [...spaces.values()].flatMap(({ platform, spaceId, coordinatorsChannel: channelId }) =>
    channelId ? [{ platform, spaceId, channelId }] : [],
  );

/** Slack adds the pages by which it is installed; over HTTP it has the port, so it serves all pages. */
function withPages(slack: Config['slack'], { read, serve }: Pages): Config['slack'] {
  if (!slack) return null;
  const { oauth, transport } = slack;
  return {
    ...slack,
    oauth: oauth && { ...oauth, page: read },
    transport: transport.mode === 'http' ? { ...transport, serve } : transport,
  };
}

/** Discord over HTTP comes in beside the pages, whoever has the port. */
function withDoor(discord: Config['discord'], { post }: Pages): Config['discord'] {
  if (discord?.transport.mode !== 'http') return discord;
  return { ...discord, transport: { ...discord.transport, serve: post } };
}
