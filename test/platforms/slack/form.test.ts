import { describe, expect, test } from 'vitest';
import type { Field, Form } from '../../../src/messages/form.ts';
import { formView } from '../../../src/platforms/slack/form-view.ts';
import { errorsByBlock, readForm } from '../../../src/platforms/slack/read-form.ts';
import { checkView } from '../../../src/sandbox/slack/check-view.ts';
import { everyField } from '../../support/fake-desk.ts';
import { spoken } from '../../support/spoken.ts';

const form = (...fields: Field[]): Form => ({ title: 'T', submit: 'S', intent: 'a.b', args: {}, fields });
const input = (view: ReturnType<typeof formView>, block: string) =>
  view.blocks.find((one) => one.block_id === block) as unknown as Record<string, never> | undefined;
const taken = (view: ReturnType<typeof formView>) => checkView(view, 'modal');

describe('a form as a modal', () => {
  test('Slack takes it, and it says its limits', () => {
    const view = formView(spoken(everyField({ requestId: '1' })));
    expect(taken(view)).toMatchObject({ ok: true });
    expect(JSON.parse(view.private_metadata ?? '')).toEqual({
      intent: 'everything.submit',
      args: { requestId: '1' },
    });
    expect(view.blocks.map(({ block_id }) => block_id)).toEqual([
      undefined,
      'title',
      'description',
      'urgency',
      'tags',
      'times.1',
      'times.2',
      'times.3',
    ]);
    expect(input(view, 'title')).toMatchObject({
      optional: false,
      hint: { text: 'At most 80 characters.' },
      element: { max_length: 80, placeholder: { text: 'In one line' } },
    });
    expect(input(view, 'description')).toMatchObject({
      optional: true,
      hint: { text: 'What you tried. At most 2,000 characters.' },
      element: { multiline: true },
    });
    expect(input(view, 'tags')).toMatchObject({
      hint: { text: 'Choose, or type your own: at most 5, each of at most 20 characters.' },
    });
  });

  test('what is known is filled in: args, what was typed, and the field’s own', () => {
    const view = formView(spoken(everyField({ title: 'From a button', urgency: 'low' })), {
      urgency: 'high',
      tags: 'a, b',
      times: ['1800000000', '2027-01-15T09:00:00Z', 'yesterday'],
    });
    expect(taken(view)).toMatchObject({ ok: true });
    expect(input(view, 'title')).toMatchObject({ element: { initial_value: 'From a button' } });
    expect(input(view, 'urgency')).toMatchObject({ element: { initial_option: { value: 'high' } } });
    expect(input(view, 'tags')).toMatchObject({
      element: { initial_options: [{ value: 'a' }, { value: 'b' }], max_selected_items: 5 },
    });
    expect(input(view, 'times.1')).toMatchObject({ element: { initial_date_time: 1_800_000_000 } });
    expect(input(view, 'times.2')).toMatchObject({ element: { initial_date_time: 1_800_003_600 } });
    expect(input(view, 'times.3')).not.toHaveProperty('element.initial_date_time');
  });

  test('typed text that is too long is kept for the person to shorten', () => {
    const view = formView(spoken(everyField({})), { title: 'x'.repeat(200), urgency: 'no such' });
    expect(taken(view)).toMatchObject({ ok: true });
    expect(input(view, 'title')).toMatchObject({
      element: { max_length: 200, initial_value: 'x'.repeat(200) },
    });
    expect(input(view, 'urgency')).toMatchObject({ element: { initial_option: { value: 'normal' } } });
  });

  test('Slack takes the most extreme forms', () => {
    const long = '😀'.repeat(5_000);
    const base = { name: 'n', label: long, hint: long, required: true };
    const choices = Array.from({ length: 150 }, (_, i) => ({ value: `v${i}`, label: i % 2 ? long : '' }));
    const all: Field[] = [
      {
        ...base,
        name: 'a',
        field: 'text',
        long: true,
        minLength: 4_000,
        maxLength: 9_000,
        placeholder: long,
        initial: long,
      },
      { ...base, name: 'b', field: 'choice', choices, initial: 'v3' },
      { ...base, name: 'c', field: 'choice', choices: [] },
      { ...base, name: 'd', field: 'tags', maxTags: 1, maxTagLength: 1, initial: Array(900).fill('tag') },
      { ...base, name: 'e', field: 'times', max: 50 },
      { ...base, name: 'f', field: 'times', max: 0 },
      { ...base, name: 'g', field: 'zone' },
    ];
    const view = formView({ ...spoken(form(...all)), title: long, submit: long, intro: long });
    expect(taken(view)).toMatchObject({ ok: true });
  });

  test('arguments without room are a programming error, said at once', () => {
    expect(() => formView({ ...spoken(form()), args: { a: 'x'.repeat(3_000) } })).toThrow('no room');
  });
});

describe('what comes back', () => {
  test('values by field, and what was typed for a draft', () => {
    expect(
      readForm(everyField({}), {
        title: 'T',
        description: null,
        urgency: 'low',
        tags: 'a, b;c\n d ,',
        'times.1': '1800000000',
        'times.2': '1800000000',
        'times.3': '1800003600',
        unknown: 'x',
      }),
    ).toEqual({
      fields: {
        title: 'T',
        description: '',
        urgency: 'low',
        tags: ['a', 'b', 'c', 'd'],
        times: [
          { start: '2027-01-15T08:00:00.000Z', end: null },
          { start: '2027-01-15T09:00:00.000Z', end: null },
        ],
      },
      typed: {
        title: 'T',
        description: '',
        urgency: 'low',
        tags: 'a, b;c\n d ,',
        times: ['1800000000', '1800003600'],
      },
    });
  });

  test('nothing at all', () => {
    expect(readForm(everyField({}), {}).fields).toEqual({ title: '', description: '', tags: [], times: [] });
  });

  test('a draft filled in and read again is the same', () => {
    const { typed } = readForm(everyField({}), { title: 'T', 'times.2': '1800000000', tags: 'a' });
    const view = formView(spoken(everyField({})), typed);
    expect(input(view, 'times.1')).toMatchObject({ element: { initial_date_time: 1_800_000_000 } });
  });

  test('errors go below a field that is shown', () => {
    const fields = spoken(everyField({}));
    expect(errorsByBlock(fields, { times: 'a', tags: 'b', timeZone: 'c', title: 'd', other: 'e' })).toEqual({
      'times.1': 'a',
      tags: 'b',
      title: 'Your time zone: c d e',
    });
    expect(errorsByBlock(spoken(form()), { a: 'b' })).toBeNull();
  });
});
