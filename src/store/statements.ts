import { createHash } from 'node:crypto';

/**
 * The name under which a connection keeps a statement prepared, or '' for none. Loading a request with all that belongs
 * to it joins a score of tables, and planning that takes the database far longer than doing it: so what Prisma reads by
 * joins, of which there are few, is planned once a connection. Everything else would only fill the server's memory:
 * lists of ids make a statement of each length.
 * https://www.postgresql.org/docs/current/sql-prepare.html#SQL-PREPARE-NOTES
 */
export function statementName({ sql }: { sql: string }): string {
  if (!sql.includes('__prisma_data__') || / IN \(/.test(sql)) return '';
  return nameOf(sql);
}

const names = new Map<string, string>();

function nameOf(sql: string): string {
  const known = names.get(sql);
  if (known) return known;
  // At most 63 characters, or the server cuts it and the driver warns.
  const name = `joined_${createHash('sha256').update(sql).digest('hex').slice(0, 40)}`;
  names.set(sql, name);
  return name;
}
