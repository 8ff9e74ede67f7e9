import type { GoogleIdentity } from '../../src/meetings/google-auth.ts';
import type { GoogleMeetSettings } from '../../src/meetings/google-meet.ts';
import type { GoogleStandIn } from '../../src/sandbox/google/index.ts';

/** Settings of a bot that signs in at the stand-in, in one of the two ways. */
export function settingsAt(
  google: GoogleStandIn,
  kind: GoogleIdentity['kind'],
  changes: Record<string, string | undefined> = {},
): GoogleMeetSettings {
  const { serviceAccount, refreshToken, apiUrl, tokenUrl, calendarId } = google.account();
  const identity: GoogleIdentity =
    kind === 'service-account'
      ? { kind, ...serviceAccount, ...changes }
      : { kind, ...refreshToken, ...changes };
  return { provider: 'google-meet', identity, calendarId, apiUrl, tokenUrl };
}
