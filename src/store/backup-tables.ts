import type pg from 'pg';
import type { Foot, Row, Table } from './backup-file.ts';
import { tally } from './backup-file.ts';

/** How many rows go over the wire at once. */
export const BATCH = 500;

/** Sees every row, whatever the login is: row level security holds for all others, the tables' owner included. */
export const asWorker = (client: pg.ClientBase) =>
  client.query(
    `SELECT set_config('role', 'mini_mentorship_worker', true), set_config('TimeZone', 'UTC', true),
      set_config('DateStyle', 'ISO', true), set_config('IntervalStyle', 'postgres', true),
      set_config('extra_float_digits', '3', true), set_config('bytea_output', 'hex', true)`,
  );

/** The bot's tables (every one of them forces row level security) and the columns that are written, those that others refer to before those that refer. */
export async function ourTables(client: pg.ClientBase): Promise<Table[]> {
  const { rows: tables } = await client.query<{ table: string; columns: string[] }>(`
    SELECT class.relname::text AS table, array_agg(attname::text ORDER BY attnum) AS columns
    FROM pg_class class JOIN pg_attribute ON attrelid = class.oid
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> '_prisma_migrations'
      AND relforcerowsecurity AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
    GROUP BY class.relname ORDER BY class.relname`);
  const { rows: references } = await client.query<{ from: string; to: string }>(`
    SELECT DISTINCT referring.relname::text AS from, referred.relname::text AS to
    FROM pg_constraint JOIN pg_class referring ON referring.oid = conrelid
    JOIN pg_class referred ON referred.oid = confrelid
    WHERE contype = 'f' AND referring.relnamespace = 'public'::regnamespace AND conrelid <> confrelid`);
  return inOrder(tables, references);
}

function inOrder(tables: Table[], references: { from: string; to: string }[]): Table[] {
  const ordered: Table[] = [];
  const left = new Set(tables);
  while (left.size > 0) {
    const free = [...left].filter(
      ({ table }) =>
        !references.some(({ from, to }) => from === table && [...left].some((other) => other.table === to)),
    );
    if (free.length === 0) {
      const names = [...left].map(({ table }) => table).join(', ');
      throw new Error(
        `These tables refer to each other in a circle, which no order of filling satisfies: ${names}`,
      );
    }
    for (const table of free) left.delete(table);
    ordered.push(...free);
  }
  return ordered;
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/**
 * The rows of a table as text, in an order that follows from them alone, so that the same rows always give the same
 * checksum. Inside a transaction; in batches, by a cursor.
 */
export async function* rowsOf(client: pg.ClientBase, { table, columns }: Table): AsyncGenerator<Row> {
  const texts = columns.map((column) => `${quoted(column)}::text AS ${quoted(column)}`).join(', ');
  await client.query(
    `DECLARE our_rows NO SCROLL CURSOR FOR SELECT * FROM (SELECT ${texts} FROM public.${quoted(table)}) AS row
      ORDER BY ${columns.map((column) => `${quoted(column)} COLLATE "C"`).join(', ')}`,
  );
  for (;;) {
    const { rows } = await client.query<(string | null)[]>({
      text: `FETCH ${BATCH} FROM our_rows`,
      rowMode: 'array',
    });
    if (rows.length === 0) break;
    yield* rows;
  }
  await client.query('CLOSE our_rows');
}

/** Count and checksum of a table as it is. */
export async function footOf(client: pg.ClientBase, table: Table): Promise<Foot> {
  const count = tally();
  for await (const row of rowsOf(client, table)) count.add(row);
  return count.foot(table.table);
}

/** Puts rows into a table; each value in the column's own type again. */
export async function insertRows(
  client: pg.ClientBase,
  { table, columns }: Table,
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return;
  const { rows: types } = await client.query<{ name: string; type: string }>(
    `SELECT attname::text AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute
      WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped`,
    [`public.${quoted(table)}`],
  );
  const typeOf = new Map(types.map(({ name, type }) => [name, type]));
  const names = columns.map(quoted).join(', ');
  const values = columns.map((column) => `${quoted(column)}::${typeOf.get(column)}`).join(', ');
  const lists = columns.map((_, index) => `$${index + 1}::text[]`).join(', ');
  await client.query(
    `INSERT INTO public.${quoted(table)} (${names})
      SELECT ${values} FROM unnest(${lists}) AS given (${names})`,
    columns.map((_, index) => rows.map((row) => row[index] ?? null)),
  );
}

/** Sets each sequence behind what was put in by hand. Ends being the worker: only the tables' owner may do it. */
export async function catchUpSequences(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ table: string; column: string; sequence: string }>(`
    SELECT class.relname::text AS table, attname::text AS column,
      pg_get_serial_sequence(format('public.%I', class.relname), attname) AS sequence
    FROM pg_class class JOIN pg_attribute ON attrelid = class.oid
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped
      AND pg_get_serial_sequence(format('public.%I', class.relname), attname) IS NOT NULL`);
  const last: [sequence: string, value: string][] = [];
  for (const { table, column, sequence } of rows) {
    const { rows: found } = await client.query<{ max: string | null }>(
      `SELECT max(${quoted(column)})::text AS max FROM public.${quoted(table)}`,
    );
    if (found[0]?.max) last.push([sequence, found[0].max]);
  }
  await client.query("SELECT set_config('role', 'none', true)");
  for (const one of last) await client.query('SELECT setval($1::regclass, $2::bigint)', one);
}
