import { UserError } from './errors.ts';
import { requestCard, sessionCards, somebodyMissing } from './notices.ts';
import type { Actor } from './people.ts';
import { whileClaimed } from './promises.ts';
import { type Change, type Request, sessionOf, told } from './request.ts';
import { room } from './room.ts';
import { mustStand, type Outcome, type Session } from './session.ts';
import type { Instant } from './time.ts';

/**
 * One of the two says that the other did not come. The request is claimed again, so that another time is one press
 * away. When the other had joined, nobody can say who is right: the outcome is unclear, and nobody is blamed.
 * @throws UserError before the start, and when the session is closed
 */
export const reportNoShow = (request: Request, by: Actor, now: Instant): Change =>
  notHeld(request, by, now, (session) => outcomeOf(request, session, by));

/** One of the two says that they moved it among themselves: another time is one press away, and nobody was absent. */
export const reportMoved = (request: Request, by: Actor, now: Instant): Change =>
  notHeld(request, by, now, () => 'MOVED');

function notHeld(request: Request, by: Actor, now: Instant, became: (session: Session) => Outcome): Change {
  const session = sessionOf(request, by);
  mustStand(session);
  if (session.status !== 'SCHEDULED') throw new UserError('session_already_completed', {});
  if (now < session.startsAt) throw new UserError('session_not_started', { startsAt: session.startsAt });
  const missed: Session = {
    ...session,
    status: 'NO_SHOW',
    outcome: became(session),
    askedAt: session.askedAt ?? now,
  };
  const claimed: Request = {
    ...request,
    status: 'CLAIMED',
    claimedAt: now,
    proposal: null,
    offer: null,
    session: missed,
  };
  return told(
    claimed,
    [
      requestCard(claimed, now),
      ...room(claimed, now),
      ...sessionCards(claimed, now),
      ...somebodyMissing(claimed, by, now),
      ...whileClaimed(claimed, now),
    ],
    session.id,
  );
}

function outcomeOf(request: Request, session: Session, by: Actor): Outcome {
  const byStudent = request.student.id === by.memberId;
  if (byStudent) return session.mentorJoinedAt ? 'UNCLEAR' : 'MENTOR_ABSENT';
  return session.studentJoinedAt ? 'UNCLEAR' : 'STUDENT_ABSENT';
}
