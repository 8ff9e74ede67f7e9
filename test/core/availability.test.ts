import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import {
  type Availability,
  anyTime,
  type Booking,
  fits,
  freeSlots,
  hoursOn,
  isPaused,
  type Misfit,
  opening,
  tidy,
  type WeeklyHours,
} from '../../src/core/availability.ts';
import { after, DAY, HOUR, type Instant, MINUTE } from '../../src/core/time.ts';
import { wallAt } from '../../src/core/zones.ts';

const QUARTER = 15 * MINUTE;
const zone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
/** A quarter of an hour in eight years; half of them near a change of the clocks in Europe or America. */
const quarter = fc
  .oneof(
    fc.date({ min: new Date('2024-01-01'), max: new Date('2032-01-01'), noInvalidDate: true }),
    fc
      .tuple(
        fc.constantFrom('03-08', '03-29', '10-25', '11-01', '04-05', '10-04'),
        fc.integer({ min: 2024, max: 2031 }),
        fc.integer({ min: -72, max: 72 }),
      )
      .map(([day, year, hours]) => after(new Date(`${year}-${day}T00:00:00Z`), hours * HOUR)),
  )
  .map((at) => new Date(Math.floor(at.getTime() / QUARTER) * QUARTER));
const hours = fc
  .tuple(fc.integer({ min: 0, max: 95 }), fc.integer({ min: 1, max: 96 }))
  .filter(([from, to]) => from < to)
  .map(([from, to]) => ({ from: from * 15, to: to * 15 }));
const weekly = fc.array(
  fc.tuple(fc.integer({ min: 1, max: 7 }), hours).map(([weekday, each]) => ({ weekday, ...each })),
  { minLength: 1, maxLength: 10 },
);

/** Which quarters of a stretch are open, by luxon: a walk along the wall clock, that never goes back. */
function openQuarters(availability: Availability, from: Instant, to: Instant): Set<number> {
  const open = new Set<number>();
  let latest = '';
  for (let ms = from.getTime() - 3 * DAY; ms < to.getTime(); ms += QUARTER) {
    const wall = DateTime.fromMillis(ms, { zone: availability.timeZone });
    const shown = wall.toFormat("yyyy-MM-dd'T'HH:mm");
    // An hour that comes twice belongs to what the clock had reached before it went back.
    if (shown > latest) latest = shown;
    const [date = '', time = ''] = latest.split('T');
    const [hour = 0, minute = 0] = time.split(':').map(Number);
    const now = hour * 60 + minute;
    if (hoursOn(availability, date).some((each) => each.from <= now && now < each.to)) open.add(ms);
  }
  return open;
}

