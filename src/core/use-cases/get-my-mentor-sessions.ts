import { useCase } from '../use-case.ts';
import { PAGE_SIZE, pageInput } from './input.ts';

/** The sessions of a mentor, the latest first. */
export const getMyMentorSessions = useCase('getMyMentorSessions', pageInput, ({ store, actor }, { page }) =>
  store.listRequests({
    mentorId: actor.memberId,
    withSession: true,
    order: 'latest',
    page,
    pageSize: PAGE_SIZE,
  }),
);
