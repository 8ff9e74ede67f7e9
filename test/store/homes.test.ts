import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSettings } from '../../src/core/community.ts';
import type { Actor } from '../../src/core/people.ts';
import { cancel } from '../../src/core/request.ts';
import { after as later, MINUTE } from '../../src/core/time.ts';
import type { LeasedNotice } from '../../src/store/store.ts';
import { rowsOf, runOn } from '../support/database.ts';
import { claimsOf, nobody, type Run, rawConnection, worker } from './raw.ts';
import { claimed, makeWorld, opened, telling, type World } from './world.ts';

let world: World;
let raw: Awaited<ReturnType<typeof rawConnection>>;
/** Refreshes are due by the database's clock. */
const soon = () => later(new Date(), MINUTE);

beforeAll(async () => {
  world = await makeWorld();
  raw = await rawConnection(world.url);
});
afterAll(async () => {
  await raw.end();
  await world.close();
});

const opens = (who: Actor, pages: Record<string, number> = {}, spaceId = 'T1') =>
  world.store
    .homeAs(who, {
      platform: 'slack',
      spaceId,
      userId: `U-${who.name}`,
      name: who.name,
      timeZone: null,
      language: null,
      isMentor: null,
      isCoordinator: null,
    })
    .show(pages, new Date());

/** Whose Homes are shown anew now; they count as shown from then on. */
async function shown(): Promise<string[]> {
  const names: string[] = [];
  for (const notice of await due()) {
    const home = await world.store.homes.of(notice.detail.account ?? '');
    names.push(home?.actor.name ?? '?');
    const post = { platform: 'slack', spaceId: 'T1', channelId: 'U', messageId: '1' };
    await world.store.outbox.finish(notice, { how: 'sent', post }, later(new Date(), -MINUTE));
  }
  return names.sort();
}
const due = async (): Promise<LeasedNotice[]> => {
  const leased = await world.store.outbox.lease(soon(), { rest: 100 }, 60_000);
  return leased.filter(({ kind }) => kind === 'home');
};

test('nobody’s Home is shown who never opened one', async () => {
  await opened(world);
  expect(await shown()).toEqual([]);
});

describe('Homes that were opened', () => {
  beforeAll(async () => {
    for (const who of [world.student, world.mentor, world.otherMentor, world.otherStudent]) await opens(who);
    await opens(world.stranger, {}, 'T9');
    expect(await shown()).toEqual(['Max', 'Mia', 'Olga', 'Sam', 'Stan']);
  });

  test('an open request is on those of its student and of all mentors of the community', async () => {
    const request = await opened(world);
    expect(await shown()).toEqual(['Max', 'Mia', 'Sam']);
    await world.store
      .requestsAs(world.student, 'x')
      .changeRequest(request.id, (open) => cancel(open, world.student, new Date()));
    expect(await shown()).toEqual(['Max', 'Mia', 'Sam']);
  });

  test('one that is held is on those of its two; what changes nothing shows nothing', async () => {
    const held = await claimed(world);
    await shown();
    const worker = world.store.requestsAsWorker('x');
    await worker.changeRequest(held.id, (request) => telling({ ...request, title: 'Other' }));
    expect(await shown()).toEqual(['Mia', 'Sam']);
    await worker.changeRequest(held.id, (request) => telling(request));
    expect(await shown()).toEqual([]);
  });

  test('topics and hours are on one’s own', async () => {
    await world.store.profileAs(world.mentor).setTopics(['git']);
    expect(await shown()).toEqual(['Mia']);
  });

  test('many changes are one: while it is being shown another follows, while it waits none', async () => {
    await opened(world);
    await opened(world);
    const [first] = await due();
    expect(first?.version).toBeGreaterThan(1);
    await runOn(world.url, `UPDATE notices SET leased_until = NULL WHERE kind = 'home'`);
    const mine = (await due()).find(({ detail }) => detail.account === first?.detail.account);
    if (!mine) throw new Error('it is not due');
    await opened(world);
    const post = { platform: 'slack', spaceId: 'T1', channelId: 'U', messageId: '2' };
    await world.store.outbox.finish(mine, { how: 'sent', post }, new Date());
    const [again] = await rowsOf<{ state: string }>(
      world.url,
      `SELECT state FROM notices WHERE id = '${mine.id}'`,
    );
    expect(again?.state).toBe('PENDING');
    await runOn(world.url, `UPDATE notices SET leased_until = NULL WHERE kind = 'home'`);
    await shown();
  });

  test('bystanders wait for a quarter of a minute, the two for seconds, and one after the other', async () => {
    await runOn(world.url, `UPDATE posts SET put_at = now() WHERE notice_key LIKE 'home:%'`);
    await opened(world);
    const waits = await rowsOf<{ name: string; seconds: number }>(
      world.url,
      `SELECT member.name, extract(epoch FROM notice.due_at - now())::float AS seconds
       FROM notices notice JOIN accounts account ON account.id = (detail->>'account')::uuid
       JOIN members member ON member.id = account.member_id WHERE kind = 'home' AND state = 'PENDING'`,
    );
    const of = (name: string) => waits.find((each) => each.name === name)?.seconds ?? Number.NaN;
    expect(of('Sam')).toBeLessThan(1);
    expect(Math.min(of('Mia'), of('Max'))).toBeGreaterThan(10);
    expect(Math.max(of('Mia'), of('Max'))).toBeLessThan(17);
    expect(of('Olga')).toBeNaN();
    await shown();
  });

  test('what waits because the platform asked for patience goes on waiting', async () => {
    await opened(world);
    const at = later(new Date(), 60 * MINUTE);
    for (const notice of await due()) {
      await world.store.outbox.finish(
        notice,
        { how: 'later', at, why: 'ratelimited', counts: false },
        new Date(),
      );
    }
    await opened(world);
    expect(await shown()).toEqual([]);
    await runOn(world.url, `UPDATE notices SET due_at = now() WHERE kind = 'home'`);
    expect(await shown()).toEqual(['Max', 'Mia', 'Sam']);
  });

  test('who has not come for two weeks is spared what only concerns all', async () => {
    await runOn(world.url, `UPDATE homes SET opened_at = now() - interval '15 days'`);
    await opened(world);
    expect(await shown()).toEqual(['Sam']);
  });

  test('pages that are named are turned, the others stay', async () => {
    await opens(world.student, { requests: 3, past: 2 });
    await opens(world.student, { past: 1 });
    const [home] = await rowsOf<{ account_id: string }>(
      world.url,
      `SELECT account_id FROM homes JOIN accounts ON id = account_id WHERE user_id = 'U-Sam'`,
    );
    expect(await world.store.homes.of(home?.account_id ?? '')).toEqual({
      actor: { ...world.student },
      settings: readSettings({}),
      account: { platform: 'slack', spaceId: 'T1', userId: 'U-Sam' },
      reader: { language: null, timeZone: 'Europe/Berlin' },
      pages: { requests: 3, past: 1 },
      openedAt: expect.any(Date),
    });
    expect(await world.store.homes.of(world.student.memberId)).toBeNull();
  });
});

