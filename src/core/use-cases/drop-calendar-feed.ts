import { z } from 'zod';
import { useCase } from '../use-case.ts';
import { settingsOf } from './get-settings.ts';

/** A member wants no private address for their calendar any more. @returns their settings */
export const dropCalendarFeed = useCase('dropCalendarFeed', z.object({}), async (context) => {
  const preferences = await context.profile.changePreferences(
    (before) => ({ ...before, calendarFeed: null }),
    context.clock.now(),
  );
  return settingsOf(context, preferences);
});
