import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GoogleIdentity } from '../../src/meetings/google-auth.ts';
import { googleMeetSpace } from '../../src/meetings/google-meet-space.ts';
import { type Fault, type GoogleStandIn, startGoogle } from '../../src/sandbox/google/index.ts';
import { aWish, linkOf } from '../contracts/meeting-provider.ts';
import { failureOf } from './failure.ts';
import { settingsAt } from './google-settings.ts';

let google: GoogleStandIn;
beforeEach(async () => {
  google = await startGoogle();
});
afterEach(() => google.close());

function provider(kind: GoogleIdentity['kind'] = 'refresh-token', changes = {}, timeoutMs?: number) {
  const { identity, apiUrl, tokenUrl } = settingsAt(google, kind, changes);
  return googleMeetSpace({ provider: 'google-meet-space', identity, apiUrl, tokenUrl, timeoutMs });
}

it('is a room that lets the two in without a host, and no event', async () => {
  const meeting = await provider().create(aWish());
  const [space] = google.spaces();
  expect(space).toMatchObject({ name: meeting.eventId, config: { accessType: 'OPEN' } });
  expect(linkOf(meeting)).toBe(space?.meetingUri);
  expect(google.events()).toEqual([]);
});

it('stays the same room by the id that is kept, and is made anew when it is gone', async () => {
  const wish = aWish();
  const { eventId } = await provider().create(wish);
  await provider().create({ ...wish, eventId });
  expect(google.spaces()).toHaveLength(1);
  google.loseSpace(eventId);
  const anew = await provider().create({ ...wish, eventId });
  expect(anew.eventId).not.toBe(eventId);
  expect(google.spaces()).toHaveLength(1);
});

it.each<[Fault, number | undefined]>([
  ['tooManyRequests', 7_000],
  ['backendError', undefined],
  ['dropped', undefined],
  ['lost', undefined],
])('%s means later', async (fault, retryAfterMs) => {
  google.fails(fault, /^POST .*spaces/);
  expect(await failureOf(provider().create(aWish()))).toMatchObject({ kind: 'later', retryAfterMs });
});

it('an answer that never comes ends at the time-out', async () => {
  google.fails('hangs', /spaces/);
  const one = provider('refresh-token', {}, 300);
  expect(await failureOf(one.create(aWish()))).toMatchObject({ kind: 'later' });
});

it('a token that died early is replaced at once', async () => {
  const one = provider();
  await one.create(aWish());
  google.expireTokens();
  expect((await one.create(aWish())).state).toBe('ready');
});

describe('a set-up that somebody must mend', () => {
  it.each<[string, GoogleIdentity['kind'], object, () => void, RegExp]>([
    ['a dead refresh token', 'refresh-token', { refreshToken: 'old' }, () => {}, /"Testing".*7 days/],
    [
      'no delegation for rooms',
      'service-account',
      {},
      () => google.delegate(false),
      /Domain-wide delegation.*meetings\.space\.created/,
    ],
  ])('%s: create and check both say how', async (_, kind, changes, spoil, remedy) => {
    spoil();
    const spoiled = provider(kind, changes);
    for (const work of [() => spoiled.create(aWish()), spoiled.check]) {
      expect(await failureOf(work())).toMatchObject({
        kind: 'setup',
        message: expect.stringMatching(remedy),
      });
    }
    expect(google.spaces()).toEqual([]);
  });

  it('a service account without a subject', async () => {
    const error = await failureOf(provider('service-account', { subject: undefined }).check());
    expect(error).toMatchObject({ kind: 'setup', message: expect.stringContaining('GOOGLE_SUBJECT') });
  });
});
