import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DAY, HOUR, after as later, MINUTE, SECOND } from '../../src/core/time.ts';
import type { Person } from '../../src/sandbox/person.ts';
import {
  asks,
  choosesAnotherTime,
  claims,
  preferring,
  pressesTaken,
  proposes,
  schedules,
} from '../support/asking.ts';
import { rowsOf } from '../support/database.ts';
import { type Programme, startProgramme } from '../support/programme.ts';

let programme: Programme;
beforeEach(async () => {
  programme = await startProgramme();
});
afterEach(() => programme.end());

/** A full hour, so many days ahead. */
const inDays = (days: number) =>
  new Date(Math.ceil(later(programme.clock.now(), days * DAY).getTime() / HOUR) * HOUR);

/** What the calendar holds: its one event, with its link and its start. */
const onlyEvent = () => {
  const events = programme.world.google.events().filter(({ status }) => status === 'confirmed');
  expect(events).toHaveLength(1);
  const [event] = events;
  return { id: event?.id, link: event?.hangoutLink, start: new Date(event?.start.dateTime ?? '') };
};

const LINK = /https:\/\/meet\.google\.com\/[a-z-]+/;
const scheduledCard = /Mini session scheduled[\s\S]*https:\/\/meet\.google\.com/;
const linkIn = (text: string) => LINK.exec(text)?.[0];
const count = (who: Person, words: RegExp) => who.sight('dm').filter(({ text }) => words.test(text)).length;

