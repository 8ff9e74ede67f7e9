import { Refused } from '../service/answer.ts';
import type { Fault as AnyFault } from '../service/faults.ts';

/**
 * Zoom's refusals by what they mean: `perSecond` and `perDay` are its two limits (the day's names the time to come
 * back), `broken` is an error of its own.
 */
type Refusal = 'perSecond' | 'perDay' | 'broken' | 'forbidden' | 'conflict';

/** What may go wrong with one request. */
export type Fault = AnyFault<Refusal>;

/** An error as Zoom answers it. https://developers.zoom.us/docs/api/using-zoom-apis/#error-definitions */
export const refusedByZoom = (
  status: number,
  code: number,
  message: string,
  headers: Record<string, string> = {},
): Refused => new Refused({ status, body: { code, message }, headers }, message);

/** https://developers.zoom.us/docs/api/rate-limits/ */
export function refuse(fault: Refusal): never {
  switch (fault) {
    case 'perSecond':
      throw refusedByZoom(
        429,
        429,
        'You have reached the maximum per-second rate limit for this API. Try again later.',
        { 'retry-after': '1' },
      );
    case 'perDay':
      throw refusedByZoom(
        429,
        429,
        'You have exceeded the daily rate limit of (100) for Meeting Create/Update API requests permitted for this particular registrant.',
        { 'retry-after': new Date(Date.now() + 3_600_000).toISOString() },
      );
    case 'broken':
      throw refusedByZoom(500, 500, 'Internal server error');
    case 'forbidden':
      throw refusedByZoom(403, 200, 'No permission.');
    case 'conflict':
      throw refusedByZoom(409, 409, 'The meeting is being changed.');
  }
}
