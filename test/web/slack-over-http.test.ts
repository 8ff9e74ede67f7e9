import { expect, test } from 'vitest';
import { startApp } from '../../src/app.ts';
import { parseConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { createMovableClock } from '../../src/sandbox/movable-clock.ts';
import { startWorld } from '../../src/sandbox/world.ts';
import { freshDatabase } from '../support/database.ts';
import { freePort } from '../support/settings.ts';
import { wireLog } from '../support/wire-log.ts';

test('with Slack over HTTP the pages are on the port that Slack uses', async () => {
  const clock = createMovableClock();
  const world = await startWorld(clock, wireLog);
  const database = await freshDatabase();
  const port = await freePort();
  const env = {
    ...world.env,
    DATABASE_URL: database.url,
    PORT: String(port),
    SLACK_SIGNING_SECRET: 'sandbox-signing-secret-0123456789',
  };
  const app = await startApp({ config: parseConfig(env), clock, log: createLog('silent'), tick: 'second' });
  try {
    const status = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).status;
    expect(await status('/healthz')).toBe(200);
    await expect.poll(() => status('/readyz')).toBe(200);
    const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    expect(metrics).toMatch(/^mini_mentorship_platform_up\{platform="slack"\} 1$/m);
    expect(await status('/')).toBe(404);
  } finally {
    await app.stop();
    await world.close();
    await database.drop();
  }
});
