import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createLog } from '../../src/log.ts';
import { startGoogle } from '../../src/sandbox/google/index.ts';
import { startZoom } from '../../src/sandbox/zoom/index.ts';
import { setUp } from '../../src/setup/command.ts';
import { valuesOf } from '../../src/setup/env-file.ts';
import { openPlace, type Place, tokens } from './place.ts';
import { keys, openTerminal, type Terminal } from './terminal.ts';

let place: Place;
let screen: Terminal;
let said: string[];
beforeEach(async () => {
  place = await openPlace();
  screen = openTerminal();
  said = [];
});
afterEach(() => place.close());

const begin = (env: Record<string, string> = {}) =>
  setUp({
    file: place.envFile,
    env: { ...place.env, ...env },
    set: [],
    talk: screen.talk,
    say: (line) => said.push(line),
    log: createLog('silent'),
    now: new Date('2026-11-22T14:00:00Z'),
    lookEvery: 5,
  });

/** Answers a question once it is shown. */
async function answers(question: string | RegExp, typed: string): Promise<void> {
  await screen.shows(question);
  screen.types(typed);
}

const { enter, down, space } = keys;
const written = async () => valuesOf(await readFile(place.envFile, 'utf8'));

/** Slack first, links by mentors, the built-in database. */
async function choosesSlack(): Promise<void> {
  await answers('Which platforms', space + enter);
  await answers('Where do the links', enter);
  await answers('Which database', enter);
}

async function choosesDiscord(): Promise<void> {
  await answers('Which platforms', down + space + enter);
  await answers('Where do the links', enter);
  await answers('Which database', enter);
}

test('Slack from nothing: the link, each token tried, the channel by name, and the doctor at the end', async () => {
  const done = begin();
  await choosesSlack();
  await screen.shows('https://api.slack.com/apps?new_app=1&manifest_json=%7B');
  await answers('Bot User OAuth Token (xoxb-…): Enter skips', `xapp-no-bot-token${enter}`);
  await screen.shows('SLACK_BOT_TOKEN must begin with xoxb-');
  screen.types(`${'\b'.repeat(17)}xoxb-of-another-app${enter}`);
  await answers(/SLACK_BOT_TOKEN is refused \(invalid_auth\)[\s\S]*What now/, down + enter);
  await answers('Bot User OAuth Token', tokens.slackBot + enter);
  await screen.shows('Slack bot token: the workspace Sandbox');
  await answers('App-Level Token (xapp-…): Enter skips', tokens.slackApp + enter);
  await screen.shows('Slack app token (Socket Mode)');
  await answers('The mentors channel', `mini${enter}`);
  await screen.shows('Slack mentors channel: #mini-mentors');
  await answers('speaks to coordinators', enter);
  await screen.shows('Everything works. Start the bot: npm start');

  expect(await done).toBe(0);
  expect(await written()).toMatchObject({
    SLACK_BOT_TOKEN: tokens.slackBot,
    SLACK_APP_TOKEN: tokens.slackApp,
    SLACK_MENTORS_CHANNEL: place.ids.slackChannel,
    MEETING_PROVIDER: 'manual',
  });
  expect((await stat(place.envFile)).mode & 0o777).toBe(0o600);
  // It began as .env.example, with its explanations.
  expect(await readFile(place.envFile, 'utf8')).toContain(
    '# OAuth & Permissions, "Bot User OAuth Token" (xoxb-…)',
  );
  expect(said.filter((line) => line.startsWith('✗'))).toEqual([]);
  for (const secret of Object.values(tokens)) {
    expect(screen.shown()).not.toContain(secret);
    expect(said.join('\n')).not.toContain(secret);
  }
});

