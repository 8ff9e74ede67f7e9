import { z } from 'zod';
import { invalidField } from '../errors.ts';
import { readWeek } from '../typed-hours.ts';
import { useCase } from '../use-case.ts';
import { mustBeMentor, startingFrom } from './availability-input.ts';

/** How long a week may be, in characters as it is typed. */
export const WEEK_LIMIT = 1000;

/**
 * A mentor writes their week, in place of the one before; days that are not named have no hours. It is meant in the
 * mentor's zone of now, also when an earlier one was kept.
 */
export const setWeeklyAvailability = useCase(
  'setWeeklyAvailability',
  z.object({ week: z.string().max(WEEK_LIMIT).default('') }),
  async ({ availability, actor, clock }, { week }) => {
    mustBeMentor(actor);
    const read = readWeek(week);
    if (!read.ok) throw invalidField('week', read.problem.code, read.problem.detail);
    return availability.changeAvailability((before) => {
      const from = startingFrom(before, actor, 'week', clock.now());
      return { ...from, timeZone: actor.timeZone ?? from.timeZone, weekly: read.value };
    });
  },
);
