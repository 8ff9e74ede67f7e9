import { Client, Events, GatewayDispatchEvents, Options, REST, Status } from 'discord.js';
import type { Log } from '../../log.ts';
import { PlatformSetupError } from '../platform.ts';
import type { DiscordSettings } from './setup.ts';

/**
 * A discord.js client that only receives interactions, each given to `take` as Discord sends it. It reconnects and
 * resumes by itself.
 */
export function createClient(
  settings: DiscordSettings,
  log: Log,
  take: (raw: unknown) => Promise<void>,
): Client {
  const client = new Client({
    // Interactions come without any intent: https://discord.com/developers/docs/events/gateway#gateway-intents
    intents: [],
    // Nothing of what is received is looked up again.
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: 0,
      GuildMemberManager: 0,
      UserManager: { maxSize: 50, keepOverLimit: (user) => user.id === user.client.user.id },
    }),
    rest: { api: settings.apiUrl, timeout: 10_000, retries: 1 },
  });
  client.rest.setToken(settings.token);

  // As raw events, and taken off the packet: discord.js would build objects of its own out of them, and an unknown part
  // at which it throws would end the process.
  client.on(Events.Raw, (packet: { t: string | null; d: unknown }) => {
    if (packet.t !== GatewayDispatchEvents.InteractionCreate) return;
    packet.t = null;
    take(packet.d).catch((error: unknown) => log.error({ err: error }, 'An interaction failed'));
  });
  // Without these, an error would end the process.
  client.on(Events.Error, (error) => log.error({ err: error }, 'The Discord client failed'));
  client.on(Events.ShardError, (error) => log.warn({ err: error }, 'The connection to Discord failed'));
  client.on(Events.Warn, (message) => log.warn({ message }, 'Discord warns'));
  client.on(Events.ShardReconnecting, () => log.warn('Lost the connection to Discord; connecting again'));
  client.on(Events.ShardResume, (_id, replayed) => log.info({ replayed }, 'Back on Discord, nothing missed'));
  client.on(Events.ShardReady, () => log.info('Connected to Discord'));
  client.on(Events.ShardDisconnect, ({ code }) =>
    log.error({ code }, 'Discord ended the connection for good; check DISCORD_TOKEN and restart'),
  );
  return client;
}

/** A REST client for what can wait: no retries and no waiting, so that a limit or an outage shows at once. */
export const createBackgroundRest = (settings: DiscordSettings): REST =>
  new REST({
    api: settings.apiUrl,
    timeout: 10_000,
    retries: 0,
    rejectOnRateLimit: () => true,
    // Discord allows 50 a second; some are left for answers to people.
    globalRequestsPerSecond: 40,
  }).setToken(settings.token);

/** Connects, and waits until interactions can come. @throws PlatformSetupError */
export async function connect(client: Client, settings: DiscordSettings, readyMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let refused: (code: number) => void = () => {};
  const ready = new Promise<void>((resolve, reject) => {
    client.once(Events.ClientReady, () => resolve());
    refused = (code) => reject(new Error(`the gateway closed the connection with code ${code}`));
    timer = setTimeout(() => reject(new Error(`no connection within ${readyMs / 1_000} seconds`)), readyMs);
  });
  const onDisconnect = ({ code }: { code: number }) => refused(code);
  client.once(Events.ShardDisconnect, onDisconnect);
  try {
    await Promise.all([client.login(settings.token), ready]);
  } catch (error) {
    await client.destroy();
    const why = error instanceof Error ? error.message : String(error);
    throw new PlatformSetupError(
      `Discord's gateway cannot be reached: ${why}. Check the network, DISCORD_TOKEN and DISCORD_API_URL (${settings.apiUrl}).`,
    );
  } finally {
    clearTimeout(timer);
    client.off(Events.ShardDisconnect, onDisconnect);
  }
}

/** Whether every shard is connected now. discord.js itself says "ready" while it reconnects, too. */
export function connection(client: Client): 'up' | 'connecting' | 'down' {
  const states = client.ws.shards.map((shard) => shard.status);
  if (states.includes(Status.Disconnected)) return 'down';
  return client.isReady() && states.every((status) => status === Status.Ready) ? 'up' : 'connecting';
}
