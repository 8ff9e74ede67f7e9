import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { WebSocket, WebSocketServer } from 'ws';
import { isObject, type Json } from './checks.ts';
import { applicationJson, guildJson, otherGuildJson, ownJson, unavailableGuildJson } from './payloads.ts';
import type { World } from './world.ts';

/** https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-opcodes */
const op = {
  dispatch: 0,
  heartbeat: 1,
  identify: 2,
  presence: 3,
  voice: 4,
  resume: 6,
  reconnect: 7,
  members: 8,
  invalid: 9,
  hello: 10,
  ack: 11,
} as const;

/** https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes */
const close = {
  unknownOpcode: 4001,
  decodeError: 4002,
  notAuthenticated: 4003,
  authenticationFailed: 4004,
  alreadyAuthenticated: 4005,
  invalidSeq: 4007,
  sessionTimedOut: 4009,
  invalidShard: 4010,
  invalidIntents: 4013,
  disallowedIntents: 4014,
} as const;

/** https://docs.discord.com/developers/events/gateway#gateway-intents */
export const intent = {
  guilds: 1 << 0,
  members: 1 << 1,
  guildMessages: 1 << 9,
  directMessages: 1 << 12,
} as const;
const privileged = (1 << 1) | (1 << 8) | (1 << 15);
const knownIntents = (1 << 26) - 1;

/** A bot's session. It lives on without its connection for a while, so that the bot can resume it. */
interface Session {
  id: string;
  intents: number;
  /** Which shard of how many it is. */
  shard: [id: number, count: number];
  seq: number;
  sent: Json[];
  socket?: WebSocket;
  forget?: NodeJS.Timeout;
}

export interface Gateway {
  /** Takes the WebSocket connections that come to this HTTP server. */
  serve(server: Server): void;
  /** Sends an event to every session that asked for it. Sessions without a connection get it when they resume. */
  dispatch(event: string, data: Json, needs?: number): void;
  /** Whether some session is connected, or may still resume. */
  hasListener(): boolean;
  /** Connections that have identified. */
  connected(): number;
  /** Cuts every connection without a word, as a network does. */
  drop(): void;
  /** Whether new connections are turned away, before a word is said. */
  refuseConnections(refuse: boolean): void;
  /** Asks every bot to reconnect and resume (opcode 7). */
  reconnect(): void;
  /** Tells every bot that its session is over (opcode 9). `resumable`: the bot may try to resume. */
  invalidate(resumable: boolean): void;
  /** From now on heartbeats stay unanswered: the connection looks open and is dead. */
  ignoreHeartbeats(ignore: boolean): void;
  close(): void;
}

export interface GatewayOptions {
  /** Milliseconds between heartbeats that bots are told to keep; default 41250 as Discord's. */
  heartbeatMs?: number;
  /** Milliseconds for which a lost session can be resumed; default 90 s. */
  resumeMs?: number;
  /** Privileged intents that the application may use, as a bit set; default none. */
  privilegedIntents?: number;
}

