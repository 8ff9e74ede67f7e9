import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emptyDatabase, freshDatabase, rowsOf, runOn } from './support/database.ts';
import { runCommand } from './support/process.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'command-line-'));
  // Passable for the database's account: else root's data would go to a folder of the system, and stay there.
  await chmod(folder, 0o711);
});
afterAll(() => rm(folder, { recursive: true }));

const run = (args: string[], env: Record<string, string> = {}) => runCommand(args, env, folder);
const HELP = 'Try: mini-mentorship --help';

describe('the command line', () => {
  test.each([[['--help']], [['help']], [['-h']], [[]]])('%j says what there is', async (args) => {
    const { code, stdout, stderr } = await run(args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const all =
      'start, demo, setup, doctor, publish-commands, migrate, backup FILE, export FOLDER, restore FILE';
    for (const command of all.split(', ')) {
      expect(stdout).toMatch(new RegExp(`^  ${command} `, 'm'));
    }
  });

  test('--version', async () => {
    const { version } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'));
    expect(await run(['--version'])).toMatchObject({ code: 0, stdout: `${version}\n` });
  });

  test.each([
    [['dance'], 'There is no command "dance".'],
    [['start', 'again'], 'I do not know what to do with "again".'],
    [['start', '--fast'], '--fast'],
    [['demo', '--record'], '--record'],
    [['backup'], 'Name the file of the backup.'],
    [['restore'], 'Name the file of the backup.'],
    [['backup', 'one', 'two'], 'I do not know what to do with "two".'],
  ])('%j is explained', async (args, said) => {
    const { code, stdout, stderr } = await run(args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(said);
    expect(stderr).toContain(HELP);
    expect(stderr).not.toContain('    at ');
  });

  test('start with nothing configured says what to do, and ends with 2', async () => {
    const { code, stdout, stderr } = await run(['start']);
    expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
    expect(stdout).toMatch(/No platform is set up[\s\S]*npm run demo/);
  });

  test('publish-commands without Discord says where Slack has its commands', async () => {
    const { code, stdout, stderr } = await run(['publish-commands', '--dry-run']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/DISCORD_TOKEN is missing[\s\S]*manifests\/slack\.json/);
  });

  test('settings that are wrong are named, all of them, without a stack', async () => {
    const { code, stderr } = await run(['start'], { SLACK_BOT_TOKEN: 'wrong', PORT: 'http' });
    expect(code).toBe(1);
    for (const name of ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SLACK_MENTORS_CHANNEL', 'PORT']) {
      expect(stderr).toContain(name);
    }
    expect(stderr).not.toContain('    at ');
  });

  test('settings of .env are read, and the environment goes before them', async () => {
    const other = await mkdtemp(path.join(tmpdir(), 'command-line-'));
    await writeFile(path.join(other, '.env'), 'PORT=from-the-file\nLOG_LEVEL=loud\n');
    const { stderr } = await runCommand(['start'], { LOG_LEVEL: 'info' }, other);
    expect(stderr).toContain('PORT');
    expect(stderr).not.toContain('LOG_LEVEL');
    await rm(other, { recursive: true });
  });

  test.each([[['migrate']], [['backup', 'never.backup']], [['start']]])(
    '%j with a database that cannot be reached says so, without its password',
    async (args) => {
      const { code, stdout, stderr } = await run(args, {
        DATABASE_URL: 'postgresql://somebody:hunter2@127.0.0.1:1/nowhere',
        DISCORD_TOKEN: 'a-token-of-discord',
        DISCORD_APPLICATION_ID: '123456789012345678',
        DISCORD_MENTORS_CHANNEL: '223456789012345678',
        DISCORD_MENTOR_ROLE: '323456789012345678',
      });
      expect(code).toBe(1);
      expect(stdout + stderr).not.toContain('hunter2');
      expect(stderr).toMatch(/127\.0\.0\.1:1.*DATABASE_URL/);
      expect(stderr).not.toContain('    at ');
    },
  );

  test('migrate, backup, backup --check and restore do what they say', async () => {
    const [old, fresh] = [await emptyDatabase(), await emptyDatabase()];
    const file = path.join(folder, 'backup.gz');
    try {
      const env = { DATABASE_URL: old.url };
      expect(await run(['migrate'], env)).toMatchObject({ code: 0, stdout: 'The database is up to date.\n' });
      await runOn(old.url, `INSERT INTO communities (slug) VALUES ('moved')`);
      const made = await run(['backup', file], env);
      expect(made, made.stderr).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/communities +1 rows {2}sha256/),
      });
      const again = await run(['backup', file], env);
      expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining('exists already') });
      const checked = await run(['backup', '--check', file]);
      expect(checked, checked.stderr).toMatchObject({ code: 0, stdout: expect.stringContaining('is whole') });
      const refused = await run(['restore', file], env);
      expect(refused).toMatchObject({ code: 1, stderr: expect.stringMatching(/not empty.*--force/) });
      const restored = await run(['restore', file], { DATABASE_URL: fresh.url });
      expect(restored, restored.stderr).toMatchObject({
        code: 0,
        stdout: expect.stringContaining('Start the bot'),
      });
      expect(await rowsOf(fresh.url, 'SELECT slug FROM communities')).toEqual([{ slug: 'moved' }]);
      await writeFile(path.join(folder, 'broken'), 'no backup');
      const broken = await run(['backup', '--check', path.join(folder, 'broken')]);
      expect(broken).toMatchObject({ code: 1, stderr: expect.stringContaining('is no backup') });
    } finally {
      await Promise.all([old.drop(), fresh.drop()]);
    }
  }, 60_000);

  test('from the database that comes with the bot to a server, every row moves', async () => {
    const server = await freshDatabase();
    const DATA_DIR = path.join(folder, 'data');
    const file = path.join(folder, 'embedded.gz');
    try {
      expect((await run(['migrate'], { DATA_DIR })).code).toBe(0);
      // A backup of rows that came in by a restore: the embedded form is written to and read from.
      await runOn(
        server.url,
        `INSERT INTO communities (slug) SELECT 'number ' || i FROM generate_series(1, 1234) i`,
      );
      const first = path.join(folder, 'first.gz');
      expect((await run(['backup', first], { DATABASE_URL: server.url })).code).toBe(0);
      const there = await run(['restore', first], { DATA_DIR });
      expect(there, there.stderr).toMatchObject({ code: 0 });
      expect((await run(['backup', file], { DATA_DIR })).code).toBe(0);
      const target = await emptyDatabase();
      const moved = await run(['restore', file], { DATABASE_URL: target.url });
      expect(moved, moved.stderr).toMatchObject({ code: 0 });
      const slugs = 'SELECT id, slug, created_at FROM communities ORDER BY id';
      expect(await rowsOf(target.url, slugs)).toEqual(await rowsOf(server.url, slugs));
      expect(await rowsOf(target.url, slugs)).toHaveLength(1234);
      await target.drop();
    } finally {
      await server.drop();
    }
  }, 120_000);
});
