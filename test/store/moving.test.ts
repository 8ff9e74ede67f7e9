import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '../../src/core/people.ts';
import { accept, decline, propose } from '../../src/core/proposals.ts';
import { cancel, type Request, release } from '../../src/core/request.ts';
import { DAY, HOUR, after as later } from '../../src/core/time.ts';
import { rowsOf } from '../support/database.ts';
import { claimed, makeWorld, noon, scheduled, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());
/** The two are free again: nobody can be in two sessions at once. */
beforeEach(() => rowsOf(world.url, `UPDATE mini_mentorship_sessions SET status = 'CANCELLED'`));

const friday = later(noon, 4 * DAY);
const at = (by: Actor, action: string) => world.store.requestsAs(by, action);
const proposes = (by: Actor, { id }: Request, startsAt = friday, reason = '') =>
  at(by, 'proposeTime').changeRequest(id, (request) => propose(request, by, startsAt, reason, noon));
const accepts = (by: Actor, { id }: Request, startsAt = friday) =>
  at(by, 'acceptTime').changeRequest(id, (request) =>
    accept(request, by, startsAt, noon, randomUUID(), 'google-meet'),
  );
const stored = (request: Request) => at(world.student, 'getRequestById').getRequest(request.id);
const noticesOf = async (request: Request, kind: string) =>
  (
    await rowsOf(
      world.url,
      'SELECT key, state FROM notices WHERE request_id = $1 AND kind = $2 ORDER BY key',
      [request.id, kind],
    )
  ).map(({ key, state }) => ({ key: String(key), state }));

describe('a proposal', () => {
  test('is kept until it is answered', async () => {
    const { student, mentor } = world;
    const request = await claimed(world);
    await proposes(mentor, request, friday, 'I am away until then');
    const proposal = { startsAt: friday, byId: mentor.memberId, reason: 'I am away until then' };
    expect((await stored(request)).proposal).toEqual(proposal);
    await at(student, 'declineTime').changeRequest(request.id, (each) =>
      decline(each, student, friday, noon),
    );
    expect(await stored(request)).toMatchObject({ status: 'CLAIMED', proposal: null });
  });

  test.each(['student', 'mentor'] as const)('that the %s accepts becomes a session', async (who) => {
    const accepting = world[who];
    const request = await claimed(world);
    await proposes(who === 'student' ? world.mentor : world.student, request);
    const planned = await accepts(accepting, request);
    expect(await stored(request)).toMatchObject({
      status: 'SCHEDULED',
      proposal: null,
      mentor: { id: world.mentor.memberId },
      session: { id: planned.session?.id, startsAt: friday, moves: 0 },
    });
    const [entry] = await rowsOf(
      world.url,
      `SELECT actor_id, action, from_status, to_status, session_id FROM audit_log WHERE request_id = $1
       ORDER BY id DESC LIMIT 1`,
      [request.id],
    );
    expect(entry).toEqual({
      actor_id: accepting.memberId,
      action: 'acceptTime',
      from_status: 'CLAIMED',
      to_status: 'SCHEDULED',
      session_id: planned.session?.id,
    });
  });

  test('that two accept at once becomes one session', async () => {
    const request = await claimed(world);
    await proposes(world.mentor, request);
    const presses = await Promise.allSettled([1, 2, 3].map(() => accepts(world.student, request)));
    expect(presses.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const press of presses) {
      if (press.status === 'rejected') expect(press.reason).toMatchObject({ code: 'proposal_gone' });
    }
  });
});

describe.each(['student', 'mentor'] as const)('a session that moves because the %s accepts', (who) => {
  test('stays one session; its reminders are others, its cards are brought up to date', async () => {
    const other = who === 'student' ? world.mentor : world.student;
    const before = await scheduled(world);
    await proposes(other, before);
    await accepts(world[who], before);
    const { session } = await stored(before);
    expect(session).toMatchObject({ id: before.session?.id, startsAt: friday, moves: 1 });
    const reminders = await noticesOf(before, 'session_reminder');
    expect(reminders).toHaveLength(8);
    for (const { key, state } of reminders) {
      expect(state, key).toBe(key.includes(`${session?.id}:0:`) ? 'WITHDRAWN' : 'PENDING');
    }
    const pending = { state: 'PENDING' };
    expect(await noticesOf(before, 'session_card')).toMatchObject([pending, pending]);
    expect(await noticesOf(before, 'meeting_moved')).toMatchObject([pending]);
    expect(await noticesOf(before, 'session_moved')).toHaveLength(2);
  });
});

describe('calling off', () => {
  test.each([
    ['student', 25 * HOUR, false],
    ['student', 23 * HOUR, true],
    ['mentor', 25 * HOUR, false],
    ['mentor', 23 * HOUR, true],
  ] as const)('by the %s %i ms before: kept with its reason, late: %s', async (who, ahead, late) => {
    const by = world[who];
    const request = await scheduled(world, { startsAt: later(noon, ahead) });
    await at(by, 'callOff').changeRequest(request.id, (each) =>
      who === 'student' ? cancel(each, by, noon, 'Exam') : release(each, by, noon, 'Exam'),
    );
    expect(
      await rowsOf(
        world.url,
        `SELECT status, called_off_by_id, called_off_reason, called_off_late FROM mini_mentorship_sessions
         WHERE request_id = $1`,
        [request.id],
      ),
    ).toEqual([
      {
        status: 'CANCELLED',
        called_off_by_id: by.memberId,
        called_off_reason: 'Exam',
        called_off_late: late,
      },
    ]);
  });
});
