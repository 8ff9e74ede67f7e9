import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm/schema_engine_bg';

// Prisma's own migration engine as WebAssembly: the same code as `prisma migrate deploy`, without the native
// binary that the Prisma CLI would have to download. It reads and writes Prisma's migration layout.

/** Every table and enum is Prisma's business: nothing is managed elsewhere. */
export const everything = { externalTables: [], externalEnums: [] };

/**
 * Runs `use` with a schema engine that works on the database behind `adapterFactory`.
 * @throws the engine's own errors, which carry Prisma's error code in `code` (such as `P3018`):
 *   https://www.prisma.io/docs/orm/reference/error-reference#schema-engine-migrate
 */
export async function withSchemaEngine<Result>(
  adapterFactory: SqlMigrationAwareDriverAdapterFactory,
  use: (engine: SchemaEngine) => Promise<Result>,
): Promise<Result> {
  module ??= load();
  const { SchemaEngine } = await module;
  const engine = await SchemaEngine.new(
    { datamodels: [['schema.prisma', 'datasource db {\n  provider = "postgresql"\n}\n']] },
    () => {}, // its log only repeats what results and errors say
    bindMigrationAwareSqlAdapterFactory(adapterFactory),
  );
  try {
    return await use(engine);
  } finally {
    engine.free();
  }
}

type EngineModule = typeof import('@prisma/schema-engine-wasm/schema_engine_bg');

let module: Promise<EngineModule> | undefined;

/** Of Node's WebAssembly, what `load` uses: neither `lib` nor Node's types describe it without the browser's. */
const { WebAssembly: wasm } = globalThis as unknown as {
  WebAssembly: {
    instantiate(
      bytes: Uint8Array,
      imports: Record<string, object>,
    ): Promise<{ instance: { exports: { __wbindgen_start?: () => void } } }>;
  };
};

/** Loads the engine once a process: about 25 ms and 13 MB. */
async function load(): Promise<EngineModule> {
  const bindings = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const path = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const bytes = await readFile(path.replace(/\.js$/, '.wasm'));
  // The package's main entry imports the .wasm file as a module, which Node 20 cannot.
  const { instance } = await wasm.instantiate(bytes, { './schema_engine_bg.js': withLooseTimers(bindings) });
  const { exports } = instance;
  bindings.__wbg_set_wasm(exports);
  exports.__wbindgen_start?.();
  return bindings;
}

/**
 * The engine limits its wait for its lock to ten seconds and never takes the timer back, which would keep the
 * process alive as long. (The name of the binding ends in a hash of the build.)
 */
function withLooseTimers(bindings: object): object {
  const name = Object.keys(bindings).find((key) => key.startsWith('__wbg_setTimeout_'));
  if (name === undefined) return bindings;
  return { ...bindings, [name]: (act: () => void, ms: number) => setTimeout(act, ms).unref() };
}

/**
 * Stands where a database would: the engine asks for the server's version before anything else, even for work
 * that needs no database, such as turning a schema into SQL.
 */
export const noDatabase: SqlMigrationAwareDriverAdapterFactory = {
  provider: 'postgres',
  adapterName: 'no-database',
  connect: async () => ({
    provider: 'postgres',
    adapterName: 'no-database',
    queryRaw: async () => ({
      columnNames: ['exists', 'version', 'numeric_version'],
      columnTypes: [ColumnTypeEnum.Boolean, ColumnTypeEnum.Text, ColumnTypeEnum.Int32],
      rows: [[true, 'PostgreSQL 18', 180000]],
    }),
    executeRaw: refuse,
    executeScript: refuse,
    startTransaction: refuse,
    getConnectionInfo: () => ({ schemaName: 'public', supportsRelationJoins: true }),
    dispose: async () => {},
  }),
  connectToShadowDb: refuse,
};

async function refuse(): Promise<never> {
  throw new Error('This work was expected to need no database.');
}
