import { createHash, randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { UserError } from '../../src/core/errors.ts';
import type { Actor } from '../../src/core/people.ts';
import type { Meeting, MeetingProvider } from '../../src/core/ports.ts';
import { expire } from '../../src/core/request.ts';
import { after, DAY, HOUR, type Instant, MINUTE } from '../../src/core/time.ts';
import { runUseCase, type UseCase } from '../../src/core/use-case.ts';
import { acceptTime } from '../../src/core/use-cases/accept-time.ts';
import { cancelRequest } from '../../src/core/use-cases/cancel-request.ts';
import { claimRequest } from '../../src/core/use-cases/claim-request.ts';
import { createLog } from '../../src/log.ts';
import { openMeetingProviders } from '../../src/meetings/index.ts';
import type { Platform } from '../../src/platforms/platform.ts';
import type { LeasedNotice, Store } from '../../src/store/store.ts';
import { createCourier } from '../../src/worker/courier.ts';
import { makeWorld, noon, type World } from '../store/world.ts';

// A thousand rounds of each race, on a real database. Who wins is the machine's to say; that each round ends in one
// coherent way is ours.

const ROUNDS = 1_000;
const AT_ONCE = 8;
const now = after(noon, DAY);

let world: World;
let sql: pg.Client;
beforeAll(async () => {
  world = await makeWorld();
  sql = new pg.Client({ connectionString: world.url });
  await sql.connect();
  await sql.query(`UPDATE spaces SET mentors_channel = ''`);
});
afterAll(async () => {
  await sql.end();
  await world.close();
});

/** What one of the two does, through the use-case and in their name. */
const does = (who: Actor, verb: unknown, input: Record<string, unknown>, at: Instant): Promise<unknown> =>
  runUseCase(
    verb as UseCase,
    { store: world.store.requestsAs(who, 'x'), actor: who, clock: { now: () => at }, newId: 'x' } as never,
    input,
  );

const inBatches = async <T>(all: readonly T[], act: (one: T, index: number) => Promise<unknown>) => {
  for (let from = 0; from < all.length; from += AT_ONCE) {
    await Promise.all(all.slice(from, from + AT_ONCE).map((one, i) => act(one, from + i)));
  }
};

interface Round {
  id: string;
  sessionId: string;
  student: Actor;
  mentor: Actor;
}

/** So many requests, each of a student and a mentor of its own, made in a few statements. */
async function makeRounds(status: 'OPEN' | 'CLAIMED' | 'SCHEDULED', expiresAt: Instant): Promise<Round[]> {
  const { communityId } = world.student;
  const somebody = (isMentor: boolean): Actor => ({
    ...(isMentor ? world.mentor : world.student),
    memberId: randomUUID(),
    name: isMentor ? 'A mentor' : 'A student',
  });
  const rounds = Array.from({ length: ROUNDS }, () => ({
    id: randomUUID(),
    sessionId: randomUUID(),
    student: somebody(false),
    mentor: somebody(true),
  }));
  const students = rounds.map(({ student }) => student.memberId);
  const mentors = rounds.map(({ mentor }) => mentor.memberId);
  // Mentors want no reminders, so that each round has one.
  await sql.query(
    `INSERT INTO members (id, community_id, name, reminders)
      SELECT id, $1::uuid, name, reminders FROM unnest($2::uuid[]) AS id, (VALUES ('A student', NULL::jsonb)) AS s (name, reminders)
      UNION ALL SELECT id, $1::uuid, 'A mentor', '[]'::jsonb FROM unnest($3::uuid[]) AS id`,
    [communityId, students, mentors],
  );
  await sql.query(
    `INSERT INTO accounts (community_id, member_id, space_id, user_id, is_mentor, last_seen_at)
      SELECT $1::uuid, id, (SELECT id FROM spaces WHERE external_id = 'T1'), id::text, false, $3::timestamptz FROM unnest($2::uuid[]) AS id`,
    [communityId, [...students, ...mentors], noon],
  );
  await sql.query(
    `INSERT INTO mini_mentorship_requests (id, community_id, student_id, title, session_type, description,
        duration_minutes, urgency, preferred_times, tags, status, mentor_id, claimed_at, expires_at, created_at)
      SELECT id, $1::uuid, student_id, 'A race', 'debugging', 'Who wins?', 30, 'normal', '[]', '{}', $2::request_status,
        CASE WHEN $2::text <> 'OPEN' THEN mentor_id END, CASE WHEN $2::text <> 'OPEN' THEN $3::timestamptz END,
        $4::timestamptz, $3::timestamptz
      FROM unnest($5::uuid[], $6::uuid[], $7::uuid[]) AS given (id, student_id, mentor_id)`,
    [communityId, status, noon, expiresAt, rounds.map(({ id }) => id), students, mentors],
  );
  return rounds;
}

async function planSessions(rounds: readonly Round[], startsAt: Instant, meeting: 'NONE' | 'WANTED') {
  await sql.query(
    `INSERT INTO mini_mentorship_sessions (id, community_id, request_id, mentor_id, student_id, starts_at,
        duration_minutes, meeting_state)
      SELECT id, $1::uuid, request_id, mentor_id, student_id, $2::timestamptz, 30, $3::meeting_state
      FROM unnest($4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[]) AS given (id, request_id, mentor_id, student_id)`,
    [
      world.student.communityId,
      startsAt,
      meeting,
      rounds.map(({ sessionId }) => sessionId),
      rounds.map(({ id }) => id),
      rounds.map(({ mentor }) => mentor.memberId),
      rounds.map(({ student }) => student.memberId),
    ],
  );
}

/** One notice for each round, due now. @param key of it, with `$` in place of the session */
async function putNotices(
  rounds: readonly Round[],
  kind: string,
  key: string,
  detail: object,
  toStudent: boolean,
) {
  await sql.query(
    `INSERT INTO notices (community_id, key, kind, recipient, member_id, mode, request_id, session_id, due_at, detail)
      SELECT $1::uuid, replace(replace($2::text, '$', session_id::text), '@', student_id::text), $3::text, $4::recipient,
        CASE WHEN $4::text = 'member' THEN student_id END, 'once', request_id, session_id, $5::timestamptz,
        $6::jsonb || jsonb_build_object('sessionId', session_id)
      FROM unnest($7::uuid[], $8::uuid[], $9::uuid[]) AS given (request_id, session_id, student_id)`,
    [
      world.student.communityId,
      key,
      kind,
      toStudent ? 'member' : 'meetings',
      now,
      JSON.stringify(detail),
      rounds.map(({ id }) => id),
      rounds.map(({ sessionId }) => sessionId),
      rounds.map(({ student }) => student.memberId),
    ],
  );
}

/** How rounds ended, as rows of words and how often each came. */
const endings = async (rounds: readonly Round[], query: string): Promise<Record<string, number>> => {
  const { rows } = await sql.query<{ ending: string; n: number }>(
    `SELECT ending, count(*)::int AS n FROM (${query}) AS endings GROUP BY 1`,
    [rounds.map(({ id }) => id)],
  );
  return Object.fromEntries(rows.map(({ ending, n }) => [ending, n]));
};

/** Notices of a request by kind and state, but for those that each change of it brings. */
const noticesOf = (
  kinds: string,
) => `(SELECT string_agg(kind || ' ' || state || ' ' || n, ', ' ORDER BY kind, state)
  FROM (SELECT kind, state::text, count(*) AS n FROM notices
    WHERE request_id = request.id AND kind IN (${kinds}) GROUP BY 1, 2) AS kinds)`;

test('a claim that races the expiry: claimed and nothing is said of an expiry, or expired and the mentor is told', async () => {
  const expiresAt = after(now, HOUR);
  const rounds = await makeRounds('OPEN', expiresAt);
  const refusals: Record<string, number> = {};
  const claimed = new Set<string>();
  await inBatches(rounds, async ({ id, mentor }, i) => {
    const claims = async () => {
      try {
        // Pressed at the last moment.
        await does(mentor, claimRequest, { requestId: id }, after(expiresAt, -1));
        claimed.add(id);
      } catch (error) {
        const { code, detail } = error as UserError<'request_not_open'>;
        refusals[`${code} ${detail?.status}`] = (refusals[`${code} ${detail?.status}`] ?? 0) + 1;
      }
    };
    const expires = () =>
      world.store
        .requestsAsWorker('expireRequests')
        .changeRequest(id, (request) => expire(request, expiresAt));
    await Promise.all((i % 2 ? [claims, expires] : [expires, claims]).map((act) => act()));
  });
  const won = claimed.size;
  expect(won).toBeGreaterThan(0);
  expect(won).toBeLessThan(ROUNDS);
  expect(refusals).toEqual({ 'request_not_open EXPIRED': ROUNDS - won });
  const told = noticesOf(`'request_claimed', 'request_expired', 'claim_nudge'`);
  const deeds = `(SELECT string_agg(to_status::text, ' ') FROM audit_log WHERE request_id = request.id)`;
  expect(
    await endings(
      rounds,
      `SELECT concat_ws(', ', status::text, (mentor_id IS NOT NULL)::text, ${deeds}, ${told}) AS ending
        FROM mini_mentorship_requests request WHERE id = ANY ($1)`,
    ),
  ).toEqual({
    'CLAIMED, true, CLAIMED, claim_nudge PENDING 1, request_claimed PENDING 1': won,
    'EXPIRED, false, EXPIRED, request_expired PENDING 1': ROUNDS - won,
  });
}, 180_000);

/** The same as the courier's: by it a platform knows which notice it was given. */
const deliveryOf = ({ id }: LeasedNotice): string =>
  createHash('sha256').update(`${id} `).digest('base64url').slice(0, 25);

const silent: Omit<Platform, 'post'> = {
  name: 'slack',
  start: async () => {},
  stop: async () => {},
  waitsFor: () => null,
  look: async () => null,
  health: () => 'up',
  rooms: null,
  update: async () => {},
};

test('a move that races a reminder: none leaves for the old time once it is known to have moved, and one waits for the new', async () => {
  const [startsAt, movedTo] = [after(now, 15 * MINUTE), after(now, 2 * DAY)];
  const rounds = await makeRounds('SCHEDULED', after(now, DAY));
  await planSessions(rounds, startsAt, 'NONE');
  await sql.query(
    `UPDATE mini_mentorship_requests SET proposed_start = $1, proposed_by_id = student_id, proposed_reason = ''
      WHERE id = ANY ($2)`,
    [movedTo, rounds.map(({ id }) => id)],
  );
  await putNotices(rounds, 'session_reminder', 'session_reminder:$:0:15m:@', { reminder: '15m' }, true);

  // Each round's move begins at another moment of its reminder's way.
  const moments = ['before', 'taken', 'asked', 'read', 'put', 'done'] as const;
  const momentOf = new Map(rounds.map(({ id }, i) => [id, moments[i % moments.length]]));
  const roundOf = new Map(rounds.map((round) => [round.id, round]));
  const moves: Promise<unknown>[] = [];
  /** In which order things were done: what was asked for after a move had committed must know of it. */
  let order = 0;
  const movedBy = new Map<string, number>();
  const askedAt = new Map<string, number>();
  const posted = new Map<string, Instant[]>();
  const reaches = (requestId: string, moment: (typeof moments)[number]): void => {
    const round = roundOf.get(requestId);
    if (!round || momentOf.get(requestId) !== moment) return;
    momentOf.delete(requestId);
    const accepts = does(
      round.mentor,
      acceptTime,
      { requestId, startsAt: movedTo.toISOString() },
      // What follows from the move is not the courier's to deliver here.
      after(now, 1),
    );
    moves.push(accepts.then(() => movedBy.set(requestId, ++order)));
  };
  const requestOf = new Map<string, string>();
  const store: Store = {
    ...world.store,
    outbox: {
      ...world.store.outbox,
      lease: async (...given) => {
        const leased = await world.store.outbox.lease(...given);
        for (const notice of leased) {
          requestOf.set(deliveryOf(notice), notice.requestId);
          reaches(notice.requestId, 'taken');
        }
        return leased;
      },
      subject: async (notice) => {
        askedAt.set(notice.requestId, ++order);
        reaches(notice.requestId, 'asked');
        const request = await world.store.outbox.subject(notice);
        reaches(notice.requestId, 'read');
        return request;
      },
      finish: async (notice, ...given) => {
        await world.store.outbox.finish(notice, ...given);
        reaches(notice.requestId, 'done');
      },
    },
  };
  const platform: Platform = {
    ...silent,
    post: async (address, card, { id }) => {
      const requestId = requestOf.get(id) ?? '';
      const [, start = ''] = /"at":"([^"]+)","style":"relative"/.exec(JSON.stringify(card)) ?? [];
      posted.set(requestId, [...(posted.get(requestId) ?? []), new Date(start)]);
      reaches(requestId, 'put');
      return { platform: 'slack', spaceId: address.spaceId, channelId: 'D', messageId: id };
    },
  };
  const courier = createCourier({
    store,
    platforms: [platform],
    meetings: openMeetingProviders({ provider: 'manual' }, []),
    language: 'en',
    clock: { now: () => now },
    log: createLog('silent'),
    quietHours: false,
  });
  for (const { id } of rounds) reaches(id, 'before');
  await courier.deliverDue();
  await courier.stop(0);
  for (const moment of moments) for (const { id } of rounds) reaches(id, moment);
  await Promise.all(moves);

  expect(movedBy.size).toBe(ROUNDS);
  expect(posted.size).toBeGreaterThan(0);
  expect(posted.size).toBeLessThan(ROUNDS);
  for (const [id, starts] of posted) {
    expect(starts).toEqual([startsAt]);
    expect(askedAt.get(id)).toBeLessThan(movedBy.get(id) ?? 0);
  }
  const iso = (time: string) => `to_char(${time} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
  const reminders = `(SELECT string_agg(state || ' ' || ${iso('due_at')}, ', ' ORDER BY due_at) FROM notices
    WHERE request_id = request.id AND kind = 'session_reminder')`;
  const ended = await endings(
    rounds,
    `SELECT concat_ws(', ', ${iso('session.starts_at')}, ${reminders},
        ${noticesOf(`'session_moved'`)}) AS ending
      FROM mini_mentorship_requests request JOIN mini_mentorship_sessions session ON session.request_id = request.id
      WHERE request.id = ANY ($1)`,
  );
  const ending = (old: string) => {
    const due = (ms: number) => `PENDING ${after(movedTo, -ms).toISOString()}`;
    return `${movedTo.toISOString()}, ${old} ${now.toISOString()}, ${due(DAY)}, ${due(15 * MINUTE)}, session_moved PENDING 2`;
  };
  expect(ended).toEqual({
    [ending('SENT')]: posted.size,
    [ending('WITHDRAWN')]: ROUNDS - posted.size,
  });
}, 180_000);

test('a cancellation that races the making of the meeting: none remains at the provider, and no link is shown', async () => {
  const rounds = await makeRounds('SCHEDULED', after(now, DAY));
  await planSessions(rounds, after(now, 2 * DAY), 'WANTED');
  await putNotices(rounds, 'meeting_wanted', 'meeting_wanted:$:0', {}, false);

  const moments = ['before', 'taken', 'asked to make it', 'made', 'linked'] as const;
  const momentOf = new Map(rounds.map(({ id }, i) => [id, moments[i % moments.length]]));
  const roundOf = new Map(
    rounds.flatMap((round) => [round.id, round.sessionId].map((id) => [id, round] as const)),
  );
  let at = now;
  const cancellations: Promise<unknown>[] = [];
  const reaches = (id: string, moment: (typeof moments)[number]): Promise<unknown> | undefined => {
    const round = roundOf.get(id);
    if (!round || momentOf.get(round.id) !== moment) return undefined;
    momentOf.delete(round.id);
    const cancels = does(round.student, cancelRequest, { requestId: round.id }, now);
    cancellations.push(cancels);
    return cancels;
  };

  /** By session; what a provider keeps. */
  const meetings = new Map<string, string>();
  /** Here the courier dies once the meeting is made, after it was found that there is none to take away. Few enough to leave others room. */
  const dying = new Set(
    rounds
      .filter((_, i) => i % 250 === moments.indexOf('asked to make it'))
      .map(({ sessionId }) => sessionId),
  );
  const looked = new Map<string, () => void>();
  let made = 0;
  let slow = 0;
  const provider: MeetingProvider = {
    name: 'a provider',
    create: async ({ sessionId }): Promise<Meeting> => {
      const cancelled = reaches(sessionId, 'asked to make it');
      // Every other time it takes so long that all is over meanwhile.
      if (cancelled) slow += 1;
      if (dying.has(sessionId)) {
        // As the database wakes it in earnest.
        void cancelled?.then(() => courier.deliverDue());
        await new Promise<void>((resolve) => looked.set(sessionId, resolve));
      }
      if (slow % 2) await cancelled;
      meetings.set(sessionId, `event ${sessionId}`);
      made += 1;
      if (dying.has(sessionId)) throw new Error('killed');
      void reaches(sessionId, 'made');
      return { state: 'ready', link: `https://meet.example/${sessionId}`, eventId: `event ${sessionId}` };
    },
    cancel: async ({ sessionId }) => {
      meetings.delete(sessionId);
      looked.get(sessionId)?.();
    },
    check: async () => {},
  };
  const store: Store = {
    ...world.store,
    outbox: {
      ...world.store.outbox,
      // What people are told is not looked at here, and left where it is.
      lease: async (until, free, leaseMs) => {
        const leased = await world.store.outbox.lease(until, { ...free, slack: 0 }, leaseMs);
        for (const { requestId } of leased) void reaches(requestId, 'taken');
        return leased;
      },
      finish: async (notice, ...given) => {
        await world.store.outbox.finish(notice, ...given);
        void reaches(notice.requestId, 'linked');
      },
    },
  };
  const courier = createCourier({
    store,
    platforms: [{ ...silent, post: () => Promise.reject(new Error('nobody is told here')) }],
    meetings: { preset: provider.name, names: [provider.name], named: () => provider },
    language: 'en',
    clock: { now: () => at },
    log: createLog('silent'),
  });
  for (const { id } of rounds) void reaches(id, 'before');
  await courier.deliverDue();
  for (const moment of moments) for (const { id } of rounds) void reaches(id, moment);
  await Promise.all(cancellations);
  await courier.deliverDue();
  expect(meetings.size).toBeGreaterThan(0);
  at = after(now, 5 * MINUTE);
  await courier.deliverDue();
  await courier.stop(0);

  expect(cancellations).toHaveLength(ROUNDS);
  expect(meetings.size).toBe(0);
  expect(made).toBeGreaterThan(0);
  expect(made).toBeLessThan(ROUNDS);
  const ended = await endings(
    rounds,
    `SELECT concat_ws(', ', request.status::text, session.status::text, ${noticesOf(`'meeting_unwanted'`)}) AS ending
      FROM mini_mentorship_requests request JOIN mini_mentorship_sessions session ON session.request_id = request.id
      WHERE request.id = ANY ($1)`,
  );
  expect(ended).toEqual({ 'CANCELLED, CANCELLED, meeting_unwanted SENT 1': ROUNDS });
}, 180_000);
