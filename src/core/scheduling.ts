import { UserError } from './errors.ts';
import { linkAsked, placeOf } from './meeting-link.ts';
import { didItHappen, howDidItGo, nextStep, requestCard, sessionCards, sessionReminders } from './notices.ts';
import type { Actor } from './people.ts';
import { type Change, mustBeStudent, mustHold, type Request, sessionOf, told } from './request.ts';
import { room } from './room.ts';
import {
  CLOSED_AFTER,
  endOf,
  type Feedback,
  type Helpfulness,
  JOIN_OPENS,
  mustBePlannable,
  mustStand,
  type Outcome,
  type Session,
} from './session.ts';
import { after, type Instant } from './time.ts';

/**
 * The mentor who holds the request sets a time that the student said suits them.
 * @throws UserError
 */
export function schedule(
  request: Request,
  by: Actor,
  startsAt: Instant,
  now: Instant,
  id: string,
  linkMaker: string | null,
): Change {
  mustHold(request, by);
  if (request.status === 'SCHEDULED' && request.session) {
    throw new UserError('request_already_scheduled', { startsAt: request.session.startsAt });
  }
  mustBePlannable(startsAt, now);
  return plan(request, startsAt, now, id, linkMaker);
}

/**
 * A claimed request gets its session.
 * @param id the new session's id
 * @param linkMaker name of the provider that makes the community's links, if there is one
 */
export function plan(
  request: Request,
  startsAt: Instant,
  now: Instant,
  id: string,
  linkMaker: string | null,
): Change {
  const session: Session = {
    id,
    startsAt,
    durationMinutes: request.durationMinutes,
    status: 'SCHEDULED',
    ...placeOf(request.mentor?.meetingRoom, linkMaker),
    studentJoinedAt: null,
    mentorJoinedAt: null,
    askedAt: null,
    outcome: null,
    followUp: null,
    moves: 0,
    calledOffById: null,
    calledOffReason: null,
    calledOffLate: false,
    feedback: [],
  };
  const scheduled: Request = { ...request, status: 'SCHEDULED', proposal: null, session };
  return told(scheduled, [
    requestCard(scheduled, now),
    ...room(scheduled, now),
    ...sessionCards(scheduled, now),
    ...sessionReminders(scheduled, now),
    ...linkAsked(scheduled, session, now),
  ]);
}

/** Someone presses Join. Being there counts from {@link JOIN_OPENS} before the start. @throws UserError */
export function join(request: Request, by: Actor, now: Instant): Change {
  const session = sessionOf(request, by);
  mustStand(session);
  if (session.status !== 'SCHEDULED' || endOf(session) <= now) throw new UserError('session_over', {});
  if (now < after(session.startsAt, -JOIN_OPENS)) return told(request, []);
  const joined: Session =
    request.student.id === by.memberId
      ? { ...session, studentJoinedAt: session.studentJoinedAt ?? now }
      : { ...session, mentorJoinedAt: session.mentorJoinedAt ?? now };
  return told({ ...request, session: joined }, []);
}

/** One of the two says that the session was held; both are asked how it was. @throws UserError before its start, or when it is closed */
export function complete(request: Request, by: Actor, now: Instant): Change {
  const session = sessionOf(request, by);
  mustStand(session);
  if (session.status !== 'SCHEDULED') throw new UserError('session_already_completed', {});
  if (now < session.startsAt) throw new UserError('session_not_started', { startsAt: session.startsAt });
  return close(request, session, 'HELD', now);
}

/** The student rates a session that was held, once; to rate one that nobody closed says that it was. @throws UserError */
export function rate(
  request: Request,
  by: Actor,
  given: { rating: number; helped: Helpfulness | null; comment: string },
  now: Instant,
): Change {
  mustBeStudent(request, by);
  return say(request, by, { ...given, memberId: by.memberId, givenAt: now }, null, now);
}

/**
 * The mentor looks back at a session that was held, once.
 * @param note for themselves and the coordinators; may be empty
 * @param followUp what the student should do next, who is told of it; may be empty
 * @throws UserError
 */
export function wrapUp(request: Request, by: Actor, note: string, followUp: string, now: Instant): Change {
  if (request.mentor?.id !== by.memberId) throw new UserError('request_not_yours', {});
  const feedback = { memberId: by.memberId, rating: null, helped: null, comment: note, givenAt: now };
  const said = say(request, by, feedback, followUp || null, now);
  return followUp ? { ...said, notices: [...said.notices, nextStep(said.request, now)] } : said;
}

function say(request: Request, by: Actor, feedback: Feedback, followUp: string | null, now: Instant): Change {
  const session = sessionOf(request, by);
  mustStand(session);
  if (session.status === 'SCHEDULED' && now < endOf(session)) {
    throw new UserError('session_not_over', { endsAt: endOf(session) });
  }
  if (session.outcome === 'UNCLEAR') throw new UserError('session_not_held', {});
  if (session.feedback.some((given) => given.memberId === by.memberId)) {
    throw new UserError('feedback_already_given', {});
  }
  const given: Session = {
    ...session,
    followUp: followUp ?? session.followUp,
    feedback: [...session.feedback, feedback],
  };
  if (session.status === 'SCHEDULED') return close(request, given, 'HELD', now, [by.memberId]);
  const next: Request = { ...request, session: given };
  return told(next, sessionCards(next, now, [by.memberId]));
}

/**
 * The time is over. When both pressed Join it was held, and both are asked how it was; else both are asked whether it
 * took place. Once. @returns null when there is nothing to ask (any more)
 */
export function end(request: Request, now: Instant): Change | null {
  const { session } = request;
  if (session?.status !== 'SCHEDULED' || session.askedAt || endOf(session) > now) return null;
  if (session.studentJoinedAt && session.mentorJoinedAt) return close(request, session, 'HELD', now);
  const asked: Request = {
    ...request,
    proposal: null,
    offer: null,
    session: { ...session, askedAt: now },
  };
  return told(asked, [...room(asked, now), ...didItHappen(asked, now), ...sessionCards(asked, now)]);
}

/**
 * Nobody closed it for {@link CLOSED_AFTER}: held when somebody's feedback or both their joins say so, else unclear.
 * @returns null when there is nothing to close (any more)
 */
export function closeUnfinished(request: Request, now: Instant): Change | null {
  const { session } = request;
  if (session?.status !== 'SCHEDULED' || after(endOf(session), CLOSED_AFTER) > now) return null;
  const held =
    session.feedback.length > 0 || (session.studentJoinedAt !== null && session.mentorJoinedAt !== null);
  return close(request, session, held ? 'HELD' : 'UNCLEAR', now);
}

/** @param said who gave feedback already, and is not asked for it */
function close(
  request: Request,
  session: Session,
  outcome: Outcome,
  now: Instant,
  said: readonly string[] = session.feedback.map(({ memberId }) => memberId),
): Change {
  const closed: Request = {
    ...request,
    status: 'COMPLETED',
    proposal: null,
    offer: null,
    session: { ...session, status: 'COMPLETED', outcome, askedAt: session.askedAt ?? now },
  };
  const ask = outcome === 'HELD' ? howDidItGo(closed, now, said) : [];
  return told(closed, [requestCard(closed, now), ...room(closed, now), ...sessionCards(closed, now), ...ask]);
}
