import { holdNow, type Question } from '../core/question.ts';
import type { Request } from '../core/request.ts';
import type { Instant } from '../core/time.ts';
import { at, type Block, type Button, button, type Inline, mention, quote, text } from './card.ts';
import { say } from './words.ts';

/** Who asks something first, and until when the request is held for them; nothing when nobody does. */
export function heldWords(request: Request, now: Instant): Inline[] {
  const hold = holdNow(request, now);
  return hold
    ? [
        '💬 ',
        say('{mentor} is asking a question, until {time}', {
          mentor: mention(hold.by),
          time: at(hold.until),
        }),
      ]
    : [];
}

/** The same as a line of its own. */
export function heldLine(request: Request, now: Instant): Block[] {
  const words = heldWords(request, now);
  return words.length > 0 ? [text(...words)] : [];
}

/** What was asked before the request was claimed, and answered, as far as the reader may read it. */
export const questionLines = (request: Request): Block[] =>
  request.questions.flatMap(({ by, words, answer }) => [
    text(say('{mentor} asked:', { mentor: mention(by) })),
    ...[quote(words)].filter((block) => block !== null),
    ...(answer === null
      ? [text(say('Not answered yet.'))]
      : [
          text(say('{student} answered:', { student: mention(request.student) })),
          ...[quote(answer)].filter((block) => block !== null),
        ]),
  ]);

/**
 * What a mentor can do with an open request. While one asks, Claim stays: that mentor takes it with the same button,
 * and whoever else presses it hears who asks.
 * @param me the reader's member id; null when many read it
 */
export function waysIn(request: Request, now: Instant, me: string | null = null): Button[] {
  const args = { requestId: request.id };
  const claim = button(say('Claim'), 'request.claim', args, 'primary');
  const hold = holdNow(request, now);
  if (hold && hold.by.id === me) return [claim, button(say('Let go'), 'request.let-go', args)];
  const asked = me !== null && request.questions.some(({ by }) => by.id === me);
  return hold || asked ? [claim] : [claim, button(say('Ask a question first'), 'request.question', args)];
}

export const answerButton = (request: Request, question: Question): Button =>
  button(say('Answer'), 'request.reply', { requestId: request.id, questionId: question.id }, 'primary');

/** For the student: the first question that waits for an answer. */
export function answerSteps(request: Request): Button[] {
  const waiting = request.questions.find(({ answer }) => answer === null);
  return waiting ? [answerButton(request, waiting)] : [];
}
