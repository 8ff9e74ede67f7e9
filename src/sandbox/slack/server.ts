import type { IncomingMessage, ServerResponse } from 'node:http';
import { decodeBody, parseNested } from './arguments.ts';
import type { FaultBook } from './faults.ts';
import { type Dict, isDict } from './kit.ts';
import { allScopes, type Call, type Method, methods } from './methods.ts';
import { Refusal } from './refusal.ts';
import { respond } from './response-url.ts';
import type { SlackWireEntry } from './types.ts';
import type { Workspace } from './workspace.ts';

/** What a bot token stands for. */
export interface Installed {
  ws: Workspace;
  scopes: ReadonlySet<string>;
  revoked: boolean;
  /** The token is for a whole organisation. */
  enterpriseId?: string;
}

/** By bot token. */
export type Installs = Map<string, Installed>;

/** What the HTTP side needs to know; tokens and scopes may change while it runs. */
export interface Web {
  workspaces: readonly Workspace[];
  installs: Installs;
  appToken: string;
  triggerLife: number;
  faults: FaultBook;
  socketUrl(): string;
  exchangeCode(args: Dict): Dict;
  record(entry: SlackWireEntry): void;
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** Answers the Web API below /api/ and the response_urls. */
export async function serve(web: Web, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const body = await read(request);
  if (pathname.startsWith('/response/') && request.method === 'POST') {
    return serveResponseUrl(web, decodeURI(pathname.slice('/response/'.length)), request, response, body);
  }
  if (pathname.startsWith('/api/')) {
    const query = Object.fromEntries(searchParams);
    return serveApi(web, pathname.slice('/api/'.length), query, request, response, body);
  }
  response.writeHead(404).end();
}

function answer(
  response: ServerResponse,
  status: number,
  body: Dict,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body));
}

/** The arguments as the log shows them: decoded as far as they can be, never with secrets. */
function logged(args: Dict): Dict {
  const { token: _token, client_secret: _secret, code: _code, ...rest } = args;
  return Object.fromEntries(
    Object.entries(rest).map(([name, value]) => {
      try {
        return [name, parseNested({ [name]: value })[name]];
      } catch {
        return [name, value];
      }
    }),
  );
}

function serveApi(
  web: Web,
  name: string,
  query: Dict,
  request: IncomingMessage,
  response: ServerResponse,
  body: string,
) {
  const note = (args: Dict, status: number, error?: string) =>
    web.record({
      to: 'slack',
      method: request.method ?? 'POST',
      path: name,
      body: logged(args),
      status,
      ...(error ? { error } : {}),
    });
  let args: Dict = query;
  try {
    args = { ...query, ...decodeBody(request.headers['content-type'] ?? '', body) };
    const fault = web.faults.strike(name);
    if (fault?.kind === 'rate') {
      note(args, 429, 'ratelimited');
      return answer(
        response,
        429,
        { ok: false, error: 'ratelimited' },
        { 'retry-after': String(fault.retryAfter) },
      );
    }
    if (fault?.kind === 'http') {
      note(args, fault.http, 'http');
      response.writeHead(fault.http, { 'content-type': 'text/plain' }).end('upstream error');
      return;
    }
    if (fault?.kind === 'error') throw new Refusal(fault.error);
    const { result, headers } = perform(web, name, args, request);
    note(args, 200);
    if (fault?.kind === 'lose') {
      request.socket.destroy();
      return;
    }
    answer(response, 200, { ok: true, ...result }, headers);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    note(args, 200, error.code);
    const scopes = web.installs.get(tokenOf(args, request))?.scopes;
    const headers: Record<string, string> = scopes ? { 'x-oauth-scopes': [...scopes].join(',') } : {};
    answer(response, 200, { ok: false, error: error.code, ...error.extra }, headers);
  }
}

/** Authenticates and runs a method. @throws Refusal */
function perform(web: Web, name: string, args: Dict, request: IncomingMessage) {
  const method = methods[name];
  if (!method) throw new Refusal('unknown_method', { req_method: name });
  const token = authenticate(web, method, args, request);
  const installed = token === 'bot' ? web.installs.get(tokenOf(args, request)) : undefined;
  const [first] = web.workspaces;
  const ws = installed?.ws ?? (first as Workspace);
  const scopes = installed?.scopes ?? new Set<string>();
  const call: Call = {
    token,
    scopes,
    enterpriseId: installed?.enterpriseId,
    triggerLife: web.triggerLife,
    revoke: () => {
      if (installed) installed.revoked = true;
    },
    socketUrl: web.socketUrl,
    exchangeCode: web.exchangeCode,
  };
  const parsed = parseNested(args);
  const accepted = call.token === 'bot' ? (method.scopes?.(ws, parsed) ?? []) : [];
  const lacks = accepted.filter((scope) => !scopes.has(scope));
  if (method.allScopes ? lacks.length > 0 : accepted.length > 0 && lacks.length === accepted.length) {
    throw new Refusal('missing_scope', { needed: lacks.join(','), provided: [...scopes].join(',') });
  }
  const { token: _token, ...rest } = parsed;
  const headers: Record<string, string> =
    call.token === 'bot'
      ? { 'x-oauth-scopes': [...scopes].join(','), 'x-accepted-oauth-scopes': accepted.join(',') }
      : {};
  return { result: method.run(ws, rest, call), headers };
}

/** The token of a call, by header or argument; '' when there is none. */
function tokenOf(args: Dict, request: IncomingMessage): string {
  const header = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  return header ?? (typeof args.token === 'string' ? args.token : '');
}

/** @throws Refusal not_authed, invalid_auth, account_inactive, not_allowed_token_type */
function authenticate(web: Web, method: Method, args: Dict, request: IncomingMessage): Call['token'] {
  if (method.token === 'none') return 'none';
  const token = tokenOf(args, request);
  if (token === '') throw new Refusal('not_authed');
  const installed = web.installs.get(token);
  const kind = installed ? 'bot' : token === web.appToken ? 'app' : undefined;
  if (!kind) throw new Refusal('invalid_auth');
  if (installed?.revoked) throw new Refusal('account_inactive');
  if (method.token !== 'any' && kind !== (method.token ?? 'bot')) throw new Refusal('not_allowed_token_type');
  return kind;
}

function serveResponseUrl(
  web: Web,
  id: string,
  request: IncomingMessage,
  response: ServerResponse,
  body: string,
): void {
  let args: Dict = {};
  const note = (status: number, error?: string) =>
    web.record({
      to: 'slack',
      method: 'POST',
      path: 'response_url',
      body: args,
      status,
      ...(error ? { error } : {}),
    });
  try {
    const decoded = decodeBody(request.headers['content-type'] ?? 'application/json', body);
    const inner = typeof decoded.payload === 'string' ? (JSON.parse(decoded.payload) as unknown) : decoded;
    args = isDict(inner) ? inner : {};
    const ws = web.workspaces.find((one) => one.responseUrls.has(id));
    if (!ws) throw new Refusal('invalid_url');
    respond(ws, id, args);
    note(200);
    answer(response, 200, { ok: true });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const gone = ['invalid_url', 'used_url', 'expired_url'].includes(error.code);
    note(gone ? 404 : 400, error.code);
    answer(response, gone ? 404 : 400, { ok: false, error: error.code, ...error.extra });
  }
}

/** Scopes by list, or all. */
export const scopeSet = (scopes: readonly string[] | undefined): Set<string> => new Set(scopes ?? allScopes);
