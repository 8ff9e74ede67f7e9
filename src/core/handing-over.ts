import { UserError } from './errors.ts';
import { mentorChanged, takenOver, takeOverAsked, takeOverDeclined } from './handing-over-notices.ts';
import { linkAsked, type Place, placeOf } from './meeting-link.ts';
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
import { mayHaveMeeting, mustBeAhead, type Session } from './session.ts';
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
 * The other mentor takes it over: the claim, and a session that is planned with its time and its reminders; with its
 * link, too, unless either mentor has one of their own.
 * @param free whether this mentor has no other session then; if not, the two agree on another time
 * @param linkMaker name of the provider that makes links, if there is one
 * @throws UserError
 */
export function takeOver(
  request: Request,
  by: Actor,
  now: Instant,
  free: boolean,
  linkMaker: string | null,
): Change {
  const mentor = mustBeOffered(request, by);
  if (!by.isMentor) throw new UserError('mentors_only', {});
  const planned = plannedSession(request);
  if (planned) mustBeAhead(planned, now);
  const proposal = request.proposal?.byId === request.student.id ? request.proposal : null;
  const session =
    planned && free ? { ...planned, ...placeAfter(planned, mentor, linkMaker) } : request.session;
  const next: Request = { ...request, mentor, claimedAt: now, offer: null, proposal, session };
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
    ? told(next, [...said, ...sessionFollows(next, request, session ?? planned, now)])
    : withoutTime(next, request, planned, said, now);
}

/** Where the session is held from now on: nobody is let into the room of a mentor who is not there. */
function placeAfter(session: Session, mentor: Person, linkMaker: string | null): Partial<Place> {
  if (!mentor.meetingRoom && !session.ownLink) return {};
  const { meetingEventId, meetingProvider, linkGiven } = session;
  // A meeting that a provider made already stands in its calendar, and has a link to go back to.
  const maker = meetingEventId ? meetingProvider : linkMaker;
  const place = placeOf(mentor.meetingRoom, maker);
  return {
    ...place,
    meetingProvider: place.meetingProvider ?? meetingProvider,
    meetingEventId,
    linkGiven: linkGiven || place.linkGiven,
  };
}

/** The session of the new mentor: reminders that the student has stay, and the old mentor's card says who it is now. */
function sessionFollows(next: Request, before: Request, session: Session, now: Instant) {
  const meeting = {
    ...meetingMoved(next, session, now),
    key: `meeting_moved:${session.id}:${now.getTime()}`,
  };
  const asked = before.session?.meetingLink && !session.meetingLink;
  return [
    ...sessionCards(next, now),
    ...sessionCards(before, now, before.mentor ? [before.mentor.id] : []),
    ...sessionReminders(next, now).filter(
      ({ recipient }) => recipient.to === 'member' && recipient.memberId === next.mentor?.id,
    ),
    ...(asked
      ? linkAsked(next, session, now)
      : [
          ...(mayHaveMeeting(session) ? [meeting] : []),
          ...(session.meetingLink || session.meetingState === 'WANTED' ? [] : linkMissing(next, now)),
        ]),
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
