import { type Logger, SocketModeReceiver } from '@slack/bolt';
import type { Log } from '../../log.ts';
import { accessCodes, problemOf } from './client.ts';
import type { Incoming } from './door.ts';
import { pause, type Timing } from './timing.ts';

type Slot = { receiver: SocketModeReceiver; connected: boolean; running: Promise<void> };

/**
 * Two Socket Mode connections: Slack renews each about hourly, and one that renews hears nothing for some seconds.
 * Reconnecting is done here, because Bolt's own gives up with an unhandled rejection, which ends the process, when
 * one attempt meets a network error.
 */
export function createSockets(
  { appToken, apiUrl }: { appToken: string; apiUrl: string },
  logger: Logger,
  timing: Timing,
  log: Log,
): Incoming {
  let stopped = false;
  const slots = [1, 2].map((): Slot => {
    const receiver = new SocketModeReceiver({
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
    return { receiver, connected: false, running: Promise.resolve() };
  });

  /** Connects, and stays until the connection is lost. `first` is told how connecting went. */
  async function once(
    slot: Slot,
    first?: { up: () => void; failed: (error: unknown) => void },
  ): Promise<boolean> {
    const { client } = slot.receiver;
    const lost = new Promise<void>((resolve) => client.once('disconnected', () => resolve()));
    try {
      await within(client.start(), timing.connect);
      slot.connected = true;
      first?.up();
      await lost;
      return true;
    } catch (error) {
      void client.disconnect(); // It may still be half open.
      const code = problemOf(error)?.code ?? 'closed';
      const level = accessCodes.has(code) ? 'error' : 'warn';
      log[level]({ code }, 'No Socket Mode connection; check SLACK_APP_TOKEN if this stays');
      first?.failed(error ?? new Error('Slack closed the connection before it said hello'));
      return false;
    } finally {
      slot.connected = false;
    }
  }

  /** Connects again and again until stopped. */
  async function keep(
    slot: Slot,
    first: { up: () => void; failed: (error: unknown) => void },
  ): Promise<void> {
    let wait = (await once(slot, first)) ? 0 : timing.reconnect;
    while (!stopped) {
      if (wait > 0) await pause(wait);
      if (stopped) return;
      const wasUp = await once(slot);
      wait = wasUp ? 0 : Math.min(timing.reconnectMost, Math.max(timing.reconnect, wait * 2));
    }
  }

  return {
    init: (app) => {
      for (const { receiver } of slots) receiver.init(app);
    },
    async start() {
      const firsts = slots.map(
        (slot) =>
          new Promise<void>((resolve, reject) => {
            slot.running = keep(slot, { up: resolve, failed: reject });
          }),
      );
      const results = await Promise.allSettled(firsts);
      const failed = results.find((result) => result.status === 'rejected');
      if (failed && results.every(({ status }) => status === 'rejected')) {
        stopped = true;
        throw failed.reason;
      }
    },
    async stop() {
      stopped = true;
      const closing = slots.map(({ receiver }) => receiver.client.disconnect());
      await Promise.race([Promise.all(closing), pause(2_000)]);
    },
    health: () => (slots.some(({ connected }) => connected) ? 'up' : stopped ? 'down' : 'connecting'),
  };
}

/** @throws Error when `ms` pass first */
async function within<T>(work: Promise<T>, ms: number): Promise<T> {
  const late = pause(ms).then(() => {
    throw new Error('Slack did not say hello in time');
  });
  return Promise.race([work, late]);
}
