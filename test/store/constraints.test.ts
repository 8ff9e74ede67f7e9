import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requestStatuses, sessionTypes, urgencies } from '../../src/core/request.ts';
import { meetingStates, outcomes, sessionStatuses } from '../../src/core/session.ts';
import { rowsOf } from '../support/database.ts';
import { rawConnection } from './raw.ts';
import { claimed, makeWorld, opened, scheduled, type World } from './world.ts';

let world: World;
let raw: Awaited<ReturnType<typeof rawConnection>>;
/** Names that the statements below use for ids. */
let ids: Record<string, string>;

beforeAll(async () => {
  world = await makeWorld();
  raw = await rawConnection(world.url);
  const planned = await scheduled(world);
  ids = {
    open: (await opened(world)).id,
    claimed: (await claimed(world)).id,
    scheduled: planned.id,
    session: planned.session?.id ?? '',
    student: world.student.memberId,
    mentor: world.mentor.memberId,
    other: world.otherMentor.memberId,
    stranger: world.stranger.memberId,
    north: world.student.communityId,
    south: world.stranger.communityId,
  };
});
afterAll(async () => {
  await raw.end();
  await world.close();
});

/** As a superuser, whom no policy holds back. `:name` stands for an id, `:new` for a fresh one. */
const run = (sql: string) =>
  raw.as({ role: null }, async (query) => {
    const named = sql.replaceAll(
      /(?<!:):(\w+)/g,
      (_, name) => `'${name === 'new' ? randomUUID() : ids[name]}'`,
    );
    for (const statement of named.split(';')) expect(await query(statement)).toHaveLength(1);
  });

const setRequest = (which: string, what: string) =>
  `UPDATE mini_mentorship_requests SET ${what} WHERE id = :${which}`;
const setSession = (what: string) => `UPDATE mini_mentorship_sessions SET ${what} WHERE id = :session`;
const addSession = (
  request: string,
  mentor: string,
  student: string,
  community = 'north',
  status = 'SCHEDULED',
) =>
  `INSERT INTO mini_mentorship_sessions (id, community_id, request_id, mentor_id, student_id, starts_at,
     duration_minutes, meeting_state, status)
   VALUES (:new, :${community}, :${request}, :${mentor}, :${student}, now(), 30, 'NONE', '${status}')`;
const addFeedback = (member: string, rating: number, community = 'north') =>
  `INSERT INTO feedback (session_id, member_id, community_id, rating, comment, given_at)
   VALUES (:session, :${member}, :${community}, ${rating}, '', now())`;
const addWindow = (weekday: string, date: string, from: string, to: string) =>
  `INSERT INTO mini_mentorship_availability (community_id, mentor_id, time_zone, weekday, on_date, from_minute,
     to_minute) VALUES (:north, :mentor, 'UTC', ${weekday}, ${date}, ${from}, ${to})`;
const addNotice = (recipient: string, member: string, space: string) =>
  `INSERT INTO notices (community_id, key, kind, recipient, member_id, space_id, mode, request_id, due_at)
   VALUES (:north, 'k', 'x', '${recipient}', ${member}, ${space}, 'once', :open, now())`;
const addAccount = (member: string, space: string) =>
  `INSERT INTO accounts (community_id, member_id, space_id, user_id, last_seen_at)
   SELECT :north, :${member}, id, 'U-new', now() FROM spaces WHERE external_id = '${space}'`;

