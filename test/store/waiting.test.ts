import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { anyTime } from '../../src/core/availability.ts';
import { giveBack } from '../../src/core/give-back.ts';
import { requestCard, topicMatch, waitingKinds } from '../../src/core/notices.ts';
import { decline, propose } from '../../src/core/proposals.ts';
import { claim, release, renew } from '../../src/core/request.ts';
import { after, DAY, HOUR } from '../../src/core/time.ts';
import { rowsOf, runOn } from '../support/database.ts';
import { claimsOf, type Run, rawConnection } from './raw.ts';
import { claimed, makeWorld, noon, opened, requestOf, telling, visitor, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

/** What of a request's waiting is to be told, in the order of time. */
const waiting = async (requestId: string): Promise<string[]> =>
  (
    await rowsOf<{ kind: string; due_at: Date }>(
      world.url,
      `SELECT kind, due_at FROM notices WHERE request_id = $1 AND state = 'PENDING' AND kind = ANY ($2) ORDER BY due_at`,
      [requestId, waitingKinds],
    )
  ).map(({ kind, due_at }) => `${kind} +${(due_at.getTime() - noon.getTime()) / HOUR} h`);

describe('what is said of waiting', () => {
  const as = (who = world.mentor) => world.store.requestsAs(who, 'x');

  test('is withdrawn as soon as the request moves on, and begins anew when it comes back', async () => {
    const { id } = await opened(world);
    // There are two channels for mentors, and none for coordinators.
    expect(await waiting(id)).toEqual(['still_waiting +24 h', 'still_waiting +24 h', 'still_wanted +84 h']);
    await as().changeRequest(id, (request) => claim(request, world.mentor, after(noon, HOUR)));
    expect(await waiting(id)).toEqual(['claim_nudge +13 h', 'claim_waits +25 h']);
    await as().changeRequest(id, (request) => release(request, world.mentor, after(noon, 3 * HOUR)));
    expect(await waiting(id)).toEqual(['still_waiting +27 h', 'still_waiting +27 h', 'still_wanted +85.5 h']);
    const halfWay = after(noon, 90 * HOUR);
    await as(world.student).changeRequest(id, (request) => renew(request, world.student, halfWay));
    expect(await waiting(id)).toEqual([
      'still_waiting +114 h',
      'still_waiting +114 h',
      'still_wanted +174 h',
    ]);
  });

  test('begins anew when a proposed time is declined, whoever declines', async () => {
    const startsAt = after(noon, 2 * DAY);
    for (const [by, other] of [
      [world.mentor, world.student],
      [world.student, world.mentor],
    ] as const) {
      const { id } = await claimed(world);
      await as(by).changeRequest(id, (request) => propose(request, by, startsAt, '', noon));
      expect(await waiting(id)).toEqual(['claim_nudge +12 h', 'claim_waits +24 h']);
      await as(other).changeRequest(id, (request) =>
        decline(request, other, startsAt, after(noon, 6 * HOUR)),
      );
      expect(await waiting(id)).toEqual(['claim_nudge +18 h', 'claim_waits +30 h']);
    }
  });

  test('goes on when only something is told', async () => {
    const request = await opened(world);
    const before = await waiting(request.id);
    await as(world.student).changeRequest(request.id, (same) => telling(same, requestCard(same, noon)));
    expect(await waiting(request.id)).toEqual(before);
  });
});

test('the clock finds exactly the claims that the rules give back', async () => {
  const proposals = [null, ...[-1, 1, 47, 49, 100, 200].map((hours) => after(noon, hours * HOUR))];
  const requests = [];
  for (const startsAt of proposals) {
    for (const by of startsAt ? [world.mentor, world.student] : [null]) {
      const { id } = await claimed(world);
      if (startsAt && by)
        await world.store
          .requestsAs(by, 'x')
          .changeRequest(id, (request) => propose(request, by, startsAt, '', after(noon, -DAY)));
      requests.push(await world.store.requestsAs(world.student, 'x').getRequest(id));
    }
  }
  const ours = new Set(requests.map(({ id }) => id));
  let found = 0;
  for (let hours = 40; hours <= 180; hours += 4) {
    const now = after(noon, hours * HOUR);
    const due = (await world.store.sweeps.toGiveBack(now, 100)).filter((id) => ours.has(id));
    const expected = requests.filter((request) => giveBack(request, now)).map(({ id }) => id);
    expect(due.sort(), `after ${hours} h`).toEqual(expected.sort());
    found += due.length;
  }
  expect(found).toBeGreaterThan(50);
});

test('coordinators have a notice in each space that has a channel of theirs', async () => {
  const other = await makeWorld();
  try {
    const space = { platform: 'slack', spaceId: 'T1', name: 'North', mentorsChannel: 'C1' };
    await other.store.directory.ensureSpace(
      { ...space, coordinatorsChannel: 'C2', sessionsChannel: '' },
      'north',
    );
    await opened(other);
    const due = await other.store.outbox.lease(after(noon, 3 * DAY), { rest: 10 }, 1_000);
    expect(
      due.filter(({ recipient }) => recipient.to === 'coordinators').map((notice) => notice.space),
    ).toMatchObject([{ spaceId: 'T1', coordinatorsChannel: 'C2', sessionsChannel: '' }]);
  } finally {
    await other.close();
  }
});

describe('topics', () => {
  const topicsOf = async ({ memberId }: { memberId: string }) =>
    (await rowsOf<{ topics: string[] }>(world.url, 'SELECT topics FROM members WHERE id = $1', [memberId]))[0]
      ?.topics;

  test('are a member’s own affair', async () => {
    await world.store.profileAs(world.mentor).setTopics(['git', 'c++']);
    expect(await topicsOf(world.mentor)).toEqual(['git', 'c++']);
    expect(await topicsOf(world.otherMentor)).toEqual([]);
    const raw = await rawConnection(world.url);
    try {
      const touched = await raw.as(claimsOf(world.student), (run: Run) =>
        run(`UPDATE members SET topics = ARRAY['mine']`),
      );
      expect(touched).toHaveLength(1);
      await expect(
        raw.as(claimsOf(world.mentor), (run: Run) => run(`UPDATE members SET name = 'Boss'`)),
      ).rejects.toThrow(/permission denied/);
      await expect(
        raw.as(claimsOf(world.mentor), (run: Run) =>
          run('UPDATE members SET topics = $1 WHERE id = $2', Array(21).fill('x'), world.mentor.memberId),
        ),
      ).rejects.toThrow(/member_topics/);
    } finally {
      await raw.end();
    }
  });

  test('experts: mentors of the community with topics, who was asked least recently first', async () => {
    const third = await visitor(world.store, 'T1', 'Third', true);
    for (const who of [world.mentor, world.otherMentor, third, world.student, world.stranger])
      await world.store.profileAs(who).setTopics(['git']);
    const order = async (now = noon) =>
      (await world.store.directory.experts(world.mentor.communityId, now)).map(({ memberId }) => memberId);
    // Sam has topics from an earlier life as a mentor, and Stan is of another community.
    expect((await order()).sort()).toEqual(
      [world.mentor, world.otherMentor, third].map((who) => who.memberId).sort(),
    );
    const ask = async (memberId: string) => {
      const request = await opened(world);
      await world.store
        .requestsAsWorker('askMentors')
        .changeRequest(request.id, (same) => telling(same, topicMatch(same, memberId, noon)));
    };
    await ask(world.otherMentor.memberId);
    await ask(world.mentor.memberId);
    expect(await order()).toEqual([third, world.otherMentor, world.mentor].map((who) => who.memberId));
    await ask(world.otherMentor.memberId);
    expect(await order()).toEqual([third, world.mentor, world.otherMentor].map((who) => who.memberId));
    await world.store
      .availabilityAs(third)
      .changeAvailability(() => ({ ...anyTime('UTC'), pause: { until: after(noon, DAY) } }));
    expect(await order()).not.toContain(third.memberId);
    expect(await order(after(noon, 2 * DAY))).toContain(third.memberId);
    await world.store.profileAs(third).setTopics([]);
    expect(await order()).not.toContain(third.memberId);
    await runOn(world.url, `SET ROLE mini_mentorship_worker; UPDATE accounts SET is_mentor = false`);
    expect(await order()).toEqual([]);
  });

  test('a mentor for whom it was too late hears of it once it is open again', async () => {
    const request = await opened(world, { id: randomUUID() });
    const ask = () =>
      world.store
        .requestsAsWorker('askMentors')
        .changeRequest(request.id, (same) => telling(same, topicMatch(same, world.mentor.memberId, noon)));
    const states = async () =>
      (
        await rowsOf<{ state: string; attempts: number }>(
          world.url,
          `SELECT state::text, attempts FROM notices WHERE request_id = $1 AND kind = 'topic_match'`,
          [request.id],
        )
      ).map(({ state, attempts }) => `${state} ${attempts}`);
    await ask();
    const leased = await world.store.outbox.lease(noon, { rest: 500 }, 60_000);
    const match = leased.find(({ kind, requestId }) => kind === 'topic_match' && requestId === request.id);
    if (!match) throw new Error('nobody is asked');
    await world.store.outbox.finish(match, { how: 'skipped', why: 'it was claimed meanwhile' }, noon);
    expect(await states()).toEqual(['SKIPPED 1']);
    await ask();
    expect(await states()).toEqual(['PENDING 0']);
    await runOn(world.url, `UPDATE notices SET state = 'SENT', leased_until = NULL WHERE id = '${match.id}'`);
    await ask();
    expect(await states()).toEqual(['SENT 0']);
  });

  test('asking the same mentor about the same request again asks once', async () => {
    const request = await opened(world, { id: randomUUID() });
    for (const later of [0, HOUR])
      await world.store
        .requestsAsWorker('askMentors')
        .changeRequest(request.id, (same) =>
          telling(same, topicMatch(same, world.mentor.memberId, after(noon, later))),
        );
    const rows = await rowsOf(
      world.url,
      `SELECT FROM notices WHERE request_id = $1 AND kind = 'topic_match'`,
      [requestOf(world.student, { id: request.id }).id],
    );
    expect(rows).toHaveLength(1);
  });
});
