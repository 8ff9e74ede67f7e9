import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmod,
  chown,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  stat,
  symlink,
  watch,
  writeFile,
} from 'node:fs/promises';
import { createServer } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../../src/log.ts';
import { deleteEmbedded, startEmbedded, startTemporary } from '../../src/store/embedded.ts';
import { findBinaries, installBinaries } from '../../src/store/embedded-binaries.ts';
import { findRunning } from '../../src/store/embedded-server.ts';
import { type Bot, type Checkout, makeCheckout, startBot } from '../support/checkout.ts';
import { rowsOf, runOn } from '../support/database.ts';

const root = process.getuid?.() === 0;
/** An ordinary user for root to become. */
const nobody = { uid: 65534, gid: 65534 };

const log = createLog('silent');
const run = promisify(execFile);

let checkout: Checkout;
let prepared: string;
let place: string;
let dataDir: string;
let systemDir: string;
const bots: Bot[] = [];

beforeAll(async () => {
  checkout = await makeCheckout();
  prepared = await mkdtemp(join(tmpdir(), 'prepared-'));
  await chmod(prepared, 0o755);
  await (await startEmbedded({ dataDir: prepared, log, durable: false })).stop();
  const { version } = await findBinaries();
  await rm(join(prepared, 'postgres', `postgresql-${version}`), { recursive: true }); // lighter to copy
});
afterAll(async () => {
  await checkout.remove();
  await rm(prepared, { recursive: true });
});

/** A database that was used before, for tests that are about what comes after. */
const prepareDatabase = () => run('cp', ['-a', prepared, dataDir]);

beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'embedded-'));
  await chmod(place, 0o755);
  dataDir = join(place, 'data');
  systemDir = join(place, 'var-lib');
});

afterEach(async () => {
  for (const bot of bots.splice(0)) await bot.kill();
  for (const folder of [dataDir, ...(await folders(systemDir))]) await endServer(folder);
  await rm(place, { recursive: true, force: true });
});

const folders = async (parent: string) =>
  (await readdir(parent).catch(() => [])).map((name) => join(parent, name));

/** The server's process of a data folder, also when no bot is left to end it. */
async function serverOf(folder: string) {
  const cluster = await readlink(join(folder, 'postgres')).then(
    (home) => join(home, 'cluster'),
    () => join(folder, 'postgres', 'cluster'),
  );
  return findRunning(cluster);
}

async function endServer(folder: string) {
  const running = await serverOf(folder);
  if (running) process.kill(running.pid, 'SIGQUIT');
  await expect.poll(() => serverOf(folder)).toBeUndefined();
}

const options = () => ({ dataDir, systemDir, durable: false });
const start = () => startEmbedded({ ...options(), log });
const bot = (as = {}, folder = checkout.folder) => {
  const started = startBot(folder, options(), as);
  bots.push(started);
  return started;
};
const portOf = (url: string) => Number(new URL(url).port);
const remember = (url: string, word: string) =>
  runOn(url, 'CREATE TABLE IF NOT EXISTS memory (word text)', `INSERT INTO memory VALUES ('${word}')`);
const memory = async (url: string) => (await rowsOf(url, 'SELECT word FROM memory')).map((row) => row.word);

