import { parseConfig } from '../../src/config.ts';
import type { ZoomSettings } from '../../src/meetings/zoom.ts';
import type { ZoomStandIn } from '../../src/sandbox/zoom/index.ts';

/** Settings of a bot that signs in at the stand-in, read as the bot reads them. */
export function zoomSettingsAt(zoom: ZoomStandIn, changes: Partial<ZoomSettings> = {}): ZoomSettings {
  const { meetings } = parseConfig(zoom.env);
  if (meetings.provider !== 'zoom') throw new Error(`The settings choose ${meetings.provider}.`);
  return { ...meetings, ...changes };
}
