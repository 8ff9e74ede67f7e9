import { generateKeyPairSync } from 'node:crypto';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { GoogleIdentity } from '../../src/meetings/google-auth.ts';
import { googleMeet } from '../../src/meetings/google-meet.ts';
import { type Fault, type GoogleStandIn, startGoogle } from '../../src/sandbox/google/index.ts';
import type { WireEntry } from '../../src/sandbox/person.ts';
import { aWish, linkOf } from '../contracts/meeting-provider.ts';
import { failureOf as failure } from './failure.ts';
import { settingsAt } from './google-settings.ts';

let google: GoogleStandIn;
let wire: WireEntry[];

beforeEach(async () => {
  wire = [];
  google = await startGoogle({ record: (entry) => wire.push(entry) });
});
afterEach(() => google.close());

const both: GoogleIdentity['kind'][] = ['service-account', 'refresh-token'];
const providerBy = (kind: GoogleIdentity['kind'] = 'refresh-token', changes = {}, timeoutMs?: number) =>
  googleMeet({ ...settingsAt(google, kind, changes), timeoutMs });
const sent = () => wire.map(({ method, path, status }) => `${method} ${path.replace(/\?.*/, '')} ${status}`);

describe('the event', () => {
  it('carries the wish, with the session id as its own, and invites nobody', async () => {
    const wish = aWish({ sessionId: '0198c0de-0000-7000-8000-0123456789AB' });
    const meeting = await providerBy().create(wish);
    const [event] = google.events();
    expect(meeting.eventId).toBe('0198c0de0000700080000123456789ab');
    expect(event).toMatchObject({ id: meeting.eventId, summary: wish.title, description: wish.description });
    expect(event).not.toHaveProperty('attendees');
    expect(linkOf(meeting)).toBe(event?.hangoutLink);
    expect(linkOf(meeting)).toMatch(/^https:\/\/meet\.google\.com\/[a-z]{3}-[a-z]{4}-[a-z]{3}$/);
  });

  it('invites guests, who do not see each other and hear of every change', async () => {
    const provider = providerBy();
    const wish = aWish({ guests: ['ada@example.org', 'grace@example.org'] });
    await provider.create(wish);
    expect(google.events()[0]).toMatchObject({
      attendees: [{ email: 'ada@example.org' }, { email: 'grace@example.org' }],
      guestsCanSeeOtherGuests: false,
    });
    await provider.create(wish); // Nothing changed: nobody hears of it twice.
    await provider.create({ ...wish, start: new Date('2026-12-02T10:00:00Z') });
    await provider.create({
      ...wish,
      start: new Date('2026-12-02T10:00:00Z'),
      guests: ['grace@example.org'],
    });
    await provider.cancel(wish);
    expect(google.mails().map(({ to, what }) => `${to} ${what}`)).toEqual([
      'ada@example.org invited',
      'grace@example.org invited',
      'ada@example.org changed',
      'grace@example.org changed',
      'ada@example.org cancelled',
      'grace@example.org changed',
      'grace@example.org cancelled',
    ]);
  });

  it('goes without guests when a service account may not invite any, and says what it lacks itself', async () => {
    const bare = providerBy('service-account', { subject: undefined });
    const { message } = await failure(bare.create(aWish({ guests: ['ada@example.org'] })));
    expect(message).toContain('A service account has no Google Meet of its own');
    expect(sent().filter((line) => line.startsWith('POST') && line.includes('/events'))).toHaveLength(2);
  });

  it('shows what a person wrote as they wrote it, never as HTML', async () => {
    await providerBy().create(aWish({ description: '<a href="https://evil.example">Join</a> & <b>' }));
    expect(google.events()[0]?.description).toBe(
      '&lt;a href="https://evil.example"&gt;Join&lt;/a&gt; &amp; &lt;b&gt;',
    );
  });

  it('goes without guests when Google does not take one, and says why, without the address', async () => {
    const wish = aWish({ guests: ['ada@example.org', 'not@an@address'] });
    const meeting = await providerBy().create(wish);
    expect(meeting).toMatchObject({ state: 'ready', uninvited: expect.stringMatching(/400 invalid$/) });
    expect(JSON.stringify(meeting)).not.toContain('@');
    expect(google.events()[0]).not.toHaveProperty('attendees');
    expect(await providerBy().create(aWish())).not.toHaveProperty('uninvited');
  });

  it('refuses a session id that is no UUID as the defect that it is', async () => {
    await expect(providerBy().create(aWish({ sessionId: 'seven' }))).rejects.toBeInstanceOf(TypeError);
  });
});

