import { holdNow, type Question } from '../core/question.ts';
import type { Request } from '../core/request.ts';
import { at, button, buttons, type Card, card, mention, note, quote, text } from './card.ts';
import { about, isMentorOf, nextSteps, type View } from './parts.ts';
import { answerButton, heldLine, waysIn } from './question-parts.ts';

const questionOf = (request: Request, id: string): Question | undefined =>
  request.questions.find((question) => question.id === id);

/** To the student. @returns null when it was answered, or the request is over */
export function questionNotice(request: Request, id: string, view: View): Card | null {
  const question = questionOf(request, id);
  const over = ['COMPLETED', 'CANCELLED', 'EXPIRED'].includes(request.status);
  if (!question || question.answer !== null || over) return null;
  const hold = holdNow(request, view.now);
  return card(
    'waiting',
    'A mentor has a question for you',
    text(mention(question.by), ' would like to know something about ', { bold: request.title }, ' first:'),
    quote(question.words),
    hold?.by.id === question.by.id
      ? note('Best answer by ', at(hold.until), ': until then it is theirs to take.')
      : null,
    buttons(answerButton(request, question), button('Details', 'request.details', about(request))),
  );
}

/** To the mentor who asked, with what can still be done. */
export function answerNotice(request: Request, id: string, view: View): Card | null {
  const question = questionOf(request, id);
  if (!question || question.answer === null) return null;
  const said = [
    text(mention(request.student), ' answered about ', { bold: request.title }, '. You asked:'),
    quote(question.words),
    text('The answer:'),
    quote(question.answer),
  ];
  if (request.status === 'OPEN' && request.expiresAt > view.now) {
    const hold = holdNow(request, view.now);
    return card(
      'good',
      'The answer to your question',
      ...said,
      ...(hold?.by.id === view.me
        ? [
            note(
              'The request is held for you until ',
              at(hold.until),
              '. Claim it, or let go for the others.',
            ),
          ]
        : heldLine(request, view.now)),
      buttons(...waysIn(request, view.now, view.me), button('Details', 'request.details', about(request))),
    );
  }
  const mine = isMentorOf(request, view);
  return card(
    'neutral',
    'The answer to your question',
    ...said,
    mine
      ? null
      : text('The request is no longer open, so there is nothing left for you to do. Thank you for asking.'),
    buttons(...(mine ? nextSteps(request, view) : [button('Open requests', 'mentor.open')])),
  );
}

/** To the mentor who asked. */
export const questionAskedAnswer = (request: Request, view: View): Card => {
  const hold = holdNow(request, view.now);
  return card(
    'waiting',
    'Your question is on its way',
    text(
      mention(request.student),
      ' gets it by direct message, and you get the answer. ',
      ...(hold ? [{ bold: request.title }, ' is held for you until ', at(hold.until), '.'] : []),
    ),
    buttons(...waysIn(request, view.now, view.me)),
  );
};

export const letGoAnswer = (request: Request): Card =>
  card(
    'neutral',
    'It is open to everybody',
    text({ bold: request.title }, ' waits for any mentor again. The answer still reaches you when it comes.'),
    buttons(button('Open requests', 'mentor.open')),
  );

/** To the student who answered. */
export const questionAnsweredAnswer = (request: Request): Card =>
  card(
    'good',
    'Your answer is on its way',
    request.status === 'OPEN'
      ? text(
          'The mentor gets it at once. I tell you as soon as somebody claims ',
          { bold: request.title },
          '.',
        )
      : text('The mentor gets it at once. It stays with ', { bold: request.title }, '.'),
    buttons(button('My requests', 'request.list')),
  );
