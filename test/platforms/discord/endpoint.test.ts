import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSignatureCheck, INTERACTIONS_PATH } from '../../../src/platforms/discord/endpoint.ts';
import type { DiscordPerson } from '../../../src/sandbox/discord/index.ts';
import { createPages } from '../../../src/web/server.ts';
import { prepare, type Stage, until } from './bot.ts';

// The vector that others check their verification with.
const vector = {
  publicKey: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
  timestamp: '1700000000',
  body: '{"type":1}',
  signature:
    '1695961a47c91a1ec033b819b7e87e3dbc583dd0cee6d1fd0216f58ac87b6228ae531ddbf91fb7bc28d7edf7f08604da16f54624f38a6bc0614e4dc13cd47f0f',
};

it('knows what Discord signed, and nothing else', () => {
  const { publicKey, timestamp, body, signature } = vector;
  const genuine = createSignatureCheck(publicKey);
  expect(genuine(timestamp, Buffer.from(body), signature)).toBe(true);
  expect(genuine(timestamp, Buffer.from('{"type":2}'), signature)).toBe(false);
  expect(genuine('1700000001', Buffer.from(body), signature)).toBe(false);
  expect(genuine(timestamp, Buffer.from(body), '0'.repeat(128))).toBe(false);
  expect(createSignatureCheck('0'.repeat(64))(timestamp, Buffer.from(body), signature)).toBe(false);
});

describe('interactions by HTTP', () => {
  let stage: Stage;
  let server: Server;
  let url: string;
  let ada: DiscordPerson;
  let now: number;

  beforeEach(async () => {
    now = Date.now();
    const pages = createPages({});
    stage = await prepare({}, { now: () => now });
    server = createServer((request, response) => {
      if (!pages.serve(request, response)) response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${INTERACTIONS_PATH}`;
    const { publicKey } = stage.discord.delivery;
    stage.settings.transport = { mode: 'http', publicKey, serve: pages.post };
    await stage.restart();
    await stage.discord.delivery.saveEndpoint(url);
    ada = stage.discord.addUser({ name: 'Ada', timeZone: 'UTC' });
  });
  afterEach(async () => {
    await stage.close();
    await new Promise((resolve) => server.close(resolve));
  });

  const post = async (body: string, headers: Record<string, string>) =>
    (await fetch(url, { method: 'POST', body, headers })).status;
  const interaction = (id: string) =>
    JSON.stringify({ id, token: 't', type: 2, user: { id: ada.userId, username: 'ada' }, data: {} });
  /** At the bot's time. */
  const signed = (body: string, seconds = Math.floor(now / 1_000)) =>
    stage.discord.delivery.signed(body, seconds);
  const performed = () => stage.desk.performed.length;

  it('takes commands, buttons and forms without a connection of its own, each once', async () => {
    expect(stage.bot.health()).toBe('up');
    expect(stage.discord.connections()).toBe(0);
    await ada.types('list');
    await until(() => performed() === 1);
    await ada.pressAgain();
    await ada.types('every');
    expect((await ada.form()).title).toBe('Every kind of field');
    await ada.closesForm();
    await ada.types('list');
    await until(() => performed() === 2);
    expect(stage.logged).toContain('A request that came before was refused');
  });

  it('refuses what Discord did not send now, without a word', async () => {
    const fine = signed(interaction('1'));
    expect(await post(interaction('2'), fine.headers)).toBe(401);
    const unsigned = { 'x-signature-timestamp': fine.headers['x-signature-timestamp'] };
    expect(await post(fine.body, unsigned)).toBe(401);
    for (const seconds of [-301, 301]) {
      const { body, headers } = signed(interaction('3'), Math.floor(now / 1_000) + seconds);
      expect(await post(body, headers)).toBe(401);
    }
    const response = await fetch(url, { method: 'POST', body: 'x' });
    expect({ status: response.status, text: await response.text() }).toEqual({ status: 401, text: '' });
    expect(performed()).toBe(0);
  });

  it('refuses a request that came before, as long as its time would be right', async () => {
    const { body, headers } = signed(interaction('5'), Math.floor(now / 1_000) + 299);
    expect(await post(body, headers)).toBe(202);
    now += 598_000;
    expect(await post(body, headers)).toBe(401);
  });

  it('refuses what is larger than anything Discord sends, and what is no JSON', async () => {
    const large = signed(JSON.stringify({ type: 2, filler: 'x'.repeat(300_000) }));
    expect(await post(large.body, large.headers)).toBe(413);
    const broken = signed('{');
    expect(await post(broken.body, broken.headers)).toBe(400);
    expect((await fetch(url)).status).toBe(404);
  });

  it('takes nothing once it stopped, and still proves that it is there', async () => {
    await stage.bot.stop();
    expect(stage.bot.health()).toBe('down');
    const { body, headers } = signed(interaction('6'));
    expect(await post(body, headers)).toBe(503);
    const ping = signed('{"type":1}');
    expect(await post(ping.body, ping.headers)).toBe(200);
  });
});
