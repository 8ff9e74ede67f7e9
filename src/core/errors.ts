import type { Instant } from './time.ts';

/**
 * Every reason for which a person may be refused, with what the words for it need to know.
 * The list is closed: `messages/error-card.ts` words each one, and the compiler asks for it.
 */
export interface Refusals {
  invalid_input: { fields: FieldProblem[] };
  mentors_only: Record<never, never>;
  coordinators_only: Record<never, never>;
  mentor_unknown: Record<never, never>;
  request_not_found: Record<never, never>;
  request_is_your_own: Record<never, never>;
  request_already_claimed: { by: string };
  request_already_yours: Record<never, never>;
  request_held: { by: string; until: Instant };
  question_already_asked: Record<never, never>;
  question_already_answered: Record<never, never>;
  question_not_found: Record<never, never>;
  offer_gone: Record<never, never>;
  request_not_open: { status: string };
  request_not_claimed: Record<never, never>;
  request_claimed_by_another: { by: string };
  request_already_scheduled: { startsAt: Instant };
  proposal_gone: Record<never, never>;
  proposal_is_your_own: Record<never, never>;
  session_at_that_time: Record<never, never>;
  time_taken: { startsAt: Instant; requestId: string };
  request_not_yours: Record<never, never>;
  request_closed: { status: string };
  request_still_open: Record<never, never>;
  session_not_found: Record<never, never>;
  session_already_started: { startsAt: Instant };
  session_not_started: { startsAt: Instant };
  session_not_over: { endsAt: Instant };
  session_over: Record<never, never>;
  session_cancelled: Record<never, never>;
  session_missed: Record<never, never>;
  session_not_held: Record<never, never>;
  session_already_completed: Record<never, never>;
  feedback_already_given: Record<never, never>;
  nothing_kept: Record<never, never>;
  channels_in_settings: Record<never, never>;
  channel_closed: Record<never, never>;
  channel_busy: Record<never, never>;
  no_pages: Record<never, never>;
  provider_unknown: { provider: string };
  provider_not_working: { provider: string; remedy: string };
}

export type RefusalCode = keyof Refusals;

/** What is wrong with one field of a form. `code` is worded by `messages/field-problems.ts`. */
export interface FieldProblem {
  field: string;
  code:
    | 'missing'
    | 'too_short'
    | 'too_long'
    | 'too_many'
    | 'not_a_choice'
    | 'time_in_past'
    | 'time_too_far'
    | 'time_backwards'
    | 'time_unreadable'
    | 'hours_unreadable'
    | 'hours_backwards'
    | 'same_time'
    | 'not_later'
    | 'out_of_order'
    | 'date_unreadable'
    | 'date_in_past'
    | 'date_too_far'
    | 'dates_backwards'
    | 'zone_missing'
    | 'zone_unknown'
    | 'channel_unknown'
    | 'channel_without_bot'
    | 'channel_forbidden'
    | 'channel_closed'
    | 'role_unfit'
    | 'not_a_link'
    | 'not_an_address'
    | 'invalid';
  /** The limit that was passed, for `too_*`; the text that could not be read, for `*_unreadable` and `*_unknown`; what is not allowed, or which one it is, for what is chosen from a list. */
  detail?: string | number;
}

/** A refusal that is the person's to mend or to know about: coded here, worded at one boundary. */
export class UserError<Code extends RefusalCode = RefusalCode> extends Error {
  override name = 'UserError';
  readonly code: Code;
  readonly detail: Refusals[Code];

  constructor(code: Code, detail: Refusals[Code]) {
    super(code);
    this.code = code;
    this.detail = detail;
  }
}

/** Refuses one field of a form. */
export const invalidField = (
  field: string,
  code: FieldProblem['code'],
  detail?: string | number,
): UserError<'invalid_input'> =>
  new UserError('invalid_input', {
    fields: [detail === undefined ? { field, code } : { field, code, detail }],
  });
