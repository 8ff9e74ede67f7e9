import type { Language } from '../core/language.ts';
import type { Notice, NoticeKind } from '../core/notices.ts';
import type { Request } from '../core/request.ts';
import type { Instant } from '../core/time.ts';
import { loadRequest, loadSession } from './aggregate.ts';
import { Prisma } from './generated/client.ts';
import type { NoticeState } from './generated/enums.ts';
import { showCoordinators } from './homes.ts';
import type { Delivered, Free, LeasedNotice, Outbox, Post } from './store.ts';
import { DEED } from './tell.ts';
import type { Transact, Tx } from './transaction.ts';

/** The outbox as its courier uses it; `listen` is the other half of {@link Outbox.onWake}. */
export function outbox(transact: Transact, listen: Outbox['onWake']): Outbox {
  return {
    renew: (ids, leaseMs) =>
      transact('worker', async (tx) => {
        await tx.$executeRaw`
          UPDATE notices SET leased_until = clock_timestamp() + ${leaseMs} * interval '1 millisecond'
          WHERE id = ANY (${ids}::text[]::uuid[]) AND state = 'PENDING' AND leased_until IS NOT NULL`;
      }),
    lease: (now, free, leaseMs) => transact('worker', (tx) => lease(tx, now, free, leaseMs)),
    finish: (notice, how, now) => transact('worker', (tx) => finish(tx, notice, how, now)),
    onWake: listen,
    depth: (now) => transact('worker', (tx) => depth(tx, now)),
    takeUnreachable: (memberId, limit) =>
      transact('worker', async (tx) => {
        const rows = await tx.$queryRaw<NoticeRow[]>`
          WITH missed AS (
            SELECT id FROM notices WHERE member_id = ${memberId}::uuid AND state = 'UNREACHABLE'
            ORDER BY due_at LIMIT ${limit} FOR UPDATE SKIP LOCKED
          )
          UPDATE notices SET state = 'SENT' WHERE id IN (SELECT id FROM missed)
          RETURNING key, kind, recipient::text, member_id, mode::text, request_id, session_id, due_at, detail`;
        return rows.sort((a, b) => a.due_at.getTime() - b.due_at.getTime()).map(toNotice);
      }),
    subject: (notice) => transact('worker', (tx) => subject(tx, notice)),
  };
}

interface NoticeRow {
  key: string;
  kind: string;
  recipient: Notice['recipient']['to'];
  member_id: string | null;
  mode: Notice['mode'];
  /** Null for a Home. */
  request_id: string | null;
  session_id: string | null;
  due_at: Instant;
  detail: Record<string, string>;
}

interface LeasedRow extends NoticeRow {
  id: string;
  lane: string;
  why: string | null;
  version: number;
  attempts: number;
  platform: string | null;
  external_id: string | null;
  space_name: string | null;
  mentors_channel: string | null;
  coordinators_channel: string | null;
  language: Language | null;
  time_zone: string | null;
  sessions_channel: string | null;
  bare: boolean;
}

const toNotice = ({ detail: { [DEED]: _, ...detail }, ...row }: NoticeRow): Notice => ({
  kind: row.kind as NoticeKind,
  recipient:
    row.recipient === 'member' ? { to: 'member', memberId: row.member_id ?? '' } : { to: row.recipient },
  key: row.key,
  mode: row.mode,
  requestId: row.request_id ?? '',
  sessionId: row.session_id,
  dueAt: row.due_at,
  detail,
});

const toLeased = (row: LeasedRow, { post, kept }: Stands): LeasedNotice => ({
  ...toNotice(row),
  id: row.id,
  lane: row.lane,
  heldBack: row.why === QUIET,
  version: row.version,
  attempts: row.attempts,
  deed: row.detail[DEED] ?? null,
  space:
    row.external_id === null
      ? null
      : {
          platform: row.platform ?? '',
          spaceId: row.external_id,
          name: row.space_name ?? '',
          mentorsChannel: row.mentors_channel ?? '',
          coordinatorsChannel: row.coordinators_channel ?? '',
          sessionsChannel: row.sessions_channel ?? '',
        },
  reader: row.member_id === null ? null : { language: row.language, timeZone: row.time_zone },
  post,
  bare: row.bare,
  kept,
});

/** Where a card is, and what of it is kept. */
type Stands = Pick<LeasedNotice, 'post' | 'kept'>;

/** What has no platform, or one that is not among those with a lane, goes on this one. */
const REST = 'rest';

