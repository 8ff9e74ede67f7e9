import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../../src/core/people.ts';
import type { Request } from '../../src/core/request.ts';
import {
  type Claims,
  claimsOf,
  former,
  idsOf,
  nobody,
  type Run,
  rawConnection,
  sorted,
  worker,
} from './raw.ts';
import { makeHistory, makeWorld, type World } from './world.ts';

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
});
afterAll(async () => {
  await raw.end();
  await world.close();
});

const DENIED = /permission denied/;
const REFUSED = /row-level security/;

describe('requests are seen', () => {
  const seenBy = async (claims: Claims) =>
    idsOf(await raw.as(claims, (run) => run('SELECT id FROM mini_mentorship_requests')));
  test('by their student', async () => {
    expect(await seenBy(claimsOf(world.student))).toEqual(sorted([open, held, planned, rated]));
  });
  test('not by another student', async () => {
    expect(await seenBy(claimsOf(world.otherStudent))).toEqual([]);
  });
  test('by mentors while open, and by who claimed them', async () => {
    expect(await seenBy(claimsOf(world.mentor))).toEqual(sorted([open, held, planned, rated]));
    expect(await seenBy(claimsOf(world.otherMentor))).toEqual(sorted([open]));
  });
  test('by who claimed them and is a mentor no longer', async () => {
    expect(await seenBy(former(world.mentor))).toEqual(sorted([held, planned, rated]));
  });
  test('by nobody of another community', async () => {
    expect(await seenBy(claimsOf(world.stranger))).toEqual(sorted([foreign]));
    expect(await seenBy({ ...claimsOf(world.mentor), community: world.stranger.communityId })).toEqual([
      foreign.id,
    ]);
    expect(await seenBy({ ...former(world.mentor), community: world.stranger.communityId })).toEqual([]);
  });
});

describe('requests are written', () => {
  const claim = `UPDATE mini_mentorship_requests SET status = 'CLAIMED', mentor_id = $2, claimed_at = now() WHERE id = $1`;
  const giveBack = `UPDATE mini_mentorship_requests SET status = 'OPEN', mentor_id = NULL, claimed_at = NULL WHERE id = $1`;
  const insert = (student: Actor, community: string, status = 'OPEN') => [
    `INSERT INTO mini_mentorship_requests (id, community_id, student_id, title, session_type, description,
       duration_minutes, urgency, preferred_times, tags, expires_at, created_at, status)
     VALUES ($1, $2, $3, 't', 'other', '', 30, 'low', '[]', '{}', now(), now(), $4)`,
    randomUUID(),
    community,
    student.memberId,
    status,
  ];
  const as = (who: Actor, sql: unknown[]) =>
    raw.as(claimsOf(who), (run) => run(String(sql[0]), ...sql.slice(1)));

  test('a student opens their own, open, in their community', async () => {
    const { student, otherStudent, stranger } = world;
    expect(await as(student, insert(student, student.communityId))).toHaveLength(1);
    await expect(as(student, insert(otherStudent, student.communityId))).rejects.toThrow(REFUSED);
    await expect(as(student, insert(stranger, stranger.communityId))).rejects.toThrow(REFUSED);
    await expect(as(student, insert(student, stranger.communityId))).rejects.toThrow(REFUSED);
    await expect(as(student, insert(student, student.communityId, 'EXPIRED'))).rejects.toThrow(REFUSED);
  });
  test('a mentor claims for themselves only', async () => {
    expect(await as(world.mentor, [claim, open.id, world.mentor.memberId])).toHaveLength(1);
    await expect(as(world.mentor, [claim, open.id, world.otherMentor.memberId])).rejects.toThrow(
      /only a mentor/,
    );
    await expect(as(world.mentor, [claim, held.id, world.otherMentor.memberId])).rejects.toThrow(
      /only a mentor/,
    );
  });
  test('nobody takes from another, or from another community', async () => {
    expect(await as(world.otherMentor, [claim, held.id, world.otherMentor.memberId])).toEqual([]);
    expect(await as(world.stranger, [claim, open.id, world.stranger.memberId])).toEqual([]);
  });
  test('who is no mentor claims nothing', async () => {
    expect(await as(world.otherStudent, [claim, open.id, world.otherStudent.memberId])).toEqual([]);
  });
  test('a student neither names nor drops the mentor', async () => {
    await expect(as(world.student, [claim, open.id, world.mentor.memberId])).rejects.toThrow(/only a mentor/);
    await expect(as(world.student, [giveBack, held.id])).rejects.toThrow(/only a mentor/);
  });
  test('a mentor gives back what they hold, a mentor no longer too', async () => {
    expect(await as(world.mentor, [giveBack, held.id])).toHaveLength(1);
    await raw.as(former(world.mentor), async (run) => {
      expect(await run(giveBack, held.id)).toHaveLength(1);
      expect(await run('SELECT released_by_id FROM mini_mentorship_requests WHERE id = $1', held.id)).toEqual(
        [{ released_by_id: world.mentor.memberId }],
      );
      await expect(run(claim, held.id, world.mentor.memberId)).rejects.toThrow(/only a mentor/);
    });
  });
  test('a mentor closes nobody’s open request', async () => {
    const close = `UPDATE mini_mentorship_requests SET status = 'CANCELLED' WHERE id = $1`;
    await expect(as(world.mentor, [close, open.id])).rejects.toThrow(REFUSED);
    expect(await as(world.student, [close, open.id])).toHaveLength(1);
    expect(await as(world.otherStudent, [close, open.id])).toEqual([]);
  });
  test.each(['student_id', 'community_id', 'id', 'created_at', 'released_by_id'])(
    'no member changes %s',
    async (column) => {
      for (const who of [world.student, world.mentor]) {
        await expect(
          as(who, [`UPDATE mini_mentorship_requests SET ${column} = ${column} WHERE id = $1`, held.id]),
        ).rejects.toThrow(DENIED);
      }
    },
  );
  test('no member deletes', async () => {
    await expect(as(world.student, ['DELETE FROM mini_mentorship_requests'])).rejects.toThrow(DENIED);
  });
});

