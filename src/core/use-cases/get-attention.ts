import { z } from 'zod';
import { mustCoordinate } from '../coordination.ts';
import { useCase } from '../use-case.ts';

/** What needs a coordinator now. */
export const getAttention = useCase(
  'getAttention',
  z.object({}),
  async ({ coordination, actor, settings, clock }) => {
    mustCoordinate(actor);
    return coordination.attention(settings, clock.now());
  },
);
