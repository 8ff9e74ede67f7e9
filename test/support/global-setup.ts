import { randomUUID } from 'node:crypto';
import type { TestProject } from 'vitest/node';
import { createLog } from '../../src/log.ts';
import { startTemporary } from '../../src/store/embedded.ts';
import { migrate } from '../../src/store/migrate.ts';
import { databaseUrl, runOn } from './database.ts';

/**
 * One PostgreSQL for the whole test run, and in it a migrated template that `freshDatabase` copies. The server is
 * the embedded one in a temporary folder, or the one that TEST_DATABASE_URL names (with a superuser).
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startServer();
  const template = `template_${randomUUID().replaceAll('-', '')}`;
  const teardown = async () => {
    await runOn(server.url, `DROP DATABASE IF EXISTS ${template} WITH (FORCE)`);
    await server.stop();
  };
  try {
    await runOn(server.url, `CREATE DATABASE ${template} TEMPLATE template0`);
    await migrate(databaseUrl(server.url, template));
  } catch (error) {
    await teardown(); // vitest calls it only after a successful start
    throw error;
  }
  project.provide('postgres', { url: server.url, template });
  return teardown;
}

async function startServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const url = process.env.TEST_DATABASE_URL;
  if (url) return { url, stop: async () => {} };
  return startTemporary(createLog('warn'));
}
