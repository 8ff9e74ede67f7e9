import { webApi } from '@slack/bolt';
import { RateLimited, TryLater, Undeliverable } from '../platform.ts';
import type { SlackAccess } from './settings.ts';

export type Client = webApi.WebClient;

export interface Clients {
  /** For what a person waits for within Slack's 3 seconds: opening and changing modals. */
  now: Client;
  /** For posting and updating; the courier repeats what failed, nothing else does. */
  background: Client;
  /** For showing Homes, which nobody waits for: their rate limit holds up nothing else. */
  homes: Client;
  /** For looking things up. */
  lookup: Client;
}

/**
 * Clients with a queue each: a rate limit pauses all of a client's queue, and a throttled post must not hold up a
 * modal until its trigger is dead. None repeats by itself what may have arrived: a repeated post is a second post.
 */
export function createClients(settings: SlackAccess, logger: webApi.WebClientOptions['logger']): Clients {
  const client = (timeout: number, retries: number): Client =>
    new webApi.WebClient(settings.botToken, {
      slackApiUrl: settings.apiUrl,
      logger,
      timeout,
      rejectRateLimitedCalls: true,
      retryConfig: { retries, minTimeout: 200, factor: 2 },
    });
  return {
    now: client(2_500, 0),
    background: client(10_000, 0),
    homes: client(10_000, 0),
    lookup: client(5_000, 1),
  };
}

/** What went wrong with a call, in terms that decide what to do. */
export interface SlackProblem {
  /** Slack's error code; "ratelimited"; "unreachable" for network, timeouts and server errors. */
  code: string;
  retryAfterMs?: number;
}

/** Reads any error that a WebClient throws. Returns null for what is none of Slack's: a programming error. */
export function problemOf(error: unknown): SlackProblem | null {
  if (error instanceof webApi.WebAPIRateLimitedError) {
    return { code: 'ratelimited', retryAfterMs: error.retryAfter * 1_000 };
  }
  if (error instanceof webApi.WebAPIPlatformError) return { code: String(error.data.error) };
  if (error instanceof webApi.WebAPIRequestError || error instanceof webApi.WebAPIHTTPError) {
    return { code: 'unreachable' };
  }
  return null;
}

/** Slack's own trouble: https://docs.slack.dev/reference/methods/chat.postMessage#errors */
const passing = new Set([
  'unreachable',
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'team_added_to_org',
  'request_timeout',
  'accesslimited',
]);

/** Too many calls or messages: https://docs.slack.dev/apis/web-api/rate-limits */
const limiting = new Set(['ratelimited', 'rate_limited', 'message_limit_exceeded']);

/** Nobody will read it there, now or later. */
const closed = new Set([
  'cannot_dm_bot',
  'cannot_dm_self',
  'cannot_message_user',
  'cant_dm_bot',
  'channel_not_found',
  'is_archived',
  'is_bot',
  'messages_tab_disabled',
  'not_enabled',
  'not_in_channel',
  'restricted_action',
  'restricted_action_read_only_channel',
  'restricted_action_thread_only_channel',
  'user_disabled',
  'user_not_found',
  'user_not_visible',
  'users_not_found',
  'user_is_restricted',
  'user_is_ultra_restricted',
]);

/** Our own access is gone: an operator must mend it, and then everything can be delivered after all. */
export const accessCodes = new Set([
  'account_inactive',
  'invalid_auth',
  'missing_scope',
  'not_authed',
  'no_permission',
  'org_login_required',
  'team_access_not_granted',
  'token_expired',
  'token_revoked',
  'ekm_access_denied',
]);

/** How long deliveries rest while our own access is broken. */
const ACCESS_PAUSE_MS = 5 * 60_000;

/**
 * The error that the courier understands for a failed post or update.
 * @returns the error itself when it is none of Slack's, or one that only a bug explains (`invalid_blocks`, …)
 */
export function deliveryError(error: unknown): unknown {
  const problem = problemOf(error);
  if (!problem) return error;
  const { code, retryAfterMs } = problem;
  if (limiting.has(code)) return new RateLimited(`Slack: ${code}`, retryAfterMs, error);
  if (passing.has(code)) return new TryLater(`Slack: ${code}`, retryAfterMs, error);
  if (closed.has(code)) return new Undeliverable(`Slack: ${code}`, { cause: error });
  if (accessCodes.has(code)) return new TryLater(`Slack: ${code}`, ACCESS_PAUSE_MS, error);
  return error;
}
