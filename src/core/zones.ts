import { after, DAY, type Instant, MINUTE } from './time.ts';

// Wall clocks and instants, by the runtime's own tables of time zones.

/** A day on the calendar, as "2026-12-24". */
export type CalendarDate = string;

/** What a clock on the wall shows. */
export interface Wall {
  date: CalendarDate;
  /** Minutes after midnight, 0 to 1439. */
  minute: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    era: 'narrow',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(zone, made);
  return made;
}

/** How far the clocks of a zone are ahead of UTC at an instant, in milliseconds. */
export function offsetAt(at: Instant, zone: string): number {
  const parts: Record<string, string> = {};
  for (const { type, value } of formatOf(zone).formatToParts(at)) parts[type] = value;
  const { year, month, day, hour, minute, second } = parts;
  const shown = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  );
  return shown - Math.floor(at.getTime() / 1_000) * 1_000;
}

/** What the clocks of a zone show at an instant, to the minute. */
export function wallAt(at: Instant, zone: string): Wall {
  const shown = after(at, offsetAt(at, zone));
  return {
    date: shown.toISOString().slice(0, 10),
    minute: shown.getUTCHours() * 60 + shown.getUTCMinutes(),
  };
}

/**
 * The first instant at which the clocks of a zone show this time of this date, or a later one. So where clocks go
 * forward, a time that is skipped is the moment of the jump; where they go back, a time that comes twice is the first
 * of the two; and a window never ends before it starts.
 * @param minute minutes after midnight; 1440 is the midnight at the end of the date
 */
export function instantAt(date: CalendarDate, minute: number, zone: string): Instant {
  const shown = new Date(Date.parse(`${date}T00:00:00Z`) + minute * MINUTE);
  const before = offsetAt(after(shown, -DAY), zone);
  const later = offsetAt(after(shown, DAY), zone);
  const candidates = [after(shown, -Math.max(before, later)), after(shown, -Math.min(before, later))];
  const first = candidates.find((at) => at.getTime() + offsetAt(at, zone) === shown.getTime());
  return first ?? jumpBetween(candidates[0] as Instant, candidates[1] as Instant, zone);
}

/** The moment in between at which the clocks change. */
function jumpBetween(from: Instant, to: Instant, zone: string): Instant {
  const offset = offsetAt(from, zone);
  let low = from.getTime();
  let high = to.getTime();
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(new Date(middle), zone) === offset) low = middle;
    else high = middle;
  }
  return new Date(high);
}

/** The date this many days later (earlier, when negative). */
export const dateAfter = (date: CalendarDate, days: number): CalendarDate =>
  after(new Date(`${date}T00:00:00Z`), days * DAY)
    .toISOString()
    .slice(0, 10);

/** ISO day of the week of a date: 1 (Monday) to 7 (Sunday). */
export const weekdayOf = (date: CalendarDate): number => new Date(`${date}T00:00:00Z`).getUTCDay() || 7;

/** Whether the text is a day that the calendar has. */
export const isDate = (text: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const parsed = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().slice(0, 10) === text;
};
