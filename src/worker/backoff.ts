import { MINUTE, SECOND } from '../core/time.ts';

const FIRST = 1 * SECOND;
const LONGEST = 15 * MINUTE;

/** After this many tries a notice is given up and an operator must look: with the backoff below, about two hours. */
export const MAX_TRIES = 20;

/**
 * How long to wait before the next try, in milliseconds: doubling from a second to a quarter of an hour, with a random
 * part so that what failed together does not come back together.
 * @param tries how many there were
 * @param random from 0 to 1
 */
export function backoff(tries: number, random: number): number {
  const full = Math.min(FIRST * 2 ** (tries - 1), LONGEST);
  return Math.round(full / 2 + (full / 2) * random);
}
