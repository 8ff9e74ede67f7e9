import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readdir, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { createLog } from '../../src/log.ts';
import { startEmbedded } from '../../src/store/embedded.ts';
import { findBinaries } from '../../src/store/embedded-binaries.ts';
import { findRunning } from '../../src/store/embedded-server.ts';

// A place of its own for each test of the built-in database. Importing this file sets it up and clears it away.

export const root = process.getuid?.() === 0;
/** An ordinary user for root to become. */
export const nobody = { uid: 65534, gid: 65534 };

export const log = createLog('silent');
export const run = promisify(execFile);

/** The folders of the present test. */
export const here = { place: '', dataDir: '', systemDir: '' };

let prepared: string;

beforeAll(async () => {
  prepared = await mkdtemp(join(tmpdir(), 'prepared-'));
  await chmod(prepared, 0o755);
  await (await startEmbedded({ dataDir: prepared, log, durable: false })).stop();
  const { version } = await findBinaries();
  await rm(join(prepared, 'postgres', `postgresql-${version}`), { recursive: true }); // lighter to copy
});

afterAll(() => rm(prepared, { recursive: true }));

beforeEach(async () => {
  here.place = await mkdtemp(join(tmpdir(), 'embedded-'));
  await chmod(here.place, 0o755);
  here.dataDir = join(here.place, 'data');
  here.systemDir = join(here.place, 'var-lib');
});

afterEach(async () => {
  const homes = (await readdir(here.systemDir).catch(() => [])).map((name) => join(here.systemDir, name));
  for (const cluster of [await clusterOf(here.dataDir), ...homes.map((home) => join(home, 'cluster'))]) {
    const running = await findRunning(cluster);
    if (running) process.kill(running.pid, 'SIGQUIT');
    await expect.poll(() => findRunning(cluster)).toBeUndefined();
  }
  await rm(here.place, { recursive: true, force: true });
});

/** A database that was used before, for tests that are about what comes after. */
export const prepareDatabase = () => run('cp', ['-a', prepared, here.dataDir]);

export const start = () => startEmbedded({ ...here, durable: false, log });

/** The server's process of a data folder, also when no bot is left to end it. */
export const serverOf = async (dataDir: string) => findRunning(await clusterOf(dataDir));

const clusterOf = (dataDir: string) =>
  readlink(join(dataDir, 'postgres')).then(
    (home) => join(home, 'cluster'),
    () => join(dataDir, 'postgres', 'cluster'),
  );
