import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MigrationFailed, migrate, schemaSql } from '../../src/store/migrate.ts';
import { emptyDatabase, rowsOf, runOn, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let folder: string;

beforeEach(async () => {
  database = await emptyDatabase();
  folder = await mkdtemp(join(tmpdir(), 'migrations-'));
});

afterEach(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

const write = async (name: string, sql: string) => {
  await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, name, 'migration.sql'), sql);
};

const history = () =>
  rowsOf(
    database.url,
    `SELECT migration_name AS name, finished_at IS NOT NULL AS finished, rolled_back_at IS NOT NULL AS "rolledBack",
       applied_steps_count AS steps, length(checksum) AS checksum
     FROM _prisma_migrations ORDER BY started_at`,
  );

const done = (name: string) => ({ name, finished: true, rolledBack: false, steps: 1, checksum: 64 });

/** Everything that trips a migration runner which cuts scripts into statements by itself. */
const NASTY = `
-- a comment; with a semicolon and an apostrophe: it's
/* another; /* nested; */ one */
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'nasty_reader') THEN
    CREATE ROLE nasty_reader NOLOGIN;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END
$$;
CREATE TYPE mood AS ENUM ('so;so', 'it''s fine');
CREATE TABLE notes (
  id int PRIMARY KEY,
  body text NOT NULL DEFAULT 'a;b $1 $$ "c"',
  mood mood NOT NULL DEFAULT 'so;so',
  touched timestamptz,
  CHECK (body <> ';')
);
CREATE UNIQUE INDEX notes_body_partial ON notes (body) WHERE mood = 'so;so';
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
  said text := $$nested; dollar$$;
BEGIN
  NEW.touched := now();
  NEW.body := NEW.body || said || E'\\n;';
  RETURN NEW;
END;
$body$;
CREATE TRIGGER notes_touch BEFORE INSERT ON notes FOR EACH ROW EXECUTE FUNCTION touch();
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
ALTER TABLE notes FORCE ROW LEVEL SECURITY;
CREATE POLICY readers ON notes FOR SELECT TO nasty_reader USING (current_setting('app.member', true) = ';');
GRANT SELECT ON notes TO nasty_reader;
CREATE FUNCTION answer() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT 42; END;
INSERT INTO notes (id) VALUES (1);
-- no newline at the end, and a comment; last`;

