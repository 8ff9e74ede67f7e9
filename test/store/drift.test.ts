import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { schemaSql } from '../../src/store/migrate.ts';
import { emptyDatabase, freshDatabase, type TestDatabase } from '../support/database.ts';

// Are prisma/schema.prisma (which the code is generated from) and prisma/migrations (which databases are made from)
// the same? One database is made from each, and what their catalogues say is compared.
//
// Out of scope, because Prisma's schema cannot say it, so that only the migrations have it: check and exclusion
// constraints, policies and row level security, triggers, functions, roles and grants, and indexes with a WHERE
// clause. The last ones are known by names that end in `_partial`.

/** What a database is made of, a line for each thing. */
async function catalogue(database: pg.Client): Promise<string[]> {
  const { rows } = await database.query<{ line: string }>(
    `WITH tables AS (
       SELECT oid, relname AS name FROM pg_class
       WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND relname <> '_prisma_migrations'
     )
     SELECT 'table ' || name AS line FROM tables
     UNION ALL
     SELECT format('column %s.%s %s%s%s%s%s', t.name, a.attname, format_type(a.atttypid, a.atttypmod),
       CASE WHEN a.attnotnull THEN ' NOT NULL' END, ' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid),
       ' IDENTITY ' || nullif(a.attidentity::text, ''), ' GENERATED ' || nullif(a.attgenerated::text, ''))
     FROM tables t
     JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
     LEFT JOIN pg_attrdef d ON d.adrelid = t.oid AND d.adnum = a.attnum
     UNION ALL
     SELECT format('constraint %s on %s: %s', c.conname, t.name, pg_get_constraintdef(c.oid))
     FROM tables t JOIN pg_constraint c ON c.conrelid = t.oid AND c.contype IN ('p', 'f', 'u')
     UNION ALL
     SELECT 'index ' || pg_get_indexdef(i.indexrelid)
     FROM tables t
     JOIN pg_index i ON i.indrelid = t.oid AND NOT i.indisexclusion
     JOIN pg_class n ON n.oid = i.indexrelid AND NOT (i.indpred IS NOT NULL AND n.relname LIKE '%\\_partial')
     UNION ALL
     SELECT format('enum %s: %s', t.typname, string_agg(e.enumlabel, ', ' ORDER BY e.enumsortorder))
     FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid
     WHERE t.typnamespace = 'public'::regnamespace GROUP BY t.typname`,
  );
  return rows.map((row) => row.line).sort();
}

async function differences(): Promise<string[]> {
  const [left, right] = await Promise.all([catalogue(migrated), catalogue(fromSchema)]);
  return [
    ...left.filter((line) => !right.includes(line)).map((line) => `only in prisma/migrations: ${line}`),
    ...right.filter((line) => !left.includes(line)).map((line) => `only in prisma/schema.prisma: ${line}`),
  ];
}

const databases: TestDatabase[] = [];
let migrated: pg.Client;
let fromSchema: pg.Client;

async function connect(database: TestDatabase): Promise<pg.Client> {
  databases.push(database);
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  return client;
}

beforeAll(async () => {
  migrated = await connect(await freshDatabase());
  fromSchema = await connect(await emptyDatabase());
  await fromSchema.query(await schemaSql());
});

afterAll(async () => {
  await Promise.all([migrated.end(), fromSchema.end()]);
  await Promise.all(databases.map((database) => database.drop()));
});

describe('the schema and the migrations', () => {
  it('make the same database', async () => {
    expect(await differences()).toEqual([]);
    expect(await catalogue(migrated)).toContain('table mini_mentorship_requests');
  });

  it.each([
    ['a table', 'CREATE TABLE extra (id int)', /schema.prisma: table extra/],
    ['a column', 'ALTER TABLE members ADD COLUMN extra text', /schema.prisma: column members.extra text$/],
    ['a type', 'ALTER TABLE communities ALTER slug TYPE varchar(9)', /slug character varying\(9\) NOT NULL/],
    [
      'nullability',
      'ALTER TABLE communities ALTER slug DROP NOT NULL',
      /schema.prisma: column communities.slug text$/,
    ],
    [
      'a default',
      "ALTER TABLE communities ALTER slug SET DEFAULT 'x'",
      /slug text NOT NULL DEFAULT 'x'::text/,
    ],
    [
      'a key',
      'ALTER TABLE communities ADD CONSTRAINT extra UNIQUE (created_at)',
      /schema.prisma: constraint extra/,
    ],
    [
      'a foreign key',
      'ALTER TABLE communities ADD CONSTRAINT extra FOREIGN KEY (id) REFERENCES communities ON DELETE CASCADE',
      /schema.prisma: constraint extra on communities: FOREIGN KEY .* ON DELETE CASCADE/,
    ],
    [
      'an index',
      'CREATE INDEX extra ON communities (created_at DESC)',
      /schema.prisma: index .*extra.*created_at DESC/,
    ],
    [
      'a partial index without the name',
      'CREATE INDEX extra ON communities (slug) WHERE true',
      /index .*extra/,
    ],
    [
      'an enum',
      "ALTER TYPE urgency ADD VALUE 'extra'",
      /schema.prisma: enum urgency: low, normal, high, extra/,
    ],
  ])('are told apart by %s', async (_what, change, told) => {
    await fromSchema.query('BEGIN');
    try {
      await fromSchema.query(change);
      expect((await differences()).join('\n')).toMatch(new RegExp(told, 'm'));
    } finally {
      await fromSchema.query('ROLLBACK');
    }
  });
});
