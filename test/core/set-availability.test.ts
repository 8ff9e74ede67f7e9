import { describe, expect, test } from 'vitest';
import type { Availability } from '../../src/core/availability.ts';
import { UserError } from '../../src/core/errors.ts';
import type { Actor } from '../../src/core/people.ts';
import { type Context, runUseCase, type UseCase } from '../../src/core/use-case.ts';
import { getAvailability } from '../../src/core/use-cases/get-availability.ts';
import { getTimeOptions } from '../../src/core/use-cases/get-time-options.ts';
import { pauseAvailability } from '../../src/core/use-cases/pause-availability.ts';
import { resumeAvailability } from '../../src/core/use-cases/resume-availability.ts';
import { setAvailabilityRules } from '../../src/core/use-cases/set-availability-rules.ts';
import { setDateOverride } from '../../src/core/use-cases/set-date-override.ts';
import { setWeeklyAvailability } from '../../src/core/use-cases/set-weekly-availability.ts';
import {
  memoryAvailability,
  memoryCommunity,
  memoryPeople,
  memoryProfile,
  memorySpace,
  memoryStore,
} from './memory-store.ts';
import { availability, claimed, now, onlyGoogle, requestId, roles } from './samples.ts';

const context = (kept: Availability | null, actor: Actor = roles.holder): Context => ({
  store: memoryStore(claimed()),
  profile: memoryProfile(),
  zoneFromPlatform: false,
  home: { show: async () => {} },
  availability: memoryAvailability(kept),
  ...memoryCommunity(),
  space: memorySpace(),
  actor,
  clock: { now: () => now },
  newId: 'x',
  people: memoryPeople(),
  links: null,
  linkMaker: 'google-meet',
  meetings: onlyGoogle,
  calendarsOf: async () => new Map(),
  lookAtSetUp: async () => ({ checks: [], added: false }),
  putPanel: async () => 'put',
});
const run = (verb: unknown, raw: unknown, kept: Availability | null = null, actor?: Actor) =>
  runUseCase(verb as UseCase, context(kept, actor), raw) as Promise<Availability>;
const refusal = async (promise: Promise<unknown>) => {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof UserError)) return error;
  if (error.code !== 'invalid_input') return error.code;
  return (error as UserError<'invalid_input'>).detail.fields
    .map(({ field, code }) => `${field} ${code}`)
    .join();
};
const rules = { noticeMinutes: '60', bufferMinutes: '15', perWeek: '2' };
const nowhere: Actor = { ...roles.holder, timeZone: null };

describe('only mentors have availability', () => {
  test.each([
    [getAvailability, {}],
    [setWeeklyAvailability, { week: 'Mon 9-10' }],
    [setDateOverride, { date: '2026-12-24', kind: 'away' }],
    [setAvailabilityRules, rules],
    [pauseAvailability, {}],
    [resumeAvailability, {}],
  ])('%#', async (verb, raw) => {
    expect(await refusal(run(verb, raw, null, roles.student))).toBe('mentors_only');
    expect(await refusal(run(verb, raw))).toBeNull();
  });
});

test('a week takes the place of the one before, in the zone of now; the rest stays', async () => {
  const moved: Actor = { ...roles.holder, timeZone: 'Asia/Tokyo' };
  const set = await run(setWeeklyAvailability, { week: 'Sun 9-10' }, availability(), moved);
  expect(set).toEqual({
    ...availability(),
    timeZone: 'Asia/Tokyo',
    weekly: [{ weekday: 7, from: 540, to: 600 }],
  });
  expect((await run(setWeeklyAvailability, {}, availability())).weekly).toEqual([]);
});

