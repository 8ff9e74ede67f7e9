import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { claim, openRequest } from '../../src/core/request.ts';
import { openStore } from '../../src/store/index.ts';
import { MigrationFailed, migrate } from '../../src/store/migrate.ts';
import { emptyDatabase, freshDatabase, rowsOf, runOn } from '../support/database.ts';
import { makeWorld, noon, opened, requestOf, telling, visitor, type World } from './world.ts';

describe('openStore', () => {
  test('refuses a server that cannot be reached', async () => {
    await expect(openStore('postgresql://nobody@127.0.0.1:1/nothing')).rejects.toThrow();
  });
  test('refuses a database that was not migrated', async () => {
    const database = await emptyDatabase();
    await expect(openStore(database.url)).rejects.toThrow(/communities/);
    await database.drop();
  });
  test('refuses a database whose role it may not take on', async () => {
    const database = await emptyDatabase();
    const login = `guest_${randomUUID().replaceAll('-', '')}`;
    await runOn(database.url, `CREATE ROLE ${login} LOGIN PASSWORD 'guest'`);
    const url = new URL(database.url);
    url.username = login;
    url.password = 'guest';
    await expect(openStore(url.href)).rejects.toThrow(/permission denied to set role/);
    await runOn(database.url, `DROP ROLE ${login}`);
    await database.drop();
  });
  test('does not depend on the server’s time zone', async () => {
    const world = await makeWorld();
    try {
      await runOn(
        world.url,
        `ALTER DATABASE ${new URL(world.url).pathname.slice(1)} SET timezone = 'Asia/Kolkata'`,
      );
      const store = await openStore(world.url);
      const decided = openRequest(requestOf(world.student), noon);
      await store.requestsAs(world.student, 'x').createRequest(decided);
      const read = await store.requestsAs(world.student, 'x').getRequest(decided.request.id);
      expect([read.createdAt, read.expiresAt]).toEqual([noon, decided.request.expiresAt]);
      const rows = await rowsOf(world.url, 'SELECT created_at FROM mini_mentorship_requests');
      expect(rows).toEqual([{ created_at: noon }]);
      expect(await store.outbox.lease(new Date(noon.getTime() - 1), { rest: 10 }, 1000)).toEqual([]);
      const due = await store.outbox.lease(noon, { rest: 10 }, 1000);
      expect(due.map(({ dueAt }) => dueAt)).toEqual([noon, noon, noon]);
      await store.close();
    } finally {
      await world.close();
    }
  });
});

