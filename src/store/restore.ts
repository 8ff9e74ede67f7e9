import { isDeepStrictEqual } from 'node:util';
import pg from 'pg';
import { appliedMigrations } from './backup.ts';
import { BackupError, type Foot, type Head, type Row, readBackup, type Table } from './backup-file.ts';
import { asWorker, BATCH, catchUpSequences, footOf, insertRows, ourTables } from './backup-tables.ts';
import { migrate, migrationNames } from './migrate.ts';

export interface Restored {
  head: Head;
  tables: Foot[];
  /** The schema that now holds what the database held before; null when it held nothing. */
  setAside: string | null;
  /** Migrations that were applied after the rows, to bring them to this version. */
  migrated: string[];
}

/**
 * Puts a backup into a database, counts and checksums compared, and brings it up to date. All of it, or nothing.
 * @param options.force the database holds rows already: they are kept, in another schema, and the backup takes their place
 * @param options.now names that schema
 * @throws BackupError when the file is not whole, comes from a later version, when the database holds rows and `force`
 *   was not given, when it holds what is not the bot's, or while the bot runs on it
 */
export async function restoreBackup(
  databaseUrl: string,
  file: string,
  options: { force: boolean; now: Date },
): Promise<Restored> {
  const head = await headOf(file);
  return withClient(databaseUrl, async (client) => {
    await refuseWhileRunning(client);
    const before = await whatIsThere(client);
    if (before.rows && !options.force) {
      throw new BackupError(
        'This database is not empty, so nothing was changed. To put the backup in its place, stop the bot and add --force; what is there now is kept in another schema.',
      );
    }
    const aside = before.schema ? await setAside(client, options.now) : null;
    try {
      await migrate(databaseUrl, { only: head.migrations });
      const tables = await load(client, file);
      const { applied } = await migrate(databaseUrl);
      if (aside && !before.rows) await client.query(`DROP SCHEMA ${aside} CASCADE`);
      return { head, tables, setAside: before.rows ? aside : null, migrated: applied };
    } catch (error) {
      await client.query('ROLLBACK');
      if (aside) {
        await client.query(
          `BEGIN; DROP SCHEMA public CASCADE; ALTER SCHEMA ${aside} RENAME TO public; COMMIT`,
        );
      }
      throw error;
    }
  });
}

async function withClient<Result>(url: string, act: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'mini-mentorship restore',
    connectionTimeoutMillis: 15_000,
  });
  client.on('error', () => {}); // unheard, it would end the process; the next query rejects as well
  try {
    await client.connect();
    return await act(client);
  } finally {
    await client.end().catch(() => {});
  }
}

/** Reads the whole file before anything is touched: most that is wrong with it shows now. */
async function headOf(file: string): Promise<Head> {
  let found: Head | null = null;
  const nothing = async () => {};
  await readBackup(file, {
    head: async (head) => {
      found = head;
    },
    table: nothing,
    row: nothing,
    foot: nothing,
  });
  const head = found as Head | null;
  if (!head) throw new Error('A backup was read without its head.');
  const known = await migrationNames();
  const unknown = head.migrations.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new BackupError(
      `${file} was made by another version (${head.madeBy}), whose migrations ${unknown.join(', ')} this one does not have. Use that version, or a later one.`,
    );
  }
  return head;
}

async function refuseWhileRunning(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query(
    `SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'mini-mentorship'`,
  );
  if (rowCount)
    throw new BackupError('The bot is running on this database. Stop it (every instance), then restore.');
}

/** Whether the bot was here before, and left rows. @throws BackupError when somebody else's tables are here */
async function whatIsThere(client: pg.Client): Promise<{ schema: boolean; rows: boolean }> {
  const { rows: others } = await client.query<{ name: string }>(
    `SELECT relname::text AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace
      AND relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT relforcerowsecurity AND relname <> '_prisma_migrations'`,
  );
  if (others.length > 0) {
    throw new BackupError(
      `This database also holds what is not the bot's: ${others.map(({ name }) => name).join(', ')}. Restore into a database of its own.`,
    );
  }
  const tables = await ourTables(client);
  await client.query('BEGIN');
  let rows = false;
  if (tables.length > 0) await asWorker(client);
  for (const { table } of tables) {
    const { rowCount } = await client.query(`SELECT FROM public."${table}" LIMIT 1`);
    rows ||= Boolean(rowCount);
  }
  await client.query('ROLLBACK');
  return { schema: tables.length > 0 || (await appliedMigrations(client)).length > 0, rows };
}

/** Renames the schema with all that is in it, so that nothing is lost. */
async function setAside(client: pg.Client, now: Date): Promise<string> {
  const name = `before_restore_${now.toISOString().replace(/\D/g, '').slice(0, 14)}`;
  await client.query(
    `BEGIN; ALTER SCHEMA public RENAME TO ${name}; CREATE SCHEMA public; GRANT USAGE ON SCHEMA public TO PUBLIC; COMMIT`,
  );
  return name;
}

/** Fills the migrated, empty tables in one transaction, and compares each with what the file says. */
async function load(client: pg.Client, file: string): Promise<Foot[]> {
  await client.query('BEGIN');
  const feet: Foot[] = [];
  const tables: Table[] = [];
  let waiting: Row[] = [];
  const flush = async () => {
    const [table] = tables.slice(-1);
    if (table) await insertRows(client, table, waiting);
    waiting = [];
  };
  const here = await ourTables(client);
  await asWorker(client);
  await readBackup(file, {
    head: async () => {},
    table: async (table) => {
      const mine = here.find((each) => each.table === table.table);
      if (!mine || !isDeepStrictEqual([...mine.columns].sort(), [...table.columns].sort())) {
        throw new BackupError(`${file} holds a table ${table.table} that its migrations do not make.`);
      }
      tables.push(table);
    },
    row: async (row) => {
      waiting.push(row);
      if (waiting.length === BATCH) await flush();
    },
    foot: async (foot) => {
      await flush();
      feet.push(foot);
    },
  });
  for (const table of tables) {
    const told = feet.find((foot) => foot.table === table.table);
    const found = await footOf(client, table);
    if (!isDeepStrictEqual(found, told)) {
      throw new BackupError(
        `The rows of ${table.table} did not arrive as they are in ${file} (${found.rows} of ${told?.rows}). Nothing was changed.`,
      );
    }
  }
  await catchUpSequences(client);
  await client.query('COMMIT');
  return feet;
}
