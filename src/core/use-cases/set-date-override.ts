import { z } from 'zod';
import type { DateOverride } from '../availability.ts';
import { invalidField } from '../errors.ts';
import { readHours } from '../typed-hours.ts';
import { useCase } from '../use-case.ts';
import { DATES_AHEAD, datesBetween, mustBeMentor, readDate, startingFrom } from './availability-input.ts';

/** `away`: no hours. `only`: these in place of the usual ones. `extra`: these beside them. `usual`: as every week. */
export const overrideKinds = ['away', 'only', 'extra', 'usual'] as const;
/** How many dates can be set at once. */
export const DATES_AT_ONCE = 92;
export const HOURS_LIMIT = 200;

/** A mentor says what differs on a date, or on all from a first to a last, in place of what they said of them before. */
export const setDateOverride = useCase(
  'setDateOverride',
  z.object({
    date: z.string().trim().min(1).max(40),
    lastDate: z.string().trim().max(40).default(''),
    kind: z.enum(overrideKinds),
    hours: z.string().trim().max(HOURS_LIMIT).default(''),
  }),
  async ({ availability, actor, clock }, { date, lastDate, kind, hours }) => {
    mustBeMentor(actor);
    const read = readHours(hours);
    if (!read.ok) throw invalidField('hours', read.problem.code, read.problem.detail);
    const needed = kind === 'only' || kind === 'extra';
    if (needed && read.value.length === 0) throw invalidField('hours', 'missing');
    const now = clock.now();
    return availability.changeAvailability((before) => {
      const from = startingFrom(before, actor, 'date', now);
      const first = readDate(date, 'date', from.timeZone, now);
      const last = lastDate === '' ? first : readDate(lastDate, 'lastDate', from.timeZone, now);
      if (last < first) throw invalidField('lastDate', 'dates_backwards');
      const dates = datesBetween(first, last);
      if (dates.length > DATES_AT_ONCE) throw invalidField('lastDate', 'too_many', DATES_AT_ONCE);
      const set = kind === 'usual' ? [] : dates.map((each) => override(each, kind, read.value));
      const others = from.overrides.filter((one) => one.date < first || one.date > last);
      return {
        ...from,
        overrides: [...others, ...set].sort((a, b) => (a.date < b.date ? -1 : 1)).slice(0, DATES_AHEAD),
      };
    });
  },
);

const override = (
  date: string,
  kind: Exclude<(typeof overrideKinds)[number], 'usual'>,
  hours: DateOverride['hours'],
): DateOverride => ({ date, usual: kind === 'extra', hours: kind === 'away' ? [] : hours });
