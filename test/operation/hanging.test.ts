import { afterAll, beforeAll, expect, test } from 'vitest';
import { type App, startApp } from '../../src/app.ts';
import { parseConfig } from '../../src/config.ts';
import { HOUR } from '../../src/core/time.ts';
import { createLog } from '../../src/log.ts';
import { createMovableClock } from '../../src/sandbox/movable-clock.ts';
import { startWorld, type World } from '../../src/sandbox/world.ts';
import { asks, claims, schedules } from '../support/asking.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { wireLog } from '../support/wire-log.ts';

let world: World;
let app: App;
let database: TestDatabase;
const hanging: string[] = [];

beforeAll(async () => {
  const clock = createMovableClock();
  world = await startWorld(clock, (entry) => {
    const { to, method, path } = entry;
    wireLog(entry);
    if (to === 'google') hanging.push(`${method} ${path}`);
  });
  database = await freshDatabase();
  const config = parseConfig({ ...world.env, DATABASE_URL: database.url });
  app = await startApp({ config, clock, log: createLog('silent'), tick: 'second' });
});
afterAll(async () => {
  await app.stop();
  await world.close();
  await database.drop();
});

test('while a delivery hangs, the clock ticks on and other deliveries go out', async () => {
  const { slack, discord } = world.people;
  world.google.fails('hangs', /POST .*events/);
  await asks(slack.student, 'Hanging');
  await claims(discord.mentor, 'Hanging');
  await schedules(discord.mentor, new Date(Math.ceil(Date.now() / HOUR + 48) * HOUR));
  await expect
    .poll(() => hanging.some((request) => request.includes('events')), { timeout: 10_000 })
    .toBe(true);
  const before = app.worker.lastTick()?.getTime() ?? 0;
  await expect
    .poll(() => (app.worker.lastTick()?.getTime() ?? 0) - before, { timeout: 8_000 })
    .toBeGreaterThan(2_000);
  await asks(discord.student, 'Not held up');
  await slack.mentor.sees('Not held up', 'channel');
  expect(world.google.events()).toHaveLength(0); // it hangs still
  expect(app.worker.sinceTick()).toBeLessThan(5_000);
});
