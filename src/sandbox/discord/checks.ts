import type { Limit } from './limits.ts';
import type { Path, Problem } from './refusal.ts';

/** Small checks of one value each. They add what is wrong to `out`, worded as Discord words it. */

export type Json = Record<string, unknown>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

const absent = (value: unknown): value is undefined | null => value === undefined || value === null;

export function add(out: Problem[], at: Path, code: string, message: string): void {
  out.push({ at, code, message });
}

export function required(out: Problem[], at: Path): void {
  add(out, at, 'BASE_TYPE_REQUIRED', 'This field is required');
}

/** A string within the limit. With a `min` of 1 or more a blank string counts as missing. */
export function checkText(out: Problem[], at: Path, value: unknown, limit: Limit, need?: 'required'): void {
  if (absent(value)) {
    if (need) required(out, at);
    return;
  }
  if (typeof value !== 'string') {
    add(out, at, 'STRING_TYPE_CONVERT', `Could not interpret "${JSON.stringify(value)}" as string.`);
  } else if ((limit.min ?? 0) > 0 && value.trim() === '') {
    required(out, at);
  } else {
    checkSize(out, at, value.length, limit);
  }
}

/** A length or a number of things within the limit. */
export function checkSize(out: Problem[], at: Path, size: number, limit: Limit): void {
  if (size <= limit.max && size >= (limit.min ?? 0)) return;
  if (limit.min) {
    add(out, at, 'BASE_TYPE_BAD_LENGTH', `Must be between ${limit.min} and ${limit.max} in length.`);
  } else {
    add(out, at, 'BASE_TYPE_MAX_LENGTH', `Must be ${limit.max} or fewer in length.`);
  }
}

/** A list within the limit; answers its elements, so that the caller can go on. */
export function checkList(
  out: Problem[],
  at: Path,
  value: unknown,
  limit: Limit,
  need?: 'required',
): unknown[] {
  if (absent(value)) {
    if (need) required(out, at);
    return [];
  }
  if (!Array.isArray(value)) {
    add(out, at, 'LIST_TYPE_CONVERT', 'Only iterables may be used in a ListType');
    return [];
  }
  checkSize(out, at, value.length, limit);
  return value;
}

export function checkInteger(out: Problem[], at: Path, value: unknown, limit: Limit): void {
  if (absent(value)) return;
  if (!Number.isInteger(value)) {
    add(out, at, 'NUMBER_TYPE_COERCE', `Value "${String(value)}" is not int.`);
  } else if ((value as number) > limit.max) {
    add(out, at, 'NUMBER_TYPE_MAX', `int value should be less than or equal to ${limit.max}.`);
  } else if ((value as number) < (limit.min ?? 0)) {
    add(out, at, 'NUMBER_TYPE_MIN', `int value should be greater than or equal to ${limit.min ?? 0}.`);
  }
}

export function checkBoolean(out: Problem[], at: Path, value: unknown): void {
  if (!absent(value) && typeof value !== 'boolean') {
    add(out, at, 'BOOLEAN_TYPE_CONVERT', 'Must be either true or false.');
  }
}

export function checkChoice(out: Problem[], at: Path, value: unknown, choices: readonly unknown[]): void {
  if (absent(value)) required(out, at);
  else if (!choices.includes(value)) {
    add(out, at, 'BASE_TYPE_CHOICES', `Value must be one of {${choices.join(', ')}}.`);
  }
}

export function checkUrl(out: Problem[], at: Path, value: unknown, limit: Limit): void {
  checkText(out, at, value, limit, 'required');
  if (typeof value !== 'string' || value === '') return;
  if (!URL.canParse(value)) add(out, at, 'URL_TYPE_INVALID_URL', 'Not a well formed URL.');
  else if (!/^(https?|discord):$/.test(new URL(value).protocol)) {
    add(
      out,
      at,
      'URL_TYPE_INVALID_SCHEME',
      `Scheme "${new URL(value).protocol.slice(0, -1)}" is not supported. Scheme must be one of ('http', 'https', 'discord').`,
    );
  }
}
