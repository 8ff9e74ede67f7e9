import type { Request } from '../core/request.ts';
import { endOf, type Session } from '../core/session.ts';
import { type Block, bold, buttons, type Card, card, mention, quote, text } from './card.ts';
import { counterpart, isMentorOf, nextSteps, type View } from './parts.ts';
import { say } from './words.ts';

const who = (request: Request, view: View) => {
  const other = counterpart(request, view);
  return other ? mention(other) : say('your mentor');
};

/** What the mentor suggested; nothing when they did not. */
export const followUpLines = ({ followUp }: Session): Block[] => {
  const words = quote(followUp ?? '');
  return words ? [text(say('What to do next:')), words] : [];
};

/** To both, when the time is over and nobody said whether they met. @returns null when that is settled */
export function didItHappenNotice(request: Request, view: View): Card | null {
  const { session } = request;
  if (session?.status !== 'SCHEDULED' || endOf(session) > view.now) return null;
  return card(
    'waiting',
    say('Did your mini session take place?'),
    text(
      say('{title} with {person} was to end by now. One press is enough.', {
        title: bold(request.title),
        person: who(request, view),
      }),
    ),
    buttons(...nextSteps(request, view)),
  );
}

/** To both, of a session that was held. @returns null for one that was not */
export function howDidItGoNotice(request: Request, view: View): Card | null {
  if (request.session?.outcome !== 'HELD') return null;
  return card(
    'neutral',
    say('How was your mini session?'),
    text(
      say('{title} with {person} is over.', { title: bold(request.title), person: who(request, view) }),
      ' ',
      isMentorOf(request, view)
        ? say('Is there a next step for the student, or a note for the coordinators?')
        : say('Two clicks tell your mentor and the programme what helped.'),
    ),
    buttons(...nextSteps(request, view)),
  );
}

/** To the student: what the mentor suggests. */
export const nextStepNotice = (request: Request): Card | null =>
  request.session?.followUp
    ? card(
        'good',
        say('A next step from your mentor'),
        text(
          say('{mentor} suggests after {title}:', {
            mentor: request.mentor ? mention(request.mentor) : say('Your mentor'),
            title: bold(request.title),
          }),
        ),
        quote(request.session.followUp),
      )
    : null;

export const feedbackAnswer = (request: Request): Card =>
  card(
    'good',
    say('Thank you for your feedback'),
    text(say('It is kept with {title}.', { title: bold(request.title) })),
  );

/** To the mentor who wrapped up. */
export const wrapUpAnswer = (request: Request): Card =>
  card(
    'good',
    say('Thank you for wrapping up'),
    request.session?.followUp
      ? text(say('{student} gets the next step by direct message.', { student: mention(request.student) }))
      : text(say('It is kept with {title}.', { title: bold(request.title) })),
  );
