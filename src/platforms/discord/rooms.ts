import { createHash } from 'node:crypto';
import type { Rooms } from '../platform.ts';
import { isRefused, translated } from './errors.ts';
import type { PutMessage } from './send.ts';
import { type Threads, threadName } from './threads.ts';

/** Rooms as private threads: nobody but those who were added, the bot and moderators sees them. */
export const createRooms = (threads: Threads, put: PutMessage): Rooms => ({
  open: ({ spaceId, channelId }, { name, userIds }, card, delivery) =>
    translated(async () => {
      // The name says which room it is, so that an earlier try is found again.
      const unique = threadName(name).slice(0, 80);
      const title = `${unique} · ${createHash('sha256').update(delivery.id).digest('hex').slice(0, 6)}`;
      const found = delivery.maybeSent ? await threads.find(spaceId, channelId, title) : null;
      const thread = found ?? (await threads.openPrivate(channelId, title));
      try {
        for (const userId of userIds) await threads.opened(thread, () => threads.add(thread, userId));
      } catch (error) {
        // Half a room is none: somebody would wait in it for one who cannot see it.
        if (isRefused(error)) await threads.close(thread);
        throw error;
      }
      const messageId = await put(thread, card, delivery);
      return { platform: 'discord', spaceId, channelId: thread, messageId };
    }),
  close: ({ channelId }) => translated(() => threads.close(channelId)),
});
