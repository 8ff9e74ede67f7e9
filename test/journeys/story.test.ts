import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expiry, journey, type Step } from '../../src/sandbox/story.ts';
import { type Programme, startProgramme } from '../support/programme.ts';

const tell = async (steps: Step[], between: () => Promise<void> = async () => {}) => {
  for (const step of steps) {
    await between();
    await step.does().catch((error: unknown) => {
      throw new Error(`At “${step.says}”: ${error instanceof Error ? error.message : error}`, {
        cause: error,
      });
    });
  }
};

describe.each(['slack', 'discord'] as const)('the life of a request on %s', (platform) => {
  let programme: Programme;
  beforeAll(async () => {
    programme = await startProgramme();
  });
  afterAll(() => programme.end());

  test('from the form to the feedback', async () => {
    const { world, bot, clock } = programme;
    await tell(journey(platform, world, bot, clock));
  });

  test('expires when nobody claims it, and is renewed', async () => {
    const { world, bot, clock } = programme;
    await tell(expiry(platform, world, bot, clock));
  });
});

describe.each(['slack', 'discord'] as const)(
  'a bot that is killed between any two steps on %s',
  (platform) => {
    let programme: Programme;
    beforeAll(async () => {
      programme = await startProgramme({ ownProcess: true });
    });
    afterAll(() => programme.end());

    test('goes on with the story, and makes nothing twice', async () => {
      const { world, bot, clock } = programme;
      await tell(journey(platform, world, bot, clock), () => bot.crash());
      expect(world.google.events()).toHaveLength(1);
      const { mentor, student } = world.people[platform];
      for (const who of [mentor, student]) {
        const cards = who.sight('dm').filter(({ text }) => /Mini session (held|over|scheduled)/.test(text));
        expect(cards, `session cards of ${who.name}`).toHaveLength(1);
      }
      const posted = mentor.sight('channel').filter(({ text }) => /Why does CI fail/.test(text));
      expect(posted, 'cards in the mentors channel').toHaveLength(1);
    }, 180_000);
  },
);
