import { createPublicKey, verify } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { REST } from 'discord.js';
import type { Log } from '../../log.ts';
import type { Connection } from './client.ts';
import type { DiscordSettings } from './setup.ts';

/** Where Discord sends everything in HTTP mode: the "Interactions Endpoint URL" of the application ends in this. */
export const INTERACTIONS_PATH = '/discord/interactions';

/** A request that is older than this, or that far in the future, was not sent now: somebody repeats it. */
const MAX_SKEW_MS = 5 * 60_000;
/** An interaction carries a form with five long fields, and the message that it belongs to. */
const MAX_BODY = 256 * 1_024;
/** How many requests are remembered at most, so that one that is repeated is told from new ones. */
const REMEMBERED = 50_000;

const PING = 1;
const PONG = JSON.stringify({ type: 1 });

type HttpTransport = Extract<DiscordSettings['transport'], { mode: 'http' }>;

/**
 * Discord's HTTP requests in place of the gateway
 * (https://discord.com/developers/docs/interactions/overview#preparing-for-interactions). Nothing is kept open, so any
 * number of instances can stand behind one address. First answers go over REST, as with the gateway, so the response
 * says no more than that the request arrived.
 * @param now milliseconds since 1970
 */
export function createEndpoint(
  settings: DiscordSettings & { transport: HttpTransport },
  log: Log,
  now: () => number,
  take: (raw: unknown) => Promise<void>,
): Connection {
  const genuine = createSignatureCheck(settings.transport.publicKey);
  const rest = new REST({ api: settings.apiUrl, timeout: 10_000, retries: 1 }).setToken(settings.token);
  /** Signatures of requests, by which the same one is known again, and until when that matters. */
  const seen = new Map<string, number>();
  let open = false;

  function isNew(signature: string): boolean {
    for (const [old, until] of seen) {
      if (until > now() && seen.size < REMEMBERED) break;
      seen.delete(old);
    }
    if (seen.has(signature)) return false;
    seen.set(signature, now() + 2 * MAX_SKEW_MS);
    return true;
  }

  async function answer(request: IncomingMessage): Promise<{ status: number; body?: string }> {
    const signature = header(request, 'x-signature-ed25519');
    const timestamp = header(request, 'x-signature-timestamp');
    const age = now() - Number(timestamp) * 1_000;
    if (!/^[0-9a-f]{128}$/.test(signature) || !/^\d{1,12}$/.test(timestamp)) return { status: 401 };
    if (Math.abs(age) > MAX_SKEW_MS) {
      log.warn('A request of another time was refused; is the clock of this machine right?');
      return { status: 401 };
    }
    const body = await read(request);
    if (!body) return { status: 413 };
    if (!genuine(timestamp, body, signature)) return { status: 401 };
    if (!isNew(signature)) {
      log.warn('A request that came before was refused');
      return { status: 401 };
    }
    const interaction = parsed(body);
    if (interaction === undefined) return { status: 400 };
    if ((interaction as { type?: unknown } | null)?.type === PING) return { status: 200, body: PONG };
    if (!open) return { status: 503 };
    void take(interaction);
    return { status: 202 };
  }

  settings.transport.serve?.(INTERACTIONS_PATH, (request, response) => {
    answer(request).then(
      ({ status, body }) => end(response, status, body),
      (error: unknown) => {
        log.warn({ err: error }, 'A request of Discord could not be read');
        end(response, 400);
      },
    );
  });

  return {
    rest,
    async open() {
      open = true;
    },
    async close() {
      open = false;
      rest.clearHashSweeper();
      rest.clearHandlerSweeper();
    },
    state: () => (open ? 'up' : 'down'),
  };
}

function end(response: ServerResponse, status: number, body?: string): void {
  // What was not read to its end cannot be followed by another request.
  const headers = status === 413 ? { connection: 'close' } : {};
  if (body) response.writeHead(status, { ...headers, 'content-type': 'application/json' }).end(body);
  else response.writeHead(status, headers).end();
}

/**
 * Checks that requests come from Discord, which signs the timestamp and the body as it was sent
 * (https://discord.com/developers/docs/interactions/overview#validating-security-request-headers).
 * @param publicKey of the application, 64 hexadecimal digits
 */
export function createSignatureCheck(
  publicKey: string,
): (timestamp: string, body: Buffer, signature: string) => boolean {
  const x = Buffer.from(publicKey, 'hex').toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  return (timestamp, body, signature) =>
    verify(null, Buffer.concat([Buffer.from(timestamp), body]), key, Buffer.from(signature, 'hex'));
}

const header = (request: IncomingMessage, name: string): string => String(request.headers[name] ?? '');

/** The whole body; null when it is larger than any that Discord sends. */
async function read(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > MAX_BODY) return null;
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

/** @returns undefined for what is no JSON */
function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
