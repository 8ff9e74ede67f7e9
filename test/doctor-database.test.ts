import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parseConfig } from '../src/config.ts';
import { checkDatabase } from '../src/doctor.ts';
import { createLog } from '../src/log.ts';
import { type EmbeddedDatabase, startEmbedded, startTemporary } from '../src/store/embedded.ts';
import { migrate } from '../src/store/migrate.ts';
import { freePort } from './platforms/slack/bot.ts';
import { databaseUrl, rowsOf, runOn } from './support/database.ts';

// What the doctor finds at databases, each made by breaking exactly one thing; and that it changes nothing.

const quiet = createLog('silent');
const look = (env: Record<string, string>) => checkDatabase(parseConfig(env).database, quiet);

/** What is wrong: the remedies, by what was looked at. */
async function findings(env: Record<string, string>): Promise<Record<string, string>> {
  const wrong = (await look(env)).filter(({ ok }) => !ok);
  return Object.fromEntries(wrong.map(({ what, remedy }) => [what, remedy ?? '']));
}

describe('a database server', () => {
  let server: EmbeddedDatabase;
  /** As the user `app` with its password, in the database `app`. */
  let url: string;
  const as = (
    changes: Partial<Record<'username' | 'password' | 'pathname' | 'port' | 'hostname', string>>,
  ): string => Object.assign(new URL(url), changes).href;

  beforeAll(async () => {
    server = await startTemporary(quiet);
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    await runOn(server.url, "CREATE ROLE app LOGIN PASSWORD 'p' CREATEROLE", 'CREATE DATABASE app OWNER app');
    url = Object.assign(new URL(server.url), { username: 'app', password: 'p', pathname: '/app' }).href;
  });
  afterEach(() =>
    runOn(
      server.url,
      'DROP DATABASE app WITH (FORCE)',
      'DROP ROLE IF EXISTS mini_mentorship_member, mini_mentorship_worker',
      'DROP ROLE app',
    ),
  );

  const tables = () =>
    rowsOf(
      databaseUrl(server.url, 'app'),
      "SELECT relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname = 'public'",
    );

  test('that is new: says what the next start does, and does nothing of it', async () => {
    const [check] = await look({ DATABASE_URL: url });
    expect(check).toEqual({
      what: expect.stringMatching(/^Database server \(the next start brings it up to date: \d+_init/),
      ok: true,
    });
    expect(await tables()).toEqual([]);
    expect(await rowsOf(server.url, "SELECT FROM pg_roles WHERE rolname LIKE 'mini_mentorship%'")).toEqual(
      [],
    );
    // And it was right.
    await migrate(url);
    expect((await look({ DATABASE_URL: url }))[0]).toEqual({
      what: 'Database server',
      ok: true,
    });
  });

  test('where one migration waits: names it', async () => {
    await migrate(url);
    await runOn(url, "UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name LIKE '%_init'");
    expect((await look({ DATABASE_URL: url }))[0]?.what).toMatch(/brings it up to date: \d+_init\)$/);
  });

  const wrong: [string, () => Promise<string> | string, RegExp][] = [
    [
      'that cannot be reached',
      async () => as({ port: String(await freePort()) }),
      /at 127\.0\.0\.1:\d+ cannot be reached \(ECONNREFUSED\).*DATABASE_URL/,
    ],
    [
      'with no such name',
      () => as({ hostname: 'no-such-host.invalid' }),
      /no PostgreSQL server named no-such-host\.invalid/,
    ],
    [
      'that refuses the password',
      () => as({ password: 'wrong' }),
      /refuses the password of app\..*DATABASE_URL/,
    ],
    ['that does not know the user', () => as({ username: 'nobody' }), /refuses the password of nobody/],
    [
      'without the database',
      () => as({ pathname: '/other' }),
      /no database "other".*CREATE DATABASE other OWNER app;/,
    ],
    [
      'whose user may not create roles',
      async () => {
        await runOn(server.url, 'ALTER ROLE app NOCREATEROLE');
        return url;
      },
      /the user app may not create it \(CREATEROLE\).*ALTER ROLE app CREATEROLE;/,
    ],
    [
      'whose user may not take on a role',
      async () => {
        await runOn(
          server.url,
          'CREATE ROLE mini_mentorship_member',
          'CREATE ROLE mini_mentorship_worker',
          'ALTER ROLE app NOCREATEROLE',
        );
        return url;
      },
      /may not take on the role mini_mentorship_member.*GRANT mini_mentorship_member TO app;/,
    ],
    [
      'whose user may not make tables',
      async () => {
        await runOn(databaseUrl(server.url, 'app'), 'ALTER DATABASE app OWNER TO postgres');
        return url;
      },
      /app may not create tables in the database app.*GRANT CREATE ON SCHEMA public TO app;/,
    ],
    [
      'whose tables are another’s',
      async () => {
        await migrate(databaseUrl(server.url, 'app'));
        return url;
      },
      /app may not use the database "app".*OWNER TO app/,
    ],
  ];

  test.each(wrong)('%s', async (_what, spoil, remedy) => {
    const found = await findings({ DATABASE_URL: await spoil() });
    expect(found).toEqual({ 'Database server': expect.stringMatching(remedy) });
  });

  test.each([
    ['CREATEROLE', ['ALTER ROLE app NOCREATEROLE'], /ALTER ROLE app CREATEROLE;/],
    [
      'a role',
      [
        'ALTER ROLE app NOCREATEROLE',
        'CREATE ROLE mini_mentorship_member',
        'CREATE ROLE mini_mentorship_worker',
      ],
      /GRANT mini_mentorship_\w+ TO app;/,
    ],
    ['CREATE', ['ALTER DATABASE app OWNER TO postgres'], /GRANT CREATE ON SCHEMA public TO app;/],
  ])(
    'what it tells an administrator to run gives %s, and then the bot can migrate',
    async (_what, spoil, statement) => {
      const admin = databaseUrl(server.url, 'app');
      await runOn(admin, ...spoil);
      await expect(migrate(url)).rejects.toThrow();
      for (let round = 0; round < 3; round += 1) {
        const { 'Database server': remedy } = await findings({ DATABASE_URL: url });
        if (remedy === undefined) break;
        await runOn(admin, statement.exec(remedy)?.[0] ?? 'no statement');
      }
      expect((await migrate(url)).applied.length).toBeGreaterThan(0);
    },
  );
});

