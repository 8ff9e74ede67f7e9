import type { RefusalCode, Refusals, UserError } from '../core/errors.ts';
import type { RequestStatus } from '../core/request.ts';
import { at, button, buttons, type Card, card, type Inline, text } from './card.ts';
import { fieldSentence } from './field-problems.ts';
import { statusWords } from './labels.ts';

/** What happened, and what to do next. */
type Words<Code extends RefusalCode> = (detail: Refusals[Code]) => { title: string; next: Inline[] };

const became = (status: string): string => statusWords[status as RequestStatus] ?? 'closed';

const words: { [Code in RefusalCode]: Words<Code> } = {
  invalid_input: ({ fields }) => ({
    title: 'Almost: please look at this once more',
    next: fields.flatMap((problem, index): Inline[] => [
      `${index > 0 ? '\n' : ''}• ${fieldSentence(problem)}`,
    ]),
  }),
  mentors_only: () => ({
    title: 'This is for mentors',
    next: [
      'Ask a coordinator to make you a mentor (in Slack: join the mentors channel; in Discord: get the mentor role), then try again.',
    ],
  }),
  coordinators_only: () => ({
    title: 'This is for coordinators',
    next: [
      'In Slack, those are the members of the coordinators channel; in Discord, whoever has a coordinator role or may manage the server. Ask one of them.',
    ],
  }),
  request_not_found: () => ({
    title: 'I cannot find that request',
    next: [
      'It may have been taken back. /mini-sessions shows yours, /mini-mentor those that wait for a mentor.',
    ],
  }),
  request_is_your_own: () => ({
    title: 'This request is your own',
    next: ['Another mentor has to claim it. With /mini-sessions you can see or cancel it.'],
  }),
  request_already_claimed: ({ by }) => ({
    title: `${by} was quicker`,
    next: ['This request is taken care of. Others wait for you in /mini-mentor.'],
  }),
  request_already_yours: () => ({
    title: 'You hold this request already',
    next: ['/mini-mentor shows what you claimed, with everything that comes next.'],
  }),
  request_held: ({ by, until }) => ({
    title: `${by} is asking a question first`,
    next: [
      'So the request is held for them until ',
      at(until),
      '. If they do not claim it by then, it is open to everybody again. Others wait for you in /mini-mentor.',
    ],
  }),
  question_already_asked: () => ({
    title: 'You have asked about this request already',
    next: [
      'One question each, so that nobody keeps a request waiting. You find yours, with its answer, in the details. Claim it if you like: the rest you can ask when you meet.',
    ],
  }),
  question_already_answered: () => ({
    title: 'You have answered this question already',
    next: ['The mentor has your answer. /mini-sessions shows how your request stands.'],
  }),
  question_not_found: () => ({
    title: 'I cannot find that question',
    next: ['/mini-sessions shows your requests, and what mentors asked about them.'],
  }),
  request_not_open: ({ status }) => ({
    title: 'This request is no longer open',
    next: [`It was ${became(status)}. Others wait for you in /mini-mentor.`],
  }),
  request_not_claimed: () => ({
    title: 'Nobody holds this request right now',
    next: ['Claim it first, then you can schedule it. You find it in /mini-mentor.'],
  }),
  request_claimed_by_another: ({ by }) => ({
    title: `${by} holds this request`,
    next: ['Only they can change it. Others wait for you in /mini-mentor.'],
  }),
  request_already_scheduled: ({ startsAt }) => ({
    title: 'There is a time already',
    next: [
      'The session is set for ',
      at(startsAt),
      '. To change that, press Move in the session card in your direct messages.',
    ],
  }),
  proposal_gone: () => ({
    title: 'This proposal no longer stands',
    next: [
      'It was answered, or another one took its place. /mini-sessions and /mini-mentor show how things stand.',
    ],
  }),
  proposal_is_your_own: () => ({
    title: 'You proposed this time yourself',
    next: ['The other side answers it. You can propose another one in its place.'],
  }),
  session_at_that_time: () => ({
    title: 'The session is at that time already',
    next: ['Choose another time if you want to move it.'],
  }),
  time_taken: ({ startsAt }) => ({
    title: 'One of you has another mini session then',
    next: [
      'Nobody can be in two at once, so ',
      at(startsAt),
      ' was not set. Everything stays as it was. Please choose another time.',
    ],
  }),
  request_not_yours: () => ({
    title: 'This belongs to somebody else',
    next: ['Only the student and the mentor of a session can do this. /mini-sessions shows what is yours.'],
  }),
  request_closed: ({ status }) => ({
    title: 'This request is closed',
    next: [
      `It was ${became(status)}, so this button no longer does anything. /mini-session asks for a new one.`,
    ],
  }),
  request_still_open: () => ({
    title: 'There is nothing to renew',
    next: ['Your request has not run out of time. /mini-sessions shows how it stands.'],
  }),
  session_not_found: () => ({
    title: 'There is no session set any more',
    next: ['It was called off, or not scheduled yet. /mini-sessions shows how things stand.'],
  }),
  session_already_started: ({ startsAt }) => ({
    title: 'The session has begun',
    next: [
      'It started ',
      at(startsAt),
      ', so it can no longer be moved or called off. When it is over, the mentor presses Complete.',
    ],
  }),
  session_not_started: ({ startsAt }) => ({
    title: 'The session has not begun yet',
    next: ['It starts ', at(startsAt), '. Press Complete once it took place.'],
  }),
  session_not_over: ({ endsAt }) => ({
    title: 'The session is not over yet',
    next: ['I ask you for feedback when it ends, ', at(endsAt), '.'],
  }),
  session_over: () => ({
    title: 'This session is over',
    next: ['If you still want to talk, /mini-session asks for a new one.'],
  }),
  session_cancelled: () => ({
    title: 'This session was called off',
    next: ['/mini-sessions shows how your requests stand.'],
  }),
  session_missed: () => ({
    title: 'This session did not take place',
    next: [
      'So there is nothing to rate or to close. /mini-sessions and /mini-mentor show the way to another time.',
    ],
  }),
  session_already_completed: () => ({
    title: 'This session is complete already',
    next: ['There is nothing left to do. Thank you.'],
  }),
  feedback_already_given: () => ({
    title: 'You gave your feedback already',
    next: ['It is kept as it is. Thank you.'],
  }),
  nothing_kept: () => ({
    title: 'I no longer have what you typed',
    next: ['It was sent already, or it is older than a day. /mini-session opens a fresh form.'],
  }),
};

