import { complete } from '../scheduling.ts';
import { useCase } from '../use-case.ts';
import { requestInput } from './input.ts';

/** One of the two says that the session was held; both are asked how it was. */
export const completeSession = useCase(
  'completeSession',
  requestInput,
  ({ store, actor, clock }, { requestId }) =>
    store.changeRequest(requestId, (request) => complete(request, actor, clock.now())),
);
