import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import { after as later, MINUTE, SECOND } from '../../src/core/time.ts';
import type { Person } from '../../src/sandbox/person.ts';
import { asks, claims, confirmsTimes } from '../support/asking.ts';
import { type Programme, startProgramme } from '../support/programme.ts';

/** The days on which clocks change, in the order in which they come, and what the offset becomes. */
const changes = [
  ['America/New_York', '2027-03-14', '-04:00'],
  ['Europe/Berlin', '2027-03-28', '+02:00'],
  ['Australia/Sydney', '2027-04-04', '+10:00'],
  ['Australia/Sydney', '2027-10-03', '+11:00'],
  ['Europe/Berlin', '2027-10-31', '+01:00'],
  ['America/New_York', '2027-11-07', '-05:00'],
] as const;

/** 18:00 on the reader's own wall, so many days from the change. */
const wall = (zone: string, day: string, days: number) =>
  DateTime.fromISO(`${day}T18:00`, { zone }).plus({ days });

/**
 * The story of one change: booked before it and moved, both to after it. The bot is taken away in between, over the time
 * of the reminder.
 */
async function agreesAcross(
  programme: Programme,
  platform: 'slack' | 'discord',
  [zone, day, offset]: (typeof changes)[number],
): Promise<void> {
  const { world, bot, clock } = programme;
  /** A wall time as it is given there: Slack's picker gives the instant, on Discord people type. */
  const given = (at: DateTime, zone = '') =>
    platform === 'slack' ? (at.toUTC().toISO() ?? '') : `${at.toFormat('yyyy-MM-dd HH:mm')} ${zone}`.trim();
  const onWall = (at: DateTime) => new RegExp(`${at.setLocale('en-US').toFormat('LLLL d')}\\D.*6:00\\sPM`);
  const eventStart = (title: string): string => {
    const event = world.google.events().find(({ summary }) => summary?.includes(title));
    return new Date(event?.start.dateTime ?? '').toISOString();
  };
  const reads = async (who: Person, words: RegExp, at: DateTime) =>
    expect((await who.sees(words, 'dm')).text).toMatch(onWall(at));

  const title = `Clocks ${zone} ${day}`;
  const { mentor } = world.people[platform];
  const student = world[platform].addUser({ name: `Reader ${day}`, timeZone: zone });
  await bot.moveTo(wall(zone, day, -2).toJSDate());
  const [booked, moved] = [wall(zone, day, 1), wall(zone, day, 2)];
  expect(moved.toFormat('ZZ')).toBe(offset);
  expect(wall(zone, day, -1).toFormat('ZZ')).not.toBe(offset);

  await asks(student, title, {
    [platform === 'slack' ? 'Preferred times (1)' : 'Preferred times']: given(booked, zone),
  });
  await claims(mentor, title);
  await mentor.presses('Schedule', title);
  await mentor.sees(/When do you meet/, 'private');
  await mentor.presses('Take this time');
  await reads(student, new RegExp(`Mini session scheduled[\\s\\S]*${title}[\\s\\S]*meet\\.google`), booked);
  expect(eventStart(title)).toBe(booked.toUTC().toISO());

  // Moved while the old time still holds; on Discord the zone is remembered.
  await student.presses('Move', /Mini session scheduled/);
  await student.fills({ Start: given(moved) });
  await confirmsTimes(student);
  await student.sees(/You proposed a time/, 'private');
  await mentor.sees(new RegExp(`May we move[\\s\\S]*${title}`), 'dm');
  await mentor.presses('Accept', new RegExp(`May we move[\\s\\S]*${title}`));
  await reads(student, /Your mini session has moved/, moved);

  clock.moveTo(later(moved.toJSDate(), -15 * MINUTE + SECOND));
  await bot.crash();
  await student.sees(new RegExp(`coming up[\\s\\S]*${title}[\\s\\S]*in 1[45] minutes`), 'dm');
  const today = new RegExp(`scheduled[\\s\\S]*${title}[\\s\\S]*6:00\\sPM`);
  await student.sees(today, 'dm');
  await mentor.sees(new RegExp(`coming up[\\s\\S]*${title}[\\s\\S]*in 1[45] minutes`), 'dm');
  expect(eventStart(title)).toBe(moved.toUTC().toISO());
}

// Each platform has a programme and a clock of its own, so the two years go by side by side.
describe.concurrent('the agreed time stays on the wall when clocks change between booking and session', () => {
  test.each(['slack', 'discord'] as const)(
    'on %s',
    async (platform) => {
      const programme = await startProgramme();
      try {
        for (const change of changes) await agreesAcross(programme, platform, change);
      } finally {
        await programme.end();
      }
    },
    300_000,
  );
});
