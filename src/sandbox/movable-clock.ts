import type { Clock } from '../core/ports.ts';
import { after, type Instant } from '../core/time.ts';

/** A clock that runs like the machine's and can be moved ahead. */
export interface MovableClock extends Clock {
  /** Moves it to an instant; it runs on from there. It never goes back. */
  moveTo(instant: Instant): void;
  /** How far it is ahead of the machine's, in milliseconds. */
  ahead(): number;
}

export function createMovableClock(ahead = 0): MovableClock {
  let offset = ahead;
  const now = () => after(new Date(), offset);
  return {
    now,
    moveTo: (instant) => {
      offset += Math.max(0, instant.getTime() - now().getTime());
    },
    ahead: () => offset,
  };
}
