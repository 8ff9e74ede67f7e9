import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HOUR } from '../../src/core/time.ts';
import { createMovableClock } from '../../src/sandbox/movable-clock.ts';
import type { WireEntry } from '../../src/sandbox/person.ts';
import { startWorld, type World } from '../../src/sandbox/world.ts';
import { asks, claims, schedules } from '../support/asking.ts';
import { freshDatabase, runOn, type TestDatabase } from '../support/database.ts';
import { type Running, startCommand } from '../support/process.ts';
import { wireLog } from '../support/wire-log.ts';

let world: World;
let database: TestDatabase;
let folder: string;
let bot: Running;
let wire: WireEntry[];
const clock = createMovableClock();

const start = async () => {
  bot = startCommand(['start'], { ...world.env, DATABASE_URL: database.url }, folder);
  await bot.says('Mini Mentorship is up');
};
beforeEach(async () => {
  wire = [];
  world = await startWorld(clock, (entry) => {
    wire.push(entry);
    wireLog(entry);
  });
  database = await freshDatabase();
  folder = await mkdtemp(path.join(tmpdir(), 'stopping-'));
  await start();
});
afterEach(async () => {
  bot.signal('SIGKILL');
  await bot.ended;
  await world.close();
  await database.drop();
  await rm(folder, { recursive: true });
});

/** Nobody gets at the requests until `free` is called. */
async function holdRequests(): Promise<{ free(): Promise<void> }> {
  const client = new pg.Client({ connectionString: database.url });
  client.on('error', () => {}); // the database may be dropped under it
  await client.connect();
  await client.query('BEGIN; LOCK TABLE mini_mentorship_requests');
  return { free: () => client.end() };
}
const stop = async (): Promise<number> => {
  const began = performance.now();
  bot.signal('SIGTERM');
  await bot.ended;
  return performance.now() - began;
};

describe('SIGTERM', () => {
  test('ends an idle bot at once, with 0', async () => {
    expect(await stop()).toBeLessThan(5_000);
    expect(await bot.ended).toMatchObject({ code: 0, signal: null });
  });

  test('what people did is answered first, also what they do while it stops', async () => {
    const { slack, discord } = world.people;
    const lock = await holdRequests();
    // Resolves when the platform has the acknowledgement; the answer waits for the database.
    await slack.student.types('mini-sessions');
    await discord.student.types('mini-sessions');
    bot.signal('SIGTERM');
    await bot.says('Stopping');
    await slack.rival.types('mini-mentor');
    await discord.rival.types('mini-mentor');
    await lock.free();
    for (const { student } of [slack, discord]) await student.sees(/requests/i, 'private');
    await slack.rival.sees(/Requests that wait for a mentor/, 'private');
    await discord.rival.sees(/restart|moment/i, 'private');
    expect(await bot.ended).toMatchObject({ code: 0 });
    for (const who of [slack.student, slack.rival]) {
      expect(who.sight('private').some(({ text }) => /operation_timeout/.test(text))).toBe(false);
    }
  });

  test('when the database and Google hang it ends within ten seconds, and the next start goes on', async () => {
    const { slack, discord } = world.people;
    await asks(slack.student, 'Interrupted');
    await claims(discord.mentor, 'Interrupted');
    world.google.fails('hangs', /POST .*events/);
    await schedules(discord.mentor, new Date(Math.ceil(Date.now() / HOUR + 48) * HOUR));
    await expect.poll(() => wire.some(({ to, path }) => to === 'google' && /events/.test(path))).toBe(true);
    const lock = await holdRequests();
    await slack.student.types('mini-sessions');
    expect(await stop()).toBeLessThan(10_000);
    expect((await bot.ended).stderr).toMatch(/next start goes on|Stopped while|Stopping/);
    await lock.free();
    await start();
    await slack.student.types('mini-sessions');
    await slack.student.sees(/Interrupted/, 'private');
    await runOn(database.url, 'UPDATE notices SET leased_until = NULL'); // as after the lease's minute
    await slack.student.sees(/Mini session scheduled[\s\S]*https:\/\/meet\.google\.com/, 'dm');
    expect(world.google.events()).toHaveLength(1);
  });

  test('a second one ends it at once', async () => {
    const lock = await holdRequests();
    await world.people.slack.student.types('mini-sessions');
    bot.signal('SIGTERM');
    await bot.says('Stopping');
    bot.signal('SIGINT');
    expect(await bot.ended).toMatchObject({ code: null, signal: 'SIGINT' });
    await lock.free();
  });

  test('deliveries that are under way are finished, and none is made twice', async () => {
    const { slack, discord } = world.people;
    world.slack.faults.rateLimit({ method: 'chat.postMessage', times: 1, retryAfter: 1 });
    await asks(discord.student, 'Almost there');
    await stop();
    await runOn(database.url, 'UPDATE notices SET leased_until = NULL');
    await start();
    for (const { mentor } of [slack, discord]) {
      await mentor.sees('Almost there', 'channel');
      expect(mentor.sight('channel').filter(({ text }) => text.includes('Almost there'))).toHaveLength(1);
    }
  });
});
