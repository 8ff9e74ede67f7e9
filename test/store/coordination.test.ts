import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { usualSettings } from '../../src/core/community.ts';
import { assign, takeBack } from '../../src/core/coordination.ts';
import { reportNoShow } from '../../src/core/no-show.ts';
import type { Actor } from '../../src/core/people.ts';
import { cancel } from '../../src/core/request.ts';
import { after, DAY, HOUR } from '../../src/core/time.ts';
import { rowsOf, runOn } from '../support/database.ts';
import { claimsOf, nobody, rawConnection } from './raw.ts';
import { claimed, makeHistory, makeWorld, noon, opened, scheduled, type World } from './world.ts';

let world: World;
let raw: Awaited<ReturnType<typeof rawConnection>>;
let cora: Actor;
beforeAll(async () => {
  world = await makeWorld();
  raw = await rawConnection(world.url);
  cora = { ...world.otherStudent, isCoordinator: true };
});
afterAll(async () => {
  await raw.end();
  await world.close();
});
const coordinating = (action = 'x') => world.store.coordinationAs(cora, action);

test('what needs a coordinator: what waited for too long, the longest first, and no more than that', async () => {
  const at = (hours: number) => coordinating().attention(usualSettings, after(noon, hours * HOUR));
  const urgent = await opened(world, { urgency: 'high', title: 'Urgent' });
  const usual = await opened(world, { title: 'Usual' });
  const held = await claimed(world, { title: 'Held' });
  const planned = await scheduled(world, { startsAt: after(noon, 4 * DAY), link: false });
  expect((await at(5.9)).waiting).toEqual({ items: [], total: 0 });
  expect((await at(6)).waiting).toMatchObject({ items: [{ id: urgent.id }], total: 1 });
  const later = await at(48);
  expect(later.waiting.items.map(({ id }) => id).sort()).toEqual([urgent.id, usual.id].sort());
  expect(later.untimed).toMatchObject({ items: [{ id: held.id }], total: 1 });
  expect(later.linkless).toMatchObject({ items: [{ id: planned.id }], total: 1 });
  expect((await at(23)).untimed.total).toBe(0);
  // By the times of the community.
  const quick = { ...usualSettings, claim: { ...usualSettings.claim, tellStudent: HOUR } };
  expect((await coordinating().attention(quick, after(noon, HOUR))).untimed.total).toBe(1);
});

test('whom no message reaches, and what was given up; that is tried again once, with who did it', async () => {
  const { id } = await claimed(world, { title: 'Lost' });
  await runOn(
    world.url,
    `UPDATE notices SET state = 'UNREACHABLE' WHERE request_id = '${id}' AND kind = 'request_claimed'`,
  );
  await runOn(
    world.url,
    `UPDATE notices SET state = 'DEAD', why = 'Slack: no_text', attempts = 20 WHERE request_id = '${id}' AND kind = 'claim_nudge'`,
  );
  const now = after(noon, HOUR);
  const seen = await coordinating().attention(usualSettings, now);
  expect(seen.unreachable).toEqual({ items: [{ name: 'Sam', notices: 1 }], total: 1 });
  expect(seen.dead).toMatchObject({
    items: [{ kind: 'claim_nudge', title: 'Lost', why: 'Slack: no_text' }],
    total: 1,
  });
  const noticeId = seen.dead.items[0]?.id ?? '';
  // Somebody without the claim changes nothing, whatever the bot asks.
  await world.store.coordinationAs(world.otherStudent, 'x').tryAgain(noticeId, now);
  expect((await coordinating().attention(usualSettings, now)).dead.total).toBe(1);
  await coordinating('tryNoticeAgain').tryAgain(noticeId, now);
  await coordinating('tryNoticeAgain').tryAgain(noticeId, now);
  expect((await coordinating().attention(usualSettings, now)).dead.total).toBe(0);
  expect(
    await rowsOf(world.url, 'SELECT state::text, attempts, due_at FROM notices WHERE id = $1', [noticeId]),
  ).toEqual([{ state: 'PENDING', attempts: 0, due_at: now }]);
  expect(
    await rowsOf(world.url, `SELECT actor_id, detail FROM audit_log WHERE action = 'tryNoticeAgain'`),
  ).toEqual([{ actor_id: cora.memberId, detail: { notice: noticeId } }]);
});

