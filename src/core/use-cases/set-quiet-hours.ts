import { z } from 'zod';
import { invalidField } from '../errors.ts';
import { useCase } from '../use-case.ts';
import { settingsOf } from './get-settings.ts';
import { minuteOfDay } from './input.ts';

/** A member says when nobody may write to them: at hours of their own, as usual here, or never. @returns their settings */
export const setQuietHours = useCase(
  'setQuietHours',
  z.object({ hours: z.enum(['own', 'usual', 'none']), from: minuteOfDay, to: minuteOfDay }),
  async (context, { hours, from, to }) => {
    if (hours === 'own' && from === to) throw invalidField('to', 'same_time');
    const quietHours = hours === 'own' ? { from, to } : hours === 'none' ? 'off' : null;
    const preferences = await context.profile.changePreferences(
      (before) => ({ ...before, quietHours }),
      context.clock.now(),
    );
    return settingsOf(context, preferences);
  },
);
