import { z } from 'zod';
import { rate } from '../scheduling.ts';
import { helpfulness } from '../session.ts';
import { useCase } from '../use-case.ts';
import { Id } from './input.ts';

export const COMMENT_LIMIT = 1000;

const input = z.object({
  requestId: Id,
  /** 1 (not helpful) to 5 (very helpful). */
  rating: z.enum(['1', '2', '3', '4', '5']).transform(Number),
  helped: z
    .enum(helpfulness)
    .optional()
    .transform((helped) => helped ?? null),
  comment: z.string().trim().max(COMMENT_LIMIT).default(''),
});

/** The student says how the session was, once. */
export const submitSessionFeedback = useCase(
  'submitSessionFeedback',
  input,
  ({ store, actor, clock }, { requestId, ...given }) =>
    store.changeRequest(requestId, (request) => rate(request, actor, given, clock.now())),
);
