import { channelOf, flag, need, str, userOf } from './arguments.ts';
import type { Dict } from './kit.ts';
import { SLACK_LIMITS as L } from './limits.ts';
import { contentOf, edit, messageObject, metadataOf, post, refuseEmpty, remove } from './messages.ts';
import type { Method } from './methods.ts';
import { Refusal } from './refusal.ts';
import { type Channel, directChannel, type Message, type Workspace } from './workspace.ts';

const scopes = () => ['chat:write'];

/** Where a post goes: a channel, or the direct conversation when `channel` is a person's id. */
function destination(ws: Workspace, args: Dict): Channel {
  const wanted = str(args, 'channel');
  const channel = ws.users.has(wanted)
    ? directChannel(ws, writable(ws, wanted))
    : channelOf(ws, args, { member: true });
  if (channel.user) writable(ws, channel.user);
  if (channel.archived) throw new Refusal('is_archived');
  return channel;
}

/** @throws Refusal when this person cannot be written to */
export function writable(ws: Workspace, userId: string): string {
  const user = userOf(ws, userId);
  if (user.isBot) throw new Refusal('cannot_dm_bot');
  if (user.dmsClosed) throw new Refusal(user.dmsClosed);
  return userId;
}

/**
 * The thread for which a reply is. One to a reply goes into the thread of that. Below a message that was deleted, and
 * had no replies, Slack puts it into the conversation without a word (https://github.com/slack-go/slack/issues/1571).
 * @throws Refusal thread_not_found for what never was a message here
 */
function threadIn(ws: Workspace, channel: Channel, wanted: string): string | undefined {
  if (wanted === '') return undefined;
  const parent = channel.messages.find((m) => m.ts === wanted);
  if (parent) return parent.threadTs ?? parent.ts;
  if (!ws.deleted.has(wanted)) throw new Refusal('thread_not_found');
  return undefined;
}

function own(ws: Workspace, args: Dict, code: string): Message {
  const channel = channelOf(ws, args);
  const message = channel.messages.find((m) => m.ts === str(args, 'ts'));
  if (!message || message.tombstone) throw new Refusal('message_not_found');
  if (message.user !== ws.botUserId) throw new Refusal(code);
  return message;
}

const parsesNames = (args: Dict) => flag(args, 'link_names') || str(args, 'parse') === 'full';

/** https://docs.slack.dev/reference/methods?family=chat */
export const chatMethods: Record<string, Method> = {
  'chat.postMessage': {
    scopes,
    run(ws, args) {
      const channel = destination(ws, args);
      const content = contentOf(args);
      refuseEmpty(content);
      const threadTs = threadIn(ws, channel, str(args, 'thread_ts'));
      const metadata = metadataOf(args.metadata);
      const message = post(ws, channel, content, {
        ...(threadTs ? { threadTs, broadcast: flag(args, 'reply_broadcast') } : {}),
        ...(metadata ? { metadata } : {}),
        parsesNames: parsesNames(args),
      });
      return {
        channel: channel.id,
        ts: message.ts,
        message: messageObject(ws, message, { metadata: true }),
      };
    },
  },
  'chat.postEphemeral': {
    scopes,
    run(ws, args) {
      need(args, 'user');
      const channel = channelOf(ws, args, { member: true });
      if (!channel.members.has(userOf(ws, str(args, 'user')).id)) throw new Refusal('user_not_in_channel');
      const content = contentOf(args);
      refuseEmpty(content);
      const message = post(ws, channel, content, {
        onlyFor: str(args, 'user'),
        parsesNames: parsesNames(args),
      });
      return { message_ts: message.ts };
    },
  },
  'chat.update': {
    scopes,
    run(ws, args) {
      need(args, 'channel', 'ts');
      const message = own(ws, args, 'cant_update_message');
      const content = contentOf(args);
      if (Buffer.byteLength(content.text ?? '') > L.updatedTextBytes.max) throw new Refusal('msg_too_long');
      refuseEmpty({ ...message, ...content });
      if (args.metadata !== undefined) {
        const metadata = metadataOf(args.metadata);
        if (metadata) message.metadata = metadata;
        else delete message.metadata;
      }
      edit(ws, message, content);
      return {
        channel: message.channel,
        ts: message.ts,
        text: message.text,
        message: messageObject(ws, message, { metadata: true }),
      };
    },
  },
  'chat.delete': {
    scopes,
    run(ws, args) {
      need(args, 'channel', 'ts');
      const message = own(ws, args, 'cant_delete_message');
      remove(ws, message);
      return { channel: message.channel, ts: message.ts };
    },
  },
};
