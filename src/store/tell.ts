import { ENDED } from '../core/handing-over-notices.ts';
import { type Notice, waitingKinds } from '../core/notices.ts';
import type { Tx } from './transaction.ts';

/** Where a notice's detail names the deed. */
export const DEED = 'deed';

/**
 * Puts notices into the outbox. What is for the mentors or coordinators, or for a room, becomes one row for each space
 * that has a channel for it. Where a request has no mentors channel to be shown in, whoever installed the bot there is
 * told that it waits for one.
 * A key that is there already: `once` stays as it is, unless it was withdrawn, or pointless when its time came, so that
 * nobody was told; `latest` becomes due again, in a new version.
 * @param deed what a member did, for the log; kept beside the notice's own detail
 */
export async function tell(
  tx: Tx,
  communityId: string,
  notices: readonly Notice[],
  deed: string | null,
): Promise<void> {
  if (notices.length === 0) return;
  const rows = notices.map((notice) => ({
    key: notice.key,
    kind: notice.kind,
    recipient: notice.recipient.to,
    member_id: notice.recipient.to === 'member' ? notice.recipient.memberId : null,
    mode: notice.mode,
    request_id: notice.requestId,
    session_id: notice.sessionId,
    due_at: notice.dueAt,
    detail: deed ? { ...notice.detail, [DEED]: deed } : notice.detail,
  }));
  await tx.$executeRaw`
    WITH told AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS told (key text, kind text,
        recipient recipient, member_id uuid, mode notice_mode, request_id uuid, session_id uuid, due_at timestamptz,
        detail jsonb)
    )
    INSERT INTO notices (community_id, key, kind, recipient, member_id, space_id, mode, request_id, session_id,
      due_at, detail)
    SELECT ${communityId}::uuid, told.key || coalesce(':' || space.id, ''), told.kind, told.recipient,
      told.member_id, space.id, told.mode, told.request_id, told.session_id, told.due_at, told.detail
    FROM told LEFT JOIN spaces space ON space.community_id = ${communityId}::uuid AND (
      (told.recipient = 'mentors' AND space.mentors_channel <> '')
      OR (told.recipient = 'coordinators' AND space.coordinators_channel <> '')
      OR (told.recipient = 'room' AND space.sessions_channel <> ''))
    WHERE told.recipient NOT IN ('mentors', 'coordinators', 'room') OR space.id IS NOT NULL
    UNION ALL
    SELECT account.community_id, 'channel_missing:' || told.request_id || ':' || account.member_id, 'channel_missing',
      'member'::recipient, account.member_id, NULL::uuid, 'once'::notice_mode, told.request_id, NULL::uuid,
      told.due_at, '{}'::jsonb
    FROM told JOIN spaces space ON space.community_id = ${communityId}::uuid AND space.mentors_channel = ''
    JOIN installations installation ON installation.space_id = space.id
    JOIN accounts account ON account.space_id = space.id AND account.user_id = installation.installed_by
    WHERE told.kind = 'request_card'
    ON CONFLICT (key) DO UPDATE SET state = 'PENDING', due_at = excluded.due_at, detail = excluded.detail,
      version = notices.version + CASE notices.mode WHEN 'latest' THEN 1 ELSE 0 END,
      attempts = 0, why = NULL, finished_at = NULL
    WHERE notices.mode = 'latest' OR notices.state IN ('WITHDRAWN', 'SKIPPED')`;
}

/** Takes back what is still undelivered about a session. What only loses its buttons was delivered. */
export async function withdraw(tx: Tx, sessionId: string): Promise<void> {
  await tx.notice.updateMany({
    where: { sessionId, state: 'PENDING', bare: false },
    data: { state: 'WITHDRAWN' },
  });
}

/** Takes back what a mentor would still be told about a session that is another's now. */
export async function withdrawFrom(tx: Tx, sessionId: string, memberId: string): Promise<void> {
  await tx.notice.updateMany({
    where: { sessionId, memberId, state: 'PENDING' },
    data: { state: 'WITHDRAWN' },
  });
}

/**
 * The card by which a mentor was asked to take a request over says from now on that this has ended, where it was put.
 * Who was not asked yet is not told.
 */
export async function endOffer(tx: Tx, requestId: string, memberId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE notices SET state = 'PENDING', version = version + 1, attempts = 0, why = NULL, finished_at = NULL,
      detail = detail || ${JSON.stringify({ [ENDED]: 'yes' })}::jsonb
    WHERE request_id = ${requestId}::uuid AND member_id = ${memberId}::uuid AND kind = 'take_over_asked'
      AND state IN ('PENDING', 'SENT') AND NOT bare AND detail->>${ENDED} IS NULL`;
}

/** Takes back what would be said because a request waited for long. */
export async function withdrawWaiting(tx: Tx, requestId: string): Promise<void> {
  await tx.notice.updateMany({
    where: { requestId, state: 'PENDING', bare: false, kind: { in: [...waitingKinds] } },
    data: { state: 'WITHDRAWN' },
  });
}
