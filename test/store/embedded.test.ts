import { once } from 'node:events';
import { chown, mkdir, readdir, readFile, readlink, rename, stat, watch, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { deleteEmbedded, startEmbedded, startTemporary } from '../../src/store/embedded.ts';
import { isAlive } from '../../src/store/embedded-process.ts';
import { type Bot, type Checkout, makeCheckout, startBot } from '../support/checkout.ts';
import { rowsOf, runOn } from '../support/database.ts';
import { here, log, nobody, prepareDatabase, root, run, serverOf, start } from './embedded-place.ts';

let checkout: Checkout;
const bots: Bot[] = [];

beforeAll(async () => {
  checkout = await makeCheckout();
});
afterAll(() => checkout.remove());
afterEach(async () => {
  for (const started of bots.splice(0)) await started.kill();
});

const bot = (as = {}, folder = checkout.folder) => {
  const started = startBot(folder, { dataDir: here.dataDir, systemDir: here.systemDir, durable: false }, as);
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
    expect(await serverOf(here.dataDir)).toBeUndefined();

    const second = await start();
    expect(second.url).toBe(first.url);
    expect(await memory(second.url)).toEqual(['first']);
    await Promise.all([second.stop(), second.stop()]);
    expect(await serverOf(here.dataDir)).toBeUndefined();
  });

  it('lets in only who knows the password, over the loopback only, and keeps the password private', async () => {
    const { url, stop } = await start();
    const home = join(here.dataDir, 'postgres');
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
    const { url, stop } = await startEmbedded({ ...here, log });
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
    const other = join(here.place, 'other');
    const [one, two] = await Promise.all([
      start(),
      startEmbedded({ ...here, dataDir: other, durable: false, log }),
    ]);
    await remember(one.url, 'one');
    await remember(two.url, 'two');
    expect([await memory(one.url), await memory(two.url)]).toEqual([['one'], ['two']]);
    await Promise.all([one.stop(), two.stop()]);
    expect([await serverOf(here.dataDir), await serverOf(other)]).toEqual([undefined, undefined]);
  });

  it('can be deleted', async () => {
    await prepareDatabase();
    await deleteEmbedded(here);
    expect(await readdir(here.dataDir)).toEqual([]);
  });
});

