import { z } from 'zod';
import { rate } from '../scheduling.ts';
import { useCase } from '../use-case.ts';
import { Id } from './input.ts';

export const COMMENT_LIMIT = 1000;

const input = z.object({
  requestId: Id,
  /** 1 (not helpful) to 5 (very helpful). */
  rating: z.enum(['1', '2', '3', '4', '5']).transform(Number),
  comment: z.string().trim().max(COMMENT_LIMIT).default(''),
});

/** One of the two says how the session went, once. */
export const submitSessionFeedback = useCase(
  'submitSessionFeedback',
  input,
  ({ store, actor, clock }, { requestId, rating, comment }) =>
    store.changeRequest(requestId, (request) => rate(request, actor, rating, comment, clock.now())),
);
