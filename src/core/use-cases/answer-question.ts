import { z } from 'zod';
import { answer as give } from '../asking.ts';
import { useCase } from '../use-case.ts';
import { Id, Words } from './input.ts';

/** The student answers what a mentor asked. */
export const answerQuestion = useCase(
  'answerQuestion',
  z.object({ requestId: Id, questionId: Id, answer: Words }),
  ({ store, actor, clock }, { requestId, questionId, answer }) =>
    store.changeRequest(requestId, (request) => give(request, actor, questionId, answer, clock.now())),
);
