import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { UserError } from '../../src/core/errors.ts';
import { meetingFailed } from '../../src/core/meeting-link.ts';
import { cancel, claim, expire, openRequest, type Request, release, renew } from '../../src/core/request.ts';
import { complete, join, rate, schedule, wrapUp } from '../../src/core/scheduling.ts';
import { DAY, HOUR, after as later, MINUTE } from '../../src/core/time.ts';
import { rowsOf, runOn } from '../support/database.ts';
import {
  claimed,
  makeWorld,
  noon,
  opened,
  requestOf,
  scheduled,
  telling,
  visitor,
  type World,
} from './world.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

const refusal = async (promise: Promise<unknown>): Promise<Pick<UserError, 'code' | 'detail'>> => {
  const error = await promise.then(
    () => new Error('was not refused'),
    (error: unknown) => error,
  );
  if (!(error instanceof UserError)) throw error;
  return { code: error.code, detail: error.detail };
};

const auditOf = (requestId: string) =>
  rowsOf(
    world.url,
    'SELECT actor_id, action, from_status, to_status, session_id FROM audit_log WHERE request_id = $1 ORDER BY id',
    [requestId],
  );

/** The versions of the cards in the channels, of which there are two. */
const cardVersions = async ({ id }: Request) =>
  (
    await rowsOf(world.url, `SELECT version FROM notices WHERE request_id = $1 AND kind = 'request_card'`, [
      id,
    ])
  ).map(({ version }) => version);

const asMentor = (action: string) => world.store.requestsAs(world.mentor, action);
const asStudent = (action: string) => world.store.requestsAs(world.student, action);

describe('createRequest', () => {
  test('keeps every field as it was given, and tells what was stored', async () => {
    const decided = openRequest(
      requestOf(world.student, { title: 'Ünïcode 🙂', urgency: 'high', durationMinutes: 45 }),
      noon,
    );
    const stored = await asStudent('createRequest').createRequest(decided);
    const accounts = [{ platform: 'slack', spaceId: 'T1', userId: 'U-Sam' }];
    const expected = {
      ...decided.request,
      student: { ...decided.request.student, accounts, reminders: null, meetingRoom: null },
    };
    expect(stored).toEqual(expected);
    expect(await asStudent('getRequestById').getRequest(stored.id)).toEqual(expected);
    expect(await auditOf(stored.id)).toEqual([
      {
        actor_id: world.student.memberId,
        action: 'createRequest',
        from_status: null,
        to_status: 'OPEN',
        session_id: null,
      },
    ]);
  });

  test('the same id again changes nothing and gives back the first', async () => {
    const request = requestOf(world.student);
    const create = (title: string) =>
      asStudent('createRequest').createRequest(openRequest({ ...request, title }, noon));
    const both = await Promise.all([create('One'), create('Two')]);
    expect(both[0]).toEqual(both[1]);
    expect((await create('Three')).title).toBe(both[0].title);
    expect(await auditOf(request.id)).toHaveLength(1);
    expect(await cardVersions(request)).toEqual([1, 1]);
  });

  test('an id that is somebody else’s shows nothing of theirs', async () => {
    const theirs = await opened(world);
    const decided = openRequest(requestOf(world.otherStudent, { id: theirs.id }), noon);
    expect(
      await refusal(world.store.requestsAs(world.otherStudent, 'createRequest').createRequest(decided)),
    ).toEqual({ code: 'request_not_found', detail: {} });
  });
});

