import { after, between, type Instant, MINUTE } from './time.ts';
import { type CalendarDate, dateAfter, instantAt, wallAt, weekdayOf } from './zones.ts';

/** Minutes after midnight on the mentor's clock: 0 ≤ from < to ≤ 1440. */
export interface Hours {
  from: number;
  to: number;
}
/** Hours of one day of the week: 1 (Monday) to 7 (Sunday). */
export interface WeeklyHours extends Hours {
  weekday: number;
}
/** What differs on one date. */
export interface DateOverride {
  date: CalendarDate;
  /** Whether the hours of its day of the week hold on that date too. */
  usual: boolean;
  /** Hours on that date beside them. Neither: away. */
  hours: Hours[];
}
export interface AvailabilityRules {
  /** How long before its start a session may be planned at the latest, in minutes. */
  noticeMinutes: number;
  /** Free time before and after every session, in minutes. */
  bufferMinutes: number;
  /** Most sessions from Monday to Sunday; null: any number. */
  perWeek: number | null;
}
/** No session is suggested meanwhile. `until: null`: until the mentor resumes. */
export interface Pause {
  until: Instant | null;
}

/** When a mentor has time: weekly hours and date overrides in the mentor's zone, and what else they ask for. */
export interface Availability {
  /** IANA zone in which hours, dates and weeks are meant. */
  timeZone: string;
  weekly: WeeklyHours[];
  overrides: DateOverride[];
  rules: AvailabilityRules;
  pause: Pause | null;
}

export const noRules: AvailabilityRules = { noticeMinutes: 0, bufferMinutes: 0, perWeek: null };

/** Nothing set yet: any time goes. */
export const anyTime = (timeZone: string): Availability => ({
  timeZone,
  weekly: [],
  overrides: [],
  rules: noRules,
  pause: null,
});

/** A session of somebody, as others may know of it: when, and no more. */
export interface Booking {
  startsAt: Instant;
  durationMinutes: number;
}

/** A stretch of time: from (inclusive) to (exclusive). */
export interface Span {
  from: Instant;
  to: Instant;
}

export const spanOf = ({ startsAt, durationMinutes }: Booking): Span => ({
  from: startsAt,
  to: after(startsAt, durationMinutes * MINUTE),
});

/** Why a time does not fit a mentor; the first of these that holds is told. */
export const misfits = ['too_soon', 'booked', 'buffer', 'paused', 'outside_hours', 'week_full'] as const;
export type Misfit = (typeof misfits)[number];

/** Whether the mentor said when they have time. Without weekly hours, every day is theirs to give, but for overrides. */
export const hasHours = ({ weekly }: Availability): boolean => weekly.length > 0;

export const isPaused = ({ pause }: Availability, at: Instant): boolean =>
  pause !== null && (pause.until === null || at < pause.until);

/**
 * Whether a session fits what a mentor said.
 * @param booked the mentor's other sessions, at least those of the same week
 * @returns null when it fits
 */
export function fits(
  availability: Availability,
  session: Booking,
  booked: readonly Booking[],
  now: Instant,
): Misfit | null {
  const span = spanOf(session);
  const inHours = () =>
    opening(availability, span).some(({ from, to }) => from <= span.from && span.to <= to);
  return misfitOf(availability, span, inHours, booked, now);
}

/** @param inHours asked only when nothing else stands against it */
function misfitOf(
  availability: Availability,
  span: Span,
  inHours: () => boolean,
  booked: readonly Booking[],
  now: Instant,
): Misfit | null {
  const { rules, timeZone } = availability;
  if (span.from <= now || between(now, span.from) < rules.noticeMinutes * MINUTE) return 'too_soon';
  if (booked.some((other) => overlap(spanOf(other), span))) return 'booked';
  if (booked.some((other) => overlap(wider(spanOf(other), rules.bufferMinutes), span))) return 'buffer';
  if (isPaused(availability, span.from)) return 'paused';
  if (!inHours()) return 'outside_hours';
  if (rules.perWeek === null) return null;
  const week = weekOf(span.from, timeZone);
  const inWeek = booked.filter(({ startsAt }) => weekOf(startsAt, timeZone) === week).length;
  return inWeek >= rules.perWeek ? 'week_full' : null;
}

