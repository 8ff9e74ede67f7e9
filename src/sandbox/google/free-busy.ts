import type { Answer } from '../service/answer.ts';
import { refused } from './answer.ts';

/** What somebody's calendar tells the organiser: when they are busy, or that it tells nothing. */
export type CalendarOfSomebody = { busy: { start: string; end: string }[] } | 'notFound' | 'forbidden';

/** Google refuses longer spans. */
const LONGEST_MS = 92 * 86_400_000;

interface Query {
  timeMin?: string;
  timeMax?: string;
  items?: { id?: string }[];
}

/** https://developers.google.com/workspace/calendar/api/v3/reference/freebusy/query */
export function freeBusy(query: Query, people: Readonly<Record<string, CalendarOfSomebody>>): Answer {
  const [from, to] = [Date.parse(query.timeMin ?? ''), Date.parse(query.timeMax ?? '')];
  if (Number.isNaN(from) || Number.isNaN(to)) throw refused(400, 'required', 'Missing time range.');
  if (to <= from) throw refused(400, 'timeRangeEmpty', 'The specified time range is empty.');
  if (to - from > LONGEST_MS) {
    throw refused(400, 'timeRangeTooLong', 'The requested time range is too long.', { domain: 'calendar' });
  }
  const calendars = Object.fromEntries(
    (query.items ?? []).map(({ id = '' }) => {
      const told = people[id] ?? 'notFound';
      if (typeof told === 'string') return [id, { errors: [{ domain: 'global', reason: told }], busy: [] }];
      const busy = told.busy.filter(({ start, end }) => Date.parse(end) > from && Date.parse(start) < to);
      return [id, { busy }];
    }),
  );
  return {
    status: 200,
    body: { kind: 'calendar#freeBusy', timeMin: query.timeMin, timeMax: query.timeMax, calendars },
  };
}
