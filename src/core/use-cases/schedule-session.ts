import { z } from 'zod';
import { invalidField } from '../errors.ts';
import { heldAgainstOwn } from '../own-calendar.ts';
import { propose, suits } from '../proposals.ts';
import { schedule } from '../scheduling.ts';
import { useCase } from '../use-case.ts';
import { Id, Reason, TimeOrButton, timeOf } from './input.ts';

const input = z.object({ requestId: Id, ...TimeOrButton, reason: Reason });

/**
 * The mentor chooses a time. One that the student said suits them holds at once; any other is proposed, and holds once
 * the student accepts it.
 */
export const scheduleSession = useCase(
  'scheduleSession',
  input,
  async (context, { requestId, reason, ...given }) => {
    const { store, actor, clock, newId, linkMaker } = context;
    const startsAt = timeOf(given);
    if (!startsAt) throw invalidField('time', 'missing');
    const now = clock.now();
    const chosen = await store.changeRequest(requestId, (request) =>
      request.status === 'SCHEDULED' || suits(request.preferredTimes, startsAt, request.durationMinutes)
        ? schedule(request, actor, startsAt, now, newId, linkMaker)
        : propose(request, actor, startsAt, reason, now),
    );
    return heldAgainstOwn(chosen, context);
  },
);
