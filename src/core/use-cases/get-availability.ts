import { z } from 'zod';
import { useCase } from '../use-case.ts';
import { inOwnZone, mustBeMentor } from './availability-input.ts';

/** What a mentor set, or that they set nothing yet. */
export const getAvailability = useCase('getAvailability', z.object({}), async ({ availability, actor }) => {
  mustBeMentor(actor);
  return inOwnZone(await availability.getAvailability(), actor);
});
