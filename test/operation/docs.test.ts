import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv, promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseConfig } from '../../src/config.ts';
import { createSeal } from '../../src/platforms/slack/seal.ts';
import { checkInstallations } from '../../src/platforms/slack/set-up.ts';
import { openStore } from '../../src/store/index.ts';
import { createMetrics } from '../../src/web/metrics.ts';
import { emptyDatabase, freshDatabase, rowsOf, runOn, type TestDatabase } from '../support/database.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const operating = await readFile(path.join(root, 'docs/operating.md'), 'utf8');
const dashboard = await readFile(path.join(root, 'docs/grafana.json'), 'utf8');

describe('docs/operating.md', () => {
  /** Commands that are marked `<!-- tested: name -->`. */
  const blocks = new Map(
    [...operating.matchAll(/<!-- tested: (\w+) -->\n```sh\n([\s\S]*?)```/g)].map(
      ([, name = '', text = '']) => [name, text],
    ),
  );
  const SERVER = 'postgresql://mini_mentorship:password@db.example.org:5432/mini_mentorship';
  let folder: string;
  let database: TestDatabase;
  let other: TestDatabase;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'operating-'));
    // Passable for the database's account: else root's data would go to a folder of the system, and stay there.
    await chmod(folder, 0o711);
    await symlink(path.join(root, 'dist'), path.join(folder, 'dist'));
    await writeFile(path.join(folder, 'mini-mentorship.log'), '');
    [database, other] = [await freshDatabase(), await emptyDatabase()];
    await runOn(database.url, `INSERT INTO communities (slug) VALUES ('of monday')`);
  });
  afterAll(async () => {
    await Promise.all([database.drop(), other.drop(), rm(folder, { recursive: true })]);
  });

  const run = (name: string) =>
    promisify(execFile)('bash', ['-euc', (blocks.get(name) ?? 'exit 99').replaceAll(SERVER, other.url)], {
      cwd: folder,
      env: { PATH: `${path.dirname(process.execPath)}:${process.env.PATH}`, DATABASE_URL: database.url },
    });
  const slugs = async (url: string) =>
    (await rowsOf<{ slug: string }>(url, 'SELECT slug FROM communities')).map(({ slug }) => slug);

  test('every marked command is run below', () => {
    expect([...blocks.keys()]).toEqual([
      'backup',
      'check',
      'restore',
      'export',
      'move',
      'newkey',
      'oldkey',
      'follow',
    ]);
    expect(blocks.get('move')).toContain(SERVER);
  });

  test('backup, check, restore', async () => {
    expect((await run('backup')).stdout).toContain('holds all of it');
    expect((await run('check')).stdout).toContain('is whole');
    await runOn(database.url, `UPDATE communities SET slug = 'of tuesday'`);
    expect((await run('restore')).stdout).toContain('DROP SCHEMA before_restore_');
    expect(await slugs(database.url)).toEqual(['of monday']);
  }, 60_000);

  test('getting the data out', async () => {
    expect((await run('export')).stdout).toMatch(/requests\.csv: 0 rows[\s\S]*as safe as the database/);
    await expect(run('export')).rejects.toThrow(/not replaced/);
  }, 60_000);

  test('moving to a server', async () => {
    await run('move');
    expect(await slugs(other.url)).toEqual(['of monday']);
  }, 60_000);

  test('changing the key that seals tokens', async () => {
    const store = await openStore(database.url);
    const installations = store.installationsOf('slack');
    const settings = async () => {
      const { SLACK_TOKEN_KEY = '' } = parseEnv(await readFile(path.join(folder, '.env'), 'utf8'));
      const oauth = {
        SLACK_CLIENT_ID: '1.2',
        SLACK_CLIENT_SECRET: 'a secret of 16 or more',
        SLACK_TOKEN_KEY,
      };
      const { slack } = parseConfig({
        ...oauth,
        SLACK_APP_TOKEN: 'xapp-1',
        PORT: '3000',
        PUBLIC_URL: 'https://mini.example',
      });
      if (!slack?.oauth) throw new Error('no OAuth');
      return slack.oauth;
    };
    const said = async () => checkInstallations(await settings(), installations);
    const old = randomBytes(32).toString('base64');
    await writeFile(path.join(folder, '.env'), `LOG_LEVEL=info\nSLACK_TOKEN_KEY=${old}\nPORT=3000\n`);
    const sealedToken = createSeal((await settings()).tokenKeys).close('xoxb-1', 'T1');
    const by = { botUserId: 'U1', scopes: ['commands'], installedBy: 'U2' };
    await installations.save(
      { platform: 'slack', spaceId: 'T1', name: 'One', sealedToken, ...by },
      new Date(),
    );
    expect(await said()).toMatchObject({ ok: true, what: expect.stringContaining('all sealed') });

    await run('newkey');
    expect((await settings()).tokenKeys).toHaveLength(2);
    expect(await said()).toMatchObject({ ok: true, what: expect.stringContaining('keep the old one') });
    const seal = createSeal((await settings()).tokenKeys);
    await installations.reseal('T1', sealedToken, seal.close('xoxb-1', 'T1'));
    expect(await said()).toMatchObject({ ok: true, what: expect.stringContaining('all sealed') });

    await run('oldkey');
    expect((await settings()).tokenKeys).toHaveLength(1);
    expect(await said()).toMatchObject({ ok: true, what: expect.stringContaining('all sealed') });
    await writeFile(path.join(folder, '.env'), `SLACK_TOKEN_KEY=${old}\n`);
    expect(await said()).toMatchObject({ ok: false, remedy: expect.stringContaining('tokens of One') });
    await store.close();
  });

  test('following somebody in the log', async () => {
    expect((await run('follow')).stdout).toBe('nothing came of it\n');
  });

  test('its commands and files exist', async () => {
    const main = await readFile(path.join(root, 'src/main.ts'), 'utf8');
    for (const [, command] of operating.matchAll(/node dist\/main\.js (?!--)(\w+)/g))
      expect(main).toContain(`case '${command}':`);
    for (const [, file = ''] of operating.matchAll(/\]\((?!#|https?:)([^)#]+)/g))
      await readFile(path.join(root, 'docs', file));
    const headings = [...operating.matchAll(/^#+ (.+)$/gm)].map(([, words = '']) =>
      words
        .toLowerCase()
        .replaceAll(/[^\w -]/g, '')
        .replaceAll(' ', '-'),
    );
    for (const [, anchor] of operating.matchAll(/\]\(#([^)]+)\)/g)) expect(headings).toContain(anchor);
  });
});

describe('every query', () => {
  const queries = [
    ...[...dashboard.matchAll(/"expr": "((?:[^"\\]|\\.)*)"/g)].map(
      ([, expr = '']) => JSON.parse(`"${expr}"`) as string,
    ),
    ...[...operating.matchAll(/^ +expr: (.+)$/gm)].map(([, expr = '']) => expr),
  ];

  /** Metric → its labels, from a page on which everything happened once. */
  async function known(): Promise<Map<string, Set<string>>> {
    const metrics = createMetrics();
    metrics.acknowledged('slack', 'in_time', 1);
    metrics.intent('request.claim', 'done', 1);
    metrics.delivery('request_card', 'sent');
    metrics.reminder(1);
    metrics.rateLimited('slack');
    metrics.calendarLook('seen');
    metrics.failed('clock');
    metrics.watch(async () => ({
      outbox: { due: 0, later: 0, dead: 0, oldestDueMs: 0 },
      platforms: [{ name: 'slack', up: true }],
      sinceTickMs: 0,
    }));
    const { text } = await metrics.page();
    const found = new Map<string, Set<string>>();
    for (const line of text.split('\n').filter((each) => each && !each.startsWith('#'))) {
      const [, name = '', labels = ''] = /^(\w+)(?:\{([^}]*)\})?/.exec(line) ?? [];
      const names = [...labels.matchAll(/(\w+)=/g)].map(([, label = '']) => label);
      found.set(name, new Set([...(found.get(name) ?? []), ...names]));
    }
    return found;
  }

  test('asks for metrics and labels that exist', async () => {
    const metrics = await known();
    expect(queries.length).toBeGreaterThan(20);
    for (const query of queries) {
      const names = [...query.matchAll(/\b((?:mini_mentorship|process|nodejs)_\w+)/g)].map(
        ([, name = '']) => name,
      );
      expect(names.length, query).toBeGreaterThan(0);
      for (const name of names) {
        expect([...metrics.keys()], query).toContain(name);
        const by = /by \(([^)]*)\)/.exec(query)?.[1]?.split(/, */) ?? [];
        const where = [...query.matchAll(/(\w+)(?:=|=~|!=)"/g)].map(([, label = '']) => label);
        for (const label of [...by, ...where]) expect([...(metrics.get(name) ?? [])], query).toContain(label);
      }
    }
  });

  test('and every metric of the bot is on the dashboard', async () => {
    const ours = [...(await known()).keys()].filter((name) => name.startsWith('mini_mentorship_'));
    const families = new Set(ours.map((name) => name.replace(/_(bucket|sum|count)$/, '')));
    for (const family of families) expect(dashboard, family).toContain(family);
  });
});
