import { isDeepStrictEqual } from 'node:util';
import { type CommunitySettings, readSettings } from '../core/community.ts';
import { UserError } from '../core/errors.ts';
import type { Actor } from '../core/people.ts';
import type { CommunityStore } from '../core/ports.ts';
import type { Prisma } from './generated/client.ts';
import type { Transact } from './transaction.ts';

/** What is set for a member's community, in their name; `action` is the use-case's name for the audit log. */
export const communityStore = (transact: Transact, actor: Actor, action: string): CommunityStore => ({
  changeSettings: (decide) =>
    transact(actor, async (tx) => {
      const { communityId, memberId } = actor;
      // Two who change at once follow each other; what refers to the community is not held up.
      const [row] = await tx.$queryRaw<{ settings: Record<string, unknown> }[]>`
        SELECT settings FROM communities WHERE id = ${communityId}::uuid FOR NO KEY UPDATE`;
      if (!row) throw new UserError('coordinators_only', {});
      const before = readSettings(row.settings);
      const after = decide(before);
      const changed = Object.fromEntries(
        Object.entries(after).filter(
          ([name, value]) => !isDeepStrictEqual(value, before[name as keyof CommunitySettings]),
        ),
      ) as Prisma.JsonObject;
      if (Object.keys(changed).length === 0) return before;
      await tx.community.updateMany({
        where: { id: communityId },
        data: { settings: { ...(row.settings as Prisma.JsonObject), ...changed } },
      });
      await tx.auditEntry.createMany({
        data: { communityId, actorId: memberId, action, detail: { settings: changed } },
      });
      return after;
    }),
});
