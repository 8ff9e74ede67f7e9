import { describe, expect, it } from 'vitest';
import type { SpokenField as Field, SpokenForm } from '../../../src/messages/form.ts';
import { modalOf } from '../../../src/platforms/discord/modal.ts';
import { readForm } from '../../../src/platforms/discord/read-form.ts';
import {
  editStep,
  firstStep,
  givenBy,
  leftOver,
  missing,
  nextStep,
} from '../../../src/platforms/discord/steps.ts';
import { checkModal } from '../../../src/sandbox/discord/check-components.ts';
import type { Problem } from '../../../src/sandbox/discord/refusal.ts';
import { spoken } from '../../support/spoken.ts';

const now = new Date('2027-03-01T12:00:00Z');
const words = (name: string, required: boolean, initial?: string): Field => ({
  field: 'text',
  name,
  label: name,
  required,
  long: false,
  minLength: 0,
  maxLength: 100,
  ...(initial === undefined ? {} : { initial }),
});
const form = (...fields: Field[]): SpokenForm =>
  spoken({ title: 'T', submit: 'S', intent: 'a.b', args: {}, fields });
const names = (fields: Field[]) => fields.map(({ name }) => name).join('');

describe('steps', () => {
  const twelve = form(
    ...['a', 'b', 'c', 'd'].map((name) => words(name, false, 'x')),
    ...['e', 'f', 'g', 'h'].map((name) => words(name, false)),
    ...['i', 'j', 'k'].map((name) => words(name, true)),
    { field: 'zone', name: 'z', label: 'z', required: false },
  );

  it('ask five at a time, what is needed most first, in the order of the form', () => {
    const first = firstStep(twelve, {});
    expect(names(first)).toBe('efijk');
    const values = Object.fromEntries(first.map(({ name }) => [name, '']));
    const left = leftOver(twelve, values, false);
    expect(names(left)).toBe('abcdgh');
    expect(names(nextStep(left))).toBe('abcgh');
    expect(names(missing(twelve, values))).toBe('ijk');
    expect(names(missing(twelve, { i: 'x', j: 'x', k: ' ' }))).toBe('k');
    expect(names(leftOver(twelve, values, true))).toBe('abcdghz');
    expect(names(firstStep(twelve, {}, ['a']))).toBe('aeijk');
  });

  it('open again with what is wrong, then what was answered', () => {
    const values = Object.fromEntries('abcdefghijk'.split('').map((name) => [name, 'x']));
    expect(names(editStep(twelve, values, ['a', 'z']))).toBe('aijkz');
    expect(names(editStep(twelve, { i: 'x' }, []))).toBe('i');
    expect(names(editStep(twelve, {}, ['nothing of it']))).toBe('efijk');
  });

  it('believe no choice that is none', () => {
    const choice: Field = {
      field: 'choice',
      name: 'c',
      label: 'c',
      required: true,
      choices: [{ value: '1', label: 'One' }],
    };
    expect(givenBy(form(choice, words('t', false)), { c: '2', t: '', u: 'x' })).toEqual({});
    expect(givenBy(form(choice, words('t', false)), { c: '1', t: 'x' })).toEqual({ c: '1', t: 'x' });
  });
});

describe('a modal', () => {
  const many = Array.from({ length: 30 }, (_, i) => ({ value: `v${i}`, label: `Label ${i}` }));
  const wide: SpokenForm = spoken({
    title: 'A title that is longer than Discord takes for a modal, by far',
    submit: 'S',
    intent: 'a.b',
    args: {},
    intro: 'Hello',
    fields: [
      { ...words('a', true), hint: 'h'.repeat(300), label: 'L'.repeat(60) } as Field,
      { field: 'choice', name: 'c', label: 'c', required: true, choices: many, initial: 'v3' },
      { field: 'choice', name: 'o', label: 'o', required: false, choices: many.slice(0, 25) },
      {
        field: 'tags',
        name: 'g',
        label: 'g',
        required: false,
        maxTags: 3,
        maxTagLength: 9,
        initial: ['x', 'y'],
      },
    ],
  });

  it.each([
    ['empty', {}],
    ['filled', { a: 'x'.repeat(4_100), c: 'v5', o: 'v1', g: 'p, q' }],
    ['short', { a: '' }],
  ])('is one that Discord takes: %s', (_what, values) => {
    const modal = modalOf(wide, wide.fields, values, 'a.b');
    const problems: Problem[] = [];
    checkModal(problems, [], modal as never);
    expect(problems).toEqual([]);
    expect(modal.components[0]).toEqual({ type: 10, content: 'Hello' });
  });

  it('takes a long list of choices as text, and reads it back', () => {
    const reading = readForm(wide, { a: 'x', c: 'label 7' }, null, now);
    expect(reading.fields).toEqual({ a: 'x', c: 'v7', g: ['x', 'y'] });
    expect(readForm(wide, { a: 'x', c: 'other' }, null, now).fields.c).toBe('other');
  });

  it('puts back what is too long or too short for the field', () => {
    const strict = form({ ...words('a', true), minLength: 5, maxLength: 10 } as Field);
    const inputOf = (value: string) =>
      (modalOf(strict, strict.fields, { a: value }, 'a.b').components[0] as { component: object }).component;
    expect(inputOf('abc')).toMatchObject({ value: 'abc', max_length: 10 });
    expect(inputOf('abc')).not.toHaveProperty('min_length');
    expect(inputOf('a'.repeat(20))).toMatchObject({ value: 'a'.repeat(20), min_length: 5, max_length: 20 });
  });
});
