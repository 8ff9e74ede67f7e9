import { describe, expect, test } from 'vitest';
import { requestLimits } from '../../src/core/use-cases/create-request.ts';
import { fieldSentence } from '../../src/messages/field-problems.ts';
import type { SpokenField as Field, SpokenForm as Form } from '../../src/messages/form.ts';
import { routes } from '../../src/routes.ts';
import { requestId } from '../core/samples.ts';
import { spoken } from '../support/spoken.ts';

const forms = Object.entries(routes).flatMap(([intent, route]): [string, Form][] =>
  'opens' in route ? [[intent, spoken(route.opens({ requestId }))]] : [],
);
const named = (form: Form, name: string): Field => {
  const found = form.fields.find((field) => field.name === name);
  if (!found) throw new Error(`${form.title} has no field "${name}"`);
  return found;
};

describe.each(forms)('The form of %s', (_intent, form) => {
  // https://docs.slack.dev/reference/views/modal-views: title and submit hold 24 characters; Discord allows more.
  test('has words that fit on both platforms', () => {
    expect(form.title.length).toBeLessThanOrEqual(24);
    expect(form.submit.length).toBeLessThanOrEqual(24);
    for (const { label, hint = '' } of form.fields) {
      expect(label.length, label).toBeLessThanOrEqual(24);
      expect(label.trim(), label).not.toBe('');
      // https://discord.com/developers/docs/components/reference#label
      expect(hint.length, hint).toBeLessThanOrEqual(100);
    }
  });

  test('asks each thing once, and something at all', () => {
    const names = form.fields.map(({ name }) => name);
    expect(names.length).toBeGreaterThan(0);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => name in form.args)).toEqual([]);
  });

  test('has choices that both platforms can show', () => {
    for (const field of form.fields) {
      if (field.field !== 'choice') continue;
      // https://discord.com/developers/docs/components/reference#string-select
      expect(field.choices.length).toBeLessThanOrEqual(25);
      expect(field.choices.length).toBeGreaterThan(1);
      expect(new Set(field.choices.map(({ value }) => value)).size).toBe(field.choices.length);
      for (const { label, value } of field.choices) {
        // https://docs.slack.dev/reference/block-kit/composition-objects/option-object
        expect(label.length, label).toBeLessThanOrEqual(75);
        expect(value.length, value).toBeLessThanOrEqual(100);
      }
      if (field.initial !== undefined) {
        expect(field.choices.map(({ value }) => value)).toContain(field.initial);
      }
    }
  });

  test('has texts that both platforms can take', () => {
    for (const field of form.fields) {
      if (field.field !== 'text') continue;
      // https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element: 3,000; Discord: 4,000.
      expect(field.maxLength).toBeLessThanOrEqual(3_000);
      expect(field.minLength).toBeLessThanOrEqual(field.maxLength);
      expect(field.minLength > 0).toBe(field.required);
      expect((field.placeholder ?? '').length).toBeLessThanOrEqual(100);
    }
  });

  test('submits to an intent that does something', () => {
    expect(routes[form.intent]).toHaveProperty('verb');
  });

  test('calls its fields by a name when something is wrong with them', () => {
    for (const { name } of form.fields) {
      expect(fieldSentence({ field: name, code: 'missing' })).not.toContain('“');
    }
  });
});

describe('What the forms promise', () => {
  test('is what the use-cases hold: the limits are the same', () => {
    const form = Object.fromEntries(forms)['request.new'] as Form;
    expect(named(form, 'title')).toMatchObject({ maxLength: requestLimits.title });
    expect(named(form, 'description')).toMatchObject({ maxLength: requestLimits.description });
    expect(named(form, 'tags')).toMatchObject({
      maxTags: requestLimits.tags,
      maxTagLength: requestLimits.tag,
    });
    expect(named(form, 'preferredTimes')).toMatchObject({ max: requestLimits.preferredTimes });
  });

  test('all seven things that a request has can be given', () => {
    const form = Object.fromEntries(forms)['request.new'] as Form;
    expect(form.fields.map(({ name }) => name)).toEqual([
      'title',
      'sessionType',
      'description',
      'preferredTimes',
      'tags',
      'durationMinutes',
      'urgency',
      'timeZone',
    ]);
  });

  test('forms about a request carry it', () => {
    for (const [intent, form] of forms) {
      const about = !/^(request\.new|availability\.(week|rules)|settings\.quiet|admin\.|space\.zone)/.test(
        intent,
      );
      expect(form.args, intent).toEqual(about ? { requestId } : {});
    }
  });
});