describe('what cannot be kept is said at its field', () => {
  test.each<[string, unknown, unknown, Actor?]>([
    ['week hours_unreadable', setWeeklyAvailability, { week: 'Someday 9-10' }],
    ['week hours_backwards', setWeeklyAvailability, { week: 'Mon 10-9' }],
    ['week zone_missing', setWeeklyAvailability, { week: 'Mon 9-10' }, nowhere],
    ['week too_long', setWeeklyAvailability, { week: 'x'.repeat(1_001) }],
    ['date missing', setDateOverride, { kind: 'away' }],
    ['date date_unreadable', setDateOverride, { date: '24.12.', kind: 'away' }],
    ['date date_in_past', setDateOverride, { date: '2026-11-30', kind: 'away' }],
    ['date date_too_far', setDateOverride, { date: '2028-01-01', kind: 'away' }],
    ['date zone_missing', setDateOverride, { date: '2026-12-24', kind: 'away' }, nowhere],
    [
      'lastDate dates_backwards',
      setDateOverride,
      { date: '2026-12-24', lastDate: '2026-12-23', kind: 'away' },
    ],
    ['lastDate too_many', setDateOverride, { date: '2026-12-24', lastDate: '2027-11-01', kind: 'away' }],
    ['hours missing', setDateOverride, { date: '2026-12-24', kind: 'only' }],
    ['hours hours_unreadable', setDateOverride, { date: '2026-12-24', kind: 'extra', hours: 'noon' }],
    ['kind not_a_choice', setDateOverride, { date: '2026-12-24', kind: 'maybe' }],
    ['backOn date_in_past', pauseAvailability, { backOn: '2026-11-30' }],
    ['noticeMinutes too_short', setAvailabilityRules, { ...rules, noticeMinutes: '-5' }],
    ['bufferMinutes too_long', setAvailabilityRules, { ...rules, bufferMinutes: '241' }],
  ])('%s', async (expected, verb, raw, actor) => {
    const said = await refusal(run(verb, raw, null, actor));
    // A number below its least is worded as missing: no form offers one.
    expect(said).toBe(expected.replace('noticeMinutes too_short', 'noticeMinutes missing'));
  });
});

describe('dates', () => {
  const of = ({ overrides }: Availability, date: string) => overrides.find((one) => one.date === date);
  test('one, or several in a row, in place of what was said of them', async () => {
    const set = await run(
      setDateOverride,
      { date: '2026-12-24', lastDate: '2026-12-26', kind: 'only', hours: '10-11' },
      availability(),
    );
    for (const date of ['2026-12-24', '2026-12-25', '2026-12-26']) {
      expect(of(set, date)).toEqual({ date, usual: false, hours: [{ from: 600, to: 660 }] });
    }
    expect(of(set, '2026-12-28')).toEqual(of(availability(), '2026-12-28'));
  });
  test('away needs no hours, and “as every week” forgets', async () => {
    expect(
      of(await run(setDateOverride, { date: '2026-12-06', kind: 'away', hours: '9-10' }), '2026-12-06'),
    ).toEqual({ date: '2026-12-06', usual: false, hours: [] });
    expect(
      of(await run(setDateOverride, { date: '2026-12-24', kind: 'usual' }, availability()), '2026-12-24'),
    ).toBeUndefined();
  });
  test('that are over are forgotten with the next change', async () => {
    const old = availability({ overrides: [{ date: '2026-11-30', usual: false, hours: [] }] });
    expect(
      (await run(setDateOverride, { date: '2026-12-24', kind: 'away' }, old)).overrides.map(
        ({ date }) => date,
      ),
    ).toEqual(['2026-12-24']);
  });
});

test('a pause ends in the morning of its day, by the mentor’s clock, or when they resume', async () => {
  expect((await run(pauseAvailability, { backOn: '2027-01-10' }, availability())).pause).toEqual({
    until: new Date('2027-01-09T23:00:00Z'),
  });
  const paused = await run(pauseAvailability, {}, availability());
  expect(paused).toEqual(availability({ pause: { until: null } }));
  expect(await run(resumeAvailability, {}, paused)).toEqual(availability());
});

test('rules: numbers, or as many as come', async () => {
  expect((await run(setAvailabilityRules, rules)).rules).toEqual({
    noticeMinutes: 60,
    bufferMinutes: 15,
    perWeek: 2,
  });
  expect(
    (await run(setAvailabilityRules, { ...rules, perWeek: 'any' }, availability())).rules.perWeek,
  ).toBeNull();
});

test('only who holds a request is offered times by their own availability', async () => {
  const options = async (actor: Actor) =>
    runUseCase(getTimeOptions, context(availability(), actor), { requestId });
  expect((await options(roles.holder)).hasHours).toBe(true);
  expect((await options(roles.student)).hasHours).toBe(false);
});
