import { claimReturned, requestCard } from './notices.ts';
import { givenBackAt, whileOpen } from './promises.ts';
import { type Change, OPEN_AGAIN_FOR, type Request, told } from './request.ts';
import { after, type Instant } from './time.ts';

/** Nobody set a time: it goes back to the queue. @returns null when there is nothing to give back (any more) */
export function giveBack(request: Request, now: Instant): Change | null {
  const { claimedAt } = request;
  if (request.status !== 'CLAIMED' || !claimedAt || givenBackAt({ ...request, claimedAt }) > now) return null;
  const open: Request = {
    ...request,
    status: 'OPEN',
    mentor: null,
    claimedAt: null,
    proposal: null,
    expiresAt: new Date(Math.max(request.expiresAt.getTime(), after(now, OPEN_AGAIN_FOR).getTime())),
  };
  return told(open, [
    requestCard(open, now),
    ...claimReturned(request, now),
    ...whileOpen(open, now, request.mentor),
  ]);
}
