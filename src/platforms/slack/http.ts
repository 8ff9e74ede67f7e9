import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { HTTPReceiver, type Logger } from '@slack/bolt';
import type { Log } from '../../log.ts';
import type { Incoming } from './door.ts';
import type { SlackSettings } from './settings.ts';
import type { Timing } from './timing.ts';

/** Where Slack sends everything in HTTP mode: the Request URL of the app's settings ends in this. */
export const EVENTS_PATH = '/slack/events';

/** Slack asks to refuse requests that are older than this; Bolt does. We refuse those from the future as well. */
const MAX_SKEW = 5 * 60_000;

type HttpTransport = Extract<SlackSettings['transport'], { mode: 'http' }>;

/** Signed HTTP requests, checked by Bolt's receiver, and what else the bot serves on the same port. */
export function createHttp(
  { signingSecret, port, serve: others = () => false }: HttpTransport,
  logger: Logger,
  timing: Timing,
  log: Log,
): Incoming {
  const receiver = new HTTPReceiver({ signingSecret, logger, endpoints: [EVENTS_PATH] });
  let server: Server | null = null;

  function serve(request: IncomingMessage, response: ServerResponse): void {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (others(request, response)) return;
    if (pathname !== EVENTS_PATH || request.method !== 'POST') response.writeHead(404).end();
    else if (Number(request.headers['x-slack-request-timestamp']) * 1_000 - timing.now() > MAX_SKEW) {
      log.warn('A request from the future was refused; is the clock of this machine right?');
      response.writeHead(401).end();
    } else receiver.requestListener(request, response);
  }

  return {
    init: (app) => receiver.init(app),
    async start() {
      const listening = createServer((request, response) => {
        try {
          serve(request, response);
        } catch (error) {
          log.warn({ err: error }, 'A web request failed');
          if (!response.headersSent) response.writeHead(400);
          response.end();
        }
      });
      await new Promise<void>((resolve, reject) => {
        listening.once('error', reject);
        listening.listen(port, resolve);
      });
      server = listening;
    },
    async stop() {
      const listening = server;
      server = null;
      if (!listening) return;
      await new Promise<void>((resolve) => {
        listening.close(() => resolve());
        listening.closeIdleConnections();
        setTimeout(() => listening.closeAllConnections(), 2_000).unref();
      });
    },
    health: () => (server ? 'up' : 'down'),
  };
}
