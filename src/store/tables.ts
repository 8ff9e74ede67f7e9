import pg from 'pg';
import { asWorker } from './backup-tables.ts';

/** What somebody takes out of the database to look at in a spreadsheet. */
export interface Sheet {
  name: 'requests' | 'sessions' | 'feedback';
  /** In order; the names of all columns, also when there is no row. */
  columns: string[];
  rows: Record<string, string | number | boolean | Date | null>[];
}

/** Columns that hold what people wrote. */
const words: Record<Sheet['name'], string[]> = {
  requests: ['title', 'description', 'tags'],
  sessions: ['called_off_reason'],
  feedback: ['comment'],
};

const queries: Record<Sheet['name'], string> = {
  requests: `SELECT request.id, community.slug AS community, request.created_at, request.status::text, student.name AS student,
      mentor.name AS mentor, claimed_at, title, session_type::text, duration_minutes, urgency::text, description,
      array_to_string(tags, ', ') AS tags, expires_at
    FROM mini_mentorship_requests request JOIN communities community ON community.id = request.community_id
      JOIN members student ON student.id = student_id LEFT JOIN members mentor ON mentor.id = mentor_id
    ORDER BY request.created_at, request.id`,
  sessions: `SELECT session.id, request_id, starts_at, duration_minutes, session.status::text, outcome::text,
      student.name AS student, mentor.name AS mentor, student_joined_at, mentor_joined_at, moves,
      CASE WHEN own_link THEN 'manual' ELSE meeting_provider END AS meeting_provider,
      caller.name AS called_off_by, called_off_late, called_off_reason
    FROM mini_mentorship_sessions session JOIN members student ON student.id = student_id
      JOIN members mentor ON mentor.id = mentor_id LEFT JOIN members caller ON caller.id = called_off_by_id
    ORDER BY starts_at, session.id`,
  feedback: `SELECT session_id, request_id, given_at, member.name AS given_by,
      CASE WHEN member_id = session.student_id THEN 'student' ELSE 'mentor' END AS role, rating, helped, comment
    FROM feedback JOIN mini_mentorship_sessions session ON session.id = session_id JOIN members member ON member.id = member_id
    ORDER BY given_at, session_id, member_id`,
};

/**
 * Reads requests, sessions with how they ended, and feedback, as of one moment, while the bot works.
 * @param databaseUrl of a migrated database
 * @param withWords whether what people wrote comes along
 */
export async function readSheets(databaseUrl: string, withWords: boolean): Promise<Sheet[]> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'mini-mentorship export' });
  client.on('error', () => {}); // unheard, it would end the process; the next query rejects as well
  await client.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    await asWorker(client);
    const sheets: Sheet[] = [];
    for (const name of ['requests', 'sessions', 'feedback'] as const) {
      const { fields, rows } = await client.query(queries[name]);
      const columns = fields
        .map((field) => field.name)
        .filter((column) => withWords || !words[name].includes(column));
      sheets.push({ name, columns, rows });
    }
    return sheets;
  } finally {
    await client.end().catch(() => {}); // all was read, or there is an error that says more
  }
}
