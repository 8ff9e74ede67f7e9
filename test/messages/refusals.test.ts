import { describe, expect, test } from 'vitest';
import { type FieldProblem, type RefusalCode, type Refusals, UserError } from '../../src/core/errors.ts';
import { languages } from '../../src/core/language.ts';
import { requestStatuses } from '../../src/core/request.ts';
import type { Card, SpokenCard } from '../../src/messages/card.ts';
import { faultCard, refusalCard, strangerCard, unknownIntentCard } from '../../src/messages/error-card.ts';
import { fieldSentence } from '../../src/messages/field-problems.ts';
import { inLanguage, worded } from '../../src/messages/in-language.ts';
import { commands, routes } from '../../src/routes.ts';
import { now, requestId } from '../core/samples.ts';
import { inEnglish, spoken } from '../support/spoken.ts';
import { allWords, bodyOf, buttonsOf, nodesOf, titleOf } from './reading.ts';
import { strayInCard } from './stray.ts';

/** Every reason to refuse, with what it tells; the compiler asks for each. */
const refusals: { [Code in RefusalCode]: Refusals[Code][] } = {
  invalid_input: [
    { fields: [{ field: 'title', code: 'missing' }] },
    {
      fields: [
        { field: 'title', code: 'missing' },
        { field: 'tags', code: 'too_many', detail: 10 },
      ],
    },
  ],
  mentors_only: [{}],
  coordinators_only: [{}],
  mentor_unknown: [{}],
  request_not_found: [{}],
  request_is_your_own: [{}],
  request_already_claimed: [{ by: 'Grace' }],
  request_already_yours: [{}],
  request_held: [{ by: 'Grace', until: now }],
  question_already_asked: [{}],
  question_already_answered: [{}],
  question_not_found: [{}],
  offer_gone: [{}],
  request_not_open: requestStatuses.map((status) => ({ status })),
  request_not_claimed: [{}],
  request_claimed_by_another: [{ by: 'Grace' }],
  request_already_scheduled: [{ startsAt: now }],
  time_taken: [{ startsAt: now, requestId }],
  request_not_yours: [{}],
  request_closed: requestStatuses.map((status) => ({ status })),
  request_still_open: [{}],
  session_not_found: [{}],
  session_already_started: [{ startsAt: now }],
  session_not_started: [{ startsAt: now }],
  session_not_over: [{ endsAt: now }],
  session_over: [{}],
  session_cancelled: [{}],
  session_missed: [{}],
  session_not_held: [{}],
  session_already_completed: [{}],
  feedback_already_given: [{}],
  proposal_gone: [{}],
  proposal_is_your_own: [{}],
  session_at_that_time: [{}],
  nothing_kept: [{}],
  channels_in_settings: [{}],
  channel_closed: [{}],
  channel_busy: [{}],
  no_pages: [{}],
  provider_unknown: [{ provider: 'zoom' }],
  provider_not_working: [{ provider: 'google-meet-space', remedy: 'The sign-in lacks a scope.' }],
};
const everyRefusal = Object.entries(refusals).flatMap(([code, details]) =>
  (details as Refusals[RefusalCode][]).map((detail): [string, Card] => [
    `${code} ${JSON.stringify(detail)}`,
    refusalCard(new UserError(code as RefusalCode, detail)),
  ]),
);

/** Every field that a form has or an intent carries, and every problem with it. */
const fields = [
  ...['title', 'sessionType', 'description', 'durationMinutes', 'urgency', 'preferredTimes', 'tags'],
  ...['time', 'timeZone', 'rating', 'comment', 'link', 'page'],
  ...['week', 'date', 'lastDate', 'backOn', 'hours', 'noticeMinutes', 'bufferMinutes', 'perWeek'],
];
const details: Record<FieldProblem['code'], string | number | undefined> = {
  missing: undefined,
  too_short: 3,
  too_long: 120,
  too_many: 10,
  not_a_choice: undefined,
  time_in_past: undefined,
  time_too_far: 90,
  time_backwards: undefined,
  time_unreadable: 'whenever',
  hours_unreadable: 'whenever',
  hours_backwards: 'whenever',
  same_time: undefined,
  not_later: undefined,
  out_of_order: undefined,
  date_unreadable: 'whenever',
  date_in_past: undefined,
  date_too_far: 366,
  dates_backwards: undefined,
  zone_missing: undefined,
  zone_unknown: 'Berlin time',
  channel_unknown: undefined,
  channel_without_bot: undefined,
  // Those that are known are called as the platform calls them in each language.
  channel_forbidden: 'Use Trumpets',
  channel_closed: 'Use Trumpets',
  role_unfit: '@everyone',
  not_a_link: undefined,
  not_an_address: undefined,
  invalid: undefined,
};
const everyProblem = Object.entries(details).flatMap(([code, detail]) =>
  fields.map((field): FieldProblem => {
    const problem = { field, code: code as FieldProblem['code'] };
    return detail === undefined ? problem : { ...problem, detail };
  }),
);

