import { randomBytes } from 'node:crypto';
import type { StandIn, WireEntry } from '../person.ts';
import { type Answer, Refused } from '../service/answer.ts';
import { faultQueue } from '../service/faults.ts';
import { type Asked, jsonOrText, startService } from '../service/start.ts';
import { meetingsOf, type ZoomMeeting } from './meetings.ts';
import { type Fault, refuse, refusedByZoom } from './refusals.ts';

export type { ZoomMeeting } from './meetings.ts';
export type { Fault } from './refusals.ts';

export interface ZoomStandIn extends StandIn {
  /** Settings by which the bot finds it. */
  env: Record<string, string>;
  /** Every meeting that there is, oldest first. */
  meetings(): ZoomMeeting[];
  /** Makes the next `times` (default 1) requests whose "METHOD /path?query" matches `where` go wrong. */
  fails(fault: Fault, where?: RegExp, times?: number): void;
  /** No access token is good any more; new ones can be had. */
  expireTokens(): void;
  /** The app is switched off, or on again. */
  deactivate(off: boolean): void;
  /** The scopes of the next tokens. */
  setScopes(scopes: readonly string[]): void;
  /** The host deletes a meeting by hand. */
  loseMeeting(id: number): void;
}

/** Scopes by the method and the kind of path: https://developers.zoom.us/docs/integrations/oauth-scopes-granular/ */
const NEEDED = {
  'GET list': 'meeting:read:list_meetings:admin',
  'POST list': 'meeting:write:meeting:admin',
  'GET one': 'meeting:read:meeting:admin',
  'PATCH one': 'meeting:update:meeting:admin',
  'DELETE one': 'meeting:delete:meeting:admin',
} as const;

const ACCOUNT = {
  accountId: 'sandbox-account',
  clientId: 'sandbox-zoom-client',
  clientSecret: 'sandbox-zoom-secret',
};
const USER = 'meetings@mentors.example';

/**
 * Starts a local Zoom: the token endpoint for server-to-server apps and the part of its API that makes meetings.
 * @param record hears of each request once its end is decided. Status 0: no answer was given, on purpose.
 */
export async function startZoom({
  port = 0,
  record = () => {},
  now = () => new Date(),
}: {
  port?: number;
  record?: (entry: WireEntry) => void;
  now?: () => Date;
} = {}): Promise<ZoomStandIn> {
  const meetings = meetingsOf('sandbox-host', now);
  const faults = faultQueue(refuse);
  const tokens = new Map<string, { scopes: readonly string[]; expiresAt: number }>();
  let scopes: readonly string[] = Object.values(NEEDED);
  let off = false;

  /** https://developers.zoom.us/docs/internal-apps/s2s-oauth/ */
  function grant({ authorization, body, target }: Asked): Answer {
    const form = new URLSearchParams(body || target.search);
    const given = Buffer.from(authorization?.replace(/^Basic /, '') ?? '', 'base64').toString();
    if (given !== `${ACCOUNT.clientId}:${ACCOUNT.clientSecret}`) {
      throw grantRefused('invalid_client', 'Invalid client_id or client_secret');
    }
    if (form.get('grant_type') !== 'account_credentials') {
      throw grantRefused('unsupported_grant_type', 'unsupported grant type');
    }
    if (off) throw grantRefused('invalid_request', 'The app has been disabled or not activated.');
    if (form.get('account_id') !== ACCOUNT.accountId) throw grantRefused('invalid_request', 'Bad Request');
    const token = randomBytes(24).toString('base64url');
    tokens.set(token, { scopes, expiresAt: Date.now() + 3_599_000 });
    return {
      status: 200,
      body: { access_token: token, token_type: 'bearer', expires_in: 3599, scope: scopes.join(' ') },
    };
  }

  function answer(asked: Asked): Answer {
    const { method, target, authorization, body } = asked;
    if (method === 'POST' && target.pathname === '/oauth/token') return grant(asked);
    const token = tokens.get(authorization?.replace(/^Bearer /, '') ?? '');
    if (!token || token.expiresAt <= Date.now()) throw refusedByZoom(401, 124, 'Invalid access token.');
    const user = /^\/v2\/users\/([^/]+)\/meetings$/.exec(target.pathname)?.[1];
    const id = /^\/v2\/meetings\/(\d+)$/.exec(target.pathname)?.[1];
    const what = `${method} ${user ? 'list' : 'one'}`;
    if ((!user && !id) || !(what in NEEDED)) throw refusedByZoom(404, 404, 'Not found.');
    const needed = NEEDED[what as keyof typeof NEEDED];
    if (!token.scopes.includes(needed)) {
      throw refusedByZoom(400, 4711, `Invalid access token, does not contain scopes:[${needed}].`);
    }
    if (user && decodeURIComponent(user) !== 'me' && decodeURIComponent(user) !== USER) {
      throw refusedByZoom(404, 1001, `User does not exist: ${decodeURIComponent(user)}.`);
    }
    if (what === 'GET list') return meetings.list(target.searchParams);
    if (what === 'POST list') return meetings.create(JSON.parse(body));
    if (what === 'GET one') return meetings.get(id ?? '');
    if (what === 'PATCH one') return meetings.change(id ?? '', JSON.parse(body));
    return meetings.remove(id ?? '');
  }

  const { url, close } = await startService({
    to: 'zoom',
    port,
    record,
    recordable: (pathname, body) => (pathname === '/oauth/token' ? undefined : jsonOrText(body)),
    outcomeOf: faults.outcomeOf,
    answer,
  });

  return {
    url,
    env: {
      MEETING_PROVIDER: 'zoom',
      ZOOM_ACCOUNT_ID: ACCOUNT.accountId,
      ZOOM_CLIENT_ID: ACCOUNT.clientId,
      ZOOM_CLIENT_SECRET: ACCOUNT.clientSecret,
      ZOOM_API_URL: `${url}/v2`,
      ZOOM_TOKEN_URL: `${url}/oauth/token`,
    },
    meetings: () => structuredClone(meetings.all()),
    fails: faults.add,
    expireTokens: () => tokens.clear(),
    deactivate: (switchedOff) => {
      off = switchedOff;
    },
    setScopes: (next) => {
      scopes = next;
    },
    loseMeeting: meetings.lose,
    close,
  };
}

const grantRefused = (error: string, reason: string): Refused =>
  new Refused({ status: error === 'invalid_client' ? 401 : 400, body: { reason, error } }, reason);
