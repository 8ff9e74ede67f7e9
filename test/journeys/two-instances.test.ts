import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createLog } from '../../src/log.ts';
import { type Bot, startBot } from '../../src/sandbox/bot.ts';
import { expiry, journey } from '../../src/sandbox/story.ts';
import { rowsOf } from '../support/database.ts';
import { type Programme, startProgramme } from '../support/programme.ts';

let programme: Programme;
let second: Bot;
beforeEach(async () => {
  programme = await startProgramme();
  const { world, clock, databaseUrl } = programme;
  second = await startBot({ ...world.env, DATABASE_URL: databaseUrl }, clock, createLog('silent'));
});
afterEach(async () => {
  await second.stop();
  await programme.end();
});

/** Both do at once what became due. */
const both = (): Bot => ({
  moveTo: async (instant) => {
    await Promise.all([programme.bot.moveTo(instant), second.moveTo(instant)]);
  },
  crash: () => programme.bot.crash(),
  stop: async () => {},
});

describe.each(['slack', 'discord'] as const)(
  'two instances of the bot on one database, on %s',
  (platform) => {
    test('tell the story as one', async () => {
      const { world, clock, databaseUrl } = programme;
      for (const step of journey(platform, world, both(), clock)) await step.does();
      for (const step of expiry(platform, world, both(), clock)) await step.does();

      expect(world.google.events()).toHaveLength(1);
      const { student, mentor } = world.people[platform];
      const times = (who: typeof student, words: RegExp): number =>
        who.sight('dm').filter(({ text }) => words.test(text)).length;
      expect(times(student, /A mentor claimed your request/)).toBe(1);
      expect(times(student, /Nobody could take your request in time/)).toBe(1);
      for (const who of [student, mentor]) {
        expect(times(who, /coming up|has begun/), `reminders of ${who.name}`).toBe(2);
        expect(times(who, /How was your mini session/), `questions to ${who.name}`).toBe(1);
      }
      for (const each of ['slack', 'discord'] as const) {
        const cards = world.people[each].mentor
          .sight('channel')
          .filter(({ text }) => /Why does CI fail/.test(text));
        expect(cards, `cards on ${each}`).toHaveLength(1);
      }
      const doubled = await rowsOf(
        databaseUrl,
        `SELECT action, request_id, count(*) FROM audit_log WHERE action NOT IN ('joinSession', 'submitSessionFeedback', 'makeMeeting')
        GROUP BY 1, 2, actor_id, from_status, to_status HAVING count(*) > 1`,
      );
      expect(doubled).toEqual([]);
    });
  },
);
