/**
 * How a member wants the bot to treat them. A new preference is a property here with its usual value below, a column
 * of `member_preferences`, a line in `src/store/preferences.ts`, and a section in `src/messages/settings`.
 */
export type Preferences = Record<never, never>;

/** What holds until a member says otherwise. */
export const usualPreferences: Preferences = {};

/** All that "My settings" shows. */
export interface Settings {
  /** IANA time zone, or null while nobody told us. */
  timeZone: string | null;
  /** The platform knows it, so it is changed there. */
  zoneFromPlatform: boolean;
  isMentor: boolean;
  preferences: Preferences;
}
