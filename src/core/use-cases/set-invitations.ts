import { z } from 'zod';
import { useCase } from '../use-case.ts';
import { settingsOf } from './get-settings.ts';

/** A member wants to be invited to their sessions at this address, also to those that are planned. @returns their settings */
export const setInvitations = useCase(
  'setInvitations',
  z.object({ email: z.string().trim().max(254).pipe(z.email()) }),
  async (context, { email }) => {
    const preferences = await context.profile.changePreferences(
      // Whether we may look was said of the other address.
      (before) => ({
        ...before,
        inviteAt: email,
        lookAtCalendar: before.lookAtCalendar && before.inviteAt === email,
      }),
      context.clock.now(),
    );
    return settingsOf(context, preferences);
  },
);
