import { z } from 'zod';
import { invalidField } from '../errors.ts';
import { schedule } from '../scheduling.ts';
import { useCase } from '../use-case.ts';
import { Id, InstantText } from './input.ts';

const input = z
  .object({
    requestId: Id,
    /** From a button that carries one of the student's times. */
    startsAt: InstantText.optional(),
    /** From the form for another time. */
    time: z.array(z.object({ start: InstantText, end: InstantText.nullable() })).optional(),
  })
  .transform(({ requestId, startsAt, time }) => ({ requestId, startsAt: startsAt ?? time?.[0]?.start }));

/** The mentor sets the time; both are told, and a link is asked for. */
export const scheduleSession = useCase(
  'scheduleSession',
  input,
  ({ store, actor, clock, newId, providerMakesLinks }, { requestId, startsAt }) => {
    if (!startsAt) throw invalidField('time', 'missing');
    return store.changeRequest(requestId, (request) =>
      schedule(request, actor, startsAt, clock.now(), newId, providerMakesLinks),
    );
  },
);
