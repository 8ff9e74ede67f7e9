import type { Actor } from '../core/people.ts';
import type { ProfileStore } from '../core/ports.ts';
import { changePreferences, loadPreferences } from './preferences.ts';
import type { Transact } from './transaction.ts';

/** What a member says about themselves, in their name. */
export const profileStore = (transact: Transact, actor: Actor): ProfileStore => ({
  setTopics: (topics) =>
    transact(actor, async (tx) => {
      await tx.member.updateMany({ where: { id: actor.memberId }, data: { topics } });
    }),
  setTimeZone: (timeZone) =>
    transact(actor, async (tx) => {
      await tx.member.updateMany({ where: { id: actor.memberId }, data: { timeZone } });
    }),
  getPreferences: () => transact(actor, (tx) => loadPreferences(tx, actor.memberId)),
  changePreferences: (decide, now) => transact(actor, (tx) => changePreferences(tx, actor, decide, now)),
});
