import {
  durations,
  type Request,
  type RequestStatus,
  type SessionType,
  type Urgency,
} from '../core/request.ts';
import type { Choice } from './form.ts';

export const sessionTypeLabels: Record<SessionType, string> = {
  debugging: 'Help with a bug',
  code_review: 'Code review',
  pair_programming: 'Pair programming',
  concept: 'Understand a concept',
  career: 'Career advice',
  interview: 'Interview practice',
  other: 'Something else',
};

const urgencyLabels: Record<Urgency, string> = {
  low: 'Low: whenever it suits',
  normal: 'Normal: in the next days',
  high: 'High: I am stuck now',
};

/** Short forms, for cards. */
export const urgencyWords: Record<Urgency, string> = { low: 'Low', normal: 'Normal', high: '🔥 High' };

const statusBadges: Record<RequestStatus, string> = {
  OPEN: '🟡 Open',
  CLAIMED: '🔵 Claimed',
  SCHEDULED: '📅 Scheduled',
  COMPLETED: '✅ Completed',
  CANCELLED: '⚪ Cancelled',
  EXPIRED: '⌛ Expired',
};

/** What a status is called inside a sentence: "This request was … meanwhile." */
export const statusWords: Record<RequestStatus, string> = {
  OPEN: 'opened',
  CLAIMED: 'claimed',
  SCHEDULED: 'scheduled',
  COMPLETED: 'completed',
  CANCELLED: 'cancelled by the student',
  EXPIRED: 'closed because its time ran out',
};

const choicesOf = <Value extends string>(labels: Record<Value, string>): Choice[] =>
  Object.entries<string>(labels).map(([value, label]) => ({ value, label }));

export const sessionTypeChoices = choicesOf(sessionTypeLabels);
export const urgencyChoices = choicesOf(urgencyLabels);
export const durationChoices: Choice[] = durations.map((minutes) => ({
  value: String(minutes),
  label: `${minutes} minutes`,
}));

/** A badge for the state of a request, with its icon. */
export const badge = (request: Request): string => statusBadges[request.status];

/** "1 request", "3 requests". */
export const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;
