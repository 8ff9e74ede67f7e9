import type { FieldProblem } from '../core/errors.ts';

/** Names of fields inside a sentence. A field that is not here is called by its own name. */
const names: Record<string, string> = {
  title: 'The title',
  sessionType: 'The session type',
  description: 'The description',
  durationMinutes: 'The duration',
  urgency: 'The urgency',
  preferredTimes: 'A preferred time',
  tags: 'The tags',
  topics: 'The topics',
  time: 'The start',
  timeZone: 'The time zone',
  week: 'The week',
  kind: 'What differs',
  date: 'The date',
  lastDate: 'The last date',
  backOn: 'The date',
  hours: 'The hours',
  noticeMinutes: 'The notice',
  bufferMinutes: 'The free time',
  perWeek: 'The number of sessions',
  rating: 'The rating',
  comment: 'The comment',
  reason: 'The reason',
  question: 'The question',
  answer: 'The answer',
  link: 'The link',
  from: 'The beginning',
  to: 'The end',
  page: 'The page',
};

/** Fields that hold several words, each short. */
const isList = (field: string): boolean => field === 'tags' || field === 'topics';

const sentences: Record<FieldProblem['code'], (name: string, problem: FieldProblem) => string> = {
  missing: (name) => `${name} is missing. Please fill it in.`,
  too_short: (name, { detail }) => `${name} is too short: at least ${detail} characters, please.`,
  too_long: (name, { detail, field }) =>
    isList(field)
      ? `One of the ${field} is too long: at most ${detail} characters each, please.`
      : `${name} is too long: at most ${detail} characters, please.`,
  too_many: (name, { detail, field }) =>
    isList(field)
      ? `These are too many ${field}: at most ${detail}, please.`
      : field === 'preferredTimes'
        ? `These are too many preferred times: at most ${detail}, please.`
        : `${name} has too many entries: at most ${detail}, please.`,
  not_a_choice: (name) => `${name} is not one of the choices. Please pick one from the list.`,
  time_in_past: (name) => `${name} is in the past. Please choose one that is still ahead.`,
  time_too_far: (name, { detail }) => `${name} is too far ahead: within the next ${detail} days, please.`,
  time_backwards: (name) => `${name} ends before it starts. Please write the earlier time first.`,
  time_unreadable: (name, { detail }) =>
    `${name} cannot be read: “${detail}”. Please write it like 2026-12-01 18:30, Fri 10:00-12:00, or tomorrow 3pm.`,
  hours_unreadable: (_name, { detail }) =>
    `I cannot read “${detail}”. Please write hours like 18:00-20:00, in the week with their day: Mon-Fri 18:00-20:00, 21:00-22:00.`,
  hours_backwards: (_name, { detail }) =>
    `These hours end before they start: “${detail}”. Over midnight, please write two: Fri 22:00-24:00 and Sat 0:00-1:00.`,
  same_time: () => 'These hours end when they begin. Please choose two times that differ.',
  not_later: (name) => `${name} comes too early: please choose a longer time than for what comes before it.`,
  date_unreadable: (name, { detail }) =>
    `${name} cannot be read: “${detail}”. Please write it like 2026-12-24.`,
  date_in_past: (name) => `${name} is over. Please give one that is still ahead.`,
  date_too_far: (name, { detail }) => `${name} is too far ahead: within ${detail} days, please.`,
  dates_backwards: (name) => `${name} is before the first. Please write the earlier date first.`,
  zone_missing: (name) =>
    `${name} needs your time zone. Add it after the time, like 2026-12-01 18:30 Europe/Berlin; I remember it.`,
  zone_unknown: (_name, { detail }) =>
    `I do not know the time zone “${detail}”. Please write it like Europe/Berlin or America/New_York.`,
  not_a_link: (name) => `${name} is not a web address. Please paste one that begins with https://`,
  invalid: (name) => `${name} cannot be used like this. Please check it.`,
};

/** One sentence that says what is wrong with a field, and what to do. */
export const fieldSentence = (problem: FieldProblem): string =>
  sentences[problem.code](names[problem.field] ?? `“${problem.field}”`, problem);