describe('over zones and years', () => {
  test('a session is in the hours exactly when each of its quarters is, also where clocks change', () => {
    fc.assert(
      fc.property(
        zone,
        weekly,
        quarter,
        fc.constantFrom(30, 45, 60),
        (timeZone, week, start, durationMinutes) => {
          const set = { ...anyTime(timeZone), weekly: week };
          const open = openQuarters(set, start, after(start, DAY + 2 * HOUR));
          for (let i = 0; i < 96; i += 1) {
            const startsAt = after(start, i * QUARTER);
            const quarters = Array.from(
              { length: durationMinutes / 15 },
              (_, n) => startsAt.getTime() + n * QUARTER,
            );
            const inside = quarters.every((ms) => open.has(ms));
            const misfit = fits(set, { startsAt, durationMinutes }, [], after(start, -1));
            expect(misfit, `${startsAt.toISOString()} ${timeZone}`).toBe(inside ? null : 'outside_hours');
          }
        },
      ),
      { numRuns: 120 },
    );
  }, 120_000);

  const booking = fc
    .tuple(fc.integer({ min: -40, max: 300 }), fc.constantFrom(30, 45, 60))
    .map(([quarters, durationMinutes]) => ({ quarters, durationMinutes }));
  const rules = fc.record({
    noticeMinutes: fc.constantFrom(0, 60, 1_440),
    bufferMinutes: fc.constantFrom(0, 10, 30),
    perWeek: fc.constantFrom(null, 1, 3),
  });
  const pause = fc.constantFrom(null, { until: null }, { until: 1 }, { until: -1 });

  test('free slots are exactly the quarters that fit, in order', () => {
    fc.assert(
      fc.property(
        fc.record({
          timeZone: zone,
          week: fc.oneof(weekly, fc.constant<WeeklyHours[]>([])),
          now: quarter,
          rules,
          pause,
          bookings: fc.array(booking, { maxLength: 8 }),
        }),
        ({ timeZone, week, now, rules: given, pause: paused, bookings }) => {
          const set: Availability = {
            ...anyTime(timeZone),
            weekly: week,
            rules: given,
            pause: paused && { until: paused.until === null ? null : after(now, paused.until * DAY) },
          };
          const booked = bookings.map(({ quarters, durationMinutes }) => ({
            startsAt: after(now, quarters * QUARTER),
            durationMinutes,
          }));
          const within = { from: now, to: after(now, 3 * DAY) };
          const found = [...freeSlots(set, within, 45, booked, now)].map(Number);
          const expected: number[] = [];
          for (let ms = within.from.getTime(); ms + 45 * MINUTE <= within.to.getTime(); ms += QUARTER) {
            if (fits(set, { startsAt: new Date(ms), durationMinutes: 45 }, booked, now) === null)
              expected.push(ms);
          }
          expect(found).toEqual(expected);
          for (const ms of found) {
            const span = { from: ms, to: ms + 45 * MINUTE };
            expect(span.from - now.getTime()).toBeGreaterThanOrEqual(given.noticeMinutes * MINUTE);
            const buffer = given.bufferMinutes * MINUTE;
            for (const { startsAt, durationMinutes } of booked) {
              const other = { from: startsAt.getTime(), to: startsAt.getTime() + durationMinutes * MINUTE };
              expect(span.to + buffer <= other.from || other.to + buffer <= span.from).toBe(true);
            }
            const week = (at: number) => DateTime.fromMillis(at, { zone: timeZone }).toFormat('kkkk-WW');
            const inWeek = booked.filter(({ startsAt }) => week(startsAt.getTime()) === week(ms)).length;
            if (given.perWeek !== null) expect(inWeek).toBeLessThan(given.perWeek);
            expect(isPaused(set, new Date(ms))).toBe(false);
          }
        },
      ),
      { numRuns: 100 },
    );
  }, 120_000);

  test('what is open comes in order, and nothing touches', () => {
    fc.assert(
      fc.property(zone, weekly, quarter, (timeZone, week, from) => {
        const spans = opening({ ...anyTime(timeZone), weekly: week }, { from, to: after(from, 20 * DAY) });
        for (const [i, span] of spans.entries()) {
          expect(span.from < span.to).toBe(true);
          const next = spans[i + 1];
          if (next) expect(span.to < next.from).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  }, 60_000);
});

describe('why a time does not fit', () => {
  const now = new Date('2026-12-01T12:00:00Z'); // a Tuesday
  /** Every evening from six to nine in Berlin. */
  const evenings: Availability = {
    ...anyTime('Europe/Berlin'),
    weekly: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: 1_080, to: 1_260 })),
  };
  const at = (iso: string): Booking => ({ startsAt: new Date(iso), durationMinutes: 30 });
  const wednesday = at('2026-12-02T18:00:00Z');
  const rules = (changes: Partial<Availability['rules']>): Availability => ({
    ...evenings,
    rules: { ...evenings.rules, ...changes },
  });

  test.each<[string, Misfit | null, Availability, Booking, Booking[]]>([
    ['it fits', null, evenings, wednesday, []],
    ['right at the end of the hours', null, evenings, at('2026-12-02T19:30:00Z'), []],
    ['over the end of the hours', 'outside_hours', evenings, at('2026-12-02T19:45:00Z'), []],
    ['now', 'too_soon', anyTime('UTC'), at('2026-12-01T12:00:00Z'), []],
    ['before now', 'too_soon', anyTime('UTC'), at('2026-12-01T11:00:00Z'), []],
    ['exactly the notice', null, rules({ noticeMinutes: 1_800 }), wednesday, []],
    ['a minute less than the notice', 'too_soon', rules({ noticeMinutes: 1_801 }), wednesday, []],
    ['another session then', 'booked', evenings, wednesday, [at('2026-12-02T17:45:00Z')]],
    ['right after another', null, evenings, wednesday, [at('2026-12-02T17:30:00Z')]],
    [
      'right after another, with a buffer',
      'buffer',
      rules({ bufferMinutes: 10 }),
      wednesday,
      [at('2026-12-02T17:30:00Z')],
    ],
    [
      'right before another, with a buffer',
      'buffer',
      rules({ bufferMinutes: 10 }),
      wednesday,
      [at('2026-12-02T18:30:00Z')],
    ],
    [
      'the buffer kept',
      null,
      rules({ bufferMinutes: 30 }),
      wednesday,
      [at('2026-12-02T17:00:00Z'), at('2026-12-02T19:00:00Z')],
    ],
    ['the week full', 'week_full', rules({ perWeek: 1 }), wednesday, [at('2026-11-30T18:00:00Z')]],
    ['the week before was full', null, rules({ perWeek: 1 }), wednesday, [at('2026-11-29T18:00:00Z')]],
    // On Sunday at 23:30 UTC it is Monday in Berlin.
    [
      'the week by the mentor’s clock',
      'week_full',
      rules({ perWeek: 1 }),
      wednesday,
      [at('2026-11-29T23:30:00Z')],
    ],
    ['on pause', 'paused', { ...evenings, pause: { until: null } }, wednesday, []],
    ['on pause until then', null, { ...evenings, pause: { until: wednesday.startsAt } }, wednesday, []],
    [
      'on pause until later',
      'paused',
      { ...evenings, pause: { until: after(wednesday.startsAt, 1) } },
      wednesday,
      [],
    ],
    [
      'away that day',
      'outside_hours',
      { ...evenings, overrides: [{ date: '2026-12-02', usual: false, hours: [] }] },
      wednesday,
      [],
    ],
    [
      'other hours that day',
      'outside_hours',
      { ...evenings, overrides: [{ date: '2026-12-02', usual: false, hours: [{ from: 600, to: 660 }] }] },
      wednesday,
      [],
    ],
    [
      'more hours that day',
      null,
      { ...evenings, overrides: [{ date: '2026-12-02', usual: true, hours: [{ from: 600, to: 660 }] }] },
      at('2026-12-02T09:00:00Z'),
      [],
    ],
    [
      'away, with no week set',
      'outside_hours',
      { ...anyTime('Europe/Berlin'), overrides: [{ date: '2026-12-02', usual: false, hours: [] }] },
      wednesday,
      [],
    ],
    [
      'another day, with no week set',
      null,
      { ...anyTime('Europe/Berlin'), overrides: [{ date: '2026-12-03', usual: false, hours: [] }] },
      wednesday,
      [],
    ],
  ])('%s: %s', (_what, expected, set, session, booked) => {
    expect(fits(set, session, booked, now)).toBe(expected);
  });

  test('a session may go over midnight, when both days are open there', () => {
    const late: Availability = {
      ...anyTime('Asia/Kolkata'),
      weekly: [
        { weekday: 5, from: 1_380, to: 1_440 },
        { weekday: 6, from: 0, to: 60 },
      ],
    };
    expect(fits(late, at('2026-12-04T18:15:00Z'), [], now)).toBeNull();
    expect(fits({ ...late, weekly: late.weekly.slice(0, 1) }, at('2026-12-04T18:15:00Z'), [], now)).toBe(
      'outside_hours',
    );
  });

  test('hours hold by the clock on the wall: six in the evening stays six when the clocks change', () => {
    for (const day of ['2027-03-27', '2027-03-28', '2027-03-29']) {
      const [first] = freeSlots(
        evenings,
        { from: new Date(`${day}T00:00:00Z`), to: new Date(`${day}T23:00:00Z`) },
        30,
        [],
        now,
      );
      expect(wallAt(first as Instant, 'Europe/Berlin')).toEqual({ date: day, minute: 1_080 });
    }
  });
});

test('hours that overlap or touch become one', () => {
  expect(
    tidy([
      { from: 60, to: 120 },
      { from: 0, to: 30 },
      { from: 120, to: 180 },
      { from: 10, to: 20 },
    ]),
  ).toEqual([
    { from: 0, to: 30 },
    { from: 60, to: 180 },
  ]);
});
