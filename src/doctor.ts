import { openDatabase, systemClock } from './app.ts';
import { type Config, ConfigError, parseConfig } from './config.ts';
import { createDesk } from './desk.ts';
import type { Log } from './log.ts';
import { chooseMeetingProvider } from './meetings/index.ts';
import { createPlatforms } from './platforms/index.ts';
import type { Check } from './platforms/platform.ts';
import { openStore } from './store/index.ts';

/** Tries everything that the settings name, and says how to mend what is wrong. Changes nothing. */
export async function doctor(env: Readonly<Record<string, string | undefined>>, log: Log): Promise<Check[]> {
  let config: Config;
  try {
    config = parseConfig(env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map((problem) => ({ what: 'Settings', ok: false, remedy: problem }));
  }
  return [
    { what: 'Settings', ok: true },
    ...(await database(config, log)),
    ...(await platforms(config, log)),
    await meetings(config),
  ];
}

const wrong = (what: string, error: unknown): Check => ({
  what,
  ok: false,
  remedy: error instanceof Error ? error.message : String(error),
});

async function database(config: Config, log: Log): Promise<Check[]> {
  const what =
    config.database.kind === 'server' ? 'Database server' : `Database in ${config.database.dataDir}`;
  try {
    const opened = await openDatabase(config.database, log);
    try {
      const store = await openStore(opened.url, { log });
      const { due, dead } = await store.outbox.depth(systemClock.now()).finally(store.close);
      return [
        { what, ok: true },
        dead === 0
          ? { what: `Outbox (${due} due)`, ok: true }
          : {
              what: 'Outbox',
              ok: false,
              remedy: `${dead} messages were given up. The log names each with its reason: look for "A notice was given up".`,
            },
      ];
    } finally {
      await opened.stop();
    }
  } catch (error) {
    return [wrong(what, error)];
  }
}

async function platforms(config: Config, log: Log): Promise<Check[]> {
  if (!config.slack && !config.discord) {
    return [{ what: 'Platforms', ok: false, remedy: `${noPlatform} See docs/setup.md.` }];
  }
  // Checks ask the platforms alone: nobody comes to this desk.
  const nobody = createDesk({
    store: undefined as never,
    clock: systemClock,
    log,
    community: '',
    providerMakesLinks: false,
  });
  return (await Promise.all(createPlatforms(config, nobody, log).map((platform) => platform.check()))).flat();
}

async function meetings(config: Config): Promise<Check> {
  const what = `Meeting links (${config.meetings.provider})`;
  try {
    await chooseMeetingProvider(config.meetings)?.check();
    return { what, ok: true };
  } catch (error) {
    return wrong(what, error);
  }
}

/** What to say when no platform is set up. */
export const noPlatform =
  'No platform is set up: fill in the SLACK_ or the DISCORD_ settings in .env (copy .env.example, which says where each value is found).';
