import { z } from 'zod';
import { MeetingError } from '../core/ports.ts';
import { SECOND } from '../core/time.ts';

/** What Zoom answered. */
export interface Answered {
  status: number;
  body: unknown;
}

interface Ask {
  body?: object;
  /** A meeting that does not exist is an answer, not an error. */
  gone?: boolean;
}

export interface ZoomApi {
  /** One request, signed in; after a 401 once more with a fresh token. @throws MeetingError */
  ask(method: string, path: string, options?: Ask): Promise<Answered>;
  /** Passes when the app has all of `scopes` (or the older, wider ones). @throws MeetingError with the missing ones */
  mustHave(scopes: readonly string[]): Promise<void>;
}

const API = 'https://api.zoom.us/v2';
const TOKEN = 'https://zoom.us/oauth/token';
/** A token is no longer used this long before it ends. */
const MARGIN = 60 * SECOND;
/** The code for a meeting that does not exist. */
const NO_MEETING = 3001;
const NO_USER = 1001;
const NO_SCOPE = 4711;

const Token = z.object({ access_token: z.string(), expires_in: z.number(), scope: z.string().default('') });
const Failure = z.object({ code: z.number().optional(), message: z.string().optional() });
const TokenFailure = z.object({ error: z.string().optional(), reason: z.string().optional() });

/**
 * Zoom's API for one server-to-server app. Makes no request yet.
 * https://developers.zoom.us/docs/internal-apps/s2s-oauth/
 */
export function openZoom(settings: {
  accountId: string;
  clientId: string;
  clientSecret: string;
  apiUrl?: string | undefined;
  tokenUrl?: string | undefined;
  timeoutMs: number;
}): ZoomApi {
  const { accountId, clientId, clientSecret, apiUrl = API, tokenUrl = TOKEN, timeoutMs } = settings;
  let token: { value: string; scopes: string[]; until: number } | null = null;

  async function send(url: string, init: RequestInit): Promise<Answered & { retryAfter: string | null }> {
    try {
      const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) });
      const text = await answer.text();
      return { status: answer.status, body: readJson(text), retryAfter: answer.headers.get('retry-after') };
    } catch (error) {
      const late = error instanceof Error && error.name === 'TimeoutError';
      // The error itself stays behind: it may carry the request, and with it a secret.
      throw new MeetingError('later', late ? 'Zoom did not answer in time.' : 'Zoom could not be reached.');
    }
  }

  async function signIn(): Promise<NonNullable<typeof token>> {
    if (token && token.until > Date.now()) return token;
    const answer = await send(tokenUrl, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({ grant_type: 'account_credentials', account_id: accountId }).toString(),
    });
    if (answer.status !== 200) throw busy(answer) ?? tokenRefused(answer);
    const { access_token: value, expires_in: seconds, scope } = Token.parse(answer.body);
    token = { value, scopes: scope.split(/[\s,]+/), until: Date.now() + seconds * SECOND - MARGIN };
    return token;
  }

  async function once(method: string, path: string, body: object | undefined) {
    const { value } = await signIn();
    return send(`${apiUrl.replace(/\/$/, '')}${path}`, {
      method,
      headers: { authorization: `Bearer ${value}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
  }

  return {
    async ask(method, path, { body, gone = false } = {}) {
      let answer = await once(method, path, body);
      if (answer.status === 401) {
        token = null;
        answer = await once(method, path, body);
      }
      if (answer.status < 300) return answer;
      if (gone && answer.status === 404 && codeOf(answer) === NO_MEETING) return answer;
      throw busy(answer) ?? refused(answer);
    },
    async mustHave(scopes) {
      const { scopes: had } = await signIn();
      const wide = (scope: string) => (scope.includes(':read:') ? 'meeting:read' : 'meeting:write');
      const missing = scopes.filter(
        (scope) => ![scope, wide(scope)].some((name) => had.includes(name) || had.includes(`${name}:admin`)),
      );
      if (missing.length > 0)
        throw new MeetingError('setup', missingScopes(missing.map((one) => `${one}:admin`)));
    },
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

const codeOf = ({ body }: Answered): number | undefined => Failure.safeParse(body).data?.code;

const missingScopes = (scopes: readonly string[]): string =>
  `The Zoom app lacks the scopes ${scopes.join(', ')}. Add them at marketplace.zoom.us, Manage, your app, Scopes; then activate the app again.`;

/** Trouble that passes by itself. https://developers.zoom.us/docs/api/rate-limits/ */
function busy({ status, retryAfter }: { status: number; retryAfter: string | null }): MeetingError | null {
  if (status === 429) {
    const retryAfterMs = millisecondsOf(retryAfter);
    return new MeetingError('later', 'Zoom asks for fewer requests right now (429).', {
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    });
  }
  // A conflict: somebody else is changing the same meeting at this moment.
  if (status >= 500 || status === 408 || status === 409)
    return new MeetingError('later', `Zoom has a problem right now (${status}).`);
  return null;
}

/** A Retry-After header, in seconds or as a date. */
function millisecondsOf(value: string | null): number | undefined {
  if (!value) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * SECOND : Date.parse(value) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

function tokenRefused({ status, body }: Answered): MeetingError {
  const { error = '', reason = '' } = TokenFailure.safeParse(body).data ?? {};
  const remedy =
    error === 'invalid_client'
      ? 'Zoom does not know this app: check ZOOM_CLIENT_ID and ZOOM_CLIENT_SECRET.'
      : /disabled|activat/i.test(reason)
        ? 'The Zoom app is not active: activate it at marketplace.zoom.us, Manage, your app, Activation.'
        : 'Zoom gives this app no access: check ZOOM_ACCOUNT_ID, and that the app is of the type "Server-to-Server OAuth" and active.';
  return new MeetingError('setup', `${remedy} Zoom says: ${status} ${error} ${reason}`.trim());
}

function refused(answer: Answered): MeetingError {
  const { code, message = '' } = Failure.safeParse(answer.body).data ?? {};
  const scopes = /scopes:\s*\[([^\]]*)\]/.exec(message)?.[1];
  const remedy =
    code === NO_SCOPE || scopes
      ? missingScopes([scopes ?? 'that it needs'])
      : code === NO_USER
        ? 'There is no such person in the Zoom account: check ZOOM_USER_ID.'
        : answer.status === 401
          ? 'Zoom refuses even a fresh access token: activate the app again.'
          : answer.status === 403
            ? 'The Zoom app may not do this for ZOOM_USER_ID: its maker needs a role with "Meetings: edit", and the person a licence.'
            : 'Zoom refused the meeting.';
  return new MeetingError('setup', `${remedy} Zoom says: ${answer.status} ${code ?? ''} ${message}`.trim());
}
