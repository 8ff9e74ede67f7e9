import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Notice } from '../../src/core/notices.ts';
import { cancel, type Request, release } from '../../src/core/request.ts';
import { HOUR, after as later, MINUTE } from '../../src/core/time.ts';
import type { Delivered, LeasedNotice, Post } from '../../src/store/store.ts';
import { rowsOf, runOn } from '../support/database.ts';
import { claimed, makeWorld, noon, opened, scheduled, telling, type World } from './world.ts';

let world: World;
let request: Request;

beforeAll(async () => {
  world = await makeWorld();
  request = await opened(world);
});
afterAll(() => world.close());
beforeEach(() => runOn(world.url, 'TRUNCATE notices, posts'));

const LEASE = 60_000;
const soon = later(noon, MINUTE);
const notice = (fields: Partial<Notice> = {}): Notice => ({
  kind: 'request_expired',
  recipient: { to: 'member', memberId: world.student.memberId },
  key: randomUUID(),
  mode: 'once',
  requestId: request.id,
  sessionId: null,
  dueAt: noon,
  detail: { why: 'a test' },
  ...fields,
});
const tell = (...notices: Notice[]) =>
  world.store
    .requestsAs(world.student, 'test')
    .changeRequest(request.id, (unchanged) => telling(unchanged, ...notices));
const lease = (now = noon, limit = 100, leaseMs = LEASE) =>
  world.store.outbox.lease(now, { rest: limit }, leaseMs);
const finish = (held: LeasedNotice, how: Delivered, now = noon) => world.store.outbox.finish(held, how, now);
const one = async (now = noon, leaseMs = LEASE): Promise<LeasedNotice> => {
  const [held, ...more] = await lease(now, 100, leaseMs);
  if (!held || more.length > 0) throw new Error(`Expected one notice, not ${held ? more.length + 1 : 0}.`);
  return held;
};
const states = () =>
  rowsOf(world.url, 'SELECT key, state, version, attempts FROM notices ORDER BY created_at, key');
const endLeases = () =>
  runOn(world.url, `UPDATE notices SET leased_until = clock_timestamp() - interval '1 second'`);
const post: Post = { platform: 'slack', spaceId: 'T1', channelId: 'C1', messageId: '1.1' };

