import { App, type Logger, type ReceiverEvent } from '@slack/bolt';
import type { Log } from '../../log.ts';
import type { Acknowledged } from '../platform.ts';
import type { Ack } from './hands.ts';

/** Where payloads come from: two sockets, or signed HTTP. */
export interface Incoming {
  init(app: App): void;
  /** @throws what the first attempt met */
  start(): Promise<void>;
  stop(): Promise<void>;
  health(): 'up' | 'connecting' | 'down';
}

/** All that Slack sends passes here, through Bolt. */
export interface Door {
  open(): Promise<void>;
  /**
   * Waits until nobody is inside (at most `drainMs`), then closes. Who still comes meanwhile is served: as long as the
   * connection stands, Slack sends here, and an interaction without an answer is not sent again.
   */
  close(drainMs: number): Promise<void>;
  health(): 'up' | 'connecting' | 'down';
}

/**
 * Bolt between where payloads come from and our one handler. It knows no token and no identity: whose workspace a
 * payload is of is found out behind it, and a question to Slack that fails at boot is an unhandled rejection. Its own
 * client, which nothing here uses, is told not to repeat itself.
 * @param enter handles one payload; whatever it throws is logged
 * @param acknowledged hears of each acknowledgement
 */
export function createDoor(
  incoming: Incoming,
  enter: (body: unknown, ack: Ack) => Promise<void>,
  acknowledged: Acknowledged,
  logger: Logger,
  log: Log,
): Door {
  const inside = new Set<Promise<void>>();
  let closing = false;

  const app = new App({
    receiver: { init: (bolt) => incoming.init(guarded(bolt)), start: incoming.start, stop: incoming.stop },
    authorize: async () => ({}),
    deferInitialization: true,
    convoStore: false,
    logger,
    clientOptions: { retryConfig: { retries: 0 }, rejectRateLimitedCalls: true, timeout: 5_000 },
  });
  app.use(async (args) => {
    const ack = 'ack' in args ? (args.ack as Ack) : async () => {};
    await enter(args.body, ack);
  });
  app.error(async (error) => log.error({ err: error }, 'A payload of Slack could not be handled'));

  /** Whatever happens, Slack gets exactly one acknowledgement: without one it sends again, a second one throws. */
  function guarded(bolt: App): App {
    const processEvent = async (event: ReceiverEvent): Promise<void> => {
      const arrived = performance.now();
      let done = false;
      const ack: Ack = async (response) => {
        if (done) return;
        done = true;
        try {
          await event.ack(response);
          acknowledged('in_time', performance.now() - arrived);
        } catch (error) {
          acknowledged('lost', performance.now() - arrived);
          log.warn({ err: error }, 'An acknowledgement did not reach Slack; it will send that again');
        }
      };
      const work = bolt
        .processEvent({ ...event, ack })
        .catch((error: unknown) => log.error({ err: error }, 'Bolt could not read a payload'))
        .then(() => ack());
      inside.add(work);
      await work.finally(() => inside.delete(work));
    };
    const seen: Pick<App, 'processEvent'> = { processEvent };
    return seen as App; // Receivers ask nothing else of it.
  }

  return {
    async open() {
      await app.init();
      await app.start();
    },
    async close(drainMs) {
      closing = true;
      const empty = async () => {
        while (inside.size > 0) await Promise.allSettled([...inside]);
      };
      const limit = new Promise((resolve) => setTimeout(resolve, drainMs).unref());
      await Promise.race([empty(), limit]);
      await app.stop();
    },
    health: () => (closing ? 'down' : incoming.health()),
  };
}
