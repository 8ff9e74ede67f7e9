import type { AddressInfo } from 'node:net';
import { isTimeZone } from '../../core/time.ts';
import type { StandIn, WireEntry } from '../person.ts';
import type { Json } from './checks.ts';
import { type Delivery, openDelivery } from './delivery.ts';
import { type Faults, planFaults } from './faults.ts';
import { type GatewayOptions, intent, openGateway } from './gateway.ts';
import { channelJson, memberJson, messageJson, rolesJson } from './payloads.ts';
import { type DiscordPerson, personAt } from './person.ts';
import { commandRoutes } from './rest-commands.ts';
import { interactionRoutes } from './rest-interactions.ts';
import { messageRoutes } from './rest-messages.ts';
import { serverRoutes } from './rest-server.ts';
import { threadRoutes } from './rest-threads.ts';
import { serveRest } from './server.ts';
import { createWorld, kinds, type Pinged, type User } from './world.ts';

export type { Faults } from './faults.ts';
export type { DiscordPerson } from './person.ts';

export interface DiscordOptions extends GatewayOptions {
  /** Port on 127.0.0.1; default any free one. */
  port?: number;
  /** The bot token that is accepted. */
  token: string;
  applicationId?: string;
  /** Hears of every request that the bot sends. */
  record?: (entry: WireEntry) => void;
  /**
   * Requests a second that one bucket (a route with its channel or token) takes before it answers 429;
   * default 50. Discord's own numbers are unpublished, differ by route and change.
   */
  bucketLimit?: number;
  /** How many shards the bot is recommended to open; default 1. */
  shards?: number;
  /** The clock by which messages are dated and relative times read; default the machine's. */
  now?: () => Date;
}

/** A message as a test looks at it: Discord's JSON, and who was really notified. */
export interface PostedMessage {
  id: string;
  channelId: string;
  content: string;
  components: Json[];
  embeds: Json[];
  flags: number;
  edited: boolean;
  pinged: Pinged;
  /** All of it, as the API answers it. */
  json: Json;
}

export interface DiscordStandIn extends StandIn {
  readonly guildId: string;
  readonly applicationId: string;
  /** The channel that exists from the start. */
  readonly generalId: string;
  /** Every request so far, oldest first. */
  readonly wire: readonly WireEntry[];
  readonly faults: Faults;
  /**
   * @param options.roles only holders of one of these roles see the channel; default everyone
   * @param options.forum its posts can have these tags
   */
  addChannel(
    name: string,
    options?: { roles?: string[]; forum?: { tags: string[]; tagRequired?: boolean } },
  ): string;
  /** A channel or thread, as the API answers it. @throws Error when it is gone */
  channel(id: string): Json;
  /** Threads in a channel, oldest first. */
  threads(
    channelId: string,
  ): { id: string; name: string; archived: boolean; locked: boolean; tags: string[]; members: string[] }[];
  addRole(name: string, permissions?: bigint): string;
  /** @param person.timeZone IANA name. @param person.roles ids that `addRole` gave. */
  addUser(person: { name: string; timeZone: string; locale?: string; roles?: string[] }): DiscordPerson;
  grant(userId: string, roleId: string): void;
  /** In which channel Discord itself says who joined; null: in none, as from the start. */
  setSystemChannel(id: string | null): void;
  revoke(userId: string, roleId: string): void;
  /** Messages of a channel, oldest first. Ephemeral ones are nobody's but the reader's: see `Person.sight`. */
  messages(channelId: string): PostedMessage[];
  /** The DM channel of a person with the bot, if there is one. */
  dmOf(userId: string): string | undefined;
  /** Commands that the bot has published, as Discord keeps them. */
  commands(): Json[];
  /** Calls `listener` whenever something is different now. @returns how to end that */
  onChange(listener: () => void): () => void;
  /** Gateway connections that have identified. */
  connections(): number;
  /** How interactions come to the bot. */
  readonly delivery: Delivery;
}

/**
 * Starts a local Discord: REST v10 and gateway (JSON, without compression) on 127.0.0.1.
 * It outlives the bot; a bot that is killed and started again finds everything as it was.
 * @throws Error when the port is taken.
 */
