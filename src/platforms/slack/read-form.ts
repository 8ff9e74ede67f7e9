import type { FieldValue, Form, SpokenForm, Typed } from '../../messages/form.ts';
import { pickersOf, tagsIn, timeBlock } from './form-view.ts';

/** What a modal's inputs hold, by block: the text, the chosen value, or the picked UNIX seconds; null when empty. */
export type Values = Record<string, string | null>;

/**
 * What came back in a form.
 * @returns `fields` for the use-case, and `typed` as this form holds it, to fill it again
 */
export function readForm(form: Form, values: Values): { fields: Record<string, FieldValue>; typed: Typed } {
  const fields: Record<string, FieldValue> = {};
  const typed: Typed = {};
  for (const field of form.fields) {
    const value = values[field.name] ?? null;
    if (field.field === 'zone' || field.field === 'roles') continue;
    if (field.field === 'times') {
      const picked = Array.from({ length: pickersOf(field) }, (_, i) => values[timeBlock(field.name, i)])
        .filter((seconds) => seconds != null)
        .filter((seconds, i, all) => all.indexOf(seconds) === i);
      typed[field.name] = picked;
      fields[field.name] = picked.map((seconds) => ({
        start: new Date(Number(seconds) * 1_000).toISOString(),
        end: null,
      }));
    } else if (field.field === 'tags') {
      typed[field.name] = value ?? '';
      fields[field.name] = tagsIn(value ?? '');
    } else if (value !== null || field.field === 'text') {
      typed[field.name] = value ?? '';
      fields[field.name] = value ?? '';
    }
  }
  return { fields, typed };
}

/**
 * Field problems as Slack wants them: by block. A problem of a field that is not shown is said below the first one.
 * @returns null when the form has no field below which anything could be said
 */
export function errorsByBlock(
  form: SpokenForm,
  problems: Record<string, string>,
): Record<string, string> | null {
  const blocks = form.fields.flatMap((field) => {
    if (
      field.field === 'zone' ||
      field.field === 'roles' ||
      (field.field === 'choice' && field.choices.length === 0)
    )
      return [];
    return [{ name: field.name, block: field.field === 'times' ? timeBlock(field.name, 0) : field.name }];
  });
  const first = blocks[0];
  if (!first) return null;
  const errors: Record<string, string> = {};
  for (const [name, problem] of Object.entries(problems)) {
    const shown = blocks.find((block) => block.name === name);
    const label = form.fields.find((field) => field.name === name)?.label;
    const block = (shown ?? first).block;
    const words = shown || !label ? problem : `${label}: ${problem}`;
    errors[block] = errors[block] ? `${errors[block]} ${words}` : words;
  }
  return errors;
}
