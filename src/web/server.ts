import { once } from 'node:events';
import { createServer } from 'node:http';
import { ConfigError } from '../config.ts';
import type { Handler } from './health.ts';

/**
 * Serves pages on a port of their own (Slack over HTTP serves them on its port itself).
 * @param pages by path
 * @returns how to stop it
 * @throws ConfigError when the port is taken, or not ours to take
 */
export async function startWeb(port: number, pages: Record<string, Handler>): Promise<() => Promise<void>> {
  const server = createServer((request, response) => {
    const pathname = request.url?.split('?')[0] ?? '/';
    const page = Object.hasOwn(pages, pathname) ? pages[pathname] : undefined;
    if (page && (request.method === 'GET' || request.method === 'HEAD')) return page(request, response);
    response
      .writeHead(404, { 'content-type': 'text/plain' })
      .end(`Nothing here. ${Object.keys(pages).join(', ')} are.\n`);
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
