import { z } from 'zod';
import { invalidField } from '../errors.ts';
import { heldAgainstOwn } from '../own-calendar.ts';
import { propose } from '../proposals.ts';
import { useCase } from '../use-case.ts';
import { Id, Reason, TimeOrButton, timeOf } from './input.ts';

const input = z.object({ requestId: Id, ...TimeOrButton, reason: Reason });

/** One of the two proposes another time; the other accepts it, or not. */
export const proposeTime = useCase('proposeTime', input, async (context, { requestId, reason, ...given }) => {
  const { store, actor, clock } = context;
  const startsAt = timeOf(given);
  if (!startsAt) throw invalidField('time', 'missing');
  const proposed = await store.changeRequest(requestId, (request) =>
    propose(request, actor, startsAt, reason, clock.now()),
  );
  return heldAgainstOwn(proposed, context);
});
