import { UserError } from '../errors.ts';
import { useCase } from '../use-case.ts';
import { PAGE_SIZE, pageInput } from './input.ts';

/** Requests that wait for a mentor, the urgent and the oldest first. */
export const getOpenRequests = useCase('getOpenRequests', pageInput, ({ store, actor }, { page }) => {
  if (!actor.isMentor) throw new UserError('mentors_only', {});
  return store.listRequests({ statuses: ['OPEN'], order: 'urgent', page, pageSize: PAGE_SIZE });
});
