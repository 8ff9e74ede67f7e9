import { describe, expect, test } from 'vitest';
import { answer, ask, endHold, letGo } from '../../src/core/asking.ts';
import type { RefusalCode } from '../../src/core/errors.ts';
import { cancel, claim, expire, type Request } from '../../src/core/request.ts';
import { MINUTE } from '../../src/core/time.ts';
import {
  asking,
  claimed,
  frozen,
  grace,
  linus,
  now,
  nowPlus,
  open,
  question,
  questionId,
  roles,
  sessionId,
  situations,
  toldTo,
} from './samples.ts';

const { student, holder, 'another mentor': other, 'somebody else': nobody } = roles;
const HALF_HOUR = 30 * MINUTE;
const refused = (code: RefusalCode, detail: object = {}) =>
  expect.objectContaining({ code, detail: expect.objectContaining(detail) });
const asked = (request: Request) => ask(frozen(request), holder, 'Which version?', now, sessionId);

describe('Asking a question first', () => {
  test('holds the request for half an hour, tells the student and changes the card', () => {
    const { request, notices } = asked(open());
    expect(request).toMatchObject({
      status: 'OPEN',
      hold: { by: { id: grace.id }, until: nowPlus(HALF_HOUR) },
      questions: [{ id: sessionId, words: 'Which version?', answer: null }],
    });
    expect(notices.map((notice) => `${notice.kind} → ${toldTo(notice)}`)).toEqual([
      'request_card → mentors',
      'question_asked → student',
    ]);
    // The same act delivered twice asks once.
    expect(ask(request, holder, 'Which version?', now, sessionId)).toMatchObject({ request, notices: [] });
  });

  test('is for mentors, once each, while it is open and nobody else asks', () => {
    const refusals: [RefusalCode, () => unknown][] = [
      ['mentors_only', () => ask(open(), nobody, 'Why?', now, sessionId)],
      ['request_is_your_own', () => ask(open(), { ...student, isMentor: true }, 'Why?', now, sessionId)],
      ['request_not_open', () => asked(open({ expiresAt: now }))],
      ['request_not_open', () => asked(situations.cancelled as Request)],
      ['request_already_yours', () => asked(claimed())],
      ['request_already_claimed', () => ask(claimed(), other, 'Why?', now, sessionId)],
      ['question_already_asked', () => asked(asking(grace))],
      ['question_already_asked', () => asked(open({ questions: [question(grace)] }))],
    ];
    for (const [code, act] of refusals) expect(act, code).toThrow(refused(code));
    expect(() => asked(asking(linus))).toThrow(
      refused('request_held', { by: 'Linus', until: nowPlus(20 * MINUTE) }),
    );
    // Whoever asked in vain is in nobody's way.
    expect(asked(open({ questions: [question(linus)] })).request.questions).toHaveLength(2);
  });

  test('keeps it for whoever asks, to the minute, and for nobody longer', () => {
    const held = asking(linus);
    expect(() => claim(held, holder, now)).toThrow(refused('request_held', { by: 'Linus' }));
    expect(claim(held, other, now).request).toMatchObject({ status: 'CLAIMED', hold: null });
    expect(() => claim(held, holder, nowPlus(20 * MINUTE - 1))).toThrow(refused('request_held'));
    // The clock need not have come by.
    expect(claim(held, holder, nowPlus(20 * MINUTE)).request).toMatchObject({
      mentor: { id: grace.id },
      hold: null,
    });
  });

  test('ends by itself, when it is let go, and with the request', () => {
    const held = asking(linus);
    expect(endHold(held, nowPlus(20 * MINUTE - 1))).toBeNull();
    expect(endHold(open(), now)).toBeNull();
    expect(endHold(held, nowPlus(20 * MINUTE))).toMatchObject({
      request: { status: 'OPEN', hold: null },
      notices: [{ kind: 'request_card' }],
    });
    expect(letGo(held, other, now).request.hold).toBeNull();
    // A button that is late, or not theirs, takes nothing from anybody.
    expect(letGo(held, holder, now)).toMatchObject({ request: held, notices: [] });
    expect(letGo(held, other, nowPlus(20 * MINUTE)).notices).toEqual([]);
    expect(expire({ ...held, expiresAt: now }, now)?.request).toMatchObject({
      status: 'EXPIRED',
      hold: null,
    });
    const cancelled = cancel(held, student, now);
    expect(cancelled.request).toMatchObject({ status: 'CANCELLED', hold: null });
    expect(cancelled.notices.map(toldTo)).toEqual(['mentors', 'another mentor']);
  });

  test('is answered by the student, once, and the asker hears it', () => {
    const { request, notices } = answer(frozen(asking(grace)), student, questionId, '3.14', now);
    expect(request.questions).toMatchObject([{ answer: '3.14', answeredAt: now }]);
    expect(request.hold?.by.id).toBe(grace.id);
    expect(notices).toMatchObject([{ kind: 'question_answered', recipient: { memberId: grace.id } }]);
    const refusals: [RefusalCode, () => unknown][] = [
      ['question_already_answered', () => answer(request, student, questionId, '3.15', now)],
      ['question_not_found', () => answer(open(), student, questionId, '3.14', now)],
      ['request_not_yours', () => answer(asking(grace), other, questionId, '3.14', now)],
      [
        'request_closed',
        () => answer({ ...asking(grace), status: 'EXPIRED', hold: null }, student, questionId, '3.14', now),
      ],
    ];
    for (const [code, act] of refusals) expect(act, code).toThrow(refused(code));
  });
});
