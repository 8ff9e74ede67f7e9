import type { SetUpCheck } from '../core/ports.ts';
import { chooseMeetingProvider, type MeetingSettings } from './index.ts';

/** Tries the provider of meeting links. Never rejects. */
export async function checkMeetings(settings: MeetingSettings): Promise<SetUpCheck> {
  const what = `Meeting links (${settings.provider})`;
  try {
    await chooseMeetingProvider(settings)?.check();
    return { what, ok: true };
  } catch (error) {
    return { what, ok: false, remedy: error instanceof Error ? error.message : String(error) };
  }
}
