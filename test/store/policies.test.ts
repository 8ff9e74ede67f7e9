import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../../src/core/people.ts';
import type { Request } from '../../src/core/request.ts';
import { rowsOf } from '../support/database.ts';
import { type Claims, claimsOf, idsOf, nobody, type Run, rawConnection, sorted, worker } from './raw.ts';
import { makeHistory, makeWorld, noon, type World } from './world.ts';

let world: World;
let raw: Awaited<ReturnType<typeof rawConnection>>;
let open: Request;
let held: Request;
let planned: Request;
let rated: Request;
let foreign: Request;

beforeAll(async () => {
  world = await makeWorld();
  raw = await rawConnection(world.url);
  ({ open, held, planned, rated, foreign } = await makeHistory(world));
  for (const actor of [world.student, world.mentor, world.stranger]) {
    await world.store.drafts.keep(actor, { intent: actor.name, args: {}, values: {} }, noon);
  }
});
afterAll(async () => {
  await raw.end();
  await world.close();
});

const DENIED = /permission denied/;
const REFUSED = /row-level security/;

test('every table has row level security, forced on its owner', async () => {
  const tables = await rowsOf<{ relname: string; whole: boolean }>(
    world.url,
    `SELECT relname, relrowsecurity AND relforcerowsecurity AS whole FROM pg_class
     WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> '_prisma_migrations'`,
  );
  expect(tables.length).toBeGreaterThan(12);
  expect(tables.filter(({ whole }) => !whole)).toEqual([]);
});

test('what links are signed with is for the bot’s own work alone', async () => {
  const secret = await world.store.links.secret();
  expect(await world.store.links.secret()).toBe(secret);
  expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
  for (const claims of [nobody, claimsOf(world.mentor)]) {
    await expect(raw.as(claims, (run) => run('SELECT FROM link_secrets'))).rejects.toThrow(DENIED);
  }
});

describe('nobody in particular', () => {
  const tables = [
    'communities',
    'spaces',
    'members',
    'accounts',
    'mini_mentorship_requests',
    'mini_mentorship_sessions',
    'mini_mentorship_availability',
    'mini_mentorship_availability_rules',
    'feedback',
    'notices',
    'homes',
    'drafts',
  ];
  test.each(tables)('a member without claims sees no %s', async (table) => {
    expect(await raw.as(nobody, (run) => run(`SELECT FROM ${table}`))).toEqual([]);
  });
  test('claims that ended with their transaction are none', async () => {
    await raw.as(claimsOf(world.student), (run) => run('SELECT FROM members'));
    expect(await raw.as(nobody, (run) => run('SELECT FROM members'))).toEqual([]);
  });
  test.each(['posts', 'audit_log', '_prisma_migrations'])('no member sees %s', async (table) => {
    await expect(raw.as(claimsOf(world.mentor), (run) => run(`SELECT FROM ${table}`))).rejects.toThrow(
      DENIED,
    );
  });
  test.each([...tables, 'posts', 'audit_log'])('the worker may read %s', async (table) => {
    const all = await rowsOf(world.url, `SELECT FROM ${table}`);
    expect(await raw.as(worker, (run) => run(`SELECT FROM ${table}`))).toHaveLength(all.length);
  });
  test('the worker may not touch the audit log', async () => {
    for (const sql of ["UPDATE audit_log SET action = 'x'", 'DELETE FROM audit_log', 'TRUNCATE audit_log']) {
      await expect(raw.as(worker, (run) => run(sql))).rejects.toThrow(DENIED);
    }
  });
});

