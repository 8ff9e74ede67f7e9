import {
  type APIComponentInLabel,
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  ChannelType,
  ComponentType,
  SelectMenuDefaultValueType,
  TextInputStyle,
} from 'discord.js';
import type { SpokenField, SpokenForm, Typed } from '../../messages/form.ts';
import { worded } from '../../messages/in-language.ts';
import { type Locale, say } from '../../messages/words.ts';
import { escapeMarkdown } from './escape.ts';
import { CARD_CHANNELS, limits, shorten } from './limits.ts';
import { initialOf } from './steps.ts';

const TIMES_EXAMPLE = say('2026-12-01 18:30, Fri 10:00-12:00, tomorrow 3pm Europe/Berlin');

/**
 * Renders some fields of a form as a modal
 * (https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-modal). Pure.
 * The intro is shown when the fields leave room for it.
 * @param fields at most five
 * @param values what was typed before, put back; else fields begin with their defaults
 */
export function modalOf(
  form: SpokenForm,
  fields: SpokenField[],
  values: Typed,
  customId: string,
): APIModalInteractionResponseCallbackData {
  const labels = fields
    .slice(0, limits.modalComponents.max)
    .map((field) => labelOf(field, values, form.locale));
  const intro = form.intro && labels.length < limits.modalComponents.max ? form.intro : null;
  return {
    custom_id: customId,
    title: shorten(form.title, limits.modalTitle.max),
    components: [
      ...(intro ? [{ type: ComponentType.TextDisplay as const, content: escapeMarkdown(intro) }] : []),
      ...labels,
    ],
  };
}

function labelOf(field: SpokenField, values: Typed, locale: Locale): APILabelComponent {
  const chosen = [values[field.name] ?? []].flat().filter((id) => id !== '');
  const typed = values[field.name];
  const value = typed === undefined ? initialOf(field) : Array.isArray(typed) ? typed.join(', ') : typed;
  const description =
    field.hint ??
    (field.field === 'zone' ? worded(say('So that I read your times right.'), locale) : undefined);
  return {
    type: ComponentType.Label,
    label: shorten(field.label, limits.label.max),
    ...(description ? { description: shorten(description, limits.labelDescription.max) } : {}),
    component:
      field.field === 'channel' || field.field === 'roles'
        ? nativeSelect(field, chosen)
        : inputOf(field, value, locale),
  };
}

/** Discord's own menus of what the server has: https://discord.com/developers/docs/components/reference#channel-select */
function nativeSelect(
  field: Extract<SpokenField, { field: 'channel' | 'roles' }>,
  chosen: string[],
): APIComponentInLabel {
  const common = {
    custom_id: field.name,
    required: field.required,
    ...(field.required ? {} : { min_values: 0 }),
  };
  if (field.field === 'roles') {
    const ids = chosen.slice(0, limits.selectOptions.max);
    return {
      ...common,
      type: ComponentType.RoleSelect,
      max_values: Math.max(field.max, ids.length),
      ...(ids.length > 0 && {
        default_values: ids.map((id) => ({ id, type: SelectMenuDefaultValueType.Role })),
      }),
    };
  }
  const [id] = chosen;
  return {
    ...common,
    type: ComponentType.ChannelSelect,
    channel_types: field.holds === 'threads' ? [ChannelType.GuildText] : [...CARD_CHANNELS],
    ...(id && { default_values: [{ id, type: SelectMenuDefaultValueType.Channel }] }),
  };
}

function inputOf(
  field: Exclude<SpokenField, { field: 'channel' | 'roles' }>,
  value: string,
  locale: Locale,
): APIComponentInLabel {
  switch (field.field) {
    case 'choice':
      return field.choices.length <= limits.selectOptions.max
        ? selectOf(field, value)
        : textInput(field, labelFor(field, value), { long: false });
    case 'text':
      return textInput(field, value, {
        long: field.long,
        min: field.minLength,
        max: field.maxLength,
        ...(field.placeholder ? { placeholder: field.placeholder } : {}),
      });
    case 'tags':
      return textInput(field, value, { long: false, placeholder: 'git, python' });
    case 'times':
      return textInput(field, value, { long: field.max > 1, placeholder: worded(TIMES_EXAMPLE, locale) });
    case 'zone':
      return textInput(field, value, { long: false, placeholder: 'Europe/Berlin' });
  }
}

type ChoiceField = Extract<SpokenField, { field: 'choice' }>;

const labelFor = (field: ChoiceField, value: string): string =>
  field.choices.find((choice) => choice.value === value)?.label ?? value;

const selectOf = (field: ChoiceField, value: string): APIComponentInLabel => ({
  type: ComponentType.StringSelect,
  custom_id: field.name,
  required: field.required,
  ...(field.required ? {} : { min_values: 0 }),
  options: field.choices.map((choice) => ({
    label: shorten(choice.label, limits.optionLabel.max),
    value: choice.value,
    ...(choice.value === value ? { default: true } : {}),
  })),
});

function textInput(
  field: SpokenField,
  value: string,
  how: { long: boolean; min?: number; max?: number; placeholder?: string },
): APIComponentInLabel {
  const most: number = limits.inputLength.max;
  // What was typed once is put back whole, even when it is longer or shorter than it should be: the person mends it.
  const kept = value.slice(0, most);
  const max = Math.max(Math.min(how.max ?? most, most), kept.length);
  const min = kept !== '' && kept.length < (how.min ?? 0) ? 0 : (how.min ?? 0);
  return {
    type: ComponentType.TextInput,
    custom_id: field.name,
    style: how.long ? TextInputStyle.Paragraph : TextInputStyle.Short,
    required: field.required,
    ...(min > 0 ? { min_length: min } : {}),
    max_length: max,
    ...(how.placeholder ? { placeholder: shorten(how.placeholder, limits.inputPlaceholder.max) } : {}),
    ...(kept !== '' ? { value: kept } : {}),
  };
}