describe('changeRequest', () => {
  test('a request travels from open to rated', async () => {
    const start = later(noon, DAY);
    const planned = await scheduled(world, { startsAt: start });
    const sessionId = planned.session?.id;
    const seen = await asStudent('getRequestById').getRequest(planned.id);
    expect(seen.status).toBe('SCHEDULED');
    expect(seen.session).toEqual(planned.session);
    expect(seen.mentor).toMatchObject({
      id: world.mentor.memberId,
      name: 'Mia',
      accounts: [{ userId: 'U-Mia' }],
    });
    expect(seen.claimedAt).toEqual(noon);

    const joinedAt = later(start, -5 * MINUTE);
    await asStudent('joinSession').changeRequest(planned.id, (request) =>
      join(request, world.student, joinedAt),
    );
    await asMentor('joinSession').changeRequest(planned.id, (request) => join(request, world.mentor, start));
    const ended = later(start, HOUR);
    await asMentor('completeSession').changeRequest(planned.id, (request) =>
      complete(request, world.mentor, ended),
    );
    await asMentor('submitSessionFeedback').changeRequest(planned.id, (request) =>
      wrapUp(request, world.mentor, 'well prepared', 'Read on', ended),
    );
    await asStudent('submitSessionFeedback').changeRequest(planned.id, (request) =>
      rate(request, world.student, { rating: 5, helped: 'yes', comment: 'great' }, ended),
    );
    const given = { sessionId, studentJoinedAt: joinedAt, mentorJoinedAt: start, outcome: 'HELD' };
    const asSeenBy = async (store = asStudent('x')) => (await store.getRequest(planned.id)).session;
    expect(await asSeenBy()).toMatchObject({
      id: given.sessionId,
      status: 'COMPLETED',
      outcome: 'HELD',
      studentJoinedAt: joinedAt,
      mentorJoinedAt: start,
      feedback: [
        { memberId: world.student.memberId, rating: 5, helped: 'yes', comment: 'great', givenAt: ended },
      ],
      followUp: 'Read on',
    });
    expect((await asSeenBy(asMentor('x')))?.feedback.map(({ comment }) => comment)).toEqual(
      expect.arrayContaining(['great', 'well prepared']),
    );
    expect((await asSeenBy(world.store.requestsAsWorker('x')))?.feedback).toHaveLength(2);
    expect((await auditOf(planned.id)).map((row) => [row.action, row.from_status, row.to_status])).toEqual([
      ['createRequest', null, 'OPEN'],
      ['claimRequest', 'OPEN', 'CLAIMED'],
      ['scheduleSession', 'CLAIMED', 'SCHEDULED'],
      ['joinSession', 'SCHEDULED', 'SCHEDULED'],
      ['joinSession', 'SCHEDULED', 'SCHEDULED'],
      ['completeSession', 'SCHEDULED', 'COMPLETED'],
      ['submitSessionFeedback', 'COMPLETED', 'COMPLETED'],
      ['submitSessionFeedback', 'COMPLETED', 'COMPLETED'],
    ]);
    expect(
      await refusal(
        asStudent('submitSessionFeedback').changeRequest(planned.id, (request) =>
          rate(request, world.student, { rating: 1, helped: null, comment: '' }, ended),
        ),
      ),
    ).toEqual({ code: 'feedback_already_given', detail: {} });
  });

  test('a refusal changes nothing', async () => {
    const request = await opened(world);
    expect(
      await refusal(
        world.store
          .requestsAs(world.mentor, 'claimRequest')
          .changeRequest(request.id, (r) => claim(r, { ...world.mentor, isMentor: false }, noon)),
      ),
    ).toMatchObject({ code: 'mentors_only' });
    expect(await auditOf(request.id)).toHaveLength(1);
  });

  test('null means nothing to do', async () => {
    const request = await opened(world);
    expect(await world.store.requestsAsWorker('expire').changeRequest(request.id, () => null)).toEqual(
      request,
    );
    expect(await auditOf(request.id)).toHaveLength(1);
  });

  test('the clock acts without an actor', async () => {
    const request = await opened(world);
    const late = request.expiresAt;
    await world.store.requestsAsWorker('expire').changeRequest(request.id, (r) => expire(r, late));
    expect((await auditOf(request.id)).at(-1)).toMatchObject({
      actor_id: null,
      action: 'expire',
      to_status: 'EXPIRED',
    });
    const again = await asStudent('renewRequest').changeRequest(request.id, (r) =>
      renew(r, world.student, late),
    );
    expect(again.status).toBe('OPEN');
  });

  test('the student cancels what was scheduled; from then on it is read without the session', async () => {
    const planned = await scheduled(world);
    const cancelled = await asStudent('cancelRequest').changeRequest(planned.id, (request) =>
      cancel(request, world.student, noon),
    );
    expect(cancelled.session?.status).toBe('CANCELLED');
    const read = await asMentor('x').getRequest(planned.id);
    expect([read.status, read.session]).toEqual(['CANCELLED', null]);
  });

  test('a released request can be claimed and scheduled by another', async () => {
    const planned = await scheduled(world);
    const released = await asMentor('releaseRequest').changeRequest(planned.id, (request) =>
      release(request, world.mentor, noon),
    );
    expect(released).toMatchObject({ status: 'OPEN', mentor: null, session: { status: 'CANCELLED' } });
    const asOther = world.store.requestsAs(world.otherMentor, 'claimRequest');
    await asOther.changeRequest(planned.id, (request) => claim(request, world.otherMentor, noon));
    expect(await refusal(asMentor('x').getRequest(planned.id))).toMatchObject({ code: 'request_not_found' });
    expect((await asOther.getRequest(planned.id)).session).toBeNull();
  });

  test('who is a mentor no longer still holds the claims, and can give them back', async () => {
    const request = await claimed(world);
    const former = { ...world.mentor, isMentor: false };
    const store = world.store.requestsAs(former, 'releaseRequest');
    expect((await store.getRequest(request.id)).status).toBe('CLAIMED');
    const released = await store.changeRequest(request.id, (r) => release(r, former, noon));
    expect(released.status).toBe('OPEN');
    expect(await refusal(store.changeRequest(request.id, (r) => claim(r, former, noon)))).toMatchObject({
      code: 'mentors_only',
    });
    await world.store
      .requestsAs(world.otherMentor, 'claimRequest')
      .changeRequest(request.id, (r) => claim(r, world.otherMentor, noon));
    expect(await refusal(store.getRequest(request.id))).toMatchObject({ code: 'request_not_found' });
  });

  test.each(['nonsense', randomUUID()])('there is no request %s', async (id) => {
    const missing = { code: 'request_not_found', detail: {} };
    expect(await refusal(asMentor('x').getRequest(id))).toEqual(missing);
    expect(await refusal(asMentor('x').changeRequest(id, () => null))).toEqual(missing);
    expect(await refusal(world.store.requestsAsWorker('x').changeRequest(id, () => null))).toEqual(missing);
  });

  test('another community finds nothing, not even by claiming', async () => {
    const request = await claimed(world);
    const theirs = world.store.requestsAs(world.stranger, 'claimRequest');
    expect(await refusal(theirs.getRequest(request.id))).toMatchObject({ code: 'request_not_found' });
    expect(
      await refusal(theirs.changeRequest(request.id, (r) => claim(r, world.stranger, noon))),
    ).toMatchObject({ code: 'request_not_found' });
  });

  test('late mentors hear who holds it, or that it is closed', async () => {
    const other = world.store.requestsAs(world.otherMentor, 'claimRequest');
    const tryIt = (id: string) => refusal(other.changeRequest(id, (r) => claim(r, world.otherMentor, noon)));
    expect(await tryIt((await claimed(world)).id)).toEqual({
      code: 'request_already_claimed',
      detail: { by: 'Mia' },
    });
    const gone = await opened(world);
    await asStudent('cancelRequest').changeRequest(gone.id, (r) => cancel(r, world.student, noon));
    expect(await tryIt(gone.id)).toEqual({ code: 'request_not_open', detail: { status: 'CANCELLED' } });
  });

  test('a failing notice takes the change and its audit entry back', async () => {
    const request = await opened(world);
    const { notices } = openRequest(request, noon);
    const broken = notices.map((notice) => ({ ...notice, key: 'another', requestId: randomUUID() }));
    await expect(
      asStudent('cancelRequest').changeRequest(request.id, (r) => ({
        ...cancel(r, world.student, noon),
        notices: [...notices, ...broken],
      })),
    ).rejects.toThrow();
    expect((await asStudent('x').getRequest(request.id)).status).toBe('OPEN');
    expect(await auditOf(request.id)).toHaveLength(1);
    expect(await cardVersions(request)).toEqual([1, 1]);
  });

  test('a failing audit entry takes everything back', async () => {
    const request = await opened(world);
    await runOn(
      world.url,
      `ALTER TABLE audit_log ADD CONSTRAINT broken CHECK (action <> 'claimRequest') NOT VALID`,
    );
    try {
      await expect(
        asMentor('claimRequest').changeRequest(request.id, (r) => claim(r, world.mentor, noon)),
      ).rejects.toThrow(/broken/);
    } finally {
      await runOn(world.url, 'ALTER TABLE audit_log DROP CONSTRAINT broken');
    }
    expect((await asStudent('x').getRequest(request.id)).status).toBe('OPEN');
    expect(await cardVersions(request)).toEqual([1, 1]);
  });

  test('an unexpected error of the decision passes through', async () => {
    const request = await opened(world);
    await expect(
      asStudent('x').changeRequest(request.id, () => {
        throw new RangeError('odd');
      }),
    ).rejects.toThrow(new RangeError('odd'));
  });

  test('a worker’s change reaches the session', async () => {
    const planned = await scheduled(world);
    await world.store
      .requestsAsWorker('meetingFailed')
      .changeRequest(planned.id, (request) => meetingFailed(request, planned.session?.id ?? '', noon));
    expect((await asMentor('x').getRequest(planned.id)).session?.meetingState).toBe('FAILED');
  });
});

