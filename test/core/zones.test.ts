import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import { dateAfter, instantAt, isDate, offsetAt, wallAt, weekdayOf } from '../../src/core/zones.ts';

const zones = Intl.supportedValuesOf('timeZone');
const zone = fc.constantFrom(...zones);
const instant = fc.date({ min: new Date('1990-01-01'), max: new Date('2060-01-01'), noInvalidDate: true });
const minuteOfDay = fc.integer({ min: 0, max: 1440 });
const date = instant.map((at) => at.toISOString().slice(0, 10));
const RUNS = { numRuns: 3_000 };

describe('over all zones and seventy years', () => {
  test('the wall shows what luxon says it shows', () => {
    fc.assert(
      fc.property(instant, zone, (at, name) => {
        const there = DateTime.fromJSDate(at, { zone: name });
        expect(wallAt(at, name)).toEqual({ date: there.toISODate(), minute: there.hour * 60 + there.minute });
        expect(offsetAt(at, name)).toBe(there.offset * 60_000);
        expect(weekdayOf(there.toISODate() ?? '')).toBe(there.weekday);
      }),
      RUNS,
    );
  });

  test('a time on the wall is the first instant at which luxon shows it, or what comes after it', () => {
    fc.assert(
      fc.property(date, minuteOfDay, zone, (day, minute, name) => {
        const at = instantAt(day, minute, name);
        const wanted = DateTime.fromISO(day, { zone: 'UTC' })
          .plus({ minutes: minute })
          .toFormat('yyyy-MM-dd HH:mm');
        const shown = (ms: number) => DateTime.fromMillis(ms, { zone: name }).toFormat('yyyy-MM-dd HH:mm');
        expect(shown(at.getTime()) >= wanted).toBe(true);
        // Never before: each minute of the three hours that lead to it shows something earlier.
        for (let ms = at.getTime() - 3 * 3_600_000; ms < at.getTime(); ms += 5 * 60_000) {
          expect(shown(ms) < wanted).toBe(true);
        }
        expect(shown(at.getTime() - 1) < wanted).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  test('days around a change of the clocks: windows never end before they start', () => {
    const changes = [
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'America/Santiago',
      'Africa/Cairo',
      'Pacific/Chatham',
    ].flatMap((name) =>
      Array.from({ length: 12 * 366 }, (_, i) => dateAfter('2020-01-01', i))
        .filter(
          (day) =>
            offsetAt(new Date(`${day}T00:00:00Z`), name) !==
            offsetAt(new Date(`${dateAfter(day, 1)}T00:00:00Z`), name),
        )
        .flatMap((day) => [dateAfter(day, -1), day, dateAfter(day, 1)].map((near) => [near, name] as const)),
    );
    expect(changes.length).toBeGreaterThan(200);
    for (const [day, name] of changes) {
      const times = Array.from({ length: 97 }, (_, i) => instantAt(day, i * 15, name).getTime());
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect(times[0]).toBe(DateTime.fromISO(day, { zone: name }).startOf('day').toMillis());
    }
  }, 60_000);
});

describe('where clocks change', () => {
  test.each([
    ['an ordinary day', '2026-06-01', 9 * 60, 'Europe/Berlin', '2026-06-01T07:00:00Z'],
    ['skipped: the moment of the jump', '2026-03-29', 2 * 60 + 30, 'Europe/Berlin', '2026-03-29T01:00:00Z'],
    ['right after the jump', '2026-03-29', 3 * 60, 'Europe/Berlin', '2026-03-29T01:00:00Z'],
    ['twice: the first of the two', '2026-10-25', 2 * 60 + 30, 'Europe/Berlin', '2026-10-25T00:30:00Z'],
    ['right after what comes twice', '2026-10-25', 3 * 60, 'Europe/Berlin', '2026-10-25T02:00:00Z'],
    ['half an hour only', '2026-10-04', 2 * 60 + 15, 'Australia/Lord_Howe', '2026-10-03T15:30:00Z'],
    ['a day that was left out', '2011-12-30', 12 * 60, 'Pacific/Apia', '2011-12-30T10:00:00Z'],
    ['midnight at the end of a day', '2026-12-31', 1440, 'Asia/Kolkata', '2026-12-31T18:30:00Z'],
    ['a midnight that does not exist', '2026-09-06', 0, 'America/Santiago', '2026-09-06T04:00:00Z'],
  ])('%s', (_what, day, minute, name, expected) => {
    expect(instantAt(day, minute, name).toISOString()).toBe(new Date(expected).toISOString());
  });
});

test.each([
  ['2026-12-24', true],
  ['2028-02-29', true],
  ['2026-02-29', false],
  ['2026-13-01', false],
  ['24.12.2026', false],
  ['', false],
])('%j is a date: %s', (text, expected) => expect(isDate(text)).toBe(expected));
