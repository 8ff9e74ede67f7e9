import {
  type Availability,
  anyTime,
  type Booking,
  fits,
  freeSlots,
  hasHours,
  isPaused,
  type Misfit,
  opening,
  overlap,
  type Pause,
  type Span,
  spanOf,
} from './availability.ts';
import type { PreferredTime, Request } from './request.ts';
import { FURTHEST_AHEAD } from './session.ts';
import { after, between, DAY, type Instant, MINUTE } from './time.ts';

/** How many times are suggested at most. */
export const SUGGESTIONS = 3;
/** Suggestions within one stretch lie at least this far apart. */
const APART = 30 * MINUTE;
/** Within a window, nothing sooner than this is suggested. */
const LEAD = 15 * MINUTE;
/** How far ahead is looked when the student left the time to the mentor. */
const LOOK_AHEAD = 28 * DAY;

/** Sessions that are planned beside the one in question. */
export interface Bookings {
  /** Of the mentor, in either role. */
  mentor: Booking[];
  student: Booking[];
}

/** What somebody's own calendar tells: when they are busy, or `unseen`; null when they did not ask us to look. */
export type OwnCalendar = readonly Span[] | 'unseen' | null;

/** The calendars of the two of a request. */
export interface Calendars {
  mentor: OwnCalendar;
  student: OwnCalendar;
}

/** Nobody asked us to look. */
export const noCalendars: Calendars = { mentor: null, student: null };

/** Whether somebody's own calendar was looked at, and could not be; null when they did not ask for it. */
export type Look = 'seen' | 'unseen' | null;

/**
 * Why a time does not suit: what the mentor asked for, what stands in the mentor's own calendar, or the student has
 * another session.
 */
export type Conflict = Misfit | 'own_calendar' | 'student_booked';

/** One of the student's times that is ahead. */
export interface Wish {
  time: PreferredTime;
  /** When a session in it could start at the earliest; where none suits, the time's own start. */
  startsAt: Instant;
  /** Why that does not suit; null when it does. */
  conflict: Conflict | null;
}

/** What a mentor can choose from. */
export interface TimeOptions {
  request: Request;
  /** At most {@link SUGGESTIONS}, the earliest first. */
  suggestions: Instant[];
  /** The student's times that none of the suggestions comes from, in the student's order. */
  others: Wish[];
  /** Whether the mentor said when they have time. */
  hasHours: boolean;
  /** A pause that is not over. */
  pause: Pause | null;
  /** Whose own calendar these were held against. When somebody is busy is told to nobody. */
  looks: { mentor: Look; student: Look };
  /** Some of the student's times are left out: by their own calendar they are busy then. */
  leftOut: boolean;
}

/**
 * Times that suit both: what the student wishes, what the mentor set (everything, when they set nothing), no other
 * session of either, and nothing in their own calendars, as far as these were looked at. The first fit of each of the
 * student's times; when these are few, more from within them.
 */
export function findTimes(
  request: Request,
  availability: Availability | null,
  bookings: Bookings,
  now: Instant,
  calendars: Calendars = noCalendars,
): TimeOptions {
  const mentor = availability ?? anyTime('UTC');
  const search: Search = { mentor, minutes: request.durationMinutes, bookings, calendars, now };
  const found = stretchesOf(request, mentor, now).map(({ span, time }) => ({
    time,
    span,
    starts: take(slots(search, span), SUGGESTIONS),
  }));
  const suggestions = chosen(found.map(({ starts }) => starts));
  return {
    request,
    suggestions,
    ...othersOf(search, found, new Set(suggestions.map(Number))),
    hasHours: hasHours(mentor),
    pause: isPaused(mentor, now) ? mentor.pause : null,
    looks: { mentor: lookAt(calendars.mentor), student: lookAt(calendars.student) },
  };
}

/** What all times of one search are held against. */
interface Search {
  mentor: Availability;
  minutes: number;
  bookings: Bookings;
  calendars: Calendars;
  now: Instant;
}

/** A stretch in which a session may lie, and the student's time that it comes from. */
interface Stretch {
  span: Span;
  time: PreferredTime | null;
}

/** The student's times that are ahead; when they left it open, the mentor's hours of the next weeks. */
function stretchesOf(request: Request, mentor: Availability, now: Instant): Stretch[] {
  if (request.preferredTimes.length > 0) {
    return timesAhead(request, now).map((time) => ({
      span: stretchOf(time, request.durationMinutes, now),
      time,
    }));
  }
  if (!hasHours(mentor)) return [];
  const hours = opening(mentor, { from: now, to: after(now, LOOK_AHEAD) });
  return hours.map((span) => ({ span, time: null }));
}