describe('one claim wins', () => {
  test('200 mentors at once: one winner, 199 told who it is', async () => {
    const mentors = await Promise.all(
      Array.from({ length: 200 }, (_, index) => visitor(world.store, 'T1', `Mentor ${index}`, true)),
    );
    const request = await opened(world);
    const results = await Promise.allSettled(
      mentors.map((mentor) =>
        world.store
          .requestsAs(mentor, 'claimRequest')
          .changeRequest(request.id, (r) => claim(r, mentor, noon)),
      ),
    );
    const winners = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    expect(winners).toHaveLength(1);
    const by = winners[0]?.mentor?.name;
    const losers = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    expect(losers).toHaveLength(199);
    for (const error of losers)
      expect(error).toMatchObject({ code: 'request_already_claimed', detail: { by } });
    expect((await auditOf(request.id)).map(({ action }) => action)).toEqual([
      'createRequest',
      'claimRequest',
    ]);
    expect(
      await rowsOf(world.url, `SELECT version FROM notices WHERE request_id = $1 AND kind = 'request_card'`, [
        request.id,
      ]),
    ).toEqual([{ version: 2 }, { version: 2 }]);
  });

  test('two that change one request see each other’s work', async () => {
    const request = await opened(world);
    const rename = (store = asStudent('rename')) =>
      store.changeRequest(request.id, (r) => telling({ ...r, title: `${r.title}!` }));
    await Promise.all(Array.from({ length: 20 }, () => rename()));
    expect((await asStudent('x').getRequest(request.id)).title).toBe(`${request.title}${'!'.repeat(20)}`);
  });

  test('while one waits for the lock, a session that the other made is seen', async () => {
    const request = await claimed(world);
    const seen: Request[] = [];
    const plan = () =>
      asMentor('scheduleSession').changeRequest(request.id, (r) => {
        seen.push(r);
        return schedule(r, world.mentor, later(noon, DAY), noon, randomUUID(), 'google-meet');
      });
    const results = await Promise.allSettled([plan(), plan(), plan(), plan()]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results) {
      if (result.status === 'rejected')
        expect(result.reason).toMatchObject({ code: 'request_already_scheduled' });
    }
    expect(seen.filter((r) => r.session)).toHaveLength(3);
  });
});
