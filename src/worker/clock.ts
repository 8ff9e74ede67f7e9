import { scheduleJob } from 'node-schedule';
import type { Clock } from '../core/ports.ts';
import { runSweep, sweeps } from '../core/use-cases/sweep.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import { createMetrics, type Metrics } from '../web/metrics.ts';
import type { Courier } from './courier.ts';

export interface Worker {
  /** Does now what is due now: sweeps, then deliveries. Resolves when it is done; never rejects. */
  tick(): Promise<void>;
  /** When the last tick's sweeps ended well; null before the first. */
  lastTick(): Date | null;
  /** How long ago that was, in milliseconds of the machine; 0 for a worker that is ticked by hand. */
  sinceTick(): number;
  /** Takes no more, and waits for what is under way, at most `drainMs`. What is left is delivered by the next start. */
  stop(drainMs: number): Promise<void>;
}

/**
 * The clock: every second it asks the database what is due. node-schedule is only the tick. Its jobs live in memory,
 * overlap, and end the process when they throw, so this is the one place that knows it.
 * @param every whether to tick by itself; tests tick by hand
 */
export async function startWorker(parts: {
  store: Store;
  courier: Courier;
  clock: Clock;
  log: Log;
  every: 'second' | 'never';
  metrics?: Pick<Metrics, 'failed'>;
}): Promise<Worker> {
  const { store, courier, clock, log, metrics = createMetrics() } = parts;
  let sweeping: Promise<void> | null = null;
  let again = false;
  let stopped = false;
  let lastTick: Date | null = null;
  let tickedAt = performance.now();

  async function sweepOnce(): Promise<void> {
    const now = clock.now();
    let well = true;
    for (const sweep of sweeps) {
      try {
        await runSweep(sweep, store.sweeps, store.requestsAsWorker(sweep.name), now, (requestId, error) => {
          metrics.failed('clock');
          log.error({ err: error, requestId, sweep: sweep.name }, 'The clock could not change a request');
        });
      } catch (error) {
        well = false;
        metrics.failed('clock');
        log.error(
          { err: error, sweep: sweep.name },
          'The clock cannot ask what is due; the next tick tries again',
        );
      }
    }
    if (!well) return;
    lastTick = now;
    tickedAt = performance.now();
  }

  /** Sweeps never overlap; one that is asked for meanwhile follows at once, so that nothing is overlooked. */
  function sweep(): Promise<void> {
    if (sweeping) {
      again = true;
      return sweeping;
    }
    sweeping = (async () => {
      do {
        again = false;
        await sweepOnce();
      } while (again && !stopped);
    })().finally(() => {
      sweeping = null;
    });
    return sweeping;
  }

  /** A delivery that hangs holds up neither the next sweep nor other deliveries: the courier goes on beside them. */
  async function tick(): Promise<void> {
    await sweep();
    await courier.deliverDue();
  }

  const job = parts.every === 'second' ? scheduleJob('* * * * * *', () => void tick()) : null;
  // A fresh notice leaves at once.
  const stopListening = await store.outbox.onWake(() => void courier.deliverDue());
  return {
    tick,
    lastTick: () => lastTick,
    sinceTick: () => (parts.every === 'never' ? 0 : performance.now() - tickedAt),
    stop: async (drainMs) => {
      stopped = true;
      job?.cancel();
      await stopListening();
      await courier.stop(drainMs);
      await sweeping;
    },
  };
}
