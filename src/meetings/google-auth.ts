import { createPrivateKey } from 'node:crypto';
import type { auth, calendar_v3 } from 'googleapis/build/src/apis/calendar/index.js';
import { MeetingError } from '../core/ports.ts';
import { isStaleToken } from './google-refusal.ts';

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
/** To make rooms of Google Meet without a calendar, and to see those that it made. */
export const SPACE_SCOPES = ['https://www.googleapis.com/auth/meetings.space.created'];
/** To ask when people who agreed to it are busy. Asked for by itself: whoever does not grant it has links all the same. */
export const FREE_BUSY_SCOPES = ['https://www.googleapis.com/auth/calendar.freebusy'];

/** Where google-auth-library asks for a service account's token; it has no option for another address. */
const GOOGLE_TOKEN_URL = 'https://oauth2.googleapis.com/token';

/** How to reach Google. */
export interface GoogleReach {
  identity: GoogleIdentity;
  /** Another address of Google's APIs: scheme, host and port. Default Google's. */
  apiUrl?: string | undefined;
  /** Another address of the token endpoint. Default Google's. */
  tokenUrl?: string | undefined;
  /** How long one HTTP request may take, tokens included, in milliseconds. */
  timeoutMs: number;
}

/** Asks one of Google's APIs, signed in as the identity. After a 401 it asks once more with a fresh token. */
export type AskGoogle<Api> = <T>(request: (api: Api) => Promise<{ data: T }>) => Promise<T>;

/** The calendar part of Google's client library. */
export const loadCalendar = async (): Promise<Part<calendar_v3.Calendar>> => {
  const { auth, calendar } = await import('googleapis/build/src/apis/calendar/index.js');
  return { auth, open: (signedIn, root) => calendar({ version: 'v3', auth: signedIn, ...root }) };
};

type SignedIn = InstanceType<typeof auth.JWT> | InstanceType<typeof auth.OAuth2>;

/** A part of Google's client library, loaded when it is used: the whole package costs a second and 100 MB. */
interface Part<Api> {
  auth: Pick<typeof auth, 'JWT' | 'OAuth2'>;
  open(signedIn: SignedIn, address: { rootUrl?: string }): Api;
}

/**
 * A client for one of Google's APIs. Makes no request yet, and loads the library with the first.
 * @throws MeetingError ('setup', when asked) when the private key cannot be read
 */
export function openGoogle<Api>(
  reach: GoogleReach,
  scopes: string[],
  load: () => Promise<Part<Api>>,
): AskGoogle<Api> {
  const { apiUrl } = reach;
  let opened: Promise<{ api: Api; dropToken(): void }> | undefined;
  const open = async () => {
    const part = await load();
    const signedIn = signIn(reach, scopes, part.auth);
    return {
      api: part.open(signedIn, apiUrl ? { rootUrl: apiUrl } : {}),
      // The library's own `forceRefreshOnFailure` hands a service account its old token again, and repeats a 403 too.
      dropToken: () => signedIn.setCredentials({ ...signedIn.credentials, expiry_date: 1 }),
    };
  };
  return async (request) => {
    opened ??= open();
    const { api, dropToken } = await opened;
    try {
      return (await request(api)).data;
    } catch (error) {
      if (!isStaleToken(error)) throw error;
      dropToken();
      return (await request(api)).data;
    }
  };
}

function signIn(
  { identity, tokenUrl, timeoutMs }: GoogleReach,
  scopes: string[],
  { JWT, OAuth2 }: Part<never>['auth'],
): SignedIn {
  const transporterOptions = {
    timeout: timeoutMs,
    // One try a request, tokens included: the caller repeats what failed, with a delay that it chooses.
    retryConfig: { retry: 0 },
    // A proxy named in the environment cannot reach this machine's own servers.
    noProxy: ['localhost', '127.0.0.1', '[::1]'],
    ...(tokenUrl && identity.kind === 'service-account' && { fetchImplementation: fetchTokensAt(tokenUrl) }),
  };
  return identity.kind === 'service-account'
    ? new JWT({
        email: identity.clientEmail,
        key: readPrivateKey(identity.privateKey),
        ...(identity.subject && { subject: identity.subject }),
        scopes,
        transporterOptions,
      })
    : new OAuth2({
        clientId: identity.clientId,
        clientSecret: identity.clientSecret,
        credentials: { refresh_token: identity.refreshToken },
        ...(tokenUrl && { endpoints: { oauth2TokenUrl: tokenUrl } }),
        transporterOptions,
      });
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
