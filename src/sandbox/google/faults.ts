import { setTimeout as delay } from 'node:timers/promises';
import { type Answer, Refused, refused } from './answer.ts';

/**
 * What may go wrong with one request:
 * Google's own refusals by their reasons (`tooManyRequests` is a 429 with Retry-After: 7),
 * `hangs`: no answer ever; `dropped`: the connection breaks before anything is done;
 * `lost`: Google does what was asked, and then the connection breaks; `slowMs`: the answer takes that long.
 */
export type Fault =
  | 'rateLimitExceeded'
  | 'userRateLimitExceeded'
  | 'tooManyRequests'
  | 'backendError'
  | 'hangs'
  | 'dropped'
  | 'lost'
  | { slowMs: number };

/** How a request ends: with an answer, or without one. */
export type Outcome = Answer | 'hangs' | 'dropped';

/** The faults that tests ordered, and the requests that they wait for. */
export function faultQueue() {
  const queue: { fault: Fault; where: RegExp; times: number }[] = [];

  function next(request: string): Fault | undefined {
    const index = queue.findIndex(({ where }) => where.test(request));
    const entry = queue[index];
    if (!entry) return undefined;
    entry.times -= 1;
    if (entry.times <= 0) queue.splice(index, 1);
    return entry.fault;
  }

  return {
    add(fault: Fault, where = /./, times = 1): void {
      queue.push({ fault, where, times });
    },
    /** How `request` ("METHOD /path") ends; `decide` does what it asks for. */
    async outcomeOf(request: string, decide: () => Answer): Promise<Outcome> {
      const fault = next(request);
      if (fault === 'hangs' || fault === 'dropped') return fault;
      if (typeof fault === 'object') await delay(fault.slowMs);
      const answer = answerOf(typeof fault === 'string' && fault !== 'lost' ? () => refuse(fault) : decide);
      return fault === 'lost' ? 'dropped' : answer;
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

/** https://developers.google.com/workspace/calendar/api/guides/errors */
function refuse(
  fault: 'rateLimitExceeded' | 'userRateLimitExceeded' | 'tooManyRequests' | 'backendError',
): never {
  const domain = 'usageLimits';
  switch (fault) {
    case 'rateLimitExceeded':
      throw refused(403, fault, 'Rate Limit Exceeded', { domain });
    case 'userRateLimitExceeded':
      throw refused(403, fault, 'User Rate Limit Exceeded', { domain });
    case 'tooManyRequests':
      throw refused(429, 'rateLimitExceeded', 'Rate Limit Exceeded', {
        domain,
        headers: { 'retry-after': '7' },
      });
    case 'backendError':
      throw refused(503, fault, 'Backend Error');
  }
}
