import { z } from 'zod';
import { invalidField } from '../errors.ts';
import { isTimeZone } from '../time.ts';
import { useCase } from '../use-case.ts';
import { settingsOf } from './get-settings.ts';

/** A member says in which time zone they live. @returns their settings */
export const setTimeZone = useCase(
  'setTimeZone',
  z.object({ timeZone: z.string().trim().min(1) }),
  async (context, { timeZone }) => {
    const { profile } = context;
    if (!isTimeZone(timeZone)) throw invalidField('timeZone', 'zone_unknown', timeZone);
    await profile.setTimeZone(timeZone);
    return settingsOf(context, await profile.getPreferences(), timeZone);
  },
);
