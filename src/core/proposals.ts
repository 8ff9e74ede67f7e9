import { invalidField, UserError } from './errors.ts';
import { meetingCheck } from './meeting-notices.ts';
import {
  linkMissing,
  meetingMoved,
  proposalDeclined,
  requestCard,
  sessionCards,
  sessionMoved,
  sessionReminders,
  timeProposed,
} from './notices.ts';
import type { Actor } from './people.ts';
import { whileClaimed } from './promises.ts';
import {
  type Change,
  mustBeParty,
  type PreferredTime,
  plannedSession,
  type Request,
  told,
} from './request.ts';
import { room } from './room.ts';
import { plan } from './scheduling.ts';
import { mayHaveMeeting, mustBeAhead, mustBePlannable, type Session } from './session.ts';
import { after, type Instant, MINUTE } from './time.ts';

/** Whether a start is what the student said suits them; when they said nothing, everything does. */
export const suits = (wishes: readonly PreferredTime[], startsAt: Instant, minutes: number): boolean =>
  wishes.length === 0 ||
  wishes.some(({ start, end }) =>
    end === null
      ? start.getTime() === startsAt.getTime()
      : start <= startsAt && after(startsAt, minutes * MINUTE) <= end,
  );

/**
 * One of the two proposes a time, for a session to come or instead of the one that is planned. Nothing changes until
 * the other accepts. A later proposal replaces an earlier one.
 * @throws UserError
 */
export function propose(
  request: Request,
  by: Actor,
  startsAt: Instant,
  reason: string,
  now: Instant,
): Change {
  mustBeParty(request, by);
  if (request.status === 'OPEN') throw new UserError('request_not_claimed', {});
  if (request.status !== 'CLAIMED' && request.status !== 'SCHEDULED') {
    throw new UserError('request_closed', { status: request.status });
  }
  const planned = plannedSession(request);
  if (planned) mustBeAhead(planned, now);
  mustBePlannable(startsAt, now);
  if (planned?.startsAt.getTime() === startsAt.getTime()) throw new UserError('session_at_that_time', {});
  const proposed: Request = { ...request, proposal: { startsAt, byId: by.memberId, reason } };
  return told(proposed, [...room(proposed, now), ...timeProposed(proposed, now)]);
}

/**
 * The other accepts: the session is planned, or moves with its link and its meeting.
 * @param startsAt the time that was on the button; another proposal may have replaced it meanwhile
 * @param id the new session's id, when there is none yet
 * @throws UserError
 */
export function accept(
  request: Request,
  by: Actor,
  startsAt: Instant,
  now: Instant,
  id: string,
  linkMaker: string | null,
): Change {
  answerable(request, by, startsAt);
  if (startsAt <= now) throw invalidField('time', 'time_in_past');
  const agreed: Request = { ...request, proposal: null };
  const planned = plannedSession(request);
  return planned ? move(agreed, planned, startsAt, now) : plan(agreed, startsAt, now, id, linkMaker);
}

/**
 * The other says that it does not suit. What was planned stays planned.
 * @param startsAt the time that was on the button
 * @throws UserError
 */
export function decline(request: Request, by: Actor, startsAt: Instant, now: Instant): Change {
  answerable(request, by, startsAt);
  const declined: Request = { ...request, proposal: null };
  const tell = [...room(declined, now), ...proposalDeclined(request, by, now)];
  if (request.status !== 'CLAIMED') return told(declined, tell);
  // The two are talking: the mentor has as long for another time as for the first.
  const claimed: Request = { ...declined, claimedAt: now };
  return told(claimed, [...tell, ...whileClaimed(claimed, now)]);
}

/** Passes for whoever may answer this very proposal; another may have taken its place. @throws UserError */
function answerable(request: Request, by: Actor, startsAt: Instant): void {
  mustBeParty(request, by);
  if (request.proposal?.startsAt.getTime() !== startsAt.getTime()) throw new UserError('proposal_gone', {});
  if (request.proposal.byId === by.memberId) throw new UserError('proposal_is_your_own', {});
}

/** The same session and the same link at another time: undelivered reminders are withdrawn, and made anew. */
function move(request: Request, session: Session, startsAt: Instant, now: Instant): Change {
  mustBeAhead(session, now);
  const moved: Session = {
    ...session,
    startsAt,
    moves: session.moves + 1,
    studentJoinedAt: null,
    mentorJoinedAt: null,
  };
  const next: Request = { ...request, session: moved };
  const notices = [
    requestCard(next, now),
    ...room(next, now),
    ...sessionCards(next, now),
    ...sessionMoved(next, session.startsAt, now),
    ...sessionReminders(next, now),
    ...(mayHaveMeeting(moved) ? [meetingMoved(next, moved, now)] : []),
    ...meetingCheck(next, moved, now),
    // An undelivered question for a link is withdrawn with the rest, so it is asked anew.
    ...(moved.meetingState === 'NONE' || moved.meetingState === 'FAILED' ? linkMissing(next, now) : []),
  ];
  return told(next, notices, session.id);
}
