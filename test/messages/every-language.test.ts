import { describe, expect, test } from 'vitest';
import type { Card } from '../../src/messages/card.ts';
import { es } from '../../src/messages/es/index.ts';
import type { Form } from '../../src/messages/form.ts';
import { heartbeatCard } from '../../src/messages/heartbeat-cards.ts';
import { worded } from '../../src/messages/in-language.ts';
import * as discordCards from '../../src/platforms/discord/draft-cards.ts';
import * as slackCards from '../../src/platforms/slack/words.ts';
import { commands, routes, shortcuts } from '../../src/routes.ts';
import { requestId } from '../core/samples.ts';
import { spoken } from '../support/spoken.ts';
import { everyCard } from './every-card.ts';
import { strayInCard, strayInForm, strayWords } from './stray.ts';

const all = everyCard().map(({ card }) => card);

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
