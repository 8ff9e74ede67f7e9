import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RequestQuery } from '../../src/core/ports.ts';
import { cancel, expire, type Request, release } from '../../src/core/request.ts';
import { closeUnfinished, end } from '../../src/core/scheduling.ts';
import { DAY, HOUR, type Instant, after as later, MINUTE } from '../../src/core/time.ts';
import { makeWorld, noon, opened, scheduled, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

describe('listRequests', () => {
  let old: Request;
  let urgent: Request;
  let low: Request;
  let planned: Request;
  let sooner: Request;
  let givenBack: Request;

  beforeAll(async () => {
    const at = (minutes: number, fields: Partial<Request> = {}) => ({
      createdAt: later(noon, minutes * MINUTE),
      ...fields,
    });
    old = await opened(world, at(1));
    urgent = await opened(world, at(2, { urgency: 'high' }));
    low = await opened(world, at(3, { urgency: 'low' }));
    planned = await scheduled(world, { startsAt: later(noon, 3 * DAY), fields: at(4) });
    sooner = await scheduled(world, { startsAt: later(noon, 2 * DAY), fields: at(5) });
    givenBack = await scheduled(world, { startsAt: later(noon, 4 * DAY), fields: at(6) });
    await world.store
      .requestsAs(world.mentor, 'x')
      .changeRequest(givenBack.id, (request) => release(request, world.mentor, noon));
    await opened(world, at(7), world.stranger);
  });

  const titles = new Map<string, string>();
  const list = async (query: Partial<RequestQuery>, by = world.student) => {
    for (const [name, { id }] of Object.entries({ old, urgent, low, planned, sooner, givenBack }))
      titles.set(id, name);
    const { items, ...page } = await world.store
      .requestsAs(by, 'x')
      .listRequests({ order: 'newest', page: 1, pageSize: 10, ...query });
    return { names: items.map(({ id }) => titles.get(id)), ...page };
  };

  test('newest: the last opened first', async () => {
    expect(await list({})).toEqual({
      names: ['givenBack', 'sooner', 'planned', 'low', 'urgent', 'old'],
      page: 1,
      pages: 1,
      total: 6,
    });
  });
  test('urgent: what was given back, then high urgency, then the oldest', async () => {
    expect((await list({ order: 'urgent', statuses: ['OPEN'] }, world.otherMentor)).names).toEqual([
      'givenBack',
      'urgent',
      'old',
      'low',
    ]);
  });
  test('latest: the session that starts last first, those without one last', async () => {
    expect((await list({ order: 'latest' })).names.slice(0, 3)).toEqual(['planned', 'sooner', 'givenBack']);
    expect((await list({ order: 'latest', withSession: true })).names).toEqual(['planned', 'sooner']);
  });
  test('soonest and claimed: what comes first, what is held longest; by party, without one’s own', async () => {
    const { mentor, student } = world;
    const coming = { partyId: mentor.memberId, statuses: ['SCHEDULED'], order: 'soonest' } as const;
    expect((await list(coming, mentor)).names).toEqual(['sooner', 'planned']);
    expect((await list({ ...coming, partyId: student.memberId })).names).toEqual(['sooner', 'planned']);
    expect((await list({ ...coming, order: 'claimed' }, mentor)).total).toBe(2);
    expect((await list({ exceptStudentId: student.memberId })).total).toBe(0);
  });
  test('narrowed by who, by status, by session, together', async () => {
    const { mentor, student } = world;
    expect((await list({ mentorId: mentor.memberId }, mentor)).names).toEqual(['sooner', 'planned']);
    expect((await list({ studentId: student.memberId, statuses: ['SCHEDULED'] })).total).toBe(2);
    expect((await list({ withSession: false })).names).toEqual(['givenBack', 'low', 'urgent', 'old']);
    expect((await list({ statuses: [] })).total).toBe(0);
    expect((await list({ studentId: mentor.memberId }, mentor)).total).toBe(0);
  });
  test('pages count from 1; one behind the last is the last', async () => {
    const pageOf = (page: number) => list({ page, pageSize: 4 });
    expect(await pageOf(1)).toEqual({
      names: ['givenBack', 'sooner', 'planned', 'low'],
      page: 1,
      pages: 2,
      total: 6,
    });
    expect(await pageOf(2)).toEqual({ names: ['urgent', 'old'], page: 2, pages: 2, total: 6 });
    expect(await pageOf(9)).toEqual(await pageOf(2));
    expect(await list({ statuses: ['EXPIRED'], page: 3 })).toEqual({
      names: [],
      page: 1,
      pages: 1,
      total: 0,
    });
  });
  test('shows only what the actor may see, whatever is asked', async () => {
    expect((await list({}, world.otherStudent)).total).toBe(0);
    expect((await list({ studentId: world.student.memberId }, world.otherMentor)).names).toEqual([
      'givenBack',
      'low',
      'urgent',
      'old',
    ]);
    expect((await list({ studentId: world.student.memberId }, world.stranger)).total).toBe(0);
  });
  test('urgent with topics: those about one of them first, by tag or by a whole word of the title', async () => {
    const about = async (topic: string, fields: Partial<Request>) => {
      const request = await opened(world, { createdAt: later(noon, DAY), ...fields }, world.otherStudent);
      const [first] = (
        await world.store
          .requestsAs(world.mentor, 'x')
          .listRequests({ order: 'urgent', topics: [topic], statuses: ['OPEN'], page: 1, pageSize: 1 })
      ).items;
      await world.store
        .requestsAs(world.otherStudent, 'x')
        .changeRequest(request.id, (open) => cancel(open, world.otherStudent, noon));
      return first?.id === request.id;
    };
    expect(await about('git', { tags: ['git'] })).toBe(true);
    expect(await about('code review', { title: 'My Code Review, please' })).toBe(true);
    expect(await about('c++', { title: 'Why C++?' })).toBe(true);
    expect(await about('c', { title: 'Why C++?' })).toBe(false);
    expect(await about('git', { title: 'Digital things' })).toBe(false);
    expect(await about('a.c', { title: 'abc' })).toBe(false);
  });
  test('an item is the whole request', async () => {
    const { items } = await world.store
      .requestsAs(world.student, 'x')
      .listRequests({ order: 'latest', page: 1, pageSize: 1 });
    expect(items[0]).toEqual(await world.store.requestsAs(world.student, 'x').getRequest(planned.id));
    expect(items[0]?.session).toEqual(planned.session);
  });
});

describe('the clock finds', () => {
  let sweeping: World;
  beforeAll(async () => {
    sweeping = await makeWorld();
  });
  afterAll(() => sweeping.close());

  const ids = (requests: Request[]) => requests.map(({ id }) => id);

  test('open requests whose time is over, the oldest first', async () => {
    const { sweeps } = sweeping.store;
    const expiring = (at: Instant) => opened(sweeping, { expiresAt: at });
    const second = await expiring(later(noon, -1));
    const first = await expiring(later(noon, -HOUR));
    const exactly = await expiring(noon);
    await expiring(later(noon, 1));
    expect(await sweeps.toExpire(noon, 10)).toEqual(ids([first, second, exactly]));
    expect(await sweeps.toExpire(noon, 1)).toEqual([first.id]);
    const worker = sweeping.store.requestsAsWorker('expire');
    await worker.changeRequest(first.id, (request) => expire(request, noon));
    expect(await sweeps.toExpire(noon, 10)).toEqual(ids([second, exactly]));
  });

  test('sessions that ended, and those that nobody closed', async () => {
    const { sweeps } = sweeping.store;
    const short = await scheduled(sweeping, { startsAt: later(noon, HOUR), fields: { durationMinutes: 30 } });
    const long = await scheduled(sweeping, {
      startsAt: later(noon, 50 * MINUTE),
      fields: { durationMinutes: 60 },
      of: { student: sweeping.otherStudent, mentor: sweeping.otherMentor },
    });
    const calledOff = await scheduled(sweeping, { startsAt: later(noon, 2 * HOUR) });
    await sweeping.store
      .requestsAs(sweeping.student, 'x')
      .changeRequest(calledOff.id, (request) => cancel(request, sweeping.student, noon));
    expect(await sweeps.toEnd(later(noon, 90 * MINUTE - 1), 10)).toEqual([]);
    expect(await sweeps.toEnd(later(noon, 90 * MINUTE), 10)).toEqual([short.id]);
    expect(await sweeps.toEnd(later(noon, 2 * HOUR), 10)).toEqual(ids([short, long]));
    expect(await sweeps.toEnd(later(noon, 2 * HOUR), 1)).toEqual([short.id]);
    const worker = sweeping.store.requestsAsWorker('end');
    await worker.changeRequest(short.id, (request) => end(request, later(noon, 2 * HOUR)));
    expect(await sweeps.toEnd(later(noon, 2 * HOUR), 10)).toEqual([long.id]);

    expect(await sweeps.toClose(later(noon, DAY + 90 * MINUTE - 1), 10)).toEqual([]);
    expect(await sweeps.toClose(later(noon, DAY + 2 * HOUR), 10)).toEqual(ids([short, long]));
    await worker.changeRequest(short.id, (request) => closeUnfinished(request, later(noon, 2 * DAY)));
    expect(await sweeps.toClose(later(noon, DAY + 2 * HOUR), 10)).toEqual([long.id]);
  });
});
