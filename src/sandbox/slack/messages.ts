import { checkBlocks, problems } from './check-blocks.ts';
import { type Block, type Dict, isDict, withIds } from './kit.ts';
import { SLACK_LIMITS as L } from './limits.ts';
import { kept, keptDeep } from './mrkdwn.ts';
import { Refusal } from './refusal.ts';
import { type Channel, type Content, changed, type Message, newTs, type Workspace } from './workspace.ts';

/**
 * Reads `text`, `blocks` and `attachments` of a payload and checks them.
 * @returns only what the payload names, so that an update can keep the rest.
 * @throws Refusal with Slack's code: invalid_blocks_format, invalid_blocks, msg_too_long
 */
export function contentOf(args: Dict): Partial<Content> {
  const content: Partial<Content> = {};
  if (args.text !== undefined && args.text !== null) content.text = kept(String(args.text), 'mrkdwn');
  if ((content.text?.length ?? 0) > L.messageText.max) throw new Refusal('msg_too_long');
  if (args.blocks !== undefined && args.blocks !== null)
    content.blocks = checkedBlocks(args.blocks, '/blocks');
  if (args.attachments !== undefined && args.attachments !== null) {
    if (!Array.isArray(args.attachments)) throw new Refusal('invalid_attachments');
    content.attachments = args.attachments.filter(isDict).map((attachment, i) => ({
      ...keptDeep(attachment),
      ...(attachment.blocks === undefined
        ? {}
        : { blocks: checkedBlocks(attachment.blocks, `/attachments/${i}/blocks`) }),
    }));
  }
  return content;
}

function checkedBlocks(blocks: unknown, at: string): Block[] {
  if (!Array.isArray(blocks)) throw new Refusal('invalid_blocks_format');
  const p = problems();
  checkBlocks(blocks, 'message', at, p);
  if (p.list.length > 0) {
    throw new Refusal('invalid_blocks', { errors: p.list, response_metadata: { messages: p.list } });
  }
  return withIds(keptDeep(blocks as Block[]));
}

/** @throws Refusal no_text when a reader would see nothing. */
export function refuseEmpty(content: Partial<Content>): void {
  if (!content.text && !content.blocks?.length && !content.attachments?.length) throw new Refusal('no_text');
}

/**
 * Metadata of a message. Slack keeps it only when it has both `event_type` and `event_payload`.
 * https://docs.slack.dev/messaging/message-metadata
 */
export function metadataOf(value: unknown): Message['metadata'] {
  if (value === undefined || value === null || value === '') return undefined;
  if (!isDict(value)) throw new Refusal('invalid_metadata_format');
  if (Buffer.byteLength(JSON.stringify(value)) > L.metadataBytes.max) throw new Refusal('metadata_too_large');
  if (typeof value.event_type !== 'string' || !isDict(value.event_payload)) return undefined;
  return { event_type: value.event_type, event_payload: value.event_payload };
}

const broadcast = /<!(channel|here|everyone|subteam\^\w+)(?:\|[^>]*)?>/g;
const bareBroadcast = /(?:^|\s)@(channel|here|everyone)\b/g;

/**
 * Whom this content would have pinged beside the people it names. The fallback text counts too: it is what a
 * notification shows. `parsesNames`: Slack was told to look for bare @names as well (`link_names`, `parse: full`).
 */
export function pinged(content: Partial<Content>, parsesNames = false): string[] {
  const texts = [content.text ?? '', ...marked(content.blocks), ...marked(content.attachments)];
  const found = texts.flatMap((text) => [
    ...[...text.matchAll(broadcast)].map((match) => match[1] ?? ''),
    ...(parsesNames ? [...text.matchAll(bareBroadcast)].map((match) => match[1] ?? '') : []),
  ]);
  return [...new Set(found)];
}

/** Every string that Slack reads as mrkdwn inside blocks or attachments, and broadcasts in rich text. */
function marked(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(marked);
  if (!isDict(value)) return [];
  if (value.type === 'plain_text') return [];
  if (value.type === 'broadcast') return [`<!${String(value.range)}>`];
  const own = value.type === 'mrkdwn' || value.type === 'markdown' || value.fallback !== undefined;
  return [...(own ? [String(value.text ?? '')] : []), ...Object.values(value).flatMap(marked)];
}

