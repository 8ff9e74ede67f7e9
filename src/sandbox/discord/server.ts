import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { WireEntry } from '../person.ts';
import { isObject, type Json } from './checks.ts';
import type { Hit } from './faults.ts';
import { Refusal, refuse } from './refusal.ts';
import type { World } from './world.ts';

/** What a route gets to know of a request. `params` are the words of its path that start with a colon. */
export interface Call {
  params: Record<string, string>;
  query: URLSearchParams;
  body: unknown;
  /** How many files came with a multipart body. */
  files: number;
}

export interface Answer {
  status: number;
  body?: unknown;
}

export interface Route {
  method: string;
  /** Such as `/channels/:channel/messages/:message`. */
  path: string;
  /** Works without the bot's token, because the path carries one. */
  open?: boolean;
  /** @throws Refusal */
  answer(call: Call): Answer;
}

/** The window in which requests to one bucket are counted. */
const bucketMs = 1_000;

/**
 * Serves the routes as Discord's REST API: authorization, error bodies, rate-limit headers, planned faults.
 * @param bucketLimit requests a second that one bucket takes before it answers 429.
 */
export function serveRest(
  world: World,
  routes: readonly Route[],
  take: (method: string, path: string) => Hit | undefined,
  record: (entry: WireEntry) => void,
  bucketLimit: number,
): Server {
  const table = routes.map((route) => ({ ...route, words: route.path.split('/') }));
  const buckets = new Map<string, { used: number; until: number }>();

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const method = request.method ?? 'GET';
    const url = new URL(request.url ?? '/', 'http://stand-in');
    const path = decoded(url.pathname).replace(/^\/api(\/v\d+)?/, '');
    const wire = hideTokens(path);
    const { body, files, broken } = await readBody(request);
    const bucket = bucketOf(method, path);
    const window = spend(buckets, bucket);
    const headers: Record<string, string> = {
      'X-RateLimit-Limit': String(bucketLimit),
      'X-RateLimit-Remaining': String(Math.max(0, bucketLimit - window.used)),
      'X-RateLimit-Reset': (window.until / 1000).toFixed(3),
      'X-RateLimit-Reset-After': Math.max(0, (window.until - Date.now()) / 1000).toFixed(3),
      'X-RateLimit-Bucket': createHash('sha1').update(bucket).digest('hex').slice(0, 32),
    };

    const act = (): Answer => {
      const hit = take(method, wire);
      if (hit?.kind === 'limit') return limited(headers, hit.retryAfter, hit.global);
      if (window.used > bucketLimit) return limited(headers, (window.until - Date.now()) / 1000, false);
      if (hit?.kind === 'fail' && !hit.afterwards) throw hit.refusal;
      const found = table.filter((route) => matches(route.words, path));
      const route = found.find((r) => r.method === method);
      if (!route?.open && request.headers.authorization !== `Bot ${world.token}`) throw refuse.unauthorized();
      if (!route) throw found.length > 0 ? refuse.wrongMethod() : refuse.notFound();
      if (broken) throw refuse.badJson();
      const answer = route.answer({
        params: paramsOf(route.words, path),
        query: url.searchParams,
        body,
        files,
      });
      if (hit?.kind === 'fail') throw hit.refusal;
      return answer;
    };

    const answer = answerOf(act);
    record({ to: 'discord', method, path: wire, body, status: answer.status });
    const text = answer.body === undefined ? '' : JSON.stringify(answer.body);
    response.writeHead(answer.status, {
      ...headers,
      ...(text ? { 'Content-Type': 'application/json' } : {}),
    });
    response.end(text);
  };

  return createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      // A mistake in the stand-in must be seen, not taken for one of the bot.
      console.error('The Discord stand-in failed:', error);
      response.writeHead(500).end(JSON.stringify({ message: `Stand-in: ${String(error)}`, code: 0 }));
    });
  });
}

function answerOf(act: () => Answer): Answer {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { message, code, errors, status } = error;
    return { status, body: { message, code, ...(errors === undefined ? {} : { errors }) } };
  }
}

/** https://docs.discord.com/developers/topics/rate-limits#exceeding-a-rate-limit */
function limited(headers: Record<string, string>, retryAfter: number, global: boolean): Answer {
  headers['Retry-After'] = String(Math.ceil(retryAfter));
  headers['X-RateLimit-Scope'] = global ? 'global' : 'user';
  headers['X-RateLimit-Remaining'] = '0';
  headers['X-RateLimit-Reset-After'] = retryAfter.toFixed(3);
  if (global) headers['X-RateLimit-Global'] = 'true';
  return { status: 429, body: { message: 'You are being rate limited.', retry_after: retryAfter, global } };
}

function spend(
  buckets: Map<string, { used: number; until: number }>,
  key: string,
): { used: number; until: number } {
  const now = Date.now();
  const old = buckets.get(key);
  const window = old && old.until > now ? old : { used: 0, until: now + bucketMs };
  window.used += 1;
  buckets.set(key, window);
  return window;
}

/** Requests that share a limit: the same route with the same channel, server, or token. */
function bucketOf(method: string, path: string): string {
  const [, kind, major, token] = path.split('/');
  const own = kind === 'webhooks' || kind === 'interactions' ? `${major}/${token}` : major;
  return `${method} ${path.replace(/\/\d{5,}/g, '/:id')} ${own}`;
}

/** Clients write `@original` as `%40original`. A path that cannot be decoded stays as it is, and matches nothing. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

const hideTokens = (path: string): string =>
  path.replace(/^(\/interactions\/[^/]+|\/webhooks\/[^/]+)\/[^/]+/, '$1/token');

function matches(words: string[], path: string): boolean {
  const given = path.split('/');
  return given.length === words.length && words.every((word, i) => word.startsWith(':') || word === given[i]);
}

function paramsOf(words: string[], path: string): Record<string, string> {
  const given = path.split('/');
  return Object.fromEntries(
    words.flatMap((word, i) => (word.startsWith(':') ? [[word.slice(1), given[i] ?? '']] : [])),
  );
}

async function readBody(
  request: IncomingMessage,
): Promise<{ body: unknown; files: number; broken: boolean }> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const raw = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  if (raw.length === 0) return { body: undefined, files: 0, broken: false };
  if (type.startsWith('multipart/form-data')) {
    const form = await new Response(raw, { headers: { 'content-type': type } }).formData();
    const files = [...form.keys()].filter((key) => /^files\[\d+\]$|^file$/.test(key)).length;
    return { ...parse(String(form.get('payload_json') ?? '{}')), files };
  }
  return { ...parse(raw.toString('utf8')), files: 0 };
}

function parse(text: string): { body: unknown; broken: boolean } {
  try {
    return { body: JSON.parse(text), broken: false };
  } catch {
    return { body: text, broken: true };
  }
}

/** The body as an object; an absent one is empty. @throws Refusal 50109 for anything else. */
export function objectBody(call: Call): Json {
  if (call.body === undefined || call.body === null) return {};
  if (!isObject(call.body)) throw refuse.badJson();
  return call.body;
}
