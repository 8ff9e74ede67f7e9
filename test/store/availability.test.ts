import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Availability, anyTime } from '../../src/core/availability.ts';
import { UserError } from '../../src/core/errors.ts';
import type { Actor } from '../../src/core/people.ts';
import { accept, propose } from '../../src/core/proposals.ts';
import { cancel, claim, type Request } from '../../src/core/request.ts';
import { schedule } from '../../src/core/scheduling.ts';
import { after, DAY, HOUR, type Instant, MINUTE } from '../../src/core/time.ts';
import { rowsOf } from '../support/database.ts';
import { type Claims, claimsOf, nobody, rawConnection, worker } from './raw.ts';
import { makeWorld, noon, opened, type World } from './world.ts';

let world: World;
let raw: Awaited<ReturnType<typeof rawConnection>>;
beforeAll(async () => {
  world = await makeWorld({ poolSize: 20 });
  raw = await rawConnection(world.url);
});
afterAll(async () => {
  await raw.end();
  await world.close();
});

const full: Availability = {
  timeZone: 'Europe/Berlin',
  weekly: [
    { weekday: 1, from: 540, to: 600 },
    { weekday: 1, from: 1_080, to: 1_440 },
    { weekday: 7, from: 0, to: 60 },
  ],
  overrides: [
    { date: '2026-12-24', usual: false, hours: [] },
    { date: '2026-12-26', usual: false, hours: [{ from: 600, to: 660 }] },
    {
      date: '2026-12-28',
      usual: true,
      hours: [
        { from: 600, to: 660 },
        { from: 700, to: 760 },
      ],
    },
  ],
  rules: { noticeMinutes: 1_440, bufferMinutes: 15, perWeek: 2 },
  pause: { until: after(noon, DAY) },
};

describe('what a mentor set', () => {
  const storeOf = (actor: Actor) => world.store.availabilityAs(actor);

  test('is kept whole, and replaced whole', async () => {
    const mine = storeOf(world.mentor);
    expect(await mine.getAvailability()).toBeNull();
    await mine.changeAvailability(() => full);
    expect(await mine.getAvailability()).toEqual(full);
    const less: Availability = {
      ...anyTime('Asia/Tokyo'),
      weekly: [{ weekday: 2, from: 0, to: 1_440 }],
      pause: { until: null },
    };
    await mine.changeAvailability((before) => {
      expect(before).toEqual(full);
      return less;
    });
    expect(await mine.getAvailability()).toEqual(less);
    expect(await storeOf(world.otherMentor).getAvailability()).toBeNull();
  });

  test('stays as it was when the change is refused', async () => {
    const mine = storeOf(world.mentor);
    await mine.changeAvailability(() => full);
    await expect(
      mine.changeAvailability(() => {
        throw new UserError('mentors_only', {});
      }),
    ).rejects.toThrow('mentors_only');
    expect(await mine.getAvailability()).toEqual(full);
  });

  test('changes at once follow each other: none is lost', async () => {
    const mine = storeOf(world.otherMentor);
    await mine.changeAvailability(() => anyTime('UTC'));
    await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        mine.changeAvailability((before) => ({
          ...anyTime('UTC'),
          weekly: [...(before?.weekly ?? []), { weekday: 1, from: i * 60, to: i * 60 + 30 }],
        })),
      ),
    );
    expect((await mine.getAvailability())?.weekly).toHaveLength(20);
  });

  test('rules are seen and changed by whose they are', async () => {
    await storeOf(world.mentor).changeAvailability(() => full);
    const seen = (claims: Claims) =>
      raw.as(claims, (run) =>
        run('SELECT FROM mini_mentorship_availability_rules WHERE mentor_id = $1', world.mentor.memberId),
      );
    const changed = (claims: Claims) =>
      raw.as(claims, (run) =>
        run(
          'UPDATE mini_mentorship_availability_rules SET per_week = 9 WHERE mentor_id = $1',
          world.mentor.memberId,
        ),
      );
    for (const [claims, rows] of [
      [claimsOf(world.mentor), 1],
      [claimsOf(world.otherMentor), 0],
      [claimsOf(world.student), 0],
      [claimsOf(world.stranger), 0],
      [nobody, 0],
      [worker, 1],
    ] as const) {
      expect(await seen(claims)).toHaveLength(rows);
      expect(await changed(claims)).toHaveLength(rows);
    }
    const add = (claims: Claims, who: Actor) =>
      raw.as(claims, (run) =>
        run(
          'INSERT INTO mini_mentorship_availability_rules (mentor_id, community_id) VALUES ($1, $2)',
          who.memberId,
          who.communityId,
        ),
      );
    expect(await add(claimsOf(world.student), world.student)).toHaveLength(1);
    await expect(add(claimsOf(world.student), world.otherStudent)).rejects.toThrow(/row-level security/);
    await expect(
      raw.as(claimsOf(world.mentor), (run) => run('DELETE FROM mini_mentorship_availability_rules')),
    ).rejects.toThrow(/permission denied/);
    await expect(
      raw.as(claimsOf(world.mentor), (run) =>
        run('UPDATE mini_mentorship_availability_rules SET mentor_id = mentor_id'),
      ),
    ).rejects.toThrow(/permission denied/);
  });

  test.each([
    ['notice_minutes = -1', 'availability_notice'],
    ['buffer_minutes = 241', 'availability_buffer'],
    ['per_week = 0', 'availability_per_week'],
    ['paused = false, paused_until = now()', 'availability_pause'],
  ])('is refused by the database: %s', async (what, constraint) => {
    await storeOf(world.mentor).changeAvailability(() => full);
    await expect(
      raw.as({ role: null }, (run) => run(`UPDATE mini_mentorship_availability_rules SET ${what}`)),
    ).rejects.toThrow(constraint);
  });
});

