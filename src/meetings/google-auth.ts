import { createPrivateKey } from 'node:crypto';
import type { calendar_v3 } from 'googleapis/build/src/apis/calendar/index.js';
import { MeetingError } from '../core/ports.ts';

/**
 * Who the bot is at Google: a service account that acts as `subject` (domain-wide delegation), or one organiser
 * who signed in once.
 */
export type GoogleIdentity =
  | { kind: 'service-account'; clientEmail: string; privateKey: string; subject?: string | undefined }
  | { kind: 'refresh-token'; clientId: string; clientSecret: string; refreshToken: string };

/** What the bot asks for: to write events, and to read whether the calendar may have Meet links. */
export const GOOGLE_SCOPES = [
  'https://www.googleapis.com/auth/calendar.events',
  'https://www.googleapis.com/auth/calendar.calendars.readonly',
];

/** Where google-auth-library asks for a service account's token; it has no option for another address. */
const GOOGLE_TOKEN_URL = 'https://oauth2.googleapis.com/token';

export interface GoogleCalendar {
  api: calendar_v3.Calendar;
  /** Forgets the access token, so that the next request fetches a fresh one. */
  dropToken(): void;
}

/**
 * A Calendar client signed in as `identity`. Makes no request yet.
 * @param apiUrl another address of the Calendar API (scheme, host and port).
 * @param tokenUrl another address of the token endpoint.
 * @param timeoutMs how long one HTTP request may take, tokens included.
 * @throws MeetingError ('setup') when the private key cannot be read
 */
export async function openCalendar(
  identity: GoogleIdentity,
  {
    apiUrl,
    tokenUrl,
    timeoutMs,
  }: { apiUrl?: string | undefined; tokenUrl?: string | undefined; timeoutMs: number },
): Promise<GoogleCalendar> {
  // Only the calendar's part, and only when it is used: the whole package costs a second and 100 MB.
  const { auth, calendar } = await import('googleapis/build/src/apis/calendar/index.js');
  const transporterOptions = {
    timeout: timeoutMs,
    // One try a request, tokens included: the caller repeats what failed, with a delay that it chooses.
    retryConfig: { retry: 0 },
    // A proxy named in the environment cannot reach this machine's own servers.
    noProxy: ['localhost', '127.0.0.1', '[::1]'],
    ...(tokenUrl && identity.kind === 'service-account' && { fetchImplementation: fetchTokensAt(tokenUrl) }),
  };
  const signedIn =
    identity.kind === 'service-account'
      ? new auth.JWT({
          email: identity.clientEmail,
          key: readPrivateKey(identity.privateKey),
          ...(identity.subject && { subject: identity.subject }),
          scopes: GOOGLE_SCOPES,
          transporterOptions,
        })
      : new auth.OAuth2({
          clientId: identity.clientId,
          clientSecret: identity.clientSecret,
          credentials: { refresh_token: identity.refreshToken },
          ...(tokenUrl && { endpoints: { oauth2TokenUrl: tokenUrl } }),
          transporterOptions,
        });
  return {
    api: calendar({ version: 'v3', auth: signedIn, ...(apiUrl && { rootUrl: apiUrl }) }),
    // The library's own `forceRefreshOnFailure` hands a service account its old token again, and repeats a 403 too.
    dropToken: () => signedIn.setCredentials({ ...signedIn.credentials, expiry_date: 1 }),
  };
}

/** A `fetch` that asks `tokenUrl` instead of Google's token endpoint and leaves every other request alone. */
function fetchTokensAt(tokenUrl: string): typeof fetch {
  return (input, init) => fetch(String(input) === GOOGLE_TOKEN_URL ? tokenUrl : input, init);
}

/** The key as PEM; environment files often hold it on one line, with `\n` spelled out, or still in its quotes. */
function readPrivateKey(text: string): string {
  const pem = text.trim().replace(/^"|"$/g, '').replaceAll('\\n', '\n');
  try {
    createPrivateKey(pem);
    return pem;
  } catch {
    // The reason is left out on purpose: it helps nobody and comes from handling a secret.
    throw new MeetingError(
      'setup',
      'GOOGLE_PRIVATE_KEY is not a readable private key. Copy the whole "private_key" of the service account\'s JSON key file, from -----BEGIN PRIVATE KEY----- to -----END PRIVATE KEY-----.',
    );
  }
}
