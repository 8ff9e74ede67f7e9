import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { openServer } from './app.ts';
import type { Config } from './config.ts';
import type { Log } from './log.ts';
import { databaseTrouble } from './store/inspect.ts';
import { readSheets, type Sheet } from './store/tables.ts';

/** The tables cannot be written there. `message` says why and what to do. */
export class ExportError extends Error {
  override name = 'ExportError';
}

/**
 * A table as spreadsheets read it: UTF-8 with a mark at its begin, times in UTC, and nothing that people wrote is taken for a
 * formula (https://owasp.org/www-community/attacks/CSV_Injection).
 */
export const asCsv = ({ columns, rows }: Pick<Sheet, 'columns' | 'rows'>): string =>
  stringify(rows, {
    bom: true,
    header: true,
    columns,
    record_delimiter: 'windows',
    escape_formulas: true,
    cast: {
      date: (when) => when.toISOString(),
      boolean: (value) => (value ? 'yes' : 'no'),
    },
  });

/**
 * Writes the tables of the configured database into a folder, each for the eyes of its owner only.
 * @throws ExportError, DatabaseTrouble
 */
export async function exportTables(
  config: Config,
  folder: string,
  { withWords, log, say }: { withWords: boolean; log: Log; say: (line: string) => void },
): Promise<void> {
  const server = await openServer(config.database, log);
  try {
    const sheets = await readSheets(server.url, withWords);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    for (const sheet of sheets) {
      const file = path.join(folder, `${sheet.name}.csv`);
      await writeFile(file, asCsv(sheet), { mode: 0o600, flag: 'wx' });
      say(`${file}: ${sheet.rows.length} rows`);
    }
    say(
      withWords
        ? 'They hold what people wrote, and what mentors noted for the programme alone: keep them as safe as the database.'
        : 'They hold names, and nothing that people wrote.',
    );
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
      throw new ExportError(
        `There are tables in ${folder} already, and they are not replaced. Give a folder that is new, or remove them first.`,
      );
    }
    throw databaseTrouble(error, server.url);
  } finally {
    await server.stop();
  }
}
