import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sequenceFor } from '../../src/core/calendar.ts';
import { takeBack } from '../../src/core/coordination.ts';
import { UserError } from '../../src/core/errors.ts';
import { declineOffer, keep, offer, takeOver } from '../../src/core/handing-over.ts';
import type { Actor } from '../../src/core/people.ts';
import { cancel, claim, type Request, release } from '../../src/core/request.ts';
import { after, DAY, HOUR, MINUTE } from '../../src/core/time.ts';
import { takeOverRequest } from '../../src/core/use-cases/take-over-request.ts';
import { rowsOf, runOn } from '../support/database.ts';
import { claimsOf, former, type Run, rawConnection } from './raw.ts';
import { claimed, makeWorld, noon, personOf, scheduled, visitor, type World } from './world.ts';

// How a request and its session go to another mentor: through the store, and past the core's rules.

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

let days = 2;
/** Each test's session has a day of its own. */
const nextDay = () => after(noon, ++days * DAY);
const as = (who: Actor) => world.store.requestsAs(who, 'x');
const offeredTo = (to: Actor, { id }: Request): Promise<Request> =>
  as(world.mentor).changeRequest(id, (request) => offer(request, world.mentor, personOf(to), 'Please', noon));
const takes = (who: Actor, requestId: string): Promise<Request> =>
  takeOverRequest.run({ store: as(who), actor: who, clock: { now: () => noon } } as never, { requestId });
const reminders = (sessionId: string | undefined) =>
  rowsOf<{ name: string; n: number }>(
    world.url,
    `SELECT members.name, count(*)::int AS n FROM notices JOIN members ON members.id = member_id
     WHERE session_id = $1 AND kind = 'session_reminder' AND state = 'PENDING' GROUP BY 1 ORDER BY 1`,
    [sessionId],
  );

