import { z } from 'zod';
import { useCase } from '../use-case.ts';
import { instantAt } from '../zones.ts';
import { inOwnZone, mustBeMentor, readDate, startingFrom } from './availability-input.ts';

/** A mentor wants no session suggested, until the morning of a date or until they resume. What is planned stays. */
export const pauseAvailability = useCase(
  'pauseAvailability',
  z.object({ backOn: z.string().trim().max(40).default('') }),
  async ({ availability, actor, clock }, { backOn }) => {
    mustBeMentor(actor);
    return availability.changeAvailability((before) => {
      if (backOn === '') return { ...inOwnZone(before, actor), pause: { until: null } };
      const from = startingFrom(before, actor, 'backOn', clock.now());
      const date = readDate(backOn, 'backOn', from.timeZone, clock.now());
      return { ...from, pause: { until: instantAt(date, 0, from.timeZone) } };
    });
  },
);
