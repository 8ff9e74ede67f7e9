import { setTimeout as delay } from 'node:timers/promises';
import { EmbeddedDatabaseError } from './embedded-errors.ts';
import { run } from './embedded-process.ts';

/**
 * The user account that the server runs as. PostgreSQL refuses to run as root, so root hands it to another one;
 * everybody else runs it as themselves (`undefined`).
 */
export type Account = { uid: number; gid: number } | undefined;

export const isRoot = (): boolean => process.getuid?.() === 0;

/** The account that is made when root has no other to run the server as. */
export const OWN_ACCOUNT = 'mini-mentorship';

/** Ours from an earlier start, those that PostgreSQL's packages make on Linux, and the one of macOS. */
const candidates = [OWN_ACCOUNT, 'postgres', '_postgres'];

/**
 * The account for a new data folder.
 * @throws EmbeddedDatabaseError when root has none and cannot make one
 */
export async function findAccount(): Promise<Account> {
  if (!isRoot()) return undefined;
  for (const name of candidates) {
    const account = await lookUp(name);
    if (account) return account;
  }
  const args = ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent'];
  const made = await run('useradd', [...args, '--shell', '/usr/sbin/nologin', OWN_ACCOUNT]).catch(
    (error: Error) => ({ code: -1, output: error.message }),
  );
  // When it fails, another starter may be making the account at this moment.
  for (let attempt = 0; attempt < 20; attempt++) {
    const account = await lookUp(OWN_ACCOUNT);
    if (account) return account;
    await delay(100);
  }
  throw new EmbeddedDatabaseError(
    'PostgreSQL refuses to run as root, there is no other account to run it as, and making one failed. ' +
      `Start the bot as an ordinary user, or make an account named ${OWN_ACCOUNT}, or set DATABASE_URL.\n${made.output.trim()}`,
  );
}

async function lookUp(name: string): Promise<Account> {
  const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
  if (uid.code !== 0 || gid.code !== 0) return undefined;
  return { uid: Number(uid.output), gid: Number(gid.output) };
}

/** Whether the account can enter a folder: asked of the system itself, which knows ACLs and every parent folder. */
export async function canEnter(folder: string, account: Account): Promise<boolean> {
  const { code } = await run('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], account);
  return code === 0;
}
