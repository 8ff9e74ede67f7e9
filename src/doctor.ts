import { systemClock } from './app.ts';
import { type Config, ConfigError, parseConfig } from './config.ts';
import type { SpaceSettings } from './core/space.ts';
import type { Log } from './log.ts';
import { checkAllMeetings } from './meetings/check.ts';
import { checkInstalled, checkPlatforms, invitations } from './platforms/index.ts';
import type { Check } from './platforms/platform.ts';
import { commands, shortcuts } from './routes.ts';
import { startEmbedded } from './store/embedded.ts';
import { openStore } from './store/index.ts';
import { embeddedExists, inspectDatabase } from './store/inspect.ts';
import type { Store } from './store/store.ts';

/** Tries everything that the settings name, and says how to mend what is wrong. Changes nothing. */
export async function doctor(env: Readonly<Record<string, string | undefined>>, log: Log): Promise<Check[]> {
  let config: Config;
  try {
    config = parseConfig(env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map((problem) => ({ what: 'Settings', ok: false, remedy: problem }));
  }
  let chosen: SpaceSettings | null = null;
  const database = await checkDatabase(config.database, log, async (store) => {
    const spaceId = config.discord?.server ?? null;
    chosen = await store.directory.chosenIn({ platform: 'discord', spaceId });
    return checkInstalled(config, store.installationsOf);
  });
  return [
    { what: 'Settings', ok: true },
    ...transportNote(config, env),
    ...database,
    ...(config.slack || config.discord
      ? await checkPlatforms(config, { commands, shortcuts }, log, chosen)
      : [{ what: 'Platforms', ok: false, remedy: noPlatform }]),
    ...invitations(config),
    ...(await checkAllMeetings(config.meetings, config.otherMeetings)),
  ];
}

/**
 * A port and a signing secret mean that Slack comes in over HTTP. Whoever filled in everything may have meant Socket
 * Mode, and would wait for a bot that hears nothing.
 */
function transportNote({ slack }: Config, env: Readonly<Record<string, string | undefined>>): Check[] {
  if (slack?.transport.mode !== 'http' || !env.SLACK_APP_TOKEN?.trim()) return [];
  const what = `Slack is expected over HTTP on port ${slack.transport.port}; for Socket Mode leave SLACK_SIGNING_SECRET empty`;
  return [{ what, ok: true }];
}

const wrong = (what: string, error: unknown): Check => ({
  what,
  ok: false,
  remedy: error instanceof Error ? error.message : String(error),
});

/**
 * Looks at the database. One of our own that was never made is not made now, and migrations only get counted.
 * @param also what else to look at in one that is up to date
 */
export async function checkDatabase(
  database: Config['database'],
  log: Log,
  also: (store: Store) => Promise<Check[]> = async () => [],
): Promise<Check[]> {
  const what = database.kind === 'server' ? 'Database server' : `Database in ${database.dataDir}`;
  try {
    if (database.kind === 'server') return await inspect(what, database.url, log, also);
    if (!(await embeddedExists(database.dataDir))) {
      return [{ what: `${what} (the first start makes it)`, ok: true }];
    }
    const server = await startEmbedded({ dataDir: database.dataDir, log });
    try {
      return await inspect(what, server.url, log, also);
    } finally {
      await server.stop();
    }
  } catch (error) {
    return [wrong(what, error)];
  }
}

async function inspect(
  what: string,
  url: string,
  log: Log,
  also: (store: Store) => Promise<Check[]>,
): Promise<Check[]> {
  const { pending } = await inspectDatabase(url);
  if (pending.length > 0) {
    return [{ what: `${what} (the next start brings it up to date: ${pending.join(', ')})`, ok: true }];
  }
  const store = await openStore(url, { log });
  try {
    return [{ what, ok: true }, await checkOutbox(store), ...(await also(store))];
  } finally {
    await store.close();
  }
}

async function checkOutbox({ outbox }: Store): Promise<Check> {
  const { due, dead } = await outbox.depth(systemClock.now());
  if (dead === 0) return { what: `Outbox (${due} due)`, ok: true };
  return {
    what: 'Outbox',
    ok: false,
    remedy: `${dead} messages were given up. The log names each with its reason: look for "A notice was given up".`,
  };
}

/** Says how each check ended, for people. */
export function tell(checks: readonly Check[], say: (line: string) => void): void {
  for (const { what, ok, remedy } of checks) say(ok ? `✓ ${what}` : `✗ ${what}\n    ${remedy}`);
}

/** What to say when no platform is set up. */
export const noPlatform =
  'No platform is set up. `npm run setup` asks for what is needed and writes .env; by hand, copy .env.example to .env and fill in the SLACK_ or the DISCORD_ settings.';
