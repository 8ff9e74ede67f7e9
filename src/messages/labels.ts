import {
  durations,
  type Request,
  type RequestStatus,
  type SessionType,
  type Urgency,
} from '../core/request.ts';
import type { Choice } from './form.ts';
import { say, type Words } from './words.ts';

export const sessionTypeLabels: Record<SessionType, Words> = {
  debugging: say('Help with a bug'),
  code_review: say('Code review'),
  pair_programming: say('Pair programming'),
  concept: say('Understand a concept'),
  career: say('Career advice'),
  interview: say('Interview practice'),
  other: say('Something else'),
};

const urgencyLabels: Record<Urgency, Words> = {
  low: say('Low: whenever it suits'),
  normal: say('Normal: in the next days'),
  high: say('High: I am stuck now'),
};

/** Short forms, for cards. */
export const urgencyWords: Record<Urgency, Words> = {
  low: say('Low'),
  normal: say('Normal'),
  high: say('🔥 High'),
};

const statusBadges: Record<RequestStatus, Words> = {
  OPEN: say('🟡 Open'),
  CLAIMED: say('🔵 Claimed'),
  SCHEDULED: say('📅 Scheduled'),
  COMPLETED: say('✅ Completed'),
  CANCELLED: say('⚪ Cancelled'),
  EXPIRED: say('⌛ Expired'),
};

/** What a status is called by itself, in at most 20 characters: forums tag their posts with it. */
export const stageWords: Record<RequestStatus, Words> = {
  OPEN: say('Open'),
  CLAIMED: say('Claimed'),
  SCHEDULED: say('Scheduled'),
  COMPLETED: say('Completed'),
  CANCELLED: say('Cancelled'),
  EXPIRED: say('Expired'),
};

/** What a status is called inside a sentence: "This request was … meanwhile." */
export const statusWords: Record<RequestStatus, Words> = {
  OPEN: say('opened'),
  CLAIMED: say('claimed'),
  SCHEDULED: say('scheduled'),
  COMPLETED: say('completed'),
  CANCELLED: say('cancelled by the student'),
  EXPIRED: say('closed because its time ran out'),
};

const choicesOf = <Value extends string>(labels: Record<Value, Words>): Choice[] =>
  Object.entries<Words>(labels).map(([value, label]) => ({ value, label }));

/** How long a session lasts. */
export const minutesLong = (minutes: number): Words => say('{minutes} minutes', { minutes });

export const sessionTypeChoices = choicesOf(sessionTypeLabels);
export const urgencyChoices = choicesOf(urgencyLabels);
export const durationChoices: Choice[] = durations.map((minutes) => ({
  value: String(minutes),
  label: minutesLong(minutes),
}));

/** A badge for the state of a request, with its icon. */
export const badge = (request: Request): Words => statusBadges[request.status];
