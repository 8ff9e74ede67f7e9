import { z } from 'zod';
import { UserError } from '../errors.ts';
import { type Notice, requestCard } from '../notices.ts';
import { openRequest, type Request } from '../request.ts';
import type { Instant } from '../time.ts';
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
    await space.setChannels(channels, followTo(clock.now()));
    return channels;
  },
);

/** What is told of an open request where the mentors are now. @param first nobody saw it until now */
export const followTo =
  (now: Instant) =>
  (request: Request, first: boolean): Notice[] =>
    first ? openRequest(request, now).notices : [requestCard(request, now)];
