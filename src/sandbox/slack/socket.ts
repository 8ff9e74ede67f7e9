import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Dict, isDict } from './kit.ts';
import { SLACK_TIMES } from './limits.ts';

/** What came of a payload. `payload` is what the app answered with; undefined when it answered with nothing. */
export type Outcome =
  | { acknowledged: true; payload: unknown }
  | { acknowledged: false; why: 'operation_timeout' | 'nobody' | 'dispatch_failed' | 'http_error' };

export interface SocketMode {
  /** A WebSocket address that can be used once. */
  newUrl(base: string): string;
  /** Sends an envelope to one of the connections and waits for its acknowledgement. */
  send(
    type: string,
    payload: Dict,
    waitMs: number,
    retry?: { attempt: number; reason: string },
  ): Promise<Outcome>;
  refresh(which: 'all' | 'first'): void;
  drop(): void;
  readonly connections: number;
  /** Closes every connection politely, and by force those that do not answer. */
  close(): Promise<void>;
}

const pingEvery = 5_000;

/**
 * Socket Mode: https://docs.slack.dev/apis/events-api/using-socket-mode
 * @param heard called with each acknowledgement: its payload and whether somebody still waited for it;
 *   returns whether it arrives (a fault may lose it).
 */
export function socketMode(
  server: Server,
  appId: string,
  heard: (payload: unknown, inTime: boolean) => boolean,
  connectionsChanged: () => void,
): SocketMode {
  const sockets: WebSocket[] = [];
  const tickets = new Set<string>();
  const waiting = new Map<string, (outcome: Outcome) => void>();
  const wss = new WebSocketServer({ noServer: true });
  let turn = 0;

  const forget = (socket: WebSocket) => {
    const at = sockets.indexOf(socket);
    if (at >= 0) sockets.splice(at, 1);
    connectionsChanged();
  };

  const disconnect = (socket: WebSocket, reason: string) => {
    forget(socket);
    socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'sandbox' } }));
  };

  const listen = (socket: WebSocket) => {
    let alive = true;
    const pings = setInterval(() => {
      if (!alive) return socket.terminate();
      alive = false;
      socket.ping();
    }, pingEvery);
    pings.unref();
    socket.on('pong', () => {
      alive = true;
    });
    socket.on('close', () => {
      clearInterval(pings);
      forget(socket);
    });
    // A connection that breaks also closes; there is nothing else to do about it.
    socket.on('error', () => socket.terminate());
    socket.on('message', (data) => receive(String(data)));
    if (sockets.length >= SLACK_TIMES.connections) return disconnect(socket, 'too_many_websockets');
    sockets.push(socket);
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: sockets.length,
        debug_info: { host: 'sandbox', build_number: 1, approximate_connection_time: 18_060 },
        connection_info: { app_id: appId },
      }),
    );
    connectionsChanged();
  };

  const receive = (text: string) => {
    let message: unknown;
    try {
      message = JSON.parse(text);
    } catch {
      return; // Slack, too, ignores what is no JSON; the envelope then times out.
    }
    if (!isDict(message) || typeof message.envelope_id !== 'string') return;
    const settle = waiting.get(message.envelope_id);
    if (!heard(message.payload, settle !== undefined)) {
      return settle?.({ acknowledged: false, why: 'operation_timeout' });
    }
    settle?.({ acknowledged: true, payload: message.payload });
  };

  const upgrade = (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const ticket = new URL(request.url ?? '/', 'http://localhost').searchParams.get('ticket') ?? '';
    if (!tickets.delete(ticket)) {
      stream.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n');
      return;
    }
    wss.handleUpgrade(request, stream, head, listen);
  };
  server.on('upgrade', upgrade);

  return {
    newUrl(base) {
      const ticket = randomUUID();
      tickets.add(ticket);
      return `${base}/link/?ticket=${ticket}&app_id=${appId}`;
    },
    send(type, payload, waitMs, retry) {
      const socket = sockets[turn++ % Math.max(sockets.length, 1)];
      if (!socket) return Promise.resolve({ acknowledged: false, why: 'nobody' });
      const id = randomUUID();
      const envelope = {
        envelope_id: id,
        type,
        payload,
        accepts_response_payload: type !== 'events_api',
        ...(retry ? { retry_attempt: retry.attempt, retry_reason: retry.reason } : {}),
      };
      return new Promise((resolve) => {
        const settle = (outcome: Outcome) => {
          clearTimeout(timer);
          waiting.delete(id);
          resolve(outcome);
        };
        const timer = setTimeout(settle, waitMs, { acknowledged: false, why: 'operation_timeout' });
        waiting.set(id, settle);
        socket.send(JSON.stringify(envelope));
      });
    },
    refresh(which) {
      for (const socket of which === 'all' ? [...sockets] : sockets.slice(0, 1))
        disconnect(socket, 'refresh_requested');
    },
    drop() {
      for (const socket of [...sockets]) socket.terminate();
    },
    get connections() {
      return sockets.length;
    },
    async close() {
      for (const settle of [...waiting.values()]) settle({ acknowledged: false, why: 'nobody' });
      await Promise.all([...wss.clients].map(farewell));
      wss.close();
    },
  };
}

const farewell = (socket: WebSocket): Promise<void> =>
  new Promise((resolve) => {
    const force = setTimeout(() => socket.terminate(), 500);
    socket.once('close', () => {
      clearTimeout(force);
      resolve();
    });
    socket.close(1001);
  });
