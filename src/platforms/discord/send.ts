import { createHash } from 'node:crypto';
import { DiscordAPIError, RateLimitError, type REST, RESTJSONErrorCodes, Routes } from 'discord.js';
import { z } from 'zod';
import type { SpokenCard } from '../../messages/card.ts';
import {
  type Address,
  type Delivery,
  type Post,
  PostGone,
  RateLimited,
  TryLater,
  Undeliverable,
} from '../platform.ts';
import { limits } from './limits.ts';
import { isOfTheNetwork } from './network.ts';
import { render } from './render.ts';

/** How many people's direct message channels are remembered. */
const REMEMBERED = 5_000;
/** How many messages back a delivery is looked for whose outcome is unknown. */
const LOOK_BACK = 50;
/** How long a refused token is left alone: every refusal counts towards Discord's ban for invalid requests. */
const TOKEN_PAUSE_MS = 5 * 60_000;

const withId = z.object({ id: z.string() });
const history = z.array(
  z.object({
    id: z.string(),
    author: z.object({ bot: z.boolean().optional() }),
    components: z.array(z.object({ id: z.number().optional() })).default([]),
  }),
);

export interface Sender {
  /** @throws Undeliverable, TryLater */
  post(address: Address, card: SpokenCard, delivery: Delivery): Promise<Post>;
  /** @throws PostGone, Undeliverable, TryLater */
  update(post: Post, card: SpokenCard): Promise<void>;
}

/**
 * Brings cards to channels and people.
 * @param rest a client of its own without retries and without waiting for rate limits: the courier does both
 */
export function createSender(rest: REST): Sender {
  const channels = new Map<string, string>();

  /** The channel of direct messages with a person, opened once. */
  async function direct(userId: string): Promise<string> {
    const known = channels.get(userId);
    if (known) return known;
    const { id } = withId.parse(await rest.post(Routes.userChannels(), { body: { recipient_id: userId } }));
    channels.set(userId, id);
    if (channels.size > REMEMBERED) {
      for (const oldest of channels.keys()) {
        channels.delete(oldest);
        break;
      }
    }
    return id;
  }

  /** Discord finds a repeated nonce for some minutes only; later, the mark in the message tells. */
  async function sentBefore(channelId: string, mark: number): Promise<string | null> {
    const query = new URLSearchParams({ limit: String(LOOK_BACK) });
    const messages = history.safeParse(await rest.get(Routes.channelMessages(channelId), { query }));
    if (!messages.success) return null;
    return messages.data.find((one) => one.author.bot && one.components[0]?.id === mark)?.id ?? null;
  }

  /** @param mark what the message carried, when it must go on carrying it */
  async function change(post: Post, card: SpokenCard, mark?: number): Promise<void> {
    await rest.patch(Routes.channelMessage(post.channelId, post.messageId), { body: render(card, mark) });
  }

  return {
    post: (address, card, delivery) =>
      translated(async () => {
        if (address.to === 'home') throw new Undeliverable('Discord: people have no Home here');
        const channelId = address.to === 'channel' ? address.channelId : await direct(address.userId);
        const mark = markOf(delivery.id);
        const found = delivery.maybeSent ? await sentBefore(channelId, mark) : null;
        const post = (messageId: string): Post => ({
          platform: 'discord',
          spaceId: address.spaceId,
          channelId,
          messageId,
        });
        if (found) {
          await change(post(found), card, mark);
          return post(found);
        }
        const body = {
          ...render(card, mark),
          nonce: delivery.id.slice(0, limits.nonce.max),
          enforce_nonce: true,
        };
        return post(withId.parse(await rest.post(Routes.channelMessages(channelId), { body })).id);
      }),
    update: (post, card) => translated(() => change(post, card)),
  };
}

/** A component id (a positive number of 31 bits) that says which delivery a message is. */
const markOf = (deliveryId: string): number =>
  createHash('sha256').update(deliveryId).digest().readUInt32BE() & 0x7fffffff || 1;

/** Nobody will ever read it there. */
const unreachable: (number | string)[] = [
  RESTJSONErrorCodes.UnknownChannel,
  RESTJSONErrorCodes.UnknownGuild,
  RESTJSONErrorCodes.UnknownMember,
  RESTJSONErrorCodes.UnknownUser,
  RESTJSONErrorCodes.MissingAccess,
  RESTJSONErrorCodes.MissingPermissions,
  RESTJSONErrorCodes.CannotSendMessagesToThisUser,
  RESTJSONErrorCodes.CannotSendMessagesToThisUserDueToHavingNoMutualGuilds,
];

/** Discord's error codes: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json */
async function translated<Result>(act: () => Promise<Result>): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    throw meaningOf(error);
  }
}

function meaningOf(error: unknown): unknown {
  if (error instanceof RateLimitError) {
    const ms = Math.max(error.retryAfter, error.sublimitTimeout, 0);
    return new RateLimited('Discord asks to wait (rate limit)', Math.ceil(ms));
  }
  if (error instanceof DiscordAPIError) {
    // Without the error itself: it carries what was to be sent.
    const words = `Discord: ${error.message} (${error.code})`;
    if (error.code === RESTJSONErrorCodes.UnknownMessage) return new PostGone(words);
    if (unreachable.includes(error.code)) return new Undeliverable(words);
    if (error.status === 401) {
      return new TryLater('DISCORD_TOKEN is no longer accepted; set a new one', TOKEN_PAUSE_MS);
    }
    if (error.status === 429 || error.code === RESTJSONErrorCodes.OpeningDirectMessagesTooFast) {
      return new RateLimited(words, TOKEN_PAUSE_MS);
    }
    return new Error(words);
  }
  if (isOfTheNetwork(error)) {
    return new TryLater(`Discord does not answer: ${error.message}`);
  }
  return error;
}
