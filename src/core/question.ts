import { UserError } from './errors.ts';
import type { Actor, Person } from './people.ts';
import { type Instant, MINUTE } from './time.ts';

/** What a mentor asked before claiming, and what the student answered. */
export interface Question {
  id: string;
  by: Person;
  words: string;
  askedAt: Instant;
  answer: string | null;
  answeredAt: Instant | null;
}

/** An open request is held for the mentor who asks something first: until then nobody else may claim it. */
export interface Hold {
  by: Person;
  until: Instant;
}

/** How long a question holds a request. */
export const HELD_FOR = 30 * MINUTE;

type Held = { hold: Hold | null };

/** The hold that counts now; the clock may not have come to take away one that is over. */
export const holdNow = ({ hold }: Held, now: Instant): Hold | null =>
  hold && hold.until > now ? hold : null;

/** Passes unless another mentor holds it. @throws UserError that says who, and until when */
export function refuseHeld(request: Held, by: Actor, now: Instant): void {
  const hold = holdNow(request, now);
  if (hold && hold.by.id !== by.memberId) {
    throw new UserError('request_held', { by: hold.by.name, until: hold.until });
  }
}
