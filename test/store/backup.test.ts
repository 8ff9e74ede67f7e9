import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeBackup } from '../../src/store/backup.ts';
import { BackupError, tally } from '../../src/store/backup-file.ts';
import { openStore } from '../../src/store/index.ts';
import { migrate, migrationNames } from '../../src/store/migrate.ts';
import { restoreBackup } from '../../src/store/restore.ts';
import { emptyDatabase, freshDatabase, rowsOf, runOn, type TestDatabase } from '../support/database.ts';
import { makeHistory, makeWorld, type World } from './world.ts';

const now = new Date('2027-03-01T12:00:00Z');
let world: World;
let folder: string;
let whole: string;
let target: TestDatabase;

beforeAll(async () => {
  world = await makeWorld();
  await makeHistory(world);
  // What text formats easily get wrong.
  await runOn(
    world.url,
    String.raw`UPDATE mini_mentorship_requests SET tags = ARRAY['a,b', 'c"d', '{e}', 'NULL', '', '\'],
      description = E'line\nbreak\ttab \\ "quote" ''single'' \u2028 \U0001F600'
      WHERE id = (SELECT id FROM mini_mentorship_requests LIMIT 1)`,
  );
  folder = await mkdtemp(path.join(tmpdir(), 'backup-test-'));
  whole = path.join(folder, 'whole');
  await makeBackup(world.url, whole, { madeBy: '0.0.0-test', now });
});
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  target = await emptyDatabase();
});
afterEach(() => target.drop());

/** Everything in a database, read in another way than the backup does. */
async function contents(url: string, schema = 'public'): Promise<Record<string, string[]>> {
  const tables = await rowsOf<{ name: string }>(
    url,
    `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = $1::regnamespace
      AND relname <> '_prisma_migrations' ORDER BY 1`,
    [schema],
  );
  const rows = async (name: string) =>
    (await rowsOf<{ row: string }>(url, `SELECT to_jsonb(t)::text AS row FROM ${schema}.${name} t`))
      .map(({ row }) => row)
      .sort();
  return Object.fromEntries(
    await Promise.all(tables.map(async ({ name }) => [name, await rows(name)] as const)),
  );
}
const put = (file = whole, force = false) => restoreBackup(target.url, file, { force, now });
const linesOf = async (file = whole) =>
  gunzipSync(await readFile(file))
    .toString()
    .trimEnd()
    .split('\n');
async function rewritten(name: string, change: (lines: string[]) => string[]): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, gzipSync(`${change(await linesOf()).join('\n')}\n`));
  return file;
}
const tablesIn = async (url: string) =>
  (
    await rowsOf<{ count: number }>(
      url,
      `SELECT count(*)::int AS count FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`,
    )
  )[0]?.count;

