import { z } from 'zod';
import { useCase } from '../use-case.ts';
import { inOwnZone, mustBeMentor } from './availability-input.ts';

/** A mentor says how much notice they need, how much free time around sessions, and how many a week. */
export const setAvailabilityRules = useCase(
  'setAvailabilityRules',
  z.object({
    noticeMinutes: z.coerce.number().int().min(0).max(20_160),
    bufferMinutes: z.coerce.number().int().min(0).max(240),
    /** "any", or a number. */
    perWeek: z.union([z.literal('any').transform(() => null), z.coerce.number().int().min(1).max(50)]),
  }),
  async ({ availability, actor }, rules) => {
    mustBeMentor(actor);
    return availability.changeAvailability((before) => ({
      ...inOwnZone(before, actor),
      rules,
    }));
  },
);
