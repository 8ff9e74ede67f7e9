import { z } from 'zod';
import { reminderIds } from '../reminders.ts';
import { useCase } from '../use-case.ts';
import { settingsOf } from './get-settings.ts';

/**
 * A member wants a reminder, or wants it no longer; or all `as` their community has them, or none.
 * @returns their settings
 */
export const chooseReminders = useCase(
  'chooseReminders',
  z.union([
    z.object({ as: z.enum(['usual', 'none']) }),
    z.object({ reminder: z.enum(reminderIds), wanted: z.enum(['yes', 'no']) }),
  ]),
  async (context, choice) => {
    const { profile, settings, clock } = context;
    const preferences = await profile.changePreferences((before) => {
      if ('as' in choice) return { ...before, reminders: choice.as === 'none' ? [] : null };
      const chosen = before.reminders ?? settings.reminders;
      return {
        ...before,
        reminders: reminderIds.filter((id) =>
          id === choice.reminder ? choice.wanted === 'yes' : chosen.includes(id),
        ),
      };
    }, clock.now());
    return settingsOf(context, preferences);
  },
);
