import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DAY, after as later } from '../../src/core/time.ts';
import { createLog } from '../../src/log.ts';
import { startBot } from '../../src/sandbox/bot.ts';
import { createMovableClock } from '../../src/sandbox/movable-clock.ts';
import { startWorld } from '../../src/sandbox/world.ts';
import { restoreBackup } from '../../src/store/restore.ts';
import { asks, claims } from '../support/asking.ts';
import { emptyDatabase, rowsOf } from '../support/database.ts';
import { wireLog } from '../support/wire-log.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = path.join(here, '../..');
const records = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.backup'))
    .map((name) => ({ version: name.replace(/\.backup$/, ''), folder }));

/** What the released versions left, and what this one leaves: so the way itself is tested before the first release. */
const today = mkdtempSync(path.join(tmpdir(), 'upgrade-test-'));
beforeAll(() => promisify(execFile)(process.execPath, [path.join(here, 'record.mjs'), today]), 120_000);
afterAll(() => rm(today, { recursive: true }));

interface Record_ {
  now: string;
  migrations: Record<string, string>;
  rows: Record<string, number>;
}
const read = (file: string): Record_ => JSON.parse(readFileSync(file, 'utf8'));
const { version: current } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

test('every released version is recorded here', () => {
  const changelog = readFileSync(path.join(root, 'CHANGELOG.md'), 'utf8');
  const released = [...changelog.matchAll(/^## \[(\d[^\]]*)\]/gm)].map(([, version]) => version);
  expect(records(here).map(({ version }) => version)).toEqual(expect.arrayContaining(released));
});

describe.each([...records(here), { version: current, folder: today }])(
  'from $version in $folder',
  ({ version, folder }) => {
    test('the migrations that it had were never changed', () => {
      for (const [name, sha256] of Object.entries(read(path.join(folder, `${version}.json`)).migrations)) {
        const sql = readFileSync(path.join(root, 'prisma/migrations', name, 'migration.sql'));
        expect(createHash('sha256').update(sql).digest('hex'), name).toBe(sha256);
      }
    });

    test('its database is brought up to date with every row, and the bot goes on working on it', async () => {
      const record = read(path.join(folder, `${version}.json`));
      const database = await emptyDatabase();
      const clock = createMovableClock(new Date(record.now).getTime() - Date.now());
      const world = await startWorld(clock, wireLog);
      try {
        const { tables } = await restoreBackup(database.url, path.join(folder, `${version}.backup`), {
          force: false,
          now: new Date(),
        });
        expect(Object.fromEntries(tables.map(({ table, rows }) => [table, rows]))).toEqual(record.rows);
        for (const [table, rows] of Object.entries(record.rows)) {
          const [found] = await rowsOf(database.url, `SELECT count(*)::int AS rows FROM ${table}`);
          // What became due by the upgrade itself is told beside what was to be told before.
          if (table === 'notices') expect(found?.rows, table).toBeGreaterThanOrEqual(rows);
          else expect(found, table).toEqual({ rows });
        }
        const bot = await startBot({ ...world.env, DATABASE_URL: database.url }, clock, createLog('silent'));
        try {
          for (const { student, mentor } of [world.people.slack, world.people.discord]) {
            await asks(student, `After the upgrade (${student.platform})`);
            await claims(mentor, `After the upgrade (${student.platform})`);
          }
          // What was there before: the stand-in for Slack gives its people the same ids each time.
          const { student, mentor } = world.people.slack;
          await student.types('mini-sessions');
          await student.sees(/Why does CI fail/, 'private');
          await bot.moveTo(later(clock.now(), 4 * DAY));
          for (const who of [student, mentor]) await who.sees(/Did your mini session take place/, 'dm');
        } finally {
          await bot.stop();
        }
      } finally {
        await world.close();
        await database.drop();
      }
    }, 60_000);
  },
);
