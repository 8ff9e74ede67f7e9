import type { Actor } from '../core/people.ts';
import type { PeopleStore } from '../core/ports.ts';
import { person, toPerson } from './aggregate.ts';
import type { Transact } from './transaction.ts';

/** Who else is in a member's community. */
export const peopleStore = (transact: Transact, actor: Actor): PeopleStore => ({
  mentors: () =>
    transact(actor, async (tx) => {
      const rows = await tx.member.findMany({
        where: { communityId: actor.communityId, accounts: { some: { isMentor: true } } },
        select: { ...person.select, topics: true },
        orderBy: [{ name: 'asc' }, { id: 'asc' }],
        relationLoadStrategy: 'join',
      });
      return rows.map(({ topics, ...row }) => ({ person: toPerson(row), topics }));
    }),
});
