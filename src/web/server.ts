import { once } from 'node:events';
import { createServer } from 'node:http';
import { type Handler, healthPaths } from './health.ts';

/**
 * Serves the health pages on a port of their own (Slack over HTTP serves them on its port itself).
 * @returns how to stop it
 * @throws Error when the port is taken
 */
export async function startWeb(port: number, health: Handler): Promise<() => Promise<void>> {
  const server = createServer((request, response) => {
    if (healthPaths.some((path) => request.url?.split('?')[0] === path)) return health(request, response);
    response
      .writeHead(404, { 'content-type': 'text/plain' })
      .end('Nothing here. /healthz and /readyz are.\n');
  });
  server.listen(port);
  await once(server, 'listening');
  return async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  };
}
