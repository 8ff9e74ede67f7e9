import { fileURLToPath } from 'node:url';
import { defineConfig } from 'prisma/config';

// `prisma generate` never runs the schema engine, yet fetches one for this machine unless a file is named.
// Naming any existing file keeps `npm run generate` offline. Only for that command: `prisma migrate …`
// does need the engine, and with this file in its place it would silently do nothing.
if (process.argv.includes('generate')) {
  process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= fileURLToPath(import.meta.url);
}

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  // Only `prisma migrate …` and `prisma studio` ask for it; the bot passes its own URL to the client.
  datasource: { url: process.env.DATABASE_URL ?? '' },
});
