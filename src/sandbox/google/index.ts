import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { StandIn, WireEntry } from '../person.ts';
import { type GoogleAccount, openAccounts } from './account.ts';
import { googleApi, TOKEN_PATH } from './api.ts';
import type { CalendarSetup, GoogleEvent } from './calendar.ts';
import { type Fault, faultQueue } from './faults.ts';

export type { GoogleAccount } from './account.ts';
export type { CalendarSetup, GoogleEvent, GoogleTime } from './calendar.ts';
export type { Fault } from './faults.ts';

export interface GoogleStandIn extends StandIn {
  /** Ready-made settings for a bot. */
  account(): GoogleAccount;
  /** Every event ever made on the organiser's calendar, cancelled ones too, oldest first. */
  events(): GoogleEvent[];
  /** Changes the organiser's calendar: pending links, Meet switched off, read-only … */
  configure(changes: Partial<Omit<CalendarSetup, 'id' | 'ofServiceAccount'>>): void;
  /** Makes the next `times` (default 1) requests whose "METHOD /path?query" matches `where` go wrong. */
  fails(fault: Fault, where?: RegExp, times?: number): void;
  /** No access token is good any more; new ones can be had. */
  expireTokens(): void;
  /** Answers every request for a token with `invalid_grant` and this description, until called with undefined. */
  refuseGrants(description: string | undefined): void;
  /** Gives the service account its domain-wide delegation, or takes it away. */
  delegate(on: boolean): void;
}

/**
 * Starts a local Google: token endpoint and the part of Calendar v3 that makes meetings, over real HTTP.
 * It outlives the bot: a bot that starts again finds its events.
 * @param port default: any free one.
 * @param record hears of each request once its end is decided. Status 0: no answer was given, on purpose.
 * @param now the clock for events' `created` and `updated`. Tokens live by the machine's clock.
 */
export async function startGoogle({
  port = 0,
  record = () => {},
  now = () => new Date(),
}: {
  port?: number;
  record?: (entry: WireEntry) => void;
  now?: () => Date;
} = {}): Promise<GoogleStandIn> {
  const { known, settings } = await openAccounts();
  const { answer, desk, organisers } = googleApi(known, now, () => `${url}${TOKEN_PATH}`);
  const faults = faultQueue();

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url: path = '/', headers } = request;
    const target = new URL(path, url);
    const body = await text(request);
    const outcome = await faults.outcomeOf(`${method} ${path}`, () =>
      answer({ method, target, authorization: headers.authorization, body }),
    );
    const status = typeof outcome === 'string' ? 0 : outcome.status;
    record({ to: 'google', method, path, body: recordable(target.pathname, body), status });
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
    server.listen(port, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url,
    account: () => settings(url, `${url}${TOKEN_PATH}`),
    events: () => structuredClone(organisers.all()),
    configure: (changes) => void Object.assign(organisers.setup, changes),
    fails: faults.add,
    expireTokens: desk.expireAll,
    refuseGrants: desk.refuse,
    delegate: desk.delegate,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** The body as the wire log may hold it: of a request for a token, only which kind it was. */
function recordable(pathname: string, body: string): unknown {
  if (pathname === TOKEN_PATH) return { grant_type: new URLSearchParams(body).get('grant_type') };
  if (body === '') return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
