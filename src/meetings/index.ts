import type { BusyCalendars, MeetingProvider, MeetingProviders } from '../core/ports.ts';
import { googleBusy } from './google-busy.ts';
import { type GoogleMeetSettings, googleMeet } from './google-meet.ts';
import { type GoogleMeetSpaceSettings, googleMeetSpace } from './google-meet-space.ts';
import { type JitsiSettings, jitsi } from './jitsi.ts';
import { type ZoomSettings, zoom } from './zoom.ts';

/** No provider makes links: the mentor pastes one. */
export interface ManualSettings {
  provider: 'manual';
}

export type MeetingSettings =
  | GoogleMeetSettings
  | GoogleMeetSpaceSettings
  | ZoomSettings
  | JitsiSettings
  | ManualSettings;

/** What MEETING_PROVIDER may say. */
export const meetingProviderNames = ['google-meet', 'google-meet-space', 'zoom', 'jitsi', 'manual'] as const;

/**
 * The provider that the settings name, or undefined when mentors paste their own links.
 * Opens no connection; `check()` on the provider tries the set-up.
 */
export function chooseMeetingProvider(settings: MeetingSettings): MeetingProvider | undefined {
  switch (settings.provider) {
    case 'google-meet':
      return googleMeet(settings);
    case 'google-meet-space':
      return googleMeetSpace(settings);
    case 'zoom':
      return zoom(settings);
    case 'jitsi':
      return jitsi(settings);
    case 'manual':
      return undefined;
  }
}

/**
 * Every provider that is set up, each opened once.
 * @param chosen what makes links unless a community chooses another
 * @param others what else is set up
 */
export function openMeetingProviders(
  chosen: MeetingSettings,
  others: readonly MeetingSettings[],
): MeetingProviders {
  const opened = new Map<string, MeetingProvider>();
  for (const settings of [chosen, ...others]) {
    const provider = chooseMeetingProvider(settings);
    if (provider && !opened.has(provider.name)) opened.set(provider.name, provider);
  }
  return {
    preset: chosen.provider === 'manual' ? null : chosen.provider,
    names: [...opened.keys()],
    named: (name) => opened.get(name),
  };
}

/** People's own calendars, where a provider that is set up has any; null where none has. Opens no connection. */
export function openBusyCalendars(settings: readonly MeetingSettings[]): BusyCalendars | null {
  const google = settings.find((each) => each.provider === 'google-meet');
  return google ? googleBusy(google) : null;
}
