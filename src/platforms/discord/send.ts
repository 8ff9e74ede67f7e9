import { createHash } from 'node:crypto';
import { type REST, Routes } from 'discord.js';
import { z } from 'zod';
import type { Language } from '../../core/language.ts';
import type { Log } from '../../log.ts';
import type { SpokenCard } from '../../messages/card.ts';
import { type Address, type Delivery, type Post, type Rooms, Undeliverable } from '../platform.ts';
import { createDirect } from './direct.ts';
import { isGone, translated } from './errors.ts';
import { createForum } from './forum.ts';
import { limits } from './limits.ts';
import { render } from './render.ts';
import { createRooms } from './rooms.ts';
import { createThreads, threadName } from './threads.ts';

/** How many messages back a delivery is looked for whose outcome is unknown. */
const LOOK_BACK = 50;
/** How many posts of a forum. */
const LOOK_BACK_POSTS = 15;

const withId = z.object({ id: z.string() });
const message = z.object({
  id: z.string(),
  author: z.object({ bot: z.boolean().optional() }),
  components: z.array(z.object({ id: z.number().optional() })).default([]),
});

export interface Sender {
  /** @throws Undeliverable, TryLater */
  post(address: Address, card: SpokenCard, delivery: Delivery): Promise<Post>;
  /** @throws PostGone, Undeliverable, TryLater */
  update(post: Post, card: SpokenCard): Promise<void>;
  rooms: Rooms;
  /** This person was here: direct messages that were closed are tried again. */
  visited(userId: string): void;
}

/** Puts a card into a channel or thread as a message, at most once a delivery. @returns the message's id */
export type PutMessage = (channelId: string, card: SpokenCard, delivery: Delivery) => Promise<string>;

/**
 * Brings cards to channels and people.
 * @param rest a client of its own without retries and without waiting for rate limits: the courier does both
 * @param fallback id of the channel (empty: none) in whose private threads people are told what their direct messages refuse
 * @param now milliseconds since 1970
 */
export function createSender(parts: {
  rest: REST;
  fallback: () => string;
  now: () => number;
  log: Log;
  /** Of what many read. */
  language: Language;
}): Sender {
  const { rest, now } = parts;
  const threads = createThreads(rest);
  const forum = createForum(rest, threads, now);

  /** The message that an earlier try of this delivery put there, when it arrived. */
  async function sentBefore(channelId: string, mark: number): Promise<string | null> {
    const query = new URLSearchParams({ limit: String(LOOK_BACK) });
    const history = z.array(message).safeParse(await rest.get(Routes.channelMessages(channelId), { query }));
    if (!history.success) return null;
    return history.data.find((one) => isOurs(one, mark))?.id ?? null;
  }

  const put: PutMessage = async (channelId, card, delivery) => {
    const mark = markOf(delivery.id);
    const found = delivery.maybeSent ? await sentBefore(channelId, mark) : null;
    if (found) {
      await rest.patch(Routes.channelMessage(channelId, found), { body: render(card, mark) });
      return found;
    }
    const nonce = { nonce: delivery.id.slice(0, limits.nonce.max), enforce_nonce: true };
    const body = { ...render(card, mark), ...nonce };
    return withId.parse(await rest.post(Routes.channelMessages(channelId), { body })).id;
  };

  /** Discord knows no nonce for posts of a forum, so an earlier try is looked for by its title and mark. */
  async function putPost(
    spaceId: string,
    channelId: string,
    card: SpokenCard,
    delivery: Delivery,
  ): Promise<string> {
    const mark = markOf(delivery.id);
    const candidates = delivery.maybeSent
      ? await threads.named(spaceId, channelId, threadName(card.title))
      : [];
    for (const id of candidates.slice(0, LOOK_BACK_POSTS)) {
      const first = await rest.get(Routes.channelMessage(id, id)).catch((error: unknown) => {
        if (isGone(error)) return null;
        throw error;
      });
      const read = message.safeParse(first);
      if (!read.success || !isOurs(read.data, mark)) continue;
      await forum.update(id, card, mark);
      return id;
    }
    return forum.post(channelId, card, mark);
  }

  const direct = createDirect({ ...parts, threads, put });

  return {
    post: (address, card, delivery) =>
      translated(async () => {
        if (address.to === 'home') throw new Undeliverable('Discord: people have no Home here');
        const { spaceId } = address;
        const at = (channelId: string, messageId: string): Post => ({
          platform: 'discord',
          spaceId,
          channelId,
          messageId,
        });
        if (address.to === 'person') {
          const { channelId, messageId } = await direct.send(spaceId, address.userId, card, delivery);
          return at(channelId, messageId);
        }
        const { channelId } = address;
        if (await forum.isForum(channelId)) {
          const id = await putPost(spaceId, channelId, card, delivery);
          return at(id, id);
        }
        return at(channelId, await put(channelId, card, delivery));
      }),
    update: ({ channelId, messageId }, card) =>
      translated(async () => {
        // Only the first message of a forum's post has the id of its channel.
        if (channelId === messageId) return forum.update(messageId, card);
        await threads.opened(channelId, () =>
          rest.patch(Routes.channelMessage(channelId, messageId), { body: render(card) }),
        );
      }),
    rooms: createRooms(threads, put),
    visited: direct.visited,
  };
}

/** A component id (a positive number of 31 bits) that says which delivery a message is. */
const markOf = (deliveryId: string): number =>
  createHash('sha256').update(deliveryId).digest().readUInt32BE() & 0x7fffffff || 1;

const isOurs = ({ author, components }: z.infer<typeof message>, mark: number): boolean =>
  author.bot === true && components[0]?.id === mark;
