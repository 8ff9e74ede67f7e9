import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { DiscordPerson, DiscordStandIn } from '../../src/sandbox/discord/index.ts';
import { startSlack } from '../../src/sandbox/slack/start.ts';
import type { SlackPerson, SlackStandIn } from '../../src/sandbox/slack/types.ts';
import { sandbox, TOKEN } from './discord-bot.ts';
import { tokens, webApi } from './slack-bot.ts';

/** What the playground needs of the stand-ins: whole screens, presses by id, and outages that last. */

const blocks = [
  { type: 'header', text: { type: 'plain_text', text: 'A request' } },
  {
    type: 'actions',
    block_id: 'acts',
    elements: [{ type: 'button', action_id: 'claim', text: { type: 'plain_text', text: 'Claim' } }],
  },
];

describe('on Slack', () => {
  let slack: SlackStandIn;
  let ada: SlackPerson;
  const { call, post } = webApi(() => slack);
  beforeAll(async () => {
    slack = await startSlack({ ...tokens, commands: ['ask'] });
    ada = slack.addUser({ name: 'Ada', timeZone: 'Europe/London' });
  });
  afterAll(() => slack.close());

  test('a screen holds what its person sees, and nothing of others', async () => {
    const hidden = slack.addChannel('mentors');
    slack.join(hidden, slack.botUserId);
    await call('chat.postMessage', { channel: hidden, text: 'for mentors' });
    await call('chat.postMessage', { channel: ada.userId, text: 'hello', blocks });
    const screen = ada.screen();
    expect(screen.places.map(({ name, kind }) => `${kind} ${name}`)).toEqual(['channel general', 'dm ']);
    expect(screen.messages).toMatchObject([{ from: 'app', text: 'hello', onlyMe: false, version: 0 }]);
    expect(JSON.stringify(screen)).not.toContain('for mentors');
    expect(JSON.parse(JSON.stringify(screen))).toEqual(screen);
  });

  test('a press by ids reaches for that very button, and says so when it is gone', async () => {
    const [message] = ada.screen().messages;
    await expect(ada.uses(message?.id ?? '', 'acts', 'other')).rejects.toThrow(/not there any more/);
    await expect(ada.uses('1.2', 'acts', 'claim')).rejects.toThrow(/not there any more/);
    await ada.uses(message?.id ?? '', 'acts', 'claim');
    await ada.sees(/trouble connecting/, 'private'); // no app is there to hear it
  });

  test('whoever follows hears of every change, until they stop', async () => {
    let changes = 0;
    const stop = slack.onChange(() => {
      changes += 1;
    });
    await call('chat.postMessage', { channel: ada.userId, text: 'news' });
    expect(changes).toBeGreaterThan(0);
    stop();
    const before = changes;
    await call('chat.postMessage', { channel: ada.userId, text: 'more' });
    expect(changes).toBe(before);
  });

  test('an outage lasts until it is over', async () => {
    slack.faults.outage(true);
    for (let i = 0; i < 3; i += 1) expect((await post('auth.test', {})).status).toBe(503);
    slack.faults.outage(false);
    expect((await call('auth.test')).ok).toBe(true);
  });
});

describe('on Discord', () => {
  let discord: DiscordStandIn;
  let end: () => Promise<void>;
  let ada: DiscordPerson;
  let bob: DiscordPerson;
  const api = (method: string, path: string, body?: unknown) =>
    fetch(`${discord.url}/v10${path}`, {
      method,
      headers: { authorization: `Bot ${TOKEN}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  beforeAll(async () => {
    ({ discord, end } = await sandbox());
    const role = discord.addRole('Mentor');
    const mentors = discord.addChannel('mentors', { roles: [role] });
    ada = discord.addUser({ name: 'Ada', timeZone: 'Europe/London', roles: [role] });
    bob = discord.addUser({ name: 'Bob', timeZone: 'Europe/London' });
    const components = [{ type: 1, components: [{ type: 2, style: 1, label: 'Claim', custom_id: 'claim' }] }];
    const posted = await api('POST', `/channels/${mentors}/messages`, { content: 'A request', components });
    expect(posted.status).toBe(200);
  });
  afterAll(() => end());

  test('a screen holds what its person sees, and nothing of others', () => {
    expect(ada.screen().places.map(({ name }) => name)).toEqual(['general', 'mentors']);
    expect(ada.screen().messages).toMatchObject([
      { from: 'app', content: 'A request', onlyMe: false, version: 0 },
    ]);
    expect(bob.screen()).toMatchObject({ messages: [], commands: [] });
    expect(JSON.parse(JSON.stringify(ada.screen()))).toEqual(ada.screen());
  });

  test('a press by id reaches for that very button, and says so when it is gone', async () => {
    const [message] = ada.screen().messages;
    await expect(ada.uses(message?.id ?? '', 'other')).rejects.toThrow(/not there any more/);
    await expect(bob.uses(message?.id ?? '', 'claim')).rejects.toThrow(/not there any more/);
    await ada.uses(message?.id ?? '', 'claim');
    expect(ada.screen().messages.at(-1)).toMatchObject({
      from: 'client',
      content: 'The application did not respond',
    });
  });

  test('an outage lasts until it is over, on the gateway too', async () => {
    const connect = () =>
      new Promise<string>((resolve) => {
        const socket = new WebSocket(
          discord.url.replace('http', 'ws').replace('/api', '/?v=10&encoding=json'),
        );
        socket.once('message', () => {
          resolve('hello');
          socket.close();
        });
        socket.once('error', (error) => resolve(error.message));
      });
    discord.faults.outage(true);
    for (let i = 0; i < 3; i += 1) expect((await api('GET', '/gateway/bot')).status).toBe(503);
    expect(await connect()).toMatch(/503/);
    discord.faults.outage(false);
    expect((await api('GET', '/gateway/bot')).status).toBe(200);
    expect(await connect()).toBe('hello');
  });
});
