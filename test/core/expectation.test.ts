import { describe, expect, test } from 'vitest';
import { type Expectation, expectationOf } from '../../src/core/expectation.ts';
import { DAY } from '../../src/core/time.ts';
import { type Context, runUseCase } from '../../src/core/use-case.ts';
import { getExpectation } from '../../src/core/use-cases/get-expectation.ts';
import { expectationWords } from '../../src/messages/expectation.ts';
import { inEnglish } from '../support/spoken.ts';
import { memoryStore } from './memory-store.ts';
import { now, nowPlus } from './samples.ts';

const times = (count: number, minutes: number | null) => Array.from({ length: count }, () => minutes);

describe('what a student may expect', () => {
  test('is nothing while there are fewer than eight requests to go by', () => {
    expect(expectationOf(times(7, 10))).toBeNull();
    expect(expectationOf(times(8, 10))).toEqual({ medianMinutes: 10, inTen: 10 });
  });

  test('counts those that nobody claimed: half of all, and those within a day, rounded down', () => {
    expect(expectationOf([...times(5, 60), ...times(4, 3_000)])).toEqual({ medianMinutes: 60, inTen: 5 });
    expect(expectationOf([...times(5, 60), ...times(4, null)])).toEqual({ medianMinutes: 60, inTen: 5 });
    expect(expectationOf([...times(4, 60), ...times(5, null)])).toEqual({ medianMinutes: null, inTen: 4 });
    // In doubt the longer one.
    expect(expectationOf([...times(4, 60), ...times(4, 120)])).toEqual({ medianMinutes: 120, inTen: 10 });
  });

  test('looks back a month, and leaves out what may still come within a day', async () => {
    const store = memoryStore();
    // It asks for nothing else.
    const context = { store, clock: { now: () => now } } as unknown as Context;
    expect(await runUseCase(getExpectation, context, {})).toBeNull();
    expect(store.looked).toEqual([[nowPlus(-30 * DAY), nowPlus(-DAY)]]);
  });

  test.each<[Expectation, RegExp]>([
    [{ medianMinutes: 1, inTen: 10 }, /claimed after about 5 minutes; 10 of 10 within a day/],
    [{ medianMinutes: 47, inTen: 9 }, /after about 50 minutes; 9 of 10/],
    [{ medianMinutes: 58, inTen: 9 }, /after about 1 hour; /],
    [{ medianMinutes: 170, inTen: 9 }, /after about 3 hours; 9 of 10 within a day\.$/],
    [{ medianMinutes: 4_000, inTen: 3 }, /after about 3 days\.$/],
    [{ medianMinutes: null, inTen: 3 }, /Mentors are busy/],
  ])('%j in words', (expectation, words) => {
    expect(inEnglish(expectationWords(expectation))).toMatch(words);
  });
});
