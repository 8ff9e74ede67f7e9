import { randomInt } from 'node:crypto';
import { Refused } from '../service/answer.ts';

/** An error in the shape of Google's newer APIs. https://google.aip.dev/193 */
export function refusedByMeet(status: number, code: string, message: string, reason?: string): Refused {
  const details = reason ? [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason }] : [];
  return new Refused({ status, body: { error: { code: status, message, status: code, details } } }, message);
}

/** A code as Meet makes them: abc-defg-hij. */
export const meetCode = (): string => [3, 4, 3].map(letters).join('-');

const letters = (count: number): string =>
  Array.from({ length: count }, () => String.fromCharCode(97 + randomInt(26))).join('');
