import { z } from 'zod';
import { mustCoordinate } from '../coordination.ts';
import { useCase } from '../use-case.ts';

/** What is set for the community. */
export const getCommunitySettings = useCase(
  'getCommunitySettings',
  z.object({}),
  async ({ actor, settings }) => {
    mustCoordinate(actor);
    return settings;
  },
);
