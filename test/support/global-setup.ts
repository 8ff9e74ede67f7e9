import { randomUUID } from 'node:crypto';
import type { TestProject } from 'vitest/node';
import { migrate } from '../../src/store/migrate.ts';
import { databaseUrl, runOn } from './database.ts';

/**
 * One PostgreSQL for the whole test run, and in it a migrated template that `freshDatabase` copies. The server is
 * the embedded one in a temporary folder, or the one that TEST_DATABASE_URL names (with a superuser).
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startServer();
  const template = `template_${randomUUID().replaceAll('-', '')}`;
  await runOn(server.url, `CREATE DATABASE ${template} TEMPLATE template0`);
  await migrate(databaseUrl(server.url, template));
  project.provide('postgres', { url: server.url, template });
  return async () => {
    await runOn(server.url, `DROP DATABASE ${template} WITH (FORCE)`);
    await server.stop();
  };
}

async function startServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const url = process.env.TEST_DATABASE_URL;
  if (url) return { url, stop: async () => {} };
  throw new Error('not yet');
}
