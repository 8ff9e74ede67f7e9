import { readSettings } from '../core/community.ts';
import { languageOf } from '../core/language.ts';
import type { Actor } from '../core/people.ts';
import type { HomeStore } from '../core/ports.ts';
import type { Homes, Visitor } from './store.ts';
import type { Transact, Tx } from './transaction.ts';

/** The Home of the account with which a member acts, in their name. */
export const homeStore = (transact: Transact, actor: Actor, by: Visitor): HomeStore => ({
  show: (pages, now) =>
    transact(actor, async (tx) => {
      await tx.$executeRaw`
        INSERT INTO homes (account_id, community_id, opened_at, pages)
        SELECT account.id, account.community_id, ${now}, ${JSON.stringify(pages)}::jsonb
        FROM accounts account JOIN spaces space ON space.id = account.space_id
        WHERE account.member_id = ${actor.memberId}::uuid AND account.user_id = ${by.userId}
          AND space.platform = ${by.platform} AND (${by.spaceId}::text IS NULL OR space.external_id = ${by.spaceId})
        ON CONFLICT (account_id) DO UPDATE SET opened_at = excluded.opened_at, pages = homes.pages || excluded.pages`;
      await refreshHomes(tx, actor.communityId, [actor.memberId]);
    }),
});

/** Homes, as the worker sees them. */
export const homes = (transact: Transact): Homes => ({
  of: (accountId) =>
    transact('worker', async (tx) => {
      const home = await tx.home.findUnique({
        where: { accountId },
        include: {
          account: {
            include: {
              space: true,
              member: {
                include: {
                  accounts: { select: { isMentor: true, isCoordinator: true } },
                  community: { select: { settings: true } },
                },
              },
            },
          },
        },
        relationLoadStrategy: 'join',
      });
      if (!home) return null;
      const { account, pages, openedAt } = home;
      const { member, space } = account;
      return {
        actor: {
          memberId: member.id,
          communityId: member.communityId,
          name: member.name,
          timeZone: member.timeZone,
          isMentor: member.accounts.some(({ isMentor }) => isMentor),
          isCoordinator: member.accounts.some(({ isCoordinator }) => isCoordinator),
        },
        settings: readSettings(member.community.settings),
        account: { platform: space.platform, spaceId: space.externalId, userId: account.userId },
        reader: { language: languageOf(member.language), timeZone: member.timeZone },
        pages: pages as Record<string, number>,
        openedAt,
      };
    }),
});

/**
 * Has the Homes of a community shown anew that show what this transaction changed, of those who ever opened one.
 * @param people members whose own affairs changed
 * @param others whether all mentors (such as of an open request) and all coordinators see it too
 */
export async function refreshHomes(
  tx: Tx,
  communityId: string,
  people: readonly string[],
  others: { mentors: boolean; coordinators: boolean } = { mentors: false, coordinators: false },
): Promise<void> {
  await tx.$executeRaw`
    SELECT refresh_homes(${communityId}::uuid, ${people}::text[]::uuid[], ${others.mentors}, ${others.coordinators})`;
}

/** Has the Homes of the coordinators shown anew in whose community a notice met with trouble. */
export async function showCoordinators(tx: Tx, noticeId: string): Promise<void> {
  await tx.$executeRaw`
    SELECT refresh_homes(community_id, '{}', false, true) FROM notices WHERE id = ${noticeId}::uuid`;
}
