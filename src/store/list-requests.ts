import type { Page, RequestQuery } from '../core/ports.ts';
import type { Request } from '../core/request.ts';
import { loadRequests } from './aggregate.ts';
import { Prisma } from './generated/client.ts';
import type { Tx } from './transaction.ts';

const orders: Record<RequestQuery['order'], Prisma.Sql> = {
  newest: Prisma.sql`created_at DESC, id DESC`,
  // What a mentor gave back has waited twice.
  urgent: Prisma.sql`given_back DESC, urgency DESC, created_at, id`,
  latest: Prisma.sql`starts_at DESC NULLS LAST, created_at DESC, id DESC`,
};

/** One page of what this transaction's identity may see. A page behind the last one is the last one. */
export async function listRequests(tx: Tx, query: RequestQuery): Promise<Page<Request>> {
  const { pageSize } = query;
  const [{ total, page, ids }] = await tx.$queryRaw<[{ total: number; page: number; ids: string[] }]>`
    WITH matching AS (
      SELECT id, created_at, urgency, released_by_id IS NOT NULL AS given_back, ${query.order === 'latest' ? start : Prisma.sql`NULL`} AS starts_at
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

function filter({ studentId, mentorId, statuses, withSession }: RequestQuery): Prisma.Sql {
  const conditions = [Prisma.sql`true`];
  if (studentId !== undefined) conditions.push(Prisma.sql`student_id = ${studentId}::uuid`);
  if (mentorId !== undefined) conditions.push(Prisma.sql`mentor_id = ${mentorId}::uuid`);
  if (statuses !== undefined)
    conditions.push(Prisma.sql`status = ANY (${statuses}::text[]::request_status[])`);
  if (withSession !== undefined) conditions.push(Prisma.sql`(${start} IS NOT NULL) = ${withSession}`);
  return Prisma.join(conditions, ' AND ');
}
