import { z } from 'zod';
import { ask } from '../asking.ts';
import { useCase } from '../use-case.ts';
import { Id, Words } from './input.ts';

/** A mentor asks the student something before claiming. Of several who try at once, one holds the request. */
export const askQuestion = useCase(
  'askQuestion',
  z.object({ requestId: Id, question: Words }),
  ({ store, actor, clock, newId }, { requestId, question }) =>
    store.changeRequest(requestId, (request) => ask(request, actor, question, clock.now(), newId)),
);