/** The gateway. `url()` is the ws:// address that bots are told. */
export function openGateway(world: World, url: () => string, options: GatewayOptions): Gateway {
  const heartbeatMs = options.heartbeatMs ?? 41_250;
  const sessions = new Map<string, Session>();
  const sockets = new WebSocketServer({ noServer: true });
  let deaf = false;
  let refusing = false;

  const send = (socket: WebSocket, code: number, d: unknown): void =>
    socket.send(JSON.stringify({ op: code, d, s: null, t: null }));

  const push = (session: Session, event: string, d: Json): void => {
    session.seq += 1;
    const packet = { op: op.dispatch, t: event, s: session.seq, d };
    session.sent.push(packet);
    if (session.sent.length > 2_000) session.sent.shift();
    if (session.socket?.readyState === WebSocket.OPEN) session.socket.send(JSON.stringify(packet));
  };

  const end = (session: Session): void => {
    clearTimeout(session.forget);
    sessions.delete(session.id);
  };

  const attach = (session: Session, socket: WebSocket): void => {
    clearTimeout(session.forget);
    session.socket?.terminate();
    session.socket = socket;
    socket.once('close', (code) => {
      if (session.socket !== socket) return;
      delete session.socket;
      // A bot that says goodbye (1000, 1001) ends its session; one that is cut off may come back.
      if (code === 1000 || code === 1001) end(session);
      else session.forget = setTimeout(() => end(session), options.resumeMs ?? 90_000).unref();
    });
  };

  const identify = (socket: WebSocket, d: Json): Session | undefined => {
    const intents = d.intents;
    if (!authentic(world, d.token)) socket.close(close.authenticationFailed, 'Authentication failed.');
    else if (typeof intents !== 'number' || (intents & ~knownIntents) !== 0) {
      socket.close(close.invalidIntents, 'Invalid intent(s).');
    } else if ((intents & privileged & ~(options.privilegedIntents ?? 0)) !== 0) {
      socket.close(close.disallowedIntents, 'Disallowed intent(s).');
    } else if (!isShard(d.shard)) {
      socket.close(close.invalidShard, 'Invalid shard.');
    } else {
      const id = randomUUID().replaceAll('-', '');
      const shard = d.shard ?? [0, 1];
      const session: Session = { id, intents, shard, seq: 0, sent: [] };
      sessions.set(session.id, session);
      attach(session, socket);
      const here = world.botInGuild && hears(session, world.guildId);
      const others = world.otherGuilds.filter((other) => hears(session, other.id));
      const ids = [...(here ? [world.guildId] : []), ...others.map((other) => other.id)];
      push(session, 'READY', readyJson(world, session, url(), ids));
      if ((intents & intent.guilds) === 0) return session;
      if (here) {
        push(
          session,
          'GUILD_CREATE',
          world.unavailable ? unavailableGuildJson(world) : guildJson(world, true),
        );
      }
      for (const other of others) push(session, 'GUILD_CREATE', otherGuildJson(world, other));
      return session;
    }
    return undefined;
  };

  const resume = (socket: WebSocket, d: Json): Session | undefined => {
    const session = sessions.get(String(d.session_id));
    const seq = Number(d.seq ?? 0);
    if (!authentic(world, d.token)) socket.close(close.authenticationFailed, 'Authentication failed.');
    else if (!session) send(socket, op.invalid, false);
    else if (seq > session.seq) socket.close(close.invalidSeq, 'Invalid seq.');
    else {
      attach(session, socket);
      for (const packet of session.sent) if (Number(packet.s) > seq) socket.send(JSON.stringify(packet));
      push(session, 'RESUMED', { _trace: [] });
      return session;
    }
    return undefined;
  };

  sockets.on('connection', (socket, request) => {
    const query = new URL(request.url ?? '/', 'ws://stand-in').searchParams;
    if ((query.get('encoding') ?? 'json') !== 'json' || query.has('compress')) {
      socket.close(close.decodeError, 'This stand-in speaks JSON without transport compression.');
      return;
    }
    let session: Session | undefined;
    let lastBeat = Date.now();
    const pulse = setInterval(() => {
      if (Date.now() - lastBeat > heartbeatMs * 1.5)
        socket.close(close.sessionTimedOut, 'Session timed out.');
    }, heartbeatMs).unref();
    socket.once('close', () => clearInterval(pulse));
    socket.on('error', () => socket.terminate());
    socket.on('message', (raw) => {
      const packet = parse(String(raw));
      if (!packet) return socket.close(close.decodeError, 'Error while decoding payload.');
      if (packet.op === op.heartbeat) {
        lastBeat = Date.now();
        if (!deaf) send(socket, op.ack, null);
        return;
      }
      const d = isObject(packet.d) ? packet.d : {};
      if (packet.op === op.identify || packet.op === op.resume) {
        if (session) return socket.close(close.alreadyAuthenticated, 'Already authenticated.');
        session = packet.op === op.identify ? identify(socket, d) : resume(socket, d);
      } else if (!session) socket.close(close.notAuthenticated, 'Not authenticated.');
      else if (![op.presence, op.voice, op.members].includes(packet.op as never)) {
        socket.close(close.unknownOpcode, 'Unknown opcode.');
      }
      world.changed();
    });
    send(socket, op.hello, { heartbeat_interval: heartbeatMs, _trace: [] });
  });

  const open = (): WebSocket[] =>
    [...sessions.values()].flatMap(({ socket }) => (socket?.readyState === WebSocket.OPEN ? [socket] : []));
  return {
    serve(server) {
      server.on('upgrade', (request, socket, head) => {
        if (refusing) {
          socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n');
          return;
        }
        sockets.handleUpgrade(request, socket, head, (accepted) =>
          sockets.emit('connection', accepted, request),
        );
      });
    },
    dispatch(event, data, needs = 0) {
      for (const session of sessions.values())
        if ((session.intents & needs) === needs && hears(session, guildOf(event, data)))
          push(session, event, data);
    },
    hasListener: () => sessions.size > 0,
    connected: () => open().length,
    drop() {
      for (const socket of open()) socket.terminate();
    },
    refuseConnections(refuse) {
      refusing = refuse;
    },
    reconnect() {
      for (const socket of open()) send(socket, op.reconnect, null);
    },
    invalidate(resumable) {
      for (const session of [...sessions.values()]) {
        if (session.socket) send(session.socket, op.invalid, resumable);
        if (!resumable) end(session);
      }
    },
    ignoreHeartbeats(ignore) {
      deaf = ignore;
    },
    close() {
      for (const session of [...sessions.values()]) end(session);
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}

const isShard = (value: unknown): value is Session['shard'] | undefined =>
  value === undefined ||
  (Array.isArray(value) && value.length === 2 && value.every(Number.isInteger) && value[0] < value[1]);

/** A server's events come to one shard, everything else to the first: https://docs.discord.com/developers/events/gateway#sharding */
const hears = ({ shard: [id, count] }: Session, guildId: string | undefined): boolean =>
  id === (guildId === undefined ? 0 : Number((BigInt(guildId) >> 22n) % BigInt(count)));

function guildOf(event: string, data: Json): string | undefined {
  const own = /^GUILD_(CREATE|DELETE|UPDATE)$/.test(event) ? data.id : data.guild_id;
  return own === undefined ? undefined : String(own);
}

const authentic = (world: World, token: unknown): boolean =>
  typeof token === 'string' && token.replace(/^Bot /, '') === world.token;

function parse(text: string): Json | undefined {
  try {
    const packet: unknown = JSON.parse(text);
    return isObject(packet) ? packet : undefined;
  } catch {
    return undefined;
  }
}

function readyJson(world: World, { id, shard }: Session, url: string, guildIds: string[]): Json {
  return {
    v: 10,
    user: ownJson(world),
    guilds: guildIds.map((guildId) => ({ id: guildId, unavailable: true })),
    session_id: id,
    resume_gateway_url: url,
    shard,
    application: { id: world.applicationId, flags: applicationJson(world).flags },
  };
}