describe('an ordinary start', () => {
  it('keeps the data from one start to the next, on the same port, and leaves nothing running', async () => {
    const first = await start();
    await remember(first.url, 'first');
    await first.stop();
    expect(await serverOf(dataDir)).toBeUndefined();

    const second = await start();
    expect(second.url).toBe(first.url);
    expect(await memory(second.url)).toEqual(['first']);
    await Promise.all([second.stop(), second.stop()]);
    expect(await serverOf(dataDir)).toBeUndefined();
  });

  it('lets in only who knows the password, over the loopback only, and keeps the password private', async () => {
    const { url, stop } = await start();
    const home = join(dataDir, 'postgres');
    expect((await stat(join(home, 'password'))).mode & 0o777).toBe(0o600);
    expect((await stat(join(home, 'cluster'))).mode & 0o777).toBe(0o700);
    expect((await stat(home)).mode & 0o066).toBe(0);

    for (const password of ['', 'postgres', 'password']) {
      const stranger = new URL(url);
      stranger.password = password;
      await expect(rowsOf(stranger.href, 'SELECT 1')).rejects.toThrow(/password/);
    }
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4');
    for (const { address } of others) {
      await expect(rowsOf(url.replace('127.0.0.1', address), 'SELECT 1')).rejects.toThrow(/ECONNREFUSED/);
    }
    expect(await rowsOf(url, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    await stop();
  });

  it('writes to the disk what it confirms, unless a test says otherwise', async () => {
    const { url, stop } = await startEmbedded({ dataDir, systemDir, log });
    const settings = `SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit,
      current_setting('full_page_writes') AS pages, current_setting('data_checksums') AS checksums`;
    expect(await rowsOf(url, settings)).toEqual([
      { fsync: 'on', commit: 'on', pages: 'on', checksums: 'on' },
    ]);
    await stop();
  });

  it('takes another port when its own is taken meanwhile', async () => {
    await prepareDatabase();
    const first = await start();
    await remember(first.url, 'here');
    await first.stop();
    const thief = createServer().listen(portOf(first.url), '127.0.0.1');
    await once(thief, 'listening');
    try {
      const second = await start();
      expect(portOf(second.url)).not.toBe(portOf(first.url));
      expect(await memory(second.url)).toEqual(['here']);
      await second.stop();
    } finally {
      thief.close();
    }
  });

  it('runs beside the database of another checkout', async () => {
    const other = join(place, 'other');
    const [one, two] = await Promise.all([start(), startEmbedded({ ...options(), dataDir: other, log })]);
    await remember(one.url, 'one');
    await remember(two.url, 'two');
    expect([await memory(one.url), await memory(two.url)]).toEqual([['one'], ['two']]);
    await Promise.all([one.stop(), two.stop()]);
    expect([await serverOf(dataDir), await serverOf(other)]).toEqual([undefined, undefined]);
  });

  it('can be deleted', async () => {
    await prepareDatabase();
    await deleteEmbedded({ dataDir, systemDir });
    expect(await readdir(dataDir)).toEqual([]);
  });
});

describe('who runs it', () => {
  it.runIf(root)('an ordinary user, as that user', async () => {
    await mkdir(dataDir);
    await chown(dataDir, nobody.uid, nobody.gid);
    const started = bot(nobody);
    await remember(await started.url, 'mine');
    const server = await serverOf(dataDir);
    expect((await stat(`/proc/${server?.pid}`)).uid).toBe(nobody.uid);
    await started.stop();
    expect(await serverOf(dataDir)).toBeUndefined();
  });

  it.runIf(root)('root, as another user who owns the data and nothing else', async () => {
    const { url, stop } = await start();
    const home = join(dataDir, 'postgres');
    const cluster = await stat(join(home, 'cluster'));
    expect(cluster.uid).not.toBe(0);
    const server = await serverOf(dataDir);
    expect((await stat(`/proc/${server?.pid}`)).uid).toBe(cluster.uid);
    const { stdout } = await run('find', [
      home,
      '-path',
      '*/cluster',
      '-prune',
      '-o',
      '!',
      '-user',
      '0',
      '-print',
    ]);
    expect(stdout).toBe('');
    expect((await run('find', [home, '-perm', '/022', '!', '-type', 'l', '-print'])).stdout).toBe('');
    // The tokens in the bot's environment are not for the server's user to read.
    const environment = await readFile(`/proc/${server?.pid}/environ`, 'utf8');
    expect(environment).not.toContain('VITEST');
    expect(await rowsOf(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await stop();
  });

  it.runIf(root)('root, in a folder that nobody else can enter, even after it was moved', async () => {
    const home = join(place, 'root');
    await mkdir(home, { mode: 0o700 });
    await run('cp', ['-r', checkout.folder, join(home, 'checkout')]);
    dataDir = join(home, 'checkout', 'data');

    const first = bot({}, join(home, 'checkout'));
    await remember(await first.url, 'kept');
    await first.stop();
    expect(dirname(await readlink(join(dataDir, 'postgres')))).toBe(systemDir);

    await rename(join(home, 'checkout'), join(home, 'moved'));
    dataDir = join(home, 'moved', 'data');
    const second = bot({}, join(home, 'moved'));
    expect(await memory(await second.url)).toEqual(['kept']);
    await second.stop();

    await deleteEmbedded({ dataDir, systemDir });
    expect([await readdir(dataDir), await readdir(systemDir)]).toEqual([[], []]);
  });

  it.runIf(root)('root, beside itself: two starters in a folder that nobody else can enter', async () => {
    await mkdir(dataDir, { mode: 0o700 });
    const [one, two] = [bot(), bot()];
    expect(await one.url).toBe(await two.url);
    expect(await readdir(systemDir)).toHaveLength(1);
    await Promise.all([one.stop(), two.stop()]);
    expect(await serverOf(dataDir)).toBeUndefined();
  });

  it.runIf(root)('root, in the data folder of an ordinary user, as that user', async () => {
    await mkdir(dataDir);
    await chown(dataDir, nobody.uid, nobody.gid);
    const theirs = bot(nobody);
    await remember(await theirs.url, 'theirs');
    await theirs.stop();

    const { url, stop } = await start();
    expect(await memory(url)).toEqual(['theirs']);
    await stop();

    const again = bot(nobody);
    expect(await memory(await again.url)).toEqual(['theirs']);
    await again.stop();
  });

  it.runIf(root)('nobody, in the data folder of root: says whose it is', async () => {
    await prepareDatabase();
    await chown(dataDir, nobody.uid, nobody.gid);
    await expect(bot(nobody).url).rejects.toThrow(
      /belongs to another user \(number 0; you are 65534\).*DATA_DIR/,
    );
  });
});

describe('after a kill -9', () => {
  it('goes on with the server that a killed bot left up, and ends it at a normal stop', async () => {
    await prepareDatabase();
    const killed = bot();
    await remember(await killed.url, 'before');
    const server = await serverOf(dataDir);
    await killed.kill();
    expect(await serverOf(dataDir)).toMatchObject({ pid: server?.pid });

    const next = bot();
    expect(await next.url).toBe(await killed.url);
    expect(await serverOf(dataDir)).toMatchObject({ pid: server?.pid });
    expect(await memory(await next.url)).toEqual(['before']);
    await next.stop();
    expect(await serverOf(dataDir)).toBeUndefined();
  });

  it('starts anew when the server was killed as well', async () => {
    await prepareDatabase();
    const killed = bot();
    await remember(await killed.url, 'before');
    const server = await serverOf(dataDir);
    await killed.kill();
    process.kill(server?.pid ?? Number.NaN, 'SIGKILL');

    const { url, stop } = await start();
    expect(await memory(url)).toEqual(['before']);
    await stop();
  });

  it('is not misled by a pid file whose number belongs to another process now', async () => {
    await prepareDatabase();
    const pidFile = join(dataDir, 'postgres', 'cluster', 'postmaster.pid');
    await writeFile(pidFile, `${process.pid}\n${dirname(pidFile)}\n1\n5432\n\n127.0.0.1\n  1 1\nready\n`);

    const { url, stop } = await start();
    expect(await rowsOf(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await stop();
  });

  it('heals a first start that was killed while it made the database', async () => {
    await mkdir(dataDir);
    const seen = watch(dataDir, { recursive: true });
    const killed = bot();
    for await (const { filename } of seen) if (filename?.endsWith('PG_VERSION')) break;
    await killed.kill();
    const [leftover] = await readdir(dataDir);
    expect(leftover).toMatch(/^postgres\.new-/);

    const { url, stop } = await start();
    await remember(url, 'well');
    await stop();
    // The orphaned initdb may have written on for a moment; one more start finds it ended.
    await (await start()).stop();
    expect(await readdir(dataDir)).toEqual(['postgres']);
  });

  it('brings a server that was killed under a running bot back on the same port', async () => {
    await prepareDatabase();
    const { url, stop } = await start();
    await remember(url, 'before');
    const server = await serverOf(dataDir);
    process.kill(server?.pid ?? Number.NaN, 'SIGKILL');
    await expect.poll(() => memory(url).catch(() => []), { timeout: 20_000 }).toEqual(['before']);
    expect((await serverOf(dataDir))?.pid).not.toBe(server?.pid);
    await stop();
    expect(await serverOf(dataDir)).toBeUndefined();
  });
});

describe('several bots on one data folder', () => {
  it('share the server, whoever came first, and the last one ends it', async () => {
    const [one, two, three] = [bot(), bot(), bot()];
    const urls = await Promise.all([one.url, two.url, three.url]);
    expect(new Set(urls).size).toBe(1);
    await remember(urls[0], 'ours');

    await one.stop();
    await two.stop();
    expect(await memory(urls[0])).toEqual(['ours']);
    await three.stop();
    expect(await serverOf(dataDir)).toBeUndefined();
  });

  it('come and go at the same time', async () => {
    await prepareDatabase();
    const comeAndGo = async () => {
      const { url, stop } = await start();
      await rowsOf(url, 'SELECT 1');
      await stop();
    };
    for (let round = 0; round < 5; round++) await Promise.all([comeAndGo(), comeAndGo(), comeAndGo()]);
    expect(await serverOf(dataDir)).toBeUndefined();
  });
});

describe('what cannot work', () => {
  it('a kind of machine without a built-in PostgreSQL', async () => {
    await expect(findBinaries({ platform: 'freebsd', arch: 'x64' })).rejects.toThrow(
      /no built-in PostgreSQL for this machine \(freebsd x64\).*DATABASE_URL/,
    );
  });

  it('packages installed without the optional ones', async () => {
    // npm installs those for this machine only, so the ones for another are missing as they would be.
    const other = process.platform === 'darwin' ? 'linux' : 'darwin';
    await expect(findBinaries({ platform: other, arch: 'x64' })).rejects.toThrow(
      /is not installed\. Run `npm ci` without --omit=optional, or set DATABASE_URL/,
    );
  });

  it('a data folder that others may write to', async () => {
    await prepareDatabase();
    await chmod(join(dataDir, 'postgres'), 0o777);
    await expect(start()).rejects.toThrow(/Other users may write into .*chmod go-w/);
  });

  it.runIf(root)('a place for root that somebody else prepared', async () => {
    await mkdir(dataDir, { mode: 0o700 });
    await mkdir(systemDir);
    await chown(systemDir, nobody.uid, nobody.gid);
    await expect(start()).rejects.toThrow(/must be a folder that belongs to root/);
  });

  it.runIf(root)('a link that would make root delete something else', async () => {
    const precious = join(place, 'precious');
    await mkdir(precious);
    await mkdir(dataDir);
    await symlink(precious, join(dataDir, `postgres.new-${process.pid}-00000000`));
    await (await start()).stop();
    expect(await stat(precious)).toBeDefined();
  });

  it('data that are gone', async () => {
    await mkdir(dataDir);
    await symlink(join(place, 'gone'), join(dataDir, 'postgres'));
    await expect(start()).rejects.toThrow(/points to .*gone, which is gone.*Put that folder back, or delete/);
  });

  it('data of another PostgreSQL', async () => {
    await prepareDatabase();
    await writeFile(join(dataDir, 'postgres', 'made-by'), '17.2.0\n');
    await expect(start()).rejects.toThrow(/made|written by another version of PostgreSQL.*pg_dump/);
  });

  it('a password that was changed by hand', async () => {
    await prepareDatabase();
    await writeFile(join(dataDir, 'postgres', 'password'), 'another\n');
    await expect(start()).rejects.toThrow(/refuses the password/);
  });

  it('a setting that the server does not take', async () => {
    await prepareDatabase();
    await writeFile(join(dataDir, 'postgres', 'cluster', 'postgresql.auto.conf'), "work_mem = 'lots'\n");
    await expect(start()).rejects.toThrow(/did not start\.\n(.*\n)*.*invalid value for parameter "work_mem"/);
  });

  it.runIf(root)('a full disk, and does once there is room', async (context) => {
    await mkdir(dataDir);
    const mounted = await run('mount', ['-t', 'tmpfs', '-o', 'size=80m,mode=755', 'tmpfs', dataDir]).then(
      () => true,
      () => false,
    );
    if (!mounted) return context.skip('no right to mount a small disk here');
    try {
      await expect(start()).rejects.toThrow(/The disk is full/);
      expect(await readdir(dataDir)).toEqual([]);
      await run('mount', ['-o', 'remount,size=300m', dataDir]);
      await (await start()).stop();
    } finally {
      await run('umount', [dataDir]);
    }
  });
});

describe('a temporary database', () => {
  const mine = async () => (await readdir(tmpdir())).filter((name) => /^mini-mentorship-\d+-/.test(name));

  it('is gone when it stops', async () => {
    const { url, stop } = await startTemporary(log);
    expect(await rowsOf(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect((await mine()).filter((name) => name.includes(`-${process.pid}-`))).toHaveLength(1);
    await stop();
    expect((await mine()).filter((name) => name.includes(`-${process.pid}-`))).toEqual([]);
  });

  it('takes along what a killed run left behind', async () => {
    const ended = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
    await once(ended, 'close');
    dataDir = await mkdtemp(join(tmpdir(), `mini-mentorship-${ended.pid}-`));
    await chmod(dataDir, 0o711);
    const killed = bot();
    await killed.url;
    const server = await serverOf(dataDir);
    await killed.kill();

    await (await startTemporary(log)).stop();
    expect(await mine()).not.toContain(basename(dataDir));
    expect(() => process.kill(server?.pid ?? Number.NaN, 0)).toThrow(/ESRCH/);
  });
});

describe('installBinaries', () => {
  it('makes one whole copy when several ask at once, with the links that npm leaves out', async () => {
    const binaries = await findBinaries();
    const copies = await Promise.all([1, 2, 3].map(() => installBinaries(binaries, place)));
    expect(new Set(copies)).toEqual(new Set([join(place, `postgresql-${binaries.version}`)]));
    expect(await readdir(place)).toEqual([`postgresql-${binaries.version}`]);
    const copy = copies[0] ?? '';
    expect((await run(join(copy, 'bin', 'postgres'), ['--version'])).stdout).toMatch(/PostgreSQL\) 18/);
    expect((await lstat(join(copy, 'bin', 'initdb'))).mode & 0o777).toBe(0o755);
  });
});

describe('findRunning', () => {
  it('finds none where there is none', async () => {
    expect(await findRunning(place)).toBeUndefined();
  });

  it('takes no process for a server because of its number', async () => {
    await writeFile(
      join(place, 'postmaster.pid'),
      `${process.pid}\n${place}\n1\n5432\n\n127.0.0.1\n\nready\n`,
    );
    expect(await findRunning(place)).toBeUndefined();
    expect(await readdir(place)).toEqual([]);
  });
});

describe('the password', () => {
  it('is another one for each database', async () => {
    const other = join(place, 'other');
    const one = await start();
    const two = await startEmbedded({ ...options(), dataDir: other, log });
    expect(new URL(one.url).password).toMatch(/^[\w-]{32}$/);
    expect(new URL(one.url).password).not.toBe(new URL(two.url).password);
    const client = new pg.Client({
      connectionString: two.url.replace(/:[\w-]{32}@/, `:${new URL(one.url).password}@`),
    });
    await expect(client.connect()).rejects.toThrow(/password authentication failed/);
    await Promise.all([one.stop(), two.stop()]);
  });
});
