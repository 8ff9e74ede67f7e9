import { type FieldProblem, invalidField, UserError } from './errors.ts';
import type { Actor } from './people.ts';
import { after, DAY, type Instant, MINUTE } from './time.ts';

export const sessionStatuses = ['SCHEDULED', 'COMPLETED', 'CANCELLED', 'NO_SHOW'] as const;
export type SessionStatus = (typeof sessionStatuses)[number];
/** How a session ended: it was held, somebody did not come, the two moved it without telling, or nobody could say. */
export const outcomes = ['HELD', 'STUDENT_ABSENT', 'MENTOR_ABSENT', 'MOVED', 'UNCLEAR'] as const;
export type Outcome = (typeof outcomes)[number];
/**
 * WANTED: a provider was asked for a link. READY: there is one. FAILED: the mentor was asked for one.
 * NONE: no provider makes links here, so the mentor gives one.
 */
export const meetingStates = ['NONE', 'WANTED', 'READY', 'FAILED'] as const;
export type MeetingState = (typeof meetingStates)[number];

export const helpfulness = ['yes', 'partly', 'no'] as const;
export type Helpfulness = (typeof helpfulness)[number];

/** What one of the two said of a session that was held. */
export interface Feedback {
  memberId: string;
  /** The student's: 1 (not helpful) to 5 (very helpful). Null for a mentor. */
  rating: number | null;
  /** Whether it helped, as the student sees it; null when they did not say, and for a mentor. */
  helped: Helpfulness | null;
  /** The mentor's is a note for themselves and the coordinators: the student never sees it. */
  comment: string;
  givenAt: Instant;
}

export interface Session {
  id: string;
  startsAt: Instant;
  durationMinutes: number;
  status: SessionStatus;
  meetingState: MeetingState;
  /** Name of the provider that made the meeting, or was asked to; it stays when the mentor gives a link. */
  meetingProvider: string | null;
  meetingLink: string | null;
  meetingEventId: string | null;
  /** The link is the mentor's own. */
  ownLink: boolean;
  /** The two have had a link: another one is told to them. */
  linkGiven: boolean;
  studentJoinedAt: Instant | null;
  mentorJoinedAt: Instant | null;
  /** When both were asked how it went. */
  askedAt: Instant | null;
  outcome: Outcome | null;
  /** What the mentor suggests that the student does next; null while they said nothing. */
  followUp: string | null;
  /** How often it was moved to another time. */
  moves: number;
  /** The member who called it off; null while it stands. */
  calledOffById: string | null;
  calledOffReason: string | null;
  /** Whether that was less than {@link LATE} before the start. */
  calledOffLate: boolean;
  feedback: Feedback[];
}

/** Nobody can plan a session further ahead than this. */
export const FURTHEST_AHEAD = 90 * DAY;
/** From here before the start, pressing Join counts as being there. */
export const JOIN_OPENS = 15 * MINUTE;
/** A session nobody closed is closed this long after its end. */
export const CLOSED_AFTER = DAY;

export const endOf = ({
  startsAt,
  durationMinutes,
}: Pick<Session, 'startsAt' | 'durationMinutes'>): Instant => after(startsAt, durationMinutes * MINUTE);

/** Whether some provider may hold a meeting for it. */
export const mayHaveMeeting = (session: Session): boolean =>
  session.meetingProvider !== null || session.meetingEventId !== null || session.meetingState === 'WANTED';

/** Calling a session off later than this before its start counts as late. */
const LATE = DAY;

/** The session as it is once called off. @throws UserError when it has begun */
export function cancelSession(session: Session, by: Actor, reason: string, now: Instant): Session {
  mustBeAhead(session, now);
  return {
    ...session,
    status: 'CANCELLED',
    calledOffById: by.memberId,
    calledOffReason: reason,
    calledOffLate: session.startsAt < after(now, LATE),
  };
}

/** Passes unless it was called off, or somebody did not come. @throws UserError */
export function mustStand(session: Session): void {
  if (session.status === 'CANCELLED') throw new UserError('session_cancelled', {});
  if (session.status === 'NO_SHOW') throw new UserError('session_missed', {});
}

/** Passes while the session has not begun. @throws UserError */
export function mustBeAhead(session: Session, now: Instant): void {
  if (session.startsAt <= now) throw new UserError('session_already_started', { startsAt: session.startsAt });
}

/** Why nobody can plan a start; null when they can. */
export function whyNotPlannable(startsAt: Instant, now: Instant): Omit<FieldProblem, 'field'> | null {
  if (startsAt <= now) return { code: 'time_in_past' };
  if (startsAt > after(now, FURTHEST_AHEAD)) {
    return { code: 'time_too_far', detail: FURTHEST_AHEAD / DAY };
  }
  return null;
}

/** Passes for a start that somebody can plan. @throws UserError that names the form's field `time` */
export function mustBePlannable(startsAt: Instant, now: Instant): void {
  const why = whyNotPlannable(startsAt, now);
  if (why) throw invalidField('time', why.code, why.detail);
}
