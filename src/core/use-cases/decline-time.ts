import { decline } from '../proposals.ts';
import { useCase } from '../use-case.ts';
import { requestInput } from './input.ts';

/** A proposed time does not suit. */
export const declineTime = useCase('declineTime', requestInput, ({ store, actor, clock }, { requestId }) =>
  store.changeRequest(requestId, (request) => decline(request, actor, clock.now())),
);
