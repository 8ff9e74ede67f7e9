import { claimAssigned } from './coordination-notices.ts';
import { UserError } from './errors.ts';
import { returned } from './give-back.ts';
import { type NoticeKind, requestCard, requestClaimed } from './notices.ts';
import type { Actor, Person } from './people.ts';
import { whileClaimed } from './promises.ts';
import { type Change, type Request, told } from './request.ts';
import { room } from './room.ts';
import type { Instant } from './time.ts';

/** What needs those who look after a programme: the first few of each, and how many there are. */
export interface Attention {
  /** Open for longer than coordinators should hear of it, the longest first. */
  waiting: Some<Request>;
  /** Claimed for longer than the student should wait for a time. */
  untimed: Some<Request>;
  /** Planned without a way to meet, the next first. */
  linkless: Some<Request>;
  /** Whose direct messages are closed to the bot. */
  unreachable: Some<{ name: string; notices: number }>;
  /** Why providers do not make, move or take away meetings of sessions to come, and for how many of these. */
  broken: Some<{ why: string; sessions: number }>;
  /** What the bot gave up, the newest first. */
  dead: Some<DeadNotice>;
}
export interface Some<T> {
  items: T[];
  total: number;
}
export interface DeadNotice {
  id: string;
  kind: NoticeKind;
  /** Title of the request that it is about. */
  title: string;
  /** What a platform or provider said last. */
  why: string;
}

/** A mentor to whom a request can be given. */
export interface Candidate {
  memberId: string;
  name: string;
  /** What they know of what it is about. */
  topics: string[];
  /** How many claims and sessions to come they hold. */
  holds: number;
}

/** How the programme went. */
export interface Numbers {
  since: Instant;
  opened: number;
  /** Of those: by now claimed or further. */
  claimed: number;
  /** From asking to the claim that holds, half of them within; milliseconds, null while there are none. */
  claimedWithin: number | null;
  held: number;
  missed: number;
  calledOffLate: number;
  /** From 1 to 5, as students rated; null while none did. */
  rating: number | null;
}

/** Passes for whoever looks after the programme. @throws UserError */
export function mustCoordinate(by: Actor): void {
  if (!by.isCoordinator) throw new UserError('coordinators_only', {});
}

/** Passes for whoever looks after the programme of this request. @throws UserError */
function mustCoordinateFor(request: Request, by: Actor): void {
  mustCoordinate(by);
  if (request.communityId !== by.communityId) throw new UserError('request_not_found', {});
}

/**
 * A coordinator gives back what a mentor holds who set no time, without waiting for the clock to do it.
 * @throws UserError
 */
export function takeBack(request: Request, by: Actor, now: Instant): Change {
  mustCoordinateFor(request, by);
  if (request.status !== 'CLAIMED') throw new UserError('request_not_claimed', {});
  return returned(request, now);
}

/**
 * A coordinator gives an open request to a mentor, with whom they agreed on it.
 * @throws UserError
 */
export function assign(request: Request, by: Actor, mentor: Person, now: Instant): Change {
  mustCoordinateFor(request, by);
  if (request.status !== 'OPEN' || request.expiresAt <= now) {
    throw new UserError('request_not_open', {
      status: request.status === 'OPEN' ? 'EXPIRED' : request.status,
    });
  }
  if (mentor.id === request.student.id) throw new UserError('request_is_your_own', {});
  const claimed: Request = { ...request, status: 'CLAIMED', mentor, claimedAt: now, hold: null };
  return told(claimed, [
    requestCard(claimed, now),
    ...room(claimed, now),
    requestClaimed(claimed, now),
    ...claimAssigned(claimed, by, now),
    ...whileClaimed(claimed, now),
  ]);
}
