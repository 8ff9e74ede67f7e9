import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { after, DAY, HOUR, MINUTE } from '../../src/core/time.ts';
import { instantAt, wallAt } from '../../src/core/zones.ts';
import type { Person } from '../../src/sandbox/person.ts';
import { asks, claims, preferring, schedules } from '../support/asking.ts';
import { type Programme, startProgramme } from '../support/programme.ts';

// Reminders of one's own choice, and nights in which nobody is woken. The bot is taken away in the middle.

let programme: Programme;
beforeEach(async () => {
  programme = await startProgramme({ env: { QUIET_HOURS: 'on' } });
});
afterEach(() => programme.end());

const howOften = (who: Person, text: RegExp) =>
  who.sight('dm').filter((message) => text.test(message.text)).length;

describe.each(['slack', 'discord'] as const)('on %s', (platform) => {
  const people = () => programme.world.people[platform];
  /** The next time at which clocks show this hour where somebody lives, at least an hour ahead. */
  const nextAt = (hour: number, { timeZone }: Person): Date => {
    const soon = after(programme.clock.now(), HOUR);
    const today = instantAt(wallAt(soon, timeZone).date, hour * 60, timeZone);
    return today > soon ? today : after(today, DAY);
  };

  /** On Discord nobody knows a zone that somebody has not told. */
  async function tellsZone(who: Person): Promise<void> {
    if (platform === 'slack') return;
    await who.types('mini-sessions');
    await who.sees(/My requests/, 'private');
    await who.presses('My settings', /My requests/);
    await who.sees(/My settings/, 'private');
    await who.presses('Time zone', /My settings/);
    await who.fills({ 'Your time zone': who.timeZone });
    await who.sees(/My settings/, 'private');
  }

  async function settings(who: Person, label: string): Promise<void> {
    await who.types('mini-sessions');
    await who.sees(/My requests/, 'private');
    await who.presses('My settings', /My requests/);
    await who.sees(/My settings/, 'private');
    await who.presses(label, /My settings/);
  }

  test('nobody is woken, except by what is about to start; who is awake hears at once', async () => {
    const { student, mentor } = people();
    await tellsZone(student);
    await asks(student, 'Sleep well');
    // The student did something just now, so the first word comes at any hour.
    await claims(mentor, 'Sleep well');
    await student.sees(/claimed|took|takes/i, 'dm');

    const night = nextAt(23, student);
    await programme.bot.moveTo(night);
    const startsAt = after(night, 7 * HOUR + 30 * MINUTE);
    await schedules(mentor, startsAt);
    await programme.bot.crash();
    expect(howOften(student, /Does this time suit you|Mini session scheduled/)).toBe(0);
    // It is about a session at half past six, so it comes two hours before.
    await programme.bot.moveTo(after(startsAt, -2 * HOUR + MINUTE));
    await student.sees(/Mini session scheduled/, 'dm');
    await programme.bot.moveTo(after(startsAt, -15 * MINUTE + MINUTE));
    await student.sees(/Your mini session is coming up/, 'dm');
  });

  test('quiet hours of one’s own, or none', async () => {
    const { student, mentor } = people();
    await tellsZone(student);
    await settings(student, 'Quiet hours');
    await student.fills({ 'Which hours': 'None: write at any hour' });
    await student.sees(/Quiet hours[\s\S]*None/, 'private');
    await asks(student, 'Night owl');
    await programme.bot.moveTo(nextAt(23, student));
    await claims(mentor, 'Night owl');
    await student.sees(/claimed|took|takes/i, 'dm');
  });

  test('reminders of one’s own choice; after a downtime they tell the truth, once', async () => {
    const { student, mentor } = people();
    const startsAt = after(nextAt(15, student), 9 * DAY);
    await asks(student, 'In good time', preferring(student, startsAt));
    await claims(mentor, 'In good time');
    await mentor.presses('Schedule');
    await mentor.sees(/When do you meet/, 'private');
    await mentor.presses('Take this time', /When do you meet/);
    await mentor.sees(/The session is set/, 'private');

    await settings(student, 'Reminders');
    await student.sees(/message, 1 day, 15 minutes before/, 'private');
    await student.presses('1 week', /When shall I remind you/);
    await student.sees(/message, 1 week, 1 day, 15 minutes before/, 'private');
    await student.presses('✓ 1 day', /When shall I remind you/);
    const card = await student.sees(/message, 1 week, 15 minutes before/, 'private');
    expect(card.buttons).toEqual(expect.arrayContaining(['✓ 1 week', '1 day', '✓ 15 minutes', '5 minutes']));

    const comingUp = /Your mini session is coming up/;
    await programme.bot.moveTo(after(startsAt, -7 * DAY + MINUTE));
    await student.sees(comingUp, 'dm');
    expect(howOften(mentor, comingUp)).toBe(0);
    await programme.bot.crash();
    await programme.bot.moveTo(after(startsAt, -DAY + MINUTE));
    expect(howOften(student, comingUp)).toBe(1);
    // Away over the last reminder, and four minutes longer.
    programme.clock.moveTo(after(startsAt, 4 * MINUTE));
    await programme.bot.crash();
    await programme.bot.moveTo(programme.clock.now());
    expect((await student.sees(/Your mini session has begun/, 'dm')).text).toMatch(/4 minutes ago/);
    await programme.bot.crash();
    await programme.bot.moveTo(after(startsAt, 2 * HOUR));
    expect(howOften(student, /Your mini session has begun/)).toBe(1);
    expect(howOften(student, comingUp)).toBe(1);
  });
});
