import { useCase } from '../use-case.ts';
import { PAGE_SIZE, pageInput } from './input.ts';

/** A student's own requests, the newest first. */
export const getMyRequests = useCase('getMyRequests', pageInput, ({ store, actor }, { page }) =>
  store.listRequests({ studentId: actor.memberId, order: 'newest', page, pageSize: PAGE_SIZE }),
);
