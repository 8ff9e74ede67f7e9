import { describe, expect, test } from 'vitest';
import type { Card, Text } from '../../src/messages/card.ts';
import { es } from '../../src/messages/es/index.ts';
import type { Form } from '../../src/messages/form.ts';
import { heartbeatCard } from '../../src/messages/heartbeat-cards.ts';
import { worded } from '../../src/messages/in-language.ts';
import type { Words } from '../../src/messages/words.ts';
import * as discordCards from '../../src/platforms/discord/draft-cards.ts';
import * as slackCards from '../../src/platforms/slack/words.ts';
import { commands, routes, shortcuts } from '../../src/routes.ts';
import { everyState, requestId } from '../core/samples.ts';
import { spoken } from '../support/spoken.ts';
import { details, everyAvailability, everyCard, fullest } from './every-card.ts';

// What stands in a card without being a sentence of the catalogue is never translated. So it must be what somebody
// wrote, a name, an address or a number: everything else would be English for everybody.

const all = everyCard().map(({ card }) => card);

/** Every text inside a sample. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null || value instanceof Date) return [];
  return Object.values(value).flatMap(textsIn);
}
const written = new Set([
  ...textsIn(everyState),
  ...Object.values(everyState).flatMap((request) => textsIn(fullest(request))),
  ...textsIn(details),
  ...textsIn(everyAvailability),
  // What the doctor looked at is worded where it looks, for whoever runs the bot.
  ...['Discord: roles', 'Choose another role.', 'Discord: server'].flatMap((what) => [what, `✓ ${what}`]),
]);

/** Takes out what may stand in a text of any language; what is left should have no letters. */
const seen = new Map<string, string>();
function strayIn(words: string): string {
  const known = written.has(words) ? '' : seen.get(words);
  if (known !== undefined) return known;
  const left = words
    .split(', ')
    .filter((each) => !written.has(each))
    .join(', ')
    // What fills a sample to its limit is one letter, again and again.
    .replaceAll(/(\p{L})\1{9,}/giu, '')
    .replaceAll(/https?:\/\/\S+|\b(?:Slack|Discord)\b|\/mini-[a-z-]+|\b[A-Z]\w+\/\w+(?:[/ ]\w+)*/g, '');
  const stray = /\p{L}/u.test(left) ? words : '';
  seen.set(words, stray);
  return stray;
}

function strayWords(words: Words | Text): string[] {
  if (Array.isArray(words)) return words.flatMap(strayWords);
  if (typeof words === 'string') return [strayIn(words)].filter(Boolean);
  if ('say' in words)
    return Object.values(words.with).flatMap((given) => (typeof given === 'number' ? [] : strayWords(given)));
  if ('list' in words) return words.list.flatMap(strayWords);
  if ('bold' in words) return strayWords(words.bold);
  if ('link' in words) return strayWords(words.label);
  return [];
}

const strayInCard = ({ title, blocks }: Card): string[] => [
  ...strayWords(title),
  ...blocks.flatMap((block) => {
    if (block.block === 'text' || block.block === 'note' || block.block === 'heading')
      return strayWords(block.text);
    if (block.block === 'facts')
      return block.facts.flatMap(({ label, value }) => [...strayWords(label), ...strayWords(value)]);
    return block.block === 'buttons' ? block.buttons.flatMap(({ label }) => strayWords(label)) : [];
  }),
];

const strayInForm = ({ title, submit, intro, fields }: Form): string[] => [
  ...[title, submit, intro ?? ''].flatMap(strayWords),
  ...fields.flatMap((field) => [
    ...[field.label, field.hint ?? ''].flatMap(strayWords),
    ...(field.field === 'choice' ? field.choices.flatMap(({ label }) => strayWords(label)) : []),
    ...(field.field === 'text' ? [field.placeholder ?? '', field.initial ?? ''].flatMap(strayWords) : []),
  ]),
];

const forms = Object.entries(routes).flatMap(([intent, route]): [string, Form][] =>
  'opens' in route ? [[intent, route.opens({ requestId })]] : [],
);

describe('Nothing is in English for everybody', () => {
  test('in no card of the bot', () => {
    expect([...new Set(all.flatMap(strayInCard))]).toEqual([]);
  });

  test('in no form', () => {
    expect(forms.flatMap(([, form]) => strayInForm(form))).toEqual([]);
  });

  test('in no command, and what they say fits in every language', () => {
    const said = [
      ...commands.flatMap(({ description, options }) => [
        description,
        ...options.flatMap((option) => [option.description, ...option.choices.map(({ label }) => label)]),
      ]),
      ...shortcuts.map(({ description }) => description),
    ];
    expect(said.flatMap(strayWords)).toEqual([]);
    // https://discord.com/developers/docs/interactions/application-commands#application-command-object
    for (const each of said)
      expect(worded(each, { language: 'es', timeZone: null }).length).toBeLessThanOrEqual(100);
  });

  test('in nothing that a platform says itself', () => {
    const cards = [...Object.values(slackCards), ...Object.values(discordCards)].flatMap((one): Card[] => {
      const made: unknown = typeof one === 'function' && one.length === 0 ? (one as () => unknown)() : one;
      return typeof made === 'object' && made !== null && 'tone' in made ? [made as Card] : [];
    });
    expect(cards.length).toBeGreaterThan(10);
    const entries = { commands, shortcuts };
    const help = slackCards.unknownCommandCard('mini-x', entries);
    expect(
      [...cards, help].flatMap(strayInCard).filter((words) => !shortcuts.some(({ name }) => name === words)),
    ).toEqual([]);
  });

  test('in nothing that coordinators hear of the bot itself', () => {
    const cards = [
      heartbeatCard({ about: 'platform', name: 'slack' }),
      heartbeatCard({ about: 'database' }),
      heartbeatCard({ about: 'clock' }),
      heartbeatCard({ about: 'given_up', count: 1 }),
      heartbeatCard({ about: 'given_up', count: 3 }),
      heartbeatCard({ about: 'well' }),
    ];
    expect(cards.flatMap(strayInCard)).toEqual([]);
  });
});

describe.each(forms)('The Spanish form of %s', (_intent, asIs) => {
  test('fits on both platforms', () => {
    const form = spoken(asIs, 'es');
    for (const label of [form.title, form.submit, ...form.fields.map((field) => field.label)]) {
      expect(label.length, label).toBeLessThanOrEqual(24);
    }
    for (const { hint = '' } of form.fields) expect(hint.length, hint).toBeLessThanOrEqual(100);
    for (const field of form.fields) {
      if (field.field !== 'choice') continue;
      for (const { label } of field.choices) expect(label.length, label).toBeLessThanOrEqual(75);
    }
  });
});

test('buttons fit in Spanish as well, and titles', () => {
  const long = all.flatMap((card) => {
    const { title, blocks } = spoken(card, 'es');
    const labels = blocks.flatMap((block) =>
      block.block === 'buttons' ? block.buttons.map(({ label }) => label) : [],
    );
    return [...labels.filter((label) => label.length > 75), ...(title.length > 150 ? [title] : [])];
  });
  expect(long).toEqual([]);
});

test('names of things are called the same everywhere', () => {
  const translations = Object.values(es).join('\n');
  // One spelling, one word for those who mentor, and nobody is addressed as "usted" or "vosotros".
  expect(
    translations.match(/mini[- ]sesi|canal de mentores|\busted(es)?\b|\bvosotr|\bvuestr|\bos\b/gi) ?? [],
  ).toEqual([]);
});