/** A fresh request of a student, claimed by a mentor; both may be anybody. */
async function held(student: Actor, mentor: Actor): Promise<Request> {
  const { id } = await opened(world, {}, student);
  return world.store
    .requestsAs(mentor, 'claimRequest')
    .changeRequest(id, (request) => claim(request, mentor, noon));
}
const plan = ({ id }: Request, mentor: Actor, startsAt: Instant) =>
  world.store
    .requestsAs(mentor, 'scheduleSession')
    .changeRequest(id, (request) => schedule(request, mentor, startsAt, noon, randomUUID(), null));
const code = (error: unknown) => (error instanceof UserError ? error.code : String(error));

describe('nobody sits in two sessions at once', () => {
  const start = after(noon, 3 * DAY);
  beforeEach(async () => {
    await rowsOf(world.url, `UPDATE mini_mentorship_sessions SET status = 'CANCELLED'`);
  });

  test.each<[string, number, boolean]>([
    ['at the same time', 0, false],
    ['in the middle of it', 15, false],
    ['a minute before its end', 29, false],
    ['right after it', 30, true],
    ['right before it', -30, true],
    ['over its beginning', -1, false],
  ])('a mentor, %s', async (_when, minutes, possible) => {
    await plan(await held(world.student, world.mentor), world.mentor, start);
    const second = await held(world.otherStudent, world.mentor);
    const planned = plan(second, world.mentor, after(start, minutes * MINUTE));
    if (possible) expect((await planned).status).toBe('SCHEDULED');
    else {
      await expect(planned).rejects.toMatchObject({ code: 'time_taken', detail: { requestId: second.id } });
      const still = await world.store.requestsAs(world.mentor, 'x').getRequest(second.id);
      expect(still.status).toBe('CLAIMED');
      expect(still.session).toBeNull();
    }
  });

  test('a student, with another mentor', async () => {
    await plan(await held(world.student, world.mentor), world.mentor, start);
    await expect(
      plan(await held(world.student, world.otherMentor), world.otherMentor, start),
    ).rejects.toMatchObject({ code: 'time_taken' });
  });

  test('somebody who is a mentor here and a student there', async () => {
    await plan(await held(world.student, world.mentor), world.mentor, start);
    await expect(
      plan(await held(world.mentor, world.otherMentor), world.otherMentor, start),
    ).rejects.toMatchObject({ code: 'time_taken' });
  });

  test('other people may meet at the same time', async () => {
    await plan(await held(world.student, world.mentor), world.mentor, start);
    expect(
      (await plan(await held(world.otherStudent, world.otherMentor), world.otherMentor, start)).status,
    ).toBe('SCHEDULED');
  });

  test('a session that is called off makes room', async () => {
    const first = await plan(await held(world.student, world.mentor), world.mentor, start);
    await world.store
      .requestsAs(world.student, 'x')
      .changeRequest(first.id, (request) => cancel(request, world.student, noon));
    expect((await plan(await held(world.otherStudent, world.mentor), world.mentor, start)).status).toBe(
      'SCHEDULED',
    );
  });

  test('a session does not move to where one of the two has another; it stays as it was', async () => {
    await plan(await held(world.student, world.mentor), world.mentor, start);
    const moving = await plan(await held(world.otherStudent, world.mentor), world.mentor, after(start, DAY));
    const as = (actor: Actor) => world.store.requestsAs(actor, 'x');
    const to = (at: Instant) =>
      as(world.otherStudent)
        .changeRequest(moving.id, (request) => propose(request, world.otherStudent, at, '', noon))
        .then(() =>
          as(world.mentor).changeRequest(moving.id, (request) =>
            accept(request, world.mentor, at, noon, randomUUID(), null),
          ),
        );
    await expect(to(after(start, 10 * MINUTE))).rejects.toMatchObject({ code: 'time_taken' });
    const still = await as(world.mentor).getRequest(moving.id);
    expect([still.session?.startsAt, still.proposal?.startsAt]).toEqual([
      after(start, DAY),
      after(start, 10 * MINUTE),
    ]);
    // A little later than itself is no other session.
    expect((await to(after(start, DAY + 10 * MINUTE))).session?.startsAt).toEqual(
      after(start, DAY + 10 * MINUTE),
    );
  });

  test('twenty at once, in all roles: those who share a person get one session, whoever is first', async () => {
    for (let round = 0; round < 5; round += 1) {
      const at = after(start, (10 + round) * DAY);
      const pairs: [Actor, Actor][] = Array.from(
        { length: 5 },
        () =>
          [
            [world.student, world.mentor],
            [world.student, world.otherMentor],
            [world.otherStudent, world.mentor],
            [world.otherMentor, world.mentor],
          ] as [Actor, Actor][],
      ).flat();
      const requests = await Promise.all(
        pairs.map(async ([student, mentor]) => ({ mentor, request: await held(student, mentor) })),
      );
      const began = performance.now();
      const results = await Promise.allSettled(
        requests.map(({ mentor, request }) => plan(request, mentor, at)),
      );
      expect(
        new Set(results.flatMap((one) => (one.status === 'rejected' ? [code(one.reason)] : []))),
      ).toEqual(new Set(['time_taken']));
      const clashes = await rowsOf(
        world.url,
        `
        SELECT FROM mini_mentorship_sessions a JOIN mini_mentorship_sessions b ON a.id < b.id
          AND a.status = 'SCHEDULED' AND b.status = 'SCHEDULED' AND a.starts_at = b.starts_at
          AND ARRAY[a.mentor_id, a.student_id] && ARRAY[b.mentor_id, b.student_id]`,
      );
      expect(clashes).toEqual([]);
      expect(results.some(({ status }) => status === 'fulfilled')).toBe(true);
      // Nobody waited for a deadlock to be found, which takes a second.
      expect(performance.now() - began).toBeLessThan(1_000);
    }
  }, 60_000);
});

