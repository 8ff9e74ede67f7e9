import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { StoreLog } from './index.ts';

/** The trigger on the outbox notifies this channel. */
const CHANNEL = 'mini_mentorship_notices';

/** How long to wait before connecting again, in milliseconds: doubled each time, up to the second number. */
const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 10_000;

/**
 * Calls `wake` whenever a notice was committed by anybody, on a connection of its own. A lost connection is made
 * again, and wakes once: something may have been missed.
 * @returns how to stop listening
 * @throws when the first connection cannot be made
 */
export async function listen(
  databaseUrl: string,
  wake: () => void,
  log: StoreLog,
): Promise<() => Promise<void>> {
  const stopped = new AbortController();
  let client = await connect();

  async function connect(): Promise<pg.Client> {
    const fresh = new pg.Client({
      connectionString: databaseUrl,
      application_name: 'mini-mentorship listener',
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
    });
    // Unheard, this would end the process; `end` follows in any case.
    fresh.on('error', (error) => log.warn({ err: error }, 'The connection that listens for notices broke.'));
    fresh.on('notification', wake);
    try {
      await fresh.connect();
      await fresh.query(`LISTEN ${CHANNEL}`);
    } catch (error) {
      await fresh.end().catch(() => {}); // there is an error already, and it says more
      throw error;
    }
    fresh.once('end', () => void reconnect());
    return fresh;
  }

  async function reconnect(): Promise<void> {
    for (let pause = FIRST_PAUSE; !stopped.signal.aborted; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
      try {
        client = await connect();
        if (stopped.signal.aborted) await client.end();
        else wake();
        return;
      } catch (error) {
        log.warn({ err: error, retryInMs: pause }, 'Could not listen for notices; trying again.');
      }
      await delay(pause, undefined, { signal: stopped.signal }).catch(() => {}); // aborted: the loop ends
    }
  }

  return async () => {
    stopped.abort();
    await client.end();
  };
}