describe('row level security', () => {
  const add = (run: Run, account: string, community: string) =>
    run(`INSERT INTO homes (account_id, community_id, opened_at) VALUES ($1, $2, now())`, account, community);
  const accountOf = async (who: Actor) => {
    const [row] = await rowsOf<{ id: string }>(
      world.url,
      `SELECT id FROM accounts WHERE member_id = '${who.memberId}'`,
    );
    return row?.id ?? '';
  };

  test('everybody sees, keeps and changes their own Home only', async () => {
    const { student, mentor, stranger } = world;
    for (const who of [student, mentor, stranger]) {
      const seen = await raw.as(claimsOf(who), (run) => run('SELECT account_id FROM homes'));
      expect(seen).toEqual([{ account_id: await accountOf(who) }]);
      expect(await raw.as(claimsOf(who), (run) => run(`UPDATE homes SET pages = '{}'`))).toHaveLength(1);
    }
    await runOn(world.url, `DELETE FROM homes WHERE account_id = '${await accountOf(mentor)}'`);
    const theirs = await accountOf(mentor);
    await expect(raw.as(claimsOf(student), (run) => add(run, theirs, student.communityId))).rejects.toThrow(
      /row-level security/,
    );
    expect(await raw.as(claimsOf(mentor), (run) => add(run, theirs, mentor.communityId))).toHaveLength(1);
    await expect(
      raw.as(claimsOf(mentor), (run) => run('UPDATE homes SET account_id = account_id')),
    ).rejects.toThrow(/permission denied/);
    await expect(raw.as(claimsOf(mentor), (run) => run('DELETE FROM homes'))).rejects.toThrow(
      /permission denied/,
    );
  });

  test('a member has no Homes of another community shown, nobody in particular none, the worker any', async () => {
    const { student, stranger } = world;
    const versions = (run: Run) => run(`SELECT sum(version)::int AS all FROM notices WHERE kind = 'home'`);
    const grown = (claims: Parameters<typeof raw.as>[0]) =>
      raw.as(claims, async (run) => {
        await run(`SELECT refresh_homes($1, $2, true, true)`, stranger.communityId, [stranger.memberId]);
        await run('SET LOCAL ROLE mini_mentorship_worker');
        return (await versions(run))[0]?.all;
      });
    const before = await raw.as(worker, versions);
    expect(await grown(claimsOf(student))).toBe(before[0]?.all);
    expect(await grown(nobody)).toBe(before[0]?.all);
    expect(await grown(claimsOf(stranger))).toBeGreaterThan(Number(before[0]?.all));
    expect(await grown(worker)).toBeGreaterThan(Number(before[0]?.all));
  });

  test('what is due on a Home is nobody’s to see or change', async () => {
    expect(
      await raw.as(claimsOf(world.mentor), (run) => run(`SELECT FROM notices WHERE kind = 'home'`)),
    ).toEqual([]);
    await expect(
      raw.as(claimsOf(world.mentor), (run) =>
        run(
          `INSERT INTO notices (community_id, key, kind, recipient, mode, due_at)
           VALUES ($1, 'home:x', 'home', 'home', 'latest', now())`,
          world.mentor.communityId,
        ),
      ),
    ).rejects.toThrow(/row-level security/);
  });
});
