/** A point in time. The core never asks the machine for one: `now` is always an argument or comes from a Clock. */
export type Instant = Date;

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The instant `ms` milliseconds after `at` (before it, when negative). */
export const after = (at: Instant, ms: number): Instant => new Date(at.getTime() + ms);

/** Milliseconds from `from` to `to`; negative when `to` is earlier. */
export const between = (from: Instant, to: Instant): number => to.getTime() - from.getTime();

/** Whether `zone` is an IANA time zone that this runtime knows, such as "Europe/Berlin". */
export function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return /^[A-Za-z]/.test(zone);
  } catch {
    return false;
  }
}
