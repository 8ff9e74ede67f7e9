import type { Answer } from '../service/answer.ts';
import { refused } from './answer.ts';

/** Why Google tells nothing of one calendar. */
type Untold = 'notFound' | 'internalError' | 'groupTooBig' | 'tooManyCalendarsRequested';

/** What somebody's calendar tells the organiser: when they are busy, or that it tells nothing. */
export type CalendarOfSomebody = { busy: { start: string; end: string }[] } | Untold;

/** Google refuses longer spans. */
const LONGEST_MS = 92 * 86_400_000;
/** Of how many calendars Google tells at most. */
const MOST_CALENDARS = 50;

interface Query {
  timeMin?: unknown;
  timeMax?: unknown;
  calendarExpansionMax?: unknown;
  items?: { id?: unknown }[];
}

/**
 * https://developers.google.com/workspace/calendar/api/v3/reference/freebusy/query
 * @param own ids by which whoever asks names their own calendar
 */
export function freeBusy(
  { timeMin, timeMax, items = [], calendarExpansionMax = MOST_CALENDARS }: Query,
  people: Readonly<Record<string, CalendarOfSomebody>>,
  own: readonly string[],
): Answer {
  const [from, to] = [instantOf('timeMin', timeMin), instantOf('timeMax', timeMax)];
  if (to <= from) throw refused(400, 'timeRangeEmpty', 'The specified time range is empty.');
  if (to - from > LONGEST_MS) {
    throw refused(400, 'timeRangeTooLong', 'The requested time range is too long.', { domain: 'calendar' });
  }
  if (typeof calendarExpansionMax !== 'number' || calendarExpansionMax > MOST_CALENDARS) {
    throw refused(400, 'invalid', `Invalid value for: calendarExpansionMax`);
  }
  const calendars = Object.fromEntries(
    items.map(({ id }, index) => {
      if (typeof id !== 'string') throw refused(400, 'required', 'Required');
      const told = own.includes(id) ? { busy: [] } : (people[id] ?? 'notFound');
      const untold = index >= calendarExpansionMax ? 'tooManyCalendarsRequested' : told;
      if (typeof untold === 'string') {
        return [id, { errors: [{ domain: 'global', reason: untold }], busy: [] }];
      }
      const busy = untold.busy.filter(({ start, end }) => Date.parse(end) > from && Date.parse(start) < to);
      return [id, { busy }];
    }),
  );
  return { status: 200, body: { kind: 'calendar#freeBusy', timeMin, timeMax, calendars } };
}

/** A time of RFC 3339, which always says its offset. */
function instantOf(name: string, value: unknown): number {
  if (value === undefined || value === '') throw refused(400, 'required', `Missing ${name}.`);
  const rfc3339 = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/;
  if (typeof value !== 'string' || !rfc3339.test(value)) throw refused(400, 'badRequest', 'Bad Request');
  return Date.parse(value);
}
