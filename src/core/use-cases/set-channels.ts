import { z } from 'zod';
import { UserError } from '../errors.ts';
import { requestCard } from '../notices.ts';
import { openRequest } from '../request.ts';
import { useCase } from '../use-case.ts';

const Channel = z.string().trim().max(30);

/**
 * Says in which channels of their space the mentors and the coordinators hear from the bot. Requests that nobody could
 * see until now begin to wait; when the mentors move to another channel, what is open follows them.
 */
export const setChannels = useCase(
  'setChannels',
  z.object({ mentorsChannel: Channel.min(1), coordinatorsChannel: Channel.default('') }),
  async ({ space, actor, clock }, channels) => {
    if (!actor.isCoordinator) throw new UserError('coordinators_only', {});
    const now = clock.now();
    await space.setChannels(channels, (request, first) =>
      first ? openRequest(request, now).notices : [requestCard(request, now)],
    );
    return channels;
  },
);
