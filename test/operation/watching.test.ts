import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type App, startApp } from '../../src/app.ts';
import { parseConfig } from '../../src/config.ts';
import { DAY, HOUR, after as later, MINUTE } from '../../src/core/time.ts';
import { createLog } from '../../src/log.ts';
import { createMovableClock } from '../../src/sandbox/movable-clock.ts';
import { startWorld, type World } from '../../src/sandbox/world.ts';
import { asks, claims, schedules } from '../support/asking.ts';
import { freshDatabase, runOn } from '../support/database.ts';
import { freePort } from '../support/settings.ts';
import { wireLog } from '../support/wire-log.ts';

/** What people write in this test; none of it may be in the log. */
const PERSONAL = ['Secret title', 'Please look at it', 'a-private-room', 'Sam', 'Dora', 'Mia', 'Mateo'];

let world: World;
let app: App;
let base: string;
let databaseUrl: string;
let dropDatabase: () => Promise<void>;
let lines: string[];
const clock = createMovableClock();

beforeAll(async () => {
  world = await startWorld(clock, wireLog);
  const database = await freshDatabase();
  databaseUrl = database.url;
  dropDatabase = database.drop;
  const port = await freePort();
  base = `http://127.0.0.1:${port}`;
  lines = [];
  const log = createLog('debug', { write: (line: string) => void lines.push(line) });
  const env = {
    ...world.env,
    DATABASE_URL: database.url,
    PORT: String(port),
    LOG_LEVEL: 'debug',
  };
  app = await startApp({ config: parseConfig(env), clock, log, tick: 'second' });
});
afterAll(async () => {
  await app.stop();
  await world.close();
  await dropDatabase();
});

