import { UserError } from './errors.ts';
import { mentorChanged, takenOver, takeOverAsked, takeOverDeclined } from './handing-over-notices.ts';
import {
  calledOff,
  linkMissing,
  meetingMoved,
  requestCard,
  sessionCards,
  sessionReminders,
} from './notices.ts';
import type { Actor, Person } from './people.ts';
import { whileClaimed } from './promises.ts';
import { type Change, mustHold, plannedSession, type Request, told } from './request.ts';
import { room } from './room.ts';
import { mustBeAhead, type Session } from './session.ts';
import type { Instant } from './time.ts';

/**
 * The mentor who holds a request asks another to take it over. Until they answer nothing changes; a later offer takes
 * the place of an earlier one.
 * @param word for the other mentor; may be empty
 * @throws UserError
 */
export function offer(request: Request, by: Actor, to: Person, word: string, now: Instant): Change {
  mustHold(request, by);
  if (to.id === by.memberId || to.id === request.student.id) throw new UserError('mentor_unknown', {});
  const planned = plannedSession(request);
  if (planned) mustBeAhead(planned, now);
  if (request.offer?.to.id === to.id && request.offer.word === word) return told(request, []);
  const offered: Request = { ...request, offer: { to, word } };
  return told(offered, [takeOverAsked(offered, to, now)]);
}

/** The mentor keeps it after all; nothing happens when nobody is asked any more. @throws UserError */
export function keep(request: Request, by: Actor): Change {
  mustHold(request, by);
  return told({ ...request, offer: null }, []);
}

/** The other mentor declines; it stays where it is. @throws UserError */
export function declineOffer(request: Request, by: Actor, now: Instant): Change {
  mustBeOffered(request, by);
  return told({ ...request, offer: null }, takeOverDeclined(request, by, now));
}

/**
 * The other mentor takes it over: the claim, and a session that is planned with its time, its link and its reminders.
 * @param free whether this mentor has no other session then; if not, the two agree on another time
 * @throws UserError
 */
export function takeOver(request: Request, by: Actor, now: Instant, free: boolean): Change {
  const mentor = mustBeOffered(request, by);
  if (!by.isMentor) throw new UserError('mentors_only', {});
  const planned = plannedSession(request);
  if (planned) mustBeAhead(planned, now);
  const proposal = request.proposal?.byId === request.student.id ? request.proposal : null;
  const next: Request = { ...request, mentor, claimedAt: now, offer: null, proposal };
  const said = [
    requestCard(next, now),
    // The old mentor's room closes, and the new one has a room with the student.
    ...room({ ...next, mentor: request.mentor }, now),
    ...room(next, now),
    mentorChanged(next, request, now),
    ...takenOver(next, request, now),
  ];
  if (!planned) return told(next, [...said, ...whileClaimed(next, now)]);
  return free
    ? told(next, [...said, ...sessionFollows(next, request, planned, now)])
    : withoutTime(next, request, planned, said, now);
}

/** The session of the new mentor: reminders that the student has stay, and the old mentor's card says who it is now. */
function sessionFollows(next: Request, before: Request, session: Session, now: Instant) {
  const meeting = {
    ...meetingMoved(next, session, now),
    key: `meeting_moved:${session.id}:${now.getTime()}`,
  };
  return [
    ...sessionCards(next, now),
    ...sessionCards(before, now, before.mentor ? [before.mentor.id] : []),
    ...sessionReminders(next, now).filter(
      ({ recipient }) => recipient.to === 'member' && recipient.memberId === next.mentor?.id,
    ),
    ...(session.meetingState === 'NONE' ? [] : [meeting]),
    ...(session.meetingLink || session.meetingState === 'WANTED' ? [] : linkMissing(next, now)),
  ];
}

/** Nobody called it off: the new mentor has another session then. */
function withoutTime(
  next: Request,
  before: Request,
  session: Session,
  said: Change['notices'],
  now: Instant,
) {
  const off: Session = { ...session, status: 'CANCELLED' };
  const claimed: Request = { ...next, status: 'CLAIMED', proposal: null, session: off };
  return told(claimed, [...said, ...calledOff(before, off, now), ...whileClaimed(claimed, now)], session.id);
}

/** The mentor to whom it is offered now. @throws UserError when that is somebody else */
function mustBeOffered(request: Request, by: Actor): Person {
  if (request.mentor?.id === by.memberId) throw new UserError('request_already_yours', {});
  if (request.offer?.to.id !== by.memberId) throw new UserError('offer_gone', {});
  return request.offer.to;
}
