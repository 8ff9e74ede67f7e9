import { Refused } from '../service/answer.ts';

/**
 * A Calendar error in the shape that Google gives it.
 * https://developers.google.com/workspace/calendar/api/guides/errors
 */
export function refused(
  status: number,
  reason: string,
  message: string,
  { domain = 'global', headers = {} }: { domain?: string; headers?: Record<string, string> } = {},
): Refused {
  const error = { errors: [{ domain, reason, message }], code: status, message };
  return new Refused({ status, body: { error }, headers }, message);
}

/** An error of the token endpoint: https://www.rfc-editor.org/rfc/rfc6749#section-5.2 */
export function grantRefused(status: number, error: string, description: string): Refused {
  return new Refused({ status, body: { error, error_description: description } }, description);
}
