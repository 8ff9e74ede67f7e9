import { UserError } from '../core/errors.ts';
import type { Actor } from '../core/people.ts';
import { after, DAY, type Instant } from '../core/time.ts';
import type { Draft, Drafts } from './store.ts';
import { isId, type Transact } from './transaction.ts';

const KEPT_FOR = DAY;

/** Drafts, each under its author's row level security. */
export function drafts(transact: Transact): Drafts {
  return {
    keep: (actor, draft, now) =>
      transact(actor, async (tx) => {
        await tx.draft.deleteMany({ where: { memberId: actor.memberId, keptAt: { lte: tooOld(now) } } });
        const { id } = await tx.draft.create({
          data: { ...draft, communityId: actor.communityId, memberId: actor.memberId, keptAt: now },
          select: { id: true },
        });
        return id;
      }),

    replace: (actor, id, draft, now) =>
      transact(actor, async (tx) => {
        const { count } = await tx.draft.updateMany({
          where: kept(actor, id, now),
          data: { ...draft, keptAt: now },
        });
        if (count === 0) throw new UserError('nothing_kept', {});
      }),

    get: (actor, id, now) =>
      transact(actor, async (tx) => {
        const row = await tx.draft.findFirst({
          where: kept(actor, id, now),
          select: { intent: true, args: true, values: true },
        });
        if (!row) throw new UserError('nothing_kept', {});
        return row as Draft;
      }),

    drop: (actor, id) =>
      transact(actor, async (tx) => {
        if (isId(id)) await tx.draft.deleteMany({ where: { id, memberId: actor.memberId } });
      }),
  };
}

const tooOld = (now: Instant): Instant => after(now, -KEPT_FOR);

function kept(actor: Actor, id: string, now: Instant) {
  if (!isId(id)) throw new UserError('nothing_kept', {});
  return { id, memberId: actor.memberId, keptAt: { gt: tooOld(now) } };
}
