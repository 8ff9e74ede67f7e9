import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { languageOf } from '../../src/core/language.ts';
import { bold, card, facts, fromNow, mention, note, text } from '../../src/messages/card.ts';
import { es } from '../../src/messages/es/index.ts';
import { inLanguage, worded } from '../../src/messages/in-language.ts';
import { counted, onCalendar, onClock, type Sentence, say } from '../../src/messages/words.ts';

const english = { language: 'en', timeZone: null } as const;
const spanish = { language: 'es', timeZone: 'America/Bogota' } as const;
const ana = { id: '1', name: 'Ana', timeZone: null, accounts: [] };
const sentences = Object.entries(es) as [Sentence, string][];
const placeholders = (sentence: string) => [...new Set(sentence.match(/\{\w+\}/g) ?? [])].sort();

describe('The catalogue', () => {
  test.each(sentences)('%s: the translation has its placeholders, and is one', (sentence, translation) => {
    expect(placeholders(translation)).toEqual(placeholders(sentence));
    expect(translation.trim()).toBe(translation);
    expect(translation).not.toBe('');
  });

  test('holds each sentence once', () => {
    const folder = new URL('../../src/messages/es/', import.meta.url);
    const keys = readdirSync(folder).flatMap((file) =>
      [
        ...readFileSync(new URL(file, folder), 'utf8').matchAll(
          /^ {2}(?:'((?:[^'\\]|\\.)+)'|"([^"]+)"|(\w+)):/gm,
        ),
      ].map(([, single, double, bare]) => single ?? double ?? bare),
    );
    expect(keys.length).toBe(sentences.length);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });
});

/** All the code of the bot, but for the catalogue. */
function sourceOf(folder: URL): string {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== 'es' && name !== 'generated' && name !== 'sandbox')
    .map((one) =>
      one.isDirectory()
        ? sourceOf(new URL(`${one.name}/`, folder))
        : one.name.endsWith('.ts')
          ? readFileSync(new URL(one.name, folder), 'utf8')
          : '',
    )
    .join('\n');
}

test('no translation is left of a sentence that nobody says', () => {
  const source = sourceOf(new URL('../../src/', import.meta.url));
  const asWritten = (sentence: string) => sentence.replaceAll("'", "\\'").replaceAll('\n', '\\n');
  expect(
    sentences.map(([sentence]) => sentence).filter((one) => !source.includes(`'${asWritten(one)}'`)),
  ).toEqual([]);
});

describe('Wording', () => {
  test('fills placeholders with nodes, in the order of the language', () => {
    const said = say('Page {page} of {pages}', { page: bold('1'), pages: mention(ana) });
    const blocks = (language: typeof english | typeof spanish) =>
      inLanguage(card('good', 'x', text(said)), language).blocks;
    expect(blocks(english)).toEqual([
      { block: 'text', text: ['Page ', { bold: '1' }, ' of ', mention(ana)] },
    ]);
    expect(blocks(spanish)).toEqual([
      { block: 'text', text: ['Página ', { bold: '1' }, ' de ', mention(ana)] },
    ]);
  });

  test('what somebody wrote stays as it is, also when it looks like a sentence or a placeholder', () => {
    const said = say('Page {page} of {pages}', { page: '{pages}', pages: 'You may add:' });
    expect(worded(said, spanish)).toBe('Página {pages} de You may add:');
    expect(worded('You may add:', spanish)).toBe('You may add:');
  });

  test('everything of a card finds its language, and goes on telling which', () => {
    const spoken = inLanguage(
      card(
        'good',
        say('You may add:'),
        facts([say('You may add:'), fromNow(new Date(0))]),
        note('a', say('You may add:')),
      ),
      spanish,
    );
    expect(spoken).toMatchObject({ title: 'Puedes añadir:', locale: spanish });
    expect(spoken.blocks).toEqual([
      { block: 'facts', facts: [{ label: 'Puedes añadir:', value: [fromNow(new Date(0))] }] },
      { block: 'note', text: ['a', 'Puedes añadir:'] },
    ]);
    expect(inLanguage(spoken, spanish)).toEqual(spoken);
  });

  test('numbers are written as the language writes them, one and many differ', () => {
    expect(
      [1, 2, 12_345].map((n) => worded(counted(n, '{count} request', '{count} requests'), english)),
    ).toEqual(['1 request', '2 requests', '12,345 requests']);
    expect(
      [1, 2, 12_345].map((n) => worded(counted(n, '{count} request', '{count} requests'), spanish)),
    ).toEqual(['1 solicitud', '2 solicitudes', '12.345 solicitudes']);
  });

  test('times and days are written for the reader’s clocks, or say whose they are', () => {
    const at = new Date('2026-12-01T17:30:00Z');
    expect(worded(onClock(at, 'Europe/Berlin'), english)).toBe('Tue 1 Dec, 18:30');
    expect(worded(onClock(at, 'Europe/Berlin'), spanish)).toBe('mar 1 dic, 18:30');
    expect(worded(onClock(at), spanish)).toBe('mar 1 dic, 12:30');
    expect(worded(onClock(at), english)).toBe('Tue 1 Dec, 17:30 UTC');
    expect(worded(onCalendar('2026-12-24'), english)).toBe('Thu 24 Dec 2026');
    expect(worded(onCalendar('2026-12-24'), spanish)).toBe('jue 24 dic 2026');
  });

  test('a locale of a platform leads to a language of ours, or to none', () => {
    expect(
      ['es-ES', 'es-419', 'es_MX', 'ES', 'en-US', 'fr-FR', 'est', '', undefined].map(languageOf),
    ).toEqual([...['es', 'es', 'es', 'es', 'en'], ...[null, null, null, null]]);
  });
});
