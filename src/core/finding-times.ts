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

/** Why a time does not suit: what the mentor asked for, or the student has another session. */
export type Conflict = Misfit | 'student_booked';

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
}

/**
 * Times that suit both: what the student wishes, what the mentor set (everything, when they set nothing), and no other
 * session of either. The first fit of each of the student's times; when these are few, more from within them.
 */
export function findTimes(
  request: Request,
  availability: Availability | null,
  bookings: Bookings,
  now: Instant,
): TimeOptions {
  const mentor = availability ?? anyTime('UTC');
  const ahead = timesAhead(request, now);
  const fitsOf = (within: Span) => slots(mentor, within, request.durationMinutes, bookings, now);
  const stretches: { span: Span; time: PreferredTime | null }[] =
    request.preferredTimes.length > 0
      ? ahead.map((time) => ({ span: stretchOf(time, request.durationMinutes, now), time }))
      : hasHours(mentor)
        ? opening(mentor, { from: now, to: after(now, LOOK_AHEAD) }).map((span) => ({ span, time: null }))
        : [];
  const found = stretches.map(({ span, time }) => ({ time, starts: take(fitsOf(span), SUGGESTIONS) }));
  const suggestions = chosen(found.map(({ starts }) => starts));
  return {
    request,
    suggestions,
    others: othersOf(found, new Set(suggestions.map(Number)), (at) =>
      conflictAt(mentor, at, request.durationMinutes, bookings, now),
    ),
    hasHours: hasHours(mentor),
    pause: isPaused(mentor, now) ? mentor.pause : null,
  };
}

/** The student's times from which no suggestion comes, those with the same start once. */
function othersOf(
  found: readonly { time: PreferredTime | null; starts: Instant[] }[],
  suggested: ReadonlySet<number>,
  conflict: (at: Instant) => Conflict | null,
): Wish[] {
  const wishes = new Map<number, Wish>();
  for (const { time, starts } of found) {
    if (!time || starts.some((at) => suggested.has(at.getTime()))) continue;
    const startsAt = starts[0] ?? time.start;
    if (wishes.has(startsAt.getTime())) continue;
    wishes.set(startsAt.getTime(), { time, startsAt, conflict: starts[0] ? null : conflict(startsAt) });
  }
  return [...wishes.values()];
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
function* slots(
  mentor: Availability,
  within: Span,
  minutes: number,
  bookings: Bookings,
  now: Instant,
): Generator<Instant> {
  for (const startsAt of freeSlots(mentor, within, minutes, bookings.mentor, now)) {
    if (startsAt > after(now, FURTHEST_AHEAD)) return;
    if (!isBooked(bookings.student, startsAt, minutes)) yield startsAt;
  }
}

/** Why a start does not suit; null when it does. */
export const conflictAt = (
  mentor: Availability,
  startsAt: Instant,
  durationMinutes: number,
  bookings: Bookings,
  now: Instant,
): Conflict | null =>
  fits(mentor, { startsAt, durationMinutes }, bookings.mentor, now) ??
  (isBooked(bookings.student, startsAt, durationMinutes) ? 'student_booked' : null);

const isBooked = (bookings: readonly Booking[], startsAt: Instant, durationMinutes: number): boolean =>
  bookings.some((other) => overlap(spanOf(other), spanOf({ startsAt, durationMinutes })));

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
