import type { Gateway } from './gateway.ts';
import { intent } from './gateway.ts';
import { channelJson, guildJson, otherGuildJson, unavailableGuildJson } from './payloads.ts';
import type { Denial } from './permissions.ts';
import { Refusal } from './refusal.ts';
import type { World } from './world.ts';

/** What can be made to go wrong. */
export interface Faults {
  /** From now on this person takes no DMs: opening the DM works, sending to it answers 403 code 50007. */
  closeDms(userId: string): void;
  openDms(userId: string): void;
  /**
   * The next `times` requests whose path matches answer 429.
   * @param fault.path matched against the path without `/api/vN`; tokens in it read `token`.
   * @param fault.retryAfter seconds
   * @param fault.global the whole bot is limited, not only this route.
   */
  rateLimit(fault: {
    path: RegExp;
    method?: string;
    times: number;
    retryAfter: number;
    global?: boolean;
  }): void;
  /**
   * The next `times` requests whose path matches answer this status, such as 500 or 502.
   * @param fault.afterwards the request takes effect first, and only its answer is lost.
   */
  fail(fault: { path: RegExp; method?: string; times: number; status: number; afterwards?: boolean }): void;
  /** Cuts the gateway connections; sessions can be resumed and miss nothing. */
  dropGateway(): void;
  /** While it lasts, every request is answered with 503 and the gateway takes no connection. */
  outage(lasts: boolean): void;
  /** Asks bots to reconnect (opcode 7). */
  askToReconnect(): void;
  /** Ends the gateway sessions (opcode 9): bots must identify again and miss what happened meanwhile. */
  invalidSession(): void;
  /** Heartbeats stay unanswered, so that the connection is a zombie until the bot notices. */
  ignoreHeartbeats(ignore: boolean): void;
  /** `see`: everything about the channel answers 50001. Others: what needs the permission answers 50013; default `write`. */
  forbid(channelId: string, what?: Denial): void;
  allow(channelId: string): void;
  /** A moderator deletes a message. */
  deleteMessage(messageId: string): void;
  /** A moderator deletes a channel. */
  deleteChannel(channelId: string): void;
  /** A moderator deletes a role; nobody has it any more. */
  deleteRole(roleId: string): void;
  /** The bot is removed from the server. */
  removeBot(): void;
  /** The bot is invited again, by this person when one is named. */
  inviteBot(by?: string): void;
  /** Somebody invites the bot to another server. @returns its id */
  inviteElsewhere(name: string): string;
  /** While it lasts, the server is not available: bots are told when it begins and when it ends. */
  guildOutage(lasts: boolean): void;
  /** All interactions so far are as old as if 15 minutes had passed. */
  expireTokens(): void;
}

/** A fault that a request ran into. */
export type Hit =
  | { kind: 'limit'; retryAfter: number; global: boolean }
  | { kind: 'fail'; refusal: Refusal; afterwards: boolean };

interface Planned {
  path: RegExp;
  method?: string;
  times: number;
  hit: Hit;
}

