import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:fs';
import { lstat, open, readdir, readFile, readlink, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isRoot } from './embedded-account.ts';
import { EmbeddedDatabaseError, explain } from './embedded-errors.ts';
import type { DataFolder } from './embedded-folder.ts';
import { bareEnvironment, isAlive, run } from './embedded-process.ts';

/** A server that accepts connections on 127.0.0.1. */
export interface Server {
  port: number;
  /** Whether this call started it, or found it running. */
  found: boolean;
}

export interface ServerOptions {
  durable: boolean;
  /** Only this port will do: clients already know it. */
  onlyPort?: number;
}

/** Long enough for a recovery after a power cut on a slow disk. */
const START_TIMEOUT_MS = 120_000;
const STOP_TIMEOUT_MS = 60_000;

/**
 * Finds the running server of a data folder, or starts one. Several processes may do so at once: PostgreSQL's own
 * lock file lets one server start, and the others find it. The server goes on when this process is killed.
 * @throws EmbeddedDatabaseError
 */
export async function findOrStart(folder: DataFolder, options: ServerOptions): Promise<Server> {
  const { cluster } = folder;
  let port = options.onlyPort ?? (await lastPort(folder)) ?? (await freePort());
  for (const deadline = Date.now() + START_TIMEOUT_MS; Date.now() < deadline; await delay(50)) {
    const running = await findRunning(cluster);
    if (running?.status === 'ready') return { port: running.port, found: true };
    if (running) continue; // starting or stopping: wait and see

    const outcome = await start(folder, port, options, deadline);
    if (outcome === 'ready') {
      await remember(folder, port);
      await removeOldPrograms(folder);
      return { port, found: false };
    }
    if (outcome === 'port taken' && options.onlyPort === undefined) port = await freePort();
  }
  throw new EmbeddedDatabaseError(
    `The database server in ${folder.home} did not become ready within ${START_TIMEOUT_MS / 1000} seconds. ` +
      `See ${join(folder.home, 'server.log')}.`,
  );
}

/** Ends the server: clients are disconnected, everything is on disk when this returns. @throws EmbeddedDatabaseError */
export async function stopServer(folder: DataFolder): Promise<void> {
  const running = await findRunning(folder.cluster);
  if (running === undefined) return;
  // The signal for a "fast" shutdown, sent as the server's account: root does not signal just any process whose
  // number a file gives. Not `pg_ctl stop`: it would take a server that somebody starts right after for this one.
  const { output } = await run(
    join(folder.programs, 'bin', 'pg_ctl'),
    ['kill', 'INT', String(running.pid)],
    folder.account,
  );
  for (const deadline = Date.now() + STOP_TIMEOUT_MS; Date.now() < deadline; await delay(20)) {
    if (!(await isServerOf(running.pid, folder.cluster))) return;
  }
  throw explain(`The database server in ${folder.home} (process ${running.pid}) did not stop`, output);
}

interface Running {
  pid: number;
  port: number;
  status: 'ready' | 'busy';
}

/** Reads `postmaster.pid`: https://www.postgresql.org/docs/18/storage-file-layout.html */
export async function findRunning(cluster: string): Promise<Running | undefined> {
  const path = join(cluster, 'postmaster.pid');
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const [pidLine = '', , , portLine, , , , status = ''] = text.split('\n');
  const pid = Number.parseInt(pidLine, 10);
  if (Number.isNaN(pid)) return undefined;
  if (await isServerOf(pid, cluster)) {
    return { pid, port: Number(portLine), status: status.trim() === 'ready' ? 'ready' : 'busy' };
  }
  // Left by a killed server. PostgreSQL replaces the file itself, unless the number now is that of another process
  // of the same user, which is common after a container restarts: it would refuse to start beside it.
  if (isAlive(pid) && (await readFile(path, 'utf8').catch(() => '')) === text)
    await rm(path, { force: true });
  return undefined;
}

/** A process number alone proves nothing: after a restart it may be anybody's. */
async function isServerOf(pid: number, cluster: string): Promise<boolean> {
  if (!isAlive(pid)) return false;
  if (process.platform === 'linux') {
    // The server works in its data folder. Nobody but its user and root may look, and one of these we are.
    return (await readlink(`/proc/${pid}/cwd`).catch(() => undefined)) === cluster;
  }
  if (process.platform === 'win32') return true;
  return (await run('ps', ['-p', String(pid), '-o', 'command='])).output.includes(cluster);
}

