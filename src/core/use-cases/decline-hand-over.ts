import { declineOffer } from '../handing-over.ts';
import { useCase } from '../use-case.ts';
import { requestInput } from './input.ts';

/** A mentor does not take over what another offered them. */
export const declineHandOver = useCase(
  'declineHandOver',
  requestInput,
  ({ store, actor, clock }, { requestId }) =>
    store.changeRequest(requestId, (request) => declineOffer(request, actor, clock.now())),
);
