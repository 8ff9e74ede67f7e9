import { DateTime } from 'luxon';
import { type Block, type Dict, type Element, elementsOf, type Option, shown } from './kit.ts';
import type { Workspace } from './workspace.ts';

/** Under which property each element reports its value, and which property presets it. */
const reports: Record<string, { as: string; preset: string; many?: true }> = {
  plain_text_input: { as: 'value', preset: 'initial_value' },
  email_text_input: { as: 'value', preset: 'initial_value' },
  url_text_input: { as: 'value', preset: 'initial_value' },
  number_input: { as: 'value', preset: 'initial_value' },
  rich_text_input: { as: 'rich_text_value', preset: 'initial_value' },
  static_select: { as: 'selected_option', preset: 'initial_option' },
  radio_buttons: { as: 'selected_option', preset: 'initial_option' },
  multi_static_select: { as: 'selected_options', preset: 'initial_options', many: true },
  external_select: { as: 'selected_option', preset: 'initial_option' },
  multi_external_select: { as: 'selected_options', preset: 'initial_options', many: true },
  checkboxes: { as: 'selected_options', preset: 'initial_options', many: true },
  datepicker: { as: 'selected_date', preset: 'initial_date' },
  timepicker: { as: 'selected_time', preset: 'initial_time' },
  datetimepicker: { as: 'selected_date_time', preset: 'initial_date_time' },
  users_select: { as: 'selected_user', preset: 'initial_user' },
  multi_users_select: { as: 'selected_users', preset: 'initial_users', many: true },
  conversations_select: { as: 'selected_conversation', preset: 'initial_conversation' },
  multi_conversations_select: {
    as: 'selected_conversations',
    preset: 'initial_conversations',
    many: true,
  },
  channels_select: { as: 'selected_channel', preset: 'initial_channel' },
  multi_channels_select: { as: 'selected_channels', preset: 'initial_channels', many: true },
};

/** An element that holds a value, and the block that it is in. */
export interface Field {
  block: Block;
  element: Element;
  /** What a person calls it: the label of an input, else the text beside it, else its placeholder. */
  label: string;
  kind: string;
}

/** All elements of these blocks that hold a value, in order. */
export const fieldsOf = (blocks: Block[]): Field[] =>
  blocks.flatMap((block) =>
    elementsOf(block)
      .filter((element) => reports[element.type])
      .map((element) => ({
        block,
        element,
        label: shown(block.label) || shown(block.text) || shown(element.placeholder),
        kind: element.type,
      })),
  );

const key = ({ block, element }: Field): string => `${block.block_id} ${element.action_id}`;

/** Whether the entries of this menu come from the app while somebody types. */
export const isExternal = ({ kind }: Field): boolean => kind.endsWith('external_select');

const report = (field: Field) => reports[field.kind] ?? { as: 'value', preset: '' };

/** The value that a field holds now: typed, or preset, or null ([] where there may be many). */
export function held(field: Field, typed: Map<string, unknown>): unknown {
  const { preset, many } = report(field);
  const value = typed.has(key(field)) ? typed.get(key(field)) : field.element[preset];
  return value ?? (many ? [] : null);
}

/** `state.values` of a payload: by block and action, the value of each field. */
export function stateOf(blocks: Block[], typed: Map<string, unknown>): Record<string, Dict> {
  const values: Record<string, Dict> = {};
  for (const field of fieldsOf(blocks)) {
    values[field.block.block_id] = {
      ...values[field.block.block_id],
      [String(field.element.action_id)]: { type: field.kind, [report(field).as]: held(field, typed) },
    };
  }
  return values;
}

/** What an entry of `actions` in a block_actions payload says about this field beside the ids. */
export const actionValue = (field: Field, typed: Map<string, unknown>): Dict => ({
  type: field.kind,
  [report(field).as]: held(field, typed),
  ...(field.element.placeholder ? { placeholder: field.element.placeholder } : {}),
});

const optionsOf = (element: Element): Option[] => [
  ...(element.options ?? []),
  ...(element.option_groups ?? []).flatMap((group) => group.options),
];

/** The ids that a menu of people or channels offers, by their names. */
function named(ws: Workspace, kind: string): Map<string, string> {
  const all = kind.includes('users')
    ? [...ws.users.values()]
    : [...ws.channels.values()].filter((c) => c.kind !== 'im');
  return new Map(all.map((item) => [item.name, item.id]));
}

/**
 * Puts a value into a field as the client would.
 * @param value text as typed; the visible text of options; an ISO instant for a datetimepicker (whole minutes, as
 *   the client offers no seconds); '' or [] empties the field.
 * @param offered what the app offered while it was typed, for a menu whose entries come from the app
 * @throws Error when the client offers no such choice, with those it offers
 */
export function fill(
  ws: Workspace,
  field: Field,
  typed: Map<string, unknown>,
  value: string | string[],
  offered: readonly Option[] = [],
): void {
  typed.set(key(field), parsed(ws, field, value, offered));
}

