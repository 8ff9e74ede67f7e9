import type { CommunitySettings } from '../core/community.ts';
import type { Attention, Candidate, DeadNotice, Some } from '../core/coordination.ts';
import type { NoticeKind } from '../core/notices.ts';
import type { Actor } from '../core/people.ts';
import type { CoordinationStore } from '../core/ports.ts';
import type { Request } from '../core/request.ts';
import { after, type Instant } from '../core/time.ts';
import { topicsOf } from '../core/topics.ts';
import { loadPerson, loadRequests } from './aggregate.ts';
import { Prisma } from './generated/client.ts';
import { BROKEN } from './outbox.ts';
import { requestStore } from './requests.ts';
import { isId, type Transact, type Tx } from './transaction.ts';

/** How many of each are shown at once. */
const SHOWN = 2;
/** How many meetings are tried again at once. */
const AT_ONCE = 200;
/** How many mentors are looked through. */
const MENTORS = 500;

/**
 * What coordinators see and do. They read in their own name, as policies let them; a request they change as the bot
 * does, with their name in the audit log: the rules in the core say what they may.
 */
export const coordinationStore = (
  transact: Transact,
  actor: Actor,
  action: string,
  deed: string | null = null,
): CoordinationStore => ({
  attention: (settings, now) => transact(actor, (tx) => attention(tx, settings, now)),
  candidates: (request, now) => transact(actor, (tx) => candidates(tx, request, now)),
  mentor: (memberId) =>
    transact(actor, async (tx) => {
      if (!isId(memberId)) return null;
      const mentor = await tx.account.count({ where: { memberId, isMentor: true } });
      return mentor > 0 ? loadPerson(tx, memberId) : null;
    }),
  changeRequest: requestStore(transact, 'worker', action, deed, actor).changeRequest,
  tryAgain: (noticeId, now) =>
    transact(actor, async (tx) => {
      const { count } = await tx.notice.updateMany({
        where: { id: noticeId, state: 'DEAD' },
        data: { state: 'PENDING', dueAt: now, attempts: 0, finishedAt: null },
      });
      if (count === 0) return;
      const { communityId, memberId: actorId } = actor;
      await tx.auditEntry.createMany({
        data: { communityId, actorId, action, detail: { notice: noticeId } },
      });
    }),
  tryMeetingsAgain: (now) =>
    transact(actor, async (tx) => {
      const { communityId, memberId: actorId } = actor;
      const tried = await tx.$executeRaw`
        UPDATE notices SET state = 'PENDING', due_at = ${now}, attempts = 0, finished_at = NULL
        WHERE id IN (
          SELECT notices.id FROM notices JOIN mini_mentorship_sessions session ON ${brokenFor}
          WHERE session.starts_at > ${now} LIMIT ${AT_ONCE}
        )`;
      if (tried > 0)
        await tx.auditEntry.createMany({ data: { communityId, actorId, action, detail: { tried } } });
    }),
  numbers: (since, now) => transact(actor, (tx) => numbers(tx, since, now)),
});

/** What was given up because of the set-up; the link of a session that has one by now is no matter any more. */
const brokenFor = Prisma.sql`session.id = (notices.detail->>'sessionId')::uuid AND notices.state = 'DEAD'
  AND starts_with(notices.why, ${BROKEN}) AND (notices.kind <> 'meeting_wanted' OR session.meeting_link IS NULL)`;

