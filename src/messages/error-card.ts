import type { RefusalCode, Refusals, UserError } from '../core/errors.ts';
import type { RequestStatus } from '../core/request.ts';
import { at, bold, button, buttons, type Card, card, type Inline, text } from './card.ts';
import { fieldSentence } from './field-problems.ts';
import { statusWords } from './labels.ts';
import { providerWords } from './way-to-meet-cards.ts';
import { say, type Words } from './words.ts';

/** What happened, and what to do next. */
type Refusal<Code extends RefusalCode> = (detail: Refusals[Code]) => { title: Words; next: Inline[] };

const became = (status: string): Words => statusWords[status as RequestStatus] ?? say('closed');

const words: { [Code in RefusalCode]: Refusal<Code> } = {
  invalid_input: ({ fields }) => ({
    title: say('Almost: please look at this once more'),
    next: fields.flatMap((problem, index): Inline[] => [index > 0 ? '\n• ' : '• ', fieldSentence(problem)]),
  }),
  mentors_only: () => ({
    title: say('This is for mentors'),
    next: [
      say(
        'Ask a coordinator to make you a mentor (in Slack: join the mentors channel; in Discord: get the mentor role), then try again.',
      ),
    ],
  }),
  coordinators_only: () => ({
    title: say('This is for coordinators'),
    next: [
      say(
        'In Slack, those are the members of the coordinators channel; in Discord, whoever has a coordinator role or may manage the server. Ask one of them.',
      ),
    ],
  }),
  mentor_unknown: () => ({
    title: say('I know no such mentor'),
    next: [say('They may be a mentor no longer. Please choose another one.')],
  }),
  request_not_found: () => ({
    title: say('I cannot find that request'),
    next: [
      say(
        'It may have been taken back. /mini-sessions shows yours, /mini-mentor those that wait for a mentor.',
      ),
    ],
  }),
  request_is_your_own: () => ({
    title: say('This request is your own'),
    next: [say('Another mentor has to claim it. With /mini-sessions you can see or cancel it.')],
  }),
  request_already_claimed: ({ by }) => ({
    title: say('{name} was quicker', { name: by }),
    next: [say('This request is taken care of. Others wait for you in /mini-mentor.')],
  }),
  request_already_yours: () => ({
    title: say('You hold this request already'),
    next: [say('/mini-mentor shows what you claimed, with everything that comes next.')],
  }),
  request_held: ({ by, until }) => ({
    title: say('{name} is asking a question first', { name: by }),
    next: [
      say(
        'So the request is held for them until {time}. If they do not claim it by then, it is open to everybody again. Others wait for you in /mini-mentor.',
        { time: at(until) },
      ),
    ],
  }),
  question_already_asked: () => ({
    title: say('You have asked about this request already'),
    next: [
      say(
        'One question each, so that nobody keeps a request waiting. You find yours, with its answer, in the details. Claim it if you like: the rest you can ask when you meet.',
      ),
    ],
  }),
  question_already_answered: () => ({
    title: say('You have answered this question already'),
    next: [say('The mentor has your answer. /mini-sessions shows how your request stands.')],
  }),
  question_not_found: () => ({
    title: say('I cannot find that question'),
    next: [say('/mini-sessions shows your requests, and what mentors asked about them.')],
  }),
  offer_gone: () => ({
    title: say('You are not asked any more'),
    next: [
      say(
        'The mentor who asked you kept it, asked somebody else, or it is over. Others wait for you in /mini-mentor.',
      ),
    ],
  }),
  request_not_open: ({ status }) => ({
    title: say('This request is no longer open'),
    next: [say('It was {status}. Others wait for you in /mini-mentor.', { status: became(status) })],
  }),
  request_not_claimed: () => ({
    title: say('Nobody holds this request right now'),
    next: [say('Claim it first, then you can schedule it. You find it in /mini-mentor.')],
  }),
  request_claimed_by_another: ({ by }) => ({
    title: say('{name} holds this request', { name: by }),
    next: [say('Only they can change it. Others wait for you in /mini-mentor.')],
  }),
  request_already_scheduled: ({ startsAt }) => ({
    title: say('There is a time already'),
    next: [
      say(
        'The session is set for {time}. To change that, press Move in the session card in your direct messages.',
        { time: at(startsAt) },
      ),
    ],
  }),
  proposal_gone: () => ({
    title: say('This proposal no longer stands'),
    next: [
      say(
        'It was answered, or another one took its place. /mini-sessions and /mini-mentor show how things stand.',
      ),
    ],
  }),
  proposal_is_your_own: () => ({
    title: say('You proposed this time yourself'),
    next: [say('The other side answers it. You can propose another one in its place.')],
  }),
  session_at_that_time: () => ({
    title: say('The session is at that time already'),
    next: [say('Choose another time if you want to move it.')],
  }),
  time_taken: ({ startsAt }) => ({
    title: say('One of you has another mini session then'),
    next: [
      say(
        'Nobody can be in two at once, so {time} was not set. Everything stays as it was. Please choose another time.',
        { time: at(startsAt) },
      ),
    ],
  }),
  request_not_yours: () => ({
    title: say('This belongs to somebody else'),
    next: [
      say('Only the student and the mentor of a session can do this. /mini-sessions shows what is yours.'),
    ],
  }),
  request_closed: ({ status }) => ({
    title: say('This request is closed'),
    next: [
      say('It was {status}, so this button no longer does anything. /mini-session asks for a new one.', {
        status: became(status),
      }),
    ],
  }),
  request_still_open: () => ({
    title: say('There is nothing to renew'),
    next: [say('Your request has not run out of time. /mini-sessions shows how it stands.')],
  }),
  session_not_found: () => ({
    title: say('There is no session set any more'),
    next: [say('It was called off, or not scheduled yet. /mini-sessions shows how things stand.')],
  }),
  session_already_started: ({ startsAt }) => ({
    title: say('The session has begun'),
    next: [
      say(
        'It started {time}, so it can no longer be moved or called off. When it is over, I ask you both about it.',
        { time: at(startsAt) },
      ),
    ],
  }),
  session_not_started: ({ startsAt }) => ({
    title: say('The session has not begun yet'),
    next: [say('It starts {time}. Press Complete once it took place.', { time: at(startsAt) })],
  }),
  session_not_over: ({ endsAt }) => ({
    title: say('The session is not over yet'),
    next: [say('I ask you for feedback when it ends, {time}.', { time: at(endsAt) })],
  }),
  session_over: () => ({
    title: say('This session is over'),
    next: [say('If you still want to talk, /mini-session asks for a new one.')],
  }),
  session_cancelled: () => ({
    title: say('This session was called off'),
    next: [say('/mini-sessions shows how your requests stand.')],
  }),
  session_missed: () => ({
    title: say('This session did not take place'),
    next: [
      say(
        'So there is nothing to rate or to close. /mini-sessions and /mini-mentor show the way to another time.',
      ),
    ],
  }),
  session_not_held: () => ({
    title: say('Nobody could say whether you met'),
    next: [
      say('So there is nothing to rate. If you still want to talk, /mini-session asks for a new session.'),
    ],
  }),
  session_already_completed: () => ({
    title: say('This session is complete already'),
    next: [say('There is nothing left to do. Thank you.')],
  }),
  feedback_already_given: () => ({
    title: say('You gave your feedback already'),
    next: [say('It is kept as it is. Thank you.')],
  }),
  channels_in_settings: () => ({
    title: say('These channels are chosen elsewhere'),
    next: [say('They stand in my settings, where whoever runs me can change them.')],
  }),
  channel_closed: () => ({
    title: say('I may not write in that channel'),
    next: [
      say(
        'On Slack, open it and type /invite with my name after an @. On Discord, let my role see the channel and send messages in it. Then try again.',
      ),
    ],
  }),
  channel_busy: () => ({
    title: say('I could not post it just now'),
    next: [say('The platform asks for patience. Please try again in a minute.')],
  }),
  no_pages: () => ({
    title: say('There are no calendar links here'),
    next: [say('The bot has no address on the web here. Whoever runs it can give it one.')],
  }),
  provider_unknown: ({ provider }) => ({
    title: say('{provider} is not set up', { provider: providerWords(provider) }),
    next: [say('Whoever runs me can set it up. Until then please choose another.')],
  }),
  provider_not_working: ({ provider, remedy }) => ({
    title: say('{provider} does not work yet', { provider: providerWords(provider) }),
    next: [
      say('So nothing has changed. This is what whoever runs me has to mend first: {remedy}', { remedy }),
    ],
  }),
  nothing_kept: () => ({
    title: say('I no longer have what you typed'),
    next: [say('It was sent already, or it is older than a day. /mini-session opens a fresh form.')],
  }),
};

