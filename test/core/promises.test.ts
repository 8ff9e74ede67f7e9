import { describe, expect, test } from 'vitest';
import { giveBack } from '../../src/core/give-back.ts';
import { reportNoShow } from '../../src/core/no-show.ts';
import { type Notice, waitingKinds } from '../../src/core/notices.ts';
import {
  circle,
  claimPromise,
  givenBackAt,
  owesTime,
  whileClaimed,
  whileOpen,
} from '../../src/core/promises.ts';
import { decline, propose } from '../../src/core/proposals.ts';
import { claim, OPEN_FOR, openRequest, type Request, renew, urgencies } from '../../src/core/request.ts';
import { rate, schedule } from '../../src/core/scheduling.ts';
import type { Session } from '../../src/core/session.ts';
import { DAY, HOUR, MINUTE } from '../../src/core/time.ts';
import { cardFor } from '../../src/messages/index.ts';
import { notice } from '../messages/every-card.ts';
import { bodyOf, titleOf } from '../messages/reading.ts';
import {
  ada,
  claimed,
  grace,
  now,
  nowPlus,
  open,
  proposing,
  roles,
  scheduled,
  situations,
} from './samples.ts';

const { student, holder } = roles;

/** "still_waiting after 24 h", in the order in which they are due. */
const timetable = (notices: Notice[]): string[] =>
  notices
    .filter(({ kind }) => waitingKinds.includes(kind))
    .sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime())
    .map(({ kind, dueAt }) => `${kind} after ${(dueAt.getTime() - now.getTime()) / HOUR} h`);

describe('While nobody claims it', () => {
  const fresh = (changes: Partial<Request>) => open({ expiresAt: nowPlus(OPEN_FOR), ...changes });

  test.each([
    ['high', ['still_waiting after 2 h', 'needs_coordinator after 6 h', 'still_wanted after 84 h']],
    ['normal', ['still_waiting after 24 h', 'needs_coordinator after 48 h', 'still_wanted after 84 h']],
    ['low', ['still_waiting after 48 h', 'still_wanted after 84 h', 'needs_coordinator after 96 h']],
  ] as const)('%s urgency: those who hear of it become more', (urgency, expected) => {
    expect(timetable(openRequest(fresh({ urgency }), now).notices)).toEqual(expected);
  });

  test('everybody hears of it before it expires', () => {
    for (const urgency of urgencies) {
      expect(circle[urgency].mentorsAgain).toBeLessThan(circle[urgency].coordinators);
      expect(circle[urgency].coordinators).toBeLessThan(OPEN_FOR);
    }
  });

  test('mentors who know the topic are sought at once; not the one who just gave it back', () => {
    const [sought] = whileOpen(open(), now);
    expect(sought).toMatchObject({ kind: 'mentors_sought', dueAt: now, detail: {} });
    expect(whileOpen(open(), now, grace)[0]?.detail).toEqual({ gaveBack: grace.id });
  });

  test('half-way the student may keep it open, and the waiting begins anew', () => {
    const [stillWanted] = whileOpen(fresh({}), now).filter(({ kind }) => kind === 'still_wanted');
    const halfWay = stillWanted?.dueAt ?? now;
    const kept = renew(fresh({}), student, halfWay);
    expect(kept.request.expiresAt.getTime() - halfWay.getTime()).toBe(OPEN_FOR);
    expect(kept.notices.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['still_waiting', 'still_wanted']),
    );
    expect(() => renew(fresh({}), student, new Date(halfWay.getTime() - 1))).toThrow(
      expect.objectContaining({ code: 'request_still_open' }),
    );
  });
});

describe('A claim is a promise', () => {
  const held = claim(open(), holder, now).request;

  test('the mentor is reminded, the student is told, then it goes back', () => {
    expect(timetable(whileClaimed(held, now))).toEqual(['claim_nudge after 12 h', 'claim_waits after 24 h']);
    expect(claimPromise.tellStudent).toBeLessThan(claimPromise.giveBack);
  });

  test('it goes back at its instant, not a moment before', () => {
    const back = claimed({ claimedAt: nowPlus(-2 * DAY), expiresAt: nowPlus(HOUR) });
    expect(giveBack({ ...back, claimedAt: nowPlus(-2 * DAY + 1) }, now)).toBeNull();
    expect(giveBack(back, now)?.request).toMatchObject({
      status: 'OPEN',
      mentor: null,
      claimedAt: null,
      proposal: null,
      expiresAt: nowPlus(2 * DAY),
    });
  });

  const since = (days: number, proposal: Request['proposal']) =>
    claimed({ claimedAt: nowPlus(-days * DAY), proposal });
  const at = (hours: number, who = grace) => ({ startsAt: nowPlus(hours * HOUR), byId: who.id, reason: '' });

  test.each<[string, Request, back: boolean, owes: boolean]>([
    ['no proposal, a day', since(1, null), false, true],
    ['no proposal, two days', since(2, null), true, true],
    ['the mentor proposed a time ahead', since(6, at(2)), false, false],
    ['that time has come', since(6, at(0)), true, true],
    ['it has come before the two days are over', since(1, at(-2)), false, true],
    ['the mentor proposed a time, a week ago', since(7, at(2)), true, false],
    ['the student proposed: that waits for the mentor too', since(2, at(20, ada)), true, true],
    ['the student proposed, a day', since(1, at(20, ada)), false, true],
  ])('%s', (_what, request, back, owes) => {
    expect(giveBack(request, now) !== null).toBe(back);
    expect(owesTime(request, now)).toBe(owes);
  });

  test('a time that was declined gives the mentor as long for another one', () => {
    const proposed = propose(since(6, null), holder, nowPlus(DAY), '', now).request;
    const declined = decline(proposed, student, nowPlus(DAY), now);
    expect(declined.request.claimedAt).toEqual(now);
    expect(givenBackAt({ ...declined.request, claimedAt: now })).toEqual(nowPlus(2 * DAY));
    expect(timetable(declined.notices)).toEqual(['claim_nudge after 12 h', 'claim_waits after 24 h']);
  });

  test('declining to move a session leaves the claim as it is', () => {
    const moving = proposing(ada, scheduled(2 * DAY));
    const { request, notices } = decline(moving, holder, nowPlus(3 * DAY), now);
    expect(request.claimedAt).toEqual(moving.claimedAt);
    expect(timetable(notices)).toEqual([]);
  });
});