describe('a request that is handed over', () => {
  test('takes its session along: the same time and link, under the new mentor', async () => {
    const { otherMentor, mentor, student } = world;
    const { id, session } = await offeredTo(otherMentor, await scheduled(world, { startsAt: nextDay() }));
    await takes(otherMentor, id);
    const now = await as(otherMentor).getRequest(id);
    expect(now).toMatchObject({ status: 'SCHEDULED', mentor: { name: 'Max' }, offer: null, session });
    await expect(as(mentor).getRequest(id)).rejects.toMatchObject({ code: 'request_not_found' });
    expect((await as(student).getRequest(id)).mentor?.name).toBe('Max');
    // What the old mentor would have heard is withdrawn; nobody hears anything twice.
    expect(await reminders(session?.id)).toEqual([
      { name: 'Max', n: 2 },
      { name: 'Sam', n: 2 },
    ]);
    await expect(takes(otherMentor, id)).rejects.toMatchObject({ code: 'request_already_yours' });
  });

  test('is new to calendars each time, also when it comes back', async () => {
    const { otherMentor, mentor } = world;
    const planned = await scheduled(world, { startsAt: nextDay() });
    const sequence = async (who: Actor) => {
      const found = await world.store.links.session(planned.session?.id ?? '', who.memberId);
      return found ? sequenceFor(found.entry, who.memberId) : null;
    };
    const seen: (number | null)[] = [await sequence(mentor)];
    await offeredTo(otherMentor, planned);
    await takes(otherMentor, planned.id);
    seen.push(await sequence(mentor));
    await as(otherMentor).changeRequest(planned.id, (request) =>
      offer(request, otherMentor, personOf(mentor), 'Back', noon),
    );
    await takes(mentor, planned.id);
    seen.push(await sequence(mentor));
    expect(seen).toEqual([0, 3, 4]);
  });

  test('tells whom it was offered to that this has ended, where they were asked', async () => {
    const { otherMentor, mentor, student } = world;
    const asked = (id: string) =>
      rowsOf<{ state: string; ended: string | null }>(
        world.url,
        `SELECT state, detail->>'ended' AS ended FROM notices
         WHERE request_id = $1 AND kind = 'take_over_asked' ORDER BY created_at`,
        [id],
      );
    const delivered = (id: string) =>
      runOn(
        world.url,
        `UPDATE notices SET state = 'SENT' WHERE kind = 'take_over_asked' AND request_id = '${id}'`,
      );
    const ends: ((id: string) => Promise<unknown>)[] = [
      (id) => takes(otherMentor, id),
      (id) => as(otherMentor).changeRequest(id, (one) => declineOffer(one, otherMentor, noon)),
      (id) => as(mentor).changeRequest(id, (one) => keep(one, mentor)),
      (id) => as(mentor).changeRequest(id, (one) => release(one, mentor, noon)),
      (id) => as(student).changeRequest(id, (one) => cancel(one, student, noon)),
      (id) =>
        world.store
          .coordinationAs({ ...world.mentor, isCoordinator: true }, 'x')
          .changeRequest(id, (one) => takeBack(one, { ...world.mentor, isCoordinator: true }, noon)),
    ];
    for (const end of ends) {
      const { id } = await offeredTo(otherMentor, await claimed(world));
      await delivered(id);
      await end(id);
      expect(await asked(id)).toEqual([{ state: 'PENDING', ended: 'yes' }]);
    }
    // Asked once more, they are asked anew; what ended stays as it is.
    const { id } = await offeredTo(otherMentor, await claimed(world));
    await delivered(id);
    await as(mentor).changeRequest(id, (one) => keep(one, mentor));
    await as(mentor).changeRequest(id, (one) =>
      offer(one, mentor, personOf(otherMentor), 'After all', after(noon, MINUTE)),
    );
    expect((await asked(id)).map(({ ended }) => ended)).toEqual(['yes', null]);
  });

  test('loses a time at which the new mentor has another session', async () => {
    const { otherMentor, otherStudent, student } = world;
    const startsAt = nextDay();
    await scheduled(world, {
      startsAt: after(startsAt, 15 * MINUTE),
      of: { student: otherStudent, mentor: otherMentor },
    });
    const { id, session } = await offeredTo(otherMentor, await scheduled(world, { startsAt }));
    expect(await takes(otherMentor, id)).toMatchObject({ status: 'CLAIMED', mentor: { name: 'Max' } });
    expect(await as(student).getRequest(id)).toMatchObject({ status: 'CLAIMED', session: null, offer: null });
    expect(await reminders(session?.id)).toEqual([]);
  });

  test('goes to one of the two who press at once, whatever they press', async () => {
    const { otherMentor, mentor } = world;
    const declines = (id: string) =>
      as(otherMentor).changeRequest(id, (request) => declineOffer(request, otherMentor, noon));
    for (let round = 0; round < 20; round += 1) {
      const { id } = await offeredTo(otherMentor, await claimed(world));
      // Whoever comes first differs.
      const outcomes =
        round % 2 === 0
          ? await Promise.allSettled([takes(otherMentor, id), declines(id)])
          : (await Promise.allSettled([declines(id), takes(otherMentor, id)])).reverse();
      const won = outcomes.map(({ status }) => status);
      expect([...won].sort()).toEqual(['fulfilled', 'rejected']);
      const [lost] = outcomes.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
      expect(lost?.reason).toBeInstanceOf(UserError);
      const holder = won[0] === 'fulfilled' ? otherMentor : mentor;
      expect(await as(holder).getRequest(id)).toMatchObject({ mentor: { name: holder.name }, offer: null });
    }
  });

  test('stays with the mentor when the other declines, who then sees it no longer than that', async () => {
    const { mentor, otherMentor } = world;
    const { id } = await offeredTo(otherMentor, await claimed(world));
    const declined = await as(otherMentor).changeRequest(id, (request) =>
      declineOffer(request, otherMentor, noon),
    );
    expect(declined).toMatchObject({ mentor: { name: 'Mia' }, offer: null });
    await as(mentor).changeRequest(id, (request) => release(request, mentor, noon));
    await as(mentor).changeRequest(id, (request) => claim(request, mentor, noon));
    await expect(as(otherMentor).getRequest(id)).rejects.toMatchObject({ code: 'request_not_found' });
  });
});

