import { openServer } from './app.ts';
import type { Config } from './config.ts';
import type { Log } from './log.ts';
import { makeBackup } from './store/backup.ts';
import type { Foot } from './store/backup-file.ts';
import { startTemporary } from './store/embedded.ts';
import { databaseTrouble } from './store/inspect.ts';
import { restoreBackup } from './store/restore.ts';

/** Says a line to the person at the terminal. */
type Say = (line: string) => void;

/** Writes a backup of the configured database. @throws BackupError, DatabaseTrouble */
export async function backup(
  config: Config,
  file: string,
  parts: { madeBy: string; now: Date; log: Log; say: Say },
): Promise<void> {
  const server = await openServer(config.database, parts.log);
  try {
    sayTables(await makeBackup(server.url, file, parts), parts.say);
    parts.say(`${file} holds all of it. It contains what people wrote: keep it as safe as the database.`);
  } catch (error) {
    throw databaseTrouble(error, server.url);
  } finally {
    await server.stop();
  }
}

/** Restores a backup into a fresh PostgreSQL in a temporary folder, and compares everything. @throws BackupError */
export async function checkBackup(
  file: string,
  { now, log, say }: { now: Date; log: Log; say: Say },
): Promise<void> {
  const server = await startTemporary(log);
  try {
    const { head, tables } = await restoreBackup(server.url, file, { force: false, now });
    sayTables(tables, say);
    say(
      `${file} of ${head.madeAt} (version ${head.madeBy}) is whole: every count and checksum is the same after a restore.`,
    );
  } finally {
    await server.stop();
  }
}

/** Puts a backup into the configured database. @throws BackupError, DatabaseTrouble */
export async function restore(
  config: Config,
  file: string,
  { force, now, log, say }: { force: boolean; now: Date; log: Log; say: Say },
): Promise<void> {
  const server = await openServer(config.database, log);
  try {
    const { head, tables, setAside, migrated } = await restoreBackup(server.url, file, { force, now });
    sayTables(tables, say);
    if (migrated.length > 0) say(`Brought up to this version: ${migrated.join(', ')}.`);
    if (setAside) {
      say(
        `What was there before is kept in the schema ${setAside}. When you no longer need it: DROP SCHEMA ${setAside} CASCADE`,
      );
    }
    say(`The database is as it was at ${head.madeAt}. Start the bot.`);
  } catch (error) {
    throw databaseTrouble(error, server.url);
  } finally {
    await server.stop();
  }
}

function sayTables(tables: readonly Foot[], say: Say): void {
  const width = Math.max(...tables.map(({ table }) => table.length));
  for (const { table, rows, sha256 } of tables) {
    say(`${table.padEnd(width)} ${String(rows).padStart(7)} rows  sha256 ${sha256.slice(0, 16)}…`);
  }
}
