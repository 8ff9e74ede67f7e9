import { channelOf, flag, need, page, str, userOf, visibleChannel } from './arguments.ts';
import type { Dict } from './kit.ts';
import { messageObject } from './messages.ts';
import type { Method } from './methods.ts';
import { writable } from './methods-chat.ts';
import { Refusal } from './refusal.ts';
import { type Channel, directChannel, type Workspace } from './workspace.ts';

const family = { public: 'channels', private: 'groups', im: 'im' } as const;

/** Conversations ask for the scope of their kind: channels:read, groups:read, im:read … */
const scopeOf = (what: 'read' | 'history') => (ws: Workspace, args: Dict) => [
  `${family[visibleChannel(ws, str(args, 'channel'))?.kind ?? 'public']}:${what}`,
];

function channelObject(ws: Workspace, channel: Channel): Dict {
  const im = channel.kind === 'im';
  return {
    id: channel.id,
    created: channel.created,
    is_channel: channel.kind === 'public',
    is_group: channel.kind === 'private',
    is_im: im,
    is_mpim: false,
    is_private: channel.kind !== 'public',
    is_archived: channel.archived ?? false,
    is_member: channel.members.has(ws.botUserId),
    is_general: channel.name === 'general',
    ...(im
      ? { user: channel.user, is_open: true }
      : {
          name: channel.name,
          name_normalized: channel.name,
          num_members: channel.members.size,
          topic: { value: '', creator: '', last_set: 0 },
          purpose: { value: '', creator: '', last_set: 0 },
        }),
  };
}

const types: Record<string, Channel['kind']> = {
  public_channel: 'public',
  private_channel: 'private',
  im: 'im',
};

const wantedKinds = (args: Dict): Channel['kind'][] =>
  (str(args, 'types') || 'public_channel')
    .split(',')
    .map((type) => type.trim())
    .filter((type) => type !== 'mpim')
    .map((type) => {
      const kind = types[type];
      if (!kind) throw new Refusal('invalid_types');
      return kind;
    });

/** Messages between `oldest` and `latest`, as both methods that list messages take them. */
function inRange(ws: Workspace, channel: Channel, args: Dict) {
  const oldest = str(args, 'oldest') || '0';
  const latest = str(args, 'latest') || '99999999999';
  const inclusive = flag(args, 'inclusive');
  const within = (ts: string) =>
    (Number(ts) > Number(oldest) && Number(ts) < Number(latest)) ||
    (inclusive && (ts === oldest || ts === latest));
  const show = (message: Channel['messages'][number]) =>
    messageObject(ws, message, { metadata: flag(args, 'include_all_metadata') });
  return { messages: channel.messages.filter((message) => within(message.ts)), show };
}

/** https://docs.slack.dev/reference/methods?family=conversations */
export const conversationMethods: Record<string, Method> = {
  'conversations.open': {
    scopes: () => ['im:write'],
    run(ws, args) {
      const users = str(args, 'users').split(',').filter(Boolean);
      if (users.length === 0 && str(args, 'channel') !== '') {
        return { no_op: true, already_open: true, channel: { id: channelOf(ws, args).id } };
      }
      if (users.length === 0) throw new Refusal('users_list_not_supplied');
      if (users.length > 1) throw new Refusal('missing_scope', { needed: 'mpim:write' });
      const userId = writable(ws, String(users[0]));
      const already = [...ws.channels.values()].some((channel) => channel.user === userId);
      const channel = directChannel(ws, userId);
      return {
        no_op: already,
        already_open: already,
        channel: flag(args, 'return_im') ? channelObject(ws, channel) : { id: channel.id },
      };
    },
  },
  'conversations.info': {
    scopes: scopeOf('read'),
    run: (ws, args) => ({ channel: channelObject(ws, channelOf(ws, args)) }),
  },
  'conversations.list': {
    scopes: (_ws, args) => wantedKinds(args).map((kind) => `${family[kind]}:read`),
    allScopes: true,
    run(ws, args) {
      const kinds = wantedKinds(args);
      const all = [...ws.channels.values()].filter(
        (channel) =>
          kinds.includes(channel.kind) &&
          visibleChannel(ws, channel.id) &&
          !(channel.archived && flag(args, 'exclude_archived')),
      );
      const { items, next } = page(all, args, (channel) => channel.id);
      return {
        channels: items.map((channel) => channelObject(ws, channel)),
        response_metadata: { next_cursor: next },
      };
    },
  },
  'conversations.members': {
    scopes: scopeOf('read'),
    run(ws, args) {
      const { items, next } = page([...channelOf(ws, args).members], args, (id) => id);
      return { members: items, response_metadata: { next_cursor: next } };
    },
  },
  'conversations.history': {
    scopes: scopeOf('history'),
    run(ws, args) {
      const { messages, show } = inRange(ws, channelOf(ws, args, { member: true }), args);
      const newestFirst = messages.filter((m) => !m.threadTs || m.broadcast).reverse();
      const { items, next } = page(newestFirst, args, (message) => message.ts, 999);
      return {
        messages: items.map(show),
        has_more: next !== '',
        pin_count: 0,
        ...(next === '' ? {} : { response_metadata: { next_cursor: next } }),
      };
    },
  },
  'conversations.replies': {
    scopes: scopeOf('history'),
    run(ws, args) {
      need(args, 'ts');
      const channel = channelOf(ws, args, { member: true });
      const ts = str(args, 'ts');
      if (!channel.messages.some((message) => message.ts === ts)) throw new Refusal('thread_not_found');
      const { messages, show } = inRange(ws, channel, args);
      const thread = messages.filter((message) => message.ts === ts || message.threadTs === ts);
      const { items, next } = page(thread, args, (message) => message.ts);
      return {
        messages: items.map(show),
        has_more: next !== '',
        ...(next === '' ? {} : { response_metadata: { next_cursor: next } }),
      };
    },
  },
  'conversations.join': {
    scopes: () => ['channels:join'],
    run(ws, args) {
      const channel = channelOf(ws, args);
      if (channel.kind !== 'public') throw new Refusal('method_not_supported_for_channel_type');
      channel.members.add(userOf(ws, ws.botUserId).id);
      return { channel: channelObject(ws, channel) };
    },
  },
};