/** Whom a refusal is about, when it is about what somebody is. */
const reservedFor: Partial<Record<RefusalCode, 'mentor' | 'coordinator'>> = {
  mentors_only: 'mentor',
  coordinators_only: 'coordinator',
};

/**
 * The one place where a refusal finds its words.
 * @param roleNames the roles that make somebody a mentor or coordinator where it is read, by the names that people see
 */
export function refusalCard(
  error: UserError,
  roleNames: { mentor: string[]; coordinator: string[] } = { mentor: [], coordinator: [] },
): Card {
  const { title, next: usual } = (words[error.code] as Refusal<RefusalCode>)(error.detail);
  const whose = reservedFor[error.code];
  const role = whose ? roleNames[whose].join(' / ') : '';
  const next = role
    ? [
        say(
          'For this you need the role {role}. Ask a coordinator for it, then try again: it counts at once.',
          { role },
        ),
      ]
    : usual;
  const lost = ['request_already_claimed', 'request_not_open', 'request_held', 'offer_gone'].includes(
    error.code,
  );
  const taken = error.code === 'time_taken' ? (error as UserError<'time_taken'>).detail : null;
  return card(
    'bad',
    title,
    text(...next),
    buttons(
      lost ? button(say('Open requests'), 'mentor.open') : null,
      taken
        ? button(say('Propose another time'), 'session.move', { requestId: taken.requestId }, 'primary')
        : null,
    ),
  );
}

/** Something broke on our side. @param reference what an operator finds it by in the log */
export const faultCard = (reference: string): Card =>
  card(
    'bad',
    say('Something went wrong on my side'),
    text(
      say(
        'Nothing you did is at fault. Please try again in a moment. If it happens again, tell a coordinator this reference: {reference}',
        { reference: bold(reference) },
      ),
    ),
  );

/** Someone presses a button that this version no longer knows, or something arrived garbled. */
export const unknownIntentCard = (): Card =>
  card(
    'bad',
    say('I do not know this button any more'),
    text(say('It is from an older message. /mini-sessions and /mini-mentor show how things stand now.')),
  );

/** Someone is in a space that no community owns, or writes before anybody set us up. */
export const strangerCard = (): Card =>
  card(
    'bad',
    say('We have not met yet'),
    text(
      say(
        'Type /mini-session once in your community’s Slack workspace or Discord server, so that I know where you belong.',
      ),
    ),
  );
