import { claim } from '../request.ts';
import { useCase } from '../use-case.ts';
import { requestInput } from './input.ts';

/** A mentor takes an open request. Of many who try at once, one wins; the others are told who did. */
export const claimRequest = useCase('claimRequest', requestInput, ({ store, actor, clock }, { requestId }) =>
  store.changeRequest(requestId, (request) => claim(request, actor, clock.now())),
);
