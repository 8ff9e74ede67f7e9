import type { Language } from '../core/language.ts';
import type { Instant } from '../core/time.ts';
import type { Inline } from './card.ts';
import type { es } from './es/index.ts';

/**
 * A sentence of the bot, in English as it stands in the code. It is also the key of its translations, so the compiler
 * refuses one that has none.
 */
export type Sentence = keyof typeof es;

/** A sentence with what goes into its placeholders, not yet in anybody's language. */
export interface Said<Given> {
  say: Sentence;
  with: Readonly<Record<string, Given>>;
}
/** A time on the clocks of a zone, as "Tue 1 Dec, 18:30"; of the reader's own zone when it names none. */
export interface OnClock {
  clock: Instant;
  zone: string | null;
}
/** A day on the calendar ("2026-12-24"), as "Thu 24 Dec 2026". */
export interface OnCalendar {
  day: string;
}

/** Words in a row. */
export interface Listed {
  list: readonly Words[];
  between: string;
}

/**
 * Words without formatting: for titles, labels, buttons, forms. A plain string is literal, such as what somebody wrote,
 * and is never translated.
 */
export type Words = string | Said<Words | number> | OnClock | OnCalendar | Listed;

/** For whom something is worded: their language, and the zone of their clocks (null: UTC, and it says so). */
export interface Locale {
  language: Language;
  timeZone: string | null;
}

type Placeholder<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Placeholder<Rest> : never;

/**
 * Says a sentence of the catalogue: `say('Claimed by {mentor}', { mentor: mention(person) })`. Numbers are written as
 * the reader's language writes them.
 */
export function say<S extends Sentence, P extends { [Name in Placeholder<S>]: Inline | number }>(
  sentence: S,
  ...[given]: [Placeholder<S>] extends [never] ? [] : [given: P]
): Said<P[keyof P]> {
  return { say: sentence, with: (given ?? {}) as Record<string, P[keyof P]> };
}

type Counting = { [S in Sentence]: 'count' extends Placeholder<S> ? S : never }[Sentence];

/** The sentence for one, or for any other number: `counted(3, '{count} request', '{count} requests')`. */
export const counted = (count: number, one: Counting, others: Counting): Said<number> => ({
  say: count === 1 ? one : others,
  with: { count },
});

export const listed = (list: readonly Words[], between = ', '): Listed => ({ list, between });
export const onClock = (clock: Instant, zone: string | null = null): OnClock => ({ clock, zone });
export const onCalendar = (day: string): OnCalendar => ({ day });
