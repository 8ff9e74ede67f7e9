// Records what a version leaves in its database, for the versions after it: see docs/releasing.md.
//   npm run --silent build && node test/upgrades/record.mjs [folder]
// Plays the story with the built bot, stops in the middle of things, and writes <version>.backup and <version>.json.
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLog } from '../../dist/log.js';
import { startBot } from '../../dist/sandbox/bot.js';
import { createMovableClock } from '../../dist/sandbox/movable-clock.js';
import { expiry, journey } from '../../dist/sandbox/story.js';
import { startWorld } from '../../dist/sandbox/world.js';
import { makeBackup } from '../../dist/store/backup.js';
import { startEmbedded } from '../../dist/store/embedded.js';
import { migrationNames } from '../../dist/store/migrate.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = path.resolve(process.argv[2] ?? fileURLToPath(new URL('.', import.meta.url)));
const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
const file = path.join(folder, `${version}.backup`);

const clock = createMovableClock();
const world = await startWorld(clock);
const dataDir = await mkdtemp(path.join(tmpdir(), 'record-release-'));
try {
  const bot = await startBot({ ...world.env, DATA_DIR: dataDir }, clock, createLog('error'));
  // One request to its end, one that expired, one that is scheduled and waits for its reminders.
  const middle = journey('slack', world, bot, clock).slice(0, 6);
  for (const step of [
    ...journey('discord', world, bot, clock),
    ...expiry('discord', world, bot, clock),
    ...middle,
  ]) {
    await step.does();
  }
  await bot.stop();
  const server = await startEmbedded({ dataDir, log: createLog('error') });
  const tables = await makeBackup(server.url, file, { madeBy: version, now: clock.now() });
  await server.stop();
  const migrations = {};
  for (const name of await migrationNames()) {
    const sql = await readFile(path.join(root, 'prisma/migrations', name, 'migration.sql'));
    migrations[name] = createHash('sha256').update(sql).digest('hex');
  }
  const rows = Object.fromEntries(tables.map((table) => [table.table, table.rows]));
  const record = { version, now: clock.now().toISOString(), migrations, rows };
  await writeFile(path.join(folder, `${version}.json`), `${JSON.stringify(record, null, 2)}\n`);
  console.log(`Wrote ${file} and ${version}.json beside it.`);
} finally {
  await world.close();
  await rm(dataDir, { recursive: true, force: true });
}
process.exit(0);
