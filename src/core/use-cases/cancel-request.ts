import { cancel } from '../request.ts';
import { useCase } from '../use-case.ts';
import { requestInput } from './input.ts';

/** A student withdraws a request. */
export const cancelRequest = useCase(
  'cancelRequest',
  requestInput,
  ({ store, actor, clock }, { requestId }) =>
    store.changeRequest(requestId, (request) => cancel(request, actor, clock.now())),
);
