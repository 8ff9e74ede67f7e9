import { describe, expect, test } from 'vitest';
import { findTimes } from '../../src/core/finding-times.ts';
import type { Request } from '../../src/core/request.ts';
import { DAY, HOUR, MINUTE } from '../../src/core/time.ts';
import type { Card, Inline } from '../../src/messages/card.ts';
import { cardFor } from '../../src/messages/index.ts';
import { myRequestsCard } from '../../src/messages/list-cards.ts';
import { encodeIntent, MAX_INTENT_CODE } from '../../src/platforms/intent-code.ts';
import { commands, routes } from '../../src/routes.ts';
import { claimed, everyState, now, nowPlus, open, roles, scheduled } from '../core/samples.ts';
import { everyCard, everyNotice, fullest, notice, page, wordedKinds } from './every-card.ts';
import {
  allWords,
  bodyOf,
  buttonsOf,
  componentsOf,
  nodesOf,
  pressable,
  titleOf,
  wordsOf,
} from './reading.ts';

const all = everyCard();
const { student, holder } = roles;

/** Cards that break a rule, by what they are; a good suite has none. */
const breaking = (breaks: (card: Card) => unknown): string[] =>
  all.filter(({ card }) => breaks(card)).map(({ what }) => what);

describe('Every card in every state', () => {
  test('there are many, and every kind of notice is among them', () => {
    expect(all.length).toBeGreaterThan(1_000);
    for (const kind of wordedKinds) {
      expect(everyNotice().some((each) => each.kind === kind && each.card)).toBe(true);
    }
  });

  test('no word in it comes from a value that is not there', () => {
    expect(
      breaking((card) => allWords(card).some((words) => /undefined|null|NaN|\[object|Invalid/.test(words))),
    ).toEqual([]);
  });

  test('it has a title, and every button a label', () => {
    expect(
      breaking((card) => !titleOf(card).trim() || pressable(card).some(({ label }) => !label.trim())),
    ).toEqual([]);
  });

  test('every button does something that routes know', () => {
    expect(breaking((card) => buttonsOf(card).some(({ intent }) => !routes[intent]))).toEqual([]);
  });

  test('every button fits into what Discord lets it carry', () => {
    const codes = all.flatMap(({ card }) =>
      buttonsOf(card).map(({ intent, args }) => encodeIntent(intent, args)),
    );
    expect(Math.max(...codes.map((code) => code.length))).toBeLessThanOrEqual(MAX_INTENT_CODE);
    expect(codes.some((code) => code.includes('startsAt='))).toBe(true);
  });

  test('no two of its buttons do the same: both platforms refuse that', () => {
    const codes = (card: Card) => buttonsOf(card).map(({ intent, args }) => encodeIntent(intent, args));
    expect(breaking((card) => new Set(codes(card)).size < codes(card).length)).toEqual([]);
  });

  test('at most five buttons stand beside each other', () => {
    expect(
      breaking((card) => card.blocks.some((each) => each.block === 'buttons' && each.buttons.length > 5)),
    ).toEqual([]);
  });

  test('it fits into a message of either platform', () => {
    // https://discord.com/developers/docs/components/reference: 40 components, 4,000 characters of text.
    expect(breaking((card) => componentsOf(card) > 40)).toEqual([]);
    expect(breaking((card) => bodyOf(card).length + titleOf(card).length > 4_000)).toEqual([]);
    // https://docs.slack.dev/reference/block-kit/blocks: 50 blocks, buttons of 75 characters; a title is a header of 150.
    expect(breaking((card) => card.blocks.length + 1 > 50)).toEqual([]);
    expect(breaking((card) => pressable(card).some(({ label }) => label.length > 75))).toEqual([]);
    expect(breaking((card) => titleOf(card).length > 150)).toEqual([]);
  });

  test('it names no command that does not exist', () => {
    const names = commands.map(({ name }) => `/${name}`);
    const named = all.flatMap(({ card }) => bodyOf(card).match(/\/mini-[a-z-]+/g) ?? []);
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((name) => !names.includes(name))).toEqual([]);
  });
});

