import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { WireEntry } from '../person.ts';
import type { Answer } from './answer.ts';
import type { Outcome } from './faults.ts';

/** One request, read but not understood. */
export interface Asked {
  method: string;
  /** Scheme and host do not matter. */
  target: URL;
  authorization: string | undefined;
  body: string;
}

/**
 * Serves a stand-in of a web service over real HTTP, on this machine only.
 * @param parts.record hears of each request once its end is decided. Status 0: no answer was given, on purpose.
 * @param parts.recordable the body as the wire log may hold it: never a secret
 */
export async function startService(parts: {
  to: WireEntry['to'];
  port: number;
  record: (entry: WireEntry) => void;
  recordable: (pathname: string, body: string) => unknown;
  outcomeOf: (request: string, decide: () => Answer) => Promise<Outcome>;
  answer: (asked: Asked) => Answer;
}): Promise<{ url: string; close(): Promise<void> }> {
  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url: path = '/', headers } = request;
    const target = new URL(path, url);
    const body = await text(request);
    const outcome = await parts.outcomeOf(`${method} ${path}`, () =>
      parts.answer({ method, target, authorization: headers.authorization, body }),
    );
    const status = typeof outcome === 'string' ? 0 : outcome.status;
    parts.record({ to: parts.to, method, path, body: parts.recordable(target.pathname, body), status });
    if (outcome === 'hangs') return;
    if (outcome === 'dropped') {
      request.socket.destroy();
      return;
    }
    response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8', ...outcome.headers });
    response.end(outcome.body === undefined ? undefined : JSON.stringify(outcome.body));
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      response.writeHead(500, { 'content-type': 'text/plain' });
      response.end(`Defect of the stand-in: ${error}`);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(parts.port, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** A body as JSON where it is JSON. */
export function jsonOrText(body: string): unknown {
  if (body === '') return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
