import { Agent, request } from 'node:http';
import type { Dict } from './kit.ts';
import { signature } from './sign.ts';
import type { Outcome, SocketMode } from './socket.ts';

export type PayloadKind = 'slash_commands' | 'interactive' | 'events_api';

export interface Delivery {
  /** Set in HTTP mode; see SlackStandIn. */
  requestUrl: string | undefined;
  close(): void;
  /** Brings a payload to the app by whichever transport is in use, and waits for its acknowledgement. */
  send(kind: PayloadKind, payload: Dict, retry?: { attempt: number; reason: string }): Promise<Outcome>;
}

class TooLate extends Error {}

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

  const agent = new Agent({ keepAlive: true });

  function postTo(
    url: string,
    kind: PayloadKind,
    payload: Dict,
    retry?: { attempt: number; reason: string },
  ) {
    const { type, body } = httpBody(kind, payload);
    const timestamp = Math.floor(Date.now() / 1_000);
    const headers = {
      'content-type': type,
      'content-length': Buffer.byteLength(body),
      'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
      'x-slack-request-timestamp': String(timestamp),
      'x-slack-signature': signature(signingSecret, timestamp, body),
      ...(retry ? { 'x-slack-retry-num': String(retry.attempt), 'x-slack-retry-reason': retry.reason } : {}),
    };
    return new Promise<{ status: number; text: string }>((resolve, reject) => {
      const sent = request(url, { method: 'POST', headers, agent }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => {
          text += part;
        });
        response.on('error', reject);
        response.on('end', () => {
          clearTimeout(patience);
          resolve({ status: response.statusCode ?? 0, text });
        });
      });
      const patience = setTimeout(() => sent.destroy(new TooLate()), waitMs);
      sent.on('error', (error) => {
        clearTimeout(patience);
        reject(error);
      });
      sent.end(body);
    });
  }

  return {
    requestUrl: options.requestUrl,
    close: () => agent.destroy(),
    async send(kind, payload, retry): Promise<Outcome> {
      if (!this.requestUrl) return socket.send(kind, payload, waitMs, retry);
      try {
        const { status, text } = await postTo(this.requestUrl, kind, payload, retry);
        if (status < 200 || status > 299) return { acknowledged: false, why: 'http_error' };
        const answer = parseAnswer(text);
        if (!heard(answer, true)) return { acknowledged: false, why: 'operation_timeout' };
        return { acknowledged: true, payload: answer };
      } catch (error) {
        return {
          acknowledged: false,
          why: error instanceof TooLate ? 'operation_timeout' : 'dispatch_failed',
        };
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