describe('a link that takes its time', () => {
  it('is pending until Google has made it, and then ready, on one event', async () => {
    google.configure({ pendingGets: 2 });
    const wish = aWish();
    const provider = providerBy();
    const states = [];
    for (let n = 0; n < 4; n += 1) states.push((await provider.create(wish)).state);
    expect(states).toEqual(['pending', 'pending', 'pending', 'ready']);
    expect(google.events()).toHaveLength(1);
    expect(wire.some(({ method }) => method === 'PATCH')).toBe(false);
  });

  it('is asked for anew after it failed, on the same event', async () => {
    google.configure({ conferencesFail: true });
    const wish = aWish();
    const provider = providerBy();
    expect(await failure(provider.create(wish))).toMatchObject({ kind: 'later' });
    google.configure({ conferencesFail: false });
    expect((await provider.create(wish)).state).toBe('ready');
    expect(google.events()).toHaveLength(1);
  });
});

describe('an event that no longer matches', () => {
  it('is restored at the new time with its old link after it was cancelled', async () => {
    const wish = aWish();
    const provider = providerBy();
    const link = linkOf(await provider.create(wish));
    await provider.cancel(wish);
    const again = { ...wish, start: new Date('2026-12-24T08:00:00Z') };
    expect(linkOf(await provider.create(again))).toBe(link);
    const [event] = google.events();
    expect(event).toMatchObject({ status: 'confirmed' });
    expect(new Date(event?.start.dateTime ?? 0)).toEqual(again.start);
  });

  it('is made longer when only the duration changed', async () => {
    const wish = aWish({ durationMinutes: 30 });
    const provider = providerBy();
    await provider.create(wish);
    await provider.create({ ...wish, durationMinutes: 60 });
    expect(new Date(google.events()[0]?.end.dateTime ?? 0)).toEqual(new Date('2026-12-01T11:00:00Z'));
  });

  it('is left alone when all is well, though Google answers in the zone of its calendar', async () => {
    const wish = aWish();
    const provider = providerBy();
    await provider.create(wish);
    expect(google.events()[0]?.start.dateTime).toBe('2026-12-01T11:00:00+01:00');
    await provider.create(wish);
    expect(sent().slice(-2)).toEqual([
      'POST /calendar/v3/calendars/primary/events 409',
      `GET /calendar/v3/calendars/primary/events/${wish.sessionId.replaceAll('-', '')} 200`,
    ]);
  });
});

describe('trouble that passes', () => {
  it.each<[Fault, number | undefined]>([
    ['rateLimitExceeded', undefined],
    ['userRateLimitExceeded', undefined],
    ['tooManyRequests', 7_000],
    ['backendError', undefined],
    ['dropped', undefined],
  ])('%s means later, after one try', async (fault, retryAfterMs) => {
    const provider = providerBy();
    const wish = aWish();
    google.fails(fault, /^POST .*events/);
    expect(await failure(provider.create(wish))).toMatchObject({ kind: 'later', retryAfterMs });
    expect(wire).toHaveLength(2);
    expect((await provider.create(wish)).state).toBe('ready');
  });

  it.each(both)('a token endpoint in trouble means later, after one try (%s)', async (kind) => {
    google.fails('backendError', /token/);
    expect(await failure(providerBy(kind).create(aWish()))).toMatchObject({ kind: 'later' });
    expect(sent()).toEqual(['POST /token 503']);
  });

  it.each(both)('an answer that never comes ends at the timeout (%s)', async (kind) => {
    google.fails('hangs', /token/);
    google.fails('hangs', /events/);
    const provider = providerBy(kind, {}, 100);
    for (const where of ['token', 'events']) {
      expect(await failure(provider.create(aWish())), where).toMatchObject({
        kind: 'later',
        message: expect.stringContaining('did not answer in time'),
      });
    }
  });

  it('an answer that was lost on its way leaves one event', async () => {
    google.fails('lost', /^POST .*events/);
    const wish = aWish();
    const provider = providerBy();
    expect(await failure(provider.create(wish))).toMatchObject({ kind: 'later' });
    expect((await provider.create(wish)).state).toBe('ready');
    expect(google.events()).toHaveLength(1);
  });

  it.each(both)('a token that died early is replaced at once (%s)', async (kind) => {
    const provider = providerBy(kind);
    await provider.create(aWish());
    google.expireTokens();
    await provider.create(aWish());
    expect(sent().slice(2)).toEqual([
      'POST /calendar/v3/calendars/primary/events 401',
      'POST /token 200',
      'POST /calendar/v3/calendars/primary/events 200',
    ]);
  });

  it('a cancellation is not lost to it either', async () => {
    const wish = aWish();
    const provider = providerBy();
    await provider.create(wish);
    google.fails('backendError', /^DELETE/);
    expect(await failure(provider.cancel(wish))).toMatchObject({ kind: 'later' });
    await provider.cancel(wish);
    expect(google.events()[0]?.status).toBe('cancelled');
  });
});

