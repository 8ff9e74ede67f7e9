import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { type App, startApp } from '../app.ts';
import { parseConfig } from '../config.ts';
import type { Instant } from '../core/time.ts';
import type { Log } from '../log.ts';
import type { MovableClock } from './movable-clock.ts';

/** The bot as the sandbox holds it: its clock can be moved, and it can be taken away and brought back. */
export interface Bot {
  /** Moves the clock and waits until everything that became due is done. */
  moveTo(instant: Instant): Promise<void>;
  /** Ends it as a crash would, then starts it anew. */
  crash(): Promise<void>;
  stop(): Promise<void>;
}

/** Runs the bot inside this process. A crash is only a stop here; {@link startChildBot} has real ones. */
export async function startBot(env: Record<string, string>, clock: MovableClock, log: Log): Promise<Bot> {
  const start = (): Promise<App> => startApp({ config: parseConfig(env), clock, log, tick: 'second' });
  let app = await start();
  return {
    moveTo: async (instant) => {
      clock.moveTo(instant);
      await app.worker.tick();
    },
    crash: async () => {
      await app.stop();
      app = await start();
    },
    stop: () => app.stop(),
  };
}

/** What the sandbox says to a bot in a process of its own: start with these settings; this is how far ahead we are. */
export type ToChild = { env: Record<string, string>; ahead: number } | { ahead: number };
/** What it answers: it is up, or it did everything that became due. */
export type FromChild = 'started' | 'ticked';

/** A bot in a process of its own. While it is not there, its clock moves on all the same. */
export interface ChildBot extends Bot {
  /** Ends it with SIGKILL, without a chance to tidy up, and leaves it so. */
  kill(): Promise<void>;
  /** Starts it anew; nothing happens when it runs. */
  start(): Promise<void>;
  running(): boolean;
}

/** Runs the bot in a process of its own, which {@link Bot.crash} kills with SIGKILL, without a chance to tidy up. */
export async function startChildBot(
  entry: URL,
  env: Record<string, string>,
  clock: MovableClock,
): Promise<ChildBot> {
  let child: ChildProcess;
  const running = () => child.exitCode === null && child.signalCode === null;
  /** Waits until the bot says this word. @throws Error when it ends instead */
  const heard = async (word: FromChild): Promise<void> => {
    const settled = new AbortController();
    const { signal } = settled;
    const said = async () => {
      while ((await once(child, 'message', { signal }))[0] !== word);
    };
    const gone = async () => {
      const [code] = await once(child, 'exit', { signal });
      throw new Error(`The bot ended by itself with code ${code}`);
    };
    try {
      await Promise.race([said(), gone()]);
    } finally {
      settled.abort();
    }
  };
  const start = async () => {
    child = fork(entry, { env: {}, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const started = heard('started');
    child.send({ env, ahead: clock.ahead() } satisfies ToChild);
    await started;
  };
  const end = async (signal: NodeJS.Signals) => {
    if (!running()) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  };
  await start();
  return {
    moveTo: async (instant) => {
      clock.moveTo(instant);
      if (!running()) return;
      const done = heard('ticked');
      child.send({ ahead: clock.ahead() } satisfies ToChild);
      await done;
    },
    crash: async () => {
      await end('SIGKILL');
      await start();
    },
    kill: () => end('SIGKILL'),
    start: async () => {
      if (!running()) await start();
    },
    running,
    stop: () => end('SIGTERM'),
  };
}
