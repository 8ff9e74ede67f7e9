import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Notice } from '../src/core/notices.ts';
import { doctor } from '../src/doctor.ts';
import { createLog } from '../src/log.ts';
import { SCOPES } from '../src/platforms/slack/set-up.ts';
import { createMovableClock } from '../src/sandbox/movable-clock.ts';
import { startWorld, type World } from '../src/sandbox/world.ts';
import { freePort } from './platforms/slack/bot.ts';
import { makeWorld as makeProgramme, noon, opened, telling } from './store/world.ts';
import { freshDatabase, runOn, type TestDatabase } from './support/database.ts';
import { wireLog } from './support/wire-log.ts';

// Every finding of the doctor, made by breaking exactly one thing. The other checks must stay well.

const quiet = createLog('silent');

let world: World;
let database: TestDatabase;
let env: Record<string, string>;
/** What a test began beside. */
const ended: (() => Promise<void>)[] = [];
beforeEach(async () => {
  world = await startWorld(createMovableClock(), wireLog);
  world.slack.setScopes(SCOPES);
  database = await freshDatabase();
  env = { ...world.env, DATABASE_URL: database.url };
});
afterEach(async () => {
  await world.close();
  await database.drop();
  for (const end of ended.splice(0)) await end();
});

/** What is wrong: the remedies, by what was looked at. */
async function findings(changes: Record<string, string> = {}): Promise<Record<string, string>> {
  const checks = await doctor({ ...env, ...changes }, quiet);
  for (const { ok, remedy } of checks) expect(Boolean(remedy)).toBe(!ok);
  return Object.fromEntries(checks.filter(({ ok }) => !ok).map(({ what, remedy }) => [what, remedy ?? '']));
}

test('a bot that is set up right is well', async () => {
  expect(await findings()).toEqual({});
  expect((await doctor(env, quiet)).map(({ what }) => what)).toEqual([
    'Settings',
    'Database server',
    'Outbox (0 due)',
    'Slack bot token: the workspace Sandbox',
    'Slack scopes',
    'Slack mentors channel: #mini-mentors',
    'Slack coordinators channel: #mini-coordinators',
    'Slack app token (Socket Mode)',
    'Discord: token and application id',
    'Discord: mentors channel',
    'Discord: server',
    'Discord: roles',
    'Discord: permissions in the mentors channel',
    'Discord: coordinators channel',
    'Discord: commands (the next start of the bot publishes them)',
    expect.stringMatching(/^Discord: invited with https:\/\/discord\.com\/oauth2\/authorize\?/),
    'Meeting links (google-meet)',
    'Meeting links (google-meet-space)',
    'Calendars of people who ask to be looked at (Google)',
  ]);
});

test('that people’s calendars may not be looked at is no mistake; what would let them be is said', async () => {
  world.google.withholdsFreeBusy();
  expect(await findings()).toEqual({});
  expect((await doctor(env, quiet)).at(-1)?.what).toMatch(
    /cannot be looked at yet \(optional\): The sign-in lacks a scope[\s\S]*calendar\.freebusy/,
  );
});

test('whoever gives both ways into Slack is told which one counts', async () => {
  const both = { ...env, PORT: '3000', SLACK_SIGNING_SECRET: '8f742231b10e8888abcd99yyyzzz85a5' };
  const said = async (changes: Record<string, string>) =>
    (await doctor({ ...both, ...changes }, quiet)).map(({ what }) => what).join('\n');
  expect(await said({})).toMatch(/over HTTP on port 3000; for Socket Mode leave SLACK_SIGNING_SECRET empty/);
  expect(await said({ SLACK_APP_TOKEN: '' })).not.toMatch(/Socket Mode/);
  expect(await said({ PORT: '' })).not.toMatch(/over HTTP/);
});

/** One broken thing: what breaks it (which may give settings), where it is found, and words of the remedy. */
type Case = [
  what: string,
  spoil: () => Promise<Record<string, string>> | Record<string, string> | undefined,
  where: string,
  remedy: RegExp,
];

const spoiling = (act: () => unknown) => () => {
  act();
  return undefined;
};
const deadEnd = async () => `http://127.0.0.1:${await freePort()}`;