describe('trouble in the database', () => {
  let world: World;
  beforeAll(async () => {
    world = await makeWorld({ poolSize: 3 });
  });
  afterAll(() => world.close());

  test('the victim of a deadlock tries once more', async () => {
    const request = await opened(world);
    const [card] = openRequest(request, noon).notices;
    if (!card) throw new Error('there is no card');
    const other = new pg.Client({ connectionString: world.url });
    await other.connect();
    await other.query(`SET deadlock_timeout = '1min'`); // so that the store is the victim
    await other.query('BEGIN');
    await other.query('SELECT FROM notices WHERE request_id = $1 FOR UPDATE', [request.id]);
    const decide = vi.fn((unchanged) => telling(unchanged, card));
    const change = world.store.requestsAs(world.student, 'x').changeRequest(request.id, decide);
    await expect
      .poll(() => rowsOf(world.url, 'SELECT FROM pg_locks WHERE NOT granted'), { interval: 10 })
      .toHaveLength(1);
    await other.query('SELECT FROM mini_mentorship_requests WHERE id = $1 FOR UPDATE', [request.id]);
    await other.query('COMMIT');
    await other.end();
    await change;
    expect(decide).toHaveBeenCalledTimes(2);
    expect(
      await rowsOf(
        world.url,
        `SELECT DISTINCT version FROM notices WHERE request_id = $1 AND kind = 'request_card'`,
        [request.id],
      ),
    ).toEqual([{ version: 2 }]);
  });

  test('connections that were lost are replaced', async () => {
    await rowsOf(
      world.url,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = 'mini-mentorship'`,
    );
    // The first may meet a connection that nobody knows to be lost yet.
    await world.store.ping().catch(() => {});
    await world.store.ping();
  });

  test('connections that the database ends while the store is closed end nothing else', async () => {
    const unheard: unknown[] = [];
    const hear = (error: unknown) => unheard.push(error);
    process.on('uncaughtExceptionMonitor', hear);
    for (let round = 0; round < 12; round += 1) {
      const database = await freshDatabase();
      const store = await openStore(database.url);
      const work = Array.from({ length: 6 }, () => store.ping());
      await Promise.race(work); // the others are on their way
      await store.close();
      await database.drop();
      await Promise.allSettled(work);
    }
    process.off('uncaughtExceptionMonitor', hear);
    expect(unheard).toEqual([]);
  });

  test('who comes after it was closed is refused, and opens nothing', async () => {
    const store = await openStore(world.url);
    await store.close();
    await expect(store.ping()).rejects.toThrow(/after calling end/);
  });

  test('an unexpected error passes through', async () => {
    const decided = openRequest(requestOf(world.student, { title: 'x'.repeat(121) }), noon);
    await expect(world.store.requestsAs(world.student, 'x').createRequest(decided)).rejects.toThrow(
      /request_title_length/,
    );
  });

  test('many more callers than connections are all served', async () => {
    await Promise.all(Array.from({ length: 100 }, () => world.store.ping()));
  });
});

describe('a login that is no superuser', () => {
  const login = `bot_${randomUUID().replaceAll('-', '')}`;
  const password = randomUUID();
  let database: Awaited<ReturnType<typeof emptyDatabase>>;
  let url: string;

  beforeAll(async () => {
    database = await emptyDatabase();
    const own = new URL(database.url);
    const name = own.pathname.slice(1);
    own.username = login;
    own.password = password;
    url = own.href;
    await runOn(
      database.url,
      `CREATE ROLE ${login} LOGIN PASSWORD '${password}'`,
      `ALTER DATABASE ${name} OWNER TO ${login}`,
    );
  });
  afterAll(async () => {
    const server = new URL(database.url);
    server.pathname = '/postgres';
    await database.drop();
    await runOn(server.href, `DROP ROLE ${login}`);
  });

  test('is told what an administrator can do for it', async () => {
    const failure = await migrate(url).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(MigrationFailed);
    expect(String(failure)).toContain(`GRANT mini_mentorship_member TO ${login};`);
  });

  test('works, and sees nothing by itself though it owns the tables', async () => {
    await runOn(database.url, `GRANT mini_mentorship_member, mini_mentorship_worker TO ${login}`);
    await migrate(url);
    const store = await openStore(url);
    try {
      await store.directory.ensureSpace(
        {
          platform: 'slack',
          spaceId: 'T1',
          name: 'North',
          mentorsChannel: 'C1',
          coordinatorsChannel: '',
          sessionsChannel: '',
        },
        'north',
      );
      const [student, mentor, late] = [
        await visitor(store, 'T1', 'Sam', false),
        await visitor(store, 'T1', 'Mia', true),
        await visitor(store, 'T1', 'Max', true),
      ];
      const { id } = await store
        .requestsAs(student, 'createRequest')
        .createRequest(openRequest(requestOf(student), noon));
      await store
        .requestsAs(mentor, 'claimRequest')
        .changeRequest(id, (request) => claim(request, mentor, noon));
      await expect(
        store.requestsAs(late, 'claimRequest').changeRequest(id, (request) => claim(request, late, noon)),
      ).rejects.toMatchObject({ code: 'request_already_claimed', detail: { by: 'Mia' } });
      await store.drafts.keep(student, { intent: 'x', args: {}, values: {} }, noon);
      const [notice] = await store.outbox.lease(noon, { rest: 1 }, 1000);
      const post = { platform: 'slack', spaceId: 'T1', channelId: 'C1', messageId: '1' };
      if (notice) await store.outbox.finish(notice, { how: 'sent', post }, noon);
    } finally {
      await store.close();
    }
    for (const table of [
      'communities',
      'spaces',
      'members',
      'accounts',
      'mini_mentorship_requests',
      'notices',
      'posts',
      'audit_log',
      'drafts',
    ]) {
      expect(await rowsOf(database.url, `SELECT FROM ${table}`), table).not.toEqual([]);
      expect(await rowsOf(url, `SELECT FROM ${table}`), table).toEqual([]);
    }
  });
});
