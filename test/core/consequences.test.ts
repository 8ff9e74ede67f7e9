import { describe, expect, test } from 'vitest';
import { giveBack } from '../../src/core/give-back.ts';
import { attachMeeting, meetingFailed, setLink } from '../../src/core/meeting-link.ts';
import { reportMoved, reportNoShow } from '../../src/core/no-show.ts';
import { cannotReach, type Notice, sessionReminders } from '../../src/core/notices.ts';
import { accept, decline, propose } from '../../src/core/proposals.ts';
import {
  type Change,
  cancel,
  claim,
  expire,
  OPEN_FOR,
  openRequest,
  type Request,
  release,
  renew,
} from '../../src/core/request.ts';
import { closeUnfinished, complete, end, join, rate, schedule, wrapUp } from '../../src/core/scheduling.ts';
import { DAY, HOUR, type Instant, MINUTE } from '../../src/core/time.ts';
import {
  ada,
  claimed,
  grace,
  linus,
  now,
  nowPlus,
  open,
  proposing,
  roles,
  scheduled,
  sessionId,
  toldTo,
} from './samples.ts';

const { student, holder } = roles;

/** Who is told what, such as "request_claimed → student". */
const told = (change: Change | null): string[] =>
  (change?.notices ?? []).map((notice) => `${notice.kind} → ${toldTo(notice)}`);

const five = { rating: 5, helped: 'yes', comment: '' } as const;
const bothCards = ['session_card → student', 'session_card → holder'];

const waits = [
  'mentors_sought → matching',
  'still_waiting → mentors',
  'needs_coordinator → coordinators',
  'still_wanted → student',
];

