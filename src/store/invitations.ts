import { meetingGuestsChanged } from '../core/notices.ts';
import type { Actor } from '../core/people.ts';
import type { Instant } from '../core/time.ts';
import { loadRequests } from './aggregate.ts';
import { tell } from './tell.ts';
import type { Tx } from './transaction.ts';

/**
 * The meetings of somebody's sessions to come are told of a guest more, or less; also one that is being made at this
 * moment, which may have been wished for without.
 */
export async function inviteAnew(tx: Tx, { memberId, communityId }: Actor, now: Instant): Promise<void> {
  const upcoming = await tx.session.findMany({
    where: {
      status: 'SCHEDULED',
      startsAt: { gt: now },
      OR: [{ studentId: memberId }, { mentorId: memberId }],
    },
    select: { requestId: true },
  });
  const requests = await loadRequests(
    tx,
    upcoming.map(({ requestId }) => requestId),
  );
  const changed = requests.flatMap((request) => meetingGuestsChanged(request, now));
  await tell(tx, communityId, changed, null);
}
