import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../../src/core/people.ts';
import type { Request } from '../../src/core/request.ts';
import { after, DAY, type Instant } from '../../src/core/time.ts';
import { type Claims, claimsOf, type Run, rawConnection, worker } from './raw.ts';
import { makeHistory, makeWorld, noon, type World } from './world.ts';

// Who may propose a time, and what the other may do with it: said to the database itself, past the core's rules.

let world: World;
let raw: Awaited<ReturnType<typeof rawConnection>>;
let open: Request;
let held: Request;
let planned: Request;
let rated: Request;

beforeAll(async () => {
  world = await makeWorld();
  raw = await rawConnection(world.url);
  ({ open, held, planned, rated } = await makeHistory(world));
});
afterAll(async () => {
  await raw.end();
  await world.close();
});

const friday = after(noon, 4 * DAY);
const saturday = after(noon, 5 * DAY);
const REFUSED = /row-level security/;
const IN_ANOTHERS_NAME = /in another's name/;

const as = <Result>(who: Actor | Claims, work: (run: Run) => Promise<Result>) =>
  raw.as('role' in who ? who : claimsOf(who), work);
/** From here on, somebody else acts in the same transaction. */
const becomes = (run: Run, who: Actor) =>
  run(
    `SELECT set_config('app.member', $1, true), set_config('app.is_mentor', $2, true),
       set_config('app.community', $3, true)`,
    who.memberId,
    String(who.isMentor),
    who.communityId,
  );
const propose = (run: Run, request: Request, by: Actor, at: Instant, reason: string | null = '') =>
  run(
    `UPDATE mini_mentorship_requests SET proposed_start = $2, proposed_by_id = $3, proposed_reason = $4
     WHERE id = $1`,
    request.id,
    at,
    by.memberId,
    reason,
  );
const clear = (run: Run, request: Request) =>
  run(
    `UPDATE mini_mentorship_requests SET proposed_start = NULL, proposed_by_id = NULL, proposed_reason = NULL
     WHERE id = $1`,
    request.id,
  );
const plan = (run: Run, request: Request, mentor: Actor, at: Instant, student = request.student.id) =>
  run(
    `INSERT INTO mini_mentorship_sessions (id, community_id, request_id, mentor_id, student_id, starts_at,
       duration_minutes, meeting_state) VALUES ($1, $2, $3, $4, $5, $6, 30, 'NONE')`,
    randomUUID(),
    request.communityId,
    request.id,
    mentor.memberId,
    student,
    at,
  );
const moveTo = (run: Run, at: Instant) =>
  run(
    'UPDATE mini_mentorship_sessions SET starts_at = $2, moves = moves + 1 WHERE id = $1',
    planned.session?.id,
    at,
  );

describe('a proposal', () => {
  test('is made by either of the two, while claimed or scheduled, and cleared by either', async () => {
    const { student, mentor } = world;
    for (const request of [held, planned]) {
      for (const [by, other] of [
        [student, mentor],
        [mentor, student],
      ] as const) {
        await as(by, async (run) => {
          expect(await propose(run, request, by, friday)).toHaveLength(1);
          await becomes(run, other);
          expect(await propose(run, request, other, saturday)).toHaveLength(1);
          await becomes(run, by);
          expect(await clear(run, request)).toHaveLength(1);
        });
      }
    }
  });

  test('is nobody else’s affair', async () => {
    for (const who of [world.otherMentor, world.otherStudent, world.stranger]) {
      expect(await as(who, (run) => propose(run, held, who, friday))).toEqual([]);
      expect(await as(who, (run) => clear(run, held))).toEqual([]);
    }
  });

  test('is never made, or changed, in another’s name', async () => {
    const { student, mentor } = world;
    await expect(as(student, (run) => propose(run, held, mentor, friday))).rejects.toThrow(IN_ANOTHERS_NAME);
    await expect(as(mentor, (run) => propose(run, held, student, friday))).rejects.toThrow(IN_ANOTHERS_NAME);
    for (const column of [
      "proposed_start = now() + interval '1 day'",
      "proposed_reason = 'I never said so'",
    ]) {
      await expect(
        as(mentor, async (run) => {
          await propose(run, held, mentor, friday);
          await becomes(run, student);
          await run(`UPDATE mini_mentorship_requests SET ${column} WHERE id = $1`, held.id);
        }),
        column,
      ).rejects.toThrow(IN_ANOTHERS_NAME);
    }
  });

  test.each<[string, () => [Actor | Claims, Request, Actor, (string | null)?], RegExp]>([
    ['on an open request', () => [world.student, open, world.student], /request_proposal_is_whole/],
    ['of a mentor who only sees it', () => [world.otherMentor, open, world.otherMentor], /request_proposal/],
    ['on what is over', () => [world.student, rated, world.student], /request_proposal_is_whole/],
    ['without a reason, be it empty', () => [world.student, held, world.student, null], /_is_whole/],
    ['with a novel', () => [world.student, held, world.student, 'x'.repeat(301)], /_reason_length/],
    ['of a third person', () => [worker, held, world.otherMentor], /_is_by_one_of_the_two/],
  ])('%s is refused', async (_what, wanted, problem) => {
    const [who, request, by, reason = ''] = wanted();
    await expect(as(who, (run) => propose(run, request, by, friday, reason))).rejects.toThrow(problem);
  });

  test('does not outlive the claim', async () => {
    await expect(
      as(world.mentor, async (run) => {
        await propose(run, held, world.mentor, friday);
        await run(
          `UPDATE mini_mentorship_requests SET status = 'OPEN', mentor_id = NULL, claimed_at = NULL WHERE id = $1`,
          held.id,
        );
      }),
    ).rejects.toThrow(/request_proposal/);
  });
});

