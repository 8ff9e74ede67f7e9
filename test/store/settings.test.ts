import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { usualSettings } from '../../src/core/community.ts';
import { accept, propose } from '../../src/core/proposals.ts';
import type { ReminderId } from '../../src/core/reminders.ts';
import { claim } from '../../src/core/request.ts';
import { schedule } from '../../src/core/scheduling.ts';
import { after, DAY, HOUR, MINUTE } from '../../src/core/time.ts';
import { rowsOf, runOn } from '../support/database.ts';
import { claimsOf, nobody, rawConnection, worker } from './raw.ts';
import { claimed, makeWorld, noon, opened, scheduled, type World } from './world.ts';

let world: World;
let raw: Awaited<ReturnType<typeof rawConnection>>;
beforeAll(async () => {
  world = await makeWorld();
  raw = await rawConnection(world.url);
});
afterAll(async () => {
  await raw.end();
  await world.close();
});

describe('what is set for a community', () => {
  const coordinator = () => ({ ...world.otherMentor, isCoordinator: true });
  const settingsAs = (who = coordinator()) => world.store.communityAs(who, 'setClaimTimes');

  test('is changed by a coordinator, with an entry in the audit log, and holds for what comes then', async () => {
    const before = await opened(world);
    expect(before.settings).toEqual(usualSettings);
    const claimTimes = { ...usualSettings.claim, nudge: 3 * HOUR };
    await settingsAs().changeSettings((set) => ({ ...set, claim: claimTimes }));
    await settingsAs().changeSettings((set) => set);
    const request = await world.store
      .requestsAs(world.mentor, 'claimRequest')
      .changeRequest(before.id, (open) => claim(open, world.mentor, noon));
    expect(request.settings.claim).toEqual(claimTimes);
    const [nudge] = await rowsOf<{ due_at: Date }>(
      world.url,
      `SELECT due_at FROM notices WHERE kind = 'claim_nudge' AND request_id = $1`,
      [before.id],
    );
    expect(nudge?.due_at).toEqual(after(noon, 3 * HOUR));
    expect(
      await rowsOf(world.url, `SELECT action, actor_id, detail FROM audit_log WHERE request_id IS NULL`),
    ).toEqual([
      {
        action: 'setClaimTimes',
        actor_id: world.otherMentor.memberId,
        detail: { settings: { claim: claimTimes } },
      },
    ]);
    const visit = await world.store.directory.visit(
      {
        platform: 'slack',
        spaceId: 'T1',
        userId: 'U-Sam',
        name: 'Sam',
        timeZone: null,
        isMentor: null,
        isCoordinator: null,
        language: null,
      },
      noon,
    );
    expect(visit?.settings.claim).toEqual(claimTimes);
  });

  test('keeps what two set at once', async () => {
    await Promise.all([
      settingsAs().changeSettings((set) => ({ ...set, openFor: 3 * DAY })),
      settingsAs().changeSettings((set) => ({ ...set, reminders: ['1h'] })),
      settingsAs().changeSettings((set) => ({ ...set, quietHours: null })),
    ]);
    const { settings } = await opened(world);
    expect(settings).toMatchObject({ openFor: 3 * DAY, reminders: ['1h'], quietHours: null });
  });

  test('is read by its members and written by its coordinators, whatever the bot asks', async () => {
    const { mentor, stranger } = world;
    const read = 'SELECT settings FROM communities WHERE id = $1';
    const write = `UPDATE communities SET settings = '{}' WHERE id = $1`;
    const elsewhere = { ...claimsOf(stranger), coordinator: true };
    for (const [claims, reads, writes] of [
      [claimsOf(mentor), 1, 0],
      [claimsOf(coordinator()), 1, 1],
      [elsewhere, 0, 0],
      [nobody, 0, 0],
      [worker, 1, 1],
    ] as const) {
      expect(await raw.as(claims, (run) => run(read, mentor.communityId))).toHaveLength(reads);
      expect(await raw.as(claims, (run) => run(write, mentor.communityId))).toHaveLength(writes);
    }
    await expect(
      raw.as(claimsOf(coordinator()), (run) => run(`UPDATE communities SET slug = 'mine'`)),
    ).rejects.toThrow(/permission denied/);
    await expect(settingsAs(mentor).changeSettings((set) => ({ ...set, openFor: DAY }))).rejects.toThrow(
      'coordinators_only',
    );
  });

  test('lets the clock give back claims by the times of each community', async () => {
    await settingsAs().changeSettings((set) => ({ ...set, claim: { ...set.claim, giveBack: 5 * HOUR } }));
    const { id } = await claimed(world);
    const due = async (hours: number) =>
      (await world.store.sweeps.toGiveBack(after(noon, hours * HOUR), 100)).includes(id);
    expect(await due(5)).toBe(true);
    expect(await due(4.9)).toBe(false);
    await settingsAs().changeSettings((set) => ({ ...set, claim: usualSettings.claim }));
    expect(await due(5)).toBe(false);
    expect(await due(48)).toBe(true);
  });
});

