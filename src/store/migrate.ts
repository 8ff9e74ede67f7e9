import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { PrismaPg } from '@prisma/adapter-pg';
import { DriverAdapterError, type SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import type { MigrationList } from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';
import { everything, noDatabase, withSchemaEngine } from './schema-engine.ts';

// Two levels up from src/store (tests) and from dist/store (production) alike.
const prismaFolder = fileURLToPath(new URL('../../prisma/', import.meta.url));

/** Not the number that `prisma migrate` locks with: the engine may take that one itself. */
const LOCK = 7_246_113_001;

/** A migration that could not be applied. `message` names it and says what to do. */
export class MigrationFailed extends Error {
  override name = 'MigrationFailed';
  /** Folder of the migration, such as `20261122000000_init`. */
  readonly migration: string;

  constructor(migration: string, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.migration = migration;
  }
}

/**
 * Brings the database up to date with `prisma/migrations`, exactly as `prisma migrate deploy` would: same order,
 * same `_prisma_migrations` table. Several instances may do it at once: one works, the others wait and then
 * find nothing to do.
 *
 * Each migration runs in one transaction, so it must not contain BEGIN, COMMIT or CREATE INDEX CONCURRENTLY.
 * In return a failed or interrupted migration leaves nothing behind, and the next call simply tries it again.
 *
 * @param databaseUrl `postgresql://…`, with a role that may create tables
 * @param options.folder where the migrations are; default: this package's `prisma/migrations`
 * @param options.only the names of those to apply; default: all
 * @param options.lockTimeoutMs how long to wait while another instance migrates; default 5 minutes
 * @returns the names of the migrations it applied; empty when there was nothing to do
 * @throws MigrationFailed; the `pg` error when the database cannot be reached
 */
export async function migrate(
  databaseUrl: string,
  options: { folder?: string; only?: readonly string[]; lockTimeoutMs?: number } = {},
): Promise<{ applied: string[] }> {
  const list = await readMigrations(options.folder ?? join(prismaFolder, 'migrations'), options.only);
  // One connection for everything: should this process be killed, the server may still be busy with a migration,
  // and holds the lock exactly as long.
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    application_name: 'mini-mentorship migrate',
    max: 1,
    idleTimeoutMillis: 0,
  });
  pool.on('error', () => {}); // unheard, it would end the process; the next query rejects as well
  try {
    await takeLock(pool, options.lockTimeoutMs ?? 300_000);
    if (await isUpToDate(pool, list)) return { applied: [] };
    return { applied: await apply(pool, list) };
  } finally {
    await pool.end(); // gives the lock back too
  }
}

/**
 * The SQL that makes an empty database match `prisma/schema.prisma`, or (with `from`) that leads from an earlier
 * text of that file to the present one: the draft of a new migration. Works without any database.
 *
 * @throws an error with Prisma's explanation when a schema is not valid
 */
export async function schemaSql(options: { from?: string } = {}): Promise<string> {
  const content = await readFile(join(prismaFolder, 'schema.prisma'), 'utf8');
  const target = (text: string) => ({
    tag: 'schemaDatamodel' as const,
    files: [{ path: 'schema.prisma', content: text }],
  });
  const { stdout } = await withSchemaEngine(noDatabase, (engine) =>
    engine.diff({
      from: options.from === undefined ? { tag: 'empty' } : target(options.from),
      to: target(content),
      script: true,
      exitCode: null,
      filters: everything,
    }),
  );
  return stdout ?? '';
}

/** The migrations of this version of the bot, oldest first. */
export async function migrationNames(folder = join(prismaFolder, 'migrations')): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

async function readMigrations(folder: string, only?: readonly string[]): Promise<MigrationList> {
  const names = (await migrationNames(folder)).filter((name) => !only || only.includes(name));
  return {
    baseDir: folder,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names.map(async (name) => ({
        path: name,
        migrationFile: {
          path: 'migration.sql',
          content: { tag: 'ok' as const, value: await readMigration(folder, name) },
        },
      })),
    ),
  };
}

async function readMigration(folder: string, name: string): Promise<string> {
  const path = join(folder, name, 'migration.sql');
  return readFile(path, 'utf8').catch((cause) => {
    throw new MigrationFailed(name, `${path} cannot be read. Put the file back, or remove its folder.`, {
      cause,
    });
  });
}

