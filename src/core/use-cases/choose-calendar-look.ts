import { z } from 'zod';
import { lookAt } from '../finding-times.ts';
import { after, DAY } from '../time.ts';
import { useCase } from '../use-case.ts';
import { settingsOf } from './get-settings.ts';

/**
 * A member wants their own calendar looked at while a time with them is sought, or not any more. Whether it can be is
 * tried at once, so that they know. @returns their settings
 */
export const chooseCalendarLook = useCase(
  'chooseCalendarLook',
  z.object({ look: z.enum(['yes', 'no']) }),
  async (context, { look }) => {
    const { actor, clock, calendarsOf } = context;
    const now = clock.now();
    const preferences = await context.profile.changePreferences(
      (before) => ({ ...before, lookAtCalendar: look === 'yes' && before.inviteAt !== null }),
      now,
    );
    if (!preferences.lookAtCalendar) return settingsOf(context, preferences);
    const told = await calendarsOf([actor.memberId], { from: now, to: after(now, DAY) });
    const mine = lookAt(told.get(actor.memberId) ?? null);
    return settingsOf(context, preferences, actor.timeZone, mine);
  },
);
