import { z } from 'zod';
import { mustCoordinate } from '../coordination.ts';
import type { SpaceSetUp } from '../space.ts';
import { useCase } from '../use-case.ts';

/** Whether everything that the bot needs can be used, and what of it people chose, for coordinators. */
export const checkSetUp = useCase(
  'checkSetUp',
  z.object({}),
  async ({ actor, space, lookAtSetUp }): Promise<SpaceSetUp> => {
    mustCoordinate(actor);
    return { checks: await lookAtSetUp(), space: await space.settings() };
  },
);
