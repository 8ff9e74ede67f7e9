import { useCase } from '../use-case.ts';
import { requestInput } from './input.ts';

/** One request, as this member may see it. */
export const getRequestById = useCase('getRequestById', requestInput, ({ store }, { requestId }) =>
  store.getRequest(requestId),
);
