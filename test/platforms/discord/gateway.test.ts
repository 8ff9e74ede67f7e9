import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { createDiscord } from '../../../src/platforms/discord/index.ts';
import { type Platform, PlatformSetupError, TryLater } from '../../../src/platforms/platform.ts';
import { spokenCard } from '../../support/spoken.ts';
import { prepare, type Stage, until } from './bot.ts';

/**
 * What the stand-in never does: a gateway that stays silent, refuses, or sends what nobody expects, and a REST API that
 * never answers. REST goes through to the stand-in otherwise.
 */
let stage: Stage;
let proxy: Server;
let gateway: WebSocketServer;
let bot: Platform;
/** What happens once the bot has identified. */
let identified: (socket: WebSocket) => void;
let hang: RegExp | null;
let address: string;

beforeEach(async () => {
  stage = await prepare();
  identified = () => {};
  hang = null;
  proxy = createServer(async (request, response) => {
    const path = (request.url ?? '').replace(/^\/api/, '');
    if (hang?.test(path)) return;
    if (path.endsWith('/gateway/bot')) {
      const session_start_limit = { total: 9, remaining: 9, reset_after: 0, max_concurrency: 1 };
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ url: `ws://${address}`, shards: 1, session_start_limit }));
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const answer = await fetch(stage.discord.url + path, {
      method: request.method ?? 'GET',
      headers: {
        authorization: request.headers.authorization ?? '',
        'content-type': 'application/json',
      },
      ...(chunks.length > 0 ? { body: Buffer.concat(chunks) } : {}),
    });
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  gateway = new WebSocketServer({ server: proxy });
  gateway.on('connection', (socket) => {
    socket.send(JSON.stringify({ op: 10, d: { heartbeat_interval: 45_000 } }));
    socket.on('message', (data) => {
      if ((JSON.parse(String(data)) as { op: number }).op === 2) identified(socket);
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  address = `127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  bot = createDiscord(
    { ...stage.settings, apiUrl: `http://${address}/api` },
    stage.desk,
    pino({ level: 'silent' }),
    {
      ready: 400,
      drain: 100,
      draft: 100,
      request: 300,
    },
  );
});
afterEach(async () => {
  await bot.stop();
  for (const socket of gateway.clients) socket.terminate();
  proxy.closeAllConnections();
  await new Promise((resolve) => proxy.close(resolve));
  await stage.close();
});

let sequence = 0;
const dispatch = (socket: WebSocket, t: string, d: unknown) => {
  sequence += 1;
  socket.send(JSON.stringify({ op: 0, s: sequence, t, d }));
};
const greet = (socket: WebSocket) => {
  const { applicationId } = stage.discord;
  dispatch(socket, 'READY', {
    v: 10,
    user: { id: applicationId, username: 'bot', discriminator: '0', avatar: null, bot: true },
    guilds: [],
    session_id: 's',
    resume_gateway_url: `ws://${address}`,
    application: { id: applicationId, flags: 0 },
  });
};

describe('starting', () => {
  it('gives up on a gateway that says nothing', async () => {
    const error = await bot.start().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PlatformSetupError);
    expect((error as Error).message).toMatch(/no connection within 0\.4 seconds.*DISCORD_API_URL/);
    expect(bot.health()).toBe('down');
  });

  it('gives up on one that refuses', async () => {
    identified = (socket) => socket.close(4004, 'Authentication failed.');
    await expect(bot.start()).rejects.toThrow(PlatformSetupError);
    expect(bot.health()).toBe('down');
  });
});

describe('running', () => {
  it('survives interactions that nobody can read, and goes on', async () => {
    let socket: WebSocket | undefined;
    identified = (it) => {
      socket = it;
      greet(it);
    };
    await bot.start();
    expect(bot.health()).toBe('up');
    if (!socket) expect.fail();
    const broken: unknown[] = [null, 'x', {}, { id: '1', token: 't', type: 3, data: { component_type: 2 } }];
    for (const one of broken) dispatch(socket, 'INTERACTION_CREATE', one);
    dispatch(socket, 'SOMETHING_NEW', { any: 'thing' });
    const member = { user: { id: '42', username: 'ada' }, roles: [] };
    const press = { component_type: 2, custom_id: 'a.b' };
    dispatch(socket, 'INTERACTION_CREATE', {
      id: '2',
      token: 't',
      type: 3,
      guild_id: '1',
      member,
      data: press,
    });
    await until(() => stage.discord.wire.some(({ path }) => path === '/interactions/2/token/callback'));
    expect(bot.health()).toBe('up');
  });

  it('is down once the gateway has refused it for good', async () => {
    let socket: WebSocket | undefined;
    identified = (it) => {
      socket = it;
      greet(it);
    };
    await bot.start();
    socket?.close(4004);
    await until(() => bot.health() === 'down');
  });

  it('stops while it reconnects, and stays away', async () => {
    let socket: WebSocket | undefined;
    let greeted = 0;
    identified = (it) => {
      socket = it;
      greeted += 1;
      if (greeted === 1) greet(it);
    };
    await bot.start();
    // It has to identify again, and is left waiting.
    socket?.close(4007);
    await until(() => greeted === 2);
    expect(bot.health()).toBe('connecting');
    let came = 0;
    gateway.on('connection', () => {
      came += 1;
    });
    const began = performance.now();
    await bot.stop();
    expect(performance.now() - began).toBeLessThan(3_000);
    expect(bot.health()).toBe('down');
    // discord.js would be back half a second after it was told to leave; only time can show that it is not.
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, 900 - (performance.now() - began))));
    expect(came).toBe(0);
  });

  it('does not wait for ever for an answer to a post', async () => {
    hang = /\/messages$/;
    const channel = { to: 'channel' as const, spaceId: '1', channelId: stage.mentors };
    await expect(bot.post(channel, spokenCard('good', 'x'), { id: 'd', maybeSent: false })).rejects.toThrow(
      TryLater,
    );
  });
});