describe('What people wrote', () => {
  const nasty = '@everyone <!channel> [here](https://evil.example) *bold* `code`';
  const personal = (request: Request): Request => ({
    ...request,
    title: `title ${nasty}`,
    description: `description ${nasty}`,
    tags: [`tag ${nasty}`],
    student: { ...request.student, name: `student ${nasty}` },
    mentor: request.mentor && { ...request.mentor, name: `mentor ${nasty}` },
  });
  const isPlain = (node: Inline): boolean => typeof node === 'string' || 'bold' in node || 'person' in node;

  test('stays literal: never in a link, a label or what a button carries', () => {
    for (const [state, request] of Object.entries(everyState)) {
      for (const kind of wordedKinds) {
        const to = kind === 'request_card' ? null : student.memberId;
        const card = cardFor(
          notice(kind, to, { mentor: `mentor ${nasty}`, reminder: '15m' }),
          personal(request),
          now,
        );
        if (!card) continue;
        const theirs = nodesOf(card).filter((node) => wordsOf(node).includes('evil.example'));
        expect(theirs.every(isPlain), `${kind}, ${state}`).toBe(true);
        for (const button of pressable(card)) expect(JSON.stringify(button)).not.toContain('evil.example');
      }
    }
  });

  test('is all there where a mentor decides', () => {
    const card = cardFor(notice('request_card', null), personal(open()), now);
    expect(titleOf(card as Card)).toBe(`title ${nasty}`);
    expect(bodyOf(card as Card)).toContain(`description ${nasty}`);
    expect(bodyOf(card as Card)).toContain(`tag ${nasty}`);
    expect(bodyOf(card as Card)).toContain(`student ${nasty}`);
  });
});

describe('Reminders', () => {
  const remind = (startsIn: number, reminder: string): Card | null =>
    cardFor(notice('session_reminder', student.memberId, { reminder }), scheduled(startsIn), now);

  test.each([
    ['a day before', DAY, '24h', 'Your mini session is coming up'],
    ['a quarter of an hour before', 15 * MINUTE, '15m', 'Your mini session is coming up'],
    ['late, a moment before the start', 1, '15m', 'Your mini session is coming up'],
    ['late, at the start', 0, '15m', 'Your mini session has begun'],
    ['late, in the middle of it', -29 * MINUTE, '15m', 'Your mini session has begun'],
  ])('%s: say what is true then', (_when, startsIn, reminder, title) => {
    const card = remind(startsIn, reminder);
    expect(titleOf(card as Card)).toBe(title);
    expect(bodyOf(card as Card)).toMatch(/^Start: .*\[from now\]/m);
    expect(buttonsOf(card as Card).map(({ intent }) => intent)).toEqual(['session.join']);
  });

  test.each([
    ['the session is over', -30 * MINUTE, '15m'],
    ['the next one is due as well', 15 * MINUTE, '24h'],
    ['the next one was due long ago', -MINUTE, '24h'],
  ])('nobody is told when %s', (_why, startsIn, reminder) => {
    expect(remind(startsIn, reminder)).toBeNull();
  });

  test('only those that were planned beside it count: one that the community wants since does not come', () => {
    const late = (beside: string) =>
      cardFor(
        notice('session_reminder', student.memberId, { reminder: '24h', beside }),
        scheduled(10 * MINUTE),
        now,
      );
    expect(late('24h 15m')).toBeNull();
    expect(late('24h')).not.toBeNull();
    expect(late('1w 24h')).not.toBeNull();
  });

  test('nobody is told of a session that is called off, or complete', () => {
    for (const status of ['CANCELLED', 'COMPLETED', 'NO_SHOW'] as const) {
      const request = scheduled(10 * MINUTE, { status });
      expect(
        cardFor(notice('session_reminder', student.memberId, { reminder: '15m' }), request, now),
      ).toBeNull();
    }
  });
});

describe('Notices that became pointless', () => {
  const tell = (kind: (typeof wordedKinds)[number], request: Request) =>
    cardFor(notice(kind, holder.memberId), request, now);

  test('an expiry is not told when the request was renewed meanwhile', () => {
    expect(tell('request_expired', open())).toBeNull();
    expect(tell('request_expired', open({ status: 'EXPIRED' }))).not.toBeNull();
  });

  test('a link is not asked for when there is one, or nothing to meet for', () => {
    expect(tell('link_missing', scheduled(DAY, { meetingState: 'NONE' }))).not.toBeNull();
    const link = { meetingState: 'READY', meetingLink: 'https://example.org' } as const;
    expect(tell('link_missing', scheduled(DAY, link))).toBeNull();
    expect(tell('link_missing', scheduled(-HOUR, { meetingState: 'FAILED' }))).toBeNull();
    expect(tell('link_missing', claimed())).toBeNull();
  });

  test('nobody is asked how a session was that was called off', () => {
    expect(tell('how_did_it_go', scheduled(-HOUR, { status: 'CANCELLED' }))).toBeNull();
    expect(tell('how_did_it_go', claimed())).toBeNull();
    expect(tell('how_did_it_go', scheduled(-HOUR))).toBeNull();
    expect(tell('did_it_happen', scheduled(-HOUR))).not.toBeNull();
    expect(tell('did_it_happen', scheduled(-HOUR, { status: 'COMPLETED', outcome: 'HELD' }))).toBeNull();
  });
});

