import { randomBytes } from 'node:crypto';
import { flag, str } from './arguments.ts';
import type { Dict } from './kit.ts';
import { SLACK_TIMES } from './limits.ts';
import { contentOf, edit, metadataOf, post, refuseEmpty, remove } from './messages.ts';
import { Refusal } from './refusal.ts';
import { type Channel, changed, type Message, newTs, type Workspace } from './workspace.ts';

/** Issues the path of a response_url for an act of this person. `message` is the one whose button was pressed. */
export function newResponseUrl(ws: Workspace, userId: string, channel: string, message?: Message): string {
  const id = `${ws.teamId}/${++ws.lastId}/${randomBytes(12).toString('hex')}`;
  const at = ws.now().getTime();
  ws.responseUrls.set(id, { userId, channel, uses: 0, at, ...(message ? { message } : {}) });
  return `/response/${id}`;
}

/** Shows a message of the app to one person, as the answer to a command does: the app need not be in the channel. */
export function showPrivately(ws: Workspace, userId: string, channelId: string, content: Dict): Message {
  const said = contentOf(content);
  refuseEmpty(said);
  return post(ws, channelById(ws, channelId), said, { onlyFor: userId });
}

/** Shows what the client itself, or Slackbot, says to one person. */
export function notice(ws: Workspace, userId: string, channelId: string, text: string): void {
  const ts = newTs(ws);
  ws.privately.push({
    ts,
    channel: channelId,
    user: 'USLACKBOT',
    text,
    onlyFor: userId,
    pinged: [],
    former: [],
  });
  changed(ws);
}

function channelById(ws: Workspace, id: string): Channel {
  const channel = ws.channels.get(id);
  if (!channel) throw new Refusal('channel_not_found');
  return channel;
}

/**
 * Does what a POST to a response_url asks for: five times within 30 minutes.
 * https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
 * @throws Refusal invalid_url, used_url, expired_url, and those of a message's content
 */
export function respond(ws: Workspace, id: string, args: Dict) {
  const url = ws.responseUrls.get(id);
  if (!url) throw new Refusal('invalid_url');
  if (url.uses >= SLACK_TIMES.responseUrlUses) throw new Refusal('used_url');
  if (ws.now().getTime() - url.at > SLACK_TIMES.responseUrl) throw new Refusal('expired_url');
  url.uses += 1;
  if (flag(args, 'delete_original') && url.message) return remove(ws, url.message);
  const content = contentOf(args);
  refuseEmpty(content);
  if (flag(args, 'replace_original') && url.message) {
    return edit(ws, url.message, { text: '', blocks: [], attachments: [], ...content });
  }
  const inChannel = str(args, 'response_type') === 'in_channel';
  const metadata = metadataOf(args.metadata);
  const threadTs = str(args, 'thread_ts');
  post(ws, channelById(ws, url.channel), content, {
    ...(inChannel ? {} : { onlyFor: url.userId }),
    ...(metadata && inChannel ? { metadata } : {}),
    ...(threadTs ? { threadTs } : {}),
  });
}