describe('Who is told what', () => {
  const onItsWay = scheduled(2 * DAY);
  const manual = scheduled(2 * DAY, { meetingState: 'NONE' });
  const over = scheduled(-HOUR);
  const asked = scheduled(-HOUR, { askedAt: nowPlus(-20 * MINUTE) });
  const inThreeDays = nowPlus(3 * DAY);
  const reminders = [
    'session_reminder → student',
    'session_reminder → holder',
    'session_reminder → student',
    'session_reminder → holder',
  ];
  const asksForIt = ['meeting_wanted → meetings', 'meeting_check → meetings'];
  const meeting = { state: 'ready', link: 'https://meet.google.com/x', eventId: 'e1' } as const;

  test.each<[string, Change | null, string[]]>([
    ['a new request', openRequest(open(), now), ['request_card → mentors', ...waits]],
    [
      'a claim',
      claim(open(), holder, now),
      [
        'request_card → mentors',
        'room → room',
        'request_claimed → student',
        'claim_nudge → holder',
        'claim_waits → student',
      ],
    ],
    [
      'a release',
      release(claimed(), holder, now),
      ['request_card → mentors', 'room → room', 'request_released → student', ...waits],
    ],
    [
      'a release that calls a session off',
      release(onItsWay, holder, now),
      [
        'request_card → mentors',
        'room → room',
        'request_released → student',
        ...bothCards,
        'meeting_unwanted → meetings',
        ...waits,
      ],
    ],
    ['cancelling what nobody holds', cancel(open(), student, now), ['request_card → mentors']],
    [
      'cancelling what a mentor holds',
      cancel(claimed(), student, now),
      ['request_card → mentors', 'room → room', 'request_cancelled → holder'],
    ],
    [
      'cancelling a session',
      cancel(onItsWay, student, now),
      [
        'request_card → mentors',
        'room → room',
        'request_cancelled → holder',
        ...bothCards,
        'meeting_unwanted → meetings',
      ],
    ],
    [
      'cancelling a session that no provider knows of',
      cancel(manual, student, now),
      ['request_card → mentors', 'room → room', 'request_cancelled → holder', ...bothCards],
    ],
    [
      'running out of time',
      expire(open({ expiresAt: now }), now),
      ['request_card → mentors', 'request_expired → student'],
    ],
    ['renewing', renew(open({ status: 'EXPIRED' }), student, now), ['request_card → mentors', ...waits]],
    [
      'scheduling with a provider',
      schedule(claimed(), holder, inThreeDays, now, sessionId, 'google-meet'),
      ['request_card → mentors', 'room → room', ...bothCards, ...reminders, ...asksForIt],
    ],
    [
      'scheduling without one',
      schedule(claimed(), holder, inThreeDays, now, sessionId, null),
      ['request_card → mentors', 'room → room', ...bothCards, ...reminders, 'link_missing → holder'],
    ],
    ['the provider’s link', attachMeeting(onItsWay, sessionId, meeting, 'google-meet', now), bothCards],
    [
      'no link from the provider',
      meetingFailed(onItsWay, sessionId, now),
      ['link_missing → holder', ...bothCards],
    ],
    ['a link by hand', setLink(manual, holder, 'https://example.org', now, null), bothCards],
    [
      'asking the provider again',
      setLink(scheduled(DAY, { meetingState: 'FAILED' }), holder, null, now, 'google-meet'),
      ['meeting_wanted → meetings', ...bothCards],
    ],
    [
      'proposing a time, by the student',
      propose(claimed(), student, inThreeDays, '', now),
      ['room → room', 'time_proposed → holder'],
    ],
    [
      'proposing to move, by the mentor',
      propose(onItsWay, holder, inThreeDays, '', now),
      ['room → room', 'time_proposed → student'],
    ],
    [
      'accepting a time',
      accept(proposing(ada, claimed()), holder, inThreeDays, now, sessionId, 'google-meet'),
      ['request_card → mentors', 'room → room', ...bothCards, ...reminders, ...asksForIt],
    ],
    [
      'accepting to move',
      accept(proposing(grace, onItsWay), student, inThreeDays, now, sessionId, 'google-meet'),
      [
        'request_card → mentors',
        'room → room',
        ...bothCards,
        'session_moved → student',
        'session_moved → holder',
        ...reminders,
        'meeting_moved → meetings',
        'meeting_check → meetings',
      ],
    ],
    [
      'declining a time',
      decline(proposing(ada, claimed()), holder, inThreeDays, now),
      ['room → room', 'proposal_declined → student', 'claim_nudge → holder', 'claim_waits → student'],
    ],
    ['joining', join(scheduled(5 * MINUTE), student, now), []],
    [
      'the end of the time',
      end(over, now),
      ['room → room', 'did_it_happen → student', 'did_it_happen → holder', ...bothCards],
    ],
    [
      'completing before anybody was asked',
      complete(over, holder, now),
      [
        'request_card → mentors',
        'room → room',
        ...bothCards,
        'how_did_it_go → student',
        'how_did_it_go → holder',
      ],
    ],
    [
      'completing after both were asked',
      complete(asked, student, now),
      [
        'request_card → mentors',
        'room → room',
        ...bothCards,
        'how_did_it_go → student',
        'how_did_it_go → holder',
      ],
    ],
    [
      'the end of a session to which both came',
      end(scheduled(-HOUR, { studentJoinedAt: now, mentorJoinedAt: now }), now),
      [
        'request_card → mentors',
        'room → room',
        ...bothCards,
        'how_did_it_go → student',
        'how_did_it_go → holder',
      ],
    ],
    [
      'closing what nobody closed',
      closeUnfinished(scheduled(-25 * HOUR), now),
      ['request_card → mentors', 'room → room', ...bothCards],
    ],
    [
      'saying that the other did not come',
      reportNoShow(over, student, now),
      [
        'request_card → mentors',
        'room → room',
        ...bothCards,
        'somebody_missing → student',
        'somebody_missing → holder',
        'claim_nudge → holder',
        'claim_waits → student',
      ],
    ],
    [
      'a claim for which nobody set a time',
      giveBack(claimed({ claimedAt: nowPlus(-2 * DAY) }), now),
      [
        'request_card → mentors',
        'room → room',
        'claim_returned → student',
        'claim_returned → holder',
        ...waits,
      ],
    ],
    [
      'feedback about what nobody closed',
      rate(over, student, five, now),
      ['request_card → mentors', 'room → room', ...bothCards, 'how_did_it_go → holder'],
    ],
    ['feedback', rate(complete(over, holder, now).request, student, five, now), ['session_card → student']],
    [
      'a next step',
      wrapUp(complete(over, holder, now).request, holder, '', 'Read on', now),
      ['session_card → holder', 'next_step → student'],
    ],
    [
      'a note',
      wrapUp(complete(over, holder, now).request, holder, 'Shy', '', now),
      ['session_card → holder'],
    ],
    [
      'saying that it moved',
      reportMoved(over, student, now),
      [
        'request_card → mentors',
        'room → room',
        ...bothCards,
        'somebody_missing → student',
        'somebody_missing → holder',
        'claim_nudge → holder',
        'claim_waits → student',
      ],
    ],
  ])('%s', (_what, change, expected) => {
    expect(told(change)).toEqual(expected);
  });

  test('when one cannot be reached, the other is told, once a request, and only when there is another', () => {
    const notices = cannotReach(claimed(), ada.id, now);
    expect(notices.map(toldTo)).toEqual(['holder']);
    expect(cannotReach(claimed(), grace.id, now).map(toldTo)).toEqual(['student']);
    expect(cannotReach(claimed(), ada.id, nowPlus(HOUR)).map(({ key }) => key)).toEqual(
      notices.map(({ key }) => key),
    );
    // After a hand-over the student hears it of the second mentor, too.
    const [of, ofAnother] = [claimed(), claimed({ mentor: linus })].map((request) =>
      cannotReach(request, request.mentor?.id ?? '', now),
    );
    expect(ofAnother?.map(toldTo)).toEqual(['student']);
    expect(ofAnother?.[0]?.key).not.toBe(of?.[0]?.key);
    expect(cannotReach(open(), ada.id, now)).toEqual([]);
    expect(cannotReach(claimed(), linus.id, now)).toEqual([]);
  });
});