const cases: Case[] = [
  ['settings', () => ({ PORT: 'eighty' }), 'Settings', /PORT must be a number/],

  [
    'Slack’s bot token',
    () => ({ SLACK_BOT_TOKEN: 'xoxb-other' }),
    'Slack bot token',
    /SLACK_BOT_TOKEN is refused \(invalid_auth\).*OAuth & Permissions/,
  ],
  [
    'Slack’s scopes',
    spoiling(() => world.slack.setScopes(SCOPES.filter((one) => one !== 'im:write'))),
    'Slack scopes',
    /lacks im:write\..*Reinstall/,
  ],
  [
    'Slack’s channel',
    () => ({ SLACK_MENTORS_CHANNEL: 'C0NOWHERE' }),
    'Slack mentors channel',
    /SLACK_MENTORS_CHANNEL \(C0NOWHERE\) cannot be found/,
  ],
  [
    'the bot in Slack’s channel',
    () => ({ SLACK_MENTORS_CHANNEL: world.slack.addChannel('elsewhere', { withApp: false }) }),
    'Slack mentors channel',
    /not in #elsewhere\..*\/invite @/,
  ],
  [
    'Slack’s channel that is archived',
    spoiling(() => world.slack.archive(world.env.SLACK_MENTORS_CHANNEL ?? '')),
    'Slack mentors channel',
    /#mini-mentors is archived\. Unarchive it, or set SLACK_MENTORS_CHANNEL/,
  ],
  [
    'Slack’s coordinators channel',
    () => ({ SLACK_COORDINATORS_CHANNEL: world.slack.addChannel('office', { withApp: false }) }),
    'Slack coordinators channel',
    /not in #office\..*\/invite @/,
  ],
  [
    'Slack’s app token',
    () => ({ SLACK_APP_TOKEN: 'xapp-other' }),
    'Slack app token (Socket Mode)',
    /SLACK_APP_TOKEN is refused.*connections:write/,
  ],
  [
    'Slack’s limit',
    spoiling(() => world.slack.faults.rateLimit({ method: 'auth.test', times: 5 })),
    'Slack bot token',
    /pause/,
  ],
  [
    'Slack’s signing secret',
    () => ({ PORT: '3000', SLACK_SIGNING_SECRET: 'not-a-signing-secret' }),
    'Slack signing secret',
    /SLACK_SIGNING_SECRET does not look like one/,
  ],

  [
    'Discord’s token',
    () => ({ DISCORD_TOKEN: 'another.token' }),
    'Discord: token and application id',
    /DISCORD_TOKEN is not accepted.*Reset Token/,
  ],
  [
    'Discord’s application',
    () => ({ DISCORD_APPLICATION_ID: '12345' }),
    'Discord: token and application id',
    /DISCORD_APPLICATION_ID is 12345, but/,
  ],
  [
    'Discord’s channel',
    () => ({ DISCORD_MENTORS_CHANNEL: '12345' }),
    'Discord: mentors channel',
    /DISCORD_MENTORS_CHANNEL \(12345\) does not exist/,
  ],
  [
    'sight of Discord’s channel',
    spoiling(() => world.discord.faults.forbid(world.env.DISCORD_MENTORS_CHANNEL ?? '', 'see')),
    'Discord: mentors channel',
    /cannot see the channel of DISCORD_MENTORS_CHANNEL.*oauth2\/authorize/,
  ],
  [
    'the bot in Discord’s server',
    spoiling(() => world.discord.faults.removeBot()),
    'Discord: mentors channel',
    /oauth2\/authorize\?client_id=/,
  ],
  [
    'Discord’s role',
    () => ({ DISCORD_MENTOR_ROLE: '12345' }),
    'Discord: roles',
    /DISCORD_MENTOR_ROLE \(12345\) is not a role/,
  ],
  [
    'Discord’s permissions',
    spoiling(() => world.discord.faults.forbid(world.env.DISCORD_MENTORS_CHANNEL ?? '', 'write')),
    'Discord: permissions in the mentors channel',
    /Send Messages\. Open Edit Channel/,
  ],
  [
    'Discord’s coordinators channel',
    () => ({ DISCORD_COORDINATORS_CHANNEL: '54321' }),
    'Discord: coordinators channel',
    /DISCORD_COORDINATORS_CHANNEL \(54321\) does not exist/,
  ],
  [
    'the right to publish commands',
    spoiling(() => world.discord.faults.fail({ path: /commands/, times: 9, status: 403 })),
    'Discord: commands',
    /applications\.commands/,
  ],

  [
    'Google’s refresh token',
    () => ({ GOOGLE_REFRESH_TOKEN: '1//stale' }),
    'Meeting links (google-meet)',
    /GOOGLE_REFRESH_TOKEN.*publish the app/,
  ],
  [
    'Google’s client',
    () => ({ GOOGLE_CLIENT_SECRET: 'another' }),
    'Meeting links (google-meet)',
    /GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET/,
  ],
  [
    'Google’s calendar',
    () => ({ GOOGLE_CALENDAR_ID: 'other@example.org' }),
    'Meeting links (google-meet)',
    /other@example\.org.*GOOGLE_CALENDAR_ID/,
  ],
  [
    'the right to write into it',
    spoiling(() => world.google.configure({ accessRole: 'reader' })),
    'Meeting links (google-meet)',
    /Make changes to events/,
  ],
  [
    'Meet',
    spoiling(() => world.google.configure({ allowedConferenceSolutionTypes: [] })),
    'Meeting links (google-meet)',
    /Switch Meet on/,
  ],
  [
    'delegation',
    () => {
      world.google.delegate(false);
      return serviceAccount();
    },
    'Meeting links (google-meet)',
    /domain-wide delegation/,
  ],
  [
    'the organiser',
    () => ({ ...serviceAccount(), GOOGLE_SUBJECT: '' }),
    'Meeting links (google-meet)',
    /GOOGLE_SUBJECT is missing/,
  ],
  [
    'the private key',
    () => ({ ...serviceAccount(), GOOGLE_PRIVATE_KEY: '-----BEGIN PRIVATE KEY-----' }),
    'Meeting links (google-meet)',
    /GOOGLE_PRIVATE_KEY is not a readable/,
  ],
  [
    'the way to Google',
    async () => ({ GOOGLE_TOKEN_URL: await deadEnd() }),
    'Meeting links (google-meet)',
    /could not be reached/,
  ],
  [
    'Jitsi',
    async () => ({
      MEETING_PROVIDER: 'jitsi',
      JITSI_HOST: await deadEnd(),
      JITSI_SECRET: '0123456789abcdef',
    }),
    'Meeting links (jitsi)',
    /does not answer/,
  ],

  ['the outbox', giveUp, 'Outbox', /\d+ messages were given up\..*A notice was given up/],
];

