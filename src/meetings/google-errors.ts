import { MeetingError } from '../core/ports.ts';
import type { GoogleIdentity } from './google-auth.ts';
import { ABORTED, type Refusal, readRefusal } from './google-refusal.ts';

/** How the refusals of one of Google's APIs find their words. */
export interface Wording {
  identity: GoogleIdentity;
  /** What was signed in for. */
  scopes: readonly string[];
  /** What to do about a refusal of the API itself. */
  remedyOf(refusal: Refusal): string;
}

/**
 * The error as the meeting port promises it: `later` or `setup`, with the remedy in words.
 * Errors that are not Google's are defects and come back as they are. The library's own error is left behind:
 * it carries the refresh token.
 */
export function toMeetingError(error: unknown, { identity, scopes, remedyOf }: Wording): unknown {
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
  const remedy = refusal.fromTokenEndpoint ? tokenRemedy(refusal, identity, scopes) : remedyOf(refusal);
  return new MeetingError('setup', `${remedy} Google says: ${status} ${reason} ${message}`.trim(), { cause });
}

/** 403s that mean "slow down": https://developers.google.com/workspace/calendar/api/guides/quota */
const QUOTA_REASONS = new Set([
  'rateLimitExceeded',
  'userRateLimitExceeded',
  'quotaExceeded',
  'dailyLimitExceeded',
  'RATE_LIMIT_EXCEEDED',
  'RESOURCE_EXHAUSTED',
]);

/** How domain-wide delegation is granted. */
export const delegationOf = (scopes: readonly string[]): string =>
  'An administrator of the Google Workspace grants it in admin.google.com → Security → API controls → Domain-wide delegation: ' +
  `the service account's client id with the scopes ${scopes.join(',')}.`;

/** https://developers.google.com/identity/protocols/oauth2/service-account#jwt-error-codes */
function tokenRemedy(
  { reason, message }: Refusal,
  identity: GoogleIdentity,
  scopes: readonly string[],
): string {
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
  return `The service account may not act for GOOGLE_SUBJECT: it lacks domain-wide delegation. ${delegationOf(scopes)}`;
}

/** What to do about refusals that every one of Google's APIs knows; null for the others. */
export function commonRemedy(
  { status, reason, message }: Pick<Refusal, 'status' | 'reason' | 'message'>,
  scopes: readonly string[],
  api: string,
): string | null {
  if (reason === 'accessNotConfigured' || reason === 'SERVICE_DISABLED')
    return `Switch the ${api} on for this project, by the link below.`;
  if (
    reason === 'insufficientPermissions' ||
    reason === 'ACCESS_TOKEN_SCOPE_INSUFFICIENT' ||
    /insufficient authentication scopes/i.test(message)
  ) {
    return `The sign-in lacks a scope. Sign in again (or delegate) with ${scopes.join(' and ')}.`;
  }
  if (status === 401) return 'Google refuses even a fresh access token: sign in again.';
  return null;
}
