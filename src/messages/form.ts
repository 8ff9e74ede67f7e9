import type { Locale, Words } from './words.ts';

/**
 * The vocabulary of forms: what is asked, not how. A platform shows each field in its best native way and hands back
 * values by field name; it states the limits and refuses nothing itself that the use-case's schema would take.
 */
interface FieldBase<W> {
  /** Name in the use-case's input. */
  name: string;
  /** At most 24 characters, so that it fits everywhere. */
  label: W;
  hint?: W;
  required: boolean;
}
export interface Choice<W = Words> {
  value: string;
  label: W;
}
export type Field<W = Words> =
  /** Value: string. */
  | (FieldBase<W> & {
      field: 'text';
      long: boolean;
      minLength: number;
      maxLength: number;
      placeholder?: W;
      initial?: W;
    })
  /** Value: one choice's value. `initial` is also what holds when nobody is asked. */
  | (FieldBase<W> & { field: 'choice'; choices: Choice<W>[]; initial?: string })
  /** Value: string[]. Typed with commas between. */
  | (FieldBase<W> & { field: 'tags'; maxTags: number; maxTagLength: number; initial?: string[] })
  /**
   * Value: a list of `{ start, end }` with ISO instants (`end` null for a single time). Native pickers where the
   * platform has them; else typed text, read in the person's zone.
   */
  | (FieldBase<W> & { field: 'times'; max: number })
  /** Value: the platform's id of a channel; empty for none. `holds`: what stands in it. */
  | (FieldBase<W> & { field: 'channel'; holds: 'cards' | 'threads' })
  /** Value: the platform's ids of roles. Left out by platforms without roles. */
  | (FieldBase<W> & { field: 'roles'; max: number })
  /** Value: an IANA zone. Left out by platforms that know everybody's zone. */
  | (FieldBase<W> & { field: 'zone' });

export interface Form<W = Words> {
  /** At most 24 characters. */
  title: W;
  /** Label of the submit button, at most 24 characters. */
  submit: W;
  /** Intent that the filled form runs; `args` ride along. */
  intent: string;
  args: Record<string, string>;
  /** Said above the fields, when there is something to say. */
  intro?: W;
  /** Whoever fills it in waits for a mentor then: the desk can say how long that takes. */
  asksForMentor?: boolean;
  fields: Field<W>[];
}
/** A form in the language of its reader. */
export interface SpokenForm extends Form<string> {
  locale: Locale;
}
export type SpokenField = Field<string>;

/** What a platform hands back for a field. */
export type FieldValue = string | string[] | { start: string; end: string | null }[];
/** What somebody typed, as the platform's own form holds it; kept in drafts and put back when a form is reopened. */
export type Typed = Record<string, string | string[]>;
