import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyTime, type Booking, fits, overlap, type Span, spanOf } from '../../src/core/availability.ts';
import {
  type Bookings,
  type Calendars,
  findTimes,
  noCalendars,
  SUGGESTIONS,
  whereToLook,
} from '../../src/core/finding-times.ts';
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
  calendars = noCalendars,
) => {
  const { suggestions, others } = findTimes(claimed({ preferredTimes }), set, bookings, now, calendars);
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

/** Busy by their own calendar, from and to so many hours from now. */
const busy = (...hours: [from: number, to: number][]): Span[] =>
  hours.map(([from, to]) => ({ from: nowPlus(from * HOUR), to: nowPlus(to * HOUR) }));

describe('what stands in their own calendars', () => {
  test('is left out of the suggestions; a time that begins as it ends is not', () => {
    const calendars: Calendars = { mentor: busy([2, 3]), student: busy([4, 5.1]) };
    expect(find([window(2 * HOUR, 9 * HOUR)], null, free, calendars)).toEqual({
      suggestions: [3, 3.5, 5.25],
      others: [],
    });
  });
  test('the mentor hears of their own, and can take such a time; the student’s is told to nobody', () => {
    const both: Calendars = { mentor: busy([24, 25]), student: busy([48, 49]) };
    expect(find([at(DAY), at(2 * DAY), at(3 * DAY)], null, free, both)).toEqual({
      suggestions: [72],
      others: [[24, 'own_calendar']],
    });
    const told = findTimes(claimed({ preferredTimes: [at(2 * DAY)] }), null, free, now, both);
    expect(told).toMatchObject({ suggestions: [], others: [], leftOut: true });
    expect(told.looks).toEqual({ mentor: 'seen', student: 'seen' });
    expect(findTimes(claimed({ preferredTimes: [at(DAY)] }), null, free, now, both).leftOut).toBe(false);
  });
  test('what does not suit the mentor is offered where the student is free', () => {
    const away = availability({ pause: { until: null } });
    const calendars: Calendars = { mentor: null, student: busy([23, 25]) };
    expect(find([window(DAY, DAY + 3 * HOUR)], away, free, calendars)).toEqual({
      suggestions: [],
      others: [[25, 'paused']],
    });
  });
  test('counts too when the student left the time open', () => {
    const calendars: Calendars = { mentor: busy([29, 30]), student: busy([53, 100]) };
    expect(find([], availability(), free, calendars).suggestions).toEqual([30, 6 * 24 + 5, 7 * 24 + 5]);
  });
  test('and stands against nothing while it is not seen', () => {
    const calendars: Calendars = { mentor: 'unseen', student: 'unseen' };
    const wishes = [at(DAY), window(2 * DAY, 3 * DAY)];
    expect(find(wishes, null, free, calendars)).toEqual(find(wishes, null));
    expect(findTimes(claimed(), null, free, now, calendars).looks).toEqual({
      mentor: 'unseen',
      student: 'unseen',
    });
  });
  test('is looked for where times are sought, and no further ahead than sessions are planned', () => {
    const look = (preferredTimes: PreferredTime[], set: ReturnType<typeof availability> | null = null) => {
      const span = whereToLook(claimed({ preferredTimes, durationMinutes: 30 }), set, now);
      return span && [span.from, span.to].map((each) => (each.getTime() - now.getTime()) / HOUR);
    };
    expect(look([at(3 * DAY), window(5 * HOUR, 9 * HOUR)])).toEqual([5, 72.5]);
    expect(look([window(-HOUR, 400 * DAY)])).toEqual([0.25, 90 * 24 + 0.5]);
    expect(look([at(-HOUR)])).toBeNull();
    expect(look([])).toBeNull();
    expect(look([], availability())?.[1]).toBeGreaterThan(27 * 24);
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
  const calendar = fc.option(
    fc.oneof(
      fc.constant('unseen' as const),
      fc.array(
        fc.tuple(hour, fc.integer({ min: 1, max: 40 })).map(([h, long]) => busy([h, h + long]).at(0) as Span),
        { maxLength: 30 },
      ),
    ),
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
      calendar,
      calendar,
      (preferredTimes, set, mentor, student, durationMinutes, mentors, students) => {
        const request = claimed({ preferredTimes, durationMinutes });
        const calendars: Calendars = { mentor: mentors, student: students };
        const { suggestions, others } = findTimes(request, set, { mentor, student }, now, calendars);
        const within = whereToLook(request, set, now);
        const clashes = (startsAt: Date, own: Calendars['mentor']) =>
          Array.isArray(own) && own.some((one: Span) => overlap(one, spanOf({ startsAt, durationMinutes })));
        // Whatever stands in the student's calendar, no button leads there.
        for (const { startsAt } of others) expect(clashes(startsAt, students)).toBe(false);
        expect(suggestions.length).toBeLessThanOrEqual(SUGGESTIONS);
        const told = [...suggestions, ...others.map(({ startsAt }) => startsAt)].map(Number);
        expect(new Set(told).size).toBe(told.length);
        expect(suggestions.map(Number)).toEqual([...suggestions.map(Number)].sort((a, b) => a - b));
        for (const startsAt of suggestions) {
          expect(clashes(startsAt, mentors) || clashes(startsAt, students)).toBe(false);
          const span = spanOf({ startsAt, durationMinutes });
          expect(within && within.from <= span.from && span.to <= within.to).toBe(true);
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
