import { type Dict, isDict } from './kit.ts';
import { Refusal } from './refusal.ts';
import type { Channel, User, Workspace } from './workspace.ts';

/** Arguments that Slack takes as JSON inside a form. */
const nested: Record<string, string> = {
  blocks: 'invalid_blocks_format',
  attachments: 'invalid_attachments',
  view: 'invalid_arguments',
  metadata: 'invalid_metadata_format',
};

/**
 * Decodes the body of a Web API call or of a request to the app's side.
 * @returns the arguments without nested JSON decoded; see `parseNested`.
 * @throws Refusal invalid_json, invalid_post_type
 */
export function decodeBody(contentType: string, body: string): Dict {
  if (body === '') return {};
  if (contentType.startsWith('application/json')) {
    try {
      const value: unknown = JSON.parse(body);
      if (isDict(value)) return value;
    } catch {
      throw new Refusal('invalid_json');
    }
    throw new Refusal('json_not_object');
  }
  if (contentType.startsWith('application/x-www-form-urlencoded')) {
    return Object.fromEntries(new URLSearchParams(body));
  }
  throw new Refusal('invalid_post_type');
}

/** Decodes the JSON that stands as text in some arguments. @throws Refusal with the code of the argument */
export function parseNested(args: Dict): Dict {
  const parsed: Dict = { ...args };
  for (const [key, code] of Object.entries(nested)) {
    const value = args[key];
    if (typeof value !== 'string' || value === '') continue;
    try {
      parsed[key] = JSON.parse(value);
    } catch {
      throw new Refusal(code);
    }
  }
  return parsed;
}

/** The argument as text; '' when it is absent. */
export const str = (args: Dict, name: string): string => {
  const value = args[name];
  return value === undefined || value === null ? '' : String(value);
};

/** The argument as a yes or no, as forms and JSON write them. */
export const flag = (args: Dict, name: string): boolean => ['true', '1'].includes(str(args, name));

/** @throws Refusal invalid_arguments naming the first argument that is missing */
export function need(args: Dict, ...names: string[]): void {
  for (const name of names) {
    if (str(args, name) !== '') continue;
    throw new Refusal('invalid_arguments', {
      response_metadata: { messages: [`[ERROR] missing required field: ${name}`] },
    });
  }
}

/** @throws Refusal user_not_found */
export function userOf(ws: Workspace, id: string): User {
  const user = ws.users.get(id);
  if (!user) throw new Refusal('user_not_found');
  return user;
}

/** The channel with this id or, as posting still allows, this name; undefined when the app cannot see one. */
export function visibleChannel(ws: Workspace, wanted: string): Channel | undefined {
  const name = wanted.replace(/^#/, '');
  const channel =
    ws.channels.get(wanted) ?? [...ws.channels.values()].find((c) => c.name !== '' && c.name === name);
  if (!channel || (channel.kind !== 'public' && !channel.members.has(ws.botUserId))) return undefined;
  return channel;
}

/** @throws Refusal channel_not_found, or not_in_channel when the app must be a member */
export function channelOf(ws: Workspace, args: Dict, options: { member?: boolean } = {}): Channel {
  const wanted = str(args, 'channel');
  const channel = wanted === '' ? undefined : visibleChannel(ws, wanted);
  if (!channel) throw new Refusal('channel_not_found');
  if (options.member && !channel.members.has(ws.botUserId)) throw new Refusal('not_in_channel');
  return channel;
}

/**
 * One page of a list, with Slack's cursors.
 * https://docs.slack.dev/apis/web-api/pagination
 * @throws Refusal invalid_limit, invalid_cursor
 */
export function page<T>(
  all: T[],
  args: Dict,
  key: (item: T) => string,
  most = 1_000,
): { items: T[]; next: string } {
  const wanted = str(args, 'limit') === '' ? 100 : Number(str(args, 'limit'));
  if (!Number.isInteger(wanted) || wanted < 0 || wanted > most) throw new Refusal('invalid_limit');
  const size = wanted === 0 ? all.length : wanted;
  const cursor = str(args, 'cursor');
  const from = cursor === '' ? 0 : all.findIndex((item) => cursorTo(key(item)) === cursor);
  if (from < 0) throw new Refusal('invalid_cursor');
  const following = all[from + size];
  return {
    items: all.slice(from, from + size),
    next: following === undefined ? '' : cursorTo(key(following)),
  };
}

const cursorTo = (key: string): string => Buffer.from(`next:${key}`).toString('base64');
