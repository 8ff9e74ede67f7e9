import { renew } from '../request.ts';
import { useCase } from '../use-case.ts';
import { requestInput } from './input.ts';

/** A student opens an expired request again. */
export const renewRequest = useCase('renewRequest', requestInput, ({ store, actor, clock }, { requestId }) =>
  store.changeRequest(requestId, (request) => renew(request, actor, clock.now())),
);