describe('feedback', () => {
  const give = (run: Run, request: Request, who: Actor) =>
    run(
      `INSERT INTO feedback (session_id, member_id, community_id, rating, comment, given_at)
       VALUES ($1, $2, $3, 3, '', now())`,
      request.session?.id,
      who.memberId,
      who.communityId,
    );
  const seenBy = async (claims: Claims) =>
    (await raw.as(claims, (run) => run('SELECT comment FROM feedback ORDER BY comment'))).map(
      ({ comment }) => comment,
    );

  test('is seen by who gave it, the student’s by the mentor, never the mentor’s by the student', async () => {
    expect(await seenBy(claimsOf(world.student))).toEqual(['good']);
    expect(await seenBy(claimsOf(world.mentor))).toEqual(['good', 'late']);
    expect(await seenBy(claimsOf(world.otherMentor))).toEqual([]);
    expect(await seenBy(claimsOf(world.stranger))).toEqual([]);
    expect(await seenBy({ ...claimsOf(world.mentor), community: world.stranger.communityId })).toEqual([]);
  });
  test('is given by the two, each for themselves', async () => {
    expect(await raw.as(claimsOf(world.student), (run) => give(run, planned, world.student))).toHaveLength(1);
    expect(await raw.as(claimsOf(world.mentor), (run) => give(run, planned, world.mentor))).toHaveLength(1);
    for (const [who, named] of [
      [world.student, world.mentor],
      [world.otherMentor, world.otherMentor],
      [world.stranger, world.stranger],
    ] as const) {
      await expect(raw.as(claimsOf(who), (run) => give(run, planned, named))).rejects.toThrow(REFUSED);
    }
  });
  test.each(['UPDATE feedback SET rating = 5', 'DELETE FROM feedback'])('stays as given: %s', async (sql) => {
    await expect(raw.as(claimsOf(world.student), (run) => run(sql))).rejects.toThrow(DENIED);
  });
});

describe('people and places', () => {
  test.each(['members', 'accounts', 'spaces'])('%s: those of one’s own community', async (table) => {
    for (const who of [world.otherStudent, world.stranger]) {
      const seen = await raw.as(claimsOf(who), (run) => run(`SELECT DISTINCT community_id FROM ${table}`));
      expect(seen).toEqual([{ community_id: who.communityId }]);
    }
  });
  test('communities: one’s own', async () => {
    expect(await raw.as(claimsOf(world.stranger), (run) => run('SELECT slug FROM communities'))).toEqual([
      { slug: 'south' },
    ]);
  });
  test.each([
    `UPDATE members SET name = 'x'`,
    `UPDATE accounts SET is_mentor = true`,
    `UPDATE spaces SET mentors_channel = ''`,
    `INSERT INTO communities (slug) VALUES ('x')`,
    'DELETE FROM members',
  ])('no member writes: %s', async (sql) => {
    await expect(raw.as(claimsOf(world.mentor), (run) => run(sql))).rejects.toThrow(DENIED);
  });

  test('availability is seen in the community and written by its mentor', async () => {
    const add = (run: Run, who: Actor) =>
      run(
        `INSERT INTO mini_mentorship_availability (community_id, mentor_id, time_zone, weekday, from_minute, to_minute)
         VALUES ($1, $2, 'Europe/Berlin', 1, 540, 600)`,
        who.communityId,
        who.memberId,
      );
    const { mentor, otherMentor, stranger } = world;
    await expect(raw.as(claimsOf(otherMentor), (run) => add(run, mentor))).rejects.toThrow(REFUSED);
    await expect(raw.as(claimsOf(mentor), (run) => add(run, stranger))).rejects.toThrow(REFUSED);
    const playing = (who: Actor) =>
      `SELECT set_config('app.member', '${who.memberId}', true), set_config('app.community', '${who.communityId}', true)`;
    await raw.as(claimsOf(mentor), async (run) => {
      await add(run, mentor);
      const seen = () => run('SELECT FROM mini_mentorship_availability');
      const change = () => run('UPDATE mini_mentorship_availability SET to_minute = 660');
      const remove = () => run('DELETE FROM mini_mentorship_availability');
      expect([await seen(), await change()].map(({ length }) => length)).toEqual([1, 1]);
      await run(playing(otherMentor));
      expect([await seen(), await change(), await remove()].map(({ length }) => length)).toEqual([1, 0, 0]);
      await run(playing(stranger));
      expect([await seen(), await change(), await remove()].map(({ length }) => length)).toEqual([0, 0, 0]);
      await run(playing(mentor));
      expect(await remove()).toHaveLength(1);
    });
    await expect(
      raw.as(claimsOf(mentor), (run) => run('UPDATE mini_mentorship_availability SET mentor_id = mentor_id')),
    ).rejects.toThrow(DENIED);
  });
});