describe('telling', () => {
  test('goes with the deed that it follows from, beside its own detail', async () => {
    const told = notice();
    await world.store
      .requestsAs(world.student, 'test', 'what somebody did')
      .changeRequest(request.id, (unchanged) => telling(unchanged, told));
    expect(await one()).toMatchObject({ deed: 'what somebody did', detail: told.detail });
  });

  test('comes out as it went in', async () => {
    const told = notice();
    await tell(told);
    expect(await one()).toEqual({
      ...told,
      deed: null,
      bare: false,
      kept: null,
      heldBack: false,
      lane: 'rest',
      reader: { language: null, timeZone: 'Europe/Berlin' },
      id: expect.any(String),
      version: 1,
      attempts: 1,
      space: null,
      post: null,
    });
  });

  test('once: the same key again changes nothing', async () => {
    const told = notice();
    await tell(told);
    await finish(await one(), { how: 'sent', post: null });
    await tell({ ...told, dueAt: soon });
    expect(await states()).toMatchObject([{ state: 'SENT', version: 1 }]);
    expect(await lease(soon)).toEqual([]);
  });

  test('latest: the same key again is due again, in a new version, and knows its post', async () => {
    const told = notice({ mode: 'latest' });
    await tell(told);
    await finish(await one(), { how: 'sent', post });
    expect(await lease()).toEqual([]);
    await tell({ ...told, dueAt: soon, detail: { why: 'changed' } });
    expect(await one(soon)).toMatchObject({
      version: 2,
      attempts: 1,
      post,
      dueAt: soon,
      detail: { why: 'changed' },
    });
  });

  test('for the mentors: one row for each space with a mentors channel', async () => {
    const told = notice({ recipient: { to: 'mentors' }, mode: 'latest' });
    const { directory } = world.store;
    await directory.ensureSpace(
      {
        platform: 'slack',
        spaceId: 'T2',
        name: 'No channel',
        mentorsChannel: '',
        coordinatorsChannel: '',
        sessionsChannel: '',
      },
      'north',
    );
    await tell(told);
    const held = await lease();
    expect(
      held.map(({ space }) => space).sort((a, b) => String(a?.spaceId).localeCompare(String(b?.spaceId))),
    ).toEqual([
      {
        platform: 'discord',
        spaceId: 'G1',
        name: 'North too',
        mentorsChannel: 'D1',
        coordinatorsChannel: '',
        sessionsChannel: '',
      },
      {
        platform: 'slack',
        spaceId: 'T1',
        name: 'North',
        mentorsChannel: 'C1',
        coordinatorsChannel: '',
        sessionsChannel: '',
      },
    ]);
    expect(new Set(held.map(({ key }) => key)).size).toBe(2);
    for (const { key, recipient } of held) {
      expect(key.startsWith(`${told.key}:`)).toBe(true);
      expect(recipient).toEqual({ to: 'mentors' });
    }
    // Each card is in its own place.
    for (const leased of held) {
      const place = { ...post, spaceId: leased.space?.spaceId ?? '' };
      await finish(leased, { how: 'sent', post: place });
    }
    await tell(told);
    for (const leased of await lease()) expect(leased.post?.spaceId).toBe(leased.space?.spaceId);
  });

  test('for the meeting provider', async () => {
    await tell(notice({ recipient: { to: 'meetings' } }));
    expect(await one()).toMatchObject({ recipient: { to: 'meetings' }, space: null });
  });
});

describe('a lease', () => {
  test('takes what is due, the oldest first, at most so many', async () => {
    const due = [3, 1, 2].map((minutes) => notice({ dueAt: later(noon, -minutes * MINUTE) }));
    await tell(...due, notice({ dueAt: soon }));
    const first = await lease(noon, 2);
    expect(first.map(({ key }) => key)).toEqual([due[0]?.key, due[2]?.key]);
    expect((await lease(noon, 2)).map(({ key }) => key)).toEqual([due[1]?.key]);
    expect(await lease()).toEqual([]);
    expect(await lease(soon)).toHaveLength(1);
  });

  test('is exclusive among couriers', async () => {
    await tell(...Array.from({ length: 200 }, () => notice()));
    const taken = await Promise.all(Array.from({ length: 20 }, () => lease(noon, 25)));
    const keys = taken.flat().map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    const rest = await lease(noon, 500);
    expect(keys.length + rest.length).toBe(200);
  });

  test('does not wait for what another courier is just taking', async () => {
    const both = [notice(), notice()];
    await tell(...both);
    const other = new pg.Client({ connectionString: world.url });
    await other.connect();
    await other.query('BEGIN');
    await other.query('SELECT FROM notices WHERE key = $1 FOR UPDATE', [both[0]?.key]);
    expect((await one()).key).toBe(both[1]?.key);
    await other.end();
    expect((await one()).key).toBe(both[0]?.key);
  });

  test('is renewed by the courier that has it under way, and not once it is finished', async () => {
    const { outbox } = world.store;
    await tell(notice());
    const held = await one(noon, 0);
    await outbox.renew([held.id], LEASE);
    expect(await lease()).toEqual([]);
    await finish(held, { how: 'later', at: noon, why: 'busy', counts: true });
    await outbox.renew([held.id], LEASE);
    expect(await lease()).toHaveLength(1);
  });

  test('ends by the database’s clock, and then anybody may try again', async () => {
    await tell(notice());
    const first = await one();
    expect(await lease(later(noon, 24 * HOUR))).toEqual([]);
    await endLeases();
    const second = await one();
    expect([first.attempts, second.attempts]).toEqual([1, 2]);
    // Who lost the lease decides no longer …
    await finish(first, { how: 'dead', why: 'too late' });
    expect(await states()).toMatchObject([{ state: 'PENDING', attempts: 2 }]);
    expect(await lease()).toEqual([]);
    // … but what they did send was sent.
    await finish(first, { how: 'sent', post });
    await finish(second, { how: 'later', at: soon, why: 'busy', counts: true });
    expect(await states()).toMatchObject([{ state: 'SENT' }]);
  });

  test('keeps a newer version waiting, which is due as soon as the older is finished', async () => {
    const told = notice({ mode: 'latest' });
    await tell(told);
    const old = await one();
    await tell(told);
    expect(await lease()).toEqual([]);
    await finish(old, { how: 'sent', post });
    expect(await one()).toMatchObject({ version: 2, attempts: 1, post });
  });

  test('of an older version that ended does not free the newer one', async () => {
    const told = notice({ mode: 'latest' });
    await tell(told);
    const old = await one();
    await tell(told);
    await endLeases();
    const fresh = await one();
    await finish(old, { how: 'sent', post });
    expect(await lease()).toEqual([]);
    await finish(fresh, { how: 'sent', post: { ...post, messageId: '2.2' } });
    expect(await states()).toMatchObject([{ state: 'SENT', version: 2 }]);
  });

  test('sees the post that an earlier holder has just recorded', async () => {
    const told = notice({ mode: 'latest' });
    for (let round = 0; round < 20; round += 1) {
      await tell(told);
      const held = await one();
      await tell(told);
      const place = { ...post, messageId: String(round) };
      const [, next] = await Promise.all([
        finish(held, { how: 'sent', post: place }),
        (async () => {
          for (;;) {
            const [taken] = await lease();
            if (taken) return taken;
          }
        })(),
      ]);
      expect(next.post).toEqual(place);
      await finish(next, { how: 'sent', post: place });
    }
  });
});

