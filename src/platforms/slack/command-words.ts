import { languages } from '../../core/language.ts';
import type { Form, Typed } from '../../messages/form.ts';
import { worded } from '../../messages/in-language.ts';
import type { Words } from '../../messages/words.ts';
import type { CommandOption } from '../platform.ts';

/** What followed a command, sorted. */
export interface CommandWords {
  /** By the arg or field that an option fills. */
  args: Record<string, string>;
  /** What no option took. */
  rest: string;
}

/**
 * Reads the words after a command: choices of its options first, in any order and language, such as `30 high`; then
 * free text.
 * A choice is only taken from the beginning: in "help with normal forms" the word "normal" is no urgency.
 */
export function readCommandWords(words: string, options: CommandOption[]): CommandWords {
  const args: Record<string, string> = {};
  let rest = words.trim();
  for (let found = leadingChoice(rest, options, args); found; found = leadingChoice(rest, options, args)) {
    args[found.fills] = found.value;
    rest = rest.slice(found.length).trimStart();
  }
  // What is chosen from suggestions elsewhere is asked in the form here.
  const free = options.find(
    ({ choices, suggests, fills }) => choices.length === 0 && !suggests && !(fills in args),
  );
  if (!free || rest === '') return { args, rest };
  return { args: { ...args, [free.fills]: rest }, rest: '' };
}

const inEveryLanguage = (words: Words): string[] =>
  languages.map((language) => worded(words, { language, timeZone: null }));

function leadingChoice(words: string, options: CommandOption[], taken: Record<string, string>) {
  const lower = words.toLowerCase();
  const all = options
    .filter(({ fills }) => !(fills in taken))
    .flatMap(({ fills, choices }) =>
      choices.flatMap(({ value, label }) =>
        [value, ...inEveryLanguage(label)].map((name) => ({
          fills,
          value,
          length: name.length,
          name: name.toLowerCase(),
        })),
      ),
    );
  return all
    .sort((a, b) => b.length - a.length)
    .find(({ name }) => name !== '' && (lower === name || lower.startsWith(`${name} `)));
}

/** Free text after a command that opens a form is its title, when it asks for one. */
export const titleFrom = (form: Form, rest: string): Typed =>
  rest !== '' && form.fields.some((field) => field.name === 'title' && field.field === 'text')
    ? { title: rest }
    : {};