describe('a backup', () => {
  test('holds every table of the schema', async () => {
    const schema = await readFile(new URL('../../prisma/schema.prisma', import.meta.url), 'utf8');
    const models = schema.split(/^model /m).slice(1);
    const names = models.map((model) => /@@map\("([^"]+)"\)/.exec(model)?.[1]);
    const { tables } = await put();
    expect(tables.map(({ table }) => table).sort()).toEqual(names.sort());
  });

  test('gives every row back, byte for byte', async () => {
    const before = await contents(world.url);
    expect(before.mini_mentorship_requests?.join()).toContain('😀');
    const { migrated, setAside, tables } = await put();
    expect(await contents(target.url)).toEqual(before);
    expect({ migrated, setAside }).toEqual({ migrated: [], setAside: null });
    for (const { table, rows } of tables) expect([table, rows]).toEqual([table, before[table]?.length]);
  });

  test('of what was restored is the same again', async () => {
    await put();
    const again = path.join(folder, 'again');
    await makeBackup(target.url, again, { madeBy: '0.0.0-test', now });
    expect(await linesOf(again)).toEqual(await linesOf());
  });

  test('can be worked on: sequences go on, policies hold', async () => {
    await put();
    const store = await openStore(target.url);
    try {
      const found = await store
        .requestsAs(world.student, 'x')
        .listRequests({ order: 'newest', page: 1, pageSize: 50 });
      expect(found.total).toBeGreaterThan(3);
      const open = found.items.find(({ status }) => status === 'OPEN');
      await store.requestsAs(world.student, 'test').changeRequest(open?.id ?? '', (request) => ({
        request: { ...request, title: 'Changed' },
        notices: [],
        withdraw: null,
      }));
      const audit = await rowsOf<{ id: string }>(target.url, 'SELECT id FROM audit_log ORDER BY id');
      expect(new Set(audit.map(({ id }) => id)).size).toBe(audit.length);
    } finally {
      await store.close();
    }
  });

  test('is of one moment, though somebody writes meanwhile', async () => {
    const file = path.join(folder, 'moment');
    const writing = (async () => {
      for (let i = 0; i < 20; i += 1)
        await runOn(world.url, `INSERT INTO communities (slug) VALUES ('later ${i}')`);
    })();
    await makeBackup(world.url, file, { madeBy: 'x', now });
    await writing;
    await runOn(world.url, `DELETE FROM communities WHERE slug LIKE 'later %'`);
    await put(file); // Every foreign key and checksum fits.
  });

  test('can be read by nobody else, and never replaces a file', async () => {
    expect((await stat(whole)).mode & 0o077).toBe(0);
    const sum = async () =>
      createHash('sha256')
        .update(await readFile(whole))
        .digest('hex');
    const before = await sum();
    await expect(makeBackup(world.url, whole, { madeBy: 'x', now })).rejects.toThrow(/exists already/);
    expect(await sum()).toBe(before);
    await expect(makeBackup(world.url, '/nowhere/at/all', { madeBy: 'x', now })).rejects.toThrow(
      /cannot be written/,
    );
  });

  test('of a database without the bot is refused, and leaves no file', async () => {
    const file = path.join(folder, 'nothing');
    await expect(makeBackup(target.url, file, { madeBy: 'x', now })).rejects.toThrow(/holds nothing yet/);
    await expect(stat(file)).rejects.toThrow(/ENOENT/);
    await expect(stat(`${file}.unfinished`)).rejects.toThrow(/ENOENT/);
  });

  test('works for an owner who is no superuser', async () => {
    const name = `owner_${Date.now()}`;
    await runOn(target.url, `CREATE ROLE ${name} LOGIN PASSWORD 'p' CREATEROLE`);
    await runOn(target.url, `GRANT mini_mentorship_member, mini_mentorship_worker TO ${name}`);
    const database = new URL(target.url).pathname.slice(1);
    await runOn(target.url, `ALTER DATABASE ${database} OWNER TO ${name}`);
    const url = new URL(target.url);
    url.username = name;
    url.password = 'p';
    try {
      await restoreBackup(url.href, whole, { force: false, now });
      await restoreBackup(url.href, whole, { force: true, now });
      const file = path.join(folder, 'by-owner');
      await makeBackup(url.href, file, { madeBy: '0.0.0-test', now });
      expect(await linesOf(file)).toEqual(await linesOf());
    } finally {
      await runOn(
        target.url,
        `REASSIGN OWNED BY ${name} TO postgres`,
        `DROP OWNED BY ${name}`,
        `DROP ROLE ${name}`,
      );
    }
  });
});

