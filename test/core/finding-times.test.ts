import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyTime, type Booking, fits } from '../../src/core/availability.ts';
import { type Bookings, findTimes, SUGGESTIONS } from '../../src/core/finding-times.ts';
import { suits } from '../../src/core/proposals.ts';
import type { Duration, PreferredTime } from '../../src/core/request.ts';
import { FURTHEST_AHEAD } from '../../src/core/session.ts';
import { DAY, HOUR, MINUTE } from '../../src/core/time.ts';
import { availability, claimed, now, nowPlus } from './samples.ts';

const free: Bookings = { mentor: [], student: [] };
const at = (ms: number): PreferredTime => ({ start: nowPlus(ms), end: null });
const window = (from: number, to: number): PreferredTime => ({ start: nowPlus(from), end: nowPlus(to) });
const find = (
  preferredTimes: PreferredTime[],
  set = anyTime('UTC') as ReturnType<typeof availability> | null,
  bookings = free,
) => {
  const { suggestions, others } = findTimes(claimed({ preferredTimes }), set, bookings, now);
  return {
    suggestions: suggestions.map((one) => (one.getTime() - now.getTime()) / HOUR),
    others: others.map(({ startsAt, conflict }) => [(startsAt.getTime() - now.getTime()) / HOUR, conflict]),
  };
};
const booked = (ms: number): Booking => ({ startsAt: nowPlus(ms), durationMinutes: 30 });

describe('up to three suggestions, the earliest first', () => {
  test('one of each of the student’s times', () => {
    expect(find([at(3 * HOUR), at(2 * HOUR), window(5 * HOUR, 9 * HOUR), at(4 * HOUR)], null)).toEqual({
      suggestions: [2, 3, 4],
      others: [[5, null]],
    });
  });
  test('more from within one, half an hour apart', () => {
    expect(find([window(2 * HOUR, 9 * HOUR)])).toEqual({ suggestions: [2, 2.5, 3], others: [] });
    expect(find([window(2 * HOUR, 3 * HOUR), at(DAY)])).toEqual({ suggestions: [2, 2.5, 24], others: [] });
  });
  test('none that has begun; a window that has goes on a quarter of an hour from now', () => {
    expect(find([at(-1), window(-HOUR, -MINUTE)])).toEqual({ suggestions: [], others: [] });
    expect(find([window(-HOUR, HOUR)])).toEqual({ suggestions: [0.25], others: [] });
  });
  test('a window that is too short is shown, and not suggested', () => {
    expect(find([window(DAY, DAY + 20 * MINUTE)])).toEqual({ suggestions: [], others: [[24, null]] });
  });
  test('none where one of the two has another session, whoever it is', () => {
    expect(
      find([at(DAY), at(2 * DAY), at(3 * DAY)], null, { mentor: [booked(DAY)], student: [booked(2 * DAY)] }),
    ).toEqual({
      suggestions: [72],
      others: [
        [24, 'booked'],
        [48, 'student_booked'],
      ],
    });
  });
  test('when the student left it open: the beginning of the mentor’s hours, if there are any', () => {
    expect(find([])).toEqual({ suggestions: [], others: [] });
    // A day's notice from Tuesday noon; six in the evening in Berlin is 17:00 UTC.
    expect(find([], availability()).suggestions).toEqual([24 + 5, 48 + 5, 72 + 5]);
  });
  test('what the mentor set does not matter for a time that is over', () => {
    expect(findTimes(claimed(), availability({ pause: { until: nowPlus(-1) } }), free, now).pause).toBeNull();
    expect(findTimes(claimed(), availability({ pause: { until: null } }), free, now)).toMatchObject({
      suggestions: [],
      pause: { until: null },
    });
  });
});

test('whatever the wishes, hours and sessions: each suggestion suits both, and none is told twice', () => {
  const hour = fc.integer({ min: -20, max: 24 * 100 });
  const wish = fc.oneof(
    hour.map((h) => at(h * HOUR)),
    fc
      .tuple(hour, fc.integer({ min: 1, max: 24 * 100 }))
      .map(([h, long]) => window(h * HOUR, (h + long) * HOUR)),
  );
  const bookings = fc.array(
    hour.map((h) => booked(h * HOUR)),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(
      fc.array(wish, { maxLength: 5 }),
      fc.constantFrom(
        null,
        availability(),
        availability({
          timeZone: 'America/New_York',
          rules: { noticeMinutes: 60, bufferMinutes: 60, perWeek: 1 },
        }),
      ),
      bookings,
      bookings,
      fc.constantFrom<Duration>(30, 45, 60),
      (preferredTimes, set, mentor, student, durationMinutes) => {
        const { suggestions, others } = findTimes(
          claimed({ preferredTimes, durationMinutes }),
          set,
          { mentor, student },
          now,
        );
        expect(suggestions.length).toBeLessThanOrEqual(SUGGESTIONS);
        const told = [...suggestions, ...others.map(({ startsAt }) => startsAt)].map(Number);
        expect(new Set(told).size).toBe(told.length);
        expect(suggestions.map(Number)).toEqual([...suggestions.map(Number)].sort((a, b) => a - b));
        for (const startsAt of suggestions) {
          expect(suits(preferredTimes, startsAt, durationMinutes)).toBe(true);
          expect(fits(set ?? anyTime('UTC'), { startsAt, durationMinutes }, mentor, now)).toBeNull();
          expect(fits(anyTime('UTC'), { startsAt, durationMinutes }, student, now)).toBeNull();
          expect(startsAt.getTime() - now.getTime()).toBeLessThanOrEqual(FURTHEST_AHEAD);
        }
      },
    ),
    { numRuns: 300 },
  );
}, 60_000);
