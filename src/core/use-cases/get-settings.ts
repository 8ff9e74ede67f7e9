import { z } from 'zod';
import { keepsCalendar } from '../community.ts';
import type { Look } from '../finding-times.ts';
import type { Preferences, Settings } from '../preferences.ts';
import { type Context, useCase } from '../use-case.ts';

/** What a member can set about themselves, as it stands. */
export const getSettings = useCase('getSettings', z.object({}), async (context) =>
  settingsOf(context, await context.profile.getPreferences()),
);

/** The settings of whoever acts. */
export const settingsOf = (
  { actor, zoneFromPlatform, settings, links, linkMaker }: Context,
  preferences: Preferences,
  timeZone = actor.timeZone,
  calendarLook: Look = null,
): Settings => ({
  timeZone,
  zoneFromPlatform,
  isMentor: actor.isMentor,
  preferences,
  offersFeed: links !== null,
  offersInvitations: keepsCalendar(linkMaker),
  calendarLook,
  community: { reminders: settings.reminders, quietHours: settings.quietHours },
});
