import type { Card, Text } from '../../src/messages/card.ts';
import type { Form } from '../../src/messages/form.ts';
import type { Words } from '../../src/messages/words.ts';
import { everyState } from '../core/samples.ts';
import { details, everyAvailability, fullest } from './every-card.ts';

// What stands in a card without being a sentence of the catalogue is never translated. So it must be what somebody
// wrote, a name, an address or a number: everything else would be English for everybody.

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
  'The sign-in lacks a scope.',
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
    .replaceAll(
      /https?:\/\/\S+|[\w.+-]+@[\w.-]+|\b(?:Slack|Discord|Zoom|Jitsi|English|Español)\b|\/mini-[a-z-]+|\b[A-Z]\w+\/\w+(?:[/ ]\w+)*/g,
      '',
    );
  const stray = /\p{L}/u.test(left) ? words : '';
  seen.set(words, stray);
  return stray;
}

export function strayWords(words: Words | Text): string[] {
  if (Array.isArray(words)) return words.flatMap(strayWords);
  if (typeof words === 'string') return [strayIn(words)].filter(Boolean);
  if ('say' in words)
    return Object.values(words.with).flatMap((given) => (typeof given === 'number' ? [] : strayWords(given)));
  if ('list' in words) return words.list.flatMap(strayWords);
  if ('bold' in words) return strayWords(words.bold);
  if ('link' in words) return strayWords(words.label);
  return [];
}

export const strayInCard = ({ title, blocks }: Card): string[] => [
  ...strayWords(title),
  ...blocks.flatMap((block) => {
    if (block.block === 'text' || block.block === 'note' || block.block === 'heading')
      return strayWords(block.text);
    if (block.block === 'facts')
      return block.facts.flatMap(({ label, value }) => [...strayWords(label), ...strayWords(value)]);
    return block.block === 'buttons' ? block.buttons.flatMap(({ label }) => strayWords(label)) : [];
  }),
];

export const strayInForm = ({ title, submit, intro, fields }: Form): string[] => [
  ...[title, submit, intro ?? ''].flatMap(strayWords),
  ...fields.flatMap((field) => [
    ...[field.label, field.hint ?? ''].flatMap(strayWords),
    ...(field.field === 'choice' ? field.choices.flatMap(({ label }) => strayWords(label)) : []),
    ...(field.field === 'text' ? [field.placeholder ?? '', field.initial ?? ''].flatMap(strayWords) : []),
  ]),
];
