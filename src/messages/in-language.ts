import type { Language } from '../core/language.ts';
import type { Instant } from '../core/time.ts';
import type {
  Block,
  Button,
  Card,
  Inline,
  LinkButton,
  Spoken,
  SpokenBlock,
  SpokenCard,
  Text,
} from './card.ts';
import { es } from './es/index.ts';
import type { Field, Form, SpokenField, SpokenForm } from './form.ts';
import type { Locale, Said, Sentence, Words } from './words.ts';

/** By language, the sentence to say for the English one; none for English itself. */
const catalogues: Partial<Record<Language, Readonly<Record<Sentence, string>>>> = { es };

/**
 * Puts everything that a card or a form says into its reader's language. Pure. What is in one already stays as it is.
 */
export function inLanguage(card: Card, locale: Locale): SpokenCard;
export function inLanguage(form: Form, locale: Locale): SpokenForm;
export function inLanguage(what: Card | Form, locale: Locale): SpokenCard | SpokenForm {
  return 'fields' in what ? spokenForm(what, locale) : spokenCard(what, locale);
}

const spokenCard = ({ stage, ...card }: Card, locale: Locale): SpokenCard => ({
  ...card,
  title: worded(card.title, locale),
  blocks: card.blocks.map((block) => spokenBlock(block, locale)),
  ...(stage && { stage: { ...stage, label: worded(stage.label, locale) } }),
  locale,
});

function spokenBlock(block: Block, locale: Locale): SpokenBlock {
  switch (block.block) {
    case 'text':
    case 'note':
      return { ...block, text: spoken(block.text, locale) };
    case 'heading':
      return { ...block, text: worded(block.text, locale) };
    case 'facts':
      return {
        ...block,
        facts: block.facts.map(({ label, value }) => ({
          label: worded(label, locale),
          value: spoken(value, locale),
        })),
      };
    case 'buttons':
      return {
        ...block,
        buttons: block.buttons.map((one: Button | LinkButton) => ({
          ...one,
          label: worded(one.label, locale),
        })),
      };
    default:
      return block;
  }
}

/** Text with formatting, in one language. */
function spoken(text: Text, locale: Locale): Spoken[] {
  return (Array.isArray(text) ? text : [text]).flatMap((inline): Spoken[] => spokenInline(inline, locale));
}

function spokenInline(inline: Inline, locale: Locale): Spoken[] {
  if (typeof inline === 'string') return [inline];
  if ('say' in inline) return filled<Inline, Spoken>(inline, locale, (given) => spokenInline(given, locale));
  if ('bold' in inline) return [{ bold: worded(inline.bold, locale) }];
  if ('link' in inline) return [{ ...inline, label: worded(inline.label, locale) }];
  if ('clock' in inline || 'day' in inline || 'list' in inline) return [worded(inline, locale)];
  return [inline];
}

/** Words without formatting, in one language. */
export function worded(words: Words, locale: Locale): string {
  if (typeof words === 'string') return words;
  if ('clock' in words) {
    const zone = words.zone ?? locale.timeZone;
    return zone
      ? clockWords(words.clock, zone, locale.language)
      : `${clockWords(words.clock, 'UTC', locale.language)} UTC`;
  }
  if ('day' in words) return dayWords(words.day, locale.language);
  if ('list' in words) return words.list.map((each) => worded(each, locale)).join(words.between);
  return filled<Words, string>(words, locale, (given) => [worded(given, locale)]).join('');
}

/** The sentence in the reader's language, taken apart at its placeholders, and each of them filled. */
function filled<Given, Out>(
  said: Said<Given | number>,
  locale: Locale,
  put: (given: Given) => Out[],
): (Out | string)[] {
  const sentence = catalogues[locale.language]?.[said.say] ?? said.say;
  return sentence.split(/(\{\w+\})/).flatMap((part): (Out | string)[] => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    const given = name === undefined ? undefined : said.with[name];
    if (given === undefined) return part === '' ? [] : [part];
    return typeof given === 'number' ? [numberWords(given, locale.language)] : put(given);
  });
}

function spokenForm(form: Form, locale: Locale): SpokenForm {
  const { intro, ...rest } = form;
  return {
    ...rest,
    title: worded(form.title, locale),
    submit: worded(form.submit, locale),
    ...(intro === undefined ? {} : { intro: worded(intro, locale) }),
    fields: form.fields.map((field) => spokenField(field, locale)),
    locale,
  };
}

function spokenField({ hint, ...field }: Field, locale: Locale): SpokenField {
  const said = {
    label: worded(field.label, locale),
    ...(hint === undefined ? {} : { hint: worded(hint, locale) }),
  };
  if (field.field === 'choice') {
    const choices = field.choices.map(({ value, label }) => ({ value, label: worded(label, locale) }));
    return { ...field, ...said, choices };
  }
  if (field.field === 'text') {
    const { placeholder, initial, ...rest } = field;
    return {
      ...rest,
      ...said,
      ...(placeholder === undefined ? {} : { placeholder: worded(placeholder, locale) }),
      ...(initial === undefined ? {} : { initial: worded(initial, locale) }),
    };
  }
  return { ...field, ...said };
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Formats are costly to make, and there is one for each zone and language. */
function formatOf(
  language: Language,
  zone: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = `${language} ${zone} ${Object.keys(options).join()}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(tags[language], { timeZone: zone, ...options });
  formats.set(key, made);
  return made;
}

/** Day before month, and 24 hours, in both. */
const tags: Record<Language, string> = { en: 'en-GB', es: 'es-ES' };
const day = { weekday: 'short', day: 'numeric', month: 'short' } as const;

const partsOf = (format: Intl.DateTimeFormat, at: Instant): Record<string, string> =>
  Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));

/** "Tue 1 Dec, 18:30" on the clocks of a zone. */
function clockWords(at: Instant, zone: string, language: Language): string {
  const format = formatOf(language, zone, { ...day, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const parts = partsOf(format, at);
  return `${parts.weekday} ${parts.day} ${parts.month}, ${parts.hour}:${parts.minute}`;
}

/** "Thu 24 Dec 2026" for "2026-12-24". */
function dayWords(date: string, language: Language): string {
  const parts = partsOf(
    formatOf(language, 'UTC', { ...day, year: 'numeric' }),
    new Date(`${date}T00:00:00Z`),
  );
  return `${parts.weekday} ${parts.day} ${parts.month} ${parts.year}`;
}

const numbers = new Map<Language, Intl.NumberFormat>();

function numberWords(number: number, language: Language): string {
  const format = numbers.get(language) ?? new Intl.NumberFormat(tags[language]);
  numbers.set(language, format);
  return format.format(number);
}