const serviceAccount = () => ({
  GOOGLE_CLIENT_ID: '',
  GOOGLE_CLIENT_SECRET: '',
  GOOGLE_REFRESH_TOKEN: '',
  ...world.google.account().env.serviceAccount,
});

/** A request in a database of its own, whose only notice was given up. */
async function giveUp(): Promise<Record<string, string>> {
  const programme = await makeProgramme();
  ended.push(programme.close);
  const request = await opened(programme);
  await programme.store
    .requestsAs(programme.student, 'test')
    .changeRequest(request.id, (unchanged) => telling(unchanged, aNotice(request.id)));
  await runOn(programme.url, "UPDATE notices SET state = 'DEAD', finished_at = now()");
  return { DATABASE_URL: programme.url };
}

const aNotice = (requestId: string): Notice => ({
  kind: 'request_card',
  recipient: { to: 'mentors' },
  key: 'test',
  mode: 'once',
  requestId,
  sessionId: null,
  dueAt: noon,
  detail: {},
});

test.each(cases)('%s', async (_what, spoil, where, remedy) => {
  const found = await findings((await spoil()) ?? {});
  expect(found).toEqual({ [where]: expect.stringMatching(remedy) });
});

test('no answer from a platform', async () => {
  const [slack, discord] = [`${await deadEnd()}/api/`, `${await deadEnd()}/api`];
  expect(await findings({ SLACK_API_URL: slack, DISCORD_API_URL: discord })).toEqual({
    'Slack bot token': expect.stringMatching(/cannot be reached at .*SLACK_API_URL/),
    'Slack app token (Socket Mode)': expect.stringMatching(/cannot be reached/),
    'Discord: token and application id': expect.stringMatching(/DISCORD_API_URL/),
  });
});

test('no platform at all', async () => {
  const none = Object.fromEntries(
    Object.keys(env)
      .filter((name) => /^(SLACK|DISCORD)_/.test(name))
      .map((name) => [name, '']),
  );
  expect(await findings(none)).toEqual({ Platforms: expect.stringMatching(/npm run setup.*\.env\.example/) });
});

test('everything that is wrong is said at once, and no secret with it', async () => {
  const broken = {
    SLACK_BOT_TOKEN: 'xoxb-wrong',
    DISCORD_TOKEN: 'a.wrong.token',
    GOOGLE_REFRESH_TOKEN: '1//wrong',
    DATABASE_URL: 'postgresql://a:top-secret@127.0.0.1:1/x',
  };
  const found = await findings(broken);
  expect(Object.keys(found)).toEqual([
    'Database server',
    'Slack bot token',
    'Discord: token and application id',
    'Meeting links (google-meet)',
  ]);
  for (const secret of ['xoxb-wrong', 'a.wrong.token', '1//wrong', 'top-secret'])
    expect(JSON.stringify(found)).not.toContain(secret);
});