/** The platform on which a notice most likely goes: where it stands already, its channel's, or where its member was last. */
const platformOf = Prisma.sql`CASE notice.recipient
  WHEN 'member' THEN coalesce(
    (SELECT platform FROM posts WHERE notice_key = notice.key),
    (SELECT space.platform FROM accounts JOIN spaces space ON space.id = accounts.space_id
      WHERE accounts.member_id = notice.member_id ORDER BY accounts.last_seen_at DESC LIMIT 1))
  WHEN 'home' THEN (SELECT space.platform FROM accounts JOIN spaces space ON space.id = accounts.space_id
    WHERE accounts.id = (notice.detail->>'account')::uuid)
  ELSE (SELECT platform FROM spaces WHERE id = notice.space_id) END`;

async function lease(tx: Tx, now: Instant, free: Free, leaseMs: number): Promise<LeasedNotice[]> {
  const lanes = Object.keys(free);
  const rows = await tx.$queryRaw<LeasedRow[]>`
    WITH lanes AS (
      SELECT lane, free FROM unnest(${lanes}::text[], ${Object.values(free)}::int[]) AS given (lane, free) WHERE free > 0
    ), due AS (
      SELECT picked.id, lanes.lane FROM lanes CROSS JOIN LATERAL (
        SELECT notice.id FROM notices notice
        WHERE state = 'PENDING' AND due_at <= ${now}
          AND (leased_until IS NULL OR leased_until <= clock_timestamp())
          AND lanes.lane = (
            SELECT CASE WHEN most_likely = ANY (${lanes}::text[]) THEN most_likely ELSE ${REST} END
            FROM (SELECT ${platformOf} AS most_likely OFFSET 0) AS platform
          )
        ORDER BY due_at LIMIT lanes.free FOR UPDATE SKIP LOCKED
      ) picked
    ), taken AS (
      UPDATE notices SET attempts = attempts + 1,
        leased_until = clock_timestamp() + ${leaseMs} * interval '1 millisecond'
      FROM due WHERE notices.id = due.id RETURNING notices.*, due.lane
    )
    SELECT taken.id, lane, why, version, attempts, bare, key, kind, recipient::text, member_id, mode::text, request_id, session_id,
      due_at, detail, space.platform, space.external_id, space.name AS space_name, space.mentors_channel, space.coordinators_channel,
      space.sessions_channel, member.language, member.time_zone
    FROM taken LEFT JOIN spaces space ON space.id = taken.space_id LEFT JOIN members member ON member.id = taken.member_id
    ORDER BY due_at, taken.created_at`;
  if (rows.length === 0) return [];
  // After the locks, in a statement of its own, which sees what an earlier holder has just recorded.
  const posts = await tx.post.findMany({ where: { noticeKey: { in: rows.map((row) => row.key) } } });
  const byKey = new Map(
    posts.map(({ noticeKey, putAt: _, bareCard: kept, threadId, ...post }): [string, Stands] => [
      noticeKey,
      { post: { ...post, ...(threadId !== null && { threadId }) }, kept },
    ]),
  );
  return rows.map((row) => toLeased(row, byKey.get(row.key) ?? { post: null, kept: null }));
}

const stateAfter: Record<Delivered['how'], NoticeState> = {
  sent: 'SENT',
  skipped: 'SKIPPED',
  later: 'PENDING',
  quiet: 'PENDING',
  unreachable: 'UNREACHABLE',
  dead: 'DEAD',
  broken: 'DEAD',
};

/** Why a notice waits that is put off until somebody's quiet hours are over. */
export const QUIET = 'quiet hours';

/** How the reason begins when it is the set-up of meetings that somebody must mend. */
export const BROKEN = 'set-up: ';

/** What coordinators find under what needs them, on their Homes. */
const troubles: ReadonlySet<Delivered['how']> = new Set(['unreachable', 'dead', 'broken']);

/** @returns null when it is done with, at least until something changes */
function dueAgain(how: Delivered): Instant | null {
  if (how.how === 'later') return how.at;
  if (how.how === 'quiet') return how.until;
  return how.how === 'sent' ? (how.again ?? null) : null;
}

function whyOf(how: Delivered): string | null {
  if (how.how === 'sent') return null;
  if (how.how === 'quiet') return QUIET;
  return how.how === 'broken' ? `${BROKEN}${how.why}` : how.why;
}