describe('reminders of one’s own', () => {
  const startsAt = after(noon, 10 * DAY);
  const planned = async (requestId: string, memberId: string) =>
    (
      await rowsOf<{ reminder: string; due_at: Date }>(
        world.url,
        `SELECT detail ->> 'reminder' AS reminder, due_at FROM notices WHERE kind = 'session_reminder'
          AND state = 'PENDING' AND request_id = $1 AND member_id = $2 ORDER BY due_at`,
        [requestId, memberId],
      )
    ).map(({ reminder, due_at }) => `${reminder} ${(startsAt.getTime() - due_at.getTime()) / MINUTE}`);
  const choose = (reminders: ReminderId[] | null, now = noon) =>
    world.store.profileAs(world.student).changePreferences((before) => ({ ...before, reminders }), now);
  beforeEach(async () => {
    await runOn(world.url, `UPDATE communities SET settings = '{}'`);
    await choose(null);
    await runOn(world.url, `UPDATE mini_mentorship_sessions SET status = 'CANCELLED'`);
  });

  test('are planned with the session, and anew when the choice changes; the other side keeps theirs', async () => {
    const { student, mentor } = world;
    const { id } = await scheduled(world, { startsAt });
    expect(await planned(id, student.memberId)).toEqual(['24h 1440', '15m 15']);
    await choose(['1w', '1h']);
    expect(await planned(id, student.memberId)).toEqual(['1w 10080', '1h 60']);
    expect(await planned(id, mentor.memberId)).toEqual(['24h 1440', '15m 15']);
    await choose([]);
    expect(await planned(id, student.memberId)).toEqual([]);
    // Once withdrawn, they can be chosen again; what is over by then is not planned.
    await choose(['1w', '24h', '5m'], after(startsAt, -2 * DAY));
    expect(await planned(id, student.memberId)).toEqual(['24h 1440', '5m 5']);
  });

  test('follow a session that moves, also when the other side moves it', async () => {
    const { student, mentor } = world;
    await choose(['1h']);
    const { id } = await scheduled(world, { startsAt: after(noon, 2 * DAY) });
    await world.store
      .requestsAs(student, 'x')
      .changeRequest(id, (request) => propose(request, student, startsAt, '', noon));
    await world.store
      .requestsAs(mentor, 'x')
      .changeRequest(id, (request) => accept(request, mentor, startsAt, noon, 'x', 'google-meet'));
    expect(await planned(id, student.memberId)).toEqual(['1h 60']);
  });

  test('that came due and wait, such as for the end of quiet hours, are lost by no other choice', async () => {
    const { student } = world;
    const { id } = await scheduled(world, { startsAt });
    const now = after(startsAt, -20 * HOUR);
    await choose(['24h', '15m', '1h'], now);
    expect(await planned(id, student.memberId)).toEqual(['24h 1440', '1h 60', '15m 15']);
    await choose(['15m'], now);
    expect(await planned(id, student.memberId)).toEqual(['15m 15']);
  });

  test.each(['plans', 'moves'] as const)(
    'hold however close together they are chosen and the other side %s a session',
    async (does) => {
      const { student, mentor } = world;
      const asMentor = world.store.requestsAs(mentor, 'x');
      for (let round = 0; round < 15; round += 1) {
        await choose(null);
        await runOn(world.url, `UPDATE mini_mentorship_sessions SET status = 'CANCELLED'`);
        const { id } = await (does === 'plans' ? claimed(world) : scheduled(world, { startsAt }));
        const moved = after(startsAt, DAY);
        if (does === 'moves') {
          await world.store
            .requestsAs(student, 'x')
            .changeRequest(id, (request) => propose(request, student, moved, '', noon));
        }
        const plan = () =>
          asMentor.changeRequest(id, (request) =>
            does === 'plans'
              ? schedule(request, mentor, startsAt, noon, randomUUID(), 'google-meet')
              : accept(request, mentor, moved, noon, 'x', 'google-meet'),
          );
        const both = [() => choose(['1h']), plan];
        await Promise.all((round % 2 ? both : both.reverse()).map((act) => act()));
        expect((await planned(id, student.memberId)).map((line) => line.split(' ')[0])).toEqual(['1h']);
      }
    },
  );

  test('are told once: one that was delivered is not planned again', async () => {
    const { student } = world;
    const { id } = await scheduled(world, { startsAt });
    await runOn(
      world.url,
      `UPDATE notices SET state = 'SENT' WHERE kind = 'session_reminder' AND detail ->> 'reminder' = '24h'`,
    );
    await choose(['24h', '15m', '5m']);
    expect(await planned(id, student.memberId)).toEqual(['15m 15', '5m 5']);
  });

  test('are seen by the one who plans, and are nobody’s to choose for another', async () => {
    const { student, mentor } = world;
    const { id } = await claimed(world);
    await choose([]);
    await world.store
      .requestsAs(mentor, 'x')
      .changeRequest(id, (request) => schedule(request, mentor, startsAt, noon, id, 'google-meet'));
    expect(await planned(id, student.memberId)).toEqual([]);
    const hand = `UPDATE members SET reminders = '["5m"]' WHERE id = $1`;
    expect(await raw.as(claimsOf(mentor), (run) => run(hand, student.memberId))).toHaveLength(0);
    expect(await raw.as(claimsOf(student), (run) => run(hand, student.memberId))).toHaveLength(1);
  });
});

