import { ChannelType, type REST, Routes, ThreadAutoArchiveDuration } from 'discord.js';
import { z } from 'zod';
import { isArchived, isRefused } from './errors.ts';
import { limits, shorten } from './limits.ts';

/** A thread, as far as it concerns us. */
export type Thread = z.infer<typeof threadShape>;

const threadShape = z.object({
  id: z.string(),
  name: z.string(),
  parent_id: z.string().nullish(),
  applied_tags: z.array(z.string()).default([]),
  thread_metadata: z.object({ archived: z.boolean(), locked: z.boolean().default(false) }).optional(),
});
const withId = z.object({ id: z.string() });
const threadList = z.object({ threads: z.array(threadShape) });

/** Threads in Discord's channels: https://discord.com/developers/docs/topics/threads */
export interface Threads {
  get(id: string): Promise<Thread>;
  /** Open threads of this name in a channel, the newest first. @returns their ids */
  named(spaceId: string, parentId: string, name: string): Promise<string[]>;
  /** The newest open thread of this name, or a private one that is closed. */
  find(spaceId: string, parentId: string, name: string): Promise<string | null>;
  /** Opens a private thread, which only the bot and moderators see until somebody is added. @returns its id */
  openPrivate(parentId: string, name: string): Promise<string>;
  add(threadId: string, userId: string): Promise<void>;
  /** Closes it for good; where the bot may not lock it, whoever writes there opens it again. */
  close(threadId: string, changes?: { applied_tags?: string[] }): Promise<void>;
  /** Opens it again when it is closed. */
  reopen(threadId: string): Promise<void>;
  /** Does something in a thread; when it is closed, opens it before. */
  opened<Result>(threadId: string, act: () => Promise<Result>): Promise<Result>;
}

export const threadName = (words: string): string => shorten(words.trim() || '…', limits.threadName.max);

export function createThreads(rest: REST): Threads {
  const change = (threadId: string, body: object): Promise<unknown> =>
    rest.patch(Routes.channel(threadId), { body });
  const reopen = async (threadId: string): Promise<void> => {
    await change(threadId, { archived: false, locked: false });
  };
  const among = async (route: `/${string}`, parentId: string, name: string): Promise<string[]> =>
    threadList
      .parse(await rest.get(route))
      .threads.filter((one) => one.name === name && one.parent_id === parentId)
      .map(({ id }) => id);
  const named = (spaceId: string, parentId: string, name: string) =>
    among(Routes.guildActiveThreads(spaceId), parentId, name);
  return {
    get: async (id) => threadShape.parse(await rest.get(Routes.channel(id))),
    named,
    async find(spaceId, parentId, name) {
      const [open] = await named(spaceId, parentId, name);
      return open ?? (await among(Routes.channelJoinedArchivedThreads(parentId), parentId, name))[0] ?? null;
    },
    async openPrivate(parentId, name) {
      const body = {
        name,
        type: ChannelType.PrivateThread,
        invitable: false,
        auto_archive_duration: ThreadAutoArchiveDuration.OneWeek,
      };
      return withId.parse(await rest.post(Routes.threads(parentId), { body })).id;
    },
    async add(threadId, userId) {
      await rest.put(Routes.threadMembers(threadId, userId));
    },
    async close(threadId, changes = {}) {
      try {
        await change(threadId, { ...changes, archived: true, locked: true });
      } catch (error) {
        if (!isRefused(error)) throw error;
        await change(threadId, { ...changes, archived: true });
      }
    },
    reopen,
    async opened(threadId, act) {
      try {
        return await act();
      } catch (error) {
        if (!isArchived(error)) throw error;
        await reopen(threadId);
        return act();
      }
    },
  };
}
