import type { Instant } from '../core/time.ts';
import { after, MINUTE } from '../core/time.ts';
import type { Check } from '../platforms/platform.ts';

/** How often everything that the settings name is looked at while all is well. */
const EVERY = 10 * MINUTE;
/** And while something is wrong: the next look says whether it stays so. */
const AGAIN = MINUTE;

/** What people can take away from the bot while it runs: a channel, a role, a permission, its place in a server. */
export interface SetUpWatch {
  /** What does not work as of the last look; looks again when it is time. @throws when it cannot look */
  failed(now: Instant): Promise<readonly Check[]>;
  /** Something was refused just now: the next look is due. */
  suspect(): void;
}

export function createSetUpWatch(check: () => Promise<readonly Check[]>): SetUpWatch {
  let known: readonly Check[] = [];
  let due: Instant | null = null;
  return {
    async failed(now) {
      // The start looked at everything.
      due ??= after(now, EVERY);
      if (now < due) return known;
      due = after(now, EVERY);
      known = (await check()).filter(({ ok }) => !ok);
      if (known.length > 0) due = after(now, AGAIN);
      return known;
    },
    suspect() {
      due = new Date(0);
    },
  };
}
