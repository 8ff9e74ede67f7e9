import { z } from 'zod';
import { cancel } from '../request.ts';
import { useCase } from '../use-case.ts';
import { Id, Reason } from './input.ts';

/** A student withdraws a request. A session that was planned is called off. */
export const cancelRequest = useCase(
  'cancelRequest',
  z.object({ requestId: Id, reason: Reason }),
  ({ store, actor, clock }, { requestId, reason }) =>
    store.changeRequest(requestId, (request) => cancel(request, actor, clock.now(), reason)),
);
