import { expect, test } from 'vitest';
import { startApp } from '../../src/app.ts';
import { parseConfig } from '../../src/config.ts';
import { after, MINUTE, SECOND } from '../../src/core/time.ts';
import { createLog } from '../../src/log.ts';
import { createMovableClock } from '../../src/sandbox/movable-clock.ts';
import { startWorld } from '../../src/sandbox/world.ts';
import { asks } from '../support/asking.ts';
import { freshDatabase } from '../support/database.ts';

test('a channel and a role that are deleted are noticed, told once, and the request lives on', async () => {
  const clock = createMovableClock();
  const world = await startWorld(clock);
  const database = await freshDatabase();
  const config = parseConfig({ ...world.env, DATABASE_URL: database.url });
  const app = await startApp({ config, clock, log: createLog('silent'), tick: 'second' });
  try {
    const { discord, slack } = world.people;
    const began = new Date();
    await app.heartbeat.look(began);
    const looks = async (...minutes: number[]) => {
      for (const minute of minutes) await app.heartbeat.look(after(began, minute * MINUTE + SECOND));
    };
    const hear = async (words: RegExp) => {
      for (const coordinator of [discord.coordinator, slack.coordinator]) {
        await coordinator.sees(words, 'channel');
        expect(coordinator.sight('channel').filter(({ text }) => words.test(text))).toHaveLength(1);
      }
    };
    world.discord.faults.deleteRole(world.env.DISCORD_MENTOR_ROLE ?? '');
    // Twice, so that it is sure; then no more of it for a day.
    await looks(10, 12, 30);
    await hear(/taken from me[\s\S]*DISCORD_MENTOR_ROLE \(\d+\) is not a role/);

    // A card that is refused is reason enough to look at once.
    world.discord.faults.deleteChannel(world.env.DISCORD_MENTORS_CHANNEL ?? '');
    await asks(discord.student, 'Nobody reads this here');
    await slack.mentor.sees(/Nobody reads this here/, 'channel');
    await looks(31, 33, 34, 60);
    await hear(/taken from me[\s\S]*DISCORD_MENTORS_CHANNEL \(\d+\) does not exist/);

    // Whoever looks after the programme finds all of it at any time, with what to do.
    await slack.coordinator.types('mini-admin');
    await slack.coordinator.sees(/What needs you|Nothing needs you/, 'private');
    await slack.coordinator.presses('Set-up');
    await slack.coordinator.sees(/needs attention[\s\S]*DISCORD_MENTORS_CHANNEL/, 'private');

    // Where it still can be seen it is taken, and the student hears of it.
    await slack.mentor.presses('Claim', /Nobody reads this here/);
    await slack.mentor.sees(/It is yours/, 'private');
    await discord.student.sees(/A mentor claimed your request/, 'dm');
  } finally {
    await app.stop();
    await world.close();
    await database.drop();
  }
});
