import { describe, expect, test } from 'vitest';
import { quietHoursOf, readSettings, usualSettings } from '../../src/core/community.ts';
import { giveBack } from '../../src/core/give-back.ts';
import type { Notice } from '../../src/core/notices.ts';
import { knownReminders } from '../../src/core/preferences.ts';
import { circle, claimPromise } from '../../src/core/promises.ts';
import { type ReminderId, reminders, usualReminders } from '../../src/core/reminders.ts';
import { claim, OPEN_AGAIN_FOR, OPEN_FOR, openRequest, release, renew } from '../../src/core/request.ts';
import { schedule } from '../../src/core/scheduling.ts';
import { DAY, HOUR } from '../../src/core/time.ts';
import { ada, claimed, grace, now, nowPlus, open, roles, toldTo } from './samples.ts';

const settings = readSettings({
  circle: {
    low: { mentorsAgain: 5 * HOUR, coordinators: 6 * HOUR },
    normal: { mentorsAgain: 3 * HOUR, coordinators: 4 * HOUR },
    high: { mentorsAgain: HOUR, coordinators: 2 * HOUR },
  },
  claim: { nudge: HOUR, tellStudent: 2 * HOUR, giveBack: 3 * HOUR, withProposal: DAY },
  openFor: 3 * DAY,
  openAgainFor: DAY,
  reminders: ['1h'],
  quietHours: null,
});
const after = (notices: Notice[], kind: Notice['kind']) =>
  notices
    .filter((notice) => notice.kind === kind)
    .map(({ dueAt }) => (dueAt.getTime() - now.getTime()) / HOUR);

describe('what is set', () => {
  test('nothing: the promises as the code has them', () => {
    expect(readSettings({})).toEqual({
      circle,
      claim: claimPromise,
      openFor: OPEN_FOR,
      openAgainFor: OPEN_AGAIN_FOR,
      reminders: usualReminders,
      quietHours: { from: 22 * 60, to: 8 * 60 },
      meetingProvider: null,
      language: null,
      timeZone: null,
    });
    expect(readSettings(null)).toEqual(usualSettings);
  });

  test('a part that cannot be read has its default, and spoils no other', () => {
    const read = readSettings({ claim: { nudge: 'soon' }, openFor: 2 * DAY, reminders: ['7m'], new: 1 });
    expect(read).toEqual({ ...usualSettings, openFor: 2 * DAY });
    expect(knownReminders(['15m', '7m', '1w'])).toEqual(['1w', '15m']);
    expect(knownReminders(null)).toBeNull();
  });

  test('people’s own quiet hours come first', () => {
    const own = { from: 60, to: 120 };
    expect(quietHoursOf(usualSettings, null)).toEqual({ from: 1320, to: 480 });
    expect(quietHoursOf(settings, null)).toBeNull();
    expect(quietHoursOf(settings, own)).toEqual(own);
    expect(quietHoursOf(usualSettings, 'off')).toBeNull();
  });
});

describe('a community that is quicker', () => {
  const fresh = open({ settings, createdAt: now, expiresAt: nowPlus(settings.openFor) });

  test.each([
    ['low', 5, 6],
    ['normal', 3, 4],
    ['high', 1, 2],
  ] as const)('hears sooner that nobody takes a request: %s', (urgency, again, coordinators) => {
    const { notices } = openRequest({ ...fresh, urgency }, now);
    expect(after(notices, 'still_waiting')).toEqual([again]);
    expect(after(notices, 'needs_coordinator')).toEqual([coordinators]);
    expect(after(notices, 'still_wanted')).toEqual([36]);
  });

  test('has claims nudged and given back sooner', () => {
    const { notices, request } = claim(fresh, roles.holder, now);
    expect(after(notices, 'claim_nudge')).toEqual([1]);
    expect(after(notices, 'claim_waits')).toEqual([2]);
    expect(giveBack(request, nowPlus(3 * HOUR - 1))).toBeNull();
    expect(giveBack(request, nowPlus(3 * HOUR))?.request.status).toBe('OPEN');
    const proposed = { ...request, proposal: { startsAt: nowPlus(4 * DAY), byId: grace.id, reason: '' } };
    expect(giveBack(proposed, nowPlus(DAY - 1))).toBeNull();
    expect(giveBack(proposed, nowPlus(DAY))?.request.status).toBe('OPEN');
  });

  test('keeps requests open for as long as it says', () => {
    const back = release(claimed({ settings, expiresAt: nowPlus(HOUR) }), roles.holder, now).request;
    expect(back.expiresAt).toEqual(nowPlus(settings.openAgainFor));
    const renewed = renew(open({ settings, expiresAt: nowPlus(DAY) }), roles.student, now).request;
    expect(renewed.expiresAt).toEqual(nowPlus(settings.openFor));
    expect(() => renew(open({ settings, expiresAt: nowPlus(2 * DAY) }), roles.student, now)).toThrow(
      'request_still_open',
    );
  });
});

describe('reminders', () => {
  const planned = (student: ReminderId[] | null, startsIn = 10 * DAY) =>
    schedule(
      claimed({
        settings,
        student: { ...ada, reminders: student },
      }),
      roles.holder,
      nowPlus(startsIn),
      now,
      '99999999-aaaa-4bbb-8ccc-dddddddddddd',
      'google-meet',
    ).notices.filter(({ kind }) => kind === 'session_reminder');
  const of = (who: string, notices: Notice[]) =>
    notices.filter((notice) => toldTo(notice) === who).map(({ detail }) => detail.reminder);

  test('each of the two gets those of their own, else those of the community', () => {
    const all = reminders.map(({ id }) => id);
    expect(of('student', planned(all))).toEqual(all);
    expect(of('student', planned([]))).toEqual([]);
    expect(of('student', planned(null))).toEqual(['1h']);
    expect(of('holder', planned([]))).toEqual(['1h']);
  });

  test('none for a time that is gone by', () => {
    expect(
      of(
        'student',
        planned(
          reminders.map(({ id }) => id),
          90 * 60_000,
        ),
      ),
    ).toEqual(['1h', '15m', '5m']);
  });
});
