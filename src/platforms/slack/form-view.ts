import type { types } from '@slack/bolt';
import type { Field, SpokenField, SpokenForm, Typed } from '../../messages/form.ts';
import { worded } from '../../messages/in-language.ts';
import { type Locale, say, type Words } from '../../messages/words.ts';
import { LIMITS, shorten } from './limits.ts';

type Input = types.InputBlock;
export type Modal = types.ModalView;

/** All modals whose form comes back to us carry this; the intent and its arguments are in the private metadata. */
export const FORM_CALLBACK = 'form';

/** The field's one action; its block carries the field's name. */
export const VALUE = 'value';

/**
 * A form as a modal. It carries its intent and arguments itself, so that a restart loses nothing.
 * @param typed what is already known: what a draft holds, or what followed the command
 * @param draft the draft's id, to be dropped once the form was taken
 * @throws Error when the arguments have no room, which is a programming error
 */
export function formView(form: SpokenForm, typed: Typed = {}, draft?: string): Modal {
  const metadata = JSON.stringify({ intent: form.intent, args: form.args, draft });
  if (metadata.length > LIMITS.privateMetadata.max) {
    throw new Error(`The form "${form.intent}" has no room for its arguments`);
  }
  const known = { ...form.args, ...typed };
  const intro: types.KnownBlock[] = form.intro ? [words(form.intro)] : [];
  return {
    type: 'modal',
    callback_id: FORM_CALLBACK,
    private_metadata: metadata,
    title: plainText(form.title, LIMITS.modalTitle.max),
    submit: plainText(form.submit, LIMITS.modalSubmit.max),
    close: plainText(worded(say('Cancel'), form.locale), LIMITS.modalTitle.max),
    blocks: [...intro, ...form.fields.flatMap((field) => inputs(field, known[field.name], form.locale))],
  };
}

/** A paragraph in which Slack takes nothing for markup. */
export const words = (text: string): types.RichTextBlock => ({
  type: 'rich_text',
  elements: [
    { type: 'rich_text_section', elements: [{ type: 'text', text: shorten(text, LIMITS.richText.max) }] },
  ],
});

const plainText = (text: string, max: number) =>
  ({ type: 'plain_text', text: shorten(text, max), emoji: false }) as const;

function inputs(field: SpokenField, known: string | string[] | undefined, locale: Locale): Input[] {
  const input = (element: Input['element'], hint: string[] = [], more: Partial<Input> = {}): Input => {
    const said = [field.hint, ...hint].filter((sentence) => sentence).join(' ');
    return {
      type: 'input',
      block_id: field.name,
      label: plainText(field.label, LIMITS.inputLabel.max),
      optional: !field.required,
      element,
      ...(said ? { hint: plainText(said, LIMITS.inputHint.max) } : {}),
      ...more,
    };
  };
  switch (field.field) {
    case 'zone':
    case 'roles':
      return [];
    case 'channel': {
      const initial = one(known);
      return [
        input({
          type: 'conversations_select',
          action_id: VALUE,
          filter: { include: ['public', 'private'], exclude_bot_users: true },
          ...(initial ? { initial_conversation: initial } : {}),
        }),
      ];
    }
    case 'text':
      return [input(textInput(field, one(known) ?? field.initial ?? ''), [worded(sizeHint(field), locale)])];
    case 'tags': {
      const initial = [...new Set(tagsIn(listed(known) ?? field.initial?.join(',') ?? ''))].map(tagOption);
      const element = {
        type: 'multi_external_select',
        action_id: VALUE,
        min_query_length: 0,
        max_selected_items: Math.max(field.maxTags, initial.length),
        ...(initial.length > 0 ? { initial_options: initial } : {}),
      } as const;
      return [input(element, [tagsHint(field, locale)])];
    }
    case 'choice': {
      const options = field.choices.slice(0, LIMITS.selectOptions.max).map(({ value, label }) => ({
        text: plainText(label || value, LIMITS.optionText.max),
        value,
      }));
      if (options.length === 0) return [];
      const option = (wanted: string | undefined) => options.find(({ value }) => value === wanted);
      const initial = option(one(known)) ?? option(field.initial);
      return [
        input({
          type: 'static_select',
          action_id: VALUE,
          options,
          ...(initial ? { initial_option: initial } : {}),
        }),
      ];
    }
    case 'times':
      return timeInputs(field, listOf(known)).map(({ element, label, optional, block_id }, i) => ({
        ...input(element, [], { block_id, optional, label: plainText(label, LIMITS.inputLabel.max) }),
        ...(i > 0 ? { hint: undefined } : {}),
      }));
  }
}

