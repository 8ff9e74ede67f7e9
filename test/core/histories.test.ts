import fc from 'fast-check';
import { expect, test } from 'vitest';
import { histories, play, type Verb, verbs } from '../support/histories.ts';
import { memoryWorld } from './memory-world.ts';

test('10,000 random histories: nobody is double booked, and all are told what they are owed, once and in time', async () => {
  const done = new Map<Verb, number>();
  await fc.assert(
    fc.asyncProperty(histories(20), (history) => play(memoryWorld(), history, done)),
    { numRuns: 10_000 },
  );
  // They get somewhere: nothing that people do was refused each time.
  expect(verbs.filter((verb) => (done.get(verb) ?? 0) < 20)).toEqual([]);
}, 300_000);