describe('Keys of notices', () => {
  const keys = (change: Change | null): string[] => (change?.notices ?? []).map(({ key }) => key);
  const cardKeys = (change: Change | null): string[] =>
    (change?.notices ?? []).filter(({ mode }) => mode === 'latest').map(({ key }) => key);

  test('a card keeps its key for life, so that it is brought up to date and not posted again', () => {
    const first = schedule(claimed(), holder, nowPlus(DAY), now, sessionId, 'google-meet');
    const later = cancel(first.request, student, nowPlus(HOUR));
    expect(cardKeys(later)).toEqual(cardKeys(first));
    expect(cardKeys(first)).toEqual([
      `request_card:${first.request.id}`,
      `room:${first.request.id}:${grace.id}`,
      `session_card:${sessionId}:${ada.id}`,
      `session_card:${sessionId}:${grace.id}`,
    ]);
  });

  test('the same sweep a second later tells nothing twice', () => {
    const due = scheduled(-HOUR);
    const again = nowPlus(1_000);
    expect(keys(end(due, again))).toEqual(keys(end(due, now)));
    const late = open({ expiresAt: nowPlus(-1) });
    expect(keys(expire(late, again))).toEqual(keys(expire(late, now)));
  });

  test('what happens a second time is told a second time', () => {
    const onlyOnce = (change: Change | null): Notice[] =>
      (change?.notices ?? []).filter(({ mode }) => mode === 'once');
    const later = nowPlus(DAY);
    const twice: [Change | null, Change | null][] = [
      [claim(open(), holder, now), claim(open({ expiresAt: nowPlus(9 * DAY) }), holder, later)],
      [release(claimed(), holder, now), release(claimed(), holder, later)],
      [expire(open({ expiresAt: now }), now), expire(open({ expiresAt: later }), later)],
      [
        meetingFailed(scheduled(2 * DAY), sessionId, now),
        meetingFailed(scheduled(2 * DAY), sessionId, nowPlus(MINUTE)),
      ],
    ];
    for (const [first, second] of twice) {
      const seen = onlyOnce(first).map(({ key }) => key);
      expect(seen.length).toBeGreaterThan(0);
      for (const { key } of onlyOnce(second)) expect(seen).not.toContain(key);
    }
  });
});

