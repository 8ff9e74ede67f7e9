import { randomBytes } from 'node:crypto';
import type { Json } from './checks.ts';
import type { Denial } from './permissions.ts';

/** Everything the stand-in knows. It outlives any bot process: a bot that comes back finds it as it left it. */

export interface User {
  id: string;
  /** What people see, such as "Ada Lovelace". */
  name: string;
  timeZone: string;
  locale: string;
  roles: Set<string>;
  acceptsDms: boolean;
  bot: boolean;
}

export interface Role {
  id: string;
  name: string;
  /** Bit set: https://docs.discord.com/developers/topics/permissions#permissions-bitwise-permission-flags */
  permissions: bigint;
}

export interface Channel {
  id: string;
  type: (typeof kinds)[keyof typeof kinds];
  name: string;
  /** The person on the other side of a DM. */
  recipientId?: string;
  parentId?: string;
  /** Roles that can see the channel; everyone can when undefined. */
  roles?: string[];
  /** What the bot may not do here. */
  forbidden?: Denial;
  /** Of a thread: who was added to it. Only they see it when it is private. */
  members?: Set<string>;
  archived?: boolean;
  locked?: boolean;
  /** Of a forum: what its posts can be tagged with, and whether they must be. */
  tags?: { id: string; name: string }[];
  tagRequired?: boolean;
  /** Of a post in a forum: ids of its tags. */
  appliedTags?: string[];
}

/** https://docs.discord.com/developers/resources/channel#channel-object-channel-types */
export const kinds = { text: 0, dm: 1, publicThread: 11, privateThread: 12, forum: 15 } as const;

/** Who was really notified by a message. */
export interface Pinged {
  everyone: boolean;
  users: string[];
  roles: string[];
}

export interface Message {
  id: string;
  /** Grows with every message: the newest has the largest. */
  order: number;
  channelId: string;
  authorId: string;
  content: string;
  components: Json[];
  embeds: Json[];
  flags: number;
  pinged: Pinged;
  /** For an ephemeral message: the only person who sees it. */
  onlyFor?: string;
  createdAt: Date;
  editedAt?: Date;
  nonce?: string | number;
  /** The interaction that it answers. */
  interactionId?: string;
  /** Components of earlier versions, oldest first. */
  history: Json[][];
}

export interface Command extends Json {
  id: string;
  name: string;
  type: number;
  guild_id?: string;
}

export interface Interaction {
  id: string;
  token: string;
  /** https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-interaction-type */
  type: 2 | 3 | 4 | 5;
  userId: string;
  channelId: string;
  /** What is sent to the bot. */
  payload: Json;
  /** The message whose component was used, or from whose component the form came. */
  sourceId?: string;
  /** Milliseconds of the monotonic clock. */
  startedAt: number;
  acknowledged?: number;
  /** Nobody answered in time; the person was told. */
  failed: boolean;
  originalId?: string;
  expired: boolean;
  choices?: Json[];
}

/** A form as a person has it before them. */
export interface OpenForm {
  interaction: Interaction;
  customId: string;
  title: string;
  components: Json[];
  /** What was typed and chosen, by custom id; options by their values. */
  values: Map<string, string | string[] | boolean>;
  errors: Map<string, string>;
  /** The interaction with which it was sent off; the form closes when that is answered. */
  submission?: string;
}

/** A line that only this person sees and that no bot wrote, such as "The application did not respond". */
export interface ClientNotice {
  id: string;
  order: number;
  userId: string;
  channelId: string;
  text: string;
}

export interface World {
  readonly token: string;
  readonly applicationId: string;
  readonly guildId: string;
  readonly guildName: string;
  botInGuild: boolean;
  /** Since when, and who invited it. */
  joinedAt: Date;
  invitedBy?: string;
  /** Where Discord itself says who joined; a server may have none. */
  systemChannelId?: string;
  /** Discord has trouble with the server: bots are told that it is not available. */
  unavailable: boolean;
  /** Servers that the bot is in beside this one, of which no more than their names is known. */
  otherGuilds: { id: string; name: string; joinedAt: Date }[];
  now(): Date;
  users: Map<string, User>;
  roles: Map<string, Role>;
  channels: Map<string, Channel>;
  messages: Map<string, Message>;
  commands: Map<string, Command>;
  interactions: Map<string, Interaction>;
  forms: Map<string, OpenForm>;
  notices: ClientNotice[];
  order(): number;
  snowflake(): string;
  secret(): string;
  /** Tells everyone who waits that something is different now. */
  changed(): void;
  watchers: Set<() => void>;
}

