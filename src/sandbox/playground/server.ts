import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { ActSchema } from './acts.ts';
import type { Feed } from './feed.ts';
import type { Act, ActAnswer } from './wire.ts';

/** The files of the page, all that there are: nothing else can be asked for. */
const files: Record<string, { file: string; type: string }> = {
  '/': { file: 'index.html', type: 'text/html; charset=utf-8' },
  '/page.js': { file: 'page.js', type: 'text/javascript; charset=utf-8' },
  '/page.css': { file: 'page.css', type: 'text/css; charset=utf-8' },
};

const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
};

const LARGEST_ACT = 200_000;

/**
 * Serves the page on 127.0.0.1, tells it what is new and takes what people do there. Only the page itself is
 * answered: a request that another web page sent, or that came by another name than this machine's, is refused.
 * @param options.port the wished port; when it is taken, any free one
 */
export async function servePage(options: {
  port: number;
  pageFolder: URL;
  feed: Feed;
  perform(act: Act): Promise<void>;
}): Promise<{ url: string; close(): Promise<void> }> {
  const { feed, pageFolder } = options;
  let port = 0;

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const refusal = stranger(request, port);
    if (refusal) {
      response.writeHead(403, { ...HEADERS, 'content-type': 'text/plain' }).end(refusal);
      return;
    }
    const { pathname } = new URL(`http://page${request.url ?? '/'}`);
    const file = files[pathname];
    if (request.method === 'GET' && pathname === '/events') follow(request, response, feed);
    else if (request.method === 'GET' && file) {
      const body = await readFile(new URL(file.file, pageFolder));
      response.writeHead(200, { ...HEADERS, 'content-type': file.type }).end(body);
    } else if (request.method === 'POST' && pathname === '/act') {
      const answer = await act(request, options.perform);
      feed.changed();
      response
        .writeHead(answer.ok ? 200 : 409, { ...HEADERS, 'content-type': 'application/json' })
        .end(JSON.stringify(answer));
    } else
      response.writeHead(404, { ...HEADERS, 'content-type': 'text/plain' }).end('There is nothing here.');
  };

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      console.error('The playground failed:', error);
      if (!response.headersSent) response.writeHead(500, HEADERS);
      response.end();
    });
  });
  const listen = (wished: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(wished, '127.0.0.1', () => {
        server.off('error', reject);
        resolve();
      });
    });
  await listen(options.port).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') throw error;
    return listen(0);
  });
  ({ port } = server.address() as AddressInfo);
  return {
    url: `http://127.0.0.1:${port}/`,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Why a request is none of the page's own; undefined when it is. */
function stranger({ headers, method }: IncomingMessage, port: number): string | undefined {
  const own = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (!own.includes(headers.host ?? '')) return 'This page is for this machine only.';
  const { origin } = headers;
  const mine = origin !== undefined && own.some((host) => origin === `http://${host}`);
  if (origin !== undefined && !mine) return 'Another web page may not do this.';
  if (headers['sec-fetch-site'] === 'cross-site' && headers['sec-fetch-mode'] !== 'navigate')
    return 'Another web page may not do this.';
  // A browser names the page with every POST; what names none is no page.
  return method === 'POST' && !mine ? 'Only the page itself may do this.' : undefined;
}

function follow(request: IncomingMessage, response: ServerResponse, feed: Feed): void {
  response.writeHead(200, { ...HEADERS, 'content-type': 'text/event-stream' });
  const stop = feed.follow((name, json) => response.write(`event: ${name}\ndata: ${json}\n\n`));
  request.once('close', stop);
}

async function act(request: IncomingMessage, perform: (act: Act) => Promise<void>): Promise<ActAnswer> {
  try {
    if (Number(request.headers['content-length'] ?? LARGEST_ACT + 1) > LARGEST_ACT)
      throw new Error('That is too long.');
    const body = ActSchema.safeParse(JSON.parse(await text(request)));
    if (!body.success) throw new Error('The page asked for something that does not exist. Reload it.');
    await perform(body.data);
    return { ok: true };
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message : String(error) };
  }
}