describe('Reminders', () => {
  const remindersFor = (startsAt: Instant): string[] =>
    schedule(claimed(), holder, startsAt, now, sessionId, 'google-meet')
      .notices.filter(({ kind }) => kind === 'session_reminder')
      .map((notice) => `${toldTo(notice)} ${notice.detail.reminder} ${notice.dueAt.toISOString()}`);

  test('go to both, a day and a quarter of an hour before', () => {
    expect(remindersFor(new Date('2026-12-04T09:30:00Z'))).toEqual([
      'student 24h 2026-12-03T09:30:00.000Z',
      'holder 24h 2026-12-03T09:30:00.000Z',
      'student 15m 2026-12-04T09:15:00.000Z',
      'holder 15m 2026-12-04T09:15:00.000Z',
    ]);
  });

  test.each([
    ['exactly a day ahead', DAY, ['15m', '15m']],
    ['a moment more than a day ahead', DAY + 1, ['24h', '24h', '15m', '15m']],
    ['in an hour', HOUR, ['15m', '15m']],
    ['in 15 minutes', 15 * MINUTE, []],
    ['in a minute', MINUTE, []],
  ])('%s: only those still ahead', (_when, startsIn, ids) => {
    expect(remindersFor(nowPlus(startsIn)).map((line) => line.split(' ')[1])).toEqual(ids);
  });

  test('know which are planned beside them, of the same person', () => {
    const request = claimed({ student: { ...ada, reminders: ['1w', '24h', '5m'] } });
    const besideOf = (startsIn: number) =>
      schedule(request, holder, nowPlus(startsIn), now, sessionId, 'google-meet')
        .notices.filter(({ kind }) => kind === 'session_reminder')
        .map((notice) => `${toldTo(notice)} ${notice.detail.beside}`);
    expect(new Set(besideOf(3 * DAY))).toEqual(new Set(['student 24h 5m', 'holder 24h 15m']));
    expect(new Set(besideOf(HOUR))).toEqual(new Set(['student 5m', 'holder 15m']));
  });

  test('that came due and wait to be delivered stay owed, when others are planned', () => {
    const request = schedule(claimed(), holder, nowPlus(HOUR), now, sessionId, 'google-meet').request;
    const key = `session_reminder:${sessionId}:0:24h:${ada.id}`;
    const lines = sessionReminders(request, now, [key]).map(
      (notice) => `${toldTo(notice)} ${notice.detail.reminder} of ${notice.detail.beside}`,
    );
    expect(lines).toEqual(['student 24h of 24h 15m', 'student 15m of 24h 15m', 'holder 15m of 15m']);
  });

  test('carry the session, so that they go when it is called off', () => {
    const { notices } = schedule(claimed(), holder, nowPlus(3 * DAY), now, sessionId, 'google-meet');
    const reminders = notices.filter(({ kind }) => kind === 'session_reminder');
    expect(reminders.map((reminder) => reminder.sessionId)).toEqual(Array(4).fill(sessionId));
    expect(new Set(reminders.map(({ key }) => key)).size).toBe(4);
  });
});

describe('Calling off', () => {
  test.each([
    ['release', release(scheduled(DAY), holder, now)],
    ['cancel', cancel(scheduled(DAY), student, now)],
  ])(
    '%s withdraws what is undelivered, and the provider hears although that is withdrawn',
    (_verb, change) => {
      expect(change.withdraw).toBe(sessionId);
      expect(change.request.session?.status).toBe('CANCELLED');
      const unwanted = change.notices.find(({ kind }) => kind === 'meeting_unwanted');
      expect(unwanted).toMatchObject({ sessionId: null, detail: { sessionId } });
    },
  );

  test.each<[string, Change | null]>([
    ['release without a session', release(claimed(), holder, now)],
    ['cancel without a session', cancel(claimed(), student, now)],
    ['complete', complete(scheduled(-HOUR), holder, now)],
    ['close', closeUnfinished(scheduled(-25 * HOUR), now)],
    ['end', end(scheduled(-HOUR), now)],
  ])('%s withdraws nothing', (_verb, change) => {
    expect(change?.withdraw).toBeNull();
  });
});

describe('How long a request waits', () => {
  test('given back, it waits at least two days more, and never less than it had', () => {
    const almostOut = release(claimed({ expiresAt: nowPlus(HOUR) }), holder, now).request;
    expect(almostOut).toMatchObject({ status: 'OPEN', mentor: null, claimedAt: null });
    expect(almostOut.expiresAt).toEqual(nowPlus(48 * HOUR));
    const fresh = release(claimed({ expiresAt: nowPlus(6 * DAY) }), holder, now).request;
    expect(fresh.expiresAt).toEqual(nowPlus(6 * DAY));
  });

  test('renewed, it waits as long as a new one', () => {
    const renewed = renew(open({ status: 'EXPIRED', expiresAt: nowPlus(-DAY) }), student, now).request;
    expect(renewed.expiresAt).toEqual(nowPlus(OPEN_FOR));
  });

  test('it expires at its instant, not a moment before', () => {
    expect(expire(open({ expiresAt: nowPlus(1) }), now)).toBeNull();
    expect(expire(open({ expiresAt: now }), now)?.request.status).toBe('EXPIRED');
    expect(() => claim(open({ expiresAt: now }), holder, now)).toThrow(
      expect.objectContaining({ code: 'request_not_open', detail: { status: 'EXPIRED' } }),
    );
  });
});