const page = async (path: string) => {
  const response = await fetch(base + path);
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
};
/** The value of a sample line, labels in any order; 0 when there is none yet. */
async function sample(name: string, labels: Record<string, string> = {}): Promise<number> {
  const { text } = await page('/metrics');
  const found = text.split('\n').filter((line) => {
    const [key = ''] = line.split(/[{ ]/);
    return (
      key === name && Object.entries(labels).every(([label, value]) => line.includes(`${label}="${value}"`))
    );
  });
  return found.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}
const logged = () => lines.map((line) => JSON.parse(line) as Record<string, unknown>);

describe('a bot that is watched', () => {
  test('lives, is ready, and says what else there is', async () => {
    expect(await page('/healthz')).toMatchObject({ status: 200, text: '{"status":"alive"}' });
    const ready = await page('/readyz');
    expect(ready.status, ready.text).toBe(200);
    expect(JSON.parse(ready.text)).toMatchObject({
      ready: true,
      wrong: [],
      database: 'up',
      platforms: { slack: 'up', discord: 'up' },
      outbox: { dead: 0 },
    });
    expect(await page('/nothing')).toMatchObject({ status: 404, text: expect.stringContaining('/metrics') });
    expect((await fetch(`${base}/healthz`, { method: 'POST' })).status).toBe(404);
    expect((await page('//')).status).toBe(404);
  });

  test('counts what people do, and how fast they get an answer', async () => {
    const { slack, discord } = world.people;
    await asks(slack.student, 'Secret title');
    await discord.rival.sees('Secret title', 'channel');
    const seen = await slack.rival.sees('Secret title', 'channel');
    await claims(slack.mentor, 'Secret title');
    await slack.rival.sees(/Secret title[\s\S]*Claimed by/, 'channel');
    await slack.rival.pressesOld(seen.id, 'Claim');
    await slack.rival.sees(/was quicker/, 'private');
    await asks(discord.student, 'Secret title too');

    expect(await sample('mini_mentorship_claims_total', { outcome: 'won' })).toBe(1);
    expect(await sample('mini_mentorship_claims_total', { outcome: 'lost' })).toBe(1);
    const submitted = { intent: 'request.submit', outcome: 'done' };
    expect(await sample('mini_mentorship_intents_total', submitted)).toBe(2);
    expect(await sample('mini_mentorship_intent_seconds_count', { intent: 'request.submit' })).toBe(2);
    for (const platform of ['slack', 'discord']) {
      const inTime = await sample('mini_mentorship_acknowledgements_total', { platform, outcome: 'in_time' });
      expect(inTime, platform).toBeGreaterThanOrEqual(2);
      expect(await sample('mini_mentorship_acknowledgement_seconds_count', { platform })).toBe(inTime);
      expect(await sample('mini_mentorship_acknowledgement_seconds_bucket', { platform, le: '3' })).toBe(
        inTime,
      );
      expect(await sample('mini_mentorship_acknowledgements_total', { platform, outcome: 'lost' })).toBe(0);
      expect(await sample('mini_mentorship_platform_up', { platform })).toBe(1);
    }
    expect(await sample('mini_mentorship_errors_total')).toBe(0);
    expect(await sample('process_resident_memory_bytes')).toBeGreaterThan(1e6);
  });

  test('follows a press to the messages that came of it', async () => {
    await world.people.slack.student.sees(/A mentor claimed your request/, 'dm');
    const done = logged().find(({ intent, outcome }) => intent === 'request.claim' && outcome === 'done');
    expect(done).toMatchObject({ platform: 'slack', intentId: expect.any(String), deed: expect.any(String) });
    const because = () => logged().filter(({ deed, notice }) => notice && deed === done?.deed);
    await expect.poll(() => because().map(({ kind }) => kind)).toContain('request_claimed');
    for (const line of because()) {
      expect(line).toMatchObject({ requestId: done?.requestId, notice: expect.any(String) });
    }
    const asked = logged().find(({ intent, outcome }) => intent === 'request.submit' && outcome === 'done');
    expect(asked?.requestId).toBe(done?.requestId);
  });

  test('measures how late a reminder is', async () => {
    const { student, mentor } = world.people.slack;
    const start = new Date(Math.ceil(later(clock.now(), 2 * DAY).getTime() / HOUR) * HOUR);
    world.google.refuseGrants('Token has been expired or revoked.');
    await schedules(mentor, start);
    await mentor.sees(/Your session needs a link/, 'dm');
    await mentor.presses('Add link', /Your session needs a link/);
    await mentor.fills({ Link: 'https://meet.example.org/a-private-room' });
    await mentor.sees(/The link is saved/, 'private');
    // What the courier found out on the way still follows from the mentor's deed.
    const scheduled = logged().find(
      ({ intent, outcome }) => intent === 'session.schedule' && outcome === 'done',
    );
    const because = () => logged().filter(({ deed, notice }) => notice && deed === scheduled?.deed);
    await expect.poll(() => because().map(({ kind }) => kind)).toContain('link_missing');
    clock.moveTo(later(start, -DAY + 7 * MINUTE));
    await app.worker.tick();
    await student.sees(/coming up/, 'dm');
    await mentor.sees(/coming up/, 'dm');
    await expect.poll(() => sample('mini_mentorship_reminder_lateness_seconds_count')).toBe(2);
    expect(await sample('mini_mentorship_reminder_lateness_seconds_bucket', { le: '300' })).toBe(0);
    expect(await sample('mini_mentorship_reminder_lateness_seconds_bucket', { le: '900' })).toBe(2);
    const reminders = { kind: 'session_reminder', outcome: 'sent' };
    expect(await sample('mini_mentorship_deliveries_total', reminders)).toBe(2);
  });

  test('counts rate limits, and how long what is due has waited', async () => {
    world.slack.faults.rateLimit({ method: 'chat.postMessage', times: 1, retryAfter: 1 });
    await asks(world.people.discord.student, 'Secret title three');
    await expect.poll(() => sample('mini_mentorship_rate_limits_total', { platform: 'slack' })).toBe(1);
    // Somebody else holds it, as an instance does that hangs.
    await runOn(
      databaseUrl,
      `UPDATE notices SET state = 'PENDING', due_at = '${later(clock.now(), -HOUR).toISOString()}',
        leased_until = clock_timestamp() + interval '1 hour'
        WHERE id = (SELECT id FROM notices WHERE state = 'SENT' LIMIT 1)`,
    );
    expect(await sample('mini_mentorship_outbox_notices', { state: 'due' })).toBeGreaterThanOrEqual(1);
    expect(await sample('mini_mentorship_outbox_oldest_due_seconds')).toBeGreaterThanOrEqual(3_600);
    const ready = await page('/readyz');
    expect(ready.status).toBe(503);
    expect(JSON.parse(ready.text).wrong).toEqual([
      expect.stringMatching(/oldest due notice waits for 3\d\d\d s/),
    ]);
    await runOn(
      databaseUrl,
      `UPDATE notices SET state = 'SENT', leased_until = NULL WHERE state = 'PENDING'`,
    );
  });

  test('a use-case that fails is counted, and the log explains it without what was typed', async () => {
    await runOn(databaseUrl, 'ALTER TABLE mini_mentorship_requests RENAME COLUMN tags TO labels');
    const { student } = world.people.slack;
    await student.types('mini-session');
    await student.fills({
      Title: 'Secret title',
      'Session type': 'Code review',
      Description: 'Please look at it.',
    });
    await expect.poll(() => sample('mini_mentorship_errors_total', { where: 'intent' })).toBe(1);
    await runOn(databaseUrl, 'ALTER TABLE mini_mentorship_requests RENAME COLUMN labels TO tags');
    expect(logged().find(({ msg }) => msg === 'A use-case failed')).toMatchObject({
      level: 50,
      intent: 'request.submit',
      reference: expect.any(String),
      err: { message: expect.any(String), stack: expect.any(String) },
    });
  });

  test('the log holds nothing that people wrote, no names, and no secrets', () => {
    const all = lines.join('');
    expect(lines.length).toBeGreaterThan(20);
    for (const words of PERSONAL) expect(all.match(new RegExp(`.*\\b${words}\\b.*`))?.[0]).toBeUndefined();
    const secrets = Object.entries(world.env).filter(([name]) => /TOKEN|SECRET|KEY/.test(name));
    expect(secrets.length).toBeGreaterThanOrEqual(4);
    for (const [name, value] of secrets) if (!/URL/.test(name)) expect(all.includes(value), name).toBe(false);
    expect(all).not.toContain(new URL(databaseUrl).password || 'no password at all');
  });

  test('is not ready when a platform or the database is away', async () => {
    await world.slack.close();
    await expect.poll(async () => (await page('/readyz')).status, { timeout: 10_000 }).toBe(503);
    expect(JSON.parse((await page('/readyz')).text).wrong[0]).toMatch(/^slack is (connecting|down)$/);
    expect(await sample('mini_mentorship_platform_up', { platform: 'slack' })).toBe(0);
    expect((await page('/healthz')).status).toBe(200);
  });
});
