import { describe, expect, test } from 'vitest';
import { attachMeeting, meetingFailed, setLink } from '../../src/core/meeting-link.ts';
import type { Change } from '../../src/core/request.ts';
import { DAY } from '../../src/core/time.ts';
import { now, roles, scheduled, sessionId } from './samples.ts';

const { holder } = roles;

describe('Meeting links', () => {
  const meeting = { state: 'ready', link: 'https://meet.google.com/abc', eventId: 'e1' } as const;
  const link = (change: Change | null) => {
    const { meetingState, meetingProvider, meetingLink, meetingEventId } = change?.request.session ?? {};
    return [meetingState, meetingProvider, meetingLink, meetingEventId];
  };

  test('the provider’s link, the mentor’s own, and none', () => {
    expect(link(attachMeeting(scheduled(DAY), sessionId, meeting, 'google-meet', now))).toEqual([
      'READY',
      'google-meet',
      'https://meet.google.com/abc',
      'e1',
    ]);
    expect(link(setLink(scheduled(DAY), holder, 'https://example.org', now, true))).toEqual([
      'READY',
      'manual',
      'https://example.org',
      null,
    ]);
    expect(link(meetingFailed(scheduled(DAY), sessionId, now))).toEqual(['FAILED', null, null, null]);
  });

  test('a link for another session, or one that is there already, changes nothing', () => {
    expect(attachMeeting(scheduled(DAY), 'another-session', meeting, 'google-meet', now)).toBeNull();
    const given = setLink(scheduled(DAY), holder, 'https://example.org', now, true).request;
    expect(attachMeeting(given, sessionId, meeting, 'google-meet', now)).toBeNull();
    expect(meetingFailed(given, sessionId, now)).toBeNull();
    expect(setLink(given, holder, null, now, true)).toEqual({ request: given, notices: [], withdraw: null });
  });

  test('without a provider, a link has to be given', () => {
    expect(() => setLink(scheduled(DAY, { meetingState: 'NONE' }), holder, null, now, false)).toThrow(
      expect.objectContaining({ detail: { fields: [{ field: 'link', code: 'missing' }] } }),
    );
  });
});