/** Asks again and again instead of waiting inside the server, where waiting would hold a snapshot open. */
async function takeLock(pool: pg.Pool, timeoutMs: number): Promise<void> {
  for (const deadline = Date.now() + timeoutMs; ; await delay(100)) {
    const { rows } = await pool.query('SELECT pg_try_advisory_lock($1) AS taken', [LOCK]);
    if (rows[0].taken) return;
    if (Date.now() > deadline) {
      throw new Error(
        `Another instance has been migrating this database for ${Math.round(timeoutMs / 1000)} seconds. ` +
          'Look at its log; if it hangs, stop it and start again.',
      );
    }
  }
}

/** Spares the engine (and its memory) at the usual start, which has nothing to apply. */
async function isUpToDate(pool: pg.Pool, list: MigrationList): Promise<boolean> {
  const { rows } = await pool.query("SELECT to_regclass('_prisma_migrations') IS NOT NULL AS exists");
  if (!rows[0].exists) return false;
  const done = await pool.query<{ migration_name: string }>(
    'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  );
  const names = new Set(done.rows.map((row) => row.migration_name));
  return list.migrationDirectories.every((directory) => names.has(directory.path));
}

async function apply(pool: pg.Pool, list: MigrationList): Promise<string[]> {
  const scripts = new Map(
    list.migrationDirectories.map(({ path, migrationFile: { content } }) => [content.value, path]),
  );
  let failure: MigrationFailed | undefined;
  const runScript = async (script: string) => {
    const migration = scripts.get(script);
    try {
      await pool.query(migration === undefined ? script : script + MARK_FINISHED);
    } catch (cause) {
      if (migration !== undefined) failure = migrationFailed(migration, script, cause);
      throw asAdapterError(cause);
    }
  };
  return withSchemaEngine(withScripts(new PrismaPg(pool), runScript), async (engine) => {
    for (const migrationName of await interrupted(pool))
      await engine.markMigrationRolledBack({ migrationName });
    try {
      return (await engine.applyMigrations({ migrationsList: list, filters: everything }))
        .appliedMigrationNames;
    } catch (error) {
      throw failure ?? error;
    }
  });
}

/**
 * Goes with each migration in its transaction. The engine writes the same a moment later, in a transaction of its
 * own; a process killed between the two would otherwise leave a migration that is applied and not known to be.
 */
const MARK_FINISHED = `
;UPDATE _prisma_migrations SET finished_at = now() WHERE finished_at IS NULL AND rolled_back_at IS NULL`;

/** Migrations that somebody began and did not finish. They were rolled back, and the engine wants to be told. */
async function interrupted(pool: pg.Pool): Promise<string[]> {
  const { rows: tables } = await pool.query("SELECT to_regclass('_prisma_migrations') IS NOT NULL AS exists");
  if (!tables[0].exists) return [];
  const { rows } = await pool.query<{ migration_name: string }>(
    'SELECT DISTINCT migration_name FROM _prisma_migrations WHERE finished_at IS NULL AND rolled_back_at IS NULL',
  );
  return rows.map((row) => row.migration_name);
}

/**
 * The adapter's own `executeScript` cuts a script at every semicolon, function bodies and texts included, and runs
 * the pieces one by one. PostgreSQL takes the whole script at once, as one transaction, as the Prisma CLI sends it.
 */
function withScripts(
  factory: SqlMigrationAwareDriverAdapterFactory,
  executeScript: (script: string) => Promise<void>,
): SqlMigrationAwareDriverAdapterFactory {
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => Object.assign(await factory.connect(), { executeScript }),
    connectToShadowDb: () => factory.connectToShadowDb(),
  };
}

/** What the engine writes into `_prisma_migrations.logs`. */
function asAdapterError(cause: unknown): unknown {
  if (!(cause instanceof pg.DatabaseError)) return cause;
  return new DriverAdapterError({
    kind: 'postgres',
    code: cause.code ?? 'N/A',
    severity: cause.severity ?? 'ERROR',
    message: cause.message,
    detail: cause.detail,
    column: cause.column,
    hint: cause.hint,
  });
}

function migrationFailed(migration: string, script: string, cause: unknown): MigrationFailed {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const position = cause instanceof pg.DatabaseError ? Number(cause.position) : Number.NaN;
  const line = Number.isNaN(position) ? '' : `, line ${script.slice(0, position - 1).split('\n').length}`;
  const detail = cause instanceof pg.DatabaseError && cause.detail ? ` (${cause.detail})` : '';
  return new MigrationFailed(
    migration,
    `The database migration ${migration} failed: ${reason}${detail}. ` +
      'Nothing of it was kept, and the database is as it was before. ' +
      `Mend what it trips over, or prisma/migrations/${migration}/migration.sql${line}, and start again.`,
    { cause },
  );
}
