import type { SpokenField, SpokenForm, Typed } from '../../messages/form.ts';
import { limits } from './limits.ts';

/**
 * Which fields of a form are asked when. A modal holds five, so a longer form goes in steps; nobody is asked what a
 * command's option or an earlier step told already. A field counts as answered when `values` has its name, even with
 * nothing in it. All pure.
 */

/** Values that came along with a command or a button, by field name. What no field could hold is left out. */
export function givenBy(form: SpokenForm, args: Record<string, string>): Typed {
  const given: Typed = {};
  for (const field of form.fields) {
    const value = args[field.name];
    if (value === undefined || value === '') continue;
    if (field.field === 'choice' && !field.choices.some((choice) => choice.value === value)) continue;
    given[field.name] = value;
  }
  return given;
}

/**
 * The fields of the first modal: all that are not answered, or the five that matter most. The zone is asked later, and
 * only when it is needed; but for a form that asks nothing else.
 * @param must names of fields that are among them in any case
 */
export function firstStep(form: SpokenForm, values: Typed, must: string[] = []): SpokenField[] {
  const asked = form.fields.filter((field) => !(field.name in values));
  const first = asked.filter(({ field }) => field !== 'zone');
  return mostUrgent(first.length > 0 ? first : asked, must);
}

/** What is left after a step. @param zone whether the person's time zone is needed and nobody knows it */
export const leftOver = (form: SpokenForm, values: Typed, zone: boolean): SpokenField[] =>
  form.fields.filter((field) => !(field.name in values) && (field.field !== 'zone' || zone));

/** The fields of the next modal, out of those that are left. */
export const nextStep = (left: SpokenField[]): SpokenField[] => mostUrgent(left);

/** The fields of a modal that is opened again: those with problems, then the others that were answered. */
export function editStep(form: SpokenForm, values: Typed, problems: string[]): SpokenField[] {
  const answered = form.fields.filter((field) => field.name in values || problems.includes(field.name));
  const wrong = answered.filter(({ name }) => problems.includes(name));
  const right = answered.filter((field) => !problems.includes(field.name) && field.field !== 'zone');
  const step = [...wrong, ...[...right].sort((a, b) => urgency(a) - urgency(b))].slice(
    0,
    limits.modalComponents.max,
  );
  return inOrder(form.fields, step.length > 0 ? step : firstStep(form, {}));
}

/** Required fields that have no answer and no default. */
export const missing = (form: SpokenForm, values: Typed): SpokenField[] =>
  form.fields.filter(
    (field) => field.required && field.field !== 'zone' && isBlank(values[field.name]) && !hasInitial(field),
  );

/** The default that holds when nobody is asked, as it would be typed; empty when there is none. */
export function initialOf(field: SpokenField): string {
  if (field.field === 'text' || field.field === 'choice') return field.initial ?? '';
  return field.field === 'tags' ? (field.initial ?? []).join(', ') : '';
}

export const isBlank = (value: string | string[] | undefined): boolean =>
  value === undefined || String(value).trim() === '';

const hasInitial = (field: SpokenField): boolean => initialOf(field) !== '';

function mostUrgent(fields: SpokenField[], must: string[] = []): SpokenField[] {
  const rank = (field: SpokenField): number => (must.includes(field.name) ? -1 : urgency(field));
  const first = [...fields].sort((a, b) => rank(a) - rank(b)).slice(0, limits.modalComponents.max);
  return inOrder(fields, first);
}

/** Fields without a default come first, required ones before the others. */
const urgency = (field: SpokenField): number => (hasInitial(field) ? 2 : field.required ? 0 : 1);

const inOrder = (all: SpokenField[], some: SpokenField[]): SpokenField[] =>
  all.filter((field) => some.includes(field));