describe('the database', () => {
  const sets = (run: Run, { id }: Request, column: string, value: unknown) =>
    run(`UPDATE mini_mentorship_requests SET ${column} = $2 WHERE id = $1`, id, value);
  const offers = (run: Run, { id }: Request, to: Actor) =>
    run(
      `UPDATE mini_mentorship_requests SET offered_to_id = $2, offered_word = '' WHERE id = $1`,
      id,
      to.memberId,
    );

  test('lets only the mentor who holds a request offer it, to another mentor', async () => {
    const { mentor, otherMentor, student, otherStudent } = world;
    const request = await claimed(world);
    expect(await raw.as(claimsOf(mentor), (run) => offers(run, request, otherMentor))).toHaveLength(1);
    await expect(raw.as(claimsOf(student), (run) => offers(run, request, otherMentor))).rejects.toThrow(
      /only who holds/,
    );
    for (const who of [otherMentor, otherStudent]) {
      expect(await raw.as(claimsOf(who), (run) => offers(run, request, who))).toEqual([]);
    }
    for (const to of [mentor, student]) {
      await expect(raw.as(claimsOf(mentor), (run) => offers(run, request, to))).rejects.toThrow(
        /offered_to_another/,
      );
    }
  });

  test('shows it to whoever is asked, and gives it to nobody else', async () => {
    const { otherMentor, mentor, student } = world;
    const third = await visitor(world.store, 'T1', 'Moe', true);
    const request = await offeredTo(otherMentor, await scheduled(world, { startsAt: nextDay() }));
    const session = request.session?.id;
    const sees = (who: Actor) =>
      raw.as(claimsOf(who), (run) => run('SELECT id FROM mini_mentorship_sessions WHERE id = $1', session));
    for (const who of [otherMentor, mentor, student]) expect(await sees(who)).toHaveLength(1);
    expect(await sees(third)).toEqual([]);
    const moves = (run: Run, to: Actor) =>
      run('UPDATE mini_mentorship_sessions SET mentor_id = $2 WHERE id = $1', session, to.memberId);
    expect(await raw.as(claimsOf(otherMentor), (run) => moves(run, otherMentor))).toHaveLength(1);
    for (const who of [claimsOf(mentor), claimsOf(student), former(otherMentor)]) {
      await expect(raw.as(who, (run) => moves(run, otherMentor))).rejects.toThrow(/only to the mentor/);
    }
    expect(await raw.as(claimsOf(third), (run) => moves(run, third))).toEqual([]);
    await expect(
      raw.as(claimsOf(otherMentor), (run) => sets(run, request, 'mentor_id', third.memberId)),
    ).rejects.toThrow(/only a mentor takes/);
    await expect(
      raw.as(former(otherMentor), (run) => sets(run, request, 'mentor_id', otherMentor.memberId)),
    ).rejects.toThrow(/only a mentor takes/);
  });

  test('books nobody twice, also when a session changes hands', async () => {
    const { mentor, otherMentor, otherStudent } = world;
    const startsAt = nextDay();
    const request = await offeredTo(otherMentor, await scheduled(world, { startsAt }));
    const other = await scheduled(world, {
      startsAt: after(startsAt, HOUR),
      of: { student: otherStudent, mentor },
    });
    await as(mentor).changeRequest(other.id, (before) =>
      offer(before, mentor, personOf(otherMentor), '', noon),
    );
    const take = ({ id }: Request) =>
      as(otherMentor).changeRequest(id, (before) => takeOver(before, otherMentor, noon, true, 'google-meet'));
    await Promise.all([take(request), take(other)]);
    const clash = await offeredTo(
      otherMentor,
      await scheduled(world, {
        startsAt: after(startsAt, 15 * MINUTE),
        of: { student: otherStudent, mentor },
      }),
    );
    await expect(take(clash)).rejects.toMatchObject({ code: 'time_taken' });
  });
});
