import { randomBytes } from 'node:crypto';
import type { Stats } from 'node:fs';
import {
  chmod,
  chown,
  lstat,
  mkdir,
  open as openFile,
  readdir,
  readFile,
  readlink,
  realpath,
  rename,
  rm,
  stat,
  symlink,
  unlink,
} from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { type Account, canEnter, findAccount, isRoot } from './embedded-account.ts';
import { findBinaries, installBinaries } from './embedded-binaries.ts';
import { EmbeddedDatabaseError, explain } from './embedded-errors.ts';
import { isAlive, run } from './embedded-process.ts';

// <dataDir>/postgres holds everything of the server:
//   postgresql-<version>/  its programs          port        where it listened last
//   cluster/               the data              server.log  what it says
//   password               for the bot only
// When root starts the bot and the server's account cannot enter <dataDir> (say, /root/bot/data), then
// <dataDir>/postgres is a symbolic link to a folder under /var/lib/mini-mentorship. It moves with the checkout.

/** A data folder, ready to start a server on. */
export interface DataFolder {
  /** Where `<dataDir>/postgres` really is. */
  home: string;
  cluster: string;
  /** Folder of the server's programs (`bin` in it). */
  programs: string;
  /** Of the superuser `postgres`. */
  password: string;
  account: Account;
}

export interface FolderOptions {
  dataDir: string;
  /** Where root keeps data that the server's account cannot reach in `dataDir`. */
  systemDir: string;
  /** false: trust the memory of the machine (for tests), and be quicker. */
  durable: boolean;
}

/**
 * Opens `<dataDir>/postgres`, and makes it first when there is none. Any number of processes may call it at once,
 * and any of them may be killed at any point: the folder gets its name when it is whole, and the first one wins.
 * @throws EmbeddedDatabaseError
 */
export async function openDataFolder(options: FolderOptions): Promise<DataFolder> {
  const dataDir = resolve(options.dataDir);
  try {
    await mkdir(dataDir, { recursive: true });
    await removeLeftovers(dataDir, options.systemDir);
    const link = join(dataDir, 'postgres');
    if (!(await info(link))) await create(dataDir, link, options);
    return await open(link);
  } catch (error) {
    if (error instanceof EmbeddedDatabaseError) throw error;
    throw explain(`The data folder ${dataDir} cannot be used`, String(error), error);
  }
}

/** Deletes `<dataDir>/postgres` with all data, wherever it really is. The server must have been stopped. */
export async function deleteDataFolder({
  dataDir,
  systemDir,
}: Omit<FolderOptions, 'durable'>): Promise<void> {
  await discard(join(resolve(dataDir), 'postgres'), systemDir);
}

async function open(link: string): Promise<DataFolder> {
  const home = await realpath(link).catch(async (cause) => {
    throw new EmbeddedDatabaseError(
      `${link} points to ${await readlink(link)}, which is gone, and the data with it. Put that folder back, ` +
        `or delete ${link} to begin with an empty database.`,
      { cause },
    );
  });
  const cluster = join(home, 'cluster');
  const [owner, clusterOwner] = await Promise.all([stat(home), stat(cluster)]);
  assertPrivate(home, owner, clusterOwner);
  const binaries = await findBinaries();
  const made = (await readFile(join(home, 'made-by'), 'utf8')).trim();
  if (Number.parseInt(made, 10) !== Number.parseInt(binaries.version, 10)) {
    throw explain(
      `The data in ${home} cannot be used`,
      `The data directory was initialized by PostgreSQL version ${made}; this is ${binaries.version}.`,
    );
  }
  return {
    home,
    cluster,
    programs: await installBinaries(binaries, home),
    password: (await readFile(join(home, 'password'), 'utf8')).trim(),
    account: isRoot() ? { uid: clusterOwner.uid, gid: clusterOwner.gid } : undefined,
  };
}

/** Programs run from this folder and passwords are read from it, so nobody else may have put anything there. */
function assertPrivate(home: string, owner: Stats, clusterOwner: Stats): void {
  const uid = process.getuid?.();
  if (uid === undefined) return; // Windows
  const trusted = uid === 0 ? [0, clusterOwner.uid] : [uid];
  if (!trusted.includes(owner.uid)) {
    throw new EmbeddedDatabaseError(
      `The database in ${home} belongs to another user (number ${owner.uid}; you are ${uid}). ` +
        'Start the bot as that user, or set DATA_DIR to a folder of your own.',
    );
  }
  if (owner.mode & 0o022) {
    throw new EmbeddedDatabaseError(
      `Other users may write into ${home}. Run \`chmod go-w ${home}\`; if that has no effect, the file system ` +
        'does not know permissions: set DATA_DIR to a folder on one that does.',
    );
  }
}

