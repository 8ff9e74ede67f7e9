import { describe, expect, test } from 'vitest';
import {
  attachMeeting,
  meetingBroken,
  meetingFailed,
  setLink,
  useRoom,
} from '../../src/core/meeting-link.ts';
import { type Change, cancel } from '../../src/core/request.ts';
import { schedule } from '../../src/core/scheduling.ts';
import { DAY, HOUR } from '../../src/core/time.ts';
import { claimed, grace, now, nowPlus, roles, scheduled, sessionId } from './samples.ts';

const { holder } = roles;

describe('Meeting links', () => {
  const meeting = { state: 'ready', link: 'https://meet.google.com/abc', eventId: 'e1' } as const;
  const link = (change: Change | null) => {
    const { meetingState, meetingProvider, meetingLink, meetingEventId, ownLink } =
      change?.request.session ?? {};
    return [meetingState, meetingProvider, meetingLink, meetingEventId, ownLink];
  };

  const kinds = (change: Change | null) => change?.notices.map(({ kind }) => kind) ?? [];

  test('the provider’s link, the mentor’s own, and none', () => {
    expect(link(attachMeeting(scheduled(DAY), sessionId, meeting, 'google-meet', now))).toEqual([
      'READY',
      'google-meet',
      'https://meet.google.com/abc',
      'e1',
      false,
    ]);
    expect(link(setLink(scheduled(DAY), holder, 'https://example.org', now, 'google-meet'))).toEqual([
      'READY',
      null,
      'https://example.org',
      null,
      true,
    ]);
    expect(link(meetingFailed(scheduled(DAY), sessionId, now))).toEqual(['FAILED', null, null, null, false]);
  });

  test('a link for another session, or one that is there already, changes nothing', () => {
    expect(attachMeeting(scheduled(DAY), 'another-session', meeting, 'google-meet', now)).toBeNull();
    const given = setLink(scheduled(DAY), holder, 'https://example.org', now, 'google-meet').request;
    const kept = attachMeeting(given, sessionId, meeting, 'google-meet', now);
    expect(link(kept)).toEqual(['READY', 'google-meet', 'https://example.org', 'e1', true]);
    expect(kept?.notices).toEqual([]);
    expect(attachMeeting(kept?.request ?? given, sessionId, meeting, 'google-meet', now)).toBeNull();
    expect(meetingFailed(given, sessionId, now)).toBeNull();
    expect(setLink(given, holder, null, now, 'google-meet')).toEqual({
      request: given,
      notices: [],
      withdraw: null,
    });
  });

  test('another link than the one they had is told to both, but for who gave it; the first one is not', () => {
    const made = attachMeeting(scheduled(DAY), sessionId, meeting, 'google-meet', now);
    expect(kinds(made)).not.toContain('link_changed');
    const ready = made?.request ?? scheduled(DAY);
    expect(attachMeeting(ready, sessionId, meeting, 'google-meet', now)).toBeNull();
    const again = attachMeeting(
      ready,
      sessionId,
      { ...meeting, link: 'https://meet.google.com/new' },
      'google-meet',
      now,
    );
    expect(kinds(again).filter((kind) => kind === 'link_changed')).toHaveLength(2);
    const own = setLink(ready, holder, 'https://example.org', now, 'google-meet');
    expect(own.notices.filter(({ kind }) => kind === 'link_changed')).toMatchObject([
      { recipient: { memberId: ready.student.id }, sessionId },
    ]);
  });

  test('what the set-up stands against is told to coordinators once a day for each cause, and the mentor is asked', () => {
    const why = 'Google no longer takes GOOGLE_REFRESH_TOKEN. Google says: 400 invalid_grant';
    const first = meetingBroken(scheduled(DAY), sessionId, 'google-meet', why, now);
    expect(kinds(first)).toEqual(['link_missing', 'session_card', 'session_card', 'meeting_trouble']);
    const keyOf = (change: Change) => change.notices.find(({ kind }) => kind === 'meeting_trouble')?.key;
    const other = { ...scheduled(3 * DAY), id: 'another' };
    expect(keyOf(meetingBroken(other, sessionId, 'google-meet', why, nowPlus(HOUR)))).toBe(keyOf(first));
    expect(keyOf(meetingBroken(other, sessionId, 'google-meet', why, nowPlus(DAY)))).not.toBe(keyOf(first));
    expect(keyOf(meetingBroken(other, sessionId, 'zoom', why, now))).not.toBe(keyOf(first));
    const linked = scheduled(DAY, { meetingState: 'READY', meetingLink: meeting.link, linkGiven: true });
    expect(kinds(meetingBroken(linked, sessionId, 'google-meet', why, now))).toEqual(['meeting_trouble']);
  });

  test('a mentor’s own room is the link of their sessions, in place of what a provider makes', () => {
    const mentor = { ...grace, meetingRoom: 'https://meet.example.org/grace' };
    const planned = schedule(claimed({ mentor }), holder, nowPlus(2 * DAY), now, sessionId, 'google-meet');
    expect(link(planned)).toEqual(['READY', null, mentor.meetingRoom, null, true]);
    expect(kinds(planned).filter((kind) => /^meeting_|link_missing/.test(kind))).toEqual([]);
    expect(kinds(cancel(planned.request, roles.student, now))).not.toContain('meeting_unwanted');
  });

  test('a room that is given later is taken by what waits for a link, and by nothing else', () => {
    const room = 'https://meet.example.org/grace';
    for (const meetingState of ['NONE', 'WANTED', 'FAILED'] as const) {
      const taken = useRoom(scheduled(DAY, { meetingState }), holder, room, now);
      expect(taken?.request.session).toMatchObject({
        meetingState: 'READY',
        meetingLink: room,
        ownLink: true,
      });
      expect(kinds(taken)).toEqual(['session_card', 'session_card']);
    }
    const linked = { meetingState: 'READY', meetingLink: meeting.link, linkGiven: true } as const;
    expect(useRoom(scheduled(DAY, linked), holder, room, now)).toBeNull();
    expect(useRoom(scheduled(DAY), roles['another mentor'], room, now)).toBeNull();
    expect(useRoom(scheduled(-DAY), holder, room, now)).toBeNull();
  });

  test('without a provider, a link has to be given', () => {
    expect(() => setLink(scheduled(DAY, { meetingState: 'NONE' }), holder, null, now, null)).toThrow(
      expect.objectContaining({ detail: { fields: [{ field: 'link', code: 'missing' }] } }),
    );
  });
});
