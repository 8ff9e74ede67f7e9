import { UserError } from './errors.ts';
import { requestCard } from './notices.ts';
import { type Actor, asPerson } from './people.ts';
import { HELD_FOR, holdNow, type Question, refuseHeld } from './question.ts';
import { questionAnswered, questionAsked } from './question-notices.ts';
import { type Change, mustBeAlive, mustBeStudent, type Request, refuseClaimOf, told } from './request.ts';
import { after, type Instant } from './time.ts';

/**
 * A mentor asks the student something before claiming. For {@link HELD_FOR} nobody else may claim, so that the answer
 * is not for nothing. A mentor asks once about a request: nobody keeps it from others by asking on and on.
 * @param id the new question's id; the same again changes nothing
 * @throws UserError
 */
export function ask(request: Request, by: Actor, words: string, now: Instant, id: string): Change {
  if (!by.isMentor) throw new UserError('mentors_only', {});
  if (request.student.id === by.memberId) throw new UserError('request_is_your_own', {});
  if (request.questions.some((asked) => asked.id === id)) return told(request, []);
  refuseClaimOf(request, by);
  if (request.expiresAt <= now) throw new UserError('request_not_open', { status: 'EXPIRED' });
  refuseHeld(request, by, now);
  if (request.questions.some((asked) => asked.by.id === by.memberId)) {
    throw new UserError('question_already_asked', {});
  }
  const question: Question = { id, by: asPerson(by), words, askedAt: now, answer: null, answeredAt: null };
  const held: Request = {
    ...request,
    hold: { by: question.by, until: after(now, HELD_FOR) },
    questions: [...request.questions, question],
  };
  return told(held, [requestCard(held, now), questionAsked(held, question, now)]);
}

/** The student answers, once; the hold goes on, so that the mentor can claim. @throws UserError */
export function answer(request: Request, by: Actor, questionId: string, words: string, now: Instant): Change {
  mustBeStudent(request, by);
  const question = request.questions.find(({ id }) => id === questionId);
  if (!question) throw new UserError('question_not_found', {});
  if (question.answer !== null) throw new UserError('question_already_answered', {});
  mustBeAlive(request);
  const answered: Question = { ...question, answer: words, answeredAt: now };
  const next: Request = {
    ...request,
    questions: request.questions.map((each) => (each.id === questionId ? answered : each)),
  };
  return told(next, [questionAnswered(next, answered, now)]);
}

/** The mentor who asked leaves the request to the others; nothing happens when it is not held for them any more. */
export function letGo(request: Request, by: Actor, now: Instant): Change {
  if (holdNow(request, now)?.by.id !== by.memberId) return told(request, []);
  return withoutHold(request, now);
}

/** The half hour is over. @returns null when there is nothing to end (any more) */
export function endHold(request: Request, now: Instant): Change | null {
  return request.hold && request.hold.until <= now ? withoutHold(request, now) : null;
}

function withoutHold(request: Request, now: Instant): Change {
  const free: Request = { ...request, hold: null };
  return told(free, [requestCard(free, now)]);
}
