import { EventEmitter, once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore } from '../../src/store/index.ts';
import type { Store } from '../../src/store/store.ts';
import { rowsOf } from '../support/database.ts';
import { makeWorld, noon, opened, type World } from './world.ts';

let world: World;
let other: Store;
const warnings = new EventEmitter();

beforeAll(async () => {
  world = await makeWorld();
  other = await openStore(world.url, { log: { warn: (_, message) => warnings.emit('warning', message) } });
});
afterAll(async () => {
  await other.close();
  await world.close();
});

/** Counts wakes, and lets the test wait for the next one. */
async function listener(store = other) {
  const events = new EventEmitter();
  let count = 0;
  const stop = await store.outbox.onWake(() => {
    count += 1;
    events.emit('wake');
  });
  return { stop, next: () => once(events, 'wake'), count: () => count };
}

const listeners = () =>
  rowsOf<{ pid: number }>(
    world.url,
    `SELECT pid FROM pg_stat_activity WHERE datname = current_database()
       AND application_name = 'mini-mentorship listener'`,
  );
const terminate = (pids: number[]) =>
  rowsOf(world.url, 'SELECT pg_terminate_backend(pid) FROM unnest($1::int[]) AS pid', [pids]);

test('a notice committed by another instance wakes at once; taking it wakes nobody', async () => {
  const { stop, next, count } = await listener();
  let woken = next();
  await opened(world);
  await woken;
  const held = await world.store.outbox.lease(noon, { rest: 10 }, 60_000);
  for (const notice of held) await world.store.outbox.finish(notice, { how: 'sent', post: null }, noon);
  // Notifications come in order: a wake by lease or finish would come before this one.
  const before = count();
  woken = next();
  await opened(world);
  await woken;
  expect(held.map(({ kind }) => kind)).toContain('request_card');
  expect(count()).toBe(before + 1);
  await stop();
});

test('a lost connection is made again, wakes once, and hears the next notice', async () => {
  const { stop, next } = await listener();
  const lost = await listeners();
  expect(lost).toHaveLength(1);
  const warned = once(warnings, 'warning');
  let woken = next();
  await terminate(lost.map(({ pid }) => pid));
  await warned;
  await woken;
  const found = await listeners();
  expect(found).toHaveLength(1);
  expect(found).not.toEqual(lost);
  woken = next();
  await opened(world);
  await woken;
  await stop();
});

test('while the server refuses, it tries again until it is let in', async () => {
  const { stop, next } = await listener();
  const woken = next();
  const lost = await listeners();
  const [{ name } = { name: '' }] = await rowsOf<{ name: string }>(
    world.url,
    'SELECT current_database() AS name',
  );
  // No new connections to this database; the pool of the other store has some.
  const server = new URL(world.url);
  server.pathname = '/postgres';
  const warned = new Promise<void>((resolve) => {
    warnings.on('warning', (message: string) => {
      if (message.startsWith('Could not listen')) resolve();
    });
  });
  await rowsOf(server.href, `UPDATE pg_database SET datconnlimit = 0 WHERE datname = '${name}'`);
  // Superusers pass that limit, so close the door for all.
  await rowsOf(server.href, `ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
  await rowsOf(server.href, 'SELECT pg_terminate_backend(pid) FROM unnest($1::int[]) AS pid', [
    lost.map(({ pid }) => pid),
  ]);
  await warned;
  await rowsOf(server.href, `ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
  await woken;
  await stop();
});

test('stopping ends the connection, also while it is being made again', async () => {
  const first = await listener();
  const lost = await listeners();
  const warned = once(warnings, 'warning');
  await terminate(lost.map(({ pid }) => pid));
  await warned;
  await first.stop();
  await first.stop();
  const second = await listener();
  await second.stop();
  await expect.poll(listeners).toEqual([]);
});

test('closing the store stops its listeners', async () => {
  const store = await openStore(world.url);
  await listener(store);
  await store.close();
  await expect.poll(listeners).toEqual([]);
});
