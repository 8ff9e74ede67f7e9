import { scheduleJob } from 'node-schedule';
import type { Clock } from '../core/ports.ts';
import { runSweep, sweeps } from '../core/use-cases/sweep.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import type { Courier } from './courier.ts';

export interface Worker {
  /** Does now what is due now: sweeps, then deliveries. Resolves when it is done; never rejects. */
  tick(): Promise<void>;
  /** When the last tick ended well; null before the first. */
  lastTick(): Date | null;
  stop(): Promise<void>;
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
}): Promise<Worker> {
  const { store, courier, clock, log } = parts;
  let running: Promise<void> | null = null;
  let again = false;
  let lastTick: Date | null = null;

  async function tickOnce(): Promise<void> {
    const now = clock.now();
    for (const sweep of sweeps) {
      try {
        await runSweep(sweep, store.sweeps, store.requestsAsWorker(sweep.name), now, (requestId, error) =>
          log.error({ err: error, requestId, sweep: sweep.name }, 'The clock could not change a request'),
        );
      } catch (error) {
        log.error(
          { err: error, sweep: sweep.name },
          'The clock cannot ask what is due; the next tick tries again',
        );
      }
    }
    await courier.deliverDue();
    lastTick = now;
  }

  /** Ticks never overlap; one that is asked for meanwhile follows at once, so that nothing is overlooked. */
  function tick(): Promise<void> {
    if (running) {
      again = true;
      return running;
    }
    running = (async () => {
      do {
        again = false;
        await tickOnce();
      } while (again);
    })().finally(() => {
      running = null;
    });
    return running;
  }

  const job = parts.every === 'second' ? scheduleJob('* * * * * *', () => void tick()) : null;
  // A fresh notice leaves at once. A delivery that hangs must not hold it up, so it goes past the tick.
  const stopListening = await store.outbox.onWake(() => void courier.deliverDue());
  return {
    tick,
    lastTick: () => lastTick,
    stop: async () => {
      job?.cancel();
      await stopListening();
      await courier.stop();
      await running;
    },
  };
}
