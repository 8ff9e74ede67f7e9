import type { Fault as AnyFault } from '../service/faults.ts';
import { refused } from './answer.ts';

/** Google's own refusals by their reasons; `tooManyRequests` is a 429 with Retry-After: 7. */
type Refusal = 'rateLimitExceeded' | 'userRateLimitExceeded' | 'tooManyRequests' | 'backendError';

/** What may go wrong with one request. */
export type Fault = AnyFault<Refusal>;

/** https://developers.google.com/workspace/calendar/api/guides/errors */
export function refuse(fault: Refusal): never {
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