describe('refused', () => {
  test.each([
    ['an empty title', setRequest('open', `title = ''`), 'request_title_length'],
    ['a title of 121', setRequest('open', `title = repeat('x', 121)`), 'request_title_length'],
    [
      'a description of 2001',
      setRequest('open', `description = repeat('x', 2001)`),
      'request_description_length',
    ],
    ['a duration of 31', setRequest('open', 'duration_minutes = 31'), 'request_duration'],
    ['eleven tags', setRequest('open', `tags = array_fill('t'::text, ARRAY[11])`), 'request_tags'],
    ['no list of tags', setRequest('open', 'tags = NULL'), 'request_tags'],
    ['six times', setRequest('open', `preferred_times = '[1,2,3,4,5,6]'`), 'request_preferred_times'],
    ['times that are no list', setRequest('open', `preferred_times = '{}'`), 'request_preferred_times'],
    ['a claim without a mentor', setRequest('open', `status = 'CLAIMED'`), 'request_mentor_fits_status'],
    ['a claim without its time', setRequest('claimed', 'claimed_at = NULL'), 'request_mentor_fits_status'],
    ['scheduled without a mentor', setRequest('scheduled', 'mentor_id = NULL'), 'request_mentor_fits_status'],
    ['completed without a mentor', setRequest('open', `status = 'COMPLETED'`), 'request_mentor_fits_status'],
    ['open with a mentor', setRequest('claimed', `status = 'OPEN'`), 'request_mentor_fits_status'],
    ['expired with a mentor', setRequest('claimed', `status = 'EXPIRED'`), 'request_mentor_fits_status'],
    [
      'a claim of one’s own request',
      setRequest('claimed', 'mentor_id = student_id'),
      'request_is_not_claimed_by_its_student',
    ],
    [
      'a mentor of another community',
      setRequest('claimed', 'mentor_id = :stranger'),
      'mentor_id_community_id_fkey',
    ],
    [
      'a student of another community',
      setRequest('open', 'student_id = :stranger'),
      'student_id_community_id_fkey',
    ],
    [
      'a second live session',
      addSession('scheduled', 'mentor', 'student'),
      'sessions_one_live_a_request_partial',
    ],
    [
      'a completed session beside a scheduled one',
      addSession('scheduled', 'mentor', 'student', 'north', 'COMPLETED'),
      'sessions_one_live_a_request_partial',
    ],
    ['a session with oneself', setSession('mentor_id = student_id'), 'session_of_two_people'],
    ['a session of 90 minutes', setSession('duration_minutes = 90'), 'session_duration'],
    [
      'a ready meeting without a link',
      setSession(`meeting_state = 'READY'`),
      'session_ready_meeting_has_link',
    ],
    [
      'a session for another student',
      addSession('claimed', 'mentor', 'other'),
      'request_id_community_id_student_i_fkey',
    ],
    [
      'a session with a mentor of another community',
      addSession('claimed', 'stranger', 'student'),
      'mentor_id_community_id_fkey',
    ],
    ['a session in another community', addSession('claimed', 'mentor', 'student', 'south'), '_fkey'],
    ['a rating of 0', addFeedback('student', 0), 'feedback_rating'],
    ['a rating of 6', addFeedback('student', 6), 'feedback_rating'],
    ['feedback twice', `${addFeedback('student', 5)}; ${addFeedback('student', 4)}`, 'feedback_pkey'],
    ['feedback from another community', addFeedback('stranger', 5), 'feedback_member_id_community_id_fkey'],
    ['a window on no day', addWindow('NULL', 'NULL', '0', '60'), 'availability_is_weekly_or_override'],
    ['a window on an eighth day', addWindow('8', 'NULL', '0', '60'), 'availability_weekday'],
    ['a window that ends before it starts', addWindow('1', 'NULL', '60', '60'), 'availability_minutes'],
    ['a window past midnight', addWindow('1', 'NULL', '60', '1441'), 'availability_minutes'],
    ['a window without an end', addWindow('1', 'NULL', '60', 'NULL'), 'availability_minutes'],
    ['a weekly window without times', addWindow('1', 'NULL', 'NULL', 'NULL'), 'availability_minutes'],
    [
      'a notice for a member who is not named',
      addNotice('member', 'NULL', 'NULL'),
      'notice_names_its_recipient',
    ],
    ['a notice for mentors nowhere', addNotice('mentors', 'NULL', 'NULL'), 'notice_names_its_recipient'],
    [
      'a notice for a member of another community',
      addNotice('member', ':stranger', 'NULL'),
      'notices_member_id_community_id_fkey',
    ],
    [
      'a member of another community in a space',
      addAccount('stranger', 'T1'),
      'accounts_member_id_community_id_fkey',
    ],
    [
      'a member in a space of another community',
      addAccount('student', 'T9'),
      'accounts_space_id_community_id_fkey',
    ],
  ])('%s', async (_, sql, constraint) => {
    await expect(run(sql)).rejects.toThrow(constraint);
  });
});

describe('accepted', () => {
  test.each([
    ['a title of 120', setRequest('open', `title = repeat('🙂', 120)`)],
    ['ten tags', setRequest('open', `tags = array_fill('t'::text, ARRAY[10])`)],
    ['five times', setRequest('open', `preferred_times = '[1,2,3,4,5]'`)],
    ['a cancelled claim', setRequest('claimed', `status = 'CANCELLED'`)],
    ['a session beside a cancelled one', addSession('scheduled', 'mentor', 'student', 'north', 'CANCELLED')],
    [
      'a session after nobody came',
      `${setSession(`status = 'NO_SHOW'`)}; ${addSession('scheduled', 'mentor', 'student')}`,
    ],
    ['feedback of both', `${addFeedback('student', 1)}; ${addFeedback('mentor', 5)}`],
    ['a weekly window to midnight', addWindow('7', 'NULL', '1380', '1440')],
    ['a day off', addWindow('NULL', `'2026-12-24'`, 'NULL', 'NULL')],
    ['other hours on one day', addWindow('NULL', `'2026-12-24'`, '600', '660')],
  ])('%s', async (_, sql) => {
    await run(sql);
  });
});

test('the closed lists of the core and of the database are the same', async () => {
  const lists = await rowsOf<{ name: string; labels: string[] }>(
    world.url,
    `SELECT typname AS name, array_agg(enumlabel::text ORDER BY enumsortorder) AS labels
     FROM pg_type JOIN pg_enum ON enumtypid = pg_type.oid GROUP BY typname`,
  );
  expect(Object.fromEntries(lists.map(({ name, labels }) => [name, labels]))).toMatchObject({
    session_type: sessionTypes,
    urgency: urgencies,
    request_status: requestStatuses,
    session_status: sessionStatuses,
    outcome: outcomes,
    meeting_state: meetingStates,
  });
});