const tagsHint = (
  { maxTags, maxTagLength }: Extract<SpokenField, { field: 'tags' }>,
  locale: Locale,
): string =>
  worded(
    say('Choose, or type your own: at most {most}, each of at most {length} characters.', {
      most: maxTags,
      length: maxTagLength,
    }),
    locale,
  );

/** An entry of a menu of tags. */
export const tagOption = (tag: string) => ({
  text: plainText(tag, LIMITS.optionText.max),
  value: shorten(tag, LIMITS.optionValue.max),
});

/** Tags that were typed with commas, semicolons or line breaks between. */
export const tagsIn = (words: string): string[] =>
  words
    .split(/[,;\n]/)
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');

type TextField = Extract<SpokenField, { field: 'text' }>;

/** What is typed already may be longer than the field allows: it is kept, and the use-case says what is wrong. */
function textInput(field: TextField, initial: string): types.PlainTextInput {
  const { max } = LIMITS.inputLength;
  const kept = shorten(initial, max);
  return {
    type: 'plain_text_input',
    action_id: VALUE,
    multiline: field.long,
    max_length: Math.min(max, Math.max(1, field.maxLength, kept.length)),
    ...(field.required && field.minLength > 1 ? { min_length: Math.min(max, field.minLength) } : {}),
    ...(field.placeholder ? { placeholder: plainText(field.placeholder, LIMITS.placeholder.max) } : {}),
    ...(kept ? { initial_value: kept } : {}),
  };
}

const sizeHint = ({ minLength, maxLength }: TextField): Words =>
  minLength > 1
    ? say('{least} to {most} characters.', { least: minLength, most: maxLength })
    : say('At most {most} characters.', { most: maxLength });

/** The picker's block of a field of times: `<name>.1`, `<name>.2`, … */
export const timeBlock = (name: string, index: number): string => `${name}.${index + 1}`;

/** How many times can be picked on Slack. */
export const pickersOf = (field: Extract<Field, { field: 'times' }>): number =>
  Math.max(1, Math.min(field.max, LIMITS.timePickers.max));

function timeInputs(field: Extract<SpokenField, { field: 'times' }>, known: string[]) {
  const count = pickersOf(field);
  return Array.from({ length: count }, (_, i) => {
    const seconds = unixSeconds(known[i]);
    return {
      block_id: timeBlock(field.name, i),
      label: count > 1 ? `${field.label} (${i + 1})` : field.label,
      optional: !field.required || i > 0,
      element: {
        type: 'datetimepicker',
        action_id: VALUE,
        ...(seconds === null ? {} : { initial_date_time: seconds }),
      } as const,
    };
  });
}

/** A picker's value: UNIX seconds of ten digits, from those or from an ISO instant. */
function unixSeconds(known: string | undefined): number | null {
  if (!known) return null;
  const seconds = /^\d{10}$/.test(known) ? Number(known) : Math.floor(Date.parse(known) / 1_000);
  return /^\d{10}$/.test(String(seconds)) ? seconds : null;
}

const one = (known: string | string[] | undefined): string | undefined =>
  Array.isArray(known) ? known[0] : known;
const listed = (known: string | string[] | undefined): string | undefined =>
  Array.isArray(known) ? known.join(', ') : known;
const listOf = (known: string | string[] | undefined): string[] =>
  known === undefined ? [] : Array.isArray(known) ? known : known.split(',');
