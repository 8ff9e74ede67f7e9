import { endHold } from '../asking.ts';
import { giveBack } from '../give-back.ts';
import type { RequestStore, Sweeps } from '../ports.ts';
import { type Change, expire, type Request } from '../request.ts';
import { closeUnfinished, end } from '../scheduling.ts';
import type { Instant } from '../time.ts';

/** What the clock does: which requests are due, and what becomes of each. It runs exactly as a person's verb does. */
export interface Sweep {
  /** Name in the audit log. */
  name: string;
  due: keyof Sweeps;
  change(request: Request, now: Instant): Change | null;
}

export const sweeps: readonly Sweep[] = [
  { name: 'expireRequests', due: 'toExpire', change: expire },
  { name: 'endHolds', due: 'toFree', change: endHold },
  { name: 'giveBackClaims', due: 'toGiveBack', change: giveBack },
  { name: 'endSessions', due: 'toEnd', change: end },
  { name: 'closeSessions', due: 'toClose', change: closeUnfinished },
];

/** How many are looked up at once; the next look takes the rest. */
const BATCH = 100;

/**
 * Does everything of one kind that is due at `now`. One that fails does not hold up the others: `failed` hears of it,
 * and the next tick tries it again.
 * @returns how many were changed
 */
export async function runSweep(
  sweep: Sweep,
  asks: Sweeps,
  store: RequestStore,
  now: Instant,
  failed: (requestId: string, error: unknown) => void,
): Promise<number> {
  const tried = new Set<string>();
  let changed = 0;
  for (;;) {
    // What was tried in vain is still due, and must not hide what comes after it.
    const due = (await asks[sweep.due](now, BATCH + tried.size - changed)).filter((id) => !tried.has(id));
    if (due.length === 0) return changed;
    for (const id of due) {
      tried.add(id);
      let change: Change | null = null;
      try {
        await store.changeRequest(id, (request) => {
          change = sweep.change(request, now);
          return change;
        });
        if (change) changed += 1;
      } catch (error) {
        failed(id, error);
      }
    }
  }
}
