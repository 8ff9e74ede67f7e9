import type { FieldProblem } from '../../core/errors.ts';
import { whyNotPlannable } from '../../core/session.ts';
import type { FieldValue, SpokenField, SpokenForm, Typed } from '../../messages/form.ts';
import { type ReadTimes, readTimes, readZone } from '../typed-times.ts';
import { initialOf } from './steps.ts';

/** What a form means, read from what was typed into it. */
export interface FormReading {
  fields: Record<string, FieldValue>;
  problems: FieldProblem[];
  /** The zone that the person just told us, to be remembered. */
  zone: string | null;
  /** Times were typed, and nobody knows in which zone. */
  zoneMissing: boolean;
}

/**
 * Reads what was typed, with defaults where nobody was asked. Empty fields are left out. Pure.
 * @param knownZone the zone last known of this person
 */
export function readForm(form: SpokenForm, values: Typed, knownZone: string | null, now: Date): FormReading {
  const reading: FormReading = { fields: {}, problems: [], zone: null, zoneMissing: false };
  const zoneField = form.fields.find((field) => field.field === 'zone');
  const typedZone = zoneField ? typedIn(zoneField, values) : '';
  let zone = knownZone;
  if (zoneField && typedZone) {
    zone = reading.zone = readZone(typedZone);
    if (!zone) {
      reading.problems.push({ field: zoneField.name, code: 'zone_unknown', detail: typedZone });
      // Times are not blamed for a zone that is reported already; they are read again once it is mended.
      zone = 'UTC';
    }
  }
  for (const field of form.fields) {
    const typed = typedIn(field, values);
    if (typed === '' || field.field === 'zone') continue;
    if (field.field !== 'times') {
      const value = valueTyped(field, typed);
      if (value.length > 0) reading.fields[field.name] = value;
      continue;
    }
    const read = readTimes(typed, zone, now, field.name);
    reading.fields[field.name] = read.times;
    reading.problems.push(...read.problems, ...unplannable(field.name, read.times, now));
    reading.zoneMissing ||= read.problems.some(({ code }) => code === 'zone_missing');
    reading.zone ??= read.zone;
  }
  const known = reading.zone ?? knownZone;
  if (zoneField && known) reading.fields[zoneField.name] = known;
  return reading;
}

/** What stands against times that could be read, each reason once. */
function unplannable(field: string, times: ReadTimes['times'], now: Date): FieldProblem[] {
  const reasons = new Map<string, FieldProblem>();
  for (const { start, end } of times) {
    const why = whyNotPlannable(new Date(end ?? start), now);
    if (why) reasons.set(why.code, { field, ...why });
  }
  return [...reasons.values()];
}

function typedIn(field: SpokenField, values: Typed): string {
  const typed = values[field.name];
  if (typed === undefined) return initialOf(field);
  return (Array.isArray(typed) ? typed.join(', ') : typed).trim();
}

function valueTyped(
  field: Exclude<SpokenField, { field: 'times' } | { field: 'zone' }>,
  typed: string,
): FieldValue {
  if (field.field === 'text' || field.field === 'channel') return typed;
  if (field.field === 'roles') return typed.split(', ');
  if (field.field === 'choice') {
    const same = (words: string) => words.toLowerCase() === typed.toLowerCase();
    return field.choices.find(({ value, label }) => same(value) || same(label))?.value ?? typed;
  }
  return [...new Set(typed.split(/[,;\n]/).map((tag) => tag.trim().replace(/^#+/, '')))].filter(Boolean);
}
