import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { BackupError, FORMAT, type Foot, type Head, tally, VERSION } from './backup-file.ts';
import { asWorker, ourTables, rowsOf } from './backup-tables.ts';

/**
 * Writes everything that the database holds into a file, as of one moment, while the bot goes on working. Nobody but
 * the file's owner can read it. It appears under its name only when it is whole.
 * @param options.madeBy the program's version
 * @returns what each table held
 * @throws BackupError when the file exists, or the database holds nothing yet
 */
export async function makeBackup(
  databaseUrl: string,
  file: string,
  options: { madeBy: string; now: Date },
): Promise<Foot[]> {
  const unfinished = `${file}.unfinished`;
  await reserve(file);
  const feet: Foot[] = [];
  const client = new pg.Client({
    connectionString: databaseUrl,
    application_name: 'mini-mentorship backup',
    connectionTimeoutMillis: 15_000,
  });
  client.on('error', () => {}); // unheard, it would end the process; the next query rejects as well
  try {
    await client.connect();
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const lines = everything(client, options, (foot) => feet.push(foot));
    await pipeline(Readable.from(lines), createGzip(), createWriteStream(unfinished, { mode: 0o600 }));
    await client.query('COMMIT');
    await sync(unfinished);
    await rename(unfinished, file);
    return feet;
  } catch (error) {
    await Promise.all([rm(unfinished, { force: true }), rm(file, { force: true })]);
    throw error;
  } finally {
    await client.end().catch(() => {});
  }
}

/** Takes the name, so that two at once cannot write the same file, and none that is there is ever replaced. */
async function reserve(file: string): Promise<void> {
  try {
    await (await open(file, 'wx', 0o600)).close();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST')
      throw new BackupError(`${file} exists already. Name another file, or remove it first.`);
    throw new BackupError(
      `${file} cannot be written (${code}). Name a file in a folder that exists and is yours.`,
    );
  }
}

async function sync(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  await handle.sync().finally(() => handle.close());
}

async function* everything(
  client: pg.Client,
  { madeBy, now }: { madeBy: string; now: Date },
  done: (foot: Foot) => void,
): AsyncGenerator<string> {
  const line = (value: unknown) => `${JSON.stringify(value)}\n`;
  const migrations = await appliedMigrations(client);
  const tables = await ourTables(client);
  if (migrations.length === 0 || tables.length === 0) {
    throw new BackupError(
      'This database holds nothing yet: the bot was never started on it. Check DATABASE_URL and DATA_DIR.',
    );
  }
  const head: Head = { format: FORMAT, version: VERSION, madeAt: now.toISOString(), madeBy, migrations };
  yield line(head);
  await asWorker(client);
  let all = 0;
  for (const table of tables) {
    yield line(table);
    const count = tally();
    for await (const row of rowsOf(client, table)) {
      count.add(row);
      yield line(row);
    }
    const foot = count.foot(table.table);
    yield line(foot);
    done(foot);
    all += foot.rows;
  }
  yield line({ end: FORMAT, tables: tables.length, rows: all });
}

/** The migrations that this database has, in their order; none when it was never migrated. */
export async function appliedMigrations(client: pg.ClientBase): Promise<string[]> {
  const { rows: found } = await client.query(
    "SELECT to_regclass('public._prisma_migrations') IS NOT NULL AS exists",
  );
  if (!found[0].exists) return [];
  const { rows } = await client.query<{ name: string }>(
    `SELECT DISTINCT migration_name AS name FROM public._prisma_migrations
      WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name`,
  );
  return rows.map(({ name }) => name);
}
