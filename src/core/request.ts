import type { CommunitySettings } from './community.ts';
import { UserError } from './errors.ts';
import {
  calledOff,
  type Notice,
  requestCancelled,
  requestCard,
  requestClaimed,
  requestExpired,
  requestReleased,
} from './notices.ts';
import { type Actor, asPerson, type Person } from './people.ts';
import { whileClaimed, whileOpen } from './promises.ts';
import { type Hold, type Question, refuseHeld } from './question.ts';
import { room } from './room.ts';
import { cancelSession, type Session } from './session.ts';
import { after, DAY, HOUR, type Instant } from './time.ts';

export const durations = [30, 45, 60] as const;
export const urgencies = ['low', 'normal', 'high'] as const;
export const sessionTypes = [
  'debugging',
  'code_review',
  'pair_programming',
  'concept',
  'career',
  'interview',
  'other',
] as const;
export const requestStatuses = ['OPEN', 'CLAIMED', 'SCHEDULED', 'COMPLETED', 'CANCELLED', 'EXPIRED'] as const;

export type Duration = (typeof durations)[number];
export type Urgency = (typeof urgencies)[number];
export type SessionType = (typeof sessionTypes)[number];
export type RequestStatus = (typeof requestStatuses)[number];

/** A time that suits the student: an instant to start at, or a window to start in when `end` is given. */
export interface PreferredTime {
  start: Instant;
  end: Instant | null;
}

/** A time that one of the two proposed; it holds once the other accepts it. */
export interface Proposal {
  startsAt: Instant;
  /** The member who proposed it. */
  byId: string;
  /** May be empty. */
  reason: string;
}

/** The mentor who holds the request offers it to another, who has not answered yet. */
export interface Offer {
  to: Person;
  /** May be empty. */
  word: string;
}

/** How long a request waits for a mentor before it expires, unless the community sets another time. */
export const OPEN_FOR = 7 * DAY;
/** A request that comes back to the queue waits at least this long again, unless the community sets another time. */
export const OPEN_AGAIN_FOR = 48 * HOUR;

/** A student's mini-session request, with the session that came of it: one aggregate, changed under one lock. */
export interface Request {
  id: string;
  communityId: string;
  /** What its community has set, as of now. */
  settings: CommunitySettings;
  student: Person;
  title: string;
  sessionType: SessionType;
  description: string;
  durationMinutes: Duration;
  urgency: Urgency;
  preferredTimes: PreferredTime[];
  tags: string[];
  status: RequestStatus;
  mentor: Person | null;
  claimedAt: Instant | null;
  expiresAt: Instant;
  createdAt: Instant;
  /** While it is open: a mentor asks something first. */
  hold: Hold | null;
  /** What mentors asked before they claimed, the oldest first; only those that the reader may read. */
  questions: Question[];
  /** While it is claimed or scheduled: a time that waits for the other's answer. */
  proposal: Proposal | null;
  /** While it is claimed or scheduled: another mentor is asked to take it over. */
  offer: Offer | null;
  /**
   * The session that is scheduled or was held; null until there is one. The change that calls a session off still
   * carries it, CANCELLED; from then on the request is read without it.
   */
  session: Session | null;
}

/** A decision: the new state, and everything that follows from it. The store commits both together. */
export interface Change {
  request: Request;
  notices: Notice[];
  /** Session whose undelivered notices no longer hold. */
  withdraw: string | null;
}

/** What anybody in the mentors channel can read off the card, even when the request is no longer theirs to see. */
export interface Outline {
  status: RequestStatus;
  mentor: { id: string; name: string } | null;
}

/** A change after which these are told; `withdraw` names the session whose undelivered notices no longer hold. */
export const told = (request: Request, notices: Notice[], withdraw: string | null = null): Change => ({
  request,
  notices,
  withdraw,
});

/** What tells the mentors about a request that was just opened. */
export const openRequest = (request: Request, now: Instant): Change =>
  told(request, [requestCard(request, now), ...whileOpen(request, now)]);

/** A mentor takes an open request, unless another mentor asks about it first. @throws UserError when it is not theirs to take */
export function claim(request: Request, by: Actor, now: Instant): Change {
  if (!by.isMentor) throw new UserError('mentors_only', {});
  if (request.student.id === by.memberId) throw new UserError('request_is_your_own', {});
  refuseClaimOf(request, by);
  if (request.expiresAt <= now) throw new UserError('request_not_open', { status: 'EXPIRED' });
  refuseHeld(request, by, now);
  const claimed: Request = {
    ...request,
    status: 'CLAIMED',
    mentor: asPerson(by),
    claimedAt: now,
    hold: null,
  };
  return told(claimed, [
    requestCard(claimed, now),
    ...room(claimed, now),
    requestClaimed(claimed, now),
    ...whileClaimed(claimed, now),
  ]);
}

