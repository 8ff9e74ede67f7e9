import { createPrivateKey, sign } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GoogleStandIn, startGoogle } from '../../src/sandbox/google/index.ts';
import type { WireEntry } from '../../src/sandbox/person.ts';

const ID = '0198c0de0000700080000123456789ab';
const EVENTS = '/calendar/v3/calendars/primary/events';
const EVENT = `${EVENTS}/${ID}`;
const SCOPE = 'https://www.googleapis.com/auth/calendar.events';

let google: GoogleStandIn;
let wire: WireEntry[];
let token: string;

beforeEach(async () => {
  wire = [];
  google = await startGoogle({
    record: (entry) => wire.push(entry),
    now: () => new Date('2026-11-30T12:00:00Z'),
  });
  token = (await grant(refreshGrant())).body.access_token;
});
afterEach(() => google.close());

// biome-ignore lint/suspicious/noExplicitAny: the tests look into answers of many shapes.
type Answer = { status: number; body: any };

async function ask(method: string, path: string, body?: unknown, bearer = token): Promise<Answer> {
  const response = await fetch(google.url + path, {
    method,
    headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text && JSON.parse(text) };
}

async function grant(form: Record<string, string>): Promise<Answer> {
  const response = await fetch(google.account().tokenUrl, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  return { status: response.status, body: await response.json() };
}

function refreshGrant(changes: Record<string, string> = {}): Record<string, string> {
  const { clientId, clientSecret, refreshToken } = google.account().refreshToken;
  return {
    grant_type: 'refresh_token',
    client_id: clientId,
    client_secret: clientSecret,
    refresh_token: refreshToken,
    ...changes,
  };
}

function jwtGrant(changes: Record<string, unknown> = {}): Record<string, string> {
  const { clientEmail, privateKey, subject } = google.account().serviceAccount;
  const iat = Math.floor(Date.now() / 1_000);
  const aud = 'https://oauth2.googleapis.com/token';
  const claims = { iss: clientEmail, sub: subject, scope: SCOPE, aud, iat, exp: iat + 3_600, ...changes };
  const signed = [{ alg: 'RS256', typ: 'JWT' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  const signature = sign('RSA-SHA256', Buffer.from(signed), createPrivateKey(privateKey)).toString(
    'base64url',
  );
  return { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: `${signed}.${signature}` };
}

function anEvent(changes: Record<string, unknown> = {}) {
  return {
    id: ID,
    summary: 'Mini mentorship',
    start: { dateTime: '2026-12-01T10:00:00Z', timeZone: 'UTC' },
    end: { dateTime: '2026-12-01T10:45:00Z', timeZone: 'UTC' },
    ...changes,
  };
}

const meet = (requestId = 'first', type = 'hangoutsMeet') => ({
  conferenceData: { createRequest: { requestId, conferenceSolutionKey: { type } } },
});
const insertMeet = (changes: Record<string, unknown> = {}) =>
  ask('POST', `${EVENTS}?conferenceDataVersion=1`, { ...anEvent(), ...meet(), ...changes });

describe('the token endpoint', () => {
  it('grants by refresh token and by a signed assertion', async () => {
    for (const form of [refreshGrant(), jwtGrant(), jwtGrant({ aud: google.account().tokenUrl })]) {
      const { status, body } = await grant(form);
      expect(status).toBe(200);
      expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 3_599 });
      expect((await ask('GET', EVENTS, undefined, body.access_token)).status).toBe(200);
    }
  });

  const now = Math.floor(Date.now() / 1_000);
  it.each<[string, () => Record<string, string>, number, string]>([
    ['an old refresh token', () => refreshGrant({ refresh_token: 'old' }), 400, 'invalid_grant'],
    ['an unknown app', () => refreshGrant({ client_id: 'x' }), 401, 'invalid_client'],
    ['a wrong secret', () => refreshGrant({ client_secret: 'x' }), 401, 'invalid_client'],
    ['a kind it does not know', () => ({ grant_type: 'password' }), 400, 'unsupported_grant_type'],
    ['an unknown issuer', () => jwtGrant({ iss: 'x@y.z' }), 400, 'invalid_grant'],
    ['an unknown subject', () => jwtGrant({ sub: 'x@y.z' }), 400, 'invalid_grant'],
    ['another audience', () => jwtGrant({ aud: 'https://example.org' }), 400, 'invalid_grant'],
    [
      'an assertion of yesterday',
      () => jwtGrant({ iat: now - 90_000, exp: now - 86_400 }),
      400,
      'invalid_grant',
    ],
    ['an assertion that lives too long', () => jwtGrant({ exp: now + 9_999 }), 400, 'invalid_grant'],
    ['no scope', () => jwtGrant({ scope: '' }), 400, 'invalid_scope'],
    ['a scope that was not delegated', () => jwtGrant({ scope: 'gmail' }), 401, 'unauthorized_client'],
    ['a forged signature', () => ({ ...jwtGrant(), assertion: 'e30.e30.AAAA' }), 400, 'invalid_grant'],
  ])('refuses %s', async (_, form, status, error) => {
    expect(await grant(form())).toMatchObject({
      status,
      body: { error, error_description: expect.any(String) },
    });
  });

  it('refuses everything when told, and goes on when told', async () => {
    google.refuseGrants('Token has been expired or revoked.');
    expect((await grant(refreshGrant())).body).toEqual({
      error: 'invalid_grant',
      error_description: 'Token has been expired or revoked.',
    });
    google.refuseGrants(undefined);
    expect((await grant(refreshGrant())).status).toBe(200);
  });
});

describe('events', () => {
  it('are answered with a Meet link, as Google words it', async () => {
    const { status, body } = await insertMeet();
    expect(status).toBe(200);
    const uri = expect.stringMatching(/^https:\/\/meet\.google\.com\/[a-z]{3}-[a-z]{4}-[a-z]{3}$/);
    expect(body).toMatchObject({
      kind: 'calendar#event',
      id: ID,
      status: 'confirmed',
      created: '2026-11-30T12:00:00.000Z',
      start: { dateTime: '2026-12-01T11:00:00+01:00', timeZone: 'UTC' },
      hangoutLink: uri,
      conferenceData: {
        createRequest: { requestId: 'first', status: { statusCode: 'success' } },
        entryPoints: [{ entryPointType: 'video', uri }],
        conferenceSolution: { key: { type: 'hangoutsMeet' }, name: 'Google Meet' },
      },
    });
    expect((await ask('GET', EVENT)).body).toEqual(body);
  });

  it('get no link from a client that does not know conference data', async () => {
    const { body } = await ask('POST', EVENTS, { ...anEvent(), ...meet() });
    expect(body).not.toHaveProperty('conferenceData');
    expect(body).not.toHaveProperty('hangoutLink');
  });

  it('stay pending for as many reads as told', async () => {
    google.configure({ pendingGets: 2 });
    const answers = [await insertMeet()];
    for (let n = 0; n < 3; n += 1) answers.push(await ask('GET', EVENT));
    expect(answers.map(({ body }) => body.conferenceData.createRequest.status.statusCode)).toEqual([
      'pending',
      'pending',
      'pending',
      'success',
    ]);
    expect(answers.map(({ body }) => Boolean(body.hangoutLink))).toEqual([false, false, false, true]);
  });

  it.each<[string, Record<string, unknown>, number, string]>([
    ['an id with letters past v', { id: 'wxyz5' }, 400, 'Invalid resource id value.'],
    ['an id with a dash', { id: '0198c0de-0000' }, 400, 'Invalid resource id value.'],
    ['a short id', { id: 'abcd' }, 400, 'Invalid resource id value.'],
    ['no end', { end: undefined }, 400, 'Missing end time.'],
    [
      'an end before its start',
      { end: { dateTime: '2026-12-01T09:00:00Z' } },
      400,
      'The specified time range is empty.',
    ],
    ['a time that is none', { start: { dateTime: 'noon' } }, 400, 'Invalid value for: start.dateTime'],
    ['another kind of conference', meet('first', 'eventHangout'), 400, 'Invalid conference type value.'],
    ['a conference request without an id', meet(''), 400, 'Invalid conference data.'],
  ])('are refused with %s', async (_, changes, status, message) => {
    expect(await insertMeet(changes)).toMatchObject({ status, body: { error: { code: status, message } } });
    expect(google.events()).toEqual([]);
  });

  it('have one id once, even after they were deleted', async () => {
    await insertMeet();
    expect(await insertMeet()).toMatchObject({
      status: 409,
      body: { error: { errors: [{ reason: 'duplicate' }] } },
    });
    expect((await ask('DELETE', EVENT)).status).toBe(204);
    expect((await ask('DELETE', EVENT)).status).toBe(410);
    expect((await insertMeet()).status).toBe(409);
    expect((await ask('GET', EVENT)).body.status).toBe('cancelled');
    expect((await ask('GET', EVENTS)).body.items).toEqual([]);
    expect((await ask('GET', `${EVENTS}?showDeleted=true`)).body.items).toHaveLength(1);
    expect(google.events()).toHaveLength(1);
  });

  it('change in what a patch names, and keep their link unless asked for another', async () => {
    const first = (await insertMeet()).body;
    const end = { dateTime: '2026-12-01T12:00:00Z' };
    const moved = await ask('PATCH', `${EVENT}?conferenceDataVersion=1`, { end, ...meet('first') });
    expect(moved.body).toMatchObject({ summary: first.summary, sequence: 1, hangoutLink: first.hangoutLink });
    expect(moved.body.end.dateTime).toBe('2026-12-01T13:00:00+01:00');
    expect(moved.body.etag).not.toBe(first.etag);
    const other = await ask('PATCH', `${EVENT}?conferenceDataVersion=1`, meet('second'));
    expect(other.body.hangoutLink).not.toBe(first.hangoutLink);
    const none = await ask('PATCH', `${EVENT}?conferenceDataVersion=1`, { conferenceData: null });
    expect(none.body).not.toHaveProperty('hangoutLink');
  });

  it('do not exist until they are made', async () => {
    for (const method of ['GET', 'DELETE']) expect((await ask(method, EVENT)).status).toBe(404);
    expect((await ask('PATCH', EVENT, {})).status).toBe(404);
  });
});

describe('who may do what', () => {
  it('refuses no token, an unknown one and an expired one', async () => {
    google.expireTokens();
    for (const bearer of ['', 'unknown', token]) {
      const answer = await ask('GET', EVENTS, undefined, bearer);
      expect(answer).toMatchObject({ status: 401, body: { error: { errors: [{ reason: 'authError' }] } } });
    }
  });

  it('refuses a token without the scope', async () => {
    const { body } = await grant(jwtGrant());
    const answer = await ask('GET', '/calendar/v3/calendars/primary', undefined, body.access_token);
    expect(answer).toMatchObject({
      status: 403,
      body: { error: { errors: [{ reason: 'insufficientPermissions' }] } },
    });
    expect((await ask('GET', '/calendar/v3/calendars/primary')).body.conferenceProperties).toEqual({
      allowedConferenceSolutionTypes: ['hangoutsMeet'],
    });
  });

  it('lets a service account without a subject neither meet nor invite', async () => {
    const { body } = await grant(jwtGrant({ sub: undefined }));
    const insert = (changes: Record<string, unknown>) =>
      ask('POST', `${EVENTS}?conferenceDataVersion=1`, { ...anEvent(), ...changes }, body.access_token);
    expect((await insert(meet())).body.error.message).toBe('Invalid conference type value.');
    expect((await insert({ attendees: [{ email: 'ada@example.org' }] })).body.error.message).toMatch(
      /^Service accounts cannot invite attendees/,
    );
    expect(google.events()).toEqual([]);
  });

  it('knows no calendar of anybody else', async () => {
    expect((await ask('GET', '/calendar/v3/calendars/who%40else.example/events')).status).toBe(404);
    expect((await ask('GET', '/calendar/v3/calendars/meetings%40mentors.example/events')).status).toBe(200);
  });
});

describe('faults', () => {
  it('strike the request that they were ordered for, as often as ordered', async () => {
    google.fails('rateLimitExceeded', /^POST/, 2);
    expect((await ask('GET', EVENTS)).status).toBe(200);
    expect(await insertMeet()).toMatchObject({
      status: 403,
      body: { error: { errors: [{ domain: 'usageLimits', reason: 'rateLimitExceeded' }] } },
    });
    expect((await insertMeet()).status).toBe(403);
    expect((await insertMeet()).status).toBe(200);
  });

  it('may lose the answer of what was done', async () => {
    google.fails('lost');
    await expect(insertMeet()).rejects.toThrow();
    expect(google.events()).toHaveLength(1);
    google.fails('dropped');
    await expect(ask('DELETE', EVENT)).rejects.toThrow();
    expect(google.events()[0]?.status).toBe('confirmed');
  });

  it('may hang until the stand-in closes', async () => {
    google.fails('hangs');
    const hanging = expect(insertMeet()).rejects.toThrow();
    await expect.poll(() => wire.at(-1)?.status).toBe(0);
    await google.close();
    await hanging;
    google = await startGoogle();
  });

  it('may be slow, and right all the same', async () => {
    google.fails({ slowMs: 20 });
    expect((await insertMeet()).status).toBe(200);
  });
});

describe('the wire log', () => {
  it('has every request with its body and status, and no secret', async () => {
    await grant(jwtGrant());
    await insertMeet();
    await ask('DELETE', EVENT);
    expect(wire.map(({ method, path, status }) => `${method} ${path} ${status}`)).toEqual([
      'POST /token 200',
      'POST /token 200',
      `POST ${EVENTS}?conferenceDataVersion=1 200`,
      `DELETE ${EVENT} 204`,
    ]);
    expect(wire[2]).toMatchObject({ to: 'google', body: { id: ID } });
    expect(wire[0]?.body).toEqual({ grant_type: 'refresh_token' });
    const { refreshToken } = google.account();
    for (const secret of [token, refreshToken.refreshToken, refreshToken.clientSecret, 'assertion']) {
      expect(JSON.stringify(wire)).not.toContain(secret);
    }
  });
});

it('says so when its port is taken', async () => {
  await expect(startGoogle({ port: Number(new URL(google.url).port) })).rejects.toThrow(/EADDRINUSE/);
});

describe('when people are busy', () => {
  const FREE_BUSY = '/calendar/v3/freeBusy';
  const span = { timeMin: '2026-12-01T00:00:00Z', timeMax: '2026-12-02T00:00:00+01:00' };
  const items = [{ id: 'ada@example.org' }, { id: 'nobody@example.org' }, { id: 'primary' }];
  const inside = { start: '2026-12-01T10:00:00Z', end: '2026-12-01T11:00:00Z' };
  const outside = { start: '2026-12-03T10:00:00Z', end: '2026-12-03T11:00:00Z' };

  it('is told of each calendar by itself, within the span', async () => {
    google.calendarsOf({ 'ada@example.org': { busy: [inside, outside] } });
    expect(await ask('POST', FREE_BUSY, { ...span, items })).toEqual({
      status: 200,
      body: {
        kind: 'calendar#freeBusy',
        ...span,
        calendars: {
          'ada@example.org': { busy: [inside] },
          'nobody@example.org': { busy: [], errors: [{ domain: 'global', reason: 'notFound' }] },
          primary: { busy: [] },
        },
      },
    });
  });

  it('is told of as many calendars as were asked for at most', async () => {
    const { body } = await ask('POST', FREE_BUSY, { ...span, items, calendarExpansionMax: 1 });
    expect(body.calendars.primary.errors).toEqual([
      { domain: 'global', reason: 'tooManyCalendarsRequested' },
    ]);
  });

  it.each([
    ['no beginning', { timeMax: span.timeMax }, 'required'],
    ['a time without its offset', { ...span, timeMin: '2026-12-01T00:00:00' }, 'badRequest'],
    ['a day', { ...span, timeMin: '2026-12-01' }, 'badRequest'],
    ['an end before its beginning', { timeMin: span.timeMax, timeMax: span.timeMin }, 'timeRangeEmpty'],
    ['a span of months', { ...span, timeMax: '2027-12-01T00:00:00Z' }, 'timeRangeTooLong'],
    ['more than fifty calendars', { ...span, calendarExpansionMax: 51 }, 'invalid'],
    ['a calendar without an id', { ...span, items: [{}] }, 'required'],
  ])('is not told for %s', async (_, query, reason) => {
    const { status, body } = await ask('POST', FREE_BUSY, { items, ...query });
    expect([status, body.error.errors[0].reason]).toEqual([400, reason]);
  });

  it('is told to those only who were granted it', async () => {
    expect((await ask('POST', FREE_BUSY, { ...span, items }, 'none')).status).toBe(401);
    const { access_token } = (await grant(jwtGrant())).body;
    expect((await ask('POST', FREE_BUSY, { ...span, items }, access_token)).status).toBe(403);
    google.withholdsFreeBusy();
    expect((await ask('POST', FREE_BUSY, { ...span, items })).status).toBe(401);
    const again = (await grant(refreshGrant())).body.access_token;
    expect((await ask('POST', FREE_BUSY, { ...span, items }, again)).status).toBe(403);
  });
});
