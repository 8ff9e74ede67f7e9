import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createLog } from '../../../src/log.ts';
import { PlatformSetupError } from '../../../src/platforms/platform.ts';
import type { SlackSettings } from '../../../src/platforms/slack/index.ts';
import { checkSlack, SCOPES } from '../../../src/platforms/slack/set-up.ts';
import { freePort, type SlackWithBot, slackWithBot } from './bot.ts';

const quiet = createLog('silent');
let it: SlackWithBot;
beforeEach(async () => {
  it = await slackWithBot();
});
afterEach(() => it.close());

test('starting announces the workspace with its mentors channel', () => {
  expect(it.desk.announced).toEqual([
    {
      platform: 'slack',
      spaceId: it.slack.teamId,
      name: 'Sandbox',
      mentorsChannel: it.mentorsChannel,
      coordinatorsChannel: '',
      sessionsChannel: '',
    },
  ]);
});

test('the doctor finds nothing to mend', async () => {
  const checks = await checkSlack(it.settings, quiet);
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(checks.map(({ what }) => what)).toEqual([
    'Slack bot token: the workspace Sandbox',
    'Slack scopes',
    'Slack mentors channel: #mentors',
    'Slack app token (Socket Mode)',
  ]);
});

describe('what is wrong is said with the setting’s name and the way to mend it', () => {
  const socket = (appToken: string): SlackSettings['transport'] => ({ mode: 'socket', appToken });
  const cases: [string, () => Partial<SlackSettings> | Promise<Partial<SlackSettings>>, RegExp][] = [
    [
      'bot token',
      () => ({ own: { ...it.own, botToken: 'xoxb-wrong' } }),
      /SLACK_BOT_TOKEN is refused \(invalid_auth\).*OAuth & Permissions/,
    ],
    [
      'app token',
      () => ({ transport: socket('xapp-wrong') }),
      /SLACK_APP_TOKEN is refused.*connections:write/,
    ],
    [
      'address',
      async () => ({ apiUrl: `http://127.0.0.1:${await freePort()}/api/` }),
      /cannot be reached.*SLACK_API_URL/,
    ],
    [
      'channel',
      () => ({ own: { ...it.own, mentorsChannel: 'C0NOWHERE' } }),
      /SLACK_MENTORS_CHANNEL \(C0NOWHERE\) cannot be found/,
    ],
    [
      'membership',
      () => ({
        own: { ...it.own, mentorsChannel: it.slack.addChannel('elsewhere', { withApp: false }) },
      }),
      /not in #elsewhere.*\/invite @/,
    ],
    [
      'scopes',
      () => {
        it.slack.setScopes(SCOPES.filter((scope) => scope !== 'im:write'));
        return {};
      },
      /lacks im:write.*Reinstall/,
    ],
  ];

  test.each(cases)('%s', async (_what, settings, words) => {
    const changes = await settings();
    const bot = it.create(changes);
    const failed = bot.start();
    await expect(failed).rejects.toThrow(words);
    await expect(failed).rejects.toBeInstanceOf(PlatformSetupError);
    const remedies = (await checkSlack({ ...it.settings, ...changes }, quiet)).flatMap(({ ok, remedy }) =>
      ok ? [] : [remedy],
    );
    expect(remedies.join('\n')).toMatch(words);
    expect(bot.health()).not.toBe('up');
    expect(it.slack.connections).toBe(2);
  });

  test('the OAuth client, and where Slack sends people back to', async () => {
    const client = { clientId: '1.2', clientSecret: 'sandbox-client-secret' };
    await it.close();
    it = await slackWithBot({ slack: { oauth: { ...client, redirectUrls: ['https://mini.example/'] } } });
    const oauth = { ...client, tokenKeys: [Buffer.alloc(32)], publicUrl: 'https://mini.example' };
    const found = async (changes: Partial<typeof oauth>) =>
      (await checkSlack({ ...it.settings, oauth: { ...oauth, ...changes } }, quiet)).find(({ what }) =>
        what.includes('OAuth'),
      );
    expect(await found({})).toEqual({
      what: 'Slack installations by OAuth (https://mini.example/slack/install)',
      ok: true,
    });
    expect(await found({ clientSecret: 'another' })).toMatchObject({
      ok: false,
      remedy: expect.stringMatching(/SLACK_CLIENT_SECRET is refused \(bad_client_secret\)/),
    });
    expect(await found({ publicUrl: 'http://mini.example' })).toMatchObject({
      ok: false,
      remedy: expect.stringMatching(/PUBLIC_URL must begin with https/),
    });
  });

  test('the signing secret’s shape', async () => {
    const http = (signingSecret: string): SlackSettings['transport'] => ({
      mode: 'http',
      signingSecret,
      port: 1,
    });
    const last = async (secret: string) =>
      (await checkSlack({ ...it.settings, transport: http(secret) }, quiet)).at(-1);
    expect(await last('8f742231b10e8888abcd99yyyzzz85a5')).toMatchObject({
      ok: false,
      remedy: /SLACK_SIGNING_SECRET/,
    });
    expect(await last('8f742231b10e8888abcd99aaabbb85a5')).toMatchObject({ ok: true });
  });
});
