import { z } from 'zod';
import { wrapUp } from '../scheduling.ts';
import { useCase } from '../use-case.ts';
import { Id } from './input.ts';
import { COMMENT_LIMIT } from './submit-session-feedback.ts';

const Text = z.string().trim().max(COMMENT_LIMIT).default('');

/** The mentor looks back at a session: a private note, and what the student could do next. */
export const wrapUpSession = useCase(
  'wrapUpSession',
  z.object({ requestId: Id, note: Text, followUp: Text }),
  ({ store, actor, clock }, { requestId, note, followUp }) =>
    store.changeRequest(requestId, (request) => wrapUp(request, actor, note, followUp, clock.now())),
);
