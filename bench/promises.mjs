// The two promises of docs/operating.md, under load: a reminder leaves within a second of its time, and an interaction is
// acknowledged in time while everything is due at once. One run prints both beside what this machine does without load, so
// that only ratios are compared. `npm run build && node bench/promises.mjs [sessions]`
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { startApp } from '../dist/app.js';
import { parseConfig } from '../dist/config.js';
import { createLog } from '../dist/log.js';
import { createMovableClock } from '../dist/sandbox/movable-clock.js';
import { startWorld } from '../dist/sandbox/world.js';
import { startEmbedded } from '../dist/store/embedded.js';

const sessions = Number(process.argv[2] ?? 500);
const MINUTE = 60_000;
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const quantile = (sorted, q) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN;
const row = (name, times) => {
  const sorted = [...times].sort((a, b) => a - b);
  const [p50, p95, p99, most] = [0.5, 0.95, 0.99, 1].map((q) => Math.round(quantile(sorted, q)));
  return { what: name, count: sorted.length, p50, p95, p99, most };
};

const folder = await mkdtemp(path.join(tmpdir(), 'promises-'));
const log = createLog('silent');
const database = await startEmbedded({ dataDir: folder, log });
const clock = createMovableClock();
const wire = [];
const world = await startWorld(clock, (entry) => wire.push({ ...entry, at: performance.now() }));
let app;
try {
  const config = parseConfig({ ...world.env, DATABASE_URL: database.url, MEETING_PROVIDER: 'manual' });
  const start = () => startApp({ config, clock, log, tick: 'second' });
  app = await start();
  const { slack } = world.people;
  await slack.student.types('mini-sessions');
  await slack.student.sees(/My requests/, 'private');
  await slack.mentor.types('mini-mentor');
  await slack.mentor.sees(/Requests that wait/, 'private');

  const acknowledgements = async (count) => {
    const times = [];
    for (let i = 0; i < count; i += 1) {
      const began = performance.now();
      await slack.student.types('mini-sessions');
      times.push(performance.now() - began);
    }
    return times;
  };
  const idle = await acknowledgements(30);

  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  /** So many sessions, each of two people of their own, that start at the same moment. */
  const plan = async (count, startsAt) => {
    await client.query(
      `WITH community AS (SELECT id FROM communities LIMIT 1), space AS (SELECT id FROM spaces WHERE platform = 'slack'),
        n AS (SELECT generate_series(1, $1) AS i),
        people AS (INSERT INTO members (community_id, name, time_zone) SELECT community.id, 'P' || i || side, 'UTC'
          FROM community, n, unnest(ARRAY['s', 'm']) side RETURNING id, name),
        known AS (INSERT INTO accounts (community_id, member_id, space_id, user_id, last_seen_at)
          SELECT community.id, people.id, space.id, $3 || people.name, $2::timestamptz FROM community, space, people),
        asked AS (INSERT INTO mini_mentorship_requests (id, community_id, student_id, title, session_type, description,
          duration_minutes, urgency, preferred_times, tags, status, mentor_id, claimed_at, expires_at, created_at)
          SELECT gen_random_uuid(), community.id, s.id, 'Load', 'other', 'Load', 30, 'normal', '[]', '{}', 'SCHEDULED', m.id,
            $2::timestamptz - interval '1 day', $2::timestamptz + interval '7 days', $2::timestamptz - interval '1 day'
          FROM community, n JOIN people s ON s.name = 'P' || i || 's' JOIN people m ON m.name = 'P' || i || 'm'
          RETURNING id, community_id, student_id, mentor_id),
        planned AS (INSERT INTO mini_mentorship_sessions (id, community_id, request_id, mentor_id, student_id, starts_at,
          duration_minutes, meeting_state) SELECT gen_random_uuid(), community_id, id, mentor_id, student_id,
          $2::timestamptz, 30, 'NONE' FROM asked RETURNING *)
        INSERT INTO notices (community_id, key, kind, recipient, member_id, mode, request_id, session_id, due_at, detail)
          SELECT community_id, 'bench:' || id || who, 'session_reminder', 'member', who, 'once', request_id, id,
            $2::timestamptz - interval '15 minutes', '{"reminder": "15m"}'
          FROM planned, unnest(ARRAY[mentor_id, student_id]) who`,
      [count, startsAt, 'U'],
    );
  };
  /** Slack's stand-in knows them too. */
  const people = [];
  for (let i = 1; i <= sessions; i += 1) {
    for (const side of ['s', 'm'])
      people.push(world.slack.addUser({ name: `P${i}${side}`, timeZone: 'UTC' }));
  }
  const adopt = () =>
    client.query(
      `UPDATE accounts SET user_id = given.id FROM members, unnest($1::text[], $2::text[]) AS given (name, id)
        WHERE accounts.member_id = members.id AND members.name = given.name`,
      [people.map(({ name }) => name), people.map(({ userId }) => userId)],
    );
  const reminded = () =>
    wire
      .filter(({ to, path: where }) => to === 'slack' && /chat\.postMessage/.test(where ?? ''))
      .map(({ at }) => at);

  // At a full second: sessions start at full minutes, and that is when the clock ticks.
  const startsAt = new Date(Math.ceil(clock.now().getTime() / 1_000) * 1_000 + 15 * MINUTE + 8_000);
  await plan(sessions, startsAt);
  await adopt();
  const due = performance.now() + (startsAt.getTime() - 15 * MINUTE - clock.now().getTime());
  const before = reminded().length;
  await sleep(Math.max(0, due - performance.now()));
  const busy = await acknowledgements(30);
  const wanted = 2 * sessions;
  for (let waited = 0; reminded().length - before < wanted && waited < 300; waited += 1) await sleep(200);
  const late = reminded()
    .slice(before)
    .map((at) => at - due);

  // What fell due while the bot was away. The start is where the bot begins to take what people do, as the log says.
  await app.stop();
  await client.query('DELETE FROM posts');
  await client.query(
    `UPDATE notices SET state = 'PENDING', attempts = 0, finished_at = NULL
      WHERE id = (SELECT id FROM notices WHERE kind = 'session_reminder' AND state = 'SENT' LIMIT 1)`,
  );
  const away = reminded().length;
  app = await start();
  const up = performance.now();
  for (let waited = 0; reminded().length === away && waited < 100; waited += 1) await sleep(100);
  const afterAway = reminded()
    .slice(away, away + 1)
    .map((at) => at - up);

  console.table([
    row('acknowledged, idle (ms)', idle),
    row('acknowledged, all due at once (ms)', busy),
    row(`reminder of ${sessions} sessions at one moment, after its time (ms)`, late),
    row('the first of them (ms)', late.slice(0, 1)),
    row('a reminder that fell due while the bot was away, after its start (ms)', afterAway),
  ]);
  const ratio =
    quantile(
      [...busy].sort((a, b) => a - b),
      0.95,
    ) /
    quantile(
      [...idle].sort((a, b) => a - b),
      0.95,
    );
  console.log(`An acknowledgement takes ${ratio.toFixed(1)} times as long while all is due at once.`);
  console.log(`${((late.length / Math.max(...late)) * 1000).toFixed(0)} reminders a second.`);
  await client.end();
} finally {
  await app?.stop();
  await world.close();
  await database.stop();
  await rm(folder, { recursive: true, force: true });
}
