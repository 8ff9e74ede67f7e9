import type { SetUpCheck } from '../core/ports.ts';
import { chooseMeetingProvider, type MeetingSettings, openBusyCalendars } from './index.ts';

/** Tries one provider of meeting links. Never rejects. */
export async function checkMeetings(settings: MeetingSettings): Promise<SetUpCheck> {
  const what = `Meeting links (${settings.provider})`;
  try {
    await chooseMeetingProvider(settings)?.check();
    return { what, ok: true };
  } catch (error) {
    return { what, ok: false, remedy: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * Tries every provider that is set up. Rooms of Google Meet without a calendar need the same sign-in and one scope more,
 * which most never grant: where they are not what makes links, that they cannot be chosen is no mistake.
 * @param chosen what makes links unless a community chooses another
 */
export async function checkAllMeetings(
  chosen: MeetingSettings,
  others: readonly MeetingSettings[],
): Promise<SetUpCheck[]> {
  const checks = await Promise.all([chosen, ...others].map(checkMeetings));
  const links = checks.map((check, index) =>
    index > 0 && !check.ok && others[index - 1]?.provider === 'google-meet-space'
      ? { what: `${check.what} cannot be chosen yet: ${check.remedy}`, ok: true }
      : check,
  );
  // Whoever cannot sign in for events has heard so.
  const working = [chosen, ...others].filter((_, index) => checks[index]?.ok);
  return [...links, ...(await checkCalendars(working))];
}

/** Tries to look at calendars. That it cannot be done is no mistake: it is for those who grant it. */
async function checkCalendars(working: readonly MeetingSettings[]): Promise<SetUpCheck[]> {
  const calendars = openBusyCalendars(working);
  if (!calendars) return [];
  try {
    await calendars.check();
    return [{ what: 'Calendars of people who ask to be looked at (Google)', ok: true }];
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return [
      { what: `Calendars of people who ask for it cannot be looked at yet (optional): ${why}`, ok: true },
    ];
  }
}
