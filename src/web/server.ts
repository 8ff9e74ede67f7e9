import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { ConfigError } from '../config.ts';
import type { Handler } from './health.ts';

/** What the bot serves on its port. */
export interface Pages {
  /** Answers a request when there is something for it. @returns whether it did */
  serve(request: IncomingMessage, response: ServerResponse): boolean;
  /** Shows a page at this path from now on. */
  read(path: string, handler: Handler): void;
  /** Takes POST requests to this path from now on. */
  post(path: string, handler: Handler): void;
  /** Takes requests of every method to all paths that begin with this one, from now on. */
  under(path: string, handler: Handler): void;
  /** Where something can be read. */
  readonly paths: readonly string[];
}

/** @param pages what can be read, by path */
export function createPages(pages: Record<string, Handler>): Pages {
  const reads = new Map(Object.entries(pages));
  const posts = new Map<string, Handler>();
  const folders = new Map<string, Handler>();
  const handlerFor = ({ method, url = '/' }: IncomingMessage): Handler | undefined => {
    const path = url.split('?')[0] ?? '/';
    const folder = [...folders].find(([beginning]) => path.startsWith(beginning));
    if (folder) return folder[1];
    if (method === 'POST') return posts.get(path);
    return method === 'GET' || method === 'HEAD' ? reads.get(path) : undefined;
  };
  return {
    serve(request, response) {
      const handler = handlerFor(request);
      handler?.(request, response);
      return handler !== undefined;
    },
    read: (path, handler) => void reads.set(path, handler),
    post: (path, handler) => void posts.set(path, handler),
    under: (path, handler) => void folders.set(path, handler),
    get paths() {
      return [...reads.keys()];
    },
  };
}

/**
 * Serves pages on a port of their own (Slack over HTTP serves them on its port itself).
 * @returns how to stop it
 * @throws ConfigError when the port is taken, or not ours to take
 */
export async function startWeb(port: number, pages: Pages): Promise<() => Promise<void>> {
  const server = createServer((request, response) => {
    if (pages.serve(request, response)) return;
    response
      .writeHead(404, { 'content-type': 'text/plain' })
      .end(`Nothing here. ${pages.paths.join(', ')} are.\n`);
  });
  server.listen(port);
  await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'EACCES' ? 'may not be used by this user' : 'is in use by another program';
    if (error.code !== 'EACCES' && error.code !== 'EADDRINUSE') throw error;
    throw new ConfigError([`PORT ${port} ${why}. Choose another PORT.`]);
  });
  return async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  };
}
