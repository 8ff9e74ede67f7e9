import { createHmac } from 'node:crypto';

/**
 * The `X-Slack-Signature` of a request, by Slack's scheme v0.
 * https://docs.slack.dev/authentication/verifying-requests-from-slack
 * @param timestamp Unix seconds, as in `X-Slack-Request-Timestamp`
 */
export function signature(signingSecret: string, timestamp: number, body: string): string {
  return `v0=${createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
}