describe('Somebody did not come', () => {
  const on = (joined: Partial<Session> = {}) => scheduled(-10 * MINUTE, joined);
  const outcome = (request: Request, by: typeof student) =>
    reportNoShow(request, by, now).request.session?.outcome;

  test.each<[string, Partial<Session>, byStudent: string, byMentor: string]>([
    ['nobody joined', {}, 'MENTOR_ABSENT', 'STUDENT_ABSENT'],
    ['the student joined', { studentJoinedAt: now }, 'MENTOR_ABSENT', 'UNCLEAR'],
    ['the mentor joined', { mentorJoinedAt: now }, 'UNCLEAR', 'STUDENT_ABSENT'],
    ['both joined', { studentJoinedAt: now, mentorJoinedAt: now }, 'UNCLEAR', 'UNCLEAR'],
  ])('%s', (_what, joined, byStudent, byMentor) => {
    expect(outcome(on(joined), student)).toBe(byStudent);
    expect(outcome(on(joined), holder)).toBe(byMentor);
  });

  test('the session is missed, the claim begins anew, and nobody is asked how it went', () => {
    const { request, notices, withdraw } = reportNoShow(on(), student, now);
    expect(request).toMatchObject({ status: 'CLAIMED', claimedAt: now, session: { status: 'NO_SHOW' } });
    expect(withdraw).toBe(request.session?.id);
    expect(notices.map(({ kind }) => kind)).not.toContain('how_did_it_go');
    expect(() => rate(request, student, { rating: 5, helped: null, comment: '' }, now)).toThrow(
      expect.objectContaining({ code: 'session_missed' }),
    );
  });

  test('another session comes in its place, with a link and reminders of its own', () => {
    const missed = reportNoShow(
      on({ meetingState: 'READY', meetingLink: 'https://old' }),
      student,
      now,
    ).request;
    const again = schedule(missed, holder, nowPlus(2 * DAY), now, 'another-id', 'google-meet');
    expect(again.request.session).toMatchObject({ id: 'another-id', status: 'SCHEDULED', meetingLink: null });
    expect(again.notices.map(({ kind, sessionId }) => `${kind} ${sessionId}`)).toEqual(
      expect.arrayContaining(['meeting_wanted another-id', 'session_reminder another-id']),
    );
  });
});

describe('What was put off is said only while it is true', () => {
  const said = (kind: (typeof waitingKinds)[number], request: Request, me: string) =>
    cardFor(notice(kind as 'still_waiting', me), request, now);

  test.each(Object.entries(situations))('%s', (_name, request) => {
    const isOpen = request.status === 'OPEN' && request.expiresAt > now;
    for (const kind of ['still_waiting', 'needs_coordinator', 'still_wanted'] as const)
      expect(said(kind, request, ada.id) !== null, kind).toBe(isOpen);
    const owed = owesTime(request, now) && giveBack(request, now) === null;
    expect(said('claim_nudge', request, grace.id) !== null).toBe(owed);
    expect(said('claim_waits', request, ada.id) !== null).toBe(owed);
  });

  test('a mentor who holds it no longer is not reminded', () => {
    expect(said('claim_nudge', claimed({ mentor: ada }), grace.id)).toBeNull();
  });

  test('a returned claim: the student hears of it while it is open, the mentor in any case', () => {
    const returned = (request: Request, me: string) => cardFor(notice('claim_returned', me), request, now);
    expect(titleOf(returned(open(), ada.id) ?? fail())).toMatch(/with all mentors again/);
    expect(returned(claimed(), ada.id)).toBeNull();
    expect(bodyOf(returned(open(), grace.id) ?? fail())).toMatch(/welcome to claim it/);
    expect(bodyOf(returned(scheduled(DAY), grace.id) ?? fail())).not.toMatch(/welcome to claim it/);
  });

  test('who joined is never told that they were missed', () => {
    const told = (changes: Partial<Session>) => {
      const { request } = reportNoShow(scheduled(-10 * MINUTE, changes), student, now);
      return titleOf(cardFor(notice('somebody_missing', grace.id, { by: ada.id }), request, now) ?? fail());
    };
    expect(told({})).toBe('You were missed');
    expect(told({ mentorJoinedAt: now })).toBe('It seems that you two missed each other');
  });
});

function fail(): never {
  throw new Error('nobody is told');
}
