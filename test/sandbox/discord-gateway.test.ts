import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Events } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { DiscordPerson, DiscordStandIn } from '../../src/sandbox/discord/index.ts';
import { ephemeral, raw, sandbox, TOKEN } from './discord-bot.ts';

let box: Awaited<ReturnType<typeof sandbox>>;
let discord: DiscordStandIn;
let ada: DiscordPerson;

beforeEach(async () => {
  box = await sandbox();
  discord = box.discord;
  ada = discord.addUser({ name: 'Ada', timeZone: 'Europe/London' });
});
afterEach(async () => {
  await box.end();
});

const card = (label = 'Claim') => ({
  content: 'A card',
  components: [{ type: 1, components: [{ type: 2, style: 1, label, custom_id: `do:${label}` }] }],
});
const postCard = () => raw(discord, 'POST', `/channels/${discord.generalId}/messages`, card());

describe('the gateway', () => {
  it('refuses a wrong token with 4004', async () => {
    const socket = new WebSocketClient(discord);
    await socket.receive();
    socket.send({ op: 2, d: { token: 'wrong', intents: 0, properties: {} } });
    expect(await socket.closed).toBe(4004);
  });

  it('refuses privileged intents that the application does not have with 4014', async () => {
    const socket = new WebSocketClient(discord);
    expect(await socket.receive()).toMatchObject({ op: 10, d: { heartbeat_interval: 41250 } });
    socket.send({ op: 1, d: null });
    expect(await socket.receive()).toMatchObject({ op: 11 });
    socket.send({ op: 2, d: { token: TOKEN, intents: 1 << 15, properties: {} } });
    expect(await socket.closed).toBe(4014);
  });

  it('sends the server to a bot that asks for it, and no more than it asks for', async () => {
    const socket = new WebSocketClient(discord);
    await socket.receive();
    socket.send({ op: 2, d: { token: TOKEN, intents: 1, properties: {} } });
    expect(await socket.receive()).toMatchObject({ t: 'READY', s: 1 });
    expect(await socket.receive()).toMatchObject({ t: 'GUILD_CREATE', s: 2, d: { id: discord.guildId } });
    await postCard();
    discord.faults.deleteMessage(discord.messages(discord.generalId)[0]?.id ?? '');
    discord.faults.deleteChannel(discord.generalId);
    expect(await socket.receive()).toMatchObject({ t: 'CHANNEL_DELETE', s: 3 });
    discord.faults.removeBot();
    expect(await socket.receive()).toMatchObject({ t: 'GUILD_DELETE', s: 4 });
  });

  it('delivers what a bot missed while its connection was cut', async () => {
    await postCard();
    const client = await box.bot(async (i) => {
      if (i.isButton()) await i.reply({ content: 'got it', flags: ephemeral });
    });
    discord.faults.dropGateway();
    expect(discord.connections()).toBe(0);
    await ada.presses('Claim');
    await ada.sees('got it', 'private');
    expect(client.isReady()).toBe(true);
    expect(discord.connections()).toBe(1);
  });

  // discord.js keeps 5 s between two identifications.
  it('makes the bot identify again after an invalid session', async () => {
    await postCard();
    const client = await box.bot(async (i) => {
      if (i.isButton()) await i.reply({ content: 'got it', flags: ephemeral });
    });
    const again = once(client as never, Events.ShardReady);
    discord.faults.invalidSession();
    await again;
    await ada.presses('Claim');
    await ada.sees('got it', 'private');
  }, 15_000);

  it('lets a bot notice a dead connection and resume', async () => {
    await box.end();
    box = await sandbox({ heartbeatMs: 100 });
    discord = box.discord;
    const client = await box.bot();
    discord.faults.ignoreHeartbeats(true);
    await once(client as never, Events.ShardReconnecting);
    discord.faults.ignoreHeartbeats(false);
    await once(client as never, Events.ShardResume);
    expect(discord.connections()).toBe(1);
  });

  it('outlives a killed bot, and serves the next one from what it kept', async () => {
    await postCard();
    const script = `
      import { Client } from 'discord.js';
      const client = new Client({ intents: [], rest: { api: ${JSON.stringify(discord.url)} } });
      client.once('clientReady', async () => {
        await client.application.commands.set([{ name: 'ask', description: 'Ask' }]);
        console.log('ready');
      });
      await client.login(${JSON.stringify(TOKEN)});`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'close');
    expect(discord.commands()).toMatchObject([{ name: 'ask' }]);
    await box.bot(async (i) => {
      if (i.isButton()) await i.update(card('Schedule') as never);
      if (i.isChatInputCommand()) await i.reply({ content: 'asked', flags: ephemeral });
    });
    await ada.presses('Claim');
    expect(ada.sight('channel')).toMatchObject([{ buttons: ['Schedule'] }]);
    await ada.types('ask');
    await ada.sees('asked', 'private');
  });
});

/** A bare gateway connection. */
class WebSocketClient {
  readonly closed: Promise<number>;
  private readonly socket: WebSocket;
  private readonly inbox: unknown[] = [];
  private wake: () => void = () => undefined;

  constructor(standIn: DiscordStandIn) {
    this.socket = new WebSocket(
      `${standIn.url.replace('http', 'ws').replace('/api', '')}/?v=10&encoding=json`,
    );
    this.closed = new Promise((resolve) =>
      this.socket.addEventListener('close', (event) => resolve(event.code)),
    );
    this.socket.addEventListener('message', (event) => {
      this.inbox.push(JSON.parse(String(event.data)));
      this.wake();
    });
  }

  send(packet: unknown): void {
    this.socket.send(JSON.stringify(packet));
  }

  async receive(): Promise<unknown> {
    while (this.inbox.length === 0) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    return this.inbox.shift();
  }
}
