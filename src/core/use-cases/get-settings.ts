import { z } from 'zod';
import type { Preferences, Settings } from '../preferences.ts';
import { type Context, useCase } from '../use-case.ts';

/** What a member can set about themselves, as it stands. */
export const getSettings = useCase('getSettings', z.object({}), async (context) =>
  settingsOf(context, await context.profile.getPreferences()),
);

/** The meeting provider that keeps a calendar, from which people can be invited. */
const INVITES = 'google-meet';

/** The settings of whoever acts. */
export const settingsOf = (
  { actor, zoneFromPlatform, settings, links, linkMaker }: Context,
  preferences: Preferences,
  timeZone = actor.timeZone,
): Settings => ({
  timeZone,
  zoneFromPlatform,
  isMentor: actor.isMentor,
  preferences,
  offersFeed: links !== null,
  offersInvitations: linkMaker === INVITES,
  community: { reminders: settings.reminders, quietHours: settings.quietHours },
});
