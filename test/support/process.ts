import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The real command line, as `npm test` has just built it. */
const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface Running {
  /** Resolves when a line of the log says this. @throws Error when the process ends before */
  says(words: string | RegExp): Promise<void>;
  signal(signal: NodeJS.Signals): void;
  ended: Promise<Ended>;
}

/**
 * Starts `mini-mentorship …` in a process of its own.
 * @param env all that it knows of the environment, but for the search path
 * @param cwd a folder without a `.env`
 */
export function startCommand(args: string[], env: Record<string, string>, cwd: string): Running {
  const child: ChildProcess = spawn(process.execPath, [MAIN, ...args], {
    cwd,
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  const lines: string[] = [];
  const listeners = new Set<() => void>();
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
  });
  if (child.stderr) {
    createInterface({ input: child.stderr }).on('line', (line) => {
      lines.push(line);
      for (const listener of [...listeners]) listener();
    });
  }
  const ended = once(child, 'close').then(
    ([code, signal]): Ended => ({ code, signal, stdout, stderr: lines.join('\n') }),
  );
  return {
    signal: (signal) => child.kill(signal),
    ended,
    says: (words) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!lines.some((line) => (typeof words === 'string' ? line.includes(words) : words.test(line))))
            return;
          listeners.delete(look);
          resolve();
        };
        listeners.add(look);
        look();
        void ended.then(({ code, signal, stderr }) => {
          reject(new Error(`It ended (${code ?? signal}) before it said ${String(words)}:\n${stderr}`));
        });
      }),
  };
}

/** Runs a command to its end. */
export const runCommand = (args: string[], env: Record<string, string>, cwd: string): Promise<Ended> =>
  startCommand(args, env, cwd).ended;
