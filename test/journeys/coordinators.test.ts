import { afterEach, beforeEach, test } from 'vitest';
import { HOUR, after as later } from '../../src/core/time.ts';
import { asks } from '../support/asking.ts';
import { type Programme, startProgramme } from '../support/programme.ts';

let programme: Programme;
beforeEach(async () => {
  programme = await startProgramme({
    env: ({ slack, discord, people }) => {
      const onSlack = slack.addChannel('coordinators');
      slack.join(onSlack, slack.botUserId);
      slack.join(onSlack, people.slack.mentor.userId);
      return {
        SLACK_COORDINATORS_CHANNEL: onSlack,
        DISCORD_COORDINATORS_CHANNEL: discord.addChannel('coordinators'),
      };
    },
  });
});
afterEach(() => programme.end());

test.each(['slack', 'discord'] as const)(
  'the coordinators of both platforms hear of a request on %s that nobody claims',
  async (platform) => {
    const { world, bot, clock } = programme;
    await asks(world.people[platform].student, 'Nobody comes');
    await bot.moveTo(later(clock.now(), 49 * HOUR));
    for (const { mentor } of Object.values(world.people)) {
      await mentor.sees(/No mentor yet: Nobody comes/, 'channel');
    }
  },
);