/** Where to look in people's own calendars before times are found; null when there is nothing to find. */
export function whereToLook(request: Request, availability: Availability | null, now: Instant): Span | null {
  const latest = after(now, FURTHEST_AHEAD + request.durationMinutes * MINUTE);
  const spans = stretchesOf(request, availability ?? anyTime('UTC'), now).map(({ span }) => span);
  const from = Math.max(now.getTime(), Math.min(...spans.map((span) => span.from.getTime())));
  const to = Math.min(latest.getTime(), Math.max(...spans.map((span) => span.to.getTime())));
  return from < to ? { from: new Date(from), to: new Date(to) } : null;
}

/** Whether it could be seen, of a calendar that was asked for. */
export const lookAt = (calendar: OwnCalendar): Look =>
  calendar === null || calendar === 'unseen' ? calendar : 'seen';

/** The student's times from which no suggestion comes, those with the same start once. */
function othersOf(
  search: Search,
  found: readonly (Stretch & { starts: Instant[] })[],
  suggested: ReadonlySet<number>,
): Pick<TimeOptions, 'others' | 'leftOut'> {
  const wishes = new Map<number, Wish>();
  let leftOut = false;
  for (const { time, span, starts } of found) {
    if (!time || starts.some((at) => suggested.has(at.getTime()))) continue;
    const startsAt = starts[0] ?? freeForStudent(search, time, span);
    leftOut ||= startsAt === null;
    if (startsAt === null || wishes.has(startsAt.getTime())) continue;
    const conflict = starts[0] ? null : conflictAt(search, startsAt);
    wishes.set(startsAt.getTime(), { time, startsAt, conflict });
  }
  return { others: [...wishes.values()], leftOut };
}

/** Where one of the student's times begins, or later in it, when their own calendar has something at first. */
function freeForStudent(
  { minutes, calendars: { student }, now }: Search,
  time: PreferredTime,
  span: Span,
): Instant | null {
  if (!isBusy(student, time.start, minutes)) return time.start;
  for (const startsAt of freeSlots(anyTime('UTC'), span, minutes, [], now)) {
    if (!isBusy(student, startsAt, minutes)) return startsAt;
  }
  return null;
}

/** The student's times that are not over. */
const timesAhead = ({ preferredTimes }: Request, now: Instant): PreferredTime[] =>
  preferredTimes.filter(({ start, end }) => (end ?? start) > now);

/** A window that began is used from a little later on: nobody meets this minute. */
const stretchOf = ({ start, end }: PreferredTime, minutes: number, now: Instant): Span =>
  end
    ? { from: new Date(Math.max(start.getTime(), after(now, LEAD).getTime())), to: end }
    : spanOf({ startsAt: start, durationMinutes: minutes });

/** Starts that suit both, the earliest first. */
function* slots({ mentor, minutes, bookings, calendars, now }: Search, within: Span): Generator<Instant> {
  for (const startsAt of freeSlots(mentor, within, minutes, bookings.mentor, now)) {
    if (startsAt > after(now, FURTHEST_AHEAD)) return;
    if (isBooked(bookings.student, startsAt, minutes)) continue;
    if (isBusy(calendars.mentor, startsAt, minutes) || isBusy(calendars.student, startsAt, minutes)) continue;
    yield startsAt;
  }
}

/** Why a start does not suit; null when it does. */
function conflictAt(
  { mentor, minutes: durationMinutes, bookings, calendars, now }: Search,
  startsAt: Instant,
): Conflict | null {
  const misfit = fits(mentor, { startsAt, durationMinutes }, bookings.mentor, now);
  if (misfit) return misfit;
  if (isBooked(bookings.student, startsAt, durationMinutes)) return 'student_booked';
  return isBusy(calendars.mentor, startsAt, durationMinutes) ? 'own_calendar' : null;
}

const isBooked = (bookings: readonly Booking[], startsAt: Instant, durationMinutes: number): boolean =>
  bookings.some((other) => overlap(spanOf(other), spanOf({ startsAt, durationMinutes })));

/** Whether somebody's own calendar has something then. What was not seen stands against nothing. */
export const isBusy = (calendar: OwnCalendar, startsAt: Instant, durationMinutes: number): boolean =>
  calendar !== null &&
  calendar !== 'unseen' &&
  calendar.some((busy) => overlap(busy, spanOf({ startsAt, durationMinutes })));

/** The first few that lie {@link APART}. */
function take(starts: Iterable<Instant>, count: number): Instant[] {
  const taken: Instant[] = [];
  for (const at of starts) {
    const last = taken.at(-1);
    if (!last || between(last, at) >= APART) taken.push(at);
    if (taken.length === count) break;
  }
  return taken;
}

/** First one of each stretch, then the second of each, until there are enough; told the earliest first. */
function chosen(stretches: readonly Instant[][]): Instant[] {
  const out = new Map<number, Instant>();
  for (let round = 0; round < SUGGESTIONS; round += 1) {
    for (const starts of [...stretches].sort((a, b) => Number(a[0] ?? 0) - Number(b[0] ?? 0))) {
      const at = starts[round];
      if (at && out.size < SUGGESTIONS) out.set(at.getTime(), at);
    }
  }
  return [...out.values()].sort((a, b) => a.getTime() - b.getTime());
}
