import { z } from 'zod';
import { mustCoordinate } from '../coordination.ts';
import { invalidField } from '../errors.ts';
import { spaceChannels } from '../space.ts';
import { useCase } from '../use-case.ts';
import { setUpOf } from './check-set-up.ts';
import { followTo } from './set-channels.ts';

const Channel = z.string().trim().max(30).default('');

/**
 * Says in which channels of their space the bot speaks, as far as the operator leaves that to its people. One that is
 * not named is not used from then on.
 */
export const setPlaces = useCase(
  'setPlaces',
  z.object({
    mentorsChannel: Channel,
    coordinatorsChannel: Channel,
    sessionsChannel: Channel,
    fallbackChannel: Channel,
  }),
  async (context, given) => {
    const { space, actor, clock } = context;
    mustCoordinate(actor);
    const before = await space.settings();
    const theirs = spaceChannels.filter((name) => !before?.held.includes(name));
    if (before && theirs.includes('mentorsChannel') && given.mentorsChannel === '') {
      throw invalidField('mentorsChannel', 'missing');
    }
    const chosen = Object.fromEntries(theirs.map((name) => [name, given[name]]));
    const after = await space.choose(chosen, followTo(clock.now()));
    return setUpOf(context, after);
  },
);