/** Small on purpose: a few clients, a few hundred requests a minute. About 60 MB resident. */
function settings(port: number, durable: boolean): string[] {
  const values = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: 100,
    shared_buffers: '16MB',
    max_wal_size: '256MB',
    // No replicas, no background workers: each would cost a process.
    wal_level: 'minimal',
    max_wal_senders: 0,
    max_logical_replication_workers: 0,
    max_parallel_workers_per_gather: 0,
    io_method: 'sync',
    log_checkpoints: 'off',
    log_timezone: 'UTC',
    timezone: 'UTC',
    ...(durable ? {} : { fsync: 'off', full_page_writes: 'off' }),
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

async function start(
  folder: DataFolder,
  port: number,
  options: ServerOptions,
  deadline: number,
): Promise<'ready' | 'port taken' | 'again'> {
  const log = await openLog(folder);
  const from = (await log.stat()).size;
  let ended: Error | string | undefined;
  let child: ChildProcess;
  try {
    child = spawn(
      join(folder.programs, 'bin', 'postgres'),
      ['-D', folder.cluster, ...settings(port, options.durable)],
      {
        ...folder.account,
        cwd: '/',
        env: bareEnvironment(),
        // In a session of its own: Ctrl-C in the terminal is for the bot, which ends the server when it is done.
        detached: true,
        stdio: ['ignore', log.fd, log.fd],
      },
    );
    // Heard from the first moment on: one that finds another server's lock file ends before the log is closed here.
    child.once('error', (error) => {
      ended = error;
    });
    child.once('exit', () => {
      ended ??= 'exit';
    });
  } finally {
    await log.close();
  }
  child.unref();

  for (; ended === undefined && Date.now() < deadline; await delay(20)) {
    const running = await findRunning(folder.cluster);
    if (running?.pid === child.pid && running?.status === 'ready') return 'ready';
  }
  if (ended instanceof Error) throw explain('The database server could not be started', ended.message, ended);
  if (ended === undefined) return 'again'; // and the caller's deadline is over

  const said = (await readFile(join(folder.home, 'server.log'))).subarray(from).toString();
  if (/could not (bind|create any TCP\/IP socket)/.test(said)) return 'port taken';
  // Another starter was quicker; or a server was killed a moment ago and its processes have yet to notice.
  if (/lock file "postmaster.pid" (already exists|is empty)|shared memory block .* still in use/.test(said)) {
    return 'again';
  }
  throw explain(`The database server in ${folder.home} did not start`, said);
}

const LOG_LIMIT = 5_000_000;

/** `server.log`, with the text of earlier starts; beyond some megabytes that text moves to `server.log.1`. */
async function openLog({ home }: DataFolder) {
  const path = join(home, 'server.log');
  const size = await lstat(path).then(
    (found) => found.size,
    () => 0,
  );
  if (size > LOG_LIMIT) await rename(path, `${path}.1`);
  // Not through a link: with root at work in a folder of another user, it could lead anywhere.
  const { O_APPEND, O_CREAT, O_NOFOLLOW = 0, O_RDWR } = constants;
  const file = await open(path, O_APPEND | O_CREAT | O_NOFOLLOW | O_RDWR, 0o600);
  if (isRoot()) {
    const owner = await lstat(home);
    await file.chown(owner.uid, owner.gid);
  }
  return file;
}

/** A port that was free a moment ago, of those the system hands out. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  return port;
}

/** The port of the last start: the same again keeps a pgAdmin or a script of somebody's working. */
async function lastPort({ home }: DataFolder): Promise<number | undefined> {
  const text = await readFile(join(home, 'port'), 'utf8').catch(() => '');
  return Number.parseInt(text, 10) || undefined;
}

async function remember({ home }: DataFolder, port: number): Promise<void> {
  const draft = join(home, `port.new-${process.pid}`);
  await writeFile(draft, `${port}\n`, { mode: 0o644 });
  await rename(draft, join(home, 'port'));
}

/** Earlier versions, and copies cut off half-way. Only when we started the server: then nobody uses them. */
async function removeOldPrograms({ home, programs }: DataFolder): Promise<void> {
  const others = (await readdir(home)).filter(
    (name) => name.startsWith('postgresql-') && name !== basename(programs),
  );
  for (const name of others) await rm(join(home, name), { recursive: true, force: true });
}
