import type { FieldProblem } from '../core/errors.ts';
import { listed, say, type Words } from './words.ts';

/** Names of fields inside a sentence. A field that is not here is called by its own name. */
const names: Record<string, Words> = {
  title: say('The title'),
  sessionType: say('The session type'),
  description: say('The description'),
  durationMinutes: say('The duration'),
  urgency: say('The urgency'),
  preferredTimes: say('A preferred time'),
  tags: say('The tags'),
  topics: say('The topics'),
  time: say('The start'),
  timeZone: say('The time zone'),
  week: say('The week'),
  kind: say('The difference'),
  date: say('The date'),
  lastDate: say('The last date'),
  backOn: say('The date'),
  hours: say('The hours'),
  noticeMinutes: say('The notice'),
  bufferMinutes: say('The free time'),
  perWeek: say('The number of sessions'),
  rating: say('The rating'),
  comment: say('The comment'),
  reason: say('The reason'),
  question: say('The question'),
  answer: say('The answer'),
  word: say('Your word'),
  helped: say('Whether it helped'),
  note: say('The note'),
  followUp: say('The next step'),
  link: say('The link'),
  email: say('The e-mail address'),
  high: say('The time for high urgency'),
  normal: say('The time for normal urgency'),
  low: say('The time for low urgency'),
  openFor: say('The time for which it stays open'),
  nudge: say('The reminder of the mentor'),
  tellStudent: say('The word to the student'),
  giveBack: say('The time until it is given back'),
  withProposal: say('The time with a proposal'),
  from: say('The beginning'),
  to: say('The end'),
  mentorsChannel: say('The mentors channel'),
  coordinatorsChannel: say('The coordinators channel'),
  sessionsChannel: say('The sessions channel'),
  fallbackChannel: say('The fallback channel'),
  mentorRoles: say('The mentor roles'),
  coordinatorRoles: say('The coordinator roles'),
  panelChannel: say('The channel'),
  page: say('The page'),
};

/** Fields that hold several words, each short. */
const lists: Record<string, Words> = { tags: say('tags'), topics: say('topics') };

/** What a bot may do in a channel, as the platform's own menus call it. */
const permissions: Record<string, Words> = {
  'View Channel': say('View Channel'),
  'Send Messages': say('Send Messages'),
  'Embed Links': say('Embed Links'),
  'Read Message History': say('Read Message History'),
  'Send Messages in Threads': say('Send Messages in Threads'),
  'Create Private Threads': say('Create Private Threads'),
  'Manage Threads': say('Manage Threads'),
};
const inWords = (lacking: string | number): Words =>
  listed(
    String(lacking)
      .split(', ')
      .map((name) => permissions[name] ?? name),
  );

const sentences: Record<FieldProblem['code'], (name: Words, problem: FieldProblem) => Words> = {
  missing: (name) => say('{field} is missing. Please fill it in.', { field: name }),
  too_short: (name, { detail = '' }) =>
    say('{field} is too short: at least {detail} characters, please.', {
      field: name,
      detail,
    }),
  too_long: (name, { detail = '', field }) =>
    lists[field]
      ? say('One of the {words} is too long: at most {detail} characters each, please.', {
          words: lists[field],
          detail,
        })
      : say('{field} is too long: at most {detail} characters, please.', {
          field: name,
          detail,
        }),
  too_many: (name, { detail = '', field }) =>
    lists[field]
      ? say('These are too many {words}: at most {detail}, please.', { words: lists[field], detail })
      : field === 'preferredTimes'
        ? say('These are too many preferred times: at most {detail}, please.', { detail })
        : say('{field} has too many entries: at most {detail}, please.', {
            field: name,
            detail,
          }),
  not_a_choice: (name) =>
    say('{field} is not one of the choices. Please pick one from the list.', { field: name }),
  time_in_past: (name) =>
    say('{field} is in the past. Please choose one that is still ahead.', { field: name }),
  time_too_far: (name, { detail = '' }) =>
    say('{field} is too far ahead: within the next {detail} days, please.', {
      field: name,
      detail,
    }),
  time_backwards: (name) =>
    say('{field} ends before it starts. Please write the earlier time first.', { field: name }),
  time_unreadable: (name, { detail = '' }) =>
    say(
      '{field} cannot be read: “{detail}”. Please write it like 2026-12-01 18:30, Fri 10:00-12:00, or tomorrow 3pm.',
      { field: name, detail },
    ),
  hours_unreadable: (_name, { detail = '' }) =>
    say(
      'I cannot read “{detail}”. Please write hours like 18:00-20:00, in the week with their day: Mon-Fri 18:00-20:00, 21:00-22:00.',
      { detail },
    ),
  hours_backwards: (_name, { detail = '' }) =>
    say(
      'These hours end before they start: “{detail}”. Over midnight, please write two: Fri 22:00-24:00 and Sat 0:00-1:00.',
      { detail },
    ),
  same_time: () => say('These hours end when they begin. Please choose two times that differ.'),
  out_of_order: () =>
    say(
      'Mentors are asked again first, then coordinators hear of it, and both before the request runs out. Please choose times in that order.',
    ),
  not_later: (name) =>
    say('{field} comes too early: please choose a longer time than for what comes before it.', {
      field: name,
    }),
  date_unreadable: (name, { detail = '' }) =>
    say('{field} cannot be read: “{detail}”. Please write it like 2026-12-24.', {
      field: name,
      detail,
    }),
  date_in_past: (name) => say('{field} is over. Please give one that is still ahead.', { field: name }),
  date_too_far: (name, { detail = '' }) =>
    say('{field} is too far ahead: within {detail} days, please.', { field: name, detail }),
  dates_backwards: (name) =>
    say('{field} is before the first. Please write the earlier date first.', { field: name }),
  zone_missing: (name) =>
    say(
      '{field} needs your time zone. Add it after the time, like 2026-12-01 18:30 Europe/Berlin; I remember it.',
      { field: name },
    ),
  zone_unknown: (_name, { detail = '' }) =>
    say('I do not know the time zone “{detail}”. Please write it like Europe/Berlin or America/New_York.', {
      detail,
    }),
  channel_unknown: (name) =>
    say(
      '{field} is one that I cannot see. Please open it, type /invite with my name after an @, and try again.',
      { field: name },
    ),
  channel_without_bot: (name) =>
    say(
      '{field} is one that I am not in yet. Please open it, type /invite with my name after an @, and try again.',
      { field: name },
    ),
  not_an_address: (name) =>
    say('{field} is not an e-mail address. Please write one like ada@example.org.', { field: name }),
  channel_forbidden: (name, { detail = '' }) =>
    say(
      '{field} is one in which I may not do all that I need. Please open it, Edit Channel, Permissions, add my role, and allow: {detail}. Then send this again.',
      { field: name, detail: inWords(detail) },
    ),
  channel_closed: (name, { detail = '' }) =>
    say(
      '{field} is one that is closed to me. Please open it, Edit Channel, Permissions, add my role, and allow: {detail}. Then send this again.',
      { field: name, detail: inWords(detail) },
    ),
  role_unfit: (name, { detail = '' }) =>
    say('{field} hold one that nobody can be given: {detail}. Please choose roles that people have.', {
      field: name,
      detail,
    }),
  not_a_link: (name) =>
    say('{field} is not a web address. Please paste one that begins with https://', { field: name }),
  invalid: (name) => say('{field} cannot be used like this. Please check it.', { field: name }),
};

/** One sentence that says what is wrong with a field, and what to do. */
export const fieldSentence = (problem: FieldProblem): Words =>
  sentences[problem.code](names[problem.field] ?? `“${problem.field}”`, problem);
