import {
  Client,
  Events,
  GatewayDispatchEvents,
  Options,
  REST,
  SimpleShardingStrategy,
  Status,
} from 'discord.js';
import type { Log } from '../../log.ts';
import { PlatformSetupError } from '../platform.ts';
import { intents } from './invitation.ts';
import { safe } from './replies.ts';
import type { DiscordSettings } from './setup.ts';

/** How long a connection may take to close. */
const CLOSE_MS = 1_000;
/** How long one try of a first answer may take: Discord waits 3 seconds, and there are two tries. */
const CALLBACK_MS = 1_400;

/** Where what people do comes in: the gateway, or Discord's HTTP requests. */
export interface Connection {
  /** For answers to people: it retries once, and waits for rate limits. */
  rest: REST;
  /** Connects, and waits until interactions can come. @throws PlatformSetupError after `readyMs`, or when refused */
  open(readyMs: number): Promise<void>;
  /** Resolves when closed, or after a second; it stays closed. */
  close(): Promise<void>;
  state(): 'up' | 'connecting' | 'down';
}

/**
 * A discord.js client that only receives interactions and the servers that the bot is in, each given on as Discord
 * sends it. It reconnects and resumes by itself, each of its shards for itself.
 * @param arrived takes a server (GUILD_CREATE), as they all come whenever a session begins
 */
export function createConnection(
  settings: DiscordSettings & { shards: number | 'auto' },
  log: Log,
  take: (raw: unknown) => Promise<void>,
  arrived: (raw: unknown) => Promise<void>,
): Connection {
  let closed = false;
  const client = new Client({
    // Interactions come without any: https://discord.com/developers/docs/events/gateway#gateway-intents
    intents: [...intents],
    // Nothing waits for the servers: presses can be answered before all of them were told.
    waitGuildTimeout: 0,
    ...(settings.shards === 'auto' ? { shards: 'auto' as const } : { shardCount: settings.shards }),
    // Nothing of what is received is looked up again.
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: 0,
      GuildMemberManager: 0,
      UserManager: { maxSize: 50, keepOverLimit: (user) => user.id === user.client.user.id },
    }),
    rest: { api: settings.apiUrl, timeout: 10_000, retries: 1 },
    ws: { buildStrategy: (manager) => stayClosed(manager, () => closed) },
  });
  client.rest.setToken(settings.token);

  // As raw events, and taken off the packet: discord.js would build objects of its own out of them, and an unknown part
  // at which it throws would end the process.
  client.on(Events.Raw, (packet: { t: string | null; d: unknown }) => {
    const { t, d } = packet;
    // Only what a session begins with is for discord.js: nothing of what it would keep of servers is looked up.
    if (t === GatewayDispatchEvents.Ready || t === GatewayDispatchEvents.Resumed) return;
    packet.t = null;
    if (t === GatewayDispatchEvents.GuildCreate) void arrived(d);
    if (t !== GatewayDispatchEvents.InteractionCreate) return;
    take(d).catch((error: unknown) => log.error({ err: safe(error) }, 'An interaction failed'));
  });
  report(client, log);

  const close = async (): Promise<void> => {
    closed = true;
    let timer: NodeJS.Timeout | undefined;
    const enough = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, CLOSE_MS);
    });
    await Promise.race([client.destroy(), enough]);
    clearTimeout(timer);
  };

  return {
    rest: client.rest,
    async open(readyMs) {
      try {
        await ready(client, settings.token, readyMs);
      } catch (error) {
        await close();
        const why = error instanceof Error ? error.message : String(error);
        throw new PlatformSetupError(
          `Discord's gateway cannot be reached: ${why}. Check the network, DISCORD_TOKEN and DISCORD_API_URL (${settings.apiUrl}).`,
        );
      }
    },
    close,
    // discord.js itself says "ready" while it reconnects, too.
    state() {
      const shards = client.ws.shards.map((shard) => shard.status);
      if (closed || shards.includes(Status.Disconnected)) return 'down';
      return client.isReady() && shards.every((status) => status === Status.Ready) ? 'up' : 'connecting';
    },
  };
}

/** Logs what happens to the connection. Without listeners for errors, one would end the process. */
function report(client: Client, log: Log): void {
  client.on(Events.Error, (error) => log.error({ err: safe(error) }, 'The Discord client failed'));
  client.on(Events.ShardError, (error) => log.warn({ err: safe(error) }, 'The connection to Discord failed'));
  client.on(Events.Warn, (message) => log.warn({ message }, 'Discord warns'));
  client.on(Events.ShardReconnecting, (shard) =>
    log.warn({ shard }, 'Lost the connection to Discord; connecting again'),
  );
  client.on(Events.ShardResume, (shard, replayed) =>
    log.info({ shard, replayed }, 'Back on Discord, nothing missed'),
  );
  client.on(Events.ShardReady, (shard) => log.info({ shard }, 'Connected to Discord'));
  client.on(Events.ShardDisconnect, ({ code }, shard) =>
    log.error({ code, shard }, 'Discord ended the connection for good; check DISCORD_TOKEN and restart'),
  );
}

/**
 * The usual strategy. A shard that is destroyed while it connects does not resolve, and connects again half a second
 * later; asking for its session is the first thing it does then, and it never gets an answer.
 */
function stayClosed(
  manager: ConstructorParameters<typeof SimpleShardingStrategy>[0],
  isClosed: () => boolean,
): SimpleShardingStrategy {
  const { options } = manager;
  const known = options.retrieveSessionInfo;
  options.retrieveSessionInfo = (shard) => (isClosed() ? new Promise(() => {}) : known(shard));
  return new SimpleShardingStrategy(manager);
}

async function ready(client: Client, token: string, readyMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let refused: (why: Error) => void = () => {};
  const onDisconnect = ({ code }: { code: number }) =>
    refused(new Error(`the gateway closed the connection with code ${code}`));
  const up = new Promise<void>((resolve, reject) => {
    refused = reject;
    client.once(Events.ClientReady, () => resolve());
    const late = () => reject(new Error(`no connection within ${readyMs / 1_000} seconds`));
    timer = setTimeout(late, readyMs);
  });
  // Shards connect one after the other, some seconds apart: each of them has its time.
  const more = () => timer?.refresh();
  client.on(Events.ShardReady, more);
  client.once(Events.ShardDisconnect, onDisconnect);
  try {
    await Promise.all([client.login(token), up]);
  } finally {
    clearTimeout(timer);
    client.off(Events.ShardReady, more);
    client.off(Events.ShardDisconnect, onDisconnect);
  }
}

/** A REST client for the first answers to people. It repeats nothing by itself. */
export const createCallbackRest = (settings: DiscordSettings): REST =>
  new REST({ api: settings.apiUrl, timeout: CALLBACK_MS, retries: 0 });

/**
 * A REST client for what can wait: no retries and no waiting, so that a limit or an outage shows at once.
 * @param requestMs how long one request may take
 */
export const createBackgroundRest = (settings: DiscordSettings, requestMs: number): REST =>
  new REST({
    api: settings.apiUrl,
    timeout: requestMs,
    retries: 0,
    rejectOnRateLimit: () => true,
    // Discord allows 50 a second; some are left for answers to people.
    globalRequestsPerSecond: 40,
  }).setToken(settings.token);
