import type { Look } from './finding-times.ts';
import type { QuietHours } from './quiet-hours.ts';
import { type ReminderId, reminderIds } from './reminders.ts';

/**
 * How a member wants the bot to treat them. A new preference is a property here with its usual value below, a column
 * of `member_preferences`, a line in `src/store/preferences.ts`, and a section in `src/messages/settings`.
 */
export interface Preferences {
  /** When they are reminded of sessions; null: as their community has it. */
  reminders: ReminderId[] | null;
  /** When nobody may write to them; null: as their community has it. */
  quietHours: QuietHours | 'off' | null;
  /** Of their private calendar feed, what is kept of its address; null while they have none. */
  calendarFeed: string | null;
  /** The e-mail address to which invitations to their sessions go; null: none do. Nobody else is shown it. */
  inviteAt: string | null;
  /** Whether their calendar at that address may be looked at while a time with them is sought. */
  lookAtCalendar: boolean;
  /** Where a mentor meets, in place of a link that is made for each session; null: nowhere in particular. */
  meetingRoom: string | null;
}

/** What holds until a member says otherwise. */
export const usualPreferences: Preferences = {
  reminders: null,
  quietHours: null,
  calendarFeed: null,
  inviteAt: null,
  lookAtCalendar: false,
  meetingRoom: null,
};

/** What somebody chose, without reminders that there are no more. */
export const knownReminders = (kept: unknown): ReminderId[] | null =>
  Array.isArray(kept) ? reminderIds.filter((id) => kept.includes(id)) : null;

/** All that "My settings" shows. */
export interface Settings {
  /** IANA time zone, or null while nobody told us. */
  timeZone: string | null;
  /** The platform knows it, so it is changed there. */
  zoneFromPlatform: boolean;
  isMentor: boolean;
  preferences: Preferences;
  /** The bot has pages of its own, so there can be a calendar feed. */
  offersFeed: boolean;
  /** There is a calendar from which people can be invited by e-mail. */
  offersInvitations: boolean;
  /** Whether their own calendar could be looked at just now; null when that was not tried. */
  calendarLook: Look;
  /** What holds where they prefer nothing. */
  community: { reminders: readonly ReminderId[]; quietHours: QuietHours | null };
}