/** Puts a message of the app into a channel, or privately before one person, and tells those who wait. */
export function post(
  ws: Workspace,
  channel: Channel,
  content: Partial<Content>,
  extra: Partial<Pick<Message, 'threadTs' | 'broadcast' | 'metadata' | 'onlyFor' | 'user'>> & {
    parsesNames?: boolean;
  } = {},
): Message {
  const { parsesNames, ...rest } = extra;
  const message: Message = {
    ts: newTs(ws),
    channel: channel.id,
    user: ws.botUserId,
    ...content,
    text: content.text ?? '',
    ...rest,
    pinged: pinged(content, parsesNames),
    former: [],
  };
  (message.onlyFor ? ws.privately : channel.messages).push(message);
  changed(ws);
  return message;
}

/** Changes what a message says, keeping what it said before for those who have not seen the change yet. */
export function edit(ws: Workspace, message: Message, content: Partial<Content>): void {
  const { text, blocks, attachments } = message;
  message.former.push({ text, ...(blocks ? { blocks } : {}), ...(attachments ? { attachments } : {}) });
  Object.assign(message, content);
  message.pinged = [...new Set([...message.pinged, ...pinged(content)])];
  message.edited = { user: ws.botUserId, ts: newTs(ws) };
  changed(ws);
}

/** Takes a message away. One that has replies leaves a note in its place, below which they stay. */
export function remove(ws: Workspace, message: Message): void {
  const list = message.onlyFor ? ws.privately : ws.channels.get(message.channel)?.messages;
  const at = list?.indexOf(message) ?? -1;
  if (list?.some(({ threadTs }) => threadTs === message.ts)) {
    for (const key of ['blocks', 'attachments', 'metadata'] as const) delete message[key];
    Object.assign(message, { text: 'This message was deleted.', user: 'USLACKBOT', tombstone: true });
  } else if (at >= 0) list?.splice(at, 1);
  ws.deleted.add(message.ts);
  changed(ws);
}

/** The message as the Web API and payloads show it. `content` shows a former version. */
export function messageObject(
  ws: Workspace,
  message: Message,
  options: { metadata?: boolean; content?: Content } = {},
): Dict {
  const { text, blocks, attachments } = options.content ?? message;
  return {
    type: 'message',
    user: message.user,
    ...(message.user === ws.botUserId ? { bot_id: ws.botId, app_id: ws.appId } : {}),
    team: ws.teamId,
    ts: message.ts,
    text,
    ...(blocks?.length ? { blocks } : {}),
    ...(attachments?.length ? { attachments } : {}),
    ...threadOf(ws, message),
    ...(message.edited ? { edited: message.edited } : {}),
    ...(options.metadata && message.metadata ? { metadata: message.metadata } : {}),
  };
}

/**
 * What a message says of its thread: a reply names the message that began it, which in turn tells of its replies.
 * https://docs.slack.dev/messaging/retrieving-messages and https://docs.slack.dev/reference/events/message/thread_broadcast
 */
function threadOf(ws: Workspace, message: Message): Dict {
  const all = ws.channels.get(message.channel)?.messages ?? [];
  if (message.threadTs !== undefined) {
    const root = all.find(({ ts }) => ts === message.threadTs);
    const shown = message.broadcast && root ? { root: messageObject(ws, root) } : {};
    return {
      thread_ts: message.threadTs,
      ...(message.broadcast ? { subtype: 'thread_broadcast' } : {}),
      ...shown,
    };
  }
  const replies = all.filter(({ threadTs }) => threadTs === message.ts);
  const users = [...new Set(replies.map(({ user }) => user))];
  return {
    ...(message.tombstone ? { subtype: 'tombstone', hidden: true } : {}),
    ...(replies.length > 0 && {
      thread_ts: message.ts,
      reply_count: replies.length,
      reply_users_count: users.length,
      reply_users: users,
      latest_reply: replies.at(-1)?.ts,
      is_locked: false,
    }),
  };
}