describe('who runs it', () => {
  it.runIf(root)('an ordinary user, as that user', async () => {
    await mkdir(here.dataDir);
    await chown(here.dataDir, nobody.uid, nobody.gid);
    const started = bot(nobody);
    await remember(await started.url, 'mine');
    const server = await serverOf(here.dataDir);
    expect((await stat(`/proc/${server?.pid}`)).uid).toBe(nobody.uid);
    await started.stop();
    expect(await serverOf(here.dataDir)).toBeUndefined();
  });

  it.runIf(root)('root, as another user who owns the data and nothing else', async () => {
    const { url, stop } = await start();
    const home = join(here.dataDir, 'postgres');
    const cluster = await stat(join(home, 'cluster'));
    expect(cluster.uid).not.toBe(0);
    const server = await serverOf(here.dataDir);
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
    const home = join(here.place, 'root');
    await mkdir(home, { mode: 0o700 });
    await run('cp', ['-r', checkout.folder, join(home, 'checkout')]);
    here.dataDir = join(home, 'checkout', 'data');

    const first = bot({}, join(home, 'checkout'));
    await remember(await first.url, 'kept');
    await first.stop();
    expect(dirname(await readlink(join(here.dataDir, 'postgres')))).toBe(here.systemDir);

    await rename(join(home, 'checkout'), join(home, 'moved'));
    here.dataDir = join(home, 'moved', 'data');
    const second = bot({}, join(home, 'moved'));
    expect(await memory(await second.url)).toEqual(['kept']);
    await second.stop();

    await deleteEmbedded(here);
    expect([await readdir(here.dataDir), await readdir(here.systemDir)]).toEqual([[], []]);
  });

  it.runIf(root)('root, beside itself: two starters in a folder that nobody else can enter', async () => {
    await mkdir(here.dataDir, { mode: 0o700 });
    const [one, two] = [bot(), bot()];
    expect(await one.url).toBe(await two.url);
    expect(await readdir(here.systemDir)).toHaveLength(1);
    await Promise.all([one.stop(), two.stop()]);
    expect(await serverOf(here.dataDir)).toBeUndefined();
  });

  it.runIf(root)('root, in the data folder of an ordinary user, as that user', async () => {
    await mkdir(here.dataDir);
    await chown(here.dataDir, nobody.uid, nobody.gid);
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
    await chown(here.dataDir, nobody.uid, nobody.gid);
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
    const server = await serverOf(here.dataDir);
    await killed.kill();
    expect(await serverOf(here.dataDir)).toMatchObject({ pid: server?.pid });

    const next = bot();
    expect(await next.url).toBe(await killed.url);
    expect(await serverOf(here.dataDir)).toMatchObject({ pid: server?.pid });
    expect(await memory(await next.url)).toEqual(['before']);
    await next.stop();
    expect(await serverOf(here.dataDir)).toBeUndefined();
  });

  it('starts anew when the server was killed as well', async () => {
    await prepareDatabase();
    const killed = bot();
    await remember(await killed.url, 'before');
    const server = await serverOf(here.dataDir);
    await killed.kill();
    process.kill(server?.pid ?? Number.NaN, 'SIGKILL');

    const { url, stop } = await start();
    expect(await memory(url)).toEqual(['before']);
    await stop();
  });

  it('is not misled by a pid file whose number belongs to another process now', async () => {
    await prepareDatabase();
    const pidFile = join(here.dataDir, 'postgres', 'cluster', 'postmaster.pid');
    await writeFile(pidFile, `${process.pid}\n${dirname(pidFile)}\n1\n5432\n\n127.0.0.1\n  1 1\nready\n`);

    const { url, stop } = await start();
    expect(await rowsOf(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await stop();
  });

  it('heals a first start that was killed while it made the database', async () => {
    await mkdir(here.dataDir);
    const seen = watch(here.dataDir, { recursive: true });
    const killed = bot();
    for await (const { filename } of seen) if (filename?.endsWith('PG_VERSION')) break;
    await killed.kill();
    const [leftover] = await readdir(here.dataDir);
    expect(leftover).toMatch(/^postgres\.new-/);

    const { url, stop } = await start();
    await remember(url, 'well');
    await stop();
    // The orphaned initdb may have written on for a moment; one more start finds it ended.
    await (await start()).stop();
    expect(await readdir(here.dataDir)).toEqual(['postgres']);
  });

  it('brings a server that was killed under a running bot back on the same port', async () => {
    await prepareDatabase();
    const { url, stop } = await start();
    await remember(url, 'before');
    const server = await serverOf(here.dataDir);
    process.kill(server?.pid ?? Number.NaN, 'SIGKILL');
    await expect.poll(() => memory(url).catch(() => []), { timeout: 20_000 }).toEqual(['before']);
    expect((await serverOf(here.dataDir))?.pid).not.toBe(server?.pid);
    await stop();
    expect(await serverOf(here.dataDir)).toBeUndefined();
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
    expect(await serverOf(here.dataDir)).toBeUndefined();
  });

  it('come and go at the same time', async () => {
    await prepareDatabase();
    const comeAndGo = async () => {
      const { url, stop } = await start();
      await rowsOf(url, 'SELECT 1');
      await stop();
    };
    for (let round = 0; round < 5; round++) await Promise.all([comeAndGo(), comeAndGo(), comeAndGo()]);
    expect(await serverOf(here.dataDir)).toBeUndefined();
  });
});

describe('a temporary database', () => {
  const ofProcess = async (pid: number) =>
    (await readdir(tmpdir())).filter((name) => name.startsWith(`mini-mentorship-${pid}-`));

  it('is gone when it stops', async () => {
    const { url, stop } = await startTemporary(log);
    expect(await rowsOf(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(await ofProcess(process.pid)).toHaveLength(1);
    await stop();
    expect(await ofProcess(process.pid)).toEqual([]);
  });

  it('takes along what a killed run left behind', async () => {
    const killed = startBot(checkout.folder, 'temporary');
    bots.push(killed);
    await killed.url;
    const [name = ''] = await ofProcess(killed.pid);
    const server = await serverOf(join(tmpdir(), name));
    await killed.kill();

    await (await startTemporary(log)).stop();
    // Another test run on this machine may have been at it first, and still be.
    await expect.poll(() => ofProcess(killed.pid)).toEqual([]);
    // Its last act is to take its pid file away; then the process itself ends.
    const pid = server?.pid ?? Number.NaN;
    await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
  });
});

describe('the password', () => {
  it('is another one for each database', async () => {
    const other = join(here.place, 'other');
    const one = await start();
    const two = await startEmbedded({ ...here, dataDir: other, durable: false, log });
    expect(new URL(one.url).password).toMatch(/^[\w-]{32}$/);
    expect(new URL(one.url).password).not.toBe(new URL(two.url).password);
    const swapped = new URL(two.url);
    swapped.password = new URL(one.url).password;
    await expect(rowsOf(swapped.href, 'SELECT 1')).rejects.toThrow(/password authentication failed/);
    await Promise.all([one.stop(), two.stop()]);
  });
});