/** The one place where a refusal finds its words. */
export function refusalCard(error: UserError): Card {
  const { title, next } = (words[error.code] as Words<RefusalCode>)(error.detail);
  const lost = ['request_already_claimed', 'request_not_open', 'request_held'].includes(error.code);
  const taken = error.code === 'time_taken' ? (error as UserError<'time_taken'>).detail : null;
  return card(
    'bad',
    title,
    text(...next),
    buttons(
      lost ? button('Open requests', 'mentor.open') : null,
      taken
        ? button('Propose another time', 'session.move', { requestId: taken.requestId }, 'primary')
        : null,
    ),
  );
}

/** Something broke on our side. @param reference what an operator finds it by in the log */
export const faultCard = (reference: string): Card =>
  card(
    'bad',
    'Something went wrong on my side',
    text(
      'Nothing you did is at fault. Please try again in a moment. If it happens again, tell a coordinator this reference: ',
      {
        bold: reference,
      },
    ),
  );

/** Someone presses a button that this version no longer knows, or something arrived garbled. */
export const unknownIntentCard = (): Card =>
  card(
    'bad',
    'I do not know this button any more',
    text('It is from an older message. /mini-sessions and /mini-mentor show how things stand now.'),
  );

/** Someone is in a space that no community owns, or writes before anybody set us up. */
export const strangerCard = (): Card =>
  card(
    'bad',
    'We have not met yet',
    text(
      'Type /mini-session once in your community’s Slack workspace or Discord server, so that I know where you belong.',
    ),
  );
