import pg from 'pg';
import type { StoreLog } from './index.ts';

/** What the bot has in its database, for people to look at. Instants are ISO texts. */
export interface Glimpse {
  requests: {
    id: string;
    title: string;
    status: string;
    student: string;
    mentor: string | null;
    expiresAt: string;
    sessionAt: string | null;
    link: string | null;
  }[];
  /** The newest first. */
  outbox: {
    id: string;
    kind: string;
    to: string;
    dueAt: string;
    state: string;
    attempts: number;
    why: string | null;
  }[];
  /** The newest first. */
  audit: { id: string; at: string; actor: string | null; action: string; from: string | null; to: string }[];
}

export interface Peephole {
  look(): Promise<Glimpse>;
  /** The next instant after `now` at which the bot will do something by itself; null when nothing waits. */
  nextDue(now: Date): Promise<Date | null>;
  /** When the next request after `now` expires that nobody claimed; null when none waits. */
  nextExpiry(now: Date): Promise<Date | null>;
  close(): Promise<void>;
}

const REQUESTS = `SELECT r.id, r.title, r.status::text, s.name AS student, m.name AS mentor,
    r.expires_at AS "expiresAt", e.starts_at AS "sessionAt", e.meeting_link AS link
  FROM mini_mentorship_requests r JOIN members s ON s.id = r.student_id LEFT JOIN members m ON m.id = r.mentor_id
    LEFT JOIN LATERAL (SELECT starts_at, meeting_link FROM mini_mentorship_sessions
      WHERE request_id = r.id ORDER BY created_at DESC LIMIT 1) e ON true
  ORDER BY r.created_at DESC LIMIT 20`;
const OUTBOX = `SELECT n.id, n.kind, coalesce(m.name, s.platform || ' ' || n.recipient, n.recipient::text) AS to,
    n.due_at AS "dueAt", n.state::text, n.attempts, n.why
  FROM notices n LEFT JOIN accounts a ON n.kind = 'home' AND a.id = (n.detail->>'account')::uuid
    LEFT JOIN members m ON m.id = coalesce(n.member_id, a.member_id) LEFT JOIN spaces s ON s.id = n.space_id
  ORDER BY n.state = 'PENDING' DESC, coalesce(n.finished_at, n.created_at) DESC, n.due_at DESC LIMIT 40`;
const AUDIT = `SELECT a.id::text, a.at, m.name AS actor, a.action, a.from_status::text AS from, a.to_status::text AS to
  FROM audit_log a LEFT JOIN members m ON m.id = a.actor_id ORDER BY a.id DESC LIMIT 40`;
const NEXT_DUE = `SELECT min(due) AS due FROM (
    SELECT due_at AS due FROM notices WHERE state = 'PENDING' AND kind <> 'home'
    UNION ALL SELECT expires_at FROM mini_mentorship_requests WHERE status = 'OPEN'
    UNION ALL SELECT held_until FROM mini_mentorship_requests
    UNION ALL SELECT starts_at + duration_minutes * interval '1 minute' FROM mini_mentorship_sessions
      WHERE status = 'SCHEDULED' AND asked_at IS NULL
  ) AS waiting WHERE due > $1`;
const NEXT_EXPIRY = `SELECT min(expires_at) AS due FROM mini_mentorship_requests
  WHERE status = 'OPEN' AND expires_at > $1`;

/**
 * Opens a read-only look into a migrated database, with the eyes of the bot's own worker. For the playground: the bot
 * itself never reads this way.
 */
export function openPeephole(databaseUrl: string, log: StoreLog): Peephole {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: 2,
    application_name: 'mini-mentorship peephole',
    options: '-c default_transaction_read_only=on -c role=mini_mentorship_worker',
  });
  pool.on('error', (err) => log.warn({ err }, 'The connection of the peephole broke.'));
  const rows = async (sql: string, values: unknown[] = []) => (await pool.query(sql, values)).rows;
  const instant = async (sql: string, now: Date): Promise<Date | null> => (await rows(sql, [now]))[0].due;
  return {
    look: async () => {
      const [requests, outbox, audit] = await Promise.all([rows(REQUESTS), rows(OUTBOX), rows(AUDIT)]);
      // Instants become texts here, as they would on their way to a browser.
      return JSON.parse(JSON.stringify({ requests, outbox, audit }));
    },
    nextDue: (now) => instant(NEXT_DUE, now),
    nextExpiry: (now) => instant(NEXT_EXPIRY, now),
    close: () => pool.end(),
  };
}
