import { spawn } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';

import { signature } from '../../src/sandbox/slack/sign.ts';
import { startSlack } from '../../src/sandbox/slack/start.ts';
import type { SlackStandIn } from '../../src/sandbox/slack/types.ts';
import { startApp, tokens, webApi } from './slack-bot.ts';

let slack: SlackStandIn;
let channel: string;

beforeEach(async () => {
  slack = await startSlack({ ...tokens, commands: ['/mini'] });
  channel = slack.addChannel('mentors');
});
afterEach(async () => {
  await slack.close();
});

const { post, call, error } = webApi(() => slack);

describe('faults', () => {
  test('429 with Retry-After, then well again', async () => {
    slack.faults.rateLimit({ method: 'chat.postMessage', times: 1, retryAfter: 7 });
    const limited = await post('chat.postMessage', { channel, text: 'x' });
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '7']);
    expect(slack.wire.at(-1)).toMatchObject({ status: 429 });
    expect(slack.messages(channel)).toEqual([]);
    expect((await call('chat.postMessage', { channel, text: 'x' })).ok).toBe(true);
  });

  test('a real client waits as long as it was told', async () => {
    const { app, stop } = await startApp(slack, { channel, retries: 1 });
    slack.faults.rateLimit({ method: 'chat.postMessage', retryAfter: 1 });
    const began = Date.now();
    await app.client.chat.postMessage({ channel, text: 'patient' });
    expect(Date.now() - began).toBeGreaterThanOrEqual(1_000);
    const posts = slack.wire.filter((entry) => entry.path === 'chat.postMessage');
    expect(posts.map((entry) => entry.status)).toEqual([429, 200]);
    expect(slack.messages(channel)).toHaveLength(1);
    await stop();
  });

  test('a refusal, a broken server, and an answer that gets lost', async () => {
    slack.faults.fail({ method: 'chat.postMessage', error: 'fatal_error' });
    slack.faults.fail({ method: '*' });
    expect(await error('chat.postMessage', { channel, text: 'x' })).toBe('fatal_error');
    expect((await post('chat.postMessage', { channel, text: 'x' })).status).toBe(500);
    expect(slack.messages(channel)).toEqual([]);
    slack.faults.loseAnswer({ method: 'chat.postMessage' });
    await expect(post('chat.postMessage', { channel, text: 'done' })).rejects.toThrow();
    expect(slack.messages(channel).map((message) => message.text)).toEqual(['done']);
    slack.faults.rateLimit({ method: '*', times: Number.POSITIVE_INFINITY });
    slack.faults.clear();
    expect((await call('api.test')).ok).toBe(true);
  });
});

describe('transports', () => {
  test('a fixed port, and one that is taken', async () => {
    const port = Number(new URL(slack.url).port);
    await expect(startSlack({ ...tokens, port })).rejects.toThrow(`port ${port} is taken`);
  });

  test('the signature of the documented example', () => {
    const body =
      'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';
    expect(signature('8f742231b10e8888abcd99yyyzzz85a5', 1_531_420_618, body)).toBe(
      'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
    );
  });

  test('ten connections at most, each payload to one of them, and a polite refresh', async () => {
    const heard: string[] = [];
    const sockets: WebSocket[] = [];
    const connect = async () => {
      const { url } = (await call('apps.connections.open', {}, tokens.appToken)) as unknown as {
        url: string;
      };
      const socket = new WebSocket(url);
      sockets.push(socket);
      return new Promise<string>((resolve) => {
        socket.onmessage = ({ data }) => {
          const message = JSON.parse(String(data)) as { type: string; reason?: string; envelope_id?: string };
          if (message.envelope_id) {
            heard.push(message.type);
            socket.send(JSON.stringify({ envelope_id: message.envelope_id }));
          } else resolve(message.reason ?? message.type);
        };
      });
    };
    for (let i = 0; i < 10; i++) expect(await connect()).toBe('hello');
    expect(await connect()).toBe('too_many_websockets');
    expect(slack.connections).toBe(10);
    await Promise.all(Array.from({ length: 30 }, () => slack.emit({ type: 'user_change' })));
    expect(heard).toHaveLength(30);
    const farewells = sockets
      .slice(0, 10)
      .map(
        (s) =>
          new Promise((r) => s.addEventListener('message', ({ data }) => r(JSON.parse(String(data)).reason))),
      );
    slack.refreshConnection();
    expect(await Promise.all(farewells)).toEqual(Array(10).fill('refresh_requested'));
    expect(slack.connections).toBe(0);
    expect((await slack.emit({ type: 'user_change' })).acknowledged).toBe(false);
    const reused = new WebSocket(sockets[0]?.url ?? '');
    await new Promise((resolve) => {
      reused.onerror = resolve;
    });
    expect(slack.connections).toBe(0);
  });

  test('an app that is killed without a word, and one that takes its place', async () => {
    const program = `
      import bolt from '@slack/bolt';
      const app = new bolt.App({
        token: '${tokens.botToken}', appToken: '${tokens.appToken}', socketMode: true, deferInitialization: true,
        clientOptions: { slackApiUrl: '${slack.url}', retryConfig: { retries: 0 } },
      });
      app.command('/mini', async ({ ack, body }) => {
        if (body.text === 'die') process.kill(process.pid, 'SIGKILL');
        await ack('alive');
      });
      await app.init();
      await app.start();
    `;
    const run = () => spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'ignore' });
    const ana = slack.addUser({ name: 'Ana', timeZone: 'UTC' });
    run();
    await slack.connected();
    await ana.types('mini');
    await ana.types('mini', { text: 'die' });
    await slack.eventually(() => (slack.connections === 0 ? true : undefined));
    await ana.types('mini');
    const next = run();
    try {
      await slack.connected();
      await ana.types('mini');
    } finally {
      next.kill('SIGKILL');
    }
    expect(ana.sight('private').map((seen) => seen.text)).toEqual([
      'alive',
      '/mini failed with the error "operation_timeout"',
      '/mini failed because the app did not respond',
      'alive',
    ]);
  });
});
