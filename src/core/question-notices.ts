import { type Notice, toMember } from './notices.ts';
import type { Question } from './question.ts';
import type { Request } from './request.ts';
import type { Instant } from './time.ts';

// Who is told of a question that a mentor asks before claiming.

/** The student is asked. */
export const questionAsked = (request: Request, question: Question, now: Instant): Notice => ({
  ...toMember('question_asked', request.student, request, now, question.id),
  detail: { question: question.id },
});

/** The mentor who asked hears the answer. */
export const questionAnswered = (request: Request, question: Question, now: Instant): Notice => ({
  ...toMember('question_answered', question.by, request, now, question.id),
  detail: { question: question.id },
});
