import { describe, expect, test } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../src/core/time.ts';
import { backoff, MAX_TRIES } from '../../src/worker/backoff.ts';

const tries = Array.from({ length: MAX_TRIES - 1 }, (_, i) => i + 1);

describe('The wait before the next try', () => {
  test('doubles from a second to a quarter of an hour', () => {
    expect(tries.slice(0, 12).map((n) => backoff(n, 1) / SECOND)).toEqual([
      1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900,
    ]);
    expect(backoff(1_000, 1)).toBe(15 * MINUTE);
  });

  test('is spread over its second half, so that what failed together comes back apart', () => {
    for (const n of tries) {
      const [shortest, middle, longest] = [0, 0.5, 1].map((random) => backoff(n, random)) as [
        number,
        number,
        number,
      ];
      expect(shortest * 2).toBeCloseTo(longest, -1);
      expect(middle).toBeGreaterThan(shortest);
      expect(longest).toBeGreaterThan(middle);
    }
  });

  test('is a whole number of milliseconds', () => {
    for (const n of tries) expect(Number.isInteger(backoff(n, 1 / 3))).toBe(true);
  });

  test('adds up to about two hours before a notice is given up', () => {
    const total = tries.reduce((sum, n) => sum + backoff(n, 0.5), 0);
    expect(total / HOUR).toBeGreaterThan(1.75);
    expect(total / HOUR).toBeLessThan(2.25);
  });
});
