import { afterEach, expect, test } from 'vitest';
import { MINUTE } from '../../src/core/time.ts';
import { gaugesOf, operationPages, type Watched } from '../../src/web/health.ts';
import { createMetrics } from '../../src/web/metrics.ts';
import { createPages, startWeb } from '../../src/web/server.ts';
import { freePort } from '../support/settings.ts';

const now = new Date('2027-03-01T12:00:00Z');
type Facts = NonNullable<Watched>;
type Depth = Awaited<ReturnType<Facts['store']['outbox']['depth']>>;

const nothing: Depth = { due: 0, later: 0, dead: 0, oldestDueAt: null };

/** What the pages look at, each part in the state that a test needs. */
function facts(
  state: { depth?: () => Promise<Depth>; slack?: 'up' | 'down'; sinceTick?: number } = {},
): Facts {
  const { depth = async () => nothing, slack = 'up', sinceTick = 500 } = state;
  return {
    store: { outbox: { depth } },
    platforms: [{ name: 'slack', health: () => slack, waitsFor: () => null }],
    worker: { sinceTick: () => sinceTick, lastTick: () => now },
    clock: { now: () => now },
  };
}

let stop: () => Promise<void> = async () => {};
afterEach(() => stop());

async function serve(watched: Watched) {
  const metrics = createMetrics();
  if (watched) metrics.watch(() => gaugesOf(watched));
  const port = await freePort();
  stop = await startWeb(port, createPages(operationPages(() => watched, metrics)));
  const get = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`);
    return { status: response.status, text: await response.text() };
  };
  return {
    get,
    ready: async () => {
      const { status, text } = await get('/readyz');
      return { status, wrong: JSON.parse(text).wrong };
    },
  };
}

test('while it starts it lives, and is not ready', async () => {
  const { get, ready } = await serve(null);
  expect((await get('/healthz')).status).toBe(200);
  expect(await ready()).toEqual({ status: 503, wrong: ['starting'] });
  expect((await get('/metrics')).text).toContain('# HELP mini_mentorship_intents_total');
});

test('ready when all is well, also with a query behind the path', async () => {
  const { get, ready } = await serve(facts());
  expect(await ready()).toEqual({ status: 200, wrong: [] });
  expect((await get('/readyz?verbose')).status).toBe(200);
});

test.each<[string, Parameters<typeof facts>[0], RegExp]>([
  ['the clock stands still', { sinceTick: 11_000 }, /^the clock did not tick for 11 s$/],
  ['a platform is away', { slack: 'down' }, /^slack is down$/],
  [
    'the database is away',
    {
      depth: async () => {
        throw new Error('gone');
      },
    },
    /^the database does not answer$/,
  ],
  [
    'what is due is not taken',
    { depth: async () => ({ ...nothing, due: 1, oldestDueAt: new Date(now.getTime() - 6 * MINUTE) }) },
    /^the oldest due notice waits for 360 s$/,
  ],
])('not ready when %s', async (_what, state, said) => {
  const { get, ready } = await serve(facts(state));
  expect(await ready()).toEqual({ status: 503, wrong: [expect.stringMatching(said)] });
  expect((await get('/healthz')).status).toBe(200);
});

test('metrics go on when the database does not', async () => {
  const gone = facts({ depth: () => Promise.reject(new Error('gone')), slack: 'down', sinceTick: 90_000 });
  const { text } = await (await serve(gone)).get('/metrics');
  expect(text).toMatch(/^mini_mentorship_database_up 0$/m);
  expect(text).toMatch(/^mini_mentorship_platform_up\{platform="slack"\} 0$/m);
  expect(text).toMatch(/^mini_mentorship_seconds_since_tick 90$/m);
  expect(text).toMatch(/^mini_mentorship_outbox_oldest_due_seconds Nan$/im);
  expect(text).not.toMatch(/^mini_mentorship_outbox_notices\{/m);
});

test('two bots in one process count for themselves', async () => {
  const [one, other] = [createMetrics(), createMetrics()];
  one.failed('clock');
  expect((await one.page()).text).toMatch(/mini_mentorship_errors_total\{where="clock"\} 1/);
  expect((await other.page()).text).not.toMatch(/where="clock"/);
});

test('a port that is taken is an error, not a crash', async () => {
  const port = await freePort();
  stop = await startWeb(port, createPages({}));
  await expect(startWeb(port, createPages({}))).rejects.toThrow(/PORT \d+ is in use by another program/);
});

test('what waits for people to choose it is named, and no fault', async () => {
  const waiting = facts();
  const { get } = await serve({
    ...waiting,
    platforms: [{ name: 'discord', health: () => 'up', waitsFor: () => 'waits to be set up' }],
  });
  const { status, text } = await get('/readyz');
  expect(status).toBe(200);
  expect(JSON.parse(text).waiting).toEqual(['discord waits to be set up']);
});
