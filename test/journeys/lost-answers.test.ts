import { afterEach, describe, expect, test } from 'vitest';
import { after as later, MINUTE, SECOND } from '../../src/core/time.ts';
import type { ChildBot } from '../../src/sandbox/bot.ts';
import type { Place, SeenMessage } from '../../src/sandbox/person.ts';
import { asks, claims } from '../support/asking.ts';
import { runOn } from '../support/database.ts';
import { type Programme, startProgramme } from '../support/programme.ts';

let programme: Programme;
afterEach(() => programme.end());

const platforms = ['slack', 'discord'] as const;
type PlatformName = (typeof platforms)[number];

const about = (
  platform: PlatformName,
  who: 'student' | 'mentor',
  place: Place,
  words: RegExp,
): SeenMessage[] => programme.world.people[platform][who].sight(place).filter(({ text }) => words.test(text));

/** The platforms do what they are told next, and the bot never hears that they did. */
function loseNextPosts(): void {
  const { slack, discord } = programme.world;
  slack.faults.loseAnswer({ method: 'chat.postMessage' });
  discord.faults.fail({ path: /\/messages$/, method: 'POST', times: 1, status: 502, afterwards: true });
}

describe.each(platforms)('a message whose answer is lost, asked for on %s', (platform) => {
  test('stands once, and is brought up to date where it stands', async () => {
    programme = await startProgramme();
    const { world, bot, clock } = programme;
    loseNextPosts();
    await asks(world.people[platform].student, 'Card once');
    for (const each of platforms) await world.people[each].mentor.sees('Card once', 'channel');
    await bot.moveTo(later(clock.now(), 10 * SECOND));
    for (const each of platforms) expect(about(each, 'mentor', 'channel', /Card once/)).toHaveLength(1);

    loseNextPosts();
    await claims(world.people[platform].mentor, 'Card once');
    for (const each of platforms)
      await world.people[each].rival.sees(/Card once[\s\S]*Claimed by/, 'channel');
    await world.people[platform].student.sees(/A mentor claimed your request/, 'dm');
    // Later than Discord remembers a nonce.
    await bot.moveTo(later(clock.now(), 10 * MINUTE));
    expect(about(platform, 'student', 'dm', /A mentor claimed/)).toHaveLength(1);
    for (const each of platforms) expect(about(each, 'mentor', 'channel', /Card once/)).toHaveLength(1);
  });
});

describe.each(platforms)(
  'a bot that is killed between posting and noting it, asked for on %s',
  (platform) => {
    test('posts nothing twice', async () => {
      programme = await startProgramme({ ownProcess: true });
      const { world, bot, clock, databaseUrl } = programme;
      const child = bot as ChildBot;
      /** Leaves the database as it is at that moment: what was put for the first time is leased, and not known to stand. */
      const forgetPosts = async (): Promise<void> => {
        await child.kill();
        await runOn(
          databaseUrl,
          'DELETE FROM posts WHERE notice_key IN (SELECT key FROM notices WHERE version = 1)',
          `UPDATE notices SET state = 'PENDING', finished_at = NULL, attempts = 1, leased_until = now()
          WHERE state = 'SENT' AND version = 1`,
        );
        // Later than Discord remembers a nonce.
        clock.moveTo(later(clock.now(), 10 * MINUTE));
        await child.start();
      };
      await asks(world.people[platform].student, 'Cut short');
      for (const each of platforms) await world.people[each].mentor.sees('Cut short', 'channel');
      await bot.moveTo(later(clock.now(), SECOND));
      await forgetPosts();
      await claims(world.people[platform].mentor, 'Cut short');
      await world.people[platform].student.sees(/A mentor claimed your request/, 'dm');
      for (const each of platforms)
        await world.people[each].rival.sees(/Cut short[\s\S]*Claimed by/, 'channel');
      await bot.moveTo(later(clock.now(), SECOND));
      await forgetPosts();
      await bot.moveTo(later(clock.now(), SECOND));
      for (const each of platforms) expect(about(each, 'mentor', 'channel', /Cut short/)).toHaveLength(1);
      expect(about(platform, 'student', 'dm', /A mentor claimed/)).toHaveLength(1);
    });
  },
);

describe.each([true, false])(
  'an acknowledgement that ends in an error of Discord (it had arrived: %s)',
  (arrived) => {
    test('does not keep the bot from doing what was asked, once', async () => {
      programme = await startProgramme();
      const { world } = programme;
      const { student, mentor } = world.people.discord;
      const lose = () =>
        world.discord.faults.fail({
          path: /\/callback$/,
          method: 'POST',
          times: 1,
          status: 502,
          afterwards: arrived,
        });
      await student.types('mini-session', { duration: '30', urgency: 'normal' });
      lose();
      const sent = student.fills({
        Title: 'Typed',
        'Session type': 'Code review',
        Description: 'With care.',
      });
      await sent.catch((error: unknown) => {
        if (arrived) throw error;
      });
      await mentor.sees('Typed', 'channel');
      lose();
      await mentor.presses('Claim', 'Typed').catch((error: unknown) => {
        if (arrived) throw error;
      });
      if (arrived) await mentor.sees(/It is yours/, 'private');
      await student.sees(/A mentor claimed your request/, 'dm');
    });
  },
);
