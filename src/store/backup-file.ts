import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';

// A backup is a gzip file of JSON lines: a head; for each table its columns, a line for each row (values as
// PostgreSQL writes them as text, or null), and a foot with count and checksum; and an end, without which the file is
// not whole. docs/operating.md tells operators so.

/** A backup that cannot be made, read or restored. `message` says why and what to do. */
export class BackupError extends Error {
  override name = 'BackupError';
}

export const FORMAT = 'mini-mentorship-backup';
export const VERSION = 1;

export type Row = readonly (string | null)[];

const head = z.object({
  format: z.literal(FORMAT),
  version: z.number().int(),
  madeAt: z.iso.datetime(),
  madeBy: z.string(),
  migrations: z.array(z.string()),
});
const table = z.object({ table: z.string(), columns: z.array(z.string()).min(1) });
const row = z.array(z.string().nullable());
const foot = z.object({ table: z.string(), rows: z.number().int(), sha256: z.string() });
const end = z.object({ end: z.literal(FORMAT), tables: z.number().int(), rows: z.number().int() });

export type Head = z.output<typeof head>;
export type Table = z.output<typeof table>;
/** What a table held. */
export type Foot = z.output<typeof foot>;

/** Counts and checks the rows of one table, in their order. */
export function tally() {
  const hash = createHash('sha256');
  let rows = 0;
  return {
    add(one: Row): void {
      rows += 1;
      hash.update(`${JSON.stringify(one)}\n`);
    },
    foot: (name: string): Foot => ({ table: name, rows, sha256: hash.digest('hex') }),
  };
}

/** Called for each part of a file, in its order, and waited for. */
export interface Reader {
  head(head: Head): Promise<void>;
  table(table: Table): Promise<void>;
  row(row: Row): Promise<void>;
  foot(foot: Foot): Promise<void>;
}

/**
 * Reads a backup from front to back, and checks that it is whole.
 * @throws BackupError when it is no backup, of a later version, damaged, or cut off
 */
export async function readBackup(file: string, reader: Reader): Promise<{ tables: number; rows: number }> {
  let place: 'head' | 'table' | 'rows' | 'end' = 'head';
  const found = { tables: 0, rows: 0 };
  let count = tally();
  for await (const line of linesOf(file)) {
    const value = parse(line, file);
    if (place === 'head') {
      await reader.head(readHead(value, file));
      place = 'table';
    } else if (place === 'end') {
      throw damaged(file, 'something follows its end');
    } else if (Array.isArray(value) && place === 'rows') {
      const one = as(row, value, file);
      count.add(one);
      await reader.row(one);
    } else if (place === 'rows') {
      const told = as(foot, value, file);
      const { rows, sha256 } = count.foot(told.table);
      if (rows !== told.rows || sha256 !== told.sha256) {
        throw damaged(file, `the rows of ${told.table} do not match their checksum`);
      }
      await reader.foot(told);
      found.tables += 1;
      found.rows += rows;
      place = 'table';
    } else if (end.safeParse(value).success) {
      const told = as(end, value, file);
      if (told.tables !== found.tables || told.rows !== found.rows) throw damaged(file, 'tables are missing');
      place = 'end';
    } else {
      await reader.table(as(table, value, file));
      count = tally();
      place = 'rows';
    }
  }
  if (place === 'head') throw notOurs(file);
  if (place !== 'end') throw damaged(file, 'it ends in the middle');
  return found;
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const unzipped = pipeline(createReadStream(file), createGunzip(), () => {}); // errors come out of the iteration
  try {
    yield* createInterface({ input: unzipped, crlfDelay: Number.POSITIVE_INFINITY });
    if (unzipped.errored) throw unzipped.errored;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new BackupError(`There is no file ${file}.`);
    if (code === 'EACCES' || code === 'EISDIR') throw new BackupError(`${file} cannot be read (${code}).`);
    if (code === 'Z_DATA_ERROR' && unzipped.bytesWritten === 0) throw notOurs(file);
    if (code?.startsWith('Z_')) throw damaged(file, 'it cannot be unpacked to its end');
    throw error;
  } finally {
    unzipped.destroy();
  }
}

function readHead(value: unknown, file: string): Head {
  const parsed = head.safeParse(value);
  if (!parsed.success) throw notOurs(file);
  if (parsed.data.version > VERSION) {
    throw new BackupError(
      `${file} was made by a later version (${parsed.data.madeBy}). Use that version, or a later one.`,
    );
  }
  return parsed.data;
}

function parse(line: string, file: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw damaged(file, 'a line cannot be read');
  }
}

function as<Schema extends z.ZodType>(schema: Schema, value: unknown, file: string): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw damaged(file, 'a line is not what it should be');
  return parsed.data;
}

const notOurs = (file: string) =>
  new BackupError(`${file} is no backup of Mini Mentorship. Name a file that "backup" has made.`);
const damaged = (file: string, what: string) =>
  new BackupError(`${file} is damaged: ${what}. Use another backup; nothing was changed.`);
