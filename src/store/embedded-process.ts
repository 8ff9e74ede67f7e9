import { spawn } from 'node:child_process';
import type { Account } from './embedded-account.ts';
import { explain } from './embedded-errors.ts';

/** Whether there is such a process, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** Nothing of the bot's own environment: it holds tokens, and PG… variables would lead the programs astray. */
export function bareEnvironment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TEMP } = process.env;
  return { PATH, SystemRoot, TEMP, LC_ALL: 'C', TZ: 'UTC' };
}

/** Runs a program to its end; `output` is what it printed, errors included. @throws EmbeddedDatabaseError */
export function run(
  program: string,
  args: string[],
  account?: Account,
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      ...account,
      cwd: '/', // the present one may be closed to the account
      env: bareEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const add = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on('data', add);
    child.stderr.on('data', add);
    child.once('error', (error) => reject(explain(`Could not run ${program}`, error.message, error)));
    child.once('close', (code) => resolve({ code, output }));
  });
}
