import { z } from 'zod';
import { useCase } from '../use-case.ts';
import { settingsOf } from './get-settings.ts';

/** A member wants no invitations any more: their address is forgotten. @returns their settings */
export const dropInvitations = useCase('dropInvitations', z.object({}), async (context) => {
  const preferences = await context.profile.changePreferences(
    (before) => ({ ...before, inviteAt: null, lookAtCalendar: false }),
    context.clock.now(),
  );
  return settingsOf(context, preferences);
});
