import { describe, expect, test } from 'vitest';
import type { RefusalCode } from '../../src/core/errors.ts';
import { giveBack } from '../../src/core/give-back.ts';
import { declineOffer, keep, offer, takeOver } from '../../src/core/handing-over.ts';
import { reportNoShow } from '../../src/core/no-show.ts';
import { cancel, type Request, release } from '../../src/core/request.ts';
import { closeUnfinished } from '../../src/core/scheduling.ts';
import { DAY, MINUTE } from '../../src/core/time.ts';
import { findMentors } from '../../src/core/use-cases/find-mentors.ts';
import { memoryPeople, memoryStore } from './memory-store.ts';
import {
  ada,
  claimed,
  frozen,
  grace,
  linus,
  now,
  nowPlus,
  offered,
  open,
  proposing,
  requestId,
  roles,
  scheduled,
  sessionId,
  tim,
  toldTo,
} from './samples.ts';

const { student, holder, 'another mentor': other, 'somebody else': nobody } = roles;
const refused = (code: RefusalCode) => expect.objectContaining({ code });
const told = ({ notices }: { notices: Parameters<typeof toldTo>[0][] }) =>
  notices.map((notice) => `${notice.kind} → ${toldTo(notice)}`);

describe('Handing a request over', () => {
  test('asks the other mentor, and changes nothing until they answer', () => {
    for (const request of [claimed(), scheduled(2 * DAY)]) {
      const change = offer(frozen(request), holder, linus, 'Please', now);
      expect(change.request).toEqual({ ...request, offer: { to: linus, word: 'Please' } });
      expect(told(change)).toEqual(['take_over_asked → another mentor']);
      expect(offer(change.request, holder, linus, 'Please', now).notices).toEqual([]);
      const kept = keep(change.request, holder);
      expect(kept).toMatchObject({ request, notices: [] });
      expect(declineOffer(change.request, other, now)).toMatchObject({
        request,
        notices: [{ kind: 'take_over_declined', recipient: { memberId: grace.id }, detail: { by: 'Linus' } }],
      });
    }
  });

  test('is for whoever holds it, before the session begins, and answered by whoever is asked', () => {
    const refusals: [RefusalCode, () => unknown][] = [
      ['request_not_claimed', () => offer(open(), holder, linus, '', now)],
      ['request_claimed_by_another', () => offer(claimed(), other, tim, '', now)],
      ['mentor_unknown', () => offer(claimed(), holder, grace, '', now)],
      ['mentor_unknown', () => offer(claimed(), holder, ada, '', now)],
      ['session_already_started', () => offer(scheduled(-MINUTE), holder, linus, '', now)],
      [
        'session_already_started',
        () => takeOver(offered(scheduled(-MINUTE)), other, now, true, 'google-meet'),
      ],
      ['offer_gone', () => takeOver(claimed(), other, now, true, 'google-meet')],
      ['offer_gone', () => takeOver(offered(claimed()), nobody, now, true, 'google-meet')],
      ['offer_gone', () => declineOffer(offered(claimed()), student, now)],
      ['request_already_yours', () => takeOver(offered(claimed()), holder, now, true, 'google-meet')],
      [
        'mentors_only',
        () => takeOver(offered(claimed()), { ...other, isMentor: false }, now, true, 'google-meet'),
      ],
      ['request_claimed_by_another', () => keep(offered(claimed()), other)],
    ];
    for (const [code, act] of refusals) expect(act, code).toThrow(refused(code));
  });

  test('moves a claim, whose promise begins anew; only the student’s own proposal still stands', () => {
    const change = takeOver(frozen(offered(claimed())), other, now, true, 'google-meet');
    expect(change.request).toMatchObject({
      status: 'CLAIMED',
      mentor: { id: linus.id },
      claimedAt: now,
      offer: null,
    });
    expect(told(change)).toEqual([
      'request_card → mentors',
      'room → room',
      'room → room',
      'mentor_changed → student',
      'taken_over → holder',
      'claim_nudge → another mentor',
      'claim_waits → student',
    ]);
    const proposed = (by: typeof ada) =>
      takeOver(offered(proposing(by, claimed())), other, now, true, 'google-meet').request.proposal;
    expect(proposed(ada)?.byId).toBe(ada.id);
    expect(proposed(grace)).toBeNull();
  });

  test('moves a session with its time and link; the new mentor is reminded, too', () => {
    const link = 'https://meet.google.com/abc-defg-hij';
    const made = {
      meetingState: 'READY',
      meetingLink: link,
      meetingProvider: 'google-meet',
      linkGiven: true,
    } as const;
    const before = offered(scheduled(2 * DAY, made));
    const change = takeOver(frozen(before), other, now, true, 'google-meet');
    expect(change.request).toMatchObject({
      status: 'SCHEDULED',
      mentor: { id: linus.id },
      session: before.session,
    });
    expect(change.withdraw).toBeNull();
    expect(told(change)).toEqual([
      ...[
        'request_card → mentors',
        'room → room',
        'room → room',
        'mentor_changed → student',
        'taken_over → holder',
      ],
      ...['session_card → student', 'session_card → another mentor', 'session_card → holder'],
      // The student has theirs already.
      ...['session_reminder → another mentor', 'session_reminder → another mentor'],
      'meeting_moved → meetings',
    ]);
    const linkless = takeOver(
      offered(scheduled(2 * DAY, { meetingState: 'NONE' })),
      other,
      now,
      true,
      'google-meet',
    );
    expect(told(linkless).at(-1)).toBe('link_missing → another mentor');
  });

  test('leaves nobody before a room whose mentor is not there', () => {
    const own = { meetingState: 'READY', ownLink: true, linkGiven: true } as const;
    const graces = { ...own, meetingLink: 'https://meet.example.org/grace' };
    const room = 'https://meet.example.org/linus';
    const taken = (session: object, linkMaker: string | null, meetingRoom: string | null = null) => {
      const before = scheduled(2 * DAY, session);
      const to = { ...linus, meetingRoom };
      return takeOver({ ...before, offer: { to, word: '' } }, other, now, true, linkMaker);
    };
    const made = taken(graces, 'zoom');
    expect(made.request.session).toMatchObject({
      meetingState: 'WANTED',
      meetingProvider: 'zoom',
      meetingLink: null,
      ownLink: false,
      linkGiven: true,
    });
    expect(told(made)).toContain('meeting_wanted → meetings');
    const asked = taken(graces, null);
    expect(asked.request.session).toMatchObject({ meetingState: 'NONE', meetingLink: null });
    expect(told(asked).at(-1)).toBe('link_missing → another mentor');
    const beside = { ...graces, meetingProvider: 'google-meet', meetingEventId: 'e1' };
    expect(taken(beside, null).request.session).toMatchObject({
      meetingState: 'WANTED',
      meetingProvider: 'google-meet',
      meetingEventId: 'e1',
    });
    for (const session of [
      graces,
      beside,
      { ...own, ownLink: false, meetingLink: 'https://meet.google.com/x' },
    ]) {
      const change = taken(session, 'zoom', room);
      expect(change.request.session).toMatchObject({
        meetingState: 'READY',
        meetingLink: room,
        ownLink: true,
      });
      expect(change.notices.find(({ kind }) => kind === 'mentor_changed')?.detail).toMatchObject({
        link: 'another',
      });
    }
  });

  test('of a session at a time at which the other mentor is not free leaves the two to find another', () => {
    const change = takeOver(frozen(offered(scheduled(2 * DAY))), other, now, false, 'google-meet');
    expect(change.request).toMatchObject({
      status: 'CLAIMED',
      mentor: { id: linus.id },
      session: { status: 'CANCELLED', calledOffById: null, calledOffLate: false },
    });
    expect(change.withdraw).toBe(sessionId);
    expect(told(change)).toEqual([
      ...[
        'request_card → mentors',
        'room → room',
        'room → room',
        'mentor_changed → student',
        'taken_over → holder',
      ],
      ...['session_card → student', 'session_card → holder', 'meeting_unwanted → meetings'],
      ...['claim_nudge → another mentor', 'claim_waits → student'],
    ]);
  });

  test('ends with whatever ends the claim', () => {
    const ended: (Request | undefined)[] = [
      release(offered(claimed()), holder, now).request,
      cancel(offered(claimed()), student, now).request,
      giveBack(offered(claimed({ claimedAt: nowPlus(-3 * DAY) })), now)?.request,
      reportNoShow(offered(scheduled(-MINUTE)), holder, now).request,
      closeUnfinished(offered(scheduled(-2 * DAY)), now)?.request,
    ];
    for (const request of ended) expect(request).toMatchObject({ offer: null });
  });
});

describe('Whom to ask', () => {
  const mentor = (name: string, topics: string[] = []) => ({
    person: { id: `${name}-id`, name, timeZone: null, accounts: [] },
    topics,
  });
  const find = (page: number, actor = holder) =>
    findMentors.run(
      {
        store: memoryStore(claimed()),
        people: memoryPeople(
          { person: ada, topics: [] },
          ...Array.from({ length: 14 }, (_, i) => mentor(`M${10 + i}`, i % 5 === 3 ? ['python'] : ['c'])),
          { person: grace, topics: ['python'] },
        ),
        actor,
      } as unknown as Parameters<typeof findMentors.run>[0],
      { requestId, page },
    );

  test('is those who know the topic first, then all others, a page at a time, never the two themselves', async () => {
    const names = async (page: number) => (await find(page)).mentors.items.map(({ person }) => person.name);
    expect(await names(1)).toEqual(['M13', 'M18', 'M23', 'M10', 'M11', 'M12', 'M14', 'M15', 'M16', 'M17']);
    expect(await names(2)).toEqual(['M19', 'M20', 'M21', 'M22']);
    expect(await names(9)).toEqual(await names(2));
    await expect(find(1, other)).rejects.toThrow(refused('request_claimed_by_another'));
  });
});
