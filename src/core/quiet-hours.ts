import { after, between, HOUR, type Instant, MINUTE } from './time.ts';
import { dateAfter, instantAt, wallAt } from './zones.ts';

/** Minutes after midnight, 0 to 1439, on the clock of whoever rests; over midnight when `from` is later than `to`. */
export interface QuietHours {
  from: number;
  to: number;
}

export const usualQuietHours: QuietHours = { from: 22 * 60, to: 8 * 60 };

/** A session that starts within this time is no matter for the morning. */
export const ABOUT_TO_START = 2 * HOUR;
/** Whoever did something here so short a time ago is awake. */
export const AWAKE_FOR = 30 * MINUTE;

/** Somebody who may be asleep. */
export interface Sleeper {
  /** IANA zone; null while nobody knows it: then nothing is held back on a guess. */
  timeZone: string | null;
  /** null: they want none. */
  quietHours: QuietHours | null;
  /** When they last did something here. */
  lastSeenAt: Instant | null;
}

/**
 * When the quiet hours end in which an instant lies.
 * @param timeZone IANA zone of whoever rests
 * @returns null when it lies in none; also in an hour that comes twice, once it was over the first time
 */
export function quietUntil(at: Instant, timeZone: string, { from, to }: QuietHours): Instant | null {
  const { date, minute } = wallAt(at, timeZone);
  const overMidnight = from > to;
  const quiet = overMidnight ? minute >= from || minute < to : minute >= from && minute < to;
  if (!quiet) return null;
  const end = instantAt(overMidnight && minute >= from ? dateAfter(date, 1) : date, to, timeZone);
  return end > at ? end : null;
}

/**
 * Until when a direct message waits so that nobody is woken by it.
 * @param about the times that it is about, such as the session's start; it never waits until one of them is near
 * @returns null when it may go now
 */
export function waitsUntil(
  at: Instant,
  { timeZone, quietHours, lastSeenAt }: Sleeper,
  about: readonly Instant[],
): Instant | null {
  const end = quietHours && timeZone ? quietUntil(at, timeZone, quietHours) : null;
  if (!end || (lastSeenAt && between(lastSeenAt, at) < AWAKE_FOR)) return null;
  const soonest = Math.min(
    ...about.filter((time) => time > at).map((time) => after(time, -ABOUT_TO_START).getTime()),
  );
  if (soonest <= at.getTime()) return null;
  return new Date(Math.min(end.getTime(), soonest));
}