describe('finishing', () => {
  test('sent without a place keeps the place it had', async () => {
    const told = notice({ mode: 'latest' });
    await tell(told);
    await finish(await one(), { how: 'sent', post });
    await tell(told);
    await finish(await one(), { how: 'sent', post: null });
    await tell(told);
    expect((await one()).post).toEqual(post);
  });

  test('later: due again at that time, one attempt more', async () => {
    await tell(notice());
    await finish(await one(), { how: 'later', at: soon, why: 'rate limited', counts: true });
    expect(await lease()).toEqual([]);
    expect(await one(soon)).toMatchObject({ attempts: 2 });
  });

  test.each([
    ['skipped', 'SKIPPED'],
    ['dead', 'DEAD'],
    ['unreachable', 'UNREACHABLE'],
  ] as const)('%s: never tried again', async (how, state) => {
    await tell(notice());
    await finish(await one(), { how, why: 'because' });
    expect(await lease(later(noon, 24 * HOUR))).toEqual([]);
    expect(await rowsOf(world.url, 'SELECT state, why, finished_at FROM notices')).toEqual([
      { state, why: 'because', finished_at: noon },
    ]);
  });

  test('unreachable: told at the next visit, once', async () => {
    const told = notice();
    await tell(told, notice({ recipient: { to: 'member', memberId: world.otherStudent.memberId } }));
    for (const held of await lease()) await finish(held, { how: 'unreachable', why: 'closed' });
    const visit = () =>
      world.store.directory.visit(
        {
          platform: 'slack',
          spaceId: 'T1',
          userId: 'U-Sam',
          name: 'Sam',
          timeZone: null,
          language: null,
          isMentor: null,
          isCoordinator: null,
        },
        noon,
      );
    expect((await visit())?.unreachable).toBe(1);
    const { takeUnreachable } = world.store.outbox;
    const taken = await Promise.all([1, 2, 3].map(() => takeUnreachable(world.student.memberId, 9)));
    expect(taken.flat()).toEqual([told]);
    expect((await visit())?.unreachable).toBe(0);
  });

  test('depth counts what is due, waits and was given up', async () => {
    expect(await world.store.outbox.depth(noon)).toEqual({ due: 0, later: 0, dead: 0, oldestDueAt: null });
    const early = later(noon, -HOUR);
    await tell(
      notice({ dueAt: early }),
      notice(),
      notice({ dueAt: soon }),
      notice({ dueAt: later(noon, -2 * HOUR) }),
    );
    const [oldest] = await lease(noon, 1);
    if (oldest) await finish(oldest, { how: 'dead', why: 'x' });
    expect(await world.store.outbox.depth(noon)).toEqual({ due: 2, later: 1, dead: 1, oldestDueAt: early });
  });
});

