import { type Availability, anyTime } from '../availability.ts';
import { invalidField, UserError } from '../errors.ts';
import type { Actor } from '../people.ts';
import { DAY, type Instant } from '../time.ts';
import { type CalendarDate, dateAfter, isDate, wallAt } from '../zones.ts';

/** Dates are kept up to this many days ahead. */
export const DATES_AHEAD = 366;

/** Passes for mentors. @throws UserError */
export function mustBeMentor(actor: Actor): void {
  if (!actor.isMentor) throw new UserError('mentors_only', {});
}

/**
 * What a mentor set so far, to go on from, without dates that are over. Where nothing was set, hours are meant in the
 * mentor's present zone.
 * @throws UserError when nobody knows that zone
 */
export function startingFrom(
  before: Availability | null,
  actor: Actor,
  field: string,
  now: Instant,
): Availability {
  const kept = before && (before.weekly.length > 0 || before.overrides.length > 0) ? before : null;
  const zone = kept?.timeZone ?? actor.timeZone;
  if (!zone) throw invalidField(field, 'zone_missing');
  const today = wallAt(now, zone).date;
  return {
    ...(before ?? anyTime(zone)),
    timeZone: zone,
    overrides: before?.overrides.filter(({ date }) => date >= today) ?? [],
  };
}

/** What a mentor set, or nothing. Rules alone are meant in no zone, so the mentor's own holds. */
export const inOwnZone = (kept: Availability | null, actor: Actor): Availability => {
  const own = actor.timeZone ?? 'UTC';
  if (!kept) return anyTime(own);
  return kept.weekly.length === 0 && kept.overrides.length === 0 ? { ...kept, timeZone: own } : kept;
};

/** A date that somebody typed, from today on. @throws UserError that names the field */
export function readDate(text: string, field: string, timeZone: string, now: Instant): CalendarDate {
  const typed = text.trim();
  if (!isDate(typed)) throw invalidField(field, 'date_unreadable', typed.slice(0, 40));
  const today = wallAt(now, timeZone).date;
  if (typed < today) throw invalidField(field, 'date_in_past');
  if (typed > dateAfter(today, DATES_AHEAD)) throw invalidField(field, 'date_too_far', DATES_AHEAD);
  return typed;
}

/** All dates from the first to the last. */
export function datesBetween(first: CalendarDate, last: CalendarDate): CalendarDate[] {
  const days = Math.round((Date.parse(last) - Date.parse(first)) / DAY);
  return Array.from({ length: days + 1 }, (_, index) => dateAfter(first, index));
}