test('a claim is given back and given to another mentor, with the coordinator in the audit log', async () => {
  const { id } = await claimed(world, { tags: ['git'], title: 'Vanished' });
  await coordinating('takeBackClaim').changeRequest(id, (request) => takeBack(request, cora, noon));
  await world.store.profileAs(world.otherMentor).setTopics(['git']);
  const request = await world.store.requestsAs(cora, 'x').getRequest(id);
  const candidates = await coordinating().candidates(request, noon);
  expect(candidates[0]).toMatchObject({ memberId: world.otherMentor.memberId, topics: ['git'], holds: 0 });
  expect(candidates.map(({ memberId }) => memberId)).not.toContain(world.student.memberId);
  await world.store.availabilityAs(world.otherMentor).changeAvailability(() => ({
    timeZone: 'UTC',
    weekly: [],
    overrides: [],
    rules: { noticeMinutes: 0, bufferMinutes: 0, perWeek: null },
    pause: { until: null },
  }));
  expect((await coordinating().candidates(request, noon)).map(({ memberId }) => memberId)).toEqual([
    world.mentor.memberId,
  ]);
  const mentor = await coordinating().mentor(world.otherMentor.memberId);
  if (!mentor) throw new Error('Max is a mentor');
  expect(await coordinating().mentor(world.student.memberId)).toBeNull();
  expect(await coordinating().mentor(world.stranger.memberId)).toBeNull();
  await coordinating('assignMentor').changeRequest(id, (open) => assign(open, cora, mentor, noon));
  expect(await world.store.requestsAs(world.otherMentor, 'x').getRequest(id)).toMatchObject({
    status: 'CLAIMED',
    mentor: { id: world.otherMentor.memberId },
  });
  expect(
    await rowsOf(
      world.url,
      `SELECT action, to_status::text FROM audit_log WHERE request_id = $1 AND actor_id = $2 ORDER BY id`,
      [id, cora.memberId],
    ),
  ).toEqual([
    { action: 'takeBackClaim', to_status: 'OPEN' },
    { action: 'assignMentor', to_status: 'CLAIMED' },
  ]);
});

test('numbers count what was within the time', async () => {
  const other = await makeWorld();
  try {
    const { student, mentor } = other;
    const as = (who: Actor) => other.store.requestsAs(who, 'x');
    await makeHistory(other);
    const missed = await scheduled(other, { startsAt: after(noon, 3 * HOUR) });
    await as(student).changeRequest(missed.id, (request) =>
      reportNoShow(request, student, after(noon, 3 * HOUR)),
    );
    const late = await scheduled(other, { startsAt: after(noon, 6 * HOUR) });
    await as(student).changeRequest(late.id, (request) => cancel(request, student, after(noon, 5 * HOUR)));
    const numbers = (since: Date) =>
      other.store
        .coordinationAs({ ...mentor, isCoordinator: true }, 'x')
        .numbers(since, after(noon, 30 * DAY));
    expect(await numbers(after(noon, -1))).toMatchObject({
      opened: 6,
      claimed: 5,
      claimedWithin: 0,
      held: 1,
      missed: 1,
      calledOffLate: 1,
      rating: 5,
    });
    expect(await numbers(after(noon, 29 * DAY))).toMatchObject({
      opened: 0,
      claimedWithin: null,
      rating: null,
    });
  } finally {
    await other.close();
  }
});

describe('policies', () => {
  test('let coordinators see all of their community, and change nothing of it in their own name', async () => {
    const { held, planned, rated, foreign } = await makeHistory(world);
    const all = [held.id, planned.id, rated.id, foreign.id];
    const requests = 'SELECT id FROM mini_mentorship_requests WHERE id = ANY ($1)';
    const sessions = 'SELECT id FROM mini_mentorship_sessions WHERE request_id = ANY ($1)';
    const feedback = `SELECT member_id FROM feedback JOIN mini_mentorship_sessions s ON s.id = session_id
      WHERE request_id = ANY ($1)`;
    const notices = 'SELECT id FROM notices WHERE request_id = $1';
    for (const [claims, seen] of [
      [claimsOf(cora), { requests: 3, sessions: 2, feedback: 2, notices: true }],
      [claimsOf(world.otherStudent), { requests: 0, sessions: 0, feedback: 0, notices: false }],
      [
        { ...claimsOf(world.stranger), coordinator: true },
        { requests: 1, sessions: 0, feedback: 0, notices: false },
      ],
      [nobody, { requests: 0, sessions: 0, feedback: 0, notices: false }],
    ] as const) {
      await raw.as(claims, async (run) => {
        expect(await run(requests, all)).toHaveLength(seen.requests);
        expect(await run(sessions, all)).toHaveLength(seen.sessions);
        expect(await run(feedback, all)).toHaveLength(seen.feedback);
        expect((await run(notices, held.id)).length > 0).toBe(seen.notices);
      });
    }
    for (const sql of [
      `UPDATE mini_mentorship_requests SET title = 'Mine' WHERE id = $1`,
      `UPDATE mini_mentorship_sessions SET starts_at = now() WHERE request_id = $1`,
    ]) {
      expect(await raw.as(claimsOf(cora), (run) => run(sql, planned.id))).toHaveLength(0);
    }
    await expect(
      raw.as(claimsOf(cora), (run) =>
        run(
          `INSERT INTO audit_log (community_id, actor_id, action, detail) VALUES ($1, $2, 'x', '{}')`,
          cora.communityId,
          world.mentor.memberId,
        ),
      ),
    ).rejects.toThrow(/row-level security/);
  });
});