test('a channel without the bot: says what to type there, and looks again', async () => {
  const done = begin({ SLACK_BOT_TOKEN: tokens.slackBot, SLACK_APP_TOKEN: tokens.slackApp });
  await answers('Which platforms', enter); // Slack is begun, so it is selected
  await answers('Where do the links', enter);
  await answers('Which database', enter);
  await answers('Bot User OAuth Token (xoxb-…): Enter keeps the one that is set', enter);
  await answers('App-Level Token (xapp-…): Enter keeps the one that is set', enter);
  await answers('The mentors channel', `random${enter}`);
  await screen.shows(/The bot is not in #random[\s\S]*\/invite @/);
  await screen.shows('What now');
  place.slack.join(place.slack.channelId('random'), place.slack.botUserId);
  screen.types(enter);
  await screen.shows('Slack mentors channel: #random');
  await answers('speaks to coordinators', `mini${enter}`);
  expect(await done).toBe(0);
  expect(await written()).toMatchObject({
    SLACK_MENTORS_CHANNEL: place.slack.channelId('random'),
    SLACK_COORDINATORS_CHANNEL: place.ids.slackChannel,
  });
});

test('scopes that are missing are named', async () => {
  place.slack.setScopes(['chat:write', 'channels:read', 'groups:read', 'commands', 'im:history']);
  const done = begin();
  await choosesSlack();
  await answers('Bot User OAuth Token', tokens.slackBot + enter);
  await screen.shows(/lacks channels:history, groups:history, im:write, users:read/);
  await answers('What now', keys.cancel);
  expect(await done).toBe(130);
});

test('Discord from nothing: the application, the invitation waited for, the server, and no more', async () => {
  place.discord.faults.removeBot();
  const done = begin();
  await choosesDiscord();
  await answers('Bot token: Enter skips', tokens.discord + enter);
  await screen.shows('Waiting until the bot is in your server');
  place.discord.faults.inviteBot();
  await answers('The server', enter);
  await screen.shows('Discord: server');
  await screen.shows(/Channels and roles are chosen in Discord: .* type \/mini-admin/);
  await screen.shows('Everything works. Start the bot: npm start');
  expect(await done).toBe(0);
  const values = await written();
  expect(values).toMatchObject({
    DISCORD_APPLICATION_ID: place.discord.applicationId,
    DISCORD_SERVER: place.discord.guildId,
  });
  expect(
    Object.keys(values).filter((name) => /^DISCORD_.*(CHANNEL|ROLE)$/.test(name) && values[name]),
  ).toEqual([]);
  expect(said.filter((line) => line.startsWith('✗'))).toEqual([]);
});

test('Discord by the settings, for whoever began like that: channel and role by name', async () => {
  const begun = { DISCORD_FALLBACK_CHANNEL: place.ids.discordChannel };
  place.discord.faults.removeBot();
  const done = begin(begun);
  // What is begun is offered.
  await answers('Which platforms', enter);
  await answers('Where do the links', enter);
  await answers('Which database', enter);
  await answers('Bot token: Enter skips', tokens.discord + enter);
  await screen.shows('Discord takes the token: the application Mini Mentorship');
  await screen.shows(
    `https://discord.com/oauth2/authorize?client_id=${place.discord.applicationId}&scope=bot+applications.commands&permissions=360777337856`,
  );
  await screen.shows('Waiting until the bot is in your server');
  place.discord.faults.inviteBot(); // and nobody presses a key
  await screen.shows('The bot is in your server.');
  await answers('The server', enter);
  await answers('The mentors channel', `mini${enter}`);
  await answers('The mentor role', `Ment${enter}`);
  await screen.shows('Discord: permissions in the mentors channel');
  await answers('A role that makes coordinators', `Gard${enter}`);
  await answers('speaks to coordinators', enter);
  await answers('private threads of two', enter);
  await answers('without open direct messages', enter);
  expect(await done).toBe(0);
  expect(await written()).toMatchObject({
    DISCORD_TOKEN: tokens.discord,
    DISCORD_APPLICATION_ID: place.discord.applicationId,
    DISCORD_MENTORS_CHANNEL: place.ids.discordChannel,
    DISCORD_MENTOR_ROLE: place.ids.role,
    DISCORD_COORDINATOR_ROLE: place.ids.otherRole,
  });
  expect(said.filter((line) => line.startsWith('✗'))).toEqual([]);
  expect(screen.shown()).not.toContain(tokens.discord);
});

test('the invitation can wait: what is done so far is saved, and offered next time', async () => {
  place.discord.faults.removeBot();
  const done = begin();
  await choosesDiscord();
  await answers('Bot token: Enter skips', tokens.discord + enter);
  await answers('Waiting until the bot is in your server', down + enter);
  await screen.shows('Some of it needs attention');
  expect(await done).toBe(0);
  expect(said.join('\n')).toMatch(/DISCORD_SERVER is missing/);

  place.discord.faults.inviteBot();
  screen = openTerminal();
  const again = begin();
  await answers('Which platforms', enter);
  await answers('Where do the links', enter);
  await answers('Which database', enter);
  await answers('Bot token: Enter keeps the one that is set', enter);
  await answers('The server', enter);
  await screen.shows('Everything works');
  expect(await again).toBe(0);
  expect(await readdir(place.folder)).toContain('.env.backup-2026-11-22T14-00-00-000Z');
});

describe('what is there stays', () => {
  const text =
    "# mine\nSLACK_BOT_TOKEN=xoxb-old\nPOSTGRES_PASSWORD='a # b'\n\nexport LOG_LEVEL=warn # loud\n";

  test.each([
    ['at the first question', []] as const,
    ['in the middle', ['Which platforms', 'Where do']] as const,
  ])('Ctrl+C %s leaves .env as it is', async (_when, before) => {
    await writeFile(place.envFile, text);
    const done = begin();
    for (const question of before) await answers(question, enter);
    await answers(/Which (platforms|database)/, keys.cancel);
    await screen.shows('Cancelled');
    expect(await done).toBe(130);
    expect(await readFile(place.envFile, 'utf8')).toBe(text);
    expect(await readdir(place.folder)).toEqual(['.env']);
  });

  test('lines that are not ours, comments, and what is skipped', async () => {
    await writeFile(place.envFile, text);
    const done = begin();
    await answers('Which platforms', enter);
    await answers('Where do the links', enter);
    await answers('Which database', enter);
    await answers('Bot User OAuth Token (xoxb-…): Enter keeps', enter);
    await answers('What now', down + down + down + enter); // skip it: the token is refused, and stays
    await answers('App-Level Token', enter);
    await screen.shows('SLACK_MENTORS_CHANNEL can be chosen once SLACK_BOT_TOKEN works');
    expect(await done).toBe(0);
    const now = await readFile(place.envFile, 'utf8');
    expect(now.startsWith(text)).toBe(true);
    expect(await readFile(`${place.envFile}.backup-2026-11-22T14-00-00-000Z`, 'utf8')).toBe(text);
  });
});

test('a list in which nothing goes by what is typed cannot be answered', async () => {
  const done = begin({ SLACK_BOT_TOKEN: tokens.slackBot, SLACK_APP_TOKEN: tokens.slackApp });
  await answers('Which platforms', enter);
  await answers('Where do the links', enter);
  await answers('Which database', enter);
  await answers('Bot User OAuth Token', enter);
  await answers('App-Level Token', enter);
  await answers('The mentors channel', `nowhere${enter}`);
  await answers('Choose one of the list', keys.cancel);
  expect(await done).toBe(130);
});

describe('Google', () => {
  test('by one organiser: what Google refuses is said, and all of it asked again', async () => {
    const google = await startGoogle();
    try {
      const { GOOGLE_API_URL, GOOGLE_TOKEN_URL, ...account } = google.account().env.refreshToken as Record<
        string,
        string
      >;
      const done = begin({ GOOGLE_API_URL: GOOGLE_API_URL ?? '', GOOGLE_TOKEN_URL: GOOGLE_TOKEN_URL ?? '' });
      await answers('Which platforms', enter);
      await answers('Where do the links', down + down + enter);
      await answers('Which database', enter);
      await answers('Client ID', (account.GOOGLE_CLIENT_ID ?? '') + enter);
      await answers('Client secret', (account.GOOGLE_CLIENT_SECRET ?? '') + enter);
      await answers('Refresh token', `1//a-stale-one${enter}`);
      await screen.shows(/refresh token/i);
      await answers('What now', down + enter);
      await answers('Client ID', enter);
      await answers('Client secret', enter);
      await answers(/Refresh token: Enter/, (account.GOOGLE_REFRESH_TOKEN ?? '') + enter);
      await screen.shows('Meeting links (google-meet)');
      await done;
      expect(await written()).toMatchObject({
        MEETING_PROVIDER: 'google-meet',
        GOOGLE_CLIENT_ID: account.GOOGLE_CLIENT_ID,
        GOOGLE_REFRESH_TOKEN: account.GOOGLE_REFRESH_TOKEN,
      });
      expect(screen.shown()).not.toContain(account.GOOGLE_REFRESH_TOKEN);
    } finally {
      await google.close();
    }
  });

  test('for which there is nothing yet: mentors paste links until there is, and what was typed is kept', async () => {
    const done = begin();
    await answers('Which platforms', enter);
    await answers('Where do the links', down + down + enter);
    await answers('Which database', enter);
    await answers('Client ID', `1234.apps.googleusercontent.com${enter}`);
    await answers('Client secret', enter);
    await answers('Refresh token', enter);
    await screen.shows('until they are, mentors paste their own');
    await done;
    expect(await written()).toMatchObject({
      MEETING_PROVIDER: 'manual',
      GOOGLE_CLIENT_ID: '1234.apps.googleusercontent.com',
    });
    expect(said.join('\n')).not.toMatch(/GOOGLE_\w+ is missing/);
  });

  test('by a service account: the key comes from its file', async () => {
    const google = await startGoogle();
    try {
      const { clientEmail, privateKey, subject } = google.account().serviceAccount;
      const { GOOGLE_API_URL = '', GOOGLE_TOKEN_URL = '' } = google.account().env.serviceAccount;
      const path = join(place.folder, 'key.json');
      await writeFile(path, JSON.stringify({ client_email: clientEmail, private_key: privateKey }));
      await mkdir(join(place.folder, 'not-a-key'));
      const done = begin({ GOOGLE_API_URL, GOOGLE_TOKEN_URL });
      await answers('Which platforms', enter);
      await answers('Where do the links', down + enter);
      await answers('Which database', enter);
      await answers('Path of the JSON key file', join(place.folder, 'not-a-key') + enter);
      await answers(/EISDIR[\s\S]*What now/, down + enter);
      await answers('Path of the JSON key file', path + enter);
      await answers('E-mail address of the person', subject + enter);
      await screen.shows('Meeting links (google-meet)');
      await done;
      expect(await written()).toMatchObject({
        GOOGLE_CLIENT_EMAIL: clientEmail,
        GOOGLE_SUBJECT: subject,
        GOOGLE_PRIVATE_KEY: privateKey.trim().replaceAll('\n', '\\n'),
      });
    } finally {
      await google.close();
    }
  });
});

test('Zoom: what it refuses is said, and all of it asked again', async () => {
  const zoom = await startZoom();
  try {
    const { ZOOM_API_URL = '', ZOOM_TOKEN_URL = '', ...account } = zoom.env;
    const done = begin({ ZOOM_API_URL, ZOOM_TOKEN_URL });
    await answers('Which platforms', enter);
    await answers('Where do the links', down + down + down + down + enter);
    await answers('Which database', enter);
    for (const secret of ['wrong-secret', account.ZOOM_CLIENT_SECRET ?? '']) {
      await answers(/Account ID/, (account.ZOOM_ACCOUNT_ID ?? '') + enter);
      await answers(/Client ID/, (account.ZOOM_CLIENT_ID ?? '') + enter);
      await answers(/E-mail address of the person/, enter);
      await answers(/Client Secret/, secret + enter);
      if (secret !== 'wrong-secret') break;
      await screen.shows('check ZOOM_CLIENT_ID and ZOOM_CLIENT_SECRET');
      await answers('What now', down + enter);
      // What was typed stands there already.
      Object.assign(account, { ZOOM_ACCOUNT_ID: '', ZOOM_CLIENT_ID: '' });
    }
    await screen.shows('Meeting links (zoom)');
    await done;
    expect(await written()).toMatchObject({
      MEETING_PROVIDER: 'zoom',
      ZOOM_ACCOUNT_ID: 'sandbox-account',
      ZOOM_CLIENT_SECRET: 'sandbox-zoom-secret',
    });
    expect(screen.shown()).not.toContain('sandbox-zoom-secret');
    expect(zoom.meetings()).toEqual([]);
  } finally {
    await zoom.close();
  }
});

test('Jitsi needs no secret of anybody: one is made', async () => {
  const done = begin();
  await answers('Which platforms', enter);
  await answers('Where do the links', down + down + down + enter);
  await answers('Which database', enter);
  await answers('Host name of the Jitsi server', `http://127.0.0.1:1${enter}`);
  await screen.shows('does not answer');
  await answers('What now', down + down + enter); // keep it all the same
  await done;
  const values = await written();
  expect(values.JITSI_HOST).toBe('http://127.0.0.1:1');
  expect(values.JITSI_SECRET).toMatch(/^[\w-]{32}$/);
});