/** Why a request that left the queue cannot be claimed. Passes when it is open. @throws UserError */
export function refuseClaimOf(request: Outline, by: Actor): void {
  if (request.status === 'OPEN') return;
  if (request.status !== 'CLAIMED' && request.status !== 'SCHEDULED') {
    throw new UserError('request_not_open', { status: request.status });
  }
  if (request.mentor?.id === by.memberId) throw new UserError('request_already_yours', {});
  throw new UserError('request_already_claimed', { by: request.mentor?.name ?? 'another mentor' });
}

/**
 * A mentor gives a claim back; a session that was planned is called off.
 * @param reason for the student; may be empty
 * @throws UserError
 */
export function release(request: Request, by: Actor, now: Instant, reason = ''): Change {
  mustHold(request, by);
  const planned = plannedSession(request);
  const called = planned ? cancelSession(planned, by, reason, now) : null;
  const open: Request = { ...reopened(request, now), session: called };
  return told(
    open,
    [
      requestCard(open, now),
      ...room(request, now),
      requestReleased(open, by, reason, now),
      ...calledOff(request, called, now),
      ...whileOpen(open, now, request.mentor),
    ],
    called?.id ?? null,
  );
}

/** A claimed request as it is once back in the queue, where it waits at least as long as the community has set. */
export const reopened = (request: Request, now: Instant): Request => ({
  ...request,
  status: 'OPEN',
  mentor: null,
  claimedAt: null,
  proposal: null,
  expiresAt: new Date(
    Math.max(request.expiresAt.getTime(), after(now, request.settings.openAgainFor).getTime()),
  ),
  offer: null,
});

/**
 * The student withdraws a request; the mentor who holds it is told.
 * @param reason for the mentor; may be empty
 * @throws UserError
 */
export function cancel(request: Request, by: Actor, now: Instant, reason = ''): Change {
  mustBeStudent(request, by);
  mustBeAlive(request);
  const planned = plannedSession(request);
  const called = planned ? cancelSession(planned, by, reason, now) : null;
  const cancelled: Request = {
    ...request,
    status: 'CANCELLED',
    hold: null,
    proposal: null,
    offer: null,
    session: called,
  };
  return told(
    cancelled,
    [
      requestCard(cancelled, now),
      ...room(request, now),
      ...requestCancelled(request, reason, now),
      ...calledOff(request, called, now),
    ],
    called?.id ?? null,
  );
}

/** Nobody claimed it in time. @returns null when there is nothing to expire (any more) */
export function expire(request: Request, now: Instant): Change | null {
  if (request.status !== 'OPEN' || request.expiresAt > now) return null;
  const expired: Request = { ...request, status: 'EXPIRED', hold: null };
  return told(expired, [requestCard(expired, now), requestExpired(expired, now)]);
}

/**
 * The student opens an expired request again for the time that the community has set, or keeps one open that is past
 * half-way.
 * @throws UserError
 */
export function renew(request: Request, by: Actor, now: Instant): Change {
  mustBeStudent(request, by);
  if (request.status !== 'EXPIRED') {
    mustBeAlive(request);
    const halfWay =
      request.status === 'OPEN' && request.expiresAt <= after(now, request.settings.openFor / 2);
    if (!halfWay) throw new UserError('request_still_open', {});
  }
  const open: Request = { ...request, status: 'OPEN', expiresAt: after(now, request.settings.openFor) };
  return told(open, [requestCard(open, now), ...whileOpen(open, now)]);
}

/** Passes when this member is the student. @throws UserError */
export function mustBeStudent(request: Request, by: Actor): void {
  if (request.student.id !== by.memberId) throw new UserError('request_not_yours', {});
}

/** Passes when this member holds the request, claimed or scheduled. @throws UserError */
export function mustHold(request: Request, by: Actor): void {
  if (request.status === 'OPEN') throw new UserError('request_not_claimed', {});
  mustBeAlive(request);
  if (request.mentor?.id !== by.memberId) {
    throw new UserError('request_claimed_by_another', { by: request.mentor?.name ?? 'another mentor' });
  }
}

/** Passes until the request is over. @throws UserError */
export function mustBeAlive(request: Request): void {
  if (request.status === 'COMPLETED' || request.status === 'CANCELLED' || request.status === 'EXPIRED') {
    throw new UserError('request_closed', { status: request.status });
  }
}

/** Passes for the student and for the mentor who holds it. @throws UserError */
export function mustBeParty(request: Request, by: Actor): void {
  if (request.student.id !== by.memberId && request.mentor?.id !== by.memberId) {
    throw new UserError('request_not_yours', {});
  }
}

/** The session that is still to be held; not one that is over, off, or to which somebody did not come. */
export const plannedSession = (request: Request): Session | null =>
  request.session?.status === 'SCHEDULED' ? request.session : null;

/** The session of a request that this member is a party of. @throws UserError */
export function sessionOf(request: Request, by: Actor): Session {
  const { session } = request;
  if (!session) throw new UserError('session_not_found', {});
  mustBeParty(request, by);
  return session;
}
