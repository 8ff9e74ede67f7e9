import { z } from 'zod';
import { accept } from '../proposals.ts';
import { useCase } from '../use-case.ts';
import { Id, InstantText } from './input.ts';

/** The other accepts the time on the button: the session is planned, or moves. */
export const acceptTime = useCase(
  'acceptTime',
  z.object({ requestId: Id, startsAt: InstantText }),
  ({ store, actor, clock, newId, linkMaker }, { requestId, startsAt }) =>
    store.changeRequest(requestId, (request) =>
      accept(request, actor, startsAt, clock.now(), newId, linkMaker),
    ),
);
