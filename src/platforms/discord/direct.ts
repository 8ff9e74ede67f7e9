import { createHash } from 'node:crypto';
import { type REST, Routes } from 'discord.js';
import { z } from 'zod';
import type { Language } from '../../core/language.ts';
import type { Log } from '../../log.ts';
import type { SpokenCard } from '../../messages/card.ts';
import { inLanguage } from '../../messages/in-language.ts';
import { closedToMeCard } from '../../messages/reach-cards.ts';
import { type Delivery, Undeliverable } from '../platform.ts';
import { isClosed, isGone, isRefused } from './errors.ts';
import { render } from './render.ts';
import { safe } from './replies.ts';
import type { PutMessage } from './send.ts';
import type { Threads } from './threads.ts';

/** How many people's channels are remembered. */
const REMEMBERED = 5_000;
/** How long closed direct messages are left alone, unless the person comes by: each refusal counts towards a ban. */
const CLOSED_FOR_MS = 6 * 60 * 60_000;

const withId = z.object({ id: z.string() });

export interface Direct {
  /** @throws Undeliverable when neither direct messages nor the fallback channel bring it to them */
  send(
    spaceId: string,
    userId: string,
    card: SpokenCard,
    delivery: Delivery,
  ): Promise<{ channelId: string; messageId: string }>;
  visited(userId: string): void;
}

/**
 * Direct messages; for people who take none, a private thread of their own in the fallback channel, or at least a word
 * there that says nothing of what it is about.
 */
export function createDirect(parts: {
  rest: REST;
  threads: Threads;
  put: PutMessage;
  fallback: () => string;
  now: () => number;
  log: Log;
  /** Of what many read. */
  language: Language;
}): Direct {
  const { rest, threads, put, now, log } = parts;
  const channels = new Map<string, string>();
  /** People who take no direct messages, and until when that is believed. */
  const closed = new Map<string, number>();
  /** By fallback channel and person. */
  const theirThreads = new Map<string, string>();
  /** Who was called to come by, and has not come since. */
  const called = new Set<string>();

  /** The channel of direct messages with a person, opened once. */
  async function channelOf(userId: string): Promise<string> {
    const known = channels.get(userId);
    if (known) return known;
    const { id } = withId.parse(await rest.post(Routes.userChannels(), { body: { recipient_id: userId } }));
    remember(channels, userId, id);
    return id;
  }

  async function threadOf(channelId: string, spaceId: string, userId: string): Promise<string> {
    const known = theirThreads.get(`${channelId} ${userId}`);
    if (known) return known;
    const name = `mini-sessions-${createHash('sha256').update(userId).digest('hex').slice(0, 8)}`;
    const thread =
      (await threads.find(spaceId, channelId, name)) ?? (await threads.openPrivate(channelId, name));
    try {
      await threads.opened(thread, () => threads.add(thread, userId));
    } catch (error) {
      if (isRefused(error)) await threads.close(thread);
      throw error;
    }
    remember(theirThreads, `${channelId} ${userId}`, thread);
    return thread;
  }

  async function sendBeside(
    channelId: string,
    spaceId: string,
    userId: string,
    card: SpokenCard,
    delivery: Delivery,
  ): Promise<{ channelId: string; messageId: string }> {
    const inThread = async () => {
      const thread = await threadOf(channelId, spaceId, userId);
      return { channelId: thread, messageId: await put(thread, card, delivery) };
    };
    try {
      return await inThread();
    } catch (error) {
      if (!isGone(error) || !theirThreads.delete(`${channelId} ${userId}`)) throw error;
      return inThread();
    }
  }

  /** Once until they come by. */
  async function call(channelId: string, userId: string): Promise<void> {
    if (called.has(userId)) return;
    called.add(userId);
    const card = inLanguage(closedToMeCard(), { language: parts.language, timeZone: null });
    const body = { ...render(card), allowed_mentions: { users: [userId] } };
    const mention = { type: 10, content: `<@${userId}>` };
    await rest.post(Routes.channelMessages(channelId), {
      body: { ...body, components: [mention, ...body.components] },
    });
  }

  return {
    async send(spaceId, userId, card, delivery) {
      const fallback = parts.fallback();
      if ((closed.get(userId) ?? 0) <= now()) {
        try {
          const channelId = await channelOf(userId);
          return { channelId, messageId: await put(channelId, card, delivery) };
        } catch (error) {
          if (!isClosed(error)) throw error;
          remember(closed, userId, now() + CLOSED_FOR_MS);
          if (!fallback) throw error;
        }
      }
      if (!fallback) throw new Undeliverable('Discord: their direct messages were closed a while ago');
      try {
        return await sendBeside(fallback, spaceId, userId, card, delivery);
      } catch (error) {
        if (!isRefused(error)) throw error;
        log.warn({ err: safe(error) }, 'No private thread can be had in the fallback channel');
        await call(fallback, userId).catch((failed: unknown) =>
          log.warn({ err: safe(failed) }, 'The fallback channel cannot be written to'),
        );
        throw error;
      }
    },
    visited(userId) {
      closed.delete(userId);
      called.delete(userId);
    },
  };
}

/** The oldest is forgotten when there are too many. */
function remember<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.set(key, value);
  if (map.size <= REMEMBERED) return;
  for (const oldest of map.keys()) {
    map.delete(oldest);
    break;
  }
}