describe.each(['slack', 'discord'] as const)('on %s', (platform) => {
  const people = () => programme.world.people[platform];

  /** A request that the mentor claimed; the student named one time. */
  async function claimed(title: string): Promise<void> {
    const { student, mentor } = people();
    await asks(student, title, preferring(student, inDays(3)));
    await claims(mentor, title);
  }
  /** A session that both have, with its link. */
  async function scheduled(title: string, start: Date): Promise<void> {
    const { student, mentor } = people();
    await asks(student, title);
    await claims(mentor, title);
    await schedules(mentor, start);
    for (const who of [student, mentor]) await who.sees(scheduledCard, 'dm');
  }

  test('a time outside the student’s wishes is proposed, and holds once the student accepts', async () => {
    const { student, mentor } = people();
    await claimed('Outside');
    const start = inDays(4);
    await choosesAnotherTime(mentor, start);
    await mentor.sees(/You proposed a time[\s\S]*set as soon as they accept/, 'private');
    const asked = await student.sees(/Does this time suit you\?[\s\S]*Outside/, 'dm');
    expect(asked.buttons).toEqual(['Accept', 'Decline', 'Another time', 'Cancel']);
    expect(programme.world.google.events()).toEqual([]);

    await programme.bot.crash();
    await student.presses('Accept', /Does this time suit you/);
    await student.sees(/The session is set/, 'private');
    for (const who of [student, mentor]) await who.sees(scheduledCard, 'dm');
    expect(onlyEvent().start).toEqual(start);
    await mentor.sees(/Outside[\s\S]*Scheduled by/, 'channel');
  });

  test('the student declines, the mentor proposes again, the student another, the mentor accepts', async () => {
    const { student, mentor } = people();
    await claimed('Back and forth');
    await choosesAnotherTime(mentor, inDays(4));
    await student.sees(/Does this time suit you/, 'dm');
    await student.presses('Decline', /Does this time suit you/);
    await student.sees(/You declined that time/, 'private');
    await mentor.sees(/time you proposed does not suit[\s\S]*Please propose another/, 'dm');

    await proposes(mentor, ['Propose another time', /does not suit/], inDays(5), 'After my exam');
    await student.sees(/Does this time suit you[\s\S]*After my exam/, 'dm');
    const start = inDays(6);
    await proposes(student, ['Another time', /After my exam/], start, 'I am on a train');
    await mentor.sees(/Does this time suit you[\s\S]*I am on a train/, 'dm');
    await mentor.presses('Accept', /I am on a train/);
    await mentor.sees(/The session is set/, 'private');
    await student.sees(scheduledCard, 'dm');
    expect(onlyEvent().start).toEqual(start);

    // What was answered long ago explains itself, and changes nothing.
    for (const button of ['Accept', 'Decline']) {
      await pressesTaken(student, button, /After my exam/);
      await student.sees(/no longer stands/, 'private');
      await student.types('mini-sessions');
      await student.sees(/My requests[\s\S]*Scheduled/, 'private');
    }
    expect(onlyEvent().start).toEqual(start);
  });

  test('an old proposal’s buttons never answer the one that took its place', async () => {
    const { student, mentor } = people();
    await scheduled('Replaced', inDays(2));
    await proposes(mentor, ['Move', /Mini session scheduled/], inDays(3), 'first idea');
    await student.sees(/May we move the session[\s\S]*first idea/, 'dm');
    const second = inDays(4);
    await proposes(mentor, ['Move', /Mini session scheduled/], second, 'second idea');
    await student.sees(/May we move the session[\s\S]*second idea/, 'dm');
    await pressesTaken(student, 'Decline', /first idea/);
    await student.sees(/no longer stands/, 'private');
    await student.presses('Accept', /second idea/);
    await student.sees(/Your mini session has moved/, 'dm');
    await programme.bot.moveTo(later(programme.clock.now(), SECOND));
    expect(onlyEvent().start).toEqual(second);
    expect(count(mentor, /does not suit/)).toBe(0);
  });

  test.each(['student', 'mentor'] as const)(
    'the %s moves the session: same link, same event, reminders only at the new time',
    async (mover) => {
      const { bot } = programme;
      const { student, mentor } = people();
      const moving = people()[mover];
      const other = mover === 'student' ? mentor : student;
      const [from, to] = [inDays(2), inDays(5)];
      await scheduled('On the move', from);
      const before = onlyEvent();
      const link = linkIn((await other.sees(scheduledCard, 'dm')).text);

      await proposes(moving, ['Move', /Mini session scheduled/], to, 'My train is late');
      const asked = await other.sees(/May we move the session\?[\s\S]*My train is late/, 'dm');
      expect(asked.buttons.slice(0, 4)).toEqual(['Accept', 'Decline', 'Another time', 'Join']);
      expect(onlyEvent()).toEqual(before);
      await bot.crash();
      await other.presses('Accept', /May we move the session/);
      for (const who of [student, mentor]) {
        const moved = await who.sees(/Your mini session has moved[\s\S]*The link stays the same/, 'dm');
        expect(linkIn(moved.text)).toBe(link);
        expect(count(who, /Mini session scheduled/), `session cards of ${who.name}`).toBe(1);
      }
      await bot.moveTo(later(programme.clock.now(), SECOND));
      expect(onlyEvent()).toEqual({ ...before, start: to });

      await bot.moveTo(later(from, -14 * MINUTE));
      await bot.moveTo(later(from, HOUR));
      for (const who of [student, mentor]) expect(count(who, /coming up|How was your/)).toBe(0);
      await bot.moveTo(later(to, -DAY + SECOND));
      await bot.crash();
      await bot.moveTo(later(to, -15 * MINUTE + SECOND));
      for (const who of [student, mentor]) {
        await who.sees(/coming up[\s\S]*in 1[45] minutes/, 'dm');
        expect(count(who, /coming up/), `reminders of ${who.name}`).toBe(2);
      }
    },
  );

  test('declined, a session stays where it was', async () => {
    const { student, mentor } = people();
    const start = inDays(2);
    await scheduled('Stays', start);
    await proposes(student, ['Move', /Mini session scheduled/], inDays(3));
    await mentor.sees(/May we move the session/, 'dm');
    await mentor.presses('Decline', /May we move the session/);
    await mentor.sees(/You declined that time[\s\S]*stays as planned/, 'private');
    await student.sees(/time you proposed does not suit[\s\S]*stays as planned/, 'dm');
    expect(onlyEvent().start).toEqual(start);
    await programme.bot.moveTo(later(start, -15 * MINUTE + SECOND));
    await student.sees(/coming up/, 'dm');
  });

  test('a proposal that nobody answered in time explains itself', async () => {
    const { student, mentor } = people();
    await claimed('Too late');
    const proposed = inDays(1);
    await choosesAnotherTime(mentor, proposed);
    await student.sees(/Does this time suit you/, 'dm');
    await programme.bot.moveTo(later(proposed, MINUTE));
    await pressesTaken(student, 'Accept', /Does this time suit you/);
    await student.sees(/is in the past/, 'private');
    expect(programme.world.google.events()).toEqual([]);
  });

  test.each([
    ['student', 'Cancel', /The student cancelled/, 5 * HOUR, true],
    ['mentor', 'Release', /Your request is open again/, 5 * HOUR, true],
    ['student', 'Cancel', /The student cancelled/, 30 * HOUR, false],
  ] as const)('the %s calls off with a reason: %s', async (who, button, news, ahead, late) => {
    const { world, bot, databaseUrl } = programme;
    const { student, mentor } = people();
    const start = inDays(2);
    await scheduled('Called off', start);
    await bot.moveTo(later(start, -ahead));
    const [calling, other] = who === 'student' ? [student, mentor] : [mentor, student];
    // Whatever is the newest by then carries it.
    await calling.presses(button);
    await calling.fills({ Reason: 'I am ill, sorry' });
    await calling.sees(who === 'student' ? /Your request is cancelled/ : /You gave it back/, 'private');
    await other.sees(new RegExp(`${news.source}[\\s\\S]*I am ill, sorry`), 'dm');
    for (const reader of [student, mentor]) {
      const card = await reader.sees(/Mini session called off[\s\S]*I am ill, sorry/, 'dm');
      expect(card.text).toMatch(new RegExp(`by @?${calling.name}`));
      expect(card.buttons).toEqual([]);
    }
    expect(
      await rowsOf(databaseUrl, 'SELECT called_off_reason, called_off_late FROM mini_mentorship_sessions'),
    ).toEqual([{ called_off_reason: 'I am ill, sorry', called_off_late: late }]);
    await bot.moveTo(later(start, HOUR));
    expect(world.google.events().filter(({ status }) => status === 'confirmed')).toEqual([]);
    for (const reader of [student, mentor])
      expect(count(reader, /in 1[45] minutes|has begun|How was/)).toBe(0);
  });
});
