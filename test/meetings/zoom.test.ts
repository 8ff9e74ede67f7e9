import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ZoomSettings } from '../../src/meetings/zoom.ts';
import { zoom } from '../../src/meetings/zoom.ts';
import type { WireEntry } from '../../src/sandbox/person.ts';
import { type Fault, startZoom, type ZoomStandIn } from '../../src/sandbox/zoom/index.ts';
import { aWish, linkOf } from '../contracts/meeting-provider.ts';
import { failureOf } from './failure.ts';
import { zoomSettingsAt } from './zoom-settings.ts';

let standIn: ZoomStandIn;
let wire: WireEntry[];
beforeEach(async () => {
  wire = [];
  standIn = await startZoom({ record: (entry) => wire.push(entry) });
});
afterEach(() => standIn.close());

const provider = (changes: Partial<ZoomSettings> = {}) => zoom(zoomSettingsAt(standIn, changes));
const sent = () => wire.map(({ method, path, status }) => `${method} ${path.replace(/\?.*/, '')} ${status}`);

describe('the meeting', () => {
  it('carries the wish, opens without a host, and shows nobody the way in as the host', async () => {
    const wish = aWish({ title: 'Mini session: Üben'.padEnd(250, '!') });
    const meeting = await provider().create(wish);
    const [made] = standIn.meetings();
    expect(made).toMatchObject({
      start_time: '2026-12-01T10:00:00Z',
      duration: 45,
      timezone: 'UTC',
      settings: { join_before_host: true, waiting_room: false },
    });
    expect(made?.topic).toHaveLength(200);
    expect(made?.agenda).toContain(wish.description);
    expect(linkOf(meeting)).toBe(made?.join_url);
    expect(inspect(meeting)).not.toMatch(/zak=|start_url/);
  });

  it('is found behind pages of others, whatever they are called', async () => {
    const others = provider();
    for (let n = 0; n < 3; n += 1) await others.create(aWish());
    const wish = aWish({ description: 'long '.repeat(300) });
    const first = await others.create(wish);
    expect(await provider().create(wish)).toEqual(first);
    expect(standIn.meetings()).toHaveLength(4);
  });

  it('is made anew when the host deleted it', async () => {
    const wish = aWish();
    const first = await provider().create(wish);
    standIn.loseMeeting(Number(first.eventId));
    const second = await provider().create({ ...wish, eventId: first.eventId });
    expect(second.eventId).not.toBe(first.eventId);
    expect(standIn.meetings()).toHaveLength(1);
  });

  it('is left alone when all is well', async () => {
    const wish = aWish();
    const { eventId } = await provider().create(wish);
    wire.length = 0;
    await provider().create({ ...wish, eventId });
    expect(sent()).toEqual(['POST /oauth/token 200', `GET /v2/meetings/${eventId} 200`]);
  });
});

describe('trouble that passes', () => {
  it.each<[Fault, number | undefined]>([
    ['perSecond', 1_000],
    ['broken', undefined],
    ['conflict', undefined],
    ['dropped', undefined],
  ])('%s means later, after one try', async (fault, retryAfterMs) => {
    const wish = aWish();
    standIn.fails(fault, /^POST .*meetings/);
    const error = await failureOf(provider().create(wish));
    expect(error).toMatchObject({ kind: 'later', retryAfterMs });
    expect(sent().filter((line) => line.startsWith('POST /v2'))).toHaveLength(1);
    expect((await provider().create(wish)).state).toBe('ready');
  });

  it('the limit of a day names the time to come back', async () => {
    standIn.fails('perDay', /^POST .*meetings/);
    const { retryAfterMs = 0 } = await failureOf(provider().create(aWish()));
    expect(retryAfterMs).toBeGreaterThan(3_000_000);
  });

  it.each([/token/, /meetings/])('an answer that never comes ends at the time-out (%s)', async (where) => {
    standIn.fails('hangs', where);
    const error = await failureOf(provider({ timeoutMs: 100 }).create(aWish()));
    expect(error).toMatchObject({ kind: 'later', message: expect.stringContaining('in time') });
  });

  it('a meeting whose making was not answered is found again, also by another bot, and never made twice', async () => {
    const wish = aWish();
    standIn.fails('lost', /^POST .*meetings/);
    expect(await failureOf(provider().create(wish))).toMatchObject({ kind: 'later' });
    const [made] = standIn.meetings();
    expect(linkOf(await provider().create(wish))).toBe(made?.join_url);
    expect(standIn.meetings()).toHaveLength(1);
  });

  it('a meeting whose making was not answered is taken away when the session is called off', async () => {
    const wish = aWish();
    standIn.fails('lost', /^POST .*meetings/);
    await failureOf(provider().create(wish));
    await provider().cancel(wish);
    expect(standIn.meetings()).toEqual([]);
  });

  it('a token that died early is replaced at once', async () => {
    const one = provider();
    await one.create(aWish());
    standIn.expireTokens();
    expect((await one.create(aWish())).state).toBe('ready');
    expect(standIn.meetings()).toHaveLength(2);
  });
});

describe('a set-up that somebody must mend', () => {
  it.each<[string, Partial<ZoomSettings>, () => void, RegExp]>([
    ['a wrong client', { clientSecret: 'x' }, () => {}, /ZOOM_CLIENT_ID and ZOOM_CLIENT_SECRET/],
    ['a wrong account', { accountId: 'x' }, () => {}, /ZOOM_ACCOUNT_ID/],
    ['an app that is off', {}, () => standIn.deactivate(true), /activate it at marketplace\.zoom\.us/],
    ['an unknown person', { userId: 'who@mentors.example' }, () => {}, /ZOOM_USER_ID/],
    [
      'a missing scope',
      {},
      () => standIn.setScopes(['meeting:read:list_meetings:admin', 'meeting:read:meeting:admin']),
      /lacks the scopes .*meeting:write:meeting:admin/,
    ],
  ])('%s: create and check both say how', async (_, changes, spoil, remedy) => {
    spoil();
    const spoiled = provider(changes);
    for (const work of [() => spoiled.create(aWish()), spoiled.check]) {
      const error = await failureOf(work());
      expect(error).toMatchObject({ kind: 'setup', message: expect.stringMatching(remedy) });
      expect(inspect(error, { depth: 20 })).not.toMatch(/sandbox-zoom-secret|Basic /);
    }
    expect(standIn.meetings()).toEqual([]);
  });

  it('no permission names the role and the licence', async () => {
    standIn.fails('forbidden', /^POST .*meetings/);
    const error = await failureOf(provider().create(aWish()));
    expect(error).toMatchObject({ kind: 'setup', message: expect.stringMatching(/role.*licence/) });
  });

  it('the older, wider scopes are enough', async () => {
    const api = zoom(zoomSettingsAt(standIn));
    standIn.setScopes(['meeting:read:admin', 'meeting:write:admin', 'meeting:read:list_meetings:admin']);
    await api.check();
  });
});