describe('Times', () => {
  test.each([
    ['now', 0, { code: 'time_in_past' }],
    ['a moment ahead', 1, null],
    ['in 90 days', 90 * DAY, null],
    ['a moment further', 90 * DAY + 1, { code: 'time_too_far', detail: 90 }],
  ])('scheduling %s', (_when, startsIn, problem) => {
    const act = () => schedule(claimed(), holder, nowPlus(startsIn), now, sessionId, 'google-meet');
    if (!problem) expect(act().request.status).toBe('SCHEDULED');
    else {
      expect(act).toThrow(
        expect.objectContaining({
          code: 'invalid_input',
          detail: { fields: [{ field: 'time', ...problem }] },
        }),
      );
    }
  });

  test('Join counts from 15 minutes before the start to the end, at its first press', () => {
    const joinedAt = (startsIn: number) =>
      join(scheduled(startsIn), student, now).request.session?.studentJoinedAt;
    expect(joinedAt(15 * MINUTE + 1)).toBeNull();
    expect(joinedAt(15 * MINUTE)).toEqual(now);
    expect(joinedAt(-30 * MINUTE + 1)).toEqual(now);
    expect(() => joinedAt(-30 * MINUTE)).toThrow(expect.objectContaining({ code: 'session_over' }));
    const early = nowPlus(-MINUTE);
    const both = { studentJoinedAt: early, mentorJoinedAt: early };
    expect(join(scheduled(0, both), student, now).request.session).toMatchObject(both);
    expect(join(scheduled(0, both), holder, now).request.session).toMatchObject(both);
    const alone = join(scheduled(0), holder, now).request.session;
    expect(alone).toMatchObject({ mentorJoinedAt: now, studentJoinedAt: null });
  });

  test('Complete is possible from the start on', () => {
    expect(() => complete(scheduled(1), holder, now)).toThrow(
      expect.objectContaining({ code: 'session_not_started' }),
    );
    expect(complete(scheduled(0), holder, now).request).toMatchObject({
      status: 'COMPLETED',
      session: { status: 'COMPLETED', outcome: 'HELD', askedAt: now },
    });
  });

  test('the clock asks at the end, once', () => {
    expect(end(scheduled(-30 * MINUTE + 1), now)).toBeNull();
    const asked = end(scheduled(-30 * MINUTE), now);
    expect(asked?.request.session?.askedAt).toEqual(now);
    expect(asked && end(asked.request, nowPlus(MINUTE))).toBeNull();
  });

  test('nobody rates twice, and the other still may', () => {
    const rated = rate(
      scheduled(-HOUR),
      student,
      { rating: 4, helped: 'partly', comment: 'Clear' },
      now,
    ).request;
    expect(rated.session?.feedback).toEqual([
      { memberId: ada.id, rating: 4, helped: 'partly', comment: 'Clear', givenAt: now },
    ]);
    expect(() => rate(rated, student, five, now)).toThrow(
      expect.objectContaining({ code: 'feedback_already_given' }),
    );
    expect(rated).toMatchObject({ status: 'COMPLETED', session: { outcome: 'HELD' } });
    expect(wrapUp(rated, holder, 'Shy', 'Read on', now).request.session).toMatchObject({
      followUp: 'Read on',
      feedback: [{ rating: 4 }, { memberId: grace.id, rating: null, helped: null, comment: 'Shy' }],
    });
    const unclear = closeUnfinished(scheduled(-2 * DAY), now)?.request as Request;
    expect(() => rate(unclear, student, five, now)).toThrow(
      expect.objectContaining({ code: 'session_not_held' }),
    );
  });

  test.each([
    ['nobody says anything', {}, 'UNCLEAR'],
    ['only the student was there', { studentJoinedAt: now }, 'UNCLEAR'],
    ['both were there', { studentJoinedAt: now, mentorJoinedAt: now }, 'HELD'],
    [
      'somebody rated it',
      { feedback: [{ memberId: ada.id, rating: 3, helped: null, comment: '', givenAt: now }] },
      'HELD',
    ],
  ])('a day after its end a session is closed: %s', (_what, changes, outcome) => {
    const session = { askedAt: nowPlus(-DAY), ...changes };
    expect(closeUnfinished(scheduled(-DAY - 30 * MINUTE, session), now)?.request).toMatchObject({
      status: 'COMPLETED',
      session: { status: 'COMPLETED', outcome },
    });
    expect(closeUnfinished(scheduled(-DAY - 30 * MINUTE + 1, session), now)).toBeNull();
  });
});
