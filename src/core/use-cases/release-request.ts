import { release } from '../request.ts';
import { useCase } from '../use-case.ts';
import { requestInput } from './input.ts';

/** A mentor gives a claim back to the queue. */
export const releaseRequest = useCase(
  'releaseRequest',
  requestInput,
  ({ store, actor, clock }, { requestId }) =>
    store.changeRequest(requestId, (request) => release(request, actor, clock.now())),
);
