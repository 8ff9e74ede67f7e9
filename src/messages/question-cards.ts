import { holdNow, type Question } from '../core/question.ts';
import type { Request } from '../core/request.ts';
import { at, bold, button, buttons, type Card, card, mention, note, quote, text } from './card.ts';
import { about, isMentorOf, nextSteps, type View } from './parts.ts';
import { answerButton, heldLine, waysIn } from './question-parts.ts';
import { say } from './words.ts';

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
    say('A mentor has a question for you'),
    text(
      say('{mentor} would like to know something about {title} first:', {
        mentor: mention(question.by),
        title: bold(request.title),
      }),
    ),
    quote(question.words),
    hold?.by.id === question.by.id
      ? note(say('Best answer by {time}: until then it is theirs to take.', { time: at(hold.until) }))
      : null,
    buttons(answerButton(request, question), button(say('Details'), 'request.details', about(request))),
  );
}

/** To the mentor who asked, with what can still be done. */
export function answerNotice(request: Request, id: string, view: View): Card | null {
  const question = questionOf(request, id);
  if (!question || question.answer === null) return null;
  const said = [
    text(
      say('{student} answered about {title}. You asked:', {
        student: mention(request.student),
        title: bold(request.title),
      }),
    ),
    quote(question.words),
    text(say('The answer:')),
    quote(question.answer),
  ];
  if (request.status === 'OPEN' && request.expiresAt > view.now) {
    const hold = holdNow(request, view.now);
    return card(
      'good',
      say('The answer to your question'),
      ...said,
      ...(hold?.by.id === view.me
        ? [
            note(
              say('The request is held for you until {time}. Claim it, or let go for the others.', {
                time: at(hold.until),
              }),
            ),
          ]
        : heldLine(request, view.now)),
      buttons(
        ...waysIn(request, view.now, view.me),
        button(say('Details'), 'request.details', about(request)),
      ),
    );
  }
  const mine = isMentorOf(request, view);
  return card(
    'neutral',
    say('The answer to your question'),
    ...said,
    mine
      ? null
      : text(
          say('The request is no longer open, so there is nothing left for you to do. Thank you for asking.'),
        ),
    buttons(...(mine ? nextSteps(request, view) : [button(say('Open requests'), 'mentor.open')])),
  );
}

/** To the mentor who asked. */
export const questionAskedAnswer = (request: Request, view: View): Card => {
  const hold = holdNow(request, view.now);
  return card(
    'waiting',
    say('Your question is on its way'),
    text(
      say('{student} gets it by direct message, and you get the answer.', {
        student: mention(request.student),
      }),
      ...(hold
        ? [
            ' ',
            say('{title} is held for you until {time}.', {
              title: bold(request.title),
              time: at(hold.until),
            }),
          ]
        : []),
    ),
    buttons(...waysIn(request, view.now, view.me)),
  );
};

export const letGoAnswer = (request: Request): Card =>
  card(
    'neutral',
    say('It is open to everybody'),
    text(
      say('{title} waits for any mentor again. The answer still reaches you when it comes.', {
        title: bold(request.title),
      }),
    ),
    buttons(button(say('Open requests'), 'mentor.open')),
  );

/** To the student who answered. */
export const questionAnsweredAnswer = (request: Request): Card =>
  card(
    'good',
    say('Your answer is on its way'),
    request.status === 'OPEN'
      ? text(
          say('The mentor gets it at once. I tell you as soon as somebody claims {title}.', {
            title: bold(request.title),
          }),
        )
      : text(say('The mentor gets it at once. It stays with {title}.', { title: bold(request.title) })),
    buttons(button(say('My requests'), 'request.list')),
  );
