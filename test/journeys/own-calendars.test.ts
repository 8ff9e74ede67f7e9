import { DateTime } from 'luxon';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DAY, HOUR, after as later } from '../../src/core/time.ts';
import type { Person } from '../../src/sandbox/person.ts';
import { asks, choosesAnotherTime, claims } from '../support/asking.ts';
import { rowsOf } from '../support/database.ts';
import { type Programme, startProgramme } from '../support/programme.ts';

let programme: Programme;
beforeEach(async () => {
  programme = await startProgramme();
});
afterEach(() => programme.end());

const ADDRESS = 'sam.student@example.org';
const MINE = 'mia.mentor@example.org';
/** A full hour, so many days ahead. */
const inDays = (days: number) =>
  new Date(Math.ceil(later(programme.clock.now(), days * DAY).getTime() / HOUR) * HOUR);
const hourFrom = (start: Date) => ({
  start: start.toISOString(),
  end: later(start, HOUR).toISOString(),
});
const iso = (at: Date) => DateTime.fromJSDate(at, { zone: 'UTC' }).toFormat("yyyy-MM-dd HH:mm 'UTC'");
const lookedAt = () => rowsOf(programme.databaseUrl, 'SELECT FROM member_preferences WHERE look_at_calendar');
const looks = () => programme.wire.filter(({ path }) => path.startsWith('/calendar/v3/freeBusy'));

