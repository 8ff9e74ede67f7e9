import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Platform } from '../platforms/platform.ts';
import type { Store } from '../store/store.ts';
import type { Worker } from '../worker/clock.ts';

/** What is looked at; null until everything is started. */
export type Watched = { store: Store; platforms: readonly Platform[]; worker: Worker } | null;

/** Handles one HTTP request; the paths it serves are in {@link healthPaths}. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export const healthPaths = ['/healthz', '/readyz'] as const;

/**
 * `/healthz`: the process is alive. `/readyz`: the database answers and every platform is connected; 503 with what is
 * wrong otherwise.
 */
export function healthHandler(watched: () => Watched): Handler {
  return (request, response) => {
    const answer = (status: number, body: object) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    if (request.url?.startsWith('/healthz')) return answer(200, { status: 'alive' });
    readiness(watched()).then(
      (report) => answer(report.ready ? 200 : 503, report),
      (error: unknown) => answer(503, { ready: false, database: String(error) }),
    );
  };
}

async function readiness(watched: Watched) {
  if (!watched) return { ready: false, why: 'starting' };
  await watched.store.ping();
  const platforms = Object.fromEntries(
    watched.platforms.map((platform) => [platform.name, platform.health()]),
  );
  return {
    ready: Object.values(platforms).every((state) => state === 'up'),
    database: 'up',
    platforms,
    lastTick: watched.worker.lastTick(),
  };
}
