import { isDeepStrictEqual } from 'node:util';
import { UserError } from '../core/errors.ts';
import type { Notice } from '../core/notices.ts';
import type { Actor } from '../core/people.ts';
import type { SpaceStore } from '../core/ports.ts';
import type { Request } from '../core/request.ts';
import { type ChosenSpace, heldIn, readSpace, type SpaceSettings } from '../core/space.ts';
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

/** The other side of {@link channelsStay}: whoever chooses waits for what is being told, and has all to come wait. */
export const channelsChange = (tx: Tx, communityId: string): Promise<number> =>
  tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('channels of ' || ${communityId}, 0))`;

/** What is told of an open request in another mentors channel. */
export type Follow = (request: Request, first: boolean) => Notice[];

/** The space in which an actor acts. Whether they may is the core's to say; that it is theirs is seen to here. */
export const spaceStore = (
  transact: Transact,
  actor: Actor,
  { platform, spaceId }: Pick<Visitor, 'platform' | 'spaceId'>,
  action: string,
  deed: string | null = null,
): SpaceStore => {
  const { communityId } = actor;
  const theirs = Prisma.sql`platform = ${platform} AND space.community_id = ${communityId}::uuid`;
  // Among direct messages the platform may not say where somebody is.
  const here = Prisma.sql`${theirs} AND (${spaceId}::text IS NULL OR external_id = ${spaceId})`;
  return {
    // Members see the open requests that are theirs to see, and here all of them are told of.
    setChannels: (channels, follow) =>
      transact('worker', async (tx) => {
        await channelsChange(tx, communityId);
        const [before] = await tx.$queryRaw<{ id: string; mentorsChannel: string }[]>`
          SELECT space.id, mentors_channel AS "mentorsChannel"
          FROM spaces space JOIN installations installation ON installation.space_id = space.id
          WHERE ${theirs} AND external_id = ${spaceId} FOR UPDATE OF space`;
        if (!before) throw new UserError('channels_in_settings', {});
        await tx.space.updateMany({ where: { id: before.id }, data: channels });
        await followMentors(tx, { ...before, communityId, deed }, channels.mentorsChannel, follow);
      }),
    settings: () =>
      transact('worker', async (tx) => {
        const row = await find(tx, here);
        return row ? asChosen(row.chosen, row.held) : null;
      }),
    choose: (settings, follow) =>
      transact('worker', async (tx) => {
        await channelsChange(tx, communityId);
        const row = await find(tx, here);
        const before = row && asChosen(row.chosen, row.held);
        if (!row || !before) throw new UserError('channels_in_settings', {});
        const free = Object.entries(settings).filter(([name]) => !before.held.includes(name as never));
        if (free.length === 0) throw new UserError('channels_in_settings', {});
        const chosen = { ...(row.chosen as Prisma.JsonObject), ...Object.fromEntries(free) };
        const now = readSpace(chosen, row.held);
        const changed = Object.fromEntries(
          Object.entries(now).filter(
            ([name, value]) => !isDeepStrictEqual(value, before.now[name as keyof SpaceSettings]),
          ),
        );
        await tx.space.updateMany({ where: { id: row.id }, data: { chosen, ...channelsOf(now) } });
        if (Object.keys(changed).length > 0) {
          await tx.auditEntry.createMany({
            data: { communityId, actorId: actor.memberId, action, detail: { space: changed } },
          });
        }
        const from = { id: row.id, mentorsChannel: row.mentorsChannel, communityId, deed };
        await followMentors(tx, from, now.mentorsChannel, follow);
        return { ...before, now };
      }),
  };
};

interface Row {
  id: string;
  mentorsChannel: string;
  held: unknown;
  chosen: unknown;
}

/** A space whose people choose; locked, so that two who choose at once follow each other. */
async function find(tx: Tx, here: Prisma.Sql): Promise<Row | undefined> {
  const [row] = await tx.$queryRaw<Row[]>`
    SELECT space.id, mentors_channel AS "mentorsChannel", held, chosen
    FROM spaces space WHERE held IS NOT NULL AND ${here} ORDER BY space.created_at LIMIT 1 FOR UPDATE`;
  return row;
}

const asChosen = (chosen: unknown, held: unknown): ChosenSpace => ({
  now: readSpace(chosen, held),
  held: heldIn(held),
});

/** Those channels that the outbox has to know. */
export const channelsOf = ({ mentorsChannel, coordinatorsChannel, sessionsChannel }: SpaceSettings) => ({
  mentorsChannel,
  coordinatorsChannel,
  sessionsChannel,
});

/** When the mentors are in another channel now, what is open follows them there. */
export async function followMentors(
  tx: Tx,
  from: { id: string; mentorsChannel: string; communityId: string; deed: string | null },
  mentorsChannel: string,
  follow: Follow,
): Promise<void> {
  if (from.mentorsChannel === mentorsChannel) return;
  const open = await openRequests(tx, from.communityId);
  await forgetCards(
    tx,
    from.id,
    open.map(({ id }) => id),
  );
  const first = from.mentorsChannel === '';
  for (const request of open) {
    if (first) await withdrawWaiting(tx, request.id);
    await tell(tx, from.communityId, follow(request, first), from.deed);
  }
}

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