describe('restoring', () => {
  test('a database with rows is left alone, unless forced; then its rows are kept beside', async () => {
    await put();
    await runOn(target.url, `INSERT INTO communities (slug) VALUES ('mine')`);
    const before = await contents(target.url);
    await expect(put()).rejects.toThrow(/not empty, so nothing was changed.*--force/);
    expect(await contents(target.url)).toEqual(before);
    const { setAside } = await put(whole, true);
    expect(setAside).toBe('before_restore_20270301120000');
    expect(await contents(target.url, setAside ?? '')).toEqual(before);
    expect(await contents(target.url)).toEqual(await contents(world.url));
  });

  test('a migrated database without rows is as good as a new one', async () => {
    const fresh = await freshDatabase();
    try {
      expect((await restoreBackup(fresh.url, whole, { force: false, now })).setAside).toBeNull();
      expect(await contents(fresh.url)).toEqual(await contents(world.url));
      const schemas = await rowsOf(
        fresh.url,
        `SELECT nspname FROM pg_namespace WHERE nspname LIKE 'before_%'`,
      );
      expect(schemas).toEqual([]);
    } finally {
      await fresh.drop();
    }
  });

  test('a backup of an earlier version is brought up to date', async () => {
    const [first = '', ...more] = await migrationNames();
    const old = await emptyDatabase();
    try {
      await migrate(old.url, { only: [first] });
      await runOn(old.url, `INSERT INTO communities (slug) VALUES ('old')`);
      const file = path.join(folder, 'old');
      await makeBackup(old.url, file, { madeBy: '0.0.1', now });
      expect((await put(file)).migrated).toEqual(more);
      expect(await rowsOf(target.url, 'SELECT slug FROM communities')).toEqual([{ slug: 'old' }]);
    } finally {
      await old.drop();
    }
  });

  test('a database that holds somebody else’s tables is left alone', async () => {
    await runOn(target.url, 'CREATE TABLE recipes (name text)');
    await expect(put(whole, true)).rejects.toThrow(/not the bot's: recipes/);
    expect(await tablesIn(target.url)).toBe(1);
  });

  test('not while the bot runs', async () => {
    await put();
    const store = await openStore(target.url);
    await expect(put(whole, true)).rejects.toThrow(/bot is running.*Stop it/);
    await store.close();
  });

  const changed = (lines: string[], at: number, change: (line: string) => string) =>
    lines.map((line, index) => (index === at ? change(line) : line));
  const rowAt = (lines: string[]) => lines.findIndex((line) => line.startsWith('[') && line.includes('Sam'));

  test.each<[string, (lines: string[]) => string[], RegExp]>([
    [
      'a changed word',
      (lines) => changed(lines, rowAt(lines), (line) => line.replace('Sam', 'Tom')),
      /do not match their checksum/,
    ],
    [
      'a lost row',
      (lines) => lines.filter((_, index) => index !== rowAt(lines)),
      /do not match their checksum/,
    ],
    ['a lost end', (lines) => lines.slice(0, -1), /ends in the middle/],
    ['a lost table', (lines) => lines.filter((line) => !/"table":"posts"/.test(line)), /damaged/],
    ['something after its end', (lines) => [...lines, '{}'], /follows its end/],
    ['a broken line', (lines) => changed(lines, 3, () => '{{'), /cannot be read/],
    [
      'a later format',
      (lines) => changed(lines, 0, (line) => line.replace('"version":1', '"version":2')),
      /later version/,
    ],
    [
      'a migration that is not known here',
      (lines) => changed(lines, 0, (line) => line.replace('_init"', '_init","29990101000000_x"')),
      /29990101000000_x/,
    ],
    ['another kind of file', () => ['{"hello":1}'], /no backup of Mini Mentorship/],
  ])('%s is refused before anything is changed', async (what, change, said) => {
    const file = await rewritten(what.replaceAll(' ', '-'), change);
    await expect(put(file)).rejects.toThrow(BackupError);
    await expect(put(file)).rejects.toThrow(said);
    expect(await tablesIn(target.url)).toBe(0);
  });

  test('a file that is cut off, none at all, or not packed', async () => {
    const cut = path.join(folder, 'cut');
    const bytes = await readFile(whole);
    await writeFile(cut, bytes.subarray(0, bytes.length - 20));
    await expect(put(cut)).rejects.toThrow(/damaged/);
    const plain = path.join(folder, 'plain');
    await writeFile(plain, 'hello');
    await expect(put(plain)).rejects.toThrow(/no backup of Mini Mentorship/);
    await expect(put(path.join(folder, 'missing'))).rejects.toThrow(/There is no file/);
    await expect(put(folder)).rejects.toThrow(/cannot be read/);
  });

  test('what fails half-way leaves the database as it was', async () => {
    await put();
    await runOn(target.url, `INSERT INTO communities (slug) VALUES ('mine')`);
    const before = await contents(target.url);
    // Whole by its checksums, but it breaks a promise of the database.
    const file = await rewritten('impossible', (lines) => {
      const start = lines.findIndex((line) => line.startsWith('{"table":"feedback","columns"'));
      const end = lines.findIndex((line, index) => index > start && line.startsWith('{'));
      const rating = JSON.parse(lines[start] ?? '').columns.indexOf('rating');
      const rows = lines.slice(start + 1, end).map((line) => {
        const row: string[] = JSON.parse(line);
        row[rating] = '99';
        return row;
      });
      const count = tally();
      for (const row of rows) count.add(row);
      return [
        ...lines.slice(0, start + 1),
        ...rows.map((row) => JSON.stringify(row)),
        JSON.stringify(count.foot('feedback')),
        ...lines.slice(end + 1),
      ];
    });
    await expect(put(file, true)).rejects.toThrow(/feedback_rating/);
    expect(await contents(target.url)).toEqual(before);
    await expect(put()).rejects.toThrow(/not empty/);
  });
});