describe('the database that comes with the bot', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'doctor-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test('is not made by looking', async () => {
    const dataDir = join(folder, 'data');
    const checks = await look({ DATA_DIR: dataDir });
    expect(checks[0]).toEqual({ what: `Database in ${dataDir} (the first start makes it)`, ok: true });
    expect(await readdir(folder)).toEqual([]);
  });

  test('cannot be made in a file', async () => {
    await writeFile(join(folder, 'file'), '');
    expect(await findings({ DATA_DIR: join(folder, 'file', 'data') })).toEqual({
      [`Database in ${join(folder, 'file', 'data')}`]: expect.stringMatching(/cannot be made/),
    });
  });

  test('is looked at while it runs, and is left running; its migrations are not applied', async () => {
    await chmod(folder, 0o711);
    const running = await startEmbedded({ dataDir: folder, log: quiet, durable: false });
    try {
      const what = `Database in ${folder}`;
      const inFolder = { DATA_DIR: folder };
      expect((await look(inFolder))[0]?.what).toMatch(/the next start brings it up to date/);
      expect(await rowsOf(running.url, "SELECT to_regclass('communities') AS there")).toEqual([
        { there: null },
      ]);
      await migrate(running.url);
      expect(await look(inFolder)).toEqual([
        { what, ok: true },
        { what: 'Outbox (0 due)', ok: true },
      ]);
      const client = new pg.Client({ connectionString: running.url });
      await client.connect();
      await client.end();
    } finally {
      await running.stop();
    }
  });
});
