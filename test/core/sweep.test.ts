import { describe, expect, test } from 'vitest';
import type { Sweeps } from '../../src/core/ports.ts';
import { HOUR } from '../../src/core/time.ts';
import { runSweep, type Sweep, sweeps } from '../../src/core/use-cases/sweep.ts';
import { memoryStore } from './memory-store.ts';
import { asking, linus, now, nowPlus, open, scheduled } from './samples.ts';

const sweepNamed = (name: string): Sweep => {
  const found = sweeps.find((sweep) => sweep.name === name);
  if (!found) throw new Error(`There is no sweep "${name}"`);
  return found;
};
const expireRequests = sweepNamed('expireRequests');

const due = (asked: (limit: number) => string[]): Sweeps => {
  const ask = async (_now: Date, limit: number) => asked(limit);
  return {
    toExpire: ask,
    toFree: ask,
    toGiveBack: async (_now: Date, _limit: number): Promise<string[]> => [],
    toEnd: ask,
    toClose: ask,
  };
};
const never = (id: string, error: unknown): never => {
  throw new Error(`${id} failed`, { cause: error });
};
const late = (id: string) => open({ id, expiresAt: nowPlus(-HOUR) });

describe('A sweep', () => {
  test.each([
    [expireRequests, late('r'), { status: 'EXPIRED' }],
    [
      sweepNamed('endHolds'),
      { ...asking(linus), id: 'r', hold: { by: linus, until: now } },
      { status: 'OPEN', hold: null },
    ],
    [sweepNamed('endSessions'), { ...scheduled(-HOUR), id: 'r' }, { session: { askedAt: now } }],
    [sweepNamed('closeSessions'), { ...scheduled(-26 * HOUR), id: 'r' }, { status: 'COMPLETED' }],
  ])('$name does what is due', async (sweep, request, expected) => {
    const store = memoryStore(request);
    expect(
      await runSweep(
        sweep,
        due(() => ['r']),
        store,
        now,
        never,
      ),
    ).toBe(1);
    expect(await store.getRequest('r')).toMatchObject(expected);
    expect(store.changes).toHaveLength(1);
  });

  test('that asks for nothing does nothing', async () => {
    const store = memoryStore();
    expect(
      await runSweep(
        expireRequests,
        due(() => []),
        store,
        now,
        never,
      ),
    ).toBe(0);
  });

  test('goes on past one that fails, reports it, and does not try it again before the next tick', async () => {
    const store = memoryStore(late('a'), late('b'));
    const failures: string[] = [];
    const changed = await runSweep(
      expireRequests,
      due(() => ['a', 'gone', 'b']),
      store,
      now,
      (id, error) => failures.push(`${id}: ${(error as Error).message}`),
    );
    expect(changed).toBe(2);
    expect(failures).toEqual(['gone: request_not_found']);
    expect(store.changes.map(({ request }) => `${request.id} ${request.status}`)).toEqual([
      'a EXPIRED',
      'b EXPIRED',
    ]);
  });

  test('asks on until nothing is left', async () => {
    const ids = Array.from({ length: 250 }, (_, i) => `r${i}`);
    const store = memoryStore(...ids.map(late));
    const left = async () => {
      const all = await Promise.all(ids.map((id) => store.getRequest(id)));
      return all.filter(({ status }) => status === 'OPEN').map(({ id }) => id);
    };
    const asks: Sweeps = {
      ...due(() => []),
      toExpire: async (_now, limit) => (await left()).slice(0, limit),
    };
    expect(await runSweep(expireRequests, asks, store, now, never)).toBe(250);
    expect(await left()).toEqual([]);
  });

  test('is not held up by many that fail', async () => {
    const ids = Array.from({ length: 150 }, (_, i) => `r${i}`);
    const store = memoryStore(late('last'));
    const asks: Sweeps = {
      ...due(() => []),
      toExpire: async (_now, limit) => {
        const { status } = await store.getRequest('last');
        return [...ids, ...(status === 'OPEN' ? ['last'] : [])].slice(0, limit);
      },
    };
    const failures: string[] = [];
    expect(await runSweep(expireRequests, asks, store, now, (id) => failures.push(id))).toBe(1);
    expect(failures).toEqual(ids);
    expect((await store.getRequest('last')).status).toBe('EXPIRED');
  });

  test('leaves alone what somebody was quicker with', async () => {
    const store = memoryStore(open({ id: 'r', status: 'CANCELLED', expiresAt: nowPlus(-HOUR) }));
    expect(
      await runSweep(
        expireRequests,
        due(() => ['r']),
        store,
        now,
        never,
      ),
    ).toBe(0);
    expect(store.changes).toEqual([]);
  });
});