describe('when the two have other sessions', () => {
  test('is told to the two of a request: times, and no more', async () => {
    await rowsOf(world.url, `UPDATE mini_mentorship_sessions SET status = 'CANCELLED'`);
    const start = after(noon, 40 * DAY);
    await plan(await held(world.student, world.otherMentor), world.otherMentor, start);
    await plan(await held(world.otherStudent, world.mentor), world.mentor, after(start, HOUR));
    await plan(await held(world.mentor, world.otherMentor), world.otherMentor, after(start, 2 * HOUR));
    const own = await plan(await held(world.student, world.mentor), world.mentor, after(start, 3 * HOUR));
    const at = (hours: number) => ({ startsAt: after(start, hours * HOUR), durationMinutes: 30 });
    const seenBy = (actor: Actor, since = noon) =>
      world.store.availabilityAs(actor).bookingsBeside(own, since);
    const expected = { mentor: [at(1), at(2)], student: [at(0)] };
    expect(await seenBy(world.mentor)).toEqual(expected);
    expect(await seenBy(world.student)).toEqual(expected);
    expect(await seenBy(world.mentor, after(start, 2 * HOUR))).toEqual({ mentor: [at(2)], student: [] });
    for (const other of [world.otherMentor, world.otherStudent, world.stranger]) {
      expect(await seenBy(other)).toEqual({ mentor: [], student: [] });
    }
    // What the function reads stays out of sight afterwards.
    await raw.as(claimsOf(world.mentor), async (run) => {
      const others = `SELECT FROM mini_mentorship_sessions WHERE '${world.mentor.memberId}' NOT IN (mentor_id, student_id)`;
      expect(await run('SELECT FROM busy_times($1, $2)', own.id, noon)).toHaveLength(3);
      expect(await run(others)).toEqual([]);
    });
    await expect(
      raw.as(worker, (run) => run('SELECT FROM busy_times($1, $2)', own.id, noon)),
    ).rejects.toThrow(/permission denied/);
  });
});
