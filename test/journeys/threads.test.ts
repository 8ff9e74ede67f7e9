import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DAY, HOUR, after as later, MINUTE, SECOND } from '../../src/core/time.ts';
import type { Person } from '../../src/sandbox/person.ts';
import { asks, claims, schedules } from '../support/asking.ts';
import { rowsOf } from '../support/database.ts';
import { type Programme, startProgramme } from '../support/programme.ts';

let programme: Programme;
beforeEach(async () => {
  programme = await startProgramme();
});
afterEach(() => programme.end());

const inDays = (days: number) =>
  new Date(Math.ceil(later(programme.clock.now(), days * DAY).getTime() / HOUR) * HOUR);

/** Everything is delivered, also what a delivery made due. */
const settled = () => programme.bot.moveTo(later(programme.clock.now(), SECOND));

/** A session that both have, with its link. @returns when it starts */
async function planned(
  { student, mentor }: { student: Person; mentor: Person },
  title: string,
): Promise<Date> {
  const start = inDays(3);
  await asks(student, title);
  await claims(mentor, title);
  await student.sees(/A mentor claimed your request/, 'dm');
  await schedules(mentor, start);
  for (const who of [student, mentor]) await who.sees(/Mini session scheduled[\s\S]*meet\.google/, 'dm');
  return start;
}

describe.each(['slack', 'discord'] as const)('direct messages on %s', (platform) => {
  const people = () => programme.world.people[platform];
  const buttonsOf = (who: Person) => who.sight('dm').map(({ buttons }) => buttons);

  test('the newest carries all that can be done now, the earlier ones keep their words alone', async () => {
    const { student, mentor } = people();
    const start = await planned(people(), 'One at a time');
    await settled();
    expect(buttonsOf(student)).toEqual([[], ['Join', 'Move', 'Cancel']]);
    expect(buttonsOf(mentor)).toEqual([['Join', 'Move', 'Release', 'Hand over', 'Change link']]);

    await programme.bot.crash();
    await programme.bot.moveTo(later(start, -15 * MINUTE + SECOND));
    await settled();
    expect(buttonsOf(student)).toEqual([[], [], ['Join', 'Move', 'Cancel']]);
    const said = student.sight('dm').map(({ text }) => text);
    expect(said[0]).toMatch(/Mia|Mateo/);
    expect(said[1]).toMatch(/Mini session scheduled[\s\S]*meet\.google/);
    expect(said[2]).toMatch(/coming up/);

    // What stays goes on telling how things are, without the buttons that a newer message carries.
    await student.presses('Cancel', /coming up/);
    await student.fills({ Reason: 'I found it myself' });
    await mentor.sees(/The student cancelled[\s\S]*I found it myself/, 'dm');
    await settled();
    expect((await student.sees(/Mini session called off/, 'dm')).buttons).toEqual([]);
    const late = await rowsOf(
      programme.databaseUrl,
      `SELECT kind FROM notices WHERE state IN ('DEAD', 'PENDING') AND kind <> 'home'`,
    );
    expect(late).toEqual([]);
  });

  test('of two requests each keeps its own', async () => {
    const { student, mentor } = people();
    await asks(student, 'First');
    await claims(mentor, 'First');
    await asks(student, 'Second');
    await claims(mentor, 'Second');
    await student.sees(/Second/, 'dm');
    await settled();
    for (const buttons of buttonsOf(student))
      expect(buttons).toEqual(['Details', 'Propose a time', 'Cancel']);
  });
});

describe('on Slack', () => {
  const people = () => programme.world.people.slack;
  const direct = (who: Person) =>
    programme.world.slack.directMessages((who as { userId: string } & Person).userId);

  test('all about one request is one thread, across restarts; what asks or reminds is in sight', async () => {
    const { student } = people();
    const start = await planned(people(), 'One thread');
    await programme.bot.crash();
    await programme.bot.moveTo(later(start, -15 * MINUTE + SECOND));
    const [first, ...more] = direct(student);
    expect(first?.threadTs).toBeUndefined();
    expect(more.map(({ threadTs, broadcast }) => [threadTs, broadcast])).toEqual(
      more.map(() => [first?.ts, true]),
    );
    expect(more).toHaveLength(2);
  });

  test('when its first message was deleted, a new thread begins', async () => {
    const { student, mentor } = people();
    await asks(student, 'Tidied away');
    await claims(mentor, 'Tidied away');
    await student.sees(/A mentor claimed your request/, 'dm');
    const [gone] = direct(student);
    programme.world.slack.deletes(gone?.channel ?? '', gone?.ts ?? '');
    const start = inDays(3);
    await schedules(mentor, start);
    await student.sees(/Mini session scheduled/, 'dm');
    await programme.bot.moveTo(later(start, -15 * MINUTE + SECOND));
    await settled();
    const [first, ...more] = direct(student);
    expect(first?.threadTs).toBeUndefined();
    expect(more.map(({ threadTs }) => threadTs)).toEqual(more.map(() => first?.ts));
    expect(more.length).toBeGreaterThan(0);
  });

  test('a message whose answer got lost is in the thread once', async () => {
    const { student, mentor } = people();
    await asks(student, 'Lost answer');
    await claims(mentor, 'Lost answer');
    await student.sees(/A mentor claimed your request/, 'dm');
    programme.world.slack.faults.loseAnswer({ method: 'chat.postMessage', times: 2 });
    await schedules(mentor, inDays(3));
    await programme.bot.moveTo(later(programme.clock.now(), 5 * MINUTE));
    await settled();
    const cards = direct(student).filter(({ text }) => /Mini session scheduled/.test(text));
    expect(cards).toHaveLength(1);
    expect(cards[0]?.threadTs).toBe(direct(student)[0]?.ts);
  });
});
