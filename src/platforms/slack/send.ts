import type { webApi } from '@slack/bolt';
import type { Log } from '../../log.ts';
import type { SpokenCard } from '../../messages/card.ts';
import { type Address, type Delivery, type Post, PostGone, TryLater, Undeliverable } from '../platform.ts';
import { accessCodes, type Clients, deliveryError, problemOf } from './client.ts';
import { homeView } from './home-view.ts';
import { fallbackText, renderCard, type Side } from './render.ts';
import { pause, type Timing } from './timing.ts';

/** Marks our messages with the delivery they are, for {@link Sender.post} to find when it cannot know. */
const DELIVERY_EVENT = 'mini_mentorship_delivery';

export interface Sender {
  /** @throws Undeliverable, TryLater, and the plain error when only a bug explains it */
  post(address: Address, card: SpokenCard, delivery: Delivery): Promise<Post>;
  /** @throws PostGone, Undeliverable, TryLater, and the plain error when only a bug explains it */
  update(post: Post, card: SpokenCard): Promise<void>;
}

/** Puts cards into channels, direct messages and Homes of one workspace. */
export function createSender(
  { background, homes }: Clients,
  now: () => Date,
  timing: Timing,
  log: Log,
): Sender {
  const turns = new Map<string, number>();
  const conversations = new Map<string, string>();

  /** Slack takes about one message a second a channel (https://docs.slack.dev/apis/web-api/rate-limits). */
  async function turn(channel: string): Promise<void> {
    const at = timing.now();
    for (const [known, next] of turns) if (next <= at) turns.delete(known);
    const mine = Math.max(at, turns.get(channel) ?? 0);
    if (mine - at > timing.postWait)
      throw new TryLater('Slack: too many messages for one channel', mine - at);
    turns.set(channel, mine + timing.postEvery);
    if (mine > at) await pause(mine - at);
  }

  /** Opening a direct conversation that is open answers with it, so a restart needs to remember none. */
  async function conversationWith(userId: string): Promise<string> {
    const known = conversations.get(userId);
    if (known) return known;
    const { channel } = await background.conversations.open({ users: userId });
    if (!channel?.id) throw new Undeliverable('Slack: opened no conversation');
    if (conversations.size >= 10_000) conversations.clear();
    conversations.set(userId, channel.id);
    return channel.id;
  }

  /** The message of an earlier try of this delivery that arrived without our knowing. */
  async function earlier(channel: string, delivery: Delivery, thread?: string): Promise<Found | null> {
    const ours = ({ metadata }: Found) => deliveryIn(metadata) === delivery.id;
    const all = { channel, include_all_metadata: true };
    try {
      const { messages = [] } = await background.conversations.history({ ...all, limit: 50 });
      return (
        messages.find(ours) ??
        (thread === undefined ? null : ((await replies(all, thread)).find(ours) ?? null))
      );
    } catch (error) {
      const problem = problemOf(error);
      if (!problem || deliveryError(error) instanceof Undeliverable || problem.code !== 'missing_scope')
        throw error;
      log.warn({ delivery: delivery.id }, 'Slack lets us read no history here; the message may come twice');
      return null;
    }
  }

  /** What stands in a thread, which the history of a conversation leaves out; nothing when the thread is gone. */
  async function replies(
    all: { channel: string; include_all_metadata: boolean },
    ts: string,
  ): Promise<Found[]> {
    try {
      return (await background.conversations.replies({ ...all, ts, limit: 200 })).messages ?? [];
    } catch (error) {
      if (problemOf(error)?.code !== 'thread_not_found') throw error;
      return [];
    }
  }

  const side = (spaceId: string): Side => ({ spaceId, now: now() });

  async function mapped<T>(act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      const code = problemOf(error)?.code;
      if (code && accessCodes.has(code)) {
        log.error({ code }, 'Slack refuses our token; run the doctor to see what to mend');
      }
      if (code === 'not_enabled') {
        log.error('Slack shows no Home tab: paste manifests/slack.json into the app’s manifest once more');
      }
      throw deliveryError(error);
    }
  }

  const content = (card: SpokenCard, spaceId: string) => ({
    text: fallbackText(card, side(spaceId)),
    blocks: renderCard(card, side(spaceId)),
  });

  const marked = ({ id }: Delivery) => ({
    metadata: { event_type: DELIVERY_EVENT, event_payload: { delivery: id } },
  });

  /** Into the thread, or, when that is gone, as a message that may begin a new one. */
  async function put(
    message: { channel: string } & ReturnType<typeof content> & ReturnType<typeof marked>,
    thread: { of: string; inSight: boolean } | undefined,
  ): Promise<webApi.ChatPostMessageResponse> {
    const quiet = { ...message, unfurl_links: false, unfurl_media: false };
    if (!thread) return background.chat.postMessage(quiet);
    try {
      const reply = { ...quiet, thread_ts: thread.of };
      return await background.chat.postMessage(thread.inSight ? { ...reply, reply_broadcast: true } : reply);
    } catch (error) {
      if (!noThread.has(problemOf(error)?.code ?? '')) throw error;
      return background.chat.postMessage(quiet);
    }
  }

  /** @throws PostGone when there is nothing any more that could be changed */
  async function change(post: Post, card: SpokenCard, delivery?: Delivery): Promise<void> {
    try {
      await background.chat.update({
        channel: post.channelId,
        ts: post.messageId,
        ...content(card, post.spaceId),
        ...(delivery && marked(delivery)),
      });
    } catch (error) {
      const code = problemOf(error)?.code ?? '';
      if (gone.has(code)) throw new PostGone(`Slack: ${code}`, { cause: error });
      throw error;
    }
  }

  /** @returns where it is: the view's hash, which changes with every version, stands for the message */
  async function publish(address: Extract<Address, { to: 'home' }>, card: SpokenCard): Promise<Post> {
    const { spaceId, userId, hash } = address;
    try {
      const { view } = await homes.views.publish({
        user_id: userId,
        view: homeView(card, side(spaceId)),
        ...(hash && { hash }),
      });
      return { platform: 'slack', spaceId, channelId: userId, messageId: view?.hash ?? '' };
    } catch (error) {
      if (problemOf(error)?.code !== 'hash_conflict') throw error;
      throw new TryLater('Slack: the Home was changed meanwhile', undefined, error);
    }
  }

  return {
    post: (address, card, delivery) =>
      mapped(async () => {
        const { spaceId } = address;
        if (address.to === 'home') return publish(address, card);
        const channel = address.to === 'channel' ? address.channelId : await conversationWith(address.userId);
        const thread = address.to === 'person' ? address.thread : undefined;
        const found = delivery.maybeSent ? await earlier(channel, delivery, thread?.of) : null;
        const at = (channelId: string, { ts, thread_ts: of }: Found): Post => ({
          platform: 'slack',
          spaceId,
          channelId,
          messageId: String(ts),
          // The message that begins a thread names itself.
          ...(of !== undefined && of !== ts && { threadId: of }),
        });
        if (found) {
          const post = at(channel, found);
          await change(post, card, delivery).catch(unlessGone);
          return post;
        }
        await turn(channel);
        const sent = await put({ channel, ...content(card, spaceId), ...marked(delivery) }, thread);
        // What Slack says about the message itself: a thread that was deleted meanwhile is left out without a word.
        return at(sent.channel ?? channel, { ...sent.message, ts: String(sent.ts) });
      }),

    update: (post, card) => mapped(() => change(post, card)),
  };
}

/** https://docs.slack.dev/reference/methods/chat.update#errors */
const gone = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed']);

/** What Slack answers where there is nothing to reply to: https://docs.slack.dev/reference/methods/chat.postMessage */
const noThread = new Set(['thread_not_found', 'cannot_reply_to_message', 'restricted_action_thread_locked']);

/** A message that was just found cannot be changed: it may be deleted at this moment, and is no reason to post again. */
function unlessGone(error: unknown): void {
  if (!(error instanceof PostGone)) throw error;
}

type Metadata = NonNullable<webApi.ConversationsHistoryResponse['messages']>[number]['metadata'];

/** What is looked at of a message. */
interface Found {
  ts?: string | undefined;
  thread_ts?: string | undefined;
  metadata?: Metadata | undefined;
}

function deliveryIn(metadata: Metadata): string | null {
  if (metadata?.event_type !== DELIVERY_EVENT) return null;
  const payload = metadata.event_payload as Record<string, unknown> | undefined;
  return typeof payload?.delivery === 'string' ? payload.delivery : null;
}
