import { join } from '../scheduling.ts';
import { useCase } from '../use-case.ts';
import { requestInput } from './input.ts';

/** A student or mentor is there. */
export const joinSession = useCase('joinSession', requestInput, ({ store, actor, clock }, { requestId }) =>
  store.changeRequest(requestId, (request) => join(request, actor, clock.now())),
);