describe('sessions', () => {
  const plan = (run: Run, request: Request, mentor: Actor, community = mentor.communityId) =>
    run(
      `INSERT INTO mini_mentorship_sessions (id, community_id, request_id, mentor_id, student_id, starts_at,
         duration_minutes, meeting_state) VALUES ($1, $2, $3, $4, $5, now(), 30, 'NONE')`,
      randomUUID(),
      community,
      request.id,
      mentor.memberId,
      request.student.id,
    );
  const touch = (run: Run) => run('UPDATE mini_mentorship_sessions SET student_joined_at = now()');

  test('are seen and changed by their two people', async () => {
    for (const [claims, count] of [
      [claimsOf(world.student), 2],
      [claimsOf(world.mentor), 2],
      [former(world.mentor), 2],
      [claimsOf(world.otherMentor), 0],
      [claimsOf(world.otherStudent), 0],
      [claimsOf(world.stranger), 0],
      [{ ...claimsOf(world.mentor), community: world.stranger.communityId }, 0],
    ] as const) {
      expect(await raw.as(claims, (run) => run('SELECT FROM mini_mentorship_sessions'))).toHaveLength(count);
      expect(await raw.as(claims, touch)).toHaveLength(count);
    }
  });
  test('are planned by who holds the request', async () => {
    expect(await raw.as(claimsOf(world.mentor), (run) => plan(run, held, world.mentor))).toHaveLength(1);
    for (const [who, mentor] of [
      [world.otherMentor, world.otherMentor],
      [world.mentor, world.otherMentor],
      [world.student, world.mentor],
      [world.stranger, world.stranger],
    ] as const) {
      await expect(raw.as(claimsOf(who), (run) => plan(run, held, mentor))).rejects.toThrow(REFUSED);
    }
    // Seeing an open request is not holding it.
    await expect(
      raw.as(claimsOf(world.otherMentor), (run) => plan(run, open, world.otherMentor)),
    ).rejects.toThrow(REFUSED);
    await expect(
      raw.as(claimsOf(world.mentor), (run) => plan(run, held, world.mentor, world.stranger.communityId)),
    ).rejects.toThrow(REFUSED);
  });
  test.each(['student_id', 'community_id', 'request_id', 'id'])('no member changes %s', async (column) => {
    await expect(
      raw.as(claimsOf(world.mentor), (run) =>
        run(`UPDATE mini_mentorship_sessions SET ${column} = ${column}`),
      ),
    ).rejects.toThrow(DENIED);
  });
});

describe('the outline of a request', () => {
  const outline = (claims: Claims, request: Request) =>
    raw.as(claims, (run) => run('SELECT * FROM request_outline($1)', request.id));
  const whole = () => [{ status: 'CLAIMED', mentor_id: world.mentor.memberId, mentor_name: 'Mia' }];

  test('is for any mentor of the community', async () => {
    expect(await outline(claimsOf(world.otherMentor), held)).toEqual(whole());
    expect(await outline(claimsOf(world.otherMentor), open)).toEqual([
      { status: 'OPEN', mentor_id: null, mentor_name: null },
    ]);
  });
  test('is not for anybody else', async () => {
    expect(await outline(claimsOf(world.otherStudent), held)).toEqual([]);
    expect(await outline(claimsOf(world.stranger), held)).toEqual([]);
    expect(await outline({ ...nobody, mentor: true }, held)).toEqual([]);
    expect(await outline(nobody, held)).toEqual([]);
    await expect(outline(worker, held)).rejects.toThrow(DENIED);
  });
  test('opens nothing that stays open', async () => {
    await raw.as(claimsOf(world.otherMentor), async (run) => {
      await run('SELECT * FROM request_outline($1)', held.id);
      expect(idsOf(await run('SELECT id FROM mini_mentorship_requests'))).toEqual([open.id]);
      await run(`SELECT set_config('app.outline', 'on', true)`);
      expect(idsOf(await run('SELECT id FROM mini_mentorship_requests'))).toEqual([open.id]);
    });
  });
});