/** The faults and `take`, with which the server asks whether a request runs into one. */
export function planFaults(
  world: World,
  gateway: Gateway,
): { faults: Faults; take(method: string, path: string): Hit | undefined } {
  const planned: Planned[] = [];
  let down = false;
  const user = (id: string): { acceptsDms: boolean } => found(world.users.get(id), `user ${id}`);
  const channel = (id: string) => found(world.channels.get(id), `channel ${id}`);
  const faults: Faults = {
    closeDms(userId) {
      user(userId).acceptsDms = false;
    },
    openDms(userId) {
      user(userId).acceptsDms = true;
    },
    rateLimit({ retryAfter, global, ...where }) {
      planned.push({ ...where, hit: { kind: 'limit', retryAfter, global: global ?? false } });
    },
    fail({ status, afterwards, ...where }) {
      const refusal = new Refusal(status, 0, `${status}: Planned by the sandbox`);
      planned.push({ ...where, hit: { kind: 'fail', refusal, afterwards: afterwards ?? false } });
    },
    dropGateway: () => gateway.drop(),
    outage(lasts) {
      down = lasts;
      gateway.refuseConnections(lasts);
      if (lasts) gateway.drop();
    },
    askToReconnect: () => gateway.reconnect(),
    invalidSession: () => gateway.invalidate(false),
    ignoreHeartbeats: (ignore) => gateway.ignoreHeartbeats(ignore),
    forbid(channelId, what = 'write') {
      channel(channelId).forbidden = what;
    },
    allow(channelId) {
      delete channel(channelId).forbidden;
    },
    deleteMessage(messageId) {
      const message = found(world.messages.get(messageId), `message ${messageId}`);
      removeMessage(world, gateway, message.id);
    },
    deleteChannel(channelId) {
      const gone = channel(channelId);
      const json = channelJson(world, gone);
      const threads = [...world.channels.values()].filter((one) => one.parentId === channelId);
      const ids = [channelId, ...threads.map(({ id }) => id)];
      for (const id of ids) world.channels.delete(id);
      for (const message of world.messages.values()) {
        if (ids.includes(message.channelId)) world.messages.delete(message.id);
      }
      gateway.dispatch('CHANNEL_DELETE', json, intent.guilds);
      world.changed();
    },
    deleteRole(roleId) {
      world.roles.delete(roleId);
      for (const one of world.users.values()) one.roles.delete(roleId);
      gateway.dispatch('GUILD_ROLE_DELETE', { guild_id: world.guildId, role_id: roleId }, intent.guilds);
      world.changed();
    },
    removeBot() {
      world.botInGuild = false;
      gateway.dispatch('GUILD_DELETE', { id: world.guildId }, intent.guilds);
      world.changed();
    },
    inviteBot(by) {
      world.botInGuild = true;
      world.joinedAt = world.now();
      if (by !== undefined) world.invitedBy = by;
      gateway.dispatch('GUILD_CREATE', guildJson(world, true), intent.guilds);
      world.changed();
    },
    inviteElsewhere(name) {
      const other = { id: world.snowflake(), name, joinedAt: world.now() };
      world.otherGuilds.push(other);
      gateway.dispatch('GUILD_CREATE', otherGuildJson(world, other), intent.guilds);
      world.changed();
      return other.id;
    },
    guildOutage(lasts) {
      world.unavailable = lasts;
      if (lasts) gateway.dispatch('GUILD_DELETE', unavailableGuildJson(world), intent.guilds);
      else gateway.dispatch('GUILD_CREATE', guildJson(world, true), intent.guilds);
      world.changed();
    },
    expireTokens() {
      for (const interaction of world.interactions.values()) interaction.expired = true;
    },
  };
  return {
    faults,
    take(method, path) {
      if (down)
        return { kind: 'fail', refusal: new Refusal(503, 0, '503: Service Unavailable'), afterwards: false };
      const next = planned.find((p) => p.times > 0 && p.path.test(path) && (p.method ?? method) === method);
      if (!next) return undefined;
      next.times -= 1;
      return next.hit;
    },
  };
}

/** Deletes a message and tells the bots that listen to messages. */
export function removeMessage(world: World, gateway: Gateway, messageId: string): void {
  const message = world.messages.get(messageId);
  if (!message) return;
  world.messages.delete(messageId);
  const dm = world.channels.get(message.channelId)?.type === 1;
  if (!message.onlyFor) {
    gateway.dispatch(
      'MESSAGE_DELETE',
      { id: messageId, channel_id: message.channelId, ...(dm ? {} : { guild_id: world.guildId }) },
      dm ? intent.directMessages : intent.guildMessages,
    );
  }
  world.changed();
}

function found<T>(thing: T | undefined, what: string): T {
  if (thing === undefined) throw new Error(`The Discord stand-in has no ${what}.`);
  return thing;
}
