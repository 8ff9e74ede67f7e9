import { createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { DAY, after as later } from '../../src/core/time.ts';
import { createLog } from '../../src/log.ts';
import { encodeIntent } from '../../src/platforms/intent-code.ts';
import { startBot } from '../../src/sandbox/bot.ts';
import type { SlackPerson, SlackTeam } from '../../src/sandbox/slack/types.ts';
import { asks, claims } from '../support/asking.ts';
import { rowsOf } from '../support/database.ts';
import { addsToSlack, oauthEnv, opens, type SeenPage } from '../support/installing.ts';
import { type Programme, startProgramme } from '../support/programme.ts';
import { freePort } from '../support/settings.ts';

const SIGNING_SECRET = 'sandbox-signing-secret-0123456789';
const key = () => randomBytes(32).toString('base64');

let it: Programme;
let base: string;
let port: number;
afterEach(() => it.end());

async function start(transport: 'socket' | 'http', keys: string[] = [key()]): Promise<void> {
  port = await freePort();
  base = `http://127.0.0.1:${port}`;
  it = await startProgramme({
    env: ({ slack }) => {
      if (transport === 'http') slack.requestUrl = `${base}/slack/events`;
      const http = { SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: SIGNING_SECRET };
      return { ...oauthEnv(port, ...keys), ...(transport === 'http' ? http : {}) };
    },
  });
}

interface Acme {
  team: SlackTeam;
  /** Installs the bot. */
  ada: SlackPerson;
  student: SlackPerson;
  mentor: SlackPerson;
  channel: string;
}

/** Another workspace. Its people have the same ids as those of the first: ids only mean something in their workspace. */
function acme(teamId = 'T0ACME'): Acme {
  const team = it.world.slack.addWorkspace({ teamId, name: 'Acme & Sons' });
  const channel = team.addChannel('mentors', { withApp: false });
  const person = (name: string) => team.addUser({ name, timeZone: 'Europe/Paris' });
  const all = { ada: person('Ada'), student: person('Stan'), mentor: person('Max') };
  team.join(channel, all.mentor.userId);
  return { team, ...all, channel };
}

const install = ({ team, ada }: Acme): Promise<SeenPage> =>
  addsToSlack(it.world.slack, base, ada.userId, { teamId: team.teamId });

async function chooses({ team, ada, channel }: Acme): Promise<void> {
  team.join(channel, team.botUserId);
  await ada.presses('Choose the channels');
  await ada.fills({ 'Mentors channel': channel });
  await ada.sees('Now I know where to speak', 'private');
}

const installations = () =>
  rowsOf<{ external_id: string; sealed_token: string }>(
    it.databaseUrl,
    'SELECT external_id, sealed_token FROM installations JOIN spaces ON spaces.id = space_id ORDER BY external_id',
  );

describe.each([
  ['socket', ['tokens_revoked', 'app_uninstalled']],
  ['http', ['app_uninstalled', 'tokens_revoked']],
] as const)('many workspaces, with %s', (transport, order) => {
  test('one is added, chooses its channel, and keeps to itself', async () => {
    await start(transport);
    const { slack, people } = it.world;
    const other = acme();
    expect(await install(other)).toMatchObject({
      status: 200,
      text: expect.stringContaining('Mini Mentorship is in Acme &amp; Sons'),
    });
    await other.ada.sees('Thank you for having me here', 'dm');

    // Before there is a channel, nothing is lost, and whoever can do something about it is told.
    await asks(other.student, 'Asked early');
    await other.ada.sees(/A request waits for a mentors channel.*Asked early/s, 'dm');
    await other.ada.presses('Choose the channels', 'A request waits');
    await other.ada.fills({ 'Mentors channel': other.channel });
    expect((await other.ada.form()).fields[0]?.error).toMatch(/one that I am not in yet/);
    await other.ada.closesForm();
    await chooses(other);
    await other.mentor.sees('Asked early', 'channel');

    // Their coordinators try what is theirs, and nothing of the workspace of the settings.
    await other.ada.types('mini-admin', { text: 'setup' });
    const setUp = await other.ada.sees(/Everything that I need works/, 'private');
    expect(setUp.text).toMatch(/I am in this workspace, Acme & Sons[\s\S]*Slack mentors channel: #mentors/);
    expect(setUp.text).not.toMatch(/SLACK_|mini-mentors|Socket Mode/);
    other.team.leave(other.channel, other.team.botUserId);
    await other.ada.presses('Look again', 'Everything that I need works');
    await other.ada.sees(/Some of it needs attention[\s\S]*The bot is not in #mentors/, 'private');
    other.team.join(other.channel, other.team.botUserId);
    await other.ada.presses('Choose the channels', 'Some of it needs attention');
    expect((await other.ada.form()).fields[0]?.label).toBe('Mentors channel');
    await other.ada.closesForm();

    await claims(other.mentor, 'Asked early');
    await other.student.sees(/A mentor claimed your request/, 'dm');

    // What happens in one workspace is seen in that one only.
    await asks(people.slack.student, 'Only here');
    await people.slack.mentor.sees('Only here', 'channel');
    await asks(other.student, 'Only there');
    await other.mentor.sees('Only there', 'channel');
    await other.mentor.types('mini-mentor');
    const list = await other.mentor.sees('Only there', 'private');
    expect(list.text).not.toContain('Only here');
    const seen = (who: SlackPerson) =>
      (['dm', 'private', 'channel'] as const)
        .flatMap((where) => who.sight(where).map(({ text }) => text))
        .join();
    for (const who of [other.ada, other.student, other.mentor]) expect(seen(who)).not.toContain('Only here');
    for (const who of Object.values(people.slack)) expect(seen(who)).not.toMatch(/Only there|Asked early/);
    expect(await rowsOf(it.databaseUrl, 'SELECT slug FROM communities ORDER BY slug')).toEqual([
      { slug: 'default' },
      { slug: 'slack:T0ACME' },
    ]);

    // The token is nowhere to be read, and nothing that Slack refused was sent.
    const stored = JSON.stringify(await rowsOf(it.databaseUrl, 'SELECT * FROM installations'));
    expect(stored).not.toContain('xoxb');
    expect(slack.wire.filter(({ error }) => error && error !== 'channel_not_found')).toEqual([]);
  }, 60_000);

  test(`removed (${order}): nothing is sent there any more, and it can come back`, async () => {
    await start(transport);
    const { slack, people } = it.world;
    const other = acme();
    await install(other);
    await chooses(other);
    await asks(other.student, 'Left behind');
    await other.mentor.sees('Left behind', 'channel');
    const removed = await other.team.uninstall(order);
    await expect.poll(installations).toEqual([]);
    for (const { eventId } of removed) await other.team.redeliver(eventId);

    // What became due there meanwhile goes nowhere, and the other workspace notices nothing.
    const before = slack.wire.length;
    await it.bot.moveTo(later(it.clock.now(), 2 * DAY));
    await asks(people.slack.student, 'Goes on');
    await people.slack.mentor.sees('Goes on', 'channel');
    expect(slack.wire.slice(before).filter(({ error }) => error)).toEqual([]);

    // Word of the removal that comes late does not remove it again.
    await install(other);
    const [late] = removed;
    if (late) await other.team.redeliver(late.eventId, 2);
    await other.ada.sees('Thank you for having me here', 'dm');
    await chooses(other);
    const again = other.mentor.sight('channel').filter(({ text }) => text.includes('Left behind'));
    expect(again.length).toBeGreaterThan(0);
    await claims(other.mentor, 'Left behind');
    expect(await installations()).toHaveLength(1);
  }, 60_000);
});

test('a removal of which no word came is noticed at the next message', async () => {
  await start('socket');
  const other = acme();
  await install(other);
  await chooses(other);
  await asks(other.student, 'Waits');
  await other.mentor.sees('Waits', 'channel');
  await other.team.uninstall([]);
  await it.bot.moveTo(later(it.clock.now(), 2 * DAY));
  await expect.poll(installations).toEqual([]);
  const dead = await rowsOf(it.databaseUrl, `SELECT kind, why FROM notices WHERE state = 'DEAD'`);
  expect(dead).toEqual([]);
});

test('only the browser that began, in time, with its consent, for one workspace', async () => {
  await start('socket');
  const { slack } = it.world;
  const other = acme();
  const offer = await opens(`${base}/slack/install`);
  expect(offer).toMatchObject({ status: 200, text: expect.stringContaining('Add to Slack') });
  const consent = new URL(offer.link);
  expect(consent.searchParams.get('scope')?.split(',')).toContain('chat:write');
  const back = () => slack.allows(offer.link, other.ada.userId, { teamId: 'T0ACME' });
  const says = async (url: string, cookie?: string) => {
    const { status, text } = await opens(url, cookie);
    return `${status} ${/<h1>(.*)<\/h1>/.exec(text)?.[1]}`;
  };

  const once = '400 Please begin once more';
  expect(await says(back())).toBe(once);
  expect(await says(back(), (await opens(`${base}/slack/install`)).cookie)).toBe(once);
  const forged = new URL(back());
  forged.searchParams.set('state', 'e30.e30.e30');
  expect(await says(forged.href, 'slack-app-oauth-state=e30.e30.e30')).toBe(once);
  expect(await says(`${base}/slack/oauth_redirect`, offer.cookie)).toBe(once);
  expect(await says(`${base}/slack/oauth_redirect?error=access_denied`, offer.cookie)).toBe(
    '400 Nothing was installed',
  );
  const used = back();
  expect(await says(used, offer.cookie)).toBe('200 Mini Mentorship is in Acme &amp; Sons');
  expect(await says(used, offer.cookie)).toBe('400 That did not work');

  const whole = slack.allows(offer.link, other.ada.userId, { enterpriseId: 'E0ORG' });
  expect(await says(whole, offer.cookie)).toBe('400 One workspace at a time, please');
  expect(slack.wire.at(-1)).toMatchObject({ path: 'auth.revoke', status: 200 });
  const own = slack.allows(offer.link, it.world.people.slack.student.userId, { teamId: slack.teamId });
  expect(await says(own, offer.cookie)).toBe('200 I am here already');
  expect((await installations()).map(({ external_id }) => external_id)).toEqual(['T0ACME']);

  // The organisation's own events name no workspace; nothing comes of them.
  await slack.emit({ type: 'user_change', user: { id: 'W0ORG' } });
  await it.world.people.slack.student.types('mini-sessions');
  await it.world.people.slack.student.sees(/request/i, 'private');
});

test('a press that names what belongs to another workspace finds nothing', async () => {
  await start('http');
  const other = acme();
  await install(other);
  await chooses(other);
  await asks(it.world.people.slack.student, 'Not yours');
  await it.world.people.slack.mentor.sees('Not yours', 'channel');
  const [request] = await rowsOf<{ id: string }>(it.databaseUrl, 'SELECT id FROM mini_mentorship_requests');

  const answers: string[] = [];
  const listening = createServer((incoming, response) => {
    incoming.setEncoding('utf8').on('data', (part: string) => answers.push(part));
    incoming.on('end', () => response.end('ok'));
  }).listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const press = async (teamId: string, userId: string) => {
    const payload = {
      type: 'block_actions',
      team: { id: teamId },
      user: { id: userId, team_id: teamId },
      trigger_id: `${teamId}.${userId}`,
      response_url: `http://127.0.0.1:${(listening.address() as AddressInfo).port}/`,
      container: { message_ts: '1.1' },
      actions: [
        {
          type: 'button',
          action_id: encodeIntent('request.claim', { requestId: request?.id ?? '' }),
          action_ts: '1.2',
        },
      ],
    };
    const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
    const seconds = Math.floor(Date.now() / 1_000);
    const signature = createHmac('sha256', SIGNING_SECRET).update(`v0:${seconds}:${body}`).digest('hex');
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': String(seconds),
      'x-slack-signature': `v0=${signature}`,
    };
    const count = answers.length;
    expect((await fetch(`${base}/slack/events`, { method: 'POST', headers, body })).status).toBe(200);
    await expect.poll(() => answers.length).toBeGreaterThan(count);
    return answers.slice(count).join('');
  };
  try {
    expect(await press('T0ACME', other.mentor.userId)).toContain('I cannot find that request');
    expect(await press('T0NOWHERE', other.mentor.userId)).toContain('I am not installed here');
    const rows = await rowsOf(it.databaseUrl, 'SELECT status FROM mini_mentorship_requests');
    expect(rows).toEqual([{ status: 'OPEN' }]);
  } finally {
    listening.close();
  }
});

test('a key can be changed without anybody noticing', async () => {
  const [old, fresh] = [key(), key()];
  await start('socket', [old]);
  const other = acme();
  await install(other);
  await chooses(other);
  const sealed = async () => (await installations())[0]?.sealed_token;
  const before = await sealed();
  const { world, databaseUrl, clock } = it;
  const again = async (keys: string[]) => {
    const env = { ...world.env, DATABASE_URL: databaseUrl, ...oauthEnv(await freePort(), ...keys) };
    const bot = await startBot(env, clock, createLog('silent'));
    try {
      const count = other.student.sight('private').length;
      await other.student.types('mini-sessions');
      await world.slack.eventually(() => other.student.sight('private').length > count || undefined);
      return { sealed: await sealed(), said: other.student.sight('private').at(-1)?.text.split('\n')[0] };
    } finally {
      await bot.stop();
    }
  };
  await it.bot.stop();
  const both = await again([fresh, old]);
  expect(both).toMatchObject({ said: 'My requests', sealed: expect.not.stringContaining(before ?? '') });
  expect(await again([fresh])).toEqual(both);
  expect(await again([key()])).toEqual({ said: 'I am not installed here', sealed: both.sealed });
});