describe('a new message to a member', () => {
  const place = (messageId: string): Post => ({ ...post, channelId: 'D1', messageId });
  const sent = (messageId: string, kept: unknown = { title: messageId }): Delivered => ({
    how: 'sent',
    post: place(messageId),
    kept,
  });
  const send = async (messageId: string, fields: Partial<Notice> = {}, at = noon): Promise<Notice> => {
    const told = notice({ ...fields, dueAt: at });
    await tell(told);
    const held = (await lease(at)).find(({ key }) => key === told.key);
    if (!held) throw new Error('nothing was leased');
    await finish(held, sent(messageId), at);
    return told;
  };
  const newest = async () =>
    (await world.store.directory.recipient(world.student.memberId, request.id))?.newest;

  test('makes the earlier ones due, to lose their buttons, once; those of others and without any stay', async () => {
    const first = await send('1.1');
    await tell(notice({ recipient: { to: 'member', memberId: world.otherStudent.memberId } }));
    await finish(await one(), sent('2.1'));
    const plain = notice();
    await tell(plain);
    await finish(await one(), { how: 'sent', post: place('1.2') });
    const [due, ...more] = await lease();
    expect(more).toEqual([]);
    expect(due).toMatchObject({ key: first.key, bare: true, kept: { title: '1.1' }, post: place('1.1') });
    if (due) await finish(due, { how: 'sent', post: place('1.1') });
    await send('1.3', {}, soon);
    expect((await lease(later(soon, HOUR))).map(({ key }) => key)).toEqual([]);
  });

  test('is where the next one belongs: in its thread, though earlier ones were changed after it', async () => {
    expect(await newest()).toEqual([]);
    const card = await send('1.1', { mode: 'latest' });
    const told = notice({ dueAt: soon });
    await tell(told);
    const thread = { ...place('1.2'), threadId: '1.1' };
    await finish(await one(soon), { how: 'sent', post: thread }, soon);
    const bare = await one(soon);
    expect(bare).toMatchObject({ key: card.key, bare: true });
    await finish(bare, { how: 'sent', post: place('1.1') }, later(soon, HOUR));
    expect(await newest()).toEqual([thread]);
  });

  test('leaves a card that stays without buttons for good', async () => {
    const card = await send('1.1', { mode: 'latest' });
    await send('1.2', {}, soon);
    await finish(await one(soon), { how: 'sent', post: place('1.1') }, soon);
    await tell({ ...card, dueAt: soon });
    expect(await one(soon)).toMatchObject({ key: card.key, bare: true, kept: null });
  });

  test('is not undone when a session is called off before the buttons are gone', async () => {
    const { id, session } = await scheduled(world, { startsAt: later(noon, 30 * HOUR) });
    await runOn(world.url, 'TRUNCATE notices, posts');
    const about = { requestId: id, sessionId: session?.id ?? '' };
    const first = await send('1.1', about);
    await send('1.2', about);
    await world.store
      .requestsAs(world.student, 'cancelRequest')
      .changeRequest(id, (r) => cancel(r, world.student, noon));
    expect((await lease()).find(({ key }) => key === first.key)).toMatchObject({ bare: true });
  });

  test('gives up nothing that an operator must see', async () => {
    await send('1.1', { mode: 'latest' });
    await runOn(world.url, `UPDATE notices SET state = 'DEAD'`);
    await send('1.2', {}, soon);
    expect(await lease(soon)).toEqual([]);
  });
});

