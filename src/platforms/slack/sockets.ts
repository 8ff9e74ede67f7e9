import { type App, type Logger, SocketModeReceiver } from '@slack/bolt';
import type { Log } from '../../log.ts';
import { accessCodes, problemOf } from './client.ts';
import type { Incoming } from './door.ts';
import { pause, type Timing } from './timing.ts';

/** Slack allows ten (https://docs.slack.dev/apis/events-api/using-socket-mode); one renews while the other hears. */
const CONNECTIONS = 2;

interface Slot {
  /** The connection that is up. */
  up: SocketModeReceiver | null;
  keeping: Promise<void>;
}

type First = { up: () => void; failed: (error: unknown) => void };

/**
 * Two Socket Mode connections: Slack renews each about hourly, and one that renews hears nothing for some seconds.
 * Reconnecting is done here, each time with a fresh receiver of Bolt, because Bolt's own reconnecting ends the
 * process (by an unhandled rejection) when one attempt meets a network error.
 */
export function createSockets(
  { appToken, apiUrl }: { appToken: string; apiUrl: string },
  logger: Logger,
  timing: Timing,
  log: Log,
): Incoming {
  let app: App | null = null;
  let stopped = false;
  let stop: () => void = () => {};
  const stopping = new Promise<void>((resolve) => {
    stop = resolve;
  });
  const slots = Array.from({ length: CONNECTIONS }, (): Slot => ({ up: null, keeping: Promise.resolve() }));

  const receiver = () =>
    new SocketModeReceiver({
      appToken,
      logger,
      autoReconnectEnabled: false,
      installerOptions: {
        clientOptions: {
          slackApiUrl: apiUrl,
          timeout: 10_000,
          rejectRateLimitedCalls: true,
          retryConfig: { retries: 0 },
        },
      },
    });

  /**
   * Connects, and stays until the connection is lost.
   * @returns whether it was up
   */
  async function once(slot: Slot, first?: First): Promise<boolean> {
    const fresh = receiver();
    if (app) fresh.init(app);
    const lost = new Promise<void>((resolve) => fresh.client.once('disconnected', () => resolve()));
    try {
      await within(fresh.client.start(), timing.connect);
      slot.up = fresh;
      first?.up();
      await Promise.race([lost, stopping]);
      return true;
    } catch (error) {
      const code = problemOf(error)?.code ?? 'closed';
      const level = accessCodes.has(code) ? 'error' : 'warn';
      log[level]({ code }, 'No Socket Mode connection; check SLACK_APP_TOKEN if this stays');
      first?.failed(error ?? new Error('Slack closed the connection before it said hello'));
      return false;
    } finally {
      slot.up = null;
      await Promise.race([fresh.client.disconnect(), pause(2_000)]);
    }
  }

  /** Connects again and again until stopped. */
  async function keep(slot: Slot, first: First): Promise<void> {
    let wait = (await once(slot, first)) ? 0 : timing.reconnect;
    while (!stopped) {
      if (wait > 0) await Promise.race([pause(wait), stopping]);
      if (stopped) return;
      const wasUp = await once(slot);
      wait = wasUp ? 0 : Math.min(timing.reconnectMost, Math.max(timing.reconnect, wait * 2));
    }
  }

  return {
    init: (bolt) => {
      app = bolt;
    },
    async start() {
      const firsts = slots.map(
        (slot) =>
          new Promise<void>((resolve, reject) => {
            slot.keeping = keep(slot, { up: resolve, failed: reject });
          }),
      );
      const results = await Promise.allSettled(firsts);
      const [failed] = results.filter((result) => result.status === 'rejected');
      if (!failed || results.some(({ status }) => status === 'fulfilled')) return;
      stopped = true;
      stop();
      throw failed.reason;
    },
    async stop() {
      stopped = true;
      stop();
      await Promise.all(slots.map(({ keeping }) => keeping));
    },
    health: () => (slots.some(({ up }) => up) ? 'up' : stopped ? 'down' : 'connecting'),
  };
}

/** @throws Error when `ms` pass first */
async function within<T>(work: Promise<T>, ms: number): Promise<T> {
  const late = pause(ms).then(() => {
    throw new Error('Slack did not say hello in time');
  });
  return Promise.race([work, late]);
}