export async function startDiscord(options: DiscordOptions): Promise<DiscordStandIn> {
  const world = createWorld(options);
  const wire: WireEntry[] = [];
  let origin = '';
  const socketUrl = (): string => `ws://${origin}`;
  const gateway = openGateway(world, socketUrl, options);
  const delivery = openDelivery(world, gateway);
  const { faults, take } = planFaults(world, gateway);
  const routes = [
    ...serverRoutes(world, socketUrl, options.shards ?? 1, delivery),
    ...messageRoutes(world, gateway),
    ...threadRoutes(world, gateway),
    ...commandRoutes(world),
    ...interactionRoutes(world, gateway),
  ];
  const record = (entry: WireEntry): void => {
    wire.push(entry);
    options.record?.(entry);
  };
  const server = serveRest(world, routes, take, record, options.bucketLimit ?? 50);
  gateway.serve(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  origin = `127.0.0.1:${(server.address() as AddressInfo).port}`;

  const user = (id: string): User => {
    const found = world.users.get(id);
    if (!found) throw new Error(`The Discord stand-in has no user ${id}.`);
    return found;
  };
  const roleChanged = (id: string): void => {
    gateway.dispatch(
      'GUILD_MEMBER_UPDATE',
      { guild_id: world.guildId, ...memberJson(world, user(id)) },
      intent.members,
    );
    world.changed();
  };

  return {
    url: `http://${origin}/api`,
    guildId: world.guildId,
    applicationId: world.applicationId,
    generalId: [...world.channels.keys()][0] ?? '',
    wire,
    faults,
    addChannel(name, { roles, forum } = {}) {
      const id = world.snowflake();
      const tags = forum?.tags.map((tag) => ({ id: world.snowflake(), name: tag }));
      const type = forum ? kinds.forum : kinds.text;
      const more = {
        ...(roles && { roles }),
        ...(tags && { tags }),
        tagRequired: forum?.tagRequired ?? false,
      };
      world.channels.set(id, { id, type, name, ...more });
      return id;
    },
    channel(id) {
      const channel = world.channels.get(id);
      if (!channel) throw new Error(`The Discord stand-in has no channel ${id}.`);
      return channelJson(world, channel);
    },
    threads: (channelId) =>
      [...world.channels.values()]
        .filter((one) => one.parentId === channelId)
        .map(({ id, name, archived = false, locked = false, appliedTags = [], members = new Set() }) => {
          const tags = world.channels.get(channelId)?.tags ?? [];
          const named = appliedTags.map((tag) => tags.find((one) => one.id === tag)?.name ?? tag);
          return { id, name, archived, locked, tags: named, members: [...members] };
        }),
    addRole(name, permissions = 0n) {
      const id = world.snowflake();
      world.roles.set(id, { id, name, permissions });
      const role = rolesJson(world).find((r) => r.id === id);
      gateway.dispatch('GUILD_ROLE_CREATE', { guild_id: world.guildId, role }, intent.guilds);
      return id;
    },
    addUser({ name, timeZone, locale = 'en-US', roles = [] }) {
      if (!isTimeZone(timeZone))
        throw new Error(`"${timeZone}" is no IANA time zone, such as "Europe/Berlin".`);
      const id = world.snowflake();
      const added: User = { id, name, timeZone, locale, roles: new Set(roles), acceptsDms: true, bot: false };
      world.users.set(id, added);
      return personAt(world, delivery, added);
    },
    setSystemChannel(id) {
      if (id === null) delete world.systemChannelId;
      else world.systemChannelId = id;
    },
    grant(userId, roleId) {
      if (!world.roles.has(roleId)) throw new Error(`The Discord stand-in has no role ${roleId}.`);
      user(userId).roles.add(roleId);
      roleChanged(userId);
    },
    revoke(userId, roleId) {
      user(userId).roles.delete(roleId);
      roleChanged(userId);
    },
    messages: (channelId) =>
      [...world.messages.values()]
        .filter((m) => m.channelId === channelId && !m.onlyFor)
        .map((m) => ({
          id: m.id,
          channelId: m.channelId,
          content: m.content,
          components: m.components,
          embeds: m.embeds,
          flags: m.flags,
          edited: m.editedAt !== undefined,
          pinged: m.pinged,
          json: messageJson(world, m),
        })),
    dmOf: (userId) => [...world.channels.values()].find((c) => c.recipientId === userId)?.id,
    commands: () => [...world.commands.values()],
    onChange(listener) {
      world.watchers.add(listener);
      return () => world.watchers.delete(listener);
    },
    connections: () => gateway.connected(),
    delivery,
    async close() {
      gateway.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
