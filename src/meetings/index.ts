import type { MeetingProvider } from '../core/ports.ts';
import { type GoogleMeetSettings, googleMeet } from './google-meet.ts';
import { type JitsiSettings, jitsi } from './jitsi.ts';

/** No provider makes links: the mentor pastes one. */
export interface ManualSettings {
  provider: 'manual';
}

export type MeetingSettings = GoogleMeetSettings | JitsiSettings | ManualSettings;

/**
 * The provider that the settings name, or undefined when mentors paste their own links.
 * Opens no connection; `check()` on the provider tries the set-up.
 */
export function chooseMeetingProvider(settings: MeetingSettings): MeetingProvider | undefined {
  switch (settings.provider) {
    case 'google-meet':
      return googleMeet(settings);
    case 'jitsi':
      return jitsi(settings);
    case 'manual':
      return undefined;
  }
}