/** Starts are looked for at quarters of an hour, which every zone has in common. */
const GRID = 15 * MINUTE;

/**
 * Starts at which a session fits, the earliest first: the beginning of the stretch, and quarters of an hour.
 * @param within the session lies in it wholly
 */
export function* freeSlots(
  availability: Availability,
  within: Span,
  durationMinutes: number,
  booked: readonly Booking[],
  now: Instant,
): Generator<Instant> {
  for (const { from, to } of opening(availability, within)) {
    const begin = Math.max(from.getTime(), within.from.getTime());
    const end = Math.min(to.getTime(), within.to.getTime()) - durationMinutes * MINUTE;
    let start = begin;
    while (start <= end) {
      const startsAt = new Date(start);
      const misfit = misfitOf(availability, spanOf({ startsAt, durationMinutes }), () => true, booked, now);
      if (misfit === null) yield startsAt;
      const earliest = misfit === null ? start : worthALook(availability, misfit, startsAt, now);
      start = Math.ceil(Math.max(earliest, start + 1) / GRID) * GRID;
    }
  }
}

/** Until when no later start can fit either, in milliseconds: a long stretch is not searched quarter by quarter. */
function worthALook(
  { rules, pause, timeZone }: Availability,
  misfit: Misfit,
  at: Instant,
  now: Instant,
): number {
  if (misfit === 'too_soon') return after(now, rules.noticeMinutes * MINUTE).getTime();
  if (misfit === 'paused') return pause?.until?.getTime() ?? Number.POSITIVE_INFINITY;
  if (misfit === 'week_full') return instantAt(dateAfter(weekOf(at, timeZone), 7), 0, timeZone).getTime();
  return at.getTime();
}

/** When the mentor has time around a span, by hours and dates alone, in order, none touching another. */
export function opening(availability: Availability, { from, to }: Span): Span[] {
  const { timeZone, weekly, overrides } = availability;
  if (weekly.length === 0 && overrides.length === 0) return [{ from, to }];
  const last = dateAfter(wallAt(to, timeZone).date, 1);
  const spans: Span[] = [];
  for (let date = dateAfter(wallAt(from, timeZone).date, -1); date <= last; date = dateAfter(date, 1)) {
    for (const hours of hoursOn(availability, date)) {
      const span = {
        from: instantAt(date, hours.from, timeZone),
        to: instantAt(date, hours.to, timeZone),
      };
      if (span.from < span.to) spans.push(span);
    }
  }
  return joined(spans);
}

/** The hours of a date, as the mentor's clock shows them. */
export function hoursOn(availability: Availability, date: CalendarDate): Hours[] {
  const override = availability.overrides.find((one) => one.date === date);
  const usual = hasHours(availability)
    ? availability.weekly.filter(({ weekday }) => weekday === weekdayOf(date))
    : [{ from: 0, to: 1440 }];
  return tidy([...(override?.usual === false ? [] : usual), ...(override?.hours ?? [])]);
}

/** Hours in order, without overlaps. */
export function tidy(hours: readonly Hours[]): Hours[] {
  const out: Hours[] = [];
  for (const { from, to } of [...hours].sort((a, b) => a.from - b.from)) {
    const last = out.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else out.push({ from, to });
  }
  return out;
}

/** Spans in order, those that touch as one: a session may go over midnight. */
function joined(spans: readonly Span[]): Span[] {
  const out: Span[] = [];
  for (const { from, to } of [...spans].sort((a, b) => a.from.getTime() - b.from.getTime())) {
    const last = out.at(-1);
    if (last && from <= last.to) last.to = new Date(Math.max(last.to.getTime(), to.getTime()));
    else out.push({ from, to });
  }
  return out;
}

export const overlap = (a: Span, b: Span): boolean => a.from < b.to && b.from < a.to;

const wider = ({ from, to }: Span, minutes: number): Span => ({
  from: after(from, -minutes * MINUTE),
  to: after(to, minutes * MINUTE),
});

/** The Monday of the week in which an instant lies, on the mentor's calendar. */
export function weekOf(at: Instant, timeZone: string): CalendarDate {
  const { date } = wallAt(at, timeZone);
  return dateAfter(date, 1 - weekdayOf(date));
}
