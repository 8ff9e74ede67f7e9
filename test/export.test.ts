import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseConfig } from '../src/config.ts';
import { asCsv, exportTables } from '../src/export.ts';
import { createLog } from '../src/log.ts';
import { makeHistory, makeWorld, opened, type World } from './store/world.ts';

let world: World;
let folder: string;
beforeAll(async () => {
  world = await makeWorld();
  folder = await mkdtemp(path.join(tmpdir(), 'export-'));
});
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true });
});

test('a spreadsheet reads it as it was written, and takes nothing for a formula', () => {
  const csv = asCsv({
    columns: ['title', 'at', 'late', 'rating', 'comment'],
    rows: [
      {
        title: '=HYPERLINK("https://evil.example")',
        at: new Date('2026-12-01T18:30:00Z'),
        late: true,
        rating: 5,
        comment: null,
      },
      { title: '+1, "two"\nlines', at: null, late: false, rating: null, comment: '@SUM(A1)' },
      { title: 'Añadir – ✓', at: null, late: null, rating: null, comment: '-2' },
    ],
  });
  expect(csv.split('\r\n')).toEqual([
    '\ufefftitle,at,late,rating,comment',
    `"'=HYPERLINK(""https://evil.example"")",2026-12-01T18:30:00.000Z,yes,5,`,
    `"'+1, ""two""\nlines",,no,,'@SUM(A1)`,
    `Añadir – ✓,,,,'-2`,
    '',
  ]);
});

test('requests, sessions and feedback of all communities come out; with words, or without; nothing is replaced', async () => {
  const { rated } = await makeHistory(world);
  await opened(world, { title: '=cmd|calc', description: 'secret words' });
  const config = parseConfig({ DATABASE_URL: world.url });
  const said: string[] = [];
  const parts = { log: createLog('silent'), say: (line: string) => void said.push(line) };
  const whole = path.join(folder, 'whole');
  await exportTables(config, whole, { withWords: true, ...parts });
  const read = (name: string, from = whole) => readFile(path.join(from, `${name}.csv`), 'utf8');
  expect((await stat(path.join(whole, 'requests.csv'))).mode & 0o777).toBe(0o600);
  const requests = await read('requests');
  expect(requests).toContain(`'=cmd|calc`);
  expect(requests).toContain('secret words');
  expect(requests).toMatch(/north,/);
  expect(requests).toMatch(/south,/);
  expect(await read('sessions')).toMatch(new RegExp(`${rated.id},.*COMPLETED,HELD,Sam,Mia`));
  expect(await read('feedback')).toMatch(/,Sam,student,5,(yes|partly|no)?,good\r\n/);
  expect(await read('feedback')).toMatch(/,Mia,mentor,,,late\r\n/);
  expect(said.join('\n')).toMatch(/requests\.csv: \d+ rows[\s\S]*as safe as the database/);
  await expect(exportTables(config, whole, { withWords: true, ...parts })).rejects.toThrow(/not replaced/);

  const bare = path.join(folder, 'bare');
  await exportTables(config, bare, { withWords: false, ...parts });
  const all = (await Promise.all(['requests', 'sessions', 'feedback'].map((name) => read(name, bare)))).join(
    '',
  );
  expect(all).toContain('Sam');
  expect(all).not.toMatch(/secret words|calc|,good\r|,late\r/);
});
