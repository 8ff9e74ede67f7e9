import { useCase } from '../use-case.ts';
import { PAGE_SIZE, pageInput } from './input.ts';

/** The sessions of a student, the latest first. */
export const getMySessions = useCase('getMySessions', pageInput, ({ store, actor }, { page }) =>
  store.listRequests({
    studentId: actor.memberId,
    withSession: true,
    order: 'latest',
    page,
    pageSize: PAGE_SIZE,
  }),
);
