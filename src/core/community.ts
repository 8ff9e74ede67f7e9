import { z } from 'zod';
import { type Language, languages } from './language.ts';
import type { MeetingChoices } from './ports.ts';
import type { Preferences } from './preferences.ts';
import { circle, claimPromise } from './promises.ts';
import { type QuietHours, usualQuietHours } from './quiet-hours.ts';
import { reminderIds, usualReminders } from './reminders.ts';
import { OPEN_AGAIN_FOR, OPEN_FOR } from './request.ts';
import { DAY, HOUR, isTimeZone } from './time.ts';

const minute = z.number().int().min(0).max(1439);
const quietHours: z.ZodType<QuietHours | null> = z.object({ from: minute, to: minute }).nullable();

/** A time that a coordinator may set, in milliseconds. */
const wait = z
  .number()
  .int()
  .min(HOUR)
  .max(60 * DAY);
const step = z.object({ mentorsAgain: wait, coordinators: wait });

/**
 * What coordinators set for their community. Durations are in milliseconds. Each part has its default, so that only
 * what somebody set is kept; what cannot be read, such as what a later version wrote, has its default too.
 */
const schema = z.object({
  circle: z.object({ low: step, normal: step, high: step }).catch(circle),
  claim: z.object({ nudge: wait, tellStudent: wait, giveBack: wait, withProposal: wait }).catch(claimPromise),
  /** How long a request waits for a mentor before it expires, and at least once it was given back. */
  openFor: wait.catch(OPEN_FOR),
  openAgainFor: wait.catch(OPEN_AGAIN_FOR),
  /** For who chose no others. */
  reminders: z.array(z.enum(reminderIds)).catch(usualReminders),
  /** null: none, for who chose no others. */
  quietHours: quietHours.catch(usualQuietHours),
  /** Name of the provider that makes the links, or {@link OWN_LINKS}; null: as the deployment has it. */
  meetingProvider: z.string().nullable().catch(null),
  /** Offered first to people of whom nobody knows theirs; null: none. */
  timeZone: z.string().refine(isTimeZone).nullable().catch(null),
  /** In which its channels are written to, and people of whom nobody knows one; null: as the deployment has it. */
  language: z.enum(languages).nullable().catch(null),
});
export type CommunitySettings = z.output<typeof schema>;

/** All of the settings, from what is kept. */
export const readSettings = (kept: unknown): CommunitySettings =>
  schema.parse(typeof kept === 'object' && kept !== null ? kept : {});

export const usualSettings: CommunitySettings = readSettings({});

/** In place of a provider's name: each mentor gives a link. */
export const OWN_LINKS = 'manual';

/**
 * Who makes the links of a community. One that is not set up any more gives way to the one of the deployment.
 * @returns null when mentors give theirs
 */
export function linkMakerOf(
  { meetingProvider }: Pick<CommunitySettings, 'meetingProvider'>,
  { preset, names }: MeetingChoices,
): string | null {
  if (meetingProvider === OWN_LINKS) return null;
  return meetingProvider && names.includes(meetingProvider) ? meetingProvider : preset;
}

/** In which language a community is spoken to. @param usual of the deployment */
export const languageIn = ({ language }: Pick<CommunitySettings, 'language'>, usual: Language): Language =>
  language ?? usual;

/** When somebody wants no direct messages; null: they come at any hour. */
export const quietHoursOf = (
  settings: CommunitySettings,
  own: Preferences['quietHours'],
): QuietHours | null => (own === 'off' ? null : (own ?? settings.quietHours));

/** Whether this provider of links keeps a calendar: people can be invited from it, and theirs be looked at. */
export const keepsCalendar = (linkMaker: string | null): boolean => linkMaker === 'google-meet';
