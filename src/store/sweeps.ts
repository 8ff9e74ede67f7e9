import type { Sweeps } from '../core/ports.ts';
import { claimPromise } from '../core/promises.ts';
import { CLOSED_AFTER } from '../core/session.ts';
import { after, type Instant } from '../core/time.ts';
import { Prisma } from './generated/client.ts';
import type { Transact } from './transaction.ts';

/** What became due, over all communities. Somebody else may have done it meanwhile: the core decides again. */
export function sweeps(transact: Transact): Sweeps {
  return {
    toExpire: (now, limit) =>
      transact('worker', async (tx) =>
        ids(
          await tx.$queryRaw`SELECT id FROM mini_mentorship_requests
            WHERE status = 'OPEN' AND expires_at <= ${now} ORDER BY expires_at LIMIT ${limit}`,
        ),
      ),
    toFree: (now, limit) =>
      transact('worker', async (tx) =>
        ids(
          await tx.$queryRaw`SELECT id FROM mini_mentorship_requests
            WHERE held_until <= ${now} ORDER BY held_until LIMIT ${limit}`,
        ),
      ),
    toGiveBack: (now, limit) =>
      transact('worker', async (tx) =>
        ids(
          await tx.$queryRaw`SELECT request.id FROM mini_mentorship_requests request
            JOIN communities community ON community.id = request.community_id
            WHERE status = 'CLAIMED' AND claimed_at <= ${now}::timestamptz - ${waitOf('giveBack')}
              AND (proposed_start IS NULL OR proposed_by_id = student_id OR proposed_start <= ${now}
                OR claimed_at <= ${now}::timestamptz - ${waitOf('withProposal')})
            ORDER BY claimed_at LIMIT ${limit}`,
        ),
      ),
    toEnd: (now, limit) => endedBy(transact, now, limit, true),
    toClose: (now, limit) => endedBy(transact, after(now, -CLOSED_AFTER), limit, false),
  };
}

/** How long a claim has, as its community has set it; core/community.ts says in which form. */
const waitOf = (what: 'giveBack' | 'withProposal') =>
  Prisma.sql`coalesce((community.settings -> 'claim' ->> ${what})::bigint, ${claimPromise[what]}) * interval '1 millisecond'`;

const ids = (rows: { id: string }[]): string[] => rows.map(({ id }) => id);

/** Requests whose scheduled session's time was over at `end`; `unasked`: and nobody was asked how it went. */
const endedBy = (transact: Transact, end: Instant, limit: number, unasked: boolean): Promise<string[]> =>
  transact('worker', async (tx) =>
    ids(
      await tx.$queryRaw`SELECT request_id AS id FROM mini_mentorship_sessions
        WHERE status = 'SCHEDULED' AND starts_at <= ${end}
          AND starts_at + duration_minutes * interval '1 minute' <= ${end}
          AND (asked_at IS NULL OR NOT ${unasked})
        ORDER BY starts_at + duration_minutes * interval '1 minute' LIMIT ${limit}`,
    ),
  );