async function attention(tx: Tx, { circle, claim }: CommunitySettings, now: Instant): Promise<Attention> {
  const ago = (ms: number) => after(now, -ms);
  return {
    waiting: await requests(
      tx,
      Prisma.sql`SELECT id, created_at AS since FROM mini_mentorship_requests
        WHERE status = 'OPEN' AND expires_at > ${now} AND created_at <= CASE urgency
          WHEN 'high' THEN ${ago(circle.high.coordinators)}::timestamptz
          WHEN 'low' THEN ${ago(circle.low.coordinators)}::timestamptz
          ELSE ${ago(circle.normal.coordinators)}::timestamptz END`,
    ),
    untimed: await requests(
      tx,
      Prisma.sql`SELECT id, claimed_at AS since FROM mini_mentorship_requests
        WHERE status = 'CLAIMED' AND claimed_at <= ${ago(claim.tellStudent)}
          AND (proposed_start IS NULL OR proposed_by_id = student_id OR proposed_start <= ${now})`,
    ),
    linkless: await requests(
      tx,
      Prisma.sql`SELECT request_id AS id, starts_at AS since FROM mini_mentorship_sessions
        WHERE status = 'SCHEDULED' AND starts_at > ${now} AND meeting_link IS NULL
          AND meeting_state IN ('NONE', 'FAILED')`,
    ),
    unreachable: await some(
      tx,
      Prisma.sql`SELECT member.name, count(*)::int AS notices, count(*) OVER ()::int AS total
        FROM notices JOIN members member ON member.id = member_id WHERE state = 'UNREACHABLE'
        GROUP BY member.id, member.name ORDER BY count(*) DESC, member.name LIMIT 5`,
      ({ name, notices }: { name: string; notices: number }) => ({ name, notices }),
    ),
    broken: await some(
      tx,
      Prisma.sql`SELECT substr(why, ${BROKEN.length + 1}::int) AS why, count(DISTINCT session.id)::int AS sessions,
          count(*) OVER ()::int AS total
        FROM notices JOIN mini_mentorship_sessions session ON ${brokenFor}
        WHERE session.starts_at > ${now} GROUP BY why ORDER BY max(finished_at) DESC LIMIT ${SHOWN}`,
      ({ why, sessions }: { why: string; sessions: number }) => ({ why, sessions }),
    ),
    dead: await some(
      tx,
      Prisma.sql`SELECT notices.id, kind, title, coalesce(why, '') AS why, count(*) OVER ()::int AS total
        FROM notices JOIN mini_mentorship_requests request ON request.id = request_id
        WHERE state = 'DEAD' AND NOT coalesce(starts_with(why, ${BROKEN}), false) ORDER BY finished_at DESC NULLS LAST LIMIT ${SHOWN}`,
      ({ id, kind, title, why }: { id: string; kind: string; title: string; why: string }): DeadNotice => ({
        id,
        kind: kind as NoticeKind,
        title,
        why,
      }),
    ),
  };
}

/** @param found ids of requests with the time by which the earliest come first */
async function requests(tx: Tx, found: Prisma.Sql): Promise<Some<Request>> {
  const ids = await some(
    tx,
    Prisma.sql`SELECT id, count(*) OVER ()::int AS total FROM (${found}) found ORDER BY since, id LIMIT ${SHOWN}`,
    ({ id }: { id: string }) => id,
  );
  return { items: await loadRequests(tx, ids.items), total: ids.total };
}

async function some<Row, T>(tx: Tx, sql: Prisma.Sql, item: (row: Row) => T): Promise<Some<T>> {
  const rows = await tx.$queryRaw<(Row & { total: number })[]>(sql);
  return { items: rows.map(item), total: rows[0]?.total ?? 0 };
}

/** Those first who know what it is about, and then those who hold least. */
async function candidates(tx: Tx, request: Request, now: Instant): Promise<Candidate[]> {
  const mentors = await tx.$queryRaw<Candidate[]>`
    SELECT member.id::text AS "memberId", name, topics, (
      SELECT count(*)::int FROM mini_mentorship_requests held
      WHERE held.mentor_id = member.id AND held.status IN ('CLAIMED', 'SCHEDULED')
    ) AS holds
    FROM members member
    WHERE member.id <> ${request.student.id}::uuid
      AND EXISTS (SELECT FROM accounts WHERE member_id = member.id AND is_mentor)
      AND NOT EXISTS (
        SELECT FROM mini_mentorship_availability_rules
        WHERE mentor_id = member.id AND paused AND (paused_until IS NULL OR paused_until > ${now})
      )
    ORDER BY holds, name, member.id LIMIT ${MENTORS}`;
  const known = mentors.map((mentor) => ({
    ...mentor,
    topics: topicsOf(request, mentor.topics),
  }));
  return known.sort((a, b) => Math.sign(b.topics.length) - Math.sign(a.topics.length));
}

async function numbers(tx: Tx, since: Instant, now: Instant): ReturnType<CoordinationStore['numbers']> {
  const [asked] = await tx.$queryRaw<[{ opened: number; claimed: number; within: number | null }]>`
    SELECT count(*)::int AS opened, count(claimed_at)::int AS claimed,
      (percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM claimed_at - created_at)) * 1000)::float8 AS within
    FROM mini_mentorship_requests WHERE created_at > ${since} AND created_at <= ${now}`;
  const [met] = await tx.$queryRaw<[{ held: number; missed: number; late: number; rating: number | null }]>`
    SELECT count(*) FILTER (WHERE outcome = 'HELD')::int AS held, count(*) FILTER (WHERE status = 'NO_SHOW')::int AS missed,
      count(*) FILTER (WHERE called_off_late)::int AS late,
      (SELECT avg(rating)::float8 FROM feedback JOIN mini_mentorship_sessions rated ON rated.id = session_id
        WHERE member_id = rated.student_id AND given_at > ${since} AND given_at <= ${now}) AS rating
    FROM mini_mentorship_sessions WHERE starts_at > ${since} AND starts_at <= ${now}`;
  return {
    since,
    opened: asked.opened,
    claimed: asked.claimed,
    claimedWithin: asked.within,
    held: met.held,
    missed: met.missed,
    calledOffLate: met.late,
    rating: met.rating,
  };
}
