import type { Actor } from '../core/people.ts';
import type { ProfileStore } from '../core/ports.ts';
import { refreshHomes } from './homes.ts';
import { changePreferences, loadPreferences } from './preferences.ts';
import type { Transact } from './transaction.ts';

/** What a member says about themselves, in their name. */
export const profileStore = (transact: Transact, actor: Actor): ProfileStore => ({
  setTopics: (topics) =>
    transact(actor, async (tx) => {
      await tx.member.updateMany({ where: { id: actor.memberId }, data: { topics } });
      await refreshHomes(tx, actor.communityId, [actor.memberId]);
    }),
  getTopics: () =>
    transact(actor, async (tx) => {
      const member = await tx.member.findUnique({ where: { id: actor.memberId }, select: { topics: true } });
      return member?.topics ?? [];
    }),
  setTimeZone: (timeZone) =>
    transact(actor, async (tx) => {
      await tx.member.updateMany({ where: { id: actor.memberId }, data: { timeZone } });
    }),
  getPreferences: () => transact(actor, (tx) => loadPreferences(tx, actor.memberId)),
  changePreferences: (decide, now) => transact(actor, (tx) => changePreferences(tx, actor, decide, now)),
});
