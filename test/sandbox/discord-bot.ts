import { Client, Events, type Interaction, MessageFlags } from 'discord.js';
import { type DiscordOptions, type DiscordStandIn, startDiscord } from '../../src/sandbox/discord/index.ts';

export const TOKEN = 'token-of-the-bot';
export const NOW = new Date('2026-12-01T17:30:00Z');

/** A stand-in and, on request, real discord.js clients; `end` closes all of it. */
export async function sandbox(options: Partial<DiscordOptions> = {}): Promise<{
  discord: DiscordStandIn;
  bot(onInteraction?: (interaction: Interaction) => Promise<unknown>): Promise<Client<true>>;
  end(): Promise<void>;
  errors: unknown[];
}> {
  const discord = await startDiscord({ token: TOKEN, now: () => NOW, ...options });
  const clients: Client[] = [];
  const errors: unknown[] = [];
  return {
    discord,
    errors,
    async bot(onInteraction = async () => undefined) {
      const client = new Client({ intents: [], rest: { api: discord.url } });
      clients.push(client);
      client.on(Events.Error, (error) => errors.push(error));
      client.on(Events.InteractionCreate, (interaction) => {
        onInteraction(interaction).catch((error: unknown) => errors.push(error));
      });
      const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
      await client.login(TOKEN);
      await ready;
      return client as Client<true>;
    },
    async end() {
      for (const client of clients) await client.destroy();
      await discord.close();
    },
  };
}

export const ephemeral = MessageFlags.Ephemeral;

/** A request as discord.js would never send it. */
export async function raw(
  discord: DiscordStandIn,
  method: string,
  path: string,
  body?: unknown,
  token = TOKEN,
): Promise<{ status: number; body: Record<string, unknown>; headers: Headers }> {
  const response = await fetch(`${discord.url}/v10${path}`, {
    method,
    headers: { Authorization: `Bot ${token}`, 'Content-Type': 'application/json' },
    ...(body === undefined || method === 'GET' ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text ? JSON.parse(text) : {}, headers: response.headers };
}
