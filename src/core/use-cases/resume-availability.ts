import { z } from 'zod';
import { useCase } from '../use-case.ts';
import { inOwnZone, mustBeMentor } from './availability-input.ts';

/** A mentor ends a pause. */
export const resumeAvailability = useCase(
  'resumeAvailability',
  z.object({}),
  async ({ availability, actor }) => {
    mustBeMentor(actor);
    return availability.changeAvailability((before) => ({
      ...inOwnZone(before, actor),
      pause: null,
    }));
  },
);
