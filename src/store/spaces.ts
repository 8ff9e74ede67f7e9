import { UserError } from '../core/errors.ts';
import type { Actor } from '../core/people.ts';
import type { SpaceStore } from '../core/ports.ts';
import { loadRequests } from './aggregate.ts';
import { Prisma } from './generated/client.ts';
import type { Visitor } from './store.ts';
import { tell, withdrawWaiting } from './tell.ts';
import type { Transact, Tx } from './transaction.ts';

/**
 * Until this transaction ends nobody chooses channels of the community: what is told to the mentors is told where those
 * are that whoever chooses next has seen.
 */
export const channelsStay = (communityId: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`pg_advisory_xact_lock_shared(hashtextextended('channels of ' || ${communityId}::text, 0))`;

/** The space in which an actor acts. Whether they may is the core's to say; that it is theirs is seen to here. */
export const spaceStore = (
  transact: Transact,
  actor: Actor,
  { platform, spaceId }: Pick<Visitor, 'platform' | 'spaceId'>,
  deed: string | null = null,
): SpaceStore => ({
  // Members see the open requests that are theirs to see, and here all of them are told of.
  setChannels: (channels, follow) =>
    transact('worker', async (tx) => {
      const { communityId } = actor;
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('channels of ' || ${communityId}::text, 0))`;
      const [before] = await tx.$queryRaw<{ id: string; mentorsChannel: string }[]>`
        SELECT space.id, mentors_channel AS "mentorsChannel"
        FROM spaces space JOIN installations installation ON installation.space_id = space.id
        WHERE platform = ${platform} AND external_id = ${spaceId} AND space.community_id = ${communityId}::uuid
        FOR UPDATE OF space`;
      if (!before) throw new UserError('channels_in_settings', {});
      await tx.space.updateMany({ where: { id: before.id }, data: channels });
      if (before.mentorsChannel === channels.mentorsChannel) return;
      const open = await openRequests(tx, communityId);
      await forgetCards(
        tx,
        before.id,
        open.map(({ id }) => id),
      );
      const first = before.mentorsChannel === '';
      for (const request of open) {
        if (first) await withdrawWaiting(tx, request.id);
        await tell(tx, communityId, follow(request, first), deed);
      }
    }),
});

/** Those that wait now; locked, so that nobody claims one meanwhile. */
async function openRequests(tx: Tx, communityId: string) {
  const ids = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM mini_mentorship_requests WHERE community_id = ${communityId}::uuid AND status = 'OPEN'
    ORDER BY created_at, id FOR UPDATE`;
  return loadRequests(
    tx,
    ids.map(({ id }) => id),
  );
}

/** Cards that stand in another channel are put anew. */
async function forgetCards(tx: Tx, spaceId: string, requestIds: string[]): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM posts WHERE notice_key IN (
      SELECT key FROM notices WHERE space_id = ${spaceId}::uuid AND kind = 'request_card'
        AND request_id = ANY (${requestIds}::text[]::uuid[])
    )`;
}