const broken = /undefined|null|NaN|\[object/;

function expectKind(card: Card): void {
  expect(strayInCard(card).filter((words) => words !== '1a2b3c4d')).toEqual([]);
  for (const language of languages) expectKindWords(spoken(card, language));
}

function expectKindWords(card: SpokenCard): void {
  for (const words of allWords(card)) expect(words).not.toMatch(broken);
  expect(card.title).toMatch(/^[\p{Lu}]/u);
  expect(card.title).not.toMatch(/[.!]$/);
  const body = bodyOf(card);
  expect(body.length).toBeGreaterThan(20);
  // A reference is looked up as it is, so nothing stands behind it.
  if (!/(this reference|esta referencia): /.test(body)) expect(body).toMatch(/[.!?]$/);
  for (const name of body.match(/\/mini-[a-z-]+/g) ?? []) {
    expect(commands.map((command) => `/${command.name}`)).toContain(name);
  }
  for (const { intent } of buttonsOf(card)) expect(routes).toHaveProperty([intent]);
}

describe('Refusals', () => {
  test.each(everyRefusal)('%s: kind words that are whole', (_code, card) => {
    expectKind(card);
  });

  test.each([
    ['something broke', faultCard('1a2b3c4d')],
    ['an unknown button', unknownIntentCard()],
    ['a stranger', strangerCard()],
  ])('%s: kind words that are whole', (_what, card) => {
    expectKind(card);
  });

  test('each has words of its own', () => {
    const [first] = Object.values(refusals).map((each) => each.length);
    expect(first).toBeGreaterThan(0);
    const bodies = Object.entries(refusals).map(([code, [detail]]) => {
      const card = refusalCard(new UserError(code as RefusalCode, detail as Refusals[RefusalCode]));
      return `${titleOf(card)}\n${bodyOf(card)}`;
    });
    expect(new Set(bodies).size).toBe(bodies.length);
  });

  test('who lacks a role hears which, where roles have names', () => {
    const roleNames = { mentor: ['@Mentor', '@Guide'], coordinator: [] };
    const english = { language: 'en', timeZone: null } as const;
    const said = (code: 'mentors_only' | 'coordinators_only') =>
      JSON.stringify(inLanguage(refusalCard(new UserError(code, {}), roleNames), english));
    expect(said('mentors_only')).toMatch(/You need|you need the role.*@Mentor \/ @Guide/);
    expect(said('coordinators_only')).not.toContain('the role ');
  });

  test('the loser of a race hears who was quicker, and is led to what is left', () => {
    const card = refusalCard(new UserError('request_already_claimed', { by: 'Grace' }));
    expect(titleOf(card)).toBe('Grace was quicker');
    expect(buttonsOf(card).map(({ intent }) => intent)).toEqual(['mentor.open']);
  });

  test('all problems of a form are said, a line each', () => {
    const problems: FieldProblem[] = [
      { field: 'title', code: 'missing' },
      { field: 'tags', code: 'too_many', detail: 10 },
    ];
    const card = refusalCard(new UserError('invalid_input', { fields: problems }));
    expect(bodyOf(card).split('\n')).toEqual(
      problems.map((problem) => `• ${inEnglish(fieldSentence(problem))}`),
    );
  });

  test('what people typed is repeated as literal words', () => {
    const typed = '<!channel> [x](https://evil.example)';
    const card = refusalCard(
      new UserError('invalid_input', {
        fields: [{ field: 'preferredTimes', code: 'time_unreadable', detail: typed }],
      }),
    );
    expect(bodyOf(card)).toContain(typed);
    expect(nodesOf(card).every((node) => typeof node === 'string')).toBe(true);
  });

  test('a fault shows nothing but its reference', () => {
    expect(bodyOf(faultCard('1a2b3c4d'))).toMatch(/1a2b3c4d$/);
  });
});

describe('Problems of a field', () => {
  test.each(everyProblem)(
    '$field $code: whole sentences that name the field and say what to do',
    (problem) => {
      const sentence = inEnglish(fieldSentence(problem));
      for (const each of [sentence, worded(fieldSentence(problem), { language: 'es', timeZone: null })]) {
        expect(each).not.toMatch(broken);
        expect(each).toMatch(/^[\p{Lu}].*\.$|https:\/\/\.?$/u);
        if (problem.detail !== undefined) expect(each).toContain(String(problem.detail));
      }
      expect(sentence).toMatch(/please|Please|Add it after the time/);
      // Called by a name, not by its key in the code.
      expect(sentence).not.toMatch(/“(?!whenever|Berlin time)|[a-z][A-Z]/);
    },
  );

  test('a field that nobody named is called by its own name', () => {
    expect(inEnglish(fieldSentence({ field: 'shoeSize', code: 'missing' }))).toBe(
      '“shoeSize” is missing. Please fill it in.',
    );
  });
});
