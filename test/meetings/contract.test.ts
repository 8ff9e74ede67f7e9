import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chooseMeetingProvider, type MeetingSettings } from '../../src/meetings/index.ts';
import { startGoogle } from '../../src/sandbox/google/index.ts';
import { startZoom } from '../../src/sandbox/zoom/index.ts';
import { meetingProviderContract, type ProviderUnderTest } from '../contracts/meeting-provider.ts';
import { settingsAt } from './google-settings.ts';
import { zoomSettingsAt } from './zoom-settings.ts';

for (const kind of ['service-account', 'refresh-token'] as const) {
  meetingProviderContract(`google-meet by ${kind}`, async () => {
    const google = await startGoogle();
    const settings = settingsAt(google, kind);
    return {
      ...twice(settings),
      goAway: google.close,
      close: google.close,
      deletedByHand: ({ eventId }) =>
        google.edits(eventId, { status: 'cancelled', conferenceData: undefined }),
      held(sessionId) {
        const id = sessionId.replaceAll('-', '');
        const events = google.events().filter((event) => event.status !== 'cancelled');
        const event = events.find((candidate) => candidate.id === id);
        if (!event) return undefined;
        const [start, end] = [event.start, event.end].map(({ dateTime }) => new Date(dateTime)) as [
          Date,
          Date,
        ];
        return {
          start,
          end,
          times: events.length,
          guests: (event.attendees ?? []).map(({ email }) => email),
        };
      },
    };
  });
}

for (const kind of ['service-account', 'refresh-token'] as const) {
  meetingProviderContract(`google-meet-space by ${kind}`, async () => {
    const google = await startGoogle();
    const { identity, apiUrl, tokenUrl } = settingsAt(google, kind);
    return {
      ...twice({ provider: 'google-meet-space', identity, apiUrl, tokenUrl }),
      findsByKeptIdOnly: true,
      goAway: google.close,
      close: google.close,
      deletedByHand: ({ eventId }) => google.loseSpace(eventId),
      held: () => 'no calendar',
    };
  });
}

meetingProviderContract('zoom', async () => {
  const zoom = await startZoom();
  return {
    ...twice(zoomSettingsAt(zoom)),
    goAway: zoom.close,
    close: zoom.close,
    deletedByHand: ({ eventId }) => zoom.loseMeeting(Number(eventId)),
    held(sessionId) {
      const meetings = zoom.meetings().filter(({ agenda }) => agenda.includes(sessionId));
      const [meeting] = meetings;
      if (!meeting) return undefined;
      const start = new Date(meeting.start_time);
      return { start, end: new Date(start.getTime() + meeting.duration * 60_000), times: meetings.length };
    },
  };
});

meetingProviderContract('jitsi', async () => {
  const server = createServer((_request, response) => response.end('<html>Jitsi Meet</html>'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = async () => {
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return {
    ...twice({ provider: 'jitsi', host, secret: 'a secret of this test' }),
    goAway: stop,
    close: stop,
    deletedByHand: () => {}, // any name is a room
    held: () => 'no calendar',
  };
});

function twice(settings: MeetingSettings): Pick<ProviderUnderTest, 'provider' | 'restarted'> {
  const open = () => {
    const provider = chooseMeetingProvider(settings);
    if (!provider) throw new Error(`${settings.provider} makes no links.`);
    return provider;
  };
  return { provider: open(), restarted: open };
}
