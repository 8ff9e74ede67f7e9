import type { Dict } from './kit.ts';
import { chatMethods } from './methods-chat.ts';
import { conversationMethods } from './methods-conversations.ts';
import { peopleMethods } from './methods-people.ts';
import { viewMethods } from './methods-views.ts';
import type { Workspace } from './workspace.ts';

/** What a method may know about the call beside its arguments. */
export interface Call {
  token: 'bot' | 'app' | 'none';
  scopes: ReadonlySet<string>;
  /** Of a token for a whole organisation. */
  enterpriseId?: string | undefined;
  /** Gives tokens for a code. @throws Refusal */
  exchangeCode(args: Dict): Dict;
  /** Milliseconds that a trigger lives. */
  triggerLife: number;
  /** Makes the bot token invalid from now on. */
  revoke(): void;
  /** A fresh WebSocket address for Socket Mode. */
  socketUrl(): string;
}

export interface Method {
  /** Which token it takes; the bot's when absent. */
  token?: 'app' | 'any' | 'none';
  /** Scopes of which the token needs one, or all with `allScopes`. */
  scopes?: (ws: Workspace, args: Dict) => string[];
  allScopes?: boolean;
  /** @returns the answer without `ok`. @throws Refusal */
  run(ws: Workspace, args: Dict, call: Call): Dict;
}

/** The Web API methods that the stand-in knows. */
export const methods: Record<string, Method> = {
  ...chatMethods,
  ...conversationMethods,
  ...peopleMethods,
  ...viewMethods,
  'oauth.v2.access': { token: 'none', run: (_ws, args, call) => call.exchangeCode(args) },
  'apps.connections.open': { token: 'app', run: (_ws, _args, call) => ({ url: call.socketUrl() }) },
};

/** All scopes that some method asks for; what a token is granted unless the stand-in is told otherwise. */
export const allScopes: readonly string[] = [
  'commands',
  'chat:write',
  'im:write',
  'users:read',
  'users:read.email',
  'team:read',
  'channels:join',
  ...['channels', 'groups', 'im'].flatMap((family) => [`${family}:read`, `${family}:history`]),
];
