import { z } from 'zod';
import type { Preferences } from './preferences.ts';
import { circle, claimPromise } from './promises.ts';
import { type QuietHours, usualQuietHours } from './quiet-hours.ts';
import { reminderIds, usualReminders } from './reminders.ts';
import { OPEN_AGAIN_FOR, OPEN_FOR } from './request.ts';
import { DAY, HOUR } from './time.ts';

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
  /** Name of the provider that makes the links; null: the one of the deployment. */
  meetingProvider: z.string().nullable().catch(null),
  /** For who chose no other; null: each reads their own. */
  language: z.string().nullable().catch(null),
});
export type CommunitySettings = z.output<typeof schema>;

/** All of the settings, from what is kept. */
export const readSettings = (kept: unknown): CommunitySettings =>
  schema.parse(typeof kept === 'object' && kept !== null ? kept : {});

export const usualSettings: CommunitySettings = readSettings({});

/** When somebody wants no direct messages; null: they come at any hour. */
export const quietHoursOf = (
  settings: CommunitySettings,
  own: Preferences['quietHours'],
): QuietHours | null => (own === 'off' ? null : (own ?? settings.quietHours));
