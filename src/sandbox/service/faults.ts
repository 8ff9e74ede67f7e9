import { setTimeout as delay } from 'node:timers/promises';
import { type Answer, Refused } from './answer.ts';

/**
 * What may go wrong with one request, beside what the service refuses by a word of its own:
 * `hangs`: no answer ever; `dropped`: the connection breaks before anything is done;
 * `lost`: the service does what was asked, and then the connection breaks; `slowMs`: the answer takes that long.
 */
export type Fault<Refusal extends string> = Refusal | 'hangs' | 'dropped' | 'lost' | { slowMs: number };

/** How a request ends: with an answer, or without one. */
export type Outcome = Answer | 'hangs' | 'dropped';

/** The faults that tests ordered, and the requests that they wait for. @param refuse throws what the service answers */
export function faultQueue<Refusal extends string>(refuse: (refusal: Refusal) => never) {
  const queue: { fault: Fault<Refusal>; where: RegExp; times: number }[] = [];

  function next(request: string): Fault<Refusal> | undefined {
    const index = queue.findIndex(({ where }) => where.test(request));
    const entry = queue[index];
    if (!entry) return undefined;
    entry.times -= 1;
    if (entry.times <= 0) queue.splice(index, 1);
    return entry.fault;
  }

  return {
    add(fault: Fault<Refusal>, where = /./, times = 1): void {
      queue.push({ fault, where, times });
    },
    /** How `request` ("METHOD /path") ends; `decide` does what it asks for. */
    async outcomeOf(request: string, decide: () => Answer): Promise<Outcome> {
      const fault = next(request);
      if (fault === 'hangs') return 'hangs';
      if (fault === 'dropped') return 'dropped';
      if (fault === 'lost') {
        answerOf(decide);
        return 'dropped';
      }
      if (typeof fault === 'object') await delay(fault.slowMs);
      else if (fault) return answerOf(() => refuse(fault));
      return answerOf(decide);
    },
  };
}

function answerOf(decide: () => Answer): Answer {
  try {
    return decide();
  } catch (error) {
    if (error instanceof Refused) return error.answer;
    throw error;
  }
}