describe('What one can do', () => {
  const steps = (request: Request, me: string): string[] => {
    const list = myRequestsCard(page([request], { page: 1, pages: 1, total: 1 }), { me, now, args: {} });
    const tabs = ['request.new', 'session.list', 'request.details', 'settings.show'];
    return buttonsOf(list)
      .map(({ intent }) => intent)
      .filter((intent) => !tabs.includes(intent));
  };
  const state = (name: string): Request => everyState[name] as Request;

  test.each<[state: string, student: string[], mentor: string[]]>([
    ['open', ['request.cancel'], ['request.claim', 'request.question']],
    ['the holder-to-be asks first', ['request.reply', 'request.cancel'], ['request.claim', 'request.let-go']],
    ['somebody asks first', ['request.reply', 'request.cancel'], ['request.claim']],
    [
      'claimed',
      ['session.move', 'request.cancel'],
      ['session.options', 'request.release', 'request.hand-over'],
    ],
    [
      'session missed',
      ['session.move', 'request.cancel'],
      ['session.options', 'request.release', 'request.hand-over'],
    ],
    [
      'offered to another mentor',
      ['session.move', 'request.cancel'],
      ['session.options', 'request.release', 'request.keep'],
    ],
    [
      'student proposes',
      ['session.move', 'request.cancel'],
      ['session.accept', 'session.decline', 'session.options'],
    ],
    [
      'session in 2 days',
      ['session.join', 'session.move', 'session.call-off'],
      ['session.join', 'session.move', 'session.give-back'],
    ],
    [
      'mentor proposes',
      ['session.accept', 'session.decline', 'session.join'],
      ['session.join', 'session.move', 'session.give-back'],
    ],
    [
      'session goes on',
      ['session.join', 'session.missing'],
      ['session.join', 'session.complete', 'session.missing'],
    ],
    [
      'session goes on, link READY',
      ['session.join', 'session.missing'],
      ['session.join', 'session.complete', 'session.missing'],
    ],
    [
      'session over',
      ['session.complete', 'session.missing', 'session.moved'],
      ['session.complete', 'session.missing', 'session.moved'],
    ],
    ['completed', ['session.feedback'], ['session.look-back']],
    ['completed, nobody knows', [], []],
    ['completed, both rated', [], []],
    ['cancelled when claimed', [], []],
    ['expired', ['request.renew'], []],
  ])('%s: the three most useful steps for each', (name, forStudent, forMentor) => {
    expect(steps(state(name), student.memberId)).toEqual(forStudent);
    expect(steps(state(name), holder.memberId)).toEqual(forMentor);
    if (state(name).status === 'OPEN') return;
    const other = state(name).offer ? ['request.take-over', 'request.decline-hand-over'] : [];
    expect(steps(state(name), roles['another mentor'].memberId)).toEqual(other);
  });
});

describe('The channel’s card', () => {
  const inChannel = (request: Request): Card => cardFor(notice('request_card', null), request, now) as Card;

  test.each(Object.entries(everyState))(
    '%s: only an open request can be claimed, and asked about until somebody does',
    (_state, request) => {
      const intents = buttonsOf(inChannel(request)).map(({ intent }) => intent);
      const open = request.hold ? ['request.claim'] : ['request.claim', 'request.question'];
      expect(intents).toEqual(request.status === 'OPEN' ? open : []);
    },
  );

  test('says who helps, and that it is urgent', () => {
    expect(inChannel(open({ urgency: 'high' })).tone).toBe('urgent');
    expect(bodyOf(inChannel(claimed()))).toContain('🔵 Claimed by Grace');
    expect(bodyOf(inChannel(scheduled(DAY)))).toContain('📅 Scheduled by Grace for [time]');
    expect(bodyOf(inChannel(everyState.completed as Request))).toContain('Grace helped Ada');
    expect(bodyOf(inChannel(everyState['completed, nobody knows'] as Request))).not.toContain('helped');
  });
});

describe('Choosing a time', () => {
  const options = routes['session.options'];
  const choose = (request: Request): Card => {
    if (!options || 'opens' in options) throw new Error('session.options answers with a card');
    const found = findTimes(request, null, { mentor: [], student: [] }, now);
    return options.answer(found as never, { me: holder.memberId, now, args: {} });
  };
  const labels = (request: Request): string[] => buttonsOf(choose(request)).map(({ label }) => label);

  test('offers each of the student’s times that is still ahead, once', () => {
    expect(labels(fullest(claimed())).slice(0, 5)).toEqual([1, 2, 3, 4, 5].map((n) => `Take time ${n}`));
    const start = nowPlus(DAY);
    const times = [
      { start: nowPlus(-HOUR), end: nowPlus(-MINUTE) },
      { start, end: null },
      { start: new Date(start), end: null },
    ];
    expect(labels(claimed({ preferredTimes: times }))).toEqual([
      'Take this time',
      'Another time',
      'My availability',
      'Release',
    ]);
  });

  test('tells times that have gone by from times that were never named', () => {
    expect(bodyOf(choose(claimed({ preferredTimes: [] })))).toContain('left the time to you');
    const gone = claimed({ preferredTimes: [{ start: nowPlus(-HOUR), end: null }] });
    expect(bodyOf(choose(gone))).toContain('None of the student’s times is ahead any more');
  });
});
