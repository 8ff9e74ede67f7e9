import { afterAll, beforeAll, expect, test } from 'vitest';
import { type App, startApp } from '../../src/app.ts';
import { parseConfig } from '../../src/config.ts';
import { after as later, MINUTE, SECOND } from '../../src/core/time.ts';
import { createLog } from '../../src/log.ts';
import { createMovableClock } from '../../src/sandbox/movable-clock.ts';
import { journey, type Step } from '../../src/sandbox/story.ts';
import { startWorld, type World } from '../../src/sandbox/world.ts';
import { freshDatabase, runOn, type TestDatabase } from '../support/database.ts';

const clock = createMovableClock();
let world: World;
let database: TestDatabase;
let instances: App[];
let coordinators: { slack: string; discord: string };

beforeAll(async () => {
  world = await startWorld(clock);
  database = await freshDatabase();
  coordinators = {
    slack: world.slack.addChannel('coordinators'),
    discord: world.discord.addChannel('coordinators'),
  };
  world.slack.join(coordinators.slack, world.slack.botUserId);
  const config = parseConfig({
    ...world.env,
    DATABASE_URL: database.url,
    SLACK_COORDINATORS_CHANNEL: coordinators.slack,
    DISCORD_COORDINATORS_CHANNEL: coordinators.discord,
  });
  const one = () => startApp({ config, clock, log: createLog('silent'), tick: 'second' });
  instances = await Promise.all([one(), one()]);
});
afterAll(async () => {
  await Promise.all(instances.map((app) => app.stop()));
  await world.close();
  await database.drop();
});

const bot = {
  moveTo: async (instant: Date) => {
    clock.moveTo(instant);
    await Promise.all(instances.map((app) => app.worker.tick()));
  },
  crash: async () => {},
  stop: async () => {},
};

test('two instances on one database: the story goes as told on both platforms, and everything comes once', async () => {
  const { people, google } = world;
  const tell = async (steps: Step[]) => {
    for (const step of steps) {
      await step.does().catch((error: unknown) => {
        throw new Error(`At “${step.says}”: ${error instanceof Error ? error.message : error}`, {
          cause: error,
        });
      });
    }
  };
  await tell(journey('slack', world, bot, clock));
  await tell(journey('discord', world, bot, clock));
  await bot.moveTo(later(clock.now(), SECOND));

  expect(google.events().filter(({ status }) => status === 'confirmed')).toHaveLength(2);
  for (const who of [people.slack, people.discord]) {
    const posted = who.rival.sight('channel').filter(({ text }) => /Why does CI fail/.test(text));
    expect(posted, 'cards in the mentors channel').toHaveLength(2);
    for (const person of [who.student, who.mentor]) {
      const texts = person.sight('dm').map(({ text }) => text);
      const count = (what: RegExp) => texts.filter((text) => what.test(text)).length;
      expect(count(/How was your mini session/), person.name).toBe(1);
      expect(count(/coming up/), `reminders of ${person.name}`).toBe(2);
      expect(count(/Mini session (held|over|scheduled)/), `session cards of ${person.name}`).toBe(1);
    }
  }
}, 180_000);

test('both see the same trouble, and the coordinators are told once, on both platforms', async () => {
  const now = new Date();
  const look = (at: Date) => Promise.all(instances.map((app) => app.heartbeat.look(at)));
  await look(now);
  await runOn(
    database.url,
    `UPDATE notices SET state = 'DEAD' WHERE id = (SELECT id FROM notices WHERE state = 'SENT' LIMIT 1)`,
  );
  // One after the other, as it is when each looks at its own time.
  for (const app of instances) await app.heartbeat.look(later(now, SECOND));
  for (const app of instances) await app.heartbeat.look(later(now, MINUTE));
  const told = [
    ...world.slack.messages(coordinators.slack).map((message) => JSON.stringify(message)),
    ...world.discord.messages(coordinators.discord).map((message) => JSON.stringify(message)),
  ].filter((text) => /I gave up on a message/.test(text));
  expect(told).toHaveLength(2);
});
