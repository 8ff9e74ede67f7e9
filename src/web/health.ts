import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../core/ports.ts';
import { MINUTE, SECOND } from '../core/time.ts';
import type { Platform } from '../platforms/platform.ts';
import type { Store } from '../store/store.ts';
import type { Worker } from '../worker/clock.ts';
import type { Gauges, Metrics } from './metrics.ts';

/** What is looked at; null until everything is started. */
export type Watched = {
  store: { outbox: Pick<Store['outbox'], 'depth'> };
  platforms: readonly Pick<Platform, 'name' | 'health' | 'waitsFor'>[];
  worker: Pick<Worker, 'sinceTick' | 'lastTick'>;
  clock: Clock;
} | null;

/** Handles one HTTP request. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** The clock ticks every second. */
const TICK_IS_LATE = 10 * SECOND;
/** A due notice that nobody took for this long. */
const OUTBOX_IS_LATE = 5 * MINUTE;

/**
 * The pages by which the bot is watched, by path.
 * `/healthz`: the process is alive. `/readyz`: the database answers, every platform is connected, the clock ticks and
 * the outbox empties; 503 with what is wrong otherwise. What waits for people to choose it is named, and no fault.
 * `/metrics`: numbers for Prometheus.
 */
export function operationPages(
  watched: () => Watched,
  metrics: Pick<Metrics, 'page'>,
): Record<string, Handler> {
  const page = (make: () => Promise<{ status: number; type: string; body: string }>): Handler => {
    return (_request, response) => {
      make().then(
        ({ status, type, body }) => response.writeHead(status, { 'content-type': type }).end(body),
        () => response.writeHead(500).end(),
      );
    };
  };
  const json = (status: number, body: object) => ({
    status,
    type: 'application/json',
    body: JSON.stringify(body),
  });
  return {
    '/healthz': page(async () => json(200, { status: 'alive' })),
    '/readyz': page(async () => {
      const report = await readiness(watched());
      return json(report.ready ? 200 : 503, report);
    }),
    '/metrics': page(async () => {
      const { type, text } = await metrics.page();
      return { status: 200, type, body: text };
    }),
  };
}

/** How everything stands now; the outbox is null when the database does not answer. */
export async function gaugesOf({ store, platforms, worker, clock }: NonNullable<Watched>): Promise<Gauges> {
  const now = clock.now();
  const depth = await store.outbox.depth(now).catch(() => null);
  return {
    outbox: depth && {
      due: depth.due,
      later: depth.later,
      dead: depth.dead,
      oldestDueMs: depth.oldestDueAt ? now.getTime() - depth.oldestDueAt.getTime() : 0,
    },
    platforms: platforms.map((platform) => ({ name: platform.name, up: platform.health() === 'up' })),
    sinceTickMs: worker.sinceTick(),
  };
}

async function readiness(watched: Watched) {
  if (!watched) return { ready: false, wrong: ['starting'] };
  const { outbox, sinceTickMs } = await gaugesOf(watched);
  const platforms = Object.fromEntries(
    watched.platforms.map((platform) => [platform.name, platform.health()]),
  );
  const wrong = [
    ...(outbox ? [] : ['the database does not answer']),
    ...Object.entries(platforms).flatMap(([name, state]) => (state === 'up' ? [] : [`${name} is ${state}`])),
    ...(sinceTickMs > TICK_IS_LATE ? [`the clock did not tick for ${seconds(sinceTickMs)} s`] : []),
    ...(outbox && outbox.oldestDueMs > OUTBOX_IS_LATE
      ? [`the oldest due notice waits for ${seconds(outbox.oldestDueMs)} s`]
      : []),
  ];
  return {
    ready: wrong.length === 0,
    wrong,
    database: outbox ? 'up' : 'down',
    platforms,
    waiting: watched.platforms.flatMap((platform) => {
      const what = platform.waitsFor();
      return what ? [`${platform.name} ${what}`] : [];
    }),
    lastTick: watched.worker.lastTick(),
    outbox: outbox && {
      due: outbox.due,
      later: outbox.later,
      dead: outbox.dead,
      oldestDueSeconds: seconds(outbox.oldestDueMs),
    },
  };
}

const seconds = (ms: number): number => Math.round(ms / SECOND);
