import { z } from 'zod';
import { mustCoordinate } from '../coordination.ts';
import { invalidField } from '../errors.ts';
import { spaceRoles } from '../space.ts';
import { useCase } from '../use-case.ts';
import { setUpOf } from './check-set-up.ts';
import { followTo } from './set-channels.ts';

const Roles = z.array(z.string().trim().min(1).max(30)).max(25).default([]);

/** Says whose roles make them mentors and coordinators, as far as the operator leaves that to the people of a space. */
export const setRoles = useCase(
  'setRoles',
  z.object({ mentorRoles: Roles, coordinatorRoles: Roles }),
  async (context, given) => {
    const { space, actor, clock } = context;
    mustCoordinate(actor);
    const before = await space.settings();
    const theirs = spaceRoles.filter((name) => !before?.held.includes(name));
    if (before && theirs.includes('mentorRoles') && given.mentorRoles.length === 0) {
      throw invalidField('mentorRoles', 'missing');
    }
    const chosen = Object.fromEntries(theirs.map((name) => [name, given[name]]));
    const after = await space.choose(chosen, followTo(clock.now()));
    return setUpOf(context, after);
  },
);
