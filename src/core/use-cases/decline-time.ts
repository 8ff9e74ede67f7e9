import { z } from 'zod';
import { decline } from '../proposals.ts';
import { useCase } from '../use-case.ts';
import { Id, InstantText } from './input.ts';

/** The time on the button does not suit. */
export const declineTime = useCase(
  'declineTime',
  z.object({ requestId: Id, startsAt: InstantText }),
  ({ store, actor, clock }, { requestId, startsAt }) =>
    store.changeRequest(requestId, (request) => decline(request, actor, startsAt, clock.now())),
);
