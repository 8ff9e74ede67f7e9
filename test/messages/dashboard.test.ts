import { describe, expect, test } from 'vitest';
import type { Dashboard } from '../../src/core/dashboard.ts';
import { MINUTE } from '../../src/core/time.ts';
import { dashboardCard } from '../../src/messages/dashboard-card.ts';
import { encodeIntent, MAX_INTENT_CODE } from '../../src/platforms/intent-code.ts';
import { renderCard } from '../../src/platforms/slack/render.ts';
import { routes } from '../../src/routes.ts';
import { ada, claimed, everyState, now, open, proposing, roles, scheduled } from '../core/samples.ts';
import { spoken } from '../support/spoken.ts';
import { page, type Reader, readerIds, type Sample } from './every-card.ts';
import { emptyDashboard, emptyMentor, everyDashboard, fullestDashboard } from './every-dashboard.ts';
import { allWords, bodyOf, buttonsOf, pressable } from './reading.ts';

const all = everyDashboard();
const breaking = (breaks: (sample: Sample) => unknown): string[] =>
  all.filter(breaks).map(({ what }) => what);
const one = (request: Parameters<typeof page>[0][number]) => page([request], { page: 1, pages: 1, total: 1 });
const shown = (changes: Partial<Dashboard>, reader: Reader = 'student') =>
  dashboardCard({ ...emptyDashboard, ...changes }, { me: readerIds[reader], now, args: {} });

describe('every Home', () => {
  test('says nothing that comes from a value that is not there', () => {
    expect(
      breaking(({ card }) =>
        allWords(card).some((words) => /undefined|null|NaN|\[object|Invalid/.test(words)),
      ),
    ).toEqual([]);
  });

  test('has buttons that routes know, with what they ask for, and that fit', () => {
    for (const { what, card } of all) {
      for (const { intent, args } of buttonsOf(card)) {
        const route = routes[intent];
        expect(route, `${what}: ${intent}`).toBeDefined();
        if (route && 'verb' in route) expect(route.verb.input.safeParse(args).error, intent).toBeUndefined();
        expect(encodeIntent(intent, args).length).toBeLessThanOrEqual(MAX_INTENT_CODE);
      }
    }
    expect(breaking(({ card }) => pressable(card).some(({ label }) => label.length > 75))).toEqual([]);
  });

  test('fits a Home of Slack without leaving anything out', () => {
    // https://docs.slack.dev/reference/views/home-tab-views: 100 blocks.
    const blocks = renderCard(
      spoken(dashboardCard(fullestDashboard(), { me: roles.holder.memberId, now, args: {} })),
      { spaceId: 'T1', now },
      100,
    );
    expect(blocks.length).toBeGreaterThan(60);
    expect(JSON.stringify(blocks)).not.toContain('There is more than fits here');
    expect(blocks.at(-1)?.type).toBe('actions');
  });
});

describe('a Home', () => {
  test('that is empty says what to do', () => {
    const card = shown({});
    expect(bodyOf(card)).toMatch(/30 to 60 minutes, one time[\s\S]*You have not asked for anything yet/);
    expect(buttonsOf(card).map(({ label }) => label)).toEqual(['Request a mini session', 'My settings']);
    const mentors = bodyOf(shown({ mentor: emptyMentor }, 'holder'));
    expect(mentors).toMatch(
      /Nobody waits for a mentor right now[\s\S]*When I have time[\s\S]*Mon-Fri|Mon 18:00/,
    );
    expect(mentors).not.toMatch(/You have not asked/);
  });

  test.each([
    ['open', /🟡 Open until \[time\]/],
    ['claimed', /🔵 Claimed by Grace · \[ago\]/],
    ['session in 2 days, link READY', /📅 Scheduled · \[time\] · with Grace\nVideo call: https:/],
    ['completed', /✅ Completed · \[time\] · with Grace/],
    ['cancelled', /⚪ Cancelled/],
    ['expired', /⌛ Expired/],
  ] as const)('tells how a request stands that is %s', (state, words) => {
    const request = everyState[state];
    if (!request) throw new Error(`there is no sample ${state}`);
    expect(bodyOf(shown({ requests: one(request) }))).toMatch(words);
  });

  test('offers what can be done now, the most useful first, and the details', () => {
    const labels = (changes: Partial<Dashboard>, reader: Reader = 'student') =>
      buttonsOf(shown(changes, reader)).map(({ label }) => label);
    expect(labels({ requests: one(open()) }).slice(2)).toEqual(['Cancel', 'Details']);
    expect(labels({ coming: one(scheduled(10 * MINUTE)) })).toContain('Join');
    const holding = { ...emptyMentor, claims: one(proposing(ada, claimed())) };
    expect(labels({ mentor: holding }, 'holder').slice(2, 6)).toEqual([
      'Accept',
      'Decline',
      'Schedule',
      'Details',
    ]);
    const waiting = { ...emptyMentor, open: one(open()), topics: ['python'] };
    expect(labels({ mentor: waiting }, 'holder').slice(2, 5)).toEqual([
      'Claim',
      'Ask a question first',
      'Details',
    ]);
    expect(bodyOf(shown({ mentor: waiting }, 'holder'))).toContain('About your topics: python');
  });

  test('says how long a claim has waited, and when it goes back', () => {
    const holding = { ...emptyMentor, claims: one(claimed()) };
    expect(bodyOf(shown({ mentor: holding }, 'holder'))).toMatch(
      /🔵 Claimed \[ago\] · Ada\nWithout a time it goes back to all mentors: \[time\]/,
    );
  });

  test('tells what one said about a session that is over', () => {
    const rated = everyState['completed, both rated'];
    if (!rated) throw new Error('there is no such sample');
    expect(bodyOf(shown({ past: one(rated) }))).toContain('you gave it 5 of 5');
  });

  test('shows coordinators what needs them, before all else, and nobody else', () => {
    const attention = { waiting: { items: [open()], total: 3 } };
    const none = { items: [], total: 0 };
    const card = shown({
      attention: { untimed: none, linkless: none, broken: none, unreachable: none, dead: none, ...attention },
      requests: one(open()),
    });
    expect(bodyOf(card)).toMatch(/What needs you\nRequests without a mentor · 1 of 3[\s\S]*My requests/);
    expect(buttonsOf(card).map(({ intent }) => intent)).toContain('admin.mentors');
    expect(bodyOf(shown({ requests: one(open()) }))).not.toMatch(/needs you/);
  });

  test('speaks its reader’s language', () => {
    const card = spoken(shown({ past: one(scheduled(-60 * MINUTE)), mentor: emptyMentor }, 'holder'), 'es');
    const words = JSON.stringify(card);
    for (const said of ['Minisesiones', 'Pedir una minisesión', 'Cuándo tengo tiempo', 'Sesiones pasadas']) {
      expect(words).toContain(said);
    }
  });

  test('turns each list by itself', () => {
    const long = page([open()], { page: 2, pages: 3, total: 11 });
    expect(
      buttonsOf(shown({ requests: long, past: long }))
        .filter(({ intent }) => intent === 'home.show')
        .map(({ label, args }) => [label, args]),
    ).toEqual([
      ['Previous', { requests: '1' }],
      ['Next', { requests: '3' }],
      ['Previous', { past: '1' }],
      ['Next', { past: '3' }],
    ]);
  });
});