function parsed(ws: Workspace, field: Field, value: string | string[], offered: readonly Option[]): unknown {
  const list = Array.isArray(value) ? value : value === '' ? [] : [value];
  const many = report(field).many;
  if (!many && list.length > 1) throw new Error(`"${field.label}" takes one value, not ${list.length}`);
  const chosen = list.map((one) => parsedOne(ws, field, one, offered));
  return many ? chosen : (chosen[0] ?? null);
}

function parsedOne(ws: Workspace, field: Field, value: string, fromApp: readonly Option[]): unknown {
  const { kind, element, label } = field;
  const options = [...optionsOf(element), ...fromApp];
  if (options.length > 0 || isExternal(field)) {
    const option = options.find((o) => shown(o.text) === value);
    if (option) return option;
    const offered = options.map((o) => `"${shown(o.text)}"`).join(', ');
    throw new Error(`"${label}" offers no "${value}", but ${offered}`);
  }
  if (/users|channels|conversations/.test(kind)) {
    const ids = named(ws, kind);
    const id = ids.get(value) ?? [...ids.values()].find((i) => i === value);
    if (id) return id;
    throw new Error(`"${label}" offers no "${value}", but ${[...ids.keys()].join(', ')}`);
  }
  if (kind === 'datetimepicker') {
    const instant = DateTime.fromISO(value);
    if (!instant.isValid) throw new Error(`"${label}" takes an ISO instant, not "${value}"`);
    return Math.floor(instant.toSeconds() / 60) * 60;
  }
  if (kind === 'datepicker' && !DateTime.fromFormat(value, 'yyyy-MM-dd').isValid) {
    throw new Error(`"${label}" takes a date such as 2026-12-01, not "${value}"`);
  }
  if (kind === 'timepicker' && !DateTime.fromFormat(value, 'HH:mm').isValid) {
    throw new Error(`"${label}" takes a time such as 18:30, not "${value}"`);
  }
  if (kind === 'rich_text_input') {
    const section = { type: 'rich_text_section', elements: [{ type: 'text', text: value }] };
    return { type: 'rich_text', elements: [section] };
  }
  return kind === 'plain_text_input' && !element.multiline ? value.replace(/\s*\n\s*/g, ' ') : value;
}

/** What the field shows, in the words that `fill` takes. */
export function display(ws: Workspace, field: Field, typed: Map<string, unknown>): string | string[] {
  const one = (value: unknown): string => {
    if (value === null || value === undefined) return '';
    if (field.kind === 'datetimepicker') return new Date(Number(value) * 1_000).toISOString();
    if (/users|channels|conversations/.test(field.kind)) {
      return [...named(ws, field.kind)].find(([, id]) => id === value)?.[0] ?? String(value);
    }
    if (typeof value !== 'object') return String(value);
    if ('elements' in value) return allTexts(value);
    return shown((value as Option).text);
  };
  const value = held(field, typed);
  return Array.isArray(value) ? value.map(one) : one(value);
}

const allTexts = (value: unknown): string =>
  [...JSON.stringify(value).matchAll(/"text":("(?:[^"\\]|\\.)*")/g)]
    .map((m) => JSON.parse(String(m[1])))
    .join('');

/** What the client itself says about the inputs before it sends anything: block id → message. */
export function complaints(blocks: Block[], typed: Map<string, unknown>): Map<string, string> {
  const found = new Map<string, string>();
  for (const field of fieldsOf(blocks)) {
    if (field.block.type !== 'input') continue;
    const complaint = complaintAbout(field, held(field, typed));
    if (complaint) found.set(field.block.block_id, complaint);
  }
  return found;
}

function complaintAbout({ block, element, kind }: Field, value: unknown): string | undefined {
  const empty = value === null || (Array.isArray(value) ? value.length === 0 : String(value).trim() === '');
  if (empty) return block.optional ? undefined : 'Please complete this required field.';
  if (Array.isArray(value)) {
    const most = Number(element.max_selected_items ?? Number.POSITIVE_INFINITY);
    return value.length > most ? `Please choose at most ${most}.` : undefined;
  }
  const text = String(value);
  if (kind === 'plain_text_input') {
    const least = Number(element.min_length ?? 0);
    const most = Number(element.max_length ?? 3_000);
    if (text.length < least) return `Please enter at least ${least} characters.`;
    if (text.length > most) return `Please enter at most ${most} characters.`;
  }
  if (kind === 'url_text_input' && !/^https?:\/\/[^\s/]+\.?[^\s]*$/.test(text))
    return 'Please enter a valid URL.';
  if (kind === 'email_text_input' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) {
    return 'Please enter a valid email address.';
  }
  if (kind === 'number_input') {
    const number = Number(text);
    if (!Number.isFinite(number)) return 'Please enter a number.';
    if (!element.is_decimal_allowed && !Number.isInteger(number)) return 'Please enter a whole number.';
    if (element.min_value !== undefined && number < Number(element.min_value)) {
      return `Please enter a number no less than ${element.min_value}.`;
    }
    if (element.max_value !== undefined && number > Number(element.max_value)) {
      return `Please enter a number no greater than ${element.max_value}.`;
    }
  }
  return undefined;
}