describe('a session that is called off', () => {
  test('takes its undelivered notices back, and brings its cards up to date', async () => {
    const planned = await scheduled(world);
    const sessionId = planned.session?.id;
    const kinds = async (state: string) =>
      (
        await rowsOf<{ kind: string }>(
          world.url,
          'SELECT kind FROM notices WHERE request_id = $1 AND state = $2::notice_state ORDER BY kind',
          [planned.id, state],
        )
      ).map(({ kind }) => kind);
    expect((await kinds('PENDING')).filter((kind) => kind === 'session_reminder')).toHaveLength(4);
    for (const held of await lease())
      if (held.kind === 'session_card') await finish(held, { how: 'sent', post });
    await world.store
      .requestsAs(world.student, 'cancelRequest')
      .changeRequest(planned.id, (r) => cancel(r, world.student, noon));
    expect((await kinds('WITHDRAWN')).filter((kind) => /^(meeting|session)_/.test(kind))).toEqual([
      'meeting_check',
      'meeting_wanted',
      ...Array(4).fill('session_reminder'),
    ]);
    const pending = await kinds('PENDING');
    expect(pending.filter((kind) => kind === 'session_card')).toHaveLength(2);
    expect(pending).toContain('meeting_unwanted');
    await endLeases();
    const card = (await lease()).find(({ kind }) => kind === 'session_card');
    expect(card).toMatchObject({ version: 2, post, sessionId });
  });

  test('is still the subject of its notices, with its mentor', async () => {
    const planned = await scheduled(world);
    await world.store
      .requestsAs(world.mentor, 'releaseRequest')
      .changeRequest(planned.id, (r) => release(r, world.mentor, noon));
    const { subject } = world.store.outbox;
    const about = { sessionId: planned.session?.id ?? null, requestId: planned.id };
    expect(await subject(notice(about))).toMatchObject({
      id: planned.id,
      status: 'OPEN',
      mentor: { id: world.mentor.memberId, name: 'Mia', accounts: [{ userId: 'U-Mia' }] },
      session: { id: planned.session?.id, status: 'CANCELLED' },
    });
    const detail = { sessionId: planned.session?.id ?? '' };
    expect(await subject(notice({ requestId: planned.id, detail }))).toMatchObject({
      session: { status: 'CANCELLED' },
    });
    expect(await subject(notice({ requestId: planned.id }))).toMatchObject({ mentor: null, session: null });
  });

  test('what was sent in the very moment of being withdrawn was sent', async () => {
    const planned = await scheduled(world);
    const held = (await lease()).find(({ kind }) => kind === 'meeting_wanted');
    await world.store
      .requestsAs(world.student, 'cancelRequest')
      .changeRequest(planned.id, (r) => cancel(r, world.student, noon));
    if (!held) throw new Error('nothing was leased');
    await finish(held, { how: 'later', at: soon, why: 'x', counts: true });
    const state = async () =>
      (await rowsOf(world.url, 'SELECT state FROM notices WHERE id = $1', [held.id]))[0];
    expect(await state()).toEqual({ state: 'WITHDRAWN' });
    await finish(held, { how: 'sent', post: null });
    expect(await state()).toEqual({ state: 'SENT' });
  });
});

test('the subject of a notice about a request is read with its session', async () => {
  const planned = await scheduled(world);
  expect(await world.store.outbox.subject(notice({ requestId: planned.id }))).toMatchObject({
    status: 'SCHEDULED',
    session: { id: planned.session?.id },
  });
  expect(await world.store.outbox.subject(notice({ requestId: randomUUID() }))).toBeNull();
  expect(
    await world.store.outbox.subject(notice({ requestId: planned.id, sessionId: randomUUID() })),
  ).toBeNull();
  expect((await claimed(world)).session).toBeNull();
});
