import { describe, expect, test } from 'vitest';
import { accept, propose, suits } from '../../src/core/proposals.ts';
import { type Change, cancel, release } from '../../src/core/request.ts';
import { DAY, HOUR, MINUTE } from '../../src/core/time.ts';
import { ada, claimed, grace, now, nowPlus, proposing, roles, scheduled, sessionId } from './samples.ts';

const { student, holder } = roles;

describe('Moving', () => {
  const asked = proposing(grace, scheduled(2 * DAY, { studentJoinedAt: now }));
  const moved = accept(asked, student, nowPlus(3 * DAY), now, 'unused', 'google-meet');

  test('keeps the session and its link, takes its reminders back and makes them anew', () => {
    expect(moved.request).toMatchObject({
      proposal: null,
      session: { id: sessionId, startsAt: nowPlus(3 * DAY), moves: 1, studentJoinedAt: null },
    });
    expect(moved.withdraw).toBe(sessionId);
    const again = accept(
      proposing(ada, moved.request),
      holder,
      nowPlus(3 * DAY),
      now,
      'unused',
      'google-meet',
    );
    const once = (change: Change) =>
      change.notices.filter(({ mode }) => mode === 'once').map(({ key }) => key);
    for (const key of once(again)) expect(once(moved)).not.toContain(key);
  });

  test('tells both the time that it was planned for', () => {
    const notices = moved.notices.filter(({ kind }) => kind === 'session_moved');
    expect(notices.map(({ detail }) => detail)).toEqual(
      Array(2).fill({ from: nowPlus(2 * DAY).toISOString() }),
    );
  });

  test('an old button does not accept a newer proposal', () => {
    expect(() => accept(asked, student, nowPlus(4 * DAY), now, 'unused', 'google-meet')).toThrow(
      expect.objectContaining({ code: 'proposal_gone' }),
    );
  });

  test('a time that has gone by meanwhile cannot be accepted, nor the time proposed at which it is', () => {
    const late = proposing(ada, claimed());
    expect(() => accept(late, holder, nowPlus(3 * DAY), nowPlus(3 * DAY), sessionId, 'google-meet')).toThrow(
      expect.objectContaining({ code: 'invalid_input' }),
    );
    expect(() => propose(scheduled(2 * DAY), student, nowPlus(2 * DAY), '', now)).toThrow(
      expect.objectContaining({ code: 'session_at_that_time' }),
    );
  });

  test('calling off says who did, why, and whether it was late', () => {
    expect(cancel(scheduled(DAY - 1), student, now, 'Exam').request.session).toMatchObject({
      calledOffById: ada.id,
      calledOffReason: 'Exam',
      calledOffLate: true,
    });
    expect(release(scheduled(DAY), holder, now).request.session).toMatchObject({
      calledOffById: grace.id,
      calledOffLate: false,
    });
  });

  test.each<[string, number, number | null, boolean]>([
    ['its very instant', DAY, null, true],
    ['another instant', DAY + 1, null, false],
    ['the start of a window', DAY, DAY + HOUR, true],
    ['as late as the session still fits', DAY - 30 * MINUTE, DAY + 30 * MINUTE, true],
    ['a minute later', DAY - 31 * MINUTE, DAY + 29 * MINUTE, false],
    ['before the window', DAY + 1, DAY + HOUR, false],
  ])('a day ahead suits: %s', (_what, start, end, expected) => {
    const wish = { start: nowPlus(start), end: end === null ? null : nowPlus(end) };
    expect(suits([wish], nowPlus(DAY), 30)).toBe(expected);
    expect(suits([], nowPlus(DAY), 30)).toBe(true);
  });
});
