/** The bot in a process of its own, for {@link startChildBot}: settings and the time come from its parent. */

import { type App, startApp } from '../app.ts';
import { parseConfig } from '../config.ts';
import { after } from '../core/time.ts';
import { createLog } from '../log.ts';
import type { FromChild, ToChild } from './bot.ts';
import { createMovableClock, type MovableClock } from './movable-clock.ts';

const say = (word: FromChild): void => {
  process.send?.(word);
};

let running: { app: App; clock: MovableClock } | null = null;

async function hear(message: ToChild): Promise<void> {
  if ('env' in message) {
    const clock = createMovableClock(message.ahead);
    const config = parseConfig(message.env);
    running = {
      clock,
      app: await startApp({ config, clock, log: createLog(config.logLevel), tick: 'second' }),
    };
    say('started');
  } else if (running) {
    running.clock.moveTo(after(new Date(), message.ahead));
    await running.app.worker.tick();
    say('ticked');
  }
}

process.on('message', (message: ToChild) => {
  hear(message).catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
});
process.once('SIGTERM', () => {
  void (running?.app.stop() ?? Promise.resolve()).then(() => process.exit(0));
});
// Without its parent nobody would ever end it.
process.once('disconnect', () => process.exit(0));
