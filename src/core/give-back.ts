import { claimReturned, requestCard } from './notices.ts';
import { givenBackAt, whileOpen } from './promises.ts';
import { type Change, type Request, reopened, told } from './request.ts';
import { room } from './room.ts';
import type { Instant } from './time.ts';

/** Nobody set a time: it goes back to the queue. @returns null when there is nothing to give back (any more) */
export function giveBack(request: Request, now: Instant): Change | null {
  const { claimedAt } = request;
  if (request.status !== 'CLAIMED' || !claimedAt || givenBackAt({ ...request, claimedAt }) > now) return null;
  return returned(request, now);
}

/** A claim goes back to the queue; both hear of it, and mentors who know the topic are asked. */
export function returned(request: Request, now: Instant): Change {
  const open = reopened(request, now);
  return told(open, [
    requestCard(open, now),
    ...room(request, now),
    ...claimReturned(request, now),
    ...whileOpen(open, now, request.mentor),
  ]);
}
