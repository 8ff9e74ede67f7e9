import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DAY, HOUR, after as later } from '../../src/core/time.ts';
import { asks, claims, proposes, schedules } from '../support/asking.ts';
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
const scheduledCard = /Mini session scheduled[\s\S]*https:\/\/meet\.google\.com/;
const ADDRESS = 'Sam.Student+mini@example.org';

describe.each(['slack', 'discord'] as const)('on %s', (platform) => {
  test('whoever agreed to it is invited, hears of a move, and is forgotten when they want to be', async () => {
    const { student, mentor } = programme.world.people[platform];
    const { google } = programme.world;
    const opensCalendar = async () => {
      await student.types('mini-sessions');
      await student.sees(/My requests/, 'private');
      await student.presses('My settings', /My requests/);
      await student.sees(/My settings[\s\S]*Calendar/, 'private');
      await student.presses('Calendar', /My settings/);
      return student.sees(/My calendar/, 'private');
    };
    // There are no pages here, so no links are offered.
    expect((await opensCalendar()).buttons).toEqual(['Invite me by e-mail', 'My settings']);
    await student.presses('Invite me by e-mail', /My calendar/);
    await student.fills({ 'Your e-mail address': 'sam at example' });
    if (platform === 'slack') {
      expect((await student.form()).fields[0]?.error).toMatch(/is not an e-mail address/);
    } else {
      await student.sees(/is not an e-mail address/, 'private');
      await student.presses('Edit and send again');
    }
    await student.fills({ 'Your e-mail address': ADDRESS });
    await student.sees(/Invitations to your sessions go to[\s\S]*Nobody else is shown it/, 'private');

    await asks(student, 'By mail');
    await claims(mentor, 'By mail');
    await schedules(mentor, inDays(2));
    for (const who of [student, mentor]) await who.sees(scheduledCard, 'dm');
    expect(google.events()).toMatchObject([
      { attendees: [{ email: ADDRESS }], guestsCanSeeOtherGuests: false },
    ]);
    await proposes(mentor, ['Move', scheduledCard], inDays(3));
    await student.sees(/May we move the session/, 'dm');
    await student.presses('Accept', /May we move the session/);
    const mails = () => google.mails().map(({ to, what }) => [to, what]);
    await expect.poll(mails, { timeout: 10_000 }).toEqual([
      [ADDRESS, 'invited'],
      [ADDRESS, 'changed'],
    ]);

    const LABEL = 'No invitations any more';
    await opensCalendar();
    const offered = () => student.sight('private').some(({ buttons }) => buttons.includes(LABEL));
    await expect.poll(offered, { timeout: 10_000 }).toBe(true);
    await student.presses(LABEL, /My calendar/);
    await expect.poll(mails, { timeout: 10_000 }).toHaveLength(3);
    expect(mails().at(-1)).toEqual([ADDRESS, 'cancelled']);
    expect(google.events()).toMatchObject([{ status: 'confirmed', attendees: [] }]);
    const kept = await rowsOf(programme.databaseUrl, 'SELECT * FROM member_preferences');
    expect(JSON.stringify(kept)).not.toContain('example.org');

    // Nobody but Google and the student themselves was told of it.
    for (const place of ['dm', 'private', 'channel'] as const) {
      expect(JSON.stringify(mentor.sight(place))).not.toContain('example.org');
    }
  });
});