test('what waits for the end of quiet hours is looked at again when these change', async () => {
  const { mentor } = world;
  await claimed(world, { title: 'In the night' });
  const leased = await world.store.outbox.lease(noon, { rest: 100 }, 60_000);
  const mine = leased.find(({ kind }) => kind === 'request_claimed');
  if (!mine) throw new Error('the student hears of the claim');
  await world.store.outbox.finish(mine, { how: 'quiet', until: after(noon, 8 * HOUR) }, noon);
  const due = async () =>
    (
      await rowsOf<{ due_at: Date; attempts: number }>(
        world.url,
        'SELECT due_at, attempts FROM notices WHERE id = $1',
        [mine.id],
      )
    )[0];
  expect(await due()).toEqual({ due_at: after(noon, 8 * HOUR), attempts: 0 });
  const now = after(noon, HOUR);
  await world.store.profileAs(mentor).changePreferences((before) => ({ ...before, quietHours: 'off' }), now);
  expect((await due())?.due_at).toEqual(after(noon, 8 * HOUR));
  await world.store
    .profileAs(world.student)
    .changePreferences((before) => ({ ...before, quietHours: 'off' }), now);
  expect((await due())?.due_at).toEqual(now);
  expect(
    (await world.store.directory.recipient(world.student.memberId, randomUUID()))?.quietHours,
  ).toBeNull();
});
