import { DAY, MINUTE } from './time.ts';

/** Fewer requests than this say nothing about the next one. */
const ENOUGH = 8;
/** How far back it is looked. */
export const LOOK_BACK = 30 * DAY;
/** A request that is younger may still be claimed within a day. */
export const DECIDED_AFTER = DAY;

/** How long it took lately until a mentor claimed a request. */
export interface Expectation {
  /** Half of all requests were claimed within so many minutes; null when more than half were not claimed at all. */
  medianMinutes: number | null;
  /** So many of ten were claimed within a day, rounded down. */
  inTen: number;
}

/**
 * An honest expectation: requests that nobody claimed count as well.
 * @param waits minutes from asking to the claim, null where there was none
 * @returns null when there are too few to say anything
 */
export function expectationOf(waits: readonly (number | null)[]): Expectation | null {
  if (waits.length < ENOUGH) return null;
  const sorted = waits.map((wait) => wait ?? Number.POSITIVE_INFINITY).sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] as number;
  const withinDay = sorted.filter((wait) => wait * MINUTE <= DAY).length;
  return {
    medianMinutes: Number.isFinite(median) ? median : null,
    inTen: Math.floor((10 * withinDay) / sorted.length),
  };
}