describe('migrate', () => {
  it('applies migrations in the order of their names and then finds nothing to do', async () => {
    await write('20260102000000_second', 'INSERT INTO a VALUES (2);');
    await write('20260101000000_first', 'CREATE TABLE a (id int);');

    expect(await migrate(database.url, { folder })).toEqual({
      applied: ['20260101000000_first', '20260102000000_second'],
    });
    expect(await migrate(database.url, { folder })).toEqual({ applied: [] });

    await write('20260103000000_third', 'INSERT INTO a VALUES (3);');
    expect(await migrate(database.url, { folder })).toEqual({ applied: ['20260103000000_third'] });
    expect(await rowsOf(database.url, 'SELECT id FROM a')).toEqual([{ id: 2 }, { id: 3 }]);
    expect(await history()).toEqual([
      done('20260101000000_first'),
      done('20260102000000_second'),
      done('20260103000000_third'),
    ]);
  });

  it('takes functions, triggers, policies, DO blocks and quoting of every kind', async () => {
    await write('20260101000000_nasty', NASTY);
    await migrate(database.url, { folder });
    expect(
      await rowsOf(database.url, 'SELECT body, touched IS NOT NULL AS touched, answer() FROM notes'),
    ).toEqual([{ body: 'a;b $1 $$ "c"nested; dollar\n;', touched: true, answer: 42 }]);
    expect(
      await rowsOf(database.url, "SELECT policyname FROM pg_policies WHERE tablename = 'notes'"),
    ).toEqual([{ policyname: 'readers' }]);
    await runOn(database.url, 'DROP OWNED BY nasty_reader');
  });

  it('lets one of many instances work while the others wait', async () => {
    await write('20260101000000_first', 'CREATE TABLE a (id int);');
    await write('20260102000000_second', 'CREATE TABLE b (id int);');
    const results = await Promise.all(Array.from({ length: 8 }, () => migrate(database.url, { folder })));
    expect(results.filter(({ applied }) => applied.length === 2)).toHaveLength(1);
    expect(results.filter(({ applied }) => applied.length === 0)).toHaveLength(7);
    expect(await history()).toHaveLength(2);
  });

  it('names a failed migration, its line and the remedy, keeps nothing of it, and tries it anew', async () => {
    await write('20260101000000_first', 'CREATE TABLE a (id int);');
    await write('20260102000000_second', 'CREATE TABLE b (id int);\nINSERT INTO a\n  VALUES (oops);');

    const error = await migrate(database.url, { folder }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(MigrationFailed);
    expect(error).toMatchObject({
      migration: '20260102000000_second',
      message: expect.stringMatching(
        /20260102000000_second failed: column "oops" does not exist\..*migration\.sql, line 3, and start again/,
      ),
    });
    expect(await rowsOf(database.url, "SELECT to_regclass('a') AS a, to_regclass('b') AS b")).toEqual([
      { a: 'a', b: null },
    ]);

    await write('20260102000000_second', 'CREATE TABLE b (id int);');
    expect(await migrate(database.url, { folder })).toEqual({ applied: ['20260102000000_second'] });
    expect(await history()).toEqual([
      done('20260101000000_first'),
      expect.objectContaining({ name: '20260102000000_second', finished: false, rolledBack: true }),
      done('20260102000000_second'),
    ]);
  });

  it('goes on after a run that was cut off in the middle of a migration', async () => {
    const { migrating, end } = await stuckMigration();
    await end('pg_terminate_backend');
    await expect(migrating).rejects.toThrow(MigrationFailed);

    await write('20260101000000_first', 'CREATE TABLE a (id int);');
    expect(await migrate(database.url, { folder })).toEqual({ applied: ['20260101000000_first'] });
  });

  it('knows a migration as applied even when the run was cut off right after it', async () => {
    await write('20260101000000_first', 'CREATE TABLE a (id int);');
    // The engine's own mark comes in a second transaction: the trigger ends the connection there.
    await runOn(
      database.url,
      `CREATE FUNCTION cut() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN
         IF to_regclass('_prisma_migrations') IS NOT NULL AND to_regclass('cut_off') IS NULL THEN
           CREATE TABLE cut_off ();
           CREATE FUNCTION cut_row() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN
             IF OLD.finished_at IS NOT NULL OR NEW.applied_steps_count > 0 THEN
               PERFORM pg_terminate_backend(pg_backend_pid());
             END IF;
             RETURN NEW;
           END $body$;
           CREATE TRIGGER cut BEFORE UPDATE ON _prisma_migrations FOR EACH ROW EXECUTE FUNCTION cut_row();
         END IF;
       END $$`,
      'CREATE EVENT TRIGGER cut ON ddl_command_end EXECUTE FUNCTION cut()',
    );
    await expect(migrate(database.url, { folder })).rejects.toThrow();
    await runOn(database.url, 'DROP EVENT TRIGGER cut', 'DROP TRIGGER cut ON _prisma_migrations');
    expect(await migrate(database.url, { folder })).toEqual({ applied: [] });
    expect(await rowsOf(database.url, "SELECT to_regclass('a') AS a")).toEqual([{ a: 'a' }]);
  });

  it('says who is in the way when another instance does not come to an end', async () => {
    const { migrating, end } = await stuckMigration();
    await expect(migrate(database.url, { folder, lockTimeoutMs: 100 })).rejects.toThrow(
      /Another instance has been migrating/,
    );
    await end('pg_cancel_backend');
    await expect(migrating).rejects.toThrow(/canceling statement due to user request/);
  });

  it('leaves no timer behind that would keep the process alive', async () => {
    await write('20260101000000_first', 'CREATE TABLE a (id int);');
    const watched = vi.spyOn(globalThis, 'setTimeout');
    try {
      await migrate(database.url, { folder });
      const calls = watched.mock.calls.map(([, ms], index) => ({
        ms,
        timer: watched.mock.results[index]?.value,
      }));
      const long = calls.filter(({ ms }) => (ms ?? 0) >= 10_000);
      expect(long.length).toBeGreaterThan(0); // the engine's; without it the work-around can go
      expect(long.filter(({ timer }) => timer.hasRef())).toEqual([]);
    } finally {
      watched.mockRestore();
    }
  });

  it('says which migration has lost its file', async () => {
    await mkdir(join(folder, '20260101000000_first'));
    await expect(migrate(database.url, { folder })).rejects.toThrow(
      /20260101000000_first.*cannot be read\. Put/,
    );
  });
});

/** A migration that is under way, and stays so until it is ended. */
async function stuckMigration() {
  await write('20260101000000_first', 'CREATE TABLE a (id int); SELECT pg_sleep(3600);');
  const migrating = migrate(database.url, { folder });
  migrating.catch(() => {}); // looked at later
  const script = `SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event = 'PgSleep' AND pid <> pg_backend_pid()`;
  await expect.poll(() => rowsOf(database.url, script)).toHaveLength(1);
  const end = (how: string) => runOn(database.url, `SELECT ${how}(pid) FROM (${script})`);
  return { migrating, end };
}

describe('schemaSql', () => {
  it('writes the SQL of the whole schema without a database', async () => {
    const sql = await schemaSql();
    expect(sql).toContain('CREATE TABLE "mini_mentorship_requests"');
  });

  it('writes the difference from an earlier schema', async () => {
    const sql = await schemaSql({ from: 'datasource db {\n  provider = "postgresql"\n}\n' });
    expect(sql).toContain('CREATE TABLE "mini_mentorship_sessions"');
  });

  it('passes on what Prisma says about an invalid schema', async () => {
    await expect(schemaSql({ from: 'model {' })).rejects.toThrow(
      /does not start with any known Prisma schema keyword/,
    );
  });
});