describe.each(['slack', 'discord'] as const)('on %s', (platform) => {
  const offers = (...times: Date[]): Record<string, string> =>
    platform === 'slack'
      ? Object.fromEntries(times.map((at, i) => [`Preferred times (${i + 1})`, at.toISOString()]))
      : { 'Preferred times': times.map(iso).join(', ') };

  const opensCalendar = async (who: Person) => {
    await who.types('mini-sessions');
    await who.sees(/My requests/, 'private');
    await who.presses('My settings', /My requests/);
    await who.sees(/My settings[\s\S]*Calendar/, 'private');
    await who.presses('Calendar', /My settings/);
    return who.sees(/My calendar/, 'private');
  };
  const isInvited = async (who: Person, address: string) => {
    await opensCalendar(who);
    await who.presses('Invite me by e-mail', /My calendar/);
    await who.fills({ 'Your e-mail address': address });
    await who.sees(/Invitations to your sessions go to/, 'private');
  };
  const shows = async (who: Person, label: string) =>
    expect
      .poll(() => who.sight('private').some(({ buttons }) => buttons.includes(label)), { timeout: 10_000 })
      .toBe(true);
  const wantsALook = async (who: Person, outcome: RegExp) => {
    await shows(who, 'Look at my calendar');
    await who.presses('Look at my calendar', /My calendar/);
    await who.sees(outcome, 'private');
  };
  /** How many times the mentor can take, and what the card says of calendars. */
  const choices = async (mentor: Person, title: string) => {
    await mentor.presses('Schedule', title);
    const { text, buttons } = await mentor.sees(new RegExp(`When do you meet[\\s\\S]*${title}`), 'private');
    return { text, takes: buttons.filter((label) => label.startsWith('Take')).length };
  };

  test('times at which somebody is busy are left out, for those who asked for it, and shown to nobody', async () => {
    const { student, mentor } = programme.world.people[platform];
    const { google } = programme.world;
    const [free, taken, mentors] = [inDays(2), inDays(3), inDays(4)];
    // The address alone was given for invitations: nobody is looked at because of it.
    await isInvited(student, ADDRESS);
    await asks(student, 'Not asked', offers(free, taken, mentors));
    await claims(mentor, 'Not asked');
    const before = await choices(mentor, 'Not asked');
    expect(before.takes).toBe(3);
    expect(before.text).not.toMatch(/calendar of/);
    expect(looks()).toEqual([]);

    // Google does not know the calendar at first; once it is shared, the try says so.
    await opensCalendar(student);
    await wantsALook(student, /could not see your calendar[\s\S]*free\/busy/);
    google.calendarsOf({ [ADDRESS]: { busy: [hourFrom(taken)] }, [MINE]: { busy: [hourFrom(mentors)] } });
    await student.presses('Do not look any more', /could not see your calendar/);
    await expect.poll(lookedAt, { timeout: 10_000 }).toEqual([]);
    await wantsALook(student, /Google tells me when your calendar is busy/);
    await isInvited(mentor, MINE);
    await wantsALook(mentor, /Google tells me when your calendar is busy/);

    await asks(student, 'Looked at', offers(free, taken, mentors));
    await claims(mentor, 'Looked at');
    const { text, takes } = await choices(mentor, 'Looked at');
    // The free one, and the one that is busy in the mentor's own calendar, which is theirs to judge.
    expect(takes).toBe(2);
    expect(text).toMatch(/your calendar is busy then/);
    expect(text).toContain('Held against your calendar.');
    expect(text).toContain(`Held against the calendar of ${student.name}.`);
    expect(text).not.toMatch(/student has another session/);
    await mentor.presses('Take time 1', /Looked at/);
    await mentor.sees(/The session is set/, 'private');

    // Neither an address nor a busy time is shown to the other, or kept.
    for (const [who, secret] of [
      [mentor, ADDRESS],
      [student, MINE],
    ] as const) {
      for (const place of ['dm', 'private', 'channel'] as const) {
        expect(JSON.stringify(who.sight(place))).not.toContain(secret);
      }
    }
    const rows = await rowsOf(programme.databaseUrl, 'SELECT * FROM member_preferences');
    expect(JSON.stringify(rows)).not.toContain(taken.toISOString());

    // Whoever wants no invitations any more is not looked at either.
    await opensCalendar(student);
    await shows(student, 'No invitations any more');
    await student.presses('No invitations any more', /My calendar/);
    await expect.poll(lookedAt, { timeout: 10_000 }).toHaveLength(1);
  }, 60_000);

  test('whoever proposes a time hears of their own calendar, and the other does not', async () => {
    const { student, mentor } = programme.world.people[platform];
    const [one, another] = [inDays(2), inDays(3)];
    programme.world.google.calendarsOf({ [MINE]: { busy: [hourFrom(another)] } });
    await isInvited(mentor, MINE);
    await wantsALook(mentor, /Google tells me/);
    await asks(student, 'By hand', offers(one));
    await claims(mentor, 'By hand');
    await choosesAnotherTime(mentor, another);
    const words = 'Your own calendar has something then';
    expect((await mentor.sees(/You proposed a time[\s\S]*By hand/, 'private')).text).toContain(words);
    expect((await student.sees(/Does this time suit you[\s\S]*By hand/, 'dm')).text).not.toContain(words);
    expect(looks().length).toBeGreaterThan(1);
  }, 60_000);

  test('the times come all the same when Google hangs, refuses, or does not know somebody', async () => {
    const { student, mentor } = programme.world.people[platform];
    const { google } = programme.world;
    const [one, another] = [inDays(2), inDays(3)];
    google.calendarsOf({ [ADDRESS]: { busy: [hourFrom(another)] } });
    await isInvited(student, ADDRESS);
    await wantsALook(student, /Google tells me/);
    const unread = `The calendar of ${student.name} could not be read just now.`;
    const troubles: [title: string, trouble: () => void][] = [
      ['Google hangs', () => google.fails('hangs', /freeBusy/)],
      ['Google has enough', () => google.fails('tooManyRequests', /freeBusy/)],
      ['Google sees nothing', () => google.calendarsOf({ [ADDRESS]: 'internalError' })],
    ];
    for (const [title, trouble] of troubles) {
      await asks(student, title, offers(one, another));
      await claims(mentor, title);
      trouble();
      const began = performance.now();
      const { text, takes } = await choices(mentor, title);
      expect(performance.now() - began).toBeLessThan(8_000);
      expect(text).toContain(unread);
      expect(takes).toBe(2);
    }
  }, 60_000);
});
