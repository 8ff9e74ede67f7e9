import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import {
  ABOUT_TO_START,
  AWAKE_FOR,
  quietUntil,
  type Sleeper,
  usualQuietHours,
  waitsUntil,
} from '../../src/core/quiet-hours.ts';
import { after, DAY, HOUR, MINUTE } from '../../src/core/time.ts';

const zone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
const at = fc.date({ min: new Date('2000-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });
const minute = fc.integer({ min: 0, max: 1439 });
const RUNS = { numRuns: 3_000 };

/** Whether a clock on the wall shows quiet hours, by luxon's tables. */
const shown = (when: Date, name: string, { from, to }: { from: number; to: number }): boolean => {
  const { hour, minute: past } = DateTime.fromJSDate(when, { zone: name });
  const now = hour * 60 + past;
  return from > to ? now >= from || now < to : now >= from && now < to;
};

describe('over all zones and forty years', () => {
  test('outside of them nothing waits; inside it waits until a moment that is none of them, within a day', () => {
    fc.assert(
      fc.property(at, zone, minute, minute, (when, name, from, to) => {
        const until = quietUntil(when, name, { from, to });
        if (!shown(when, name, { from, to })) expect(until).toBeNull();
        if (until === null) return; // none, or an hour that comes twice: it was over already
        expect(until > when).toBe(true);
        expect(until.getTime() - when.getTime()).toBeLessThanOrEqual(25 * HOUR);
        expect(quietUntil(until, name, { from, to })).toBeNull();
      }),
      RUNS,
    );
  });

  test('nobody waits twice for one night, and never past two hours before what it is about', () => {
    fc.assert(
      fc.property(at, zone, fc.integer({ min: 1, max: 3 * 24 * 60 }), (when, timeZone, ahead) => {
        const sleeper: Sleeper = { timeZone, quietHours: usualQuietHours, lastSeenAt: null };
        const startsAt = after(when, ahead * MINUTE);
        const until = waitsUntil(when, sleeper, [startsAt]);
        if (!until) return;
        expect(until > when).toBe(true);
        expect(until.getTime()).toBeLessThanOrEqual(startsAt.getTime() - ABOUT_TO_START);
        expect(waitsUntil(until, sleeper, [startsAt])).toBeNull();
      }),
      RUNS,
    );
  });
});

describe('whom a message may wake', () => {
  const sleeper: Sleeper = { timeZone: 'Europe/Berlin', quietHours: usualQuietHours, lastSeenAt: null };
  const night = new Date('2026-12-01T23:30:00Z'); // 00:30 in Berlin
  const morning = new Date('2026-12-02T07:00:00Z');

  test.each<[string, Sleeper, Date[], Date | null]>([
    ['somebody asleep', sleeper, [], morning],
    ['somebody who wants no quiet hours', { ...sleeper, quietHours: null }, [], null],
    ['somebody of whom nobody knows the zone', { ...sleeper, timeZone: null }, [], null],
    ['somebody in another zone', { ...sleeper, timeZone: 'America/Bogota' }, [], null],
    ['somebody who was here just now', { ...sleeper, lastSeenAt: after(night, -AWAKE_FOR + 1) }, [], null],
    ['somebody who was here before', { ...sleeper, lastSeenAt: after(night, -AWAKE_FOR) }, [], morning],
    ['about a session tomorrow', sleeper, [after(night, DAY)], morning],
    ['about a session in an hour', sleeper, [after(night, HOUR)], null],
    ['about a session at dawn', sleeper, [after(night, 5 * HOUR)], after(night, 3 * HOUR)],
    ['about a session that is over', sleeper, [after(night, -HOUR)], morning],
  ])('%s', (_who, one, about, expected) => {
    expect(waitsUntil(night, one, about)).toEqual(expected);
  });

  test('the night in which clocks go back or forward ends when the clock on the wall shows the morning', () => {
    const { quietHours } = sleeper;
    if (!quietHours) throw new Error('the sample has quiet hours');
    const ends = (when: string, name: string) => quietUntil(new Date(when), name, quietHours)?.toISOString();
    expect(ends('2026-03-28T23:00:00Z', 'Europe/Berlin')).toBe('2026-03-29T06:00:00.000Z');
    expect(ends('2026-10-24T22:00:00Z', 'Europe/Berlin')).toBe('2026-10-25T07:00:00.000Z');
    // 02:30 comes twice: whoever is quiet until then is woken after the first.
    const twice = { from: 1320, to: 150 };
    expect(quietUntil(new Date('2026-10-25T00:10:00Z'), 'Europe/Berlin', twice)?.toISOString()).toBe(
      '2026-10-25T00:30:00.000Z',
    );
    expect(quietUntil(new Date('2026-10-25T01:10:00Z'), 'Europe/Berlin', twice)).toBeNull();
  });
});
