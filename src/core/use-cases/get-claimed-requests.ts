import { useCase } from '../use-case.ts';
import { PAGE_SIZE, pageInput } from './input.ts';

/** What this mentor claimed and has still to schedule or hold, the newest first. */
export const getClaimedRequests = useCase('getClaimedRequests', pageInput, ({ store, actor }, { page }) =>
  store.listRequests({
    mentorId: actor.memberId,
    statuses: ['CLAIMED', 'SCHEDULED'],
    order: 'newest',
    page,
    pageSize: PAGE_SIZE,
  }),
);
