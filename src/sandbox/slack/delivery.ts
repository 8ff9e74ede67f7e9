import type { Dict } from './kit.ts';
import { signature } from './sign.ts';
import type { Outcome, SocketMode } from './socket.ts';

export type PayloadKind = 'slash_commands' | 'interactive' | 'events_api';

export interface Delivery {
  /** Set in HTTP mode; see SlackStandIn. */
  requestUrl: string | undefined;
  /** Brings a payload to the app by whichever transport is in use, and waits for its acknowledgement. */
  send(kind: PayloadKind, payload: Dict, retry?: { attempt: number; reason: string }): Promise<Outcome>;
}

/** The body by which Slack posts each kind of payload in HTTP mode. */
function httpBody(kind: PayloadKind, payload: Dict): { type: string; body: string } {
  if (kind === 'events_api') return { type: 'application/json', body: JSON.stringify(payload) };
  const form =
    kind === 'interactive' ? { payload: JSON.stringify(payload) } : (payload as Record<string, string>);
  return { type: 'application/x-www-form-urlencoded', body: new URLSearchParams(form).toString() };
}

/**
 * @param heard called with what an HTTP response carries; see `socketMode`.
 * @param waitMs how long the client waits for an acknowledgement.
 */
export function delivery(options: {
  socket: SocketMode;
  signingSecret: string;
  requestUrl: string | undefined;
  waitMs: number;
  heard: (payload: unknown, inTime: boolean) => boolean;
}): Delivery {
  const { socket, signingSecret, waitMs, heard } = options;

  async function postTo(
    url: string,
    kind: PayloadKind,
    payload: Dict,
    retry?: { attempt: number; reason: string },
  ) {
    const { type, body } = httpBody(kind, payload);
    const timestamp = Math.floor(Date.now() / 1_000);
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': type,
        'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
        'x-slack-request-timestamp': String(timestamp),
        'x-slack-signature': signature(signingSecret, timestamp, body),
        ...(retry
          ? { 'x-slack-retry-num': String(retry.attempt), 'x-slack-retry-reason': retry.reason }
          : {}),
      },
      body,
      signal: AbortSignal.timeout(waitMs),
    });
    return { status: response.status, text: await response.text() };
  }

  return {
    requestUrl: options.requestUrl,
    async send(kind, payload, retry): Promise<Outcome> {
      if (!this.requestUrl) return socket.send(kind, payload, waitMs, retry);
      try {
        const { status, text } = await postTo(this.requestUrl, kind, payload, retry);
        if (status < 200 || status > 299) return { acknowledged: false, why: 'http_error' };
        const answer = parseAnswer(text);
        if (!heard(answer, true)) return { acknowledged: false, why: 'operation_timeout' };
        return { acknowledged: true, payload: answer };
      } catch (error) {
        const late = error instanceof Error && error.name === 'TimeoutError';
        return { acknowledged: false, why: late ? 'operation_timeout' : 'dispatch_failed' };
      }
    },
  };
}

/** A response body: JSON, or the text of a message, or nothing. */
function parseAnswer(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return { text };
  }
}