describe('notices', () => {
  const tell = (run: Run, request: Request, community: string) =>
    run(
      `INSERT INTO notices (community_id, key, kind, recipient, mode, request_id, due_at)
       VALUES ($1, $2, 'x', 'meetings', 'once', $3, now())`,
      community,
      randomUUID(),
      request.id,
    );
  const about = async (claims: Claims) =>
    idsOf(await raw.as(claims, (run) => run('SELECT DISTINCT request_id AS id FROM notices')));
  const withdrawn = async (claims: Claims) =>
    new Set(
      idsOf(
        await raw.as(claims, (run) =>
          run(`UPDATE notices SET state = 'WITHDRAWN' RETURNING request_id AS id`),
        ),
      ),
    );

  test('are seen and withdrawn by who sees their request', async () => {
    for (const [claims, requests] of [
      [claimsOf(world.student), [open, held, planned, rated]],
      [claimsOf(world.otherMentor), [open]],
      [claimsOf(world.otherStudent), []],
      [claimsOf(world.stranger), [foreign]],
      [nobody, []],
    ] as const) {
      expect(await about(claims)).toEqual(sorted([...requests]));
      expect([...(await withdrawn(claims))].sort()).toEqual(sorted([...requests]));
    }
  });
  test('are told about a request in sight, in its community', async () => {
    const { communityId: north } = world.student;
    const { communityId: south } = world.stranger;
    expect(await raw.as(claimsOf(world.otherMentor), (run) => tell(run, open, north))).toHaveLength(1);
    await expect(raw.as(claimsOf(world.otherMentor), (run) => tell(run, held, north))).rejects.toThrow(
      REFUSED,
    );
    await expect(raw.as(claimsOf(world.stranger), (run) => tell(run, open, south))).rejects.toThrow(REFUSED);
    await expect(raw.as(claimsOf(world.mentor), (run) => tell(run, open, south))).rejects.toThrow(REFUSED);
    await expect(raw.as(nobody, (run) => tell(run, open, north))).rejects.toThrow(REFUSED);
  });
  test.each([
    'UPDATE notices SET community_id = community_id',
    'UPDATE notices SET request_id = request_id',
    'UPDATE notices SET member_id = member_id',
    'UPDATE notices SET leased_until = NULL',
    'DELETE FROM notices',
  ])('no member does: %s', async (sql) => {
    await expect(raw.as(claimsOf(world.mentor), (run) => run(sql))).rejects.toThrow(DENIED);
  });
});

describe('the audit log', () => {
  const record = (run: Run, who: Actor | null, community: string) =>
    run(
      `INSERT INTO audit_log (community_id, actor_id, action, request_id, to_status) VALUES ($1, $2, 'x', $3, 'OPEN')`,
      community,
      who?.memberId ?? null,
      open.id,
    );
  test('takes from members what they did themselves', async () => {
    const { mentor, student, stranger } = world;
    expect(await raw.as(claimsOf(mentor), (run) => record(run, mentor, mentor.communityId))).toHaveLength(1);
    for (const [who, community] of [
      [student, mentor.communityId],
      [null, mentor.communityId],
      [mentor, stranger.communityId],
    ] as const) {
      await expect(raw.as(claimsOf(mentor), (run) => record(run, who, community))).rejects.toThrow(REFUSED);
    }
  });
  test.each(["UPDATE audit_log SET action = 'x'", 'DELETE FROM audit_log', 'TRUNCATE audit_log'])(
    'is only added to, by a superuser too: %s',
    async (sql) => {
      await expect(raw.as({ role: null }, (run) => run(sql))).rejects.toThrow(/only ever added to/);
    },
  );
});

describe('drafts', () => {
  test('are their author’s', async () => {
    const { mentor, student, stranger } = world;
    for (const who of [mentor, student, stranger]) {
      expect(await raw.as(claimsOf(who), (run) => run('SELECT intent FROM drafts'))).toEqual([
        { intent: who.name },
      ]);
      expect(await raw.as(claimsOf(who), (run) => run(`UPDATE drafts SET intent = 'x'`))).toHaveLength(1);
      expect(await raw.as(claimsOf(who), (run) => run('DELETE FROM drafts'))).toHaveLength(1);
    }
    const hand = `INSERT INTO drafts (community_id, member_id, intent, args, "values", kept_at)
      VALUES ($1, $2, 'x', '{}', '{}', now())`;
    await expect(
      raw.as(claimsOf(mentor), (run) => run(hand, student.communityId, student.memberId)),
    ).rejects.toThrow(REFUSED);
    await expect(
      raw.as(claimsOf(mentor), (run) => run('UPDATE drafts SET member_id = member_id')),
    ).rejects.toThrow(DENIED);
  });
});
