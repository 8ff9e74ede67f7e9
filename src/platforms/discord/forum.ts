import { ChannelFlags, ChannelType, type REST, Routes } from 'discord.js';
import { z } from 'zod';
import type { SpokenCard } from '../../messages/card.ts';
import { isRefused } from './errors.ts';
import { limits, shorten } from './limits.ts';
import { render } from './render.ts';
import { type Threads, threadName } from './threads.ts';

/** How long what is known about a channel is believed. */
const FRESH_MS = 10 * 60_000;

const channelShape = z.object({
  type: z.number(),
  flags: z.number().default(0),
  available_tags: z.array(z.object({ id: z.string(), name: z.string() }).loose()).default([]),
});
type Channel = z.infer<typeof channelShape>;

/** Cards as posts of a forum channel, tagged by where they stand (https://discord.com/developers/docs/topics/threads#forums). */
export interface Forum {
  isForum(channelId: string): Promise<boolean>;
  /** @returns the id of the post, which its first message has too */
  post(channelId: string, card: SpokenCard, mark: number): Promise<string>;
  /** Brings a post up to date, tags it anew, closes it at its end and opens it again after one. */
  update(postId: string, card: SpokenCard, mark?: number): Promise<void>;
}

/** @param now milliseconds since 1970 */
export function createForum(rest: REST, threads: Threads, now: () => number): Forum {
  const known = new Map<string, { at: number; channel: Promise<Channel> }>();
  /** Forums in which the bot may not make tags, and since when. */
  const untagged = new Map<string, number>();

  const ask = async (channelId: string) => channelShape.parse(await rest.get(Routes.channel(channelId)));

  /** Asks once for many who wait. */
  async function look(channelId: string): Promise<Channel> {
    let it = known.get(channelId);
    if (!it || now() - it.at >= FRESH_MS) {
      it = { at: now(), channel: ask(channelId) };
      known.set(channelId, it);
    }
    try {
      return await it.channel;
    } catch (error) {
      known.delete(channelId);
      throw error;
    }
  }

  /** Ids of the tags for where a card stands: the one of that name, made where there is none and the bot may. */
  async function tagsFor(channelId: string, { stage }: SpokenCard): Promise<string[]> {
    const channel = await look(channelId);
    if (stage) {
      const name = shorten(stage.label, limits.tagName.max);
      const named = (one: Channel) =>
        one.available_tags.find((tag) => tag.name.toLowerCase() === name.toLowerCase());
      const tag = named(channel) ?? named(await withTag(channelId, channel, name));
      if (tag) return [tag.id];
    }
    // Where a post must have a tag, any is better than no post.
    const [first] = channel.available_tags;
    return first && (channel.flags & ChannelFlags.RequireTag) !== 0 ? [first.id] : [];
  }

  async function withTag(channelId: string, channel: Channel, name: string): Promise<Channel> {
    const refusedAt = untagged.get(channelId) ?? Number.NEGATIVE_INFINITY;
    const full = channel.available_tags.length >= limits.availableTags.max;
    if (full || now() - refusedAt < FRESH_MS) return channel;
    try {
      const body = { available_tags: [...channel.available_tags, { name }] };
      const changed = channelShape.parse(await rest.patch(Routes.channel(channelId), { body }));
      known.set(channelId, { at: now(), channel: Promise.resolve(changed) });
      return changed;
    } catch (error) {
      if (!isRefused(error)) throw error;
      untagged.set(channelId, now());
      return channel;
    }
  }

  return {
    isForum: async (channelId) => (await look(channelId)).type === ChannelType.GuildForum,
    async post(channelId, card, mark) {
      const { flags, ...message } = render(card, mark);
      const body = {
        name: threadName(card.title),
        message: { ...message, flags },
        applied_tags: await tagsFor(channelId, card),
      };
      const { id } = z.object({ id: z.string() }).parse(await rest.post(Routes.threads(channelId), { body }));
      if (card.stage?.over) await threads.close(id);
      return id;
    },
    async update(postId, card, mark) {
      const thread = await threads.get(postId);
      const closed = thread.thread_metadata?.archived ?? false;
      const over = card.stage?.over ?? false;
      if (closed) await threads.reopen(postId);
      await rest.patch(Routes.channelMessage(postId, postId), { body: render(card, mark) });
      const applied_tags = thread.parent_id ? await tagsFor(thread.parent_id, card) : [];
      const retag = applied_tags.join() !== thread.applied_tags.join();
      if (over) await threads.close(postId, retag ? { applied_tags } : {});
      else if (retag) await rest.patch(Routes.channel(postId), { body: { applied_tags } });
    },
  };
}