async function finish(tx: Tx, notice: LeasedNotice, how: Delivered, now: Instant): Promise<void> {
  if (how.how === 'sent' && how.post) {
    await rememberPost(tx, notice.key, how.post, how.kept, now);
    if (how.post.messageId !== notice.post?.messageId) await overtake(tx, notice, now);
  }
  const { id, version, attempts } = notice;
  const dueAt = dueAgain(how);
  const { count } = await tx.notice.updateMany({
    // Whoever lost the lease no longer decides; but what was sent was sent, whatever happened meanwhile.
    where:
      how.how === 'sent'
        ? { id, version, state: { in: ['PENDING', 'WITHDRAWN'] } }
        : { id, version, state: 'PENDING', attempts },
    data: {
      state: dueAt ? 'PENDING' : stateAfter[how.how],
      leasedUntil: null,
      why: whyOf(how),
      ...(dueAt ? { dueAt } : { finishedAt: now }),
      ...(how.how === 'sent' && dueAt ? { attempts: 0 } : {}),
      ...(how.how === 'quiet' || (how.how === 'later' && !how.counts) ? { attempts: { decrement: 1 } } : {}),
    },
  });
  if (count > 0) {
    if (troubles.has(how.how)) await showCoordinators(tx, id);
    return;
  }
  // A newer version waits, unless another courier has it already.
  const waiting = await tx.notice.updateMany({
    where: { id, version: { gt: version }, attempts: 0, leasedUntil: { not: null } },
    data: { leasedUntil: null },
  });
  if (waiting.count > 0) await tx.$executeRaw`SELECT pg_notify('mini_mentorship_notices', '')`;
}

async function rememberPost(tx: Tx, key: string, post: Post, kept: unknown, now: Instant): Promise<void> {
  const { platform, spaceId, channelId, messageId, threadId = null } = post;
  const bareCard = kept === undefined ? null : JSON.stringify(kept);
  await tx.$executeRaw`
    INSERT INTO posts (notice_key, platform, space_id, channel_id, message_id, thread_id, bare_card, put_at)
    VALUES (${key}, ${platform}, ${spaceId}, ${channelId}, ${messageId}, ${threadId}, ${bareCard}::jsonb, ${now})
    ON CONFLICT (notice_key) DO UPDATE SET platform = excluded.platform, space_id = excluded.space_id,
      channel_id = excluded.channel_id, message_id = excluded.message_id, thread_id = excluded.thread_id,
      bare_card = excluded.bare_card,
      put_at = CASE WHEN posts.message_id = excluded.message_id THEN posts.put_at ELSE excluded.put_at END`;
}

/**
 * A new message to a member carries all that they can do about its request now, so the earlier ones are due once more,
 * to go on without their buttons. What was given up stays in sight of an operator.
 */
async function overtake(tx: Tx, { key, recipient, requestId }: LeasedNotice, now: Instant): Promise<void> {
  if (recipient.to !== 'member' || !requestId) return;
  await tx.$executeRaw`
    UPDATE notices SET bare = true, state = 'PENDING', due_at = ${now}, version = version + 1, attempts = 0, why = NULL,
      finished_at = NULL
    FROM posts
    WHERE notices.request_id = ${requestId}::uuid AND notices.member_id = ${recipient.memberId}::uuid
      AND notices.key <> ${key} AND NOT notices.bare AND notices.state NOT IN ('UNREACHABLE', 'DEAD')
      AND posts.notice_key = notices.key AND posts.bare_card IS NOT NULL`;
}

async function depth(tx: Tx, now: Instant): ReturnType<Outbox['depth']> {
  const [counts] = await tx.$queryRaw<
    [{ due: number; later: number; dead: number; oldest_due_at: Instant | null }]
  >`SELECT count(*) FILTER (WHERE state = 'PENDING' AND due_at <= ${now})::int AS due,
      count(*) FILTER (WHERE state = 'PENDING' AND due_at > ${now})::int AS later,
      count(*) FILTER (WHERE state = 'DEAD' AND NOT coalesce(starts_with(why, ${BROKEN}), false))::int AS dead,
      min(due_at) FILTER (WHERE state = 'PENDING' AND due_at <= ${now}) AS oldest_due_at
    FROM notices WHERE state = 'PENDING' OR state = 'DEAD'`;
  const { due, later, dead, oldest_due_at: oldestDueAt } = counts;
  return { due, later, dead, oldestDueAt };
}

async function subject(tx: Tx, notice: Notice): Promise<Request | null> {
  const request = await loadRequest(tx, notice.requestId);
  const sessionId = notice.sessionId ?? notice.detail.sessionId;
  if (!request || !sessionId) return request;
  const about = await loadSession(tx, sessionId);
  return about && { ...request, ...about };
}
