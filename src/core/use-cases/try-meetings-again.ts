import { z } from 'zod';
import { mustCoordinate } from '../coordination.ts';
import { useCase } from '../use-case.ts';

/** A coordinator has the meetings tried once more that the set-up stood against. @returns what needs them then */
export const tryMeetingsAgain = useCase(
  'tryMeetingsAgain',
  z.object({}),
  async ({ coordination, actor, settings, clock }) => {
    mustCoordinate(actor);
    await coordination.tryMeetingsAgain(clock.now());
    return coordination.attention(settings, clock.now());
  },
);