describe('a set-up that somebody must mend', () => {
  const service = 'service-account';
  const refresh = 'refresh-token';
  const wrong: [string, GoogleIdentity['kind'], Record<string, string | undefined>, () => void, RegExp][] = [
    ['a dead refresh token', refresh, { refreshToken: 'old' }, () => {}, /"Testing".*7 days.*Publish app/],
    ['a wrong client id', refresh, { clientId: 'x' }, () => {}, /GOOGLE_CLIENT_ID/],
    ['a wrong client secret', refresh, { clientSecret: 'x' }, () => {}, /GOOGLE_CLIENT_SECRET/],
    [
      'a revoked grant',
      refresh,
      {},
      () => google.refuseGrants('Token has been revoked.'),
      /GOOGLE_REFRESH_TOKEN/,
    ],
    ['a key that is none', service, { privateKey: 'abc' }, () => {}, /GOOGLE_PRIVATE_KEY is not a readable/],
    ['an unknown service account', service, { clientEmail: 'x@y.z' }, () => {}, /GOOGLE_CLIENT_EMAIL/],
    ['an unknown subject', service, { subject: 'who@mentors.example' }, () => {}, /person in GOOGLE_SUBJECT/],
    ['no delegation', service, {}, () => google.delegate(false), /Domain-wide delegation.*calendar\.events/],
    ['a wrong clock', service, {}, () => google.refuseGrants('Invalid JWT: … short-lived token …'), /clock/],
    ['no subject', service, { subject: undefined }, () => {}, /Set GOOGLE_SUBJECT|GOOGLE_SUBJECT is missing/],
    [
      'Meet switched off',
      refresh,
      {},
      () => google.configure({ allowedConferenceSolutionTypes: [] }),
      /Switch Meet on/,
    ],
    [
      'a calendar to read only',
      refresh,
      {},
      () => google.configure({ accessRole: 'reader' }),
      /Make changes to events/,
    ],
  ];

  it.each(wrong)('%s: create and check both say how', async (_, kind, changes, spoil, remedy) => {
    spoil();
    const provider = providerBy(kind, changes);
    for (const work of [() => provider.create(aWish()), provider.check]) {
      expect(await failure(work())).toMatchObject({ kind: 'setup', message: expect.stringMatching(remedy) });
    }
    expect(google.events()).toEqual([]);
  });

  it('a key of somebody else', async () => {
    const { privateKey: key } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const privateKey = key.export({ type: 'pkcs8', format: 'pem' }).toString();
    const error = await failure(providerBy(service, { privateKey }).check());
    expect(error).toMatchObject({ kind: 'setup', message: expect.stringContaining('GOOGLE_PRIVATE_KEY') });
  });

  it('a calendar that does not exist', async () => {
    const provider = googleMeet({ ...settingsAt(google, refresh), calendarId: 'other@mentors.example' });
    for (const work of [() => provider.create(aWish()), provider.check]) {
      const message = expect.stringMatching(/"other@mentors\.example".*GOOGLE_CALENDAR_ID/);
      expect(await failure(work())).toMatchObject({ kind: 'setup', message });
    }
  });

  it('never shows a secret, however deep one looks into the error', async () => {
    const refreshToken = '1//super-secret';
    const seen = inspect(await failure(providerBy(refresh, { refreshToken }).create(aWish())), { depth: 20 });
    expect(seen).toContain('invalid_grant');
    expect(seen).not.toContain(refreshToken);
    expect(seen).not.toContain('sandbox-client-secret');
  });
});

it.each(both)("reaches this machine's own servers past a proxy of the environment (%s)", async (kind) => {
  vi.stubEnv('HTTPS_PROXY', 'http://127.0.0.1:1');
  vi.stubEnv('NO_PROXY', '');
  try {
    await providerBy(kind).check();
  } finally {
    vi.unstubAllEnvs();
  }
});

describe('check', () => {
  it.each(both)('reads only (%s)', async (kind) => {
    await providerBy(kind).check();
    expect(google.events()).toEqual([]);
    expect(sent()).toEqual([
      'POST /token 200',
      'GET /calendar/v3/calendars/primary/events 200',
      'GET /calendar/v3/calendars/primary 200',
    ]);
  });

  it('takes a private key as environment files hold it', async () => {
    const { GOOGLE_PRIVATE_KEY = '' } = google.account().env.serviceAccount;
    expect(GOOGLE_PRIVATE_KEY).not.toContain('\n');
    for (const privateKey of [GOOGLE_PRIVATE_KEY, `"${GOOGLE_PRIVATE_KEY}"`]) {
      await providerBy('service-account', { privateKey }).check();
    }
  });
});
