import { randomBytes } from 'node:crypto';
import type { Block, Dict, View } from './kit.ts';

/** All that Slack remembers. It lives in the stand-in, so that a killed bot finds it again. */
export interface Workspace {
  teamId: string;
  teamName: string;
  appId: string;
  botId: string;
  botUserId: string;
  now: () => Date;
  users: Map<string, User>;
  channels: Map<string, Channel>;
  /** Ephemeral messages and what only the client shows, oldest first. */
  privately: Message[];
  views: Map<string, OpenView>;
  /** Ids of each person's open views, the one on top last. */
  stacks: Map<string, string[]>;
  homes: Map<string, OpenView>;
  /** Whether the app has a Home tab. */
  homeTab: boolean;
  triggers: Map<string, Trigger>;
  responseUrls: Map<string, ResponseUrl>;
  /** What was a message once. */
  deleted: Set<string>;
  lastTs: number;
  lastId: number;
  listeners: Set<() => void>;
}

export interface User {
  id: string;
  handle: string;
  name: string;
  timeZone: string;
  locale: string;
  email?: string;
  isBot: boolean;
  /** Error code of every attempt to write to them directly. */
  dmsClosed?: string;
}

export interface Channel {
  id: string;
  name: string;
  kind: 'public' | 'private' | 'im';
  members: Set<string>;
  /** The person of a direct conversation. */
  user?: string;
  archived?: boolean;
  messages: Message[];
  created: number;
}

/** What the author of a message may say in it. */
export interface Content {
  text: string;
  blocks?: Block[];
  attachments?: Dict[];
}

export interface Message extends Content {
  ts: string;
  channel: string;
  user: string;
  /** The message that began the thread in which it is. */
  threadTs?: string;
  /** A reply that is shown in the conversation as well. */
  broadcast?: boolean;
  /** What stands in the place of a message that was deleted and has replies. */
  tombstone?: boolean;
  metadata?: { event_type: string; event_payload: Dict };
  edited?: { user: string; ts: string };
  /** Only this person sees it. */
  onlyFor?: string;
  /** Mentions that would have notified many: "channel", "here", "everyone", or a user group. */
  pinged: string[];
  /** What it said before it was changed, oldest first. */
  former: Content[];
}

export interface OpenView {
  id: string;
  userId: string;
  view: View;
  hash: string;
  rootId: string;
  previousId: string | null;
  /** When it was opened, as a message `ts`, so that things in sight can be put in order. */
  ts: string;
  /** What the person typed or chose, by block and action. */
  typed: Map<string, unknown>;
  /** What is wrong with fields, by block. */
  errors: Map<string, string>;
  /** What the client says when the app did not answer. */
  trouble?: string;
}

export interface Trigger {
  userId: string;
  /** Real time in milliseconds. */
  at: number;
  used: boolean;
  /** The modal that it came from. */
  viewId?: string;
}

export interface ResponseUrl {
  userId: string;
  channel: string;
  /** The message whose button was pressed. */
  message?: Message;
  uses: number;
  at: number;
}

/** Starts an empty workspace that knows only the app itself. */
export function newWorkspace(teamId: string, teamName: string, now: () => Date): Workspace {
  const ws: Workspace = {
    teamId,
    teamName,
    appId: 'A0SANDBOX01',
    botId: 'B0SANDBOX01',
    botUserId: 'U0SANDBOXBOT',
    now,
    users: new Map(),
    channels: new Map(),
    privately: [],
    views: new Map(),
    stacks: new Map(),
    homes: new Map(),
    homeTab: true,
    triggers: new Map(),
    responseUrls: new Map(),
    deleted: new Set(),
    lastTs: 0,
    lastId: 0,
    listeners: new Set(),
  };
  ws.users.set(ws.botUserId, {
    id: ws.botUserId,
    handle: 'mini_mentorship',
    name: 'Mini Mentorship',
    timeZone: 'Etc/UTC',
    locale: 'en-US',
    isBot: true,
  });
  return ws;
}

/** A new id such as U000000001, unique in the workspace. */
export const newId = (ws: Workspace, letter: string): string =>
  `${letter}${String(++ws.lastId).padStart(9, '0')}`;

/** A message timestamp: unique and never lower than the one before, even when the clock was set back. */
export function newTs(ws: Workspace): string {
  ws.lastTs = Math.max(ws.now().getTime() * 1_000, ws.lastTs + 1);
  return tsOf(ws.lastTs);
}

const tsOf = (micros: number): string =>
  `${Math.floor(micros / 1e6)}.${String(Math.floor(micros % 1e6)).padStart(6, '0')}`;

/** A value that changes with each version of a view. */
export const newHash = (ws: Workspace): string =>
  `${Math.floor(ws.now().getTime() / 1_000)}.${randomBytes(4).toString('hex')}`;

/** Issues the token by which the app may answer this act of a person with a view. */
export function newTrigger(ws: Workspace, userId: string, viewId?: string): string {
  const at = Date.now();
  const id = `${at}.${++ws.lastId}.${randomBytes(16).toString('hex')}`;
  ws.triggers.set(id, { userId, at, used: false, ...(viewId ? { viewId } : {}) });
  return id;
}

/** Tells everybody who waits that something can be seen that could not be seen before. */
export function changed(ws: Workspace): void {
  for (const listener of [...ws.listeners]) listener();
}

/**
 * Waits until `look` finds something, looking again at each change.
 * @param complaint words the error when `timeoutMs` of real time have passed.
 */
export function until<T>(
  ws: Workspace,
  look: () => T | undefined,
  timeoutMs: number,
  complaint: () => string,
): Promise<T> {
  const found = look();
  if (found !== undefined) return Promise.resolve(found);
  return new Promise((resolve, reject) => {
    const listener = () => {
      const seen = look();
      if (seen === undefined) return;
      stop();
      resolve(seen);
    };
    const timer = setTimeout(() => {
      stop();
      reject(new Error(complaint()));
    }, timeoutMs);
    const stop = () => {
      clearTimeout(timer);
      ws.listeners.delete(listener);
    };
    ws.listeners.add(listener);
  });
}

/** The direct conversation of the app with this person, opened when there is none. */
export function directChannel(ws: Workspace, userId: string): Channel {
  for (const channel of ws.channels.values()) if (channel.user === userId) return channel;
  return addChannel(ws, { name: '', kind: 'im', user: userId, members: [userId, ws.botUserId] });
}

/** Adds a channel and returns it. */
export function addChannel(
  ws: Workspace,
  wanted: Pick<Channel, 'name' | 'kind' | 'user'> & { members: string[] },
): Channel {
  const channel: Channel = {
    ...wanted,
    id: newId(ws, wanted.kind === 'im' ? 'D' : 'C'),
    members: new Set(wanted.members),
    messages: [],
    created: Math.floor(ws.now().getTime() / 1_000),
  };
  ws.channels.set(channel.id, channel);
  return channel;
}

/** The view on top of this person's screen. */
export function topView(ws: Workspace, userId: string): OpenView | undefined {
  const id = ws.stacks.get(userId)?.at(-1);
  return id === undefined ? undefined : ws.views.get(id);
}