const DISCORD_EPOCH = 1_420_070_400_000;

/** Permissions that the bot's own role has, enough for everything it should do. */
export const botPermissions =
  (1n << 10n) |
  (1n << 11n) |
  (1n << 14n) |
  (1n << 15n) |
  (1n << 16n) |
  (1n << 17n) |
  (1n << 34n) |
  (1n << 35n) |
  (1n << 36n) |
  (1n << 38n);
const everyonePermissions = (1n << 10n) | (1n << 11n) | (1n << 16n) | (1n << 31n);

/** A world with one server, its @everyone role, a channel "general" and the bot. */
export function createWorld(options: { token: string; applicationId?: string; now?: () => Date }): World {
  const now = options.now ?? (() => new Date());
  let order = 0;
  let lastId = 0n;
  const snowflake = (): string => {
    const fresh = BigInt(Math.max(0, now().getTime() - DISCORD_EPOCH)) << 22n;
    lastId = fresh > lastId ? fresh : lastId + 1n;
    return lastId.toString();
  };
  const watchers = new Set<() => void>();
  let scheduled = false;
  const applicationId = options.applicationId ?? snowflake();
  const guildId = snowflake();
  const botRole = snowflake();
  const general = snowflake();
  return {
    token: options.token,
    applicationId,
    guildId,
    guildName: 'Mentorship',
    botInGuild: true,
    joinedAt: now(),
    unavailable: false,
    otherGuilds: [],
    now,
    users: new Map([
      [
        applicationId,
        {
          id: applicationId,
          name: 'Mini Mentorship',
          timeZone: 'UTC',
          locale: 'en-US',
          roles: new Set([botRole]),
          acceptsDms: true,
          bot: true,
        },
      ],
    ]),
    roles: new Map([
      [guildId, { id: guildId, name: '@everyone', permissions: everyonePermissions }],
      [botRole, { id: botRole, name: 'Mini Mentorship', permissions: botPermissions }],
    ]),
    channels: new Map([[general, { id: general, type: 0, name: 'general' }]]),
    messages: new Map(),
    commands: new Map(),
    interactions: new Map(),
    forms: new Map(),
    notices: [],
    order: () => ++order,
    snowflake,
    secret: () => randomBytes(24).toString('base64url'),
    watchers,
    changed() {
      // Many changes of one turn wake the waiting ones once.
      if (scheduled) return;
      scheduled = true;
      setImmediate(() => {
        scheduled = false;
        for (const look of [...watchers]) look();
      });
    },
  };
}

/**
 * Waits until `look` finds something, looking again whenever the world changes.
 * @param timeoutMs real milliseconds
 * @throws Error with what `complaint` says when the time is over.
 */
export function until<T>(
  world: World,
  look: () => T | undefined,
  timeoutMs: number,
  complaint: () => string,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void): void => {
      clearTimeout(timer);
      world.watchers.delete(attempt);
      finish();
    };
    const attempt = (): void => {
      try {
        const found = look();
        if (found !== undefined) settle(() => resolve(found));
      } catch (error) {
        settle(() => reject(error));
      }
    };
    const timer = setTimeout(() => settle(() => reject(new Error(complaint()))), timeoutMs);
    world.watchers.add(attempt);
    attempt();
  });
}

/** Permissions of a member in the server, all roles together. */
export function permissionsOf(world: World, user: User): bigint {
  return [world.guildId, ...user.roles].reduce(
    (sum, id) => sum | (world.roles.get(id)?.permissions ?? 0n),
    0n,
  );
}

/** Whether this person sees the channel in their client. */
export function canSee(world: World, user: User, channel: Channel): boolean {
  if (channel.type === 1) return channel.recipientId === user.id;
  const parent = channel.parentId ? world.channels.get(channel.parentId) : undefined;
  if (channel.type === kinds.privateThread && !channel.members?.has(user.id)) return false;
  const roles = (parent ?? channel).roles;
  return roles === undefined || roles.some((role) => user.roles.has(role));
}

/** The DM between the bot and a person, made when there is none. */
export function dmWith(world: World, userId: string): Channel {
  for (const channel of world.channels.values()) if (channel.recipientId === userId) return channel;
  const channel: Channel = { id: world.snowflake(), type: 1, name: '', recipientId: userId };
  world.channels.set(channel.id, channel);
  return channel;
}
