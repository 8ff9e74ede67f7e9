import type { Page, RequestQuery } from '../core/ports.ts';
import type { Request } from '../core/request.ts';
import { loadRequests } from './aggregate.ts';
import { Prisma } from './generated/client.ts';
import type { Tx } from './transaction.ts';

const orders: Record<RequestQuery['order'], Prisma.Sql> = {
  newest: Prisma.sql`created_at DESC, id DESC`,
  // What a mentor gave back has waited twice.
  urgent: Prisma.sql`fits DESC, given_back DESC, urgency DESC, created_at, id`,
  claimed: Prisma.sql`claimed_at, id`,
  latest: Prisma.sql`starts_at DESC NULLS LAST, created_at DESC, id DESC`,
  soonest: Prisma.sql`starts_at, created_at, id`,
};

/** One page of what this transaction's identity may see. A page behind the last one is the last one. */
export async function listRequests(tx: Tx, query: RequestQuery): Promise<Page<Request>> {
  const { pageSize } = query;
  const [{ total, page, ids }] = await tx.$queryRaw<[{ total: number; page: number; ids: string[] }]>`
    WITH matching AS (
      SELECT id, created_at, claimed_at, urgency, released_by_id IS NOT NULL AS given_back,
        ${query.order === 'latest' || query.order === 'soonest' ? start : Prisma.sql`NULL`} AS starts_at,
        ${fits(query.topics ?? [])} AS fits
      FROM mini_mentorship_requests request WHERE ${filter(query)}
    ), found AS (
      SELECT total, greatest(1, least(${query.page}, (total + ${pageSize} - 1) / ${pageSize})) AS page
      FROM (SELECT count(*)::int AS total FROM matching) counted
    )
    SELECT total, page, ARRAY(
      SELECT id::text FROM matching ORDER BY ${orders[query.order]} LIMIT ${pageSize} OFFSET (page - 1) * ${pageSize}
    ) AS ids FROM found`;
  return { items: await loadRequests(tx, ids), page, pages: Math.max(1, Math.ceil(total / pageSize)), total };
}

/** When the session starts that the request is read with; null when there is none. */
const start = Prisma.sql`(SELECT starts_at FROM mini_mentorship_sessions
  WHERE request_id = request.id AND status <> 'CANCELLED' ORDER BY created_at DESC LIMIT 1)`;

/** Whether it is about one of these topics, as the core reads it: whole words only. */
function fits(topics: readonly string[]): Prisma.Sql {
  if (topics.length === 0) return Prisma.sql`false`;
  const literally = topics.map((topic) => topic.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const words = `(^|[^[:alnum:]+#])(${literally.join('|')})($|[^[:alnum:]+#])`;
  return Prisma.sql`(tags && ${topics}::text[] OR lower(title) ~ ${words})`;
}

function filter(query: RequestQuery): Prisma.Sql {
  const { studentId, exceptStudentId, mentorId, partyId, statuses, withSession } = query;
  const conditions = [Prisma.sql`true`];
  if (studentId !== undefined) conditions.push(Prisma.sql`student_id = ${studentId}::uuid`);
  if (exceptStudentId !== undefined) conditions.push(Prisma.sql`student_id <> ${exceptStudentId}::uuid`);
  if (partyId !== undefined) conditions.push(Prisma.sql`${partyId}::uuid IN (student_id, mentor_id)`);
  if (mentorId !== undefined) conditions.push(Prisma.sql`mentor_id = ${mentorId}::uuid`);
  if (statuses !== undefined)
    conditions.push(Prisma.sql`status = ANY (${statuses}::text[]::request_status[])`);
  if (withSession !== undefined) conditions.push(Prisma.sql`(${start} IS NOT NULL) = ${withSession}`);
  return Prisma.join(conditions, ' AND ');
}