describe('a student plans a session', () => {
  /** Sam plans it after `by` proposed Friday. */
  const whenProposed = (request: Request, by: Actor, planning: (run: Run) => Promise<unknown>) =>
    as(by, async (run) => {
      await propose(run, request, by, friday);
      await becomes(run, world.student);
      return planning(run);
    });

  test('at the very time that their mentor proposed', async () => {
    const { mentor } = world;
    expect(await whenProposed(held, mentor, (run) => plan(run, held, mentor, friday))).toHaveLength(1);
  });

  test.each<[string, () => Promise<unknown>]>([
    [
      'at another time',
      () => whenProposed(held, world.mentor, (run) => plan(run, held, world.mentor, saturday)),
    ],
    [
      'with another mentor',
      () => whenProposed(held, world.mentor, (run) => plan(run, held, world.otherMentor, friday)),
    ],
    [
      'at a time of their own',
      () => whenProposed(held, world.student, (run) => plan(run, held, world.mentor, friday)),
    ],
    ['without any proposal', () => as(world.student, (run) => plan(run, held, world.mentor, friday))],
    ['on an open request', () => as(world.student, (run) => plan(run, open, world.mentor, friday))],
    ['on one that is over', () => as(world.student, (run) => plan(run, rated, world.mentor, friday))],
    [
      'for somebody else',
      () =>
        as(world.mentor, async (run) => {
          await propose(run, held, world.mentor, friday);
          await becomes(run, world.otherStudent);
          return plan(run, held, world.mentor, friday);
        }),
    ],
  ])('never %s', async (_what, planning) => {
    await expect(planning()).rejects.toThrow(REFUSED);
  });

  test('nor twice', async () => {
    await expect(
      whenProposed(held, world.mentor, async (run) => {
        await plan(run, held, world.mentor, friday);
        return plan(run, held, world.mentor, friday);
      }),
    ).rejects.toThrow(/sessions_one_live_a_request/);
  });

  test('not even a mentor plans one for what is over', async () => {
    await expect(as(world.mentor, (run) => plan(run, rated, world.mentor, friday))).rejects.toThrow(REFUSED);
  });
});

describe('a session', () => {
  const ONLY_AGREED = /only to a time that the other side proposed/;

  test('moves to what the other side proposed, at either’s acceptance', async () => {
    const { student, mentor } = world;
    for (const [by, other] of [
      [student, mentor],
      [mentor, student],
    ] as const) {
      const moved = as(by, async (run) => {
        await propose(run, planned, by, friday);
        await becomes(run, other);
        return moveTo(run, friday);
      });
      expect(await moved).toHaveLength(1);
    }
  });

  test('moves to nothing else', async () => {
    const { student, mentor } = world;
    for (const who of [student, mentor]) {
      await expect(as(who, (run) => moveTo(run, friday))).rejects.toThrow(ONLY_AGREED);
      const own = as(who, async (run) => {
        await propose(run, planned, who, friday);
        return moveTo(run, friday);
      });
      await expect(own).rejects.toThrow(ONLY_AGREED);
    }
    const another = as(mentor, async (run) => {
      await propose(run, planned, mentor, friday);
      await becomes(run, student);
      return moveTo(run, saturday);
    });
    await expect(another).rejects.toThrow(ONLY_AGREED);
  });

  test('is called off in one’s own name, with a reason that may be empty', async () => {
    const callOff = (run: Run, by: Actor, more = '') =>
      run(
        `UPDATE mini_mentorship_sessions SET status = 'CANCELLED', called_off_by_id = $2, called_off_late = true
           ${more} WHERE id = $1`,
        planned.session?.id,
        by.memberId,
      );
    const reason = `, called_off_reason = ''`;
    for (const who of [world.student, world.mentor]) {
      expect(await as(who, (run) => callOff(run, who, reason))).toHaveLength(1);
    }
    await expect(as(world.student, (run) => callOff(run, world.mentor, reason))).rejects.toThrow(
      IN_ANOTHERS_NAME,
    );
    await expect(as(world.student, (run) => callOff(run, world.student))).rejects.toThrow(
      /session_called_off_is_whole/,
    );
  });

  test.each([
    [`called_off_by_id = mentor_id, called_off_reason = ''`, 'session_called_off_is_cancelled'],
    [`called_off_late = true`, 'session_called_off_is_whole'],
    [`called_off_reason = 'Exam'`, 'session_called_off_is_whole'],
    [
      `status = 'CANCELLED', called_off_by_id = mentor_id, called_off_reason = repeat('x', 301)`,
      'session_called_off_reason_length',
    ],
    ['moves = -1', 'session_moves'],
  ])('is refused with %s', async (what, constraint) => {
    await expect(
      as(worker, (run) =>
        run(`UPDATE mini_mentorship_sessions SET ${what} WHERE id = $1`, planned.session?.id),
      ),
    ).rejects.toThrow(new RegExp(constraint));
  });
});
