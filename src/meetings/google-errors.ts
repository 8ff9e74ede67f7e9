import { MeetingError } from '../core/ports.ts';
import { GOOGLE_SCOPES, type GoogleIdentity } from './google-auth.ts';

/**
 * What Google's client library throws, read by its shape: it ships several copies of its error class.
 * https://developers.google.com/workspace/calendar/api/guides/errors
 */
interface Refusal {
  /** HTTP status; undefined when no answer came. */
  status: number | undefined;
  /** Machine-readable reason, such as "rateLimitExceeded" (Calendar) or "invalid_grant" (token endpoint). */
  reason: string;
  message: string;
  fromTokenEndpoint: boolean;
  retryAfterMs: number | undefined;
  /** Why no answer came: the system's code, such as "ECONNREFUSED", or the name of the abort at the timeout. */
  code: string | undefined;
}

/** HTTP status of the answer that made Google's client throw `error`, if there was one. */
export const statusOf = (error: unknown): number | undefined => readRefusal(error)?.status;

/** Whether the Calendar no longer takes the access token, so that a fresh one may help. */
export function isStaleToken(error: unknown): boolean {
  const refusal = readRefusal(error);
  return refusal?.status === 401 && !refusal.fromTokenEndpoint;
}

/**
 * The error as the meeting port promises it: `later` or `setup`, with the remedy in words.
 * Errors that are not Google's are defects and come back as they are. The library's own error is left behind:
 * it carries the refresh token.
 */
export function toMeetingError(error: unknown, identity: GoogleIdentity, calendarId: string): unknown {
  const refusal = readRefusal(error);
  if (!refusal) return error;
  const { status, reason, message, code } = refusal;
  const cause = new Error([status, reason, code, message].filter(Boolean).join(' '));
  if (status === undefined) {
    const what =
      code && ABORTED.has(code) ? 'did not answer in time' : `could not be reached (${code ?? message})`;
    return new MeetingError('later', `Google ${what}.`, { cause });
  }
  if (status === 408 || status === 429 || status >= 500 || QUOTA_REASONS.has(reason)) {
    const busy = status >= 500 || status === 408 ? 'has a problem' : 'asks for fewer requests';
    return new MeetingError('later', `Google ${busy} right now (${status} ${reason || message}).`, {
      ...(refusal.retryAfterMs !== undefined && { retryAfterMs: refusal.retryAfterMs }),
      cause,
    });
  }
  const remedy = refusal.fromTokenEndpoint
    ? tokenRemedy(refusal, identity)
    : calendarRemedy(refusal, identity, calendarId);
  return new MeetingError('setup', `${remedy} Google says: ${status} ${reason} ${message}`.trim(), { cause });
}

/** What the two fetches (Node's, node-fetch) call a request that ran into its timeout. Nothing else aborts one. */
const ABORTED = new Set(['TimeoutError', 'AbortError', 'ABORT_ERR']);

/** 403s that mean "slow down": https://developers.google.com/workspace/calendar/api/guides/quota */
const QUOTA_REASONS = new Set([
  'rateLimitExceeded',
  'userRateLimitExceeded',
  'quotaExceeded',
  'dailyLimitExceeded',
]);

const DELEGATION =
  'An administrator of the Google Workspace grants it in admin.google.com → Security → API controls → Domain-wide delegation: ' +
  `the service account's client id with the scopes ${GOOGLE_SCOPES.join(',')}.`;

/** https://developers.google.com/identity/protocols/oauth2/service-account#jwt-error-codes */
function tokenRemedy({ reason, message }: Refusal, identity: GoogleIdentity): string {
  if (identity.kind === 'refresh-token') {
    if (reason === 'invalid_grant') {
      return (
        'Google no longer takes GOOGLE_REFRESH_TOKEN. While the OAuth app is in "Testing", a refresh token dies after 7 days: ' +
        'publish the app (Google Cloud console → Google Auth Platform → Audience → Publish app), sign in once more and put the new token in place.'
      );
    }
    return 'Google does not know this OAuth app: check GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET.';
  }
  if (/signature/i.test(message))
    return 'GOOGLE_PRIVATE_KEY does not belong to GOOGLE_CLIENT_EMAIL, or was deleted.';
  if (/short-lived|\biat\b|\bexp\b/i.test(message)) return "This machine's clock is wrong: set it by NTP.";
  if (/account not found/i.test(message))
    return 'Google does not know the service account: check GOOGLE_CLIENT_EMAIL.';
  if (/email|user id/i.test(message))
    return 'Google does not know the person in GOOGLE_SUBJECT: check the address.';
  return `The service account may not act for GOOGLE_SUBJECT: it lacks domain-wide delegation. ${DELEGATION}`;
}

function calendarRemedy(
  { status, reason, message }: Refusal,
  identity: GoogleIdentity,
  calendarId: string,
): string {
  if (reason === 'forbiddenForServiceAccounts' || /service accounts cannot invite/i.test(message)) {
    return `A service account may invite nobody in its own name. Set GOOGLE_SUBJECT and grant domain-wide delegation. ${DELEGATION}`;
  }
  if (/invalid conference type/i.test(message)) {
    return identity.kind === 'service-account' && !identity.subject
      ? `A service account has no Google Meet of its own. Set GOOGLE_SUBJECT to the organiser's address. ${DELEGATION}`
      : `The calendar "${calendarId}" may have no Google Meet links. Switch Meet on for its owner, or name another calendar in GOOGLE_CALENDAR_ID.`;
  }
  if (reason === 'accessNotConfigured')
    return 'Switch the Google Calendar API on for this project, by the link below.';
  if (reason === 'insufficientPermissions' || /insufficient authentication scopes/i.test(message)) {
    return `The sign-in lacks a scope. Sign in again (or delegate) with ${GOOGLE_SCOPES.join(' and ')}.`;
  }
  if (status === 401) return 'Google refuses even a fresh access token: sign in again.';
  if (status === 404)
    return `There is no calendar "${calendarId}" for this account: check GOOGLE_CALENDAR_ID.`;
  if (status === 403)
    return `This account may not write to the calendar "${calendarId}": share it with "Make changes to events".`;
  return 'Google refused the meeting.';
}

function readRefusal(error: unknown): Refusal | undefined {
  if (!(error instanceof Error) || !('config' in error)) return undefined;
  const { response } = error as Error & { response?: AnsweredBy };
  const body = response?.data;
  const said = typeof body === 'object' ? body?.error : undefined;
  return {
    status: response?.status,
    reason: typeof said === 'string' ? said : (said?.errors?.[0]?.reason ?? said?.status ?? ''),
    message: (typeof said === 'string' ? body?.error_description : said?.message) ?? error.message,
    fromTokenEndpoint: typeof said === 'string',
    retryAfterMs: readRetryAfter(response?.headers?.get('retry-after')),
    code: codeOf(error),
  };
}

interface AnsweredBy {
  status: number;
  headers?: Headers;
  data?: {
    error?: string | { message?: string; status?: string; errors?: { reason?: string }[] };
    error_description?: string;
  };
}

/** A failed connection hides its reason (ECONNREFUSED …) a few causes down. */
function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return ABORTED.has(error.name) ? error.name : codeOf(error.cause);
}

/** Milliseconds that a Retry-After header (seconds, or a date) asks to wait. */
function readRetryAfter(value: string | null | undefined): number | undefined {
  if (!value) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
