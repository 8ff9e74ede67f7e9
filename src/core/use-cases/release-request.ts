import { z } from 'zod';
import { release } from '../request.ts';
import { useCase } from '../use-case.ts';
import { Id, Reason } from './input.ts';

/** A mentor gives a claim back to the queue. A session that was planned is called off. */
export const releaseRequest = useCase(
  'releaseRequest',
  z.object({ requestId: Id, reason: Reason }),
  ({ store, actor, clock }, { requestId, reason }) =>
    store.changeRequest(requestId, (request) => release(request, actor, clock.now(), reason)),
);