async function create(dataDir: string, link: string, options: FolderOptions): Promise<void> {
  const account = await findAccount();
  const building = join(dataDir, `postgres.new-${process.pid}-${randomBytes(4).toString('hex')}`);
  underWay.add(building);
  try {
    const elsewhere = account !== undefined && !(await canEnter(dataDir, account));
    if (elsewhere) {
      const target = await reserve(options.systemDir, account);
      await symlink(target, building);
      await build(target, account, options.durable);
      await symlink(target, link);
      await unlink(building);
    } else {
      await build(building, account, options.durable);
      await rename(building, link);
    }
  } catch (error) {
    await discard(building, options.systemDir);
    // Somebody else's folder was ready first: that one it is.
    if (!(await info(link))) throw error;
  } finally {
    underWay.delete(building);
  }
}

/** A free name under the system's folder, which only root can write to and the account can pass through. */
async function reserve(systemDir: string, account: Account): Promise<string> {
  await mkdir(systemDir, { recursive: true, mode: 0o711 });
  const owner = await lstat(systemDir);
  if (!owner.isDirectory() || owner.uid !== 0 || owner.mode & 0o022) {
    throw new EmbeddedDatabaseError(
      `${systemDir} must be a folder that belongs to root and that nobody else can write to. Mend or remove it.`,
    );
  }
  if (!(await canEnter(systemDir, account))) await chmod(systemDir, 0o711); // made under a strict umask
  if (!(await canEnter(systemDir, account))) {
    throw new EmbeddedDatabaseError(
      `User number ${account?.uid}, who runs the database, can enter neither the data folder nor ${systemDir}. ` +
        'Set DATA_DIR to a folder that this user can enter.',
    );
  }
  return join(systemDir, randomBytes(8).toString('hex'));
}

async function build(home: string, account: Account, durable: boolean): Promise<void> {
  await mkdir(home);
  // The server's account passes through, and owns nothing but the cluster in it.
  await chmod(home, account ? 0o711 : 0o700);
  const binaries = await findBinaries();
  const programs = await installBinaries(binaries, home);
  const password = randomBytes(24).toString('base64url');
  await write(join(home, 'made-by'), binaries.version);
  await write(join(home, 'password'), password);

  const cluster = join(home, 'cluster');
  const passwordFile = join(home, 'password-for-initdb');
  await mkdir(cluster, { mode: 0o700 });
  await write(passwordFile, password);
  if (account) for (const path of [cluster, passwordFile]) await chown(path, account.uid, account.gid);
  const { code, output } = await run(
    join(programs, 'bin', 'initdb'),
    [
      `--pgdata=${cluster}`,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // The same sorting and letter rules on every machine, whatever locales it has.
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-instructions',
      ...(durable ? [] : ['--no-sync']),
    ],
    account,
  );
  if (code !== 0) throw explain(`A new database could not be made in ${home}`, output);
  await unlink(passwordFile);
}

async function write(path: string, line: string): Promise<void> {
  const file = await openFile(path, 'wx', 0o600);
  try {
    await file.writeFile(`${line}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Folders that this process is making now. */
const underWay = new Set<string>();

/** Removes what killed processes left half made, programs included. */
async function removeLeftovers(dataDir: string, systemDir: string): Promise<void> {
  for (const name of await readdir(dataDir)) {
    const pid = /^postgres\.new-(\d+)-/.exec(name)?.[1];
    const path = join(dataDir, name);
    // A number of our own may be that of a killed process before us: numbers start anew with each container.
    const abandoned =
      pid !== undefined && !underWay.has(path) && (Number(pid) === process.pid || !isAlive(Number(pid)));
    if (!abandoned) continue;
    await discard(path, systemDir).catch((error: NodeJS.ErrnoException) => {
      // An initdb that outlived its killed bot may still be writing: then it goes at the next start.
      // Or it is root's: then root's next start takes it away.
      if (!['ENOTEMPTY', 'EACCES', 'EPERM'].includes(error.code ?? '')) throw error;
    });
  }
}

/** Removes a folder, or a link together with the folder it points to. */
async function discard(path: string, systemDir: string): Promise<void> {
  if ((await info(path))?.isSymbolicLink()) {
    const target = await readlink(path);
    // Whoever owns the data folder can make links in it: root must not delete just anything for them.
    const ours = dirname(target) === systemDir && /^[0-9a-f]{16}$/.test(basename(target));
    // Cut off between getting its name and losing the old one, it is the folder in use.
    const inUse = await readlink(join(dirname(path), 'postgres')).catch(() => undefined);
    if (ours && (basename(path) === 'postgres' || target !== inUse)) {
      await rm(target, { recursive: true, force: true });
    }
  }
  await rm(path, { recursive: true, force: true });
}

const info = (path: string): Promise<Stats | undefined> =>
  lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
