import { chmod, chown, lstat, mkdir, readdir, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findBinaries, installBinaries } from '../../src/store/embedded-binaries.ts';
import { findRunning } from '../../src/store/embedded-server.ts';
import { here, nobody, prepareDatabase, root, run, start } from './embedded-place.ts';

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
    await chmod(join(here.dataDir, 'postgres'), 0o777);
    await expect(start()).rejects.toThrow(/Other users may write into .*chmod go-w/);
  });

  it.runIf(root)('a place for root that somebody else prepared', async () => {
    await mkdir(here.dataDir, { mode: 0o700 });
    await mkdir(here.systemDir);
    await chown(here.systemDir, nobody.uid, nobody.gid);
    await expect(start()).rejects.toThrow(/must be a folder that belongs to root/);
  });

  it.runIf(root)('a link that would make root delete something else', async () => {
    const precious = join(here.place, 'precious');
    await mkdir(precious);
    await mkdir(here.dataDir);
    await symlink(precious, join(here.dataDir, `postgres.new-${process.pid}-00000000`));
    await (await start()).stop();
    expect(await stat(precious)).toBeDefined();
  });

  it('data that are gone', async () => {
    await mkdir(here.dataDir);
    await symlink(join(here.place, 'gone'), join(here.dataDir, 'postgres'));
    await expect(start()).rejects.toThrow(/points to .*gone, which is gone.*Put that folder back, or delete/);
  });

  it('data of another PostgreSQL', async () => {
    await prepareDatabase();
    await writeFile(join(here.dataDir, 'postgres', 'made-by'), '17.2.0\n');
    await expect(start()).rejects.toThrow(/made|written by another version of PostgreSQL.*pg_dump/);
  });

  it('a password that was changed by hand', async () => {
    await prepareDatabase();
    await writeFile(join(here.dataDir, 'postgres', 'password'), 'another\n');
    await expect(start()).rejects.toThrow(/refuses the password/);
  });

  it('a setting that the server does not take', async () => {
    await prepareDatabase();
    await writeFile(join(here.dataDir, 'postgres', 'cluster', 'postgresql.auto.conf'), "work_mem = 'lots'\n");
    await expect(start()).rejects.toThrow(/did not start\.\n(.*\n)*.*invalid value for parameter "work_mem"/);
  });

  it.runIf(root)('a full disk, and does once there is room', async (context) => {
    await mkdir(here.dataDir);
    const mounted = await run('mount', [
      '-t',
      'tmpfs',
      '-o',
      'size=80m,mode=755',
      'tmpfs',
      here.dataDir,
    ]).then(
      () => true,
      () => false,
    );
    if (!mounted) return context.skip('no right to mount a small disk here');
    try {
      await expect(start()).rejects.toThrow(/The disk is full/);
      expect(await readdir(here.dataDir)).toEqual([]);
      await run('mount', ['-o', 'remount,size=300m', here.dataDir]);
      await (await start()).stop();
    } finally {
      await run('umount', [here.dataDir]);
    }
  });
});

describe('installBinaries', () => {
  it('makes one whole copy when several ask at once, with the links that npm leaves out', async () => {
    const binaries = await findBinaries();
    const copies = await Promise.all([1, 2, 3].map(() => installBinaries(binaries, here.place)));
    expect(new Set(copies)).toEqual(new Set([join(here.place, `postgresql-${binaries.version}`)]));
    expect(await readdir(here.place)).toEqual([`postgresql-${binaries.version}`]);
    const copy = copies[0] ?? '';
    expect((await run(join(copy, 'bin', 'postgres'), ['--version'])).stdout).toMatch(/PostgreSQL\) 18/);
    expect((await lstat(join(copy, 'bin', 'initdb'))).mode & 0o777).toBe(0o755);
  });
});

describe('findRunning', () => {
  it('finds none where there is none', async () => {
    expect(await findRunning(here.place)).toBeUndefined();
  });

  it('takes no process for a server because of its number', async () => {
    await writeFile(
      join(here.place, 'postmaster.pid'),
      `${process.pid}\n${here.place}\n1\n5432\n\n127.0.0.1\n\nready\n`,
    );
    expect(await findRunning(here.place)).toBeUndefined();
    expect(await readdir(here.place)).toEqual([]);
  });
});
