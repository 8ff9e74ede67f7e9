import {
  add,
  asList,
  checkBoolean,
  checkChoice,
  checkInteger,
  checkList,
  checkText,
  checkUrl,
  isObject,
  type Json,
  required,
} from './checks.ts';
import { type Limit, limits } from './limits.ts';
import type { Path, Problem } from './refusal.ts';

/** Component types: https://docs.discord.com/developers/components/reference#component-object-component-types */
export const kind = {
  row: 1,
  button: 2,
  select: 3,
  input: 4,
  users: 5,
  roles: 6,
  mentionables: 7,
  channels: 8,
  section: 9,
  text: 10,
  thumbnail: 11,
  gallery: 12,
  file: 13,
  separator: 14,
  container: 17,
  label: 18,
  upload: 19,
  radio: 21,
  checkboxes: 22,
  checkbox: 23,
} as const;

const selects: number[] = [kind.select, kind.users, kind.roles, kind.mentionables, kind.channels];
const inContainer: number[] = [kind.row, kind.section, kind.text, kind.gallery, kind.file, kind.separator];
const atTop = { v2: [...inContainer, kind.container] as number[], legacy: [kind.row] as number[] };
const inLabel: number[] = [...selects, kind.input, kind.upload, kind.radio, kind.checkboxes, kind.checkbox];
/** Those that carry a custom_id whatever they look like; a button's depends on its style. */
const answerable: number[] = inLabel;
const inModal: number[] = [kind.row, kind.text, kind.label];

/** Every component of the tree, the outer ones first; rows, containers, labels and accessories included. */
export function everyComponent(components: unknown): Json[] {
  return asList(components).flatMap((component) =>
    isObject(component)
      ? [
          component,
          ...everyComponent(component.components),
          ...everyComponent([component.component]),
          ...everyComponent([component.accessory]),
        ]
      : [],
  );
}

/** Checks the components of a message. `v2`: the message carries the Components V2 flag. */
export function checkMessageComponents(out: Problem[], at: Path, value: unknown, v2: boolean): void {
  const top = checkList(out, at, value, v2 ? limits.componentsV2 : limits.rows);
  for (const [i, component] of top.entries())
    checkOne(out, [...at, i], component, v2 ? atTop.v2 : atTop.legacy);
  const all = everyComponent(value);
  checkUnique(out, at, all);
  if (!v2) return;
  if (all.length > limits.componentsV2.max) {
    add(
      out,
      at,
      'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED',
      `Total number of components cannot exceed ${limits.componentsV2.max}`,
    );
  }
  const characters = all.reduce(
    (sum, c) => sum + (c.type === kind.text ? String(c.content ?? '').length : 0),
    0,
  );
  if (characters > limits.textV2.max) {
    add(
      out,
      at,
      'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
      `Components displayable text size exceeds maximum size of ${limits.textV2.max}`,
    );
  }
}

/** Checks what a modal callback carries as its `data`. */
export function checkModal(out: Problem[], at: Path, data: Json): void {
  checkText(out, [...at, 'custom_id'], data.custom_id, limits.customId, 'required');
  checkText(out, [...at, 'title'], data.title, limits.modalTitle, 'required');
  const path = [...at, 'components'];
  for (const [i, component] of checkList(
    out,
    path,
    data.components,
    limits.modalComponents,
    'required',
  ).entries()) {
    checkOne(out, [...path, i], component, inModal, 'modal');
  }
  checkUnique(out, path, everyComponent(data.components));
}

function checkOne(out: Problem[], at: Path, value: unknown, allowed: number[], where?: 'modal'): void {
  if (!isObject(value)) {
    required(out, at);
    return;
  }
  if (!allowed.includes(value.type as number)) {
    add(
      out,
      [...at, 'type'],
      'UNION_TYPE_CHOICES',
      `Value of field "type" must be one of (${allowed.join(', ')}).`,
    );
    return;
  }
  checkInteger(out, [...at, 'id'], value.id, { min: 0, max: 2 ** 31 - 1, page: '' });
  const check: Record<number, () => void> = {
    [kind.row]: () => (where ? checkInputRow(out, at, value) : checkRow(out, at, value)),
    [kind.button]: () => checkButton(out, at, value),
    [kind.input]: () => checkInput(out, at, value),
    [kind.section]: () => checkSection(out, at, value),
    [kind.text]: () =>
      checkText(out, [...at, 'content'], value.content, { ...limits.textV2, min: 1 }, 'required'),
    [kind.gallery]: () => {
      checkList(out, [...at, 'items'], value.items, limits.galleryItems, 'required');
    },
    [kind.container]: () => checkContainer(out, at, value),
    [kind.label]: () => checkLabel(out, at, value),
    [kind.radio]: () => checkGroup(out, at, value, limits.radioOptions, 1),
    [kind.checkboxes]: () => checkGroup(out, at, value, limits.checkboxOptions, limits.checkboxOptions.max),
    [kind.checkbox]: () => checkBoolean(out, [...at, 'default'], value.default),
  };
  check[value.type as number]?.();
  if (selects.includes(value.type as number)) checkSelect(out, at, value, where);
  if (answerable.includes(value.type as number)) checkCustomId(out, at, value);
}

function checkRow(out: Problem[], at: Path, row: Json): void {
  const path = [...at, 'components'];
  const children = checkList(out, path, row.components, limits.buttonsInRow, 'required');
  for (const [i, child] of children.entries()) checkOne(out, [...path, i], child, [kind.button, ...selects]);
  const chosen = children.filter((c) => isObject(c) && selects.includes(c.type as number)).length;
  if (chosen > 0 && children.length > 1) {
    add(out, path, 'COMPONENT_LAYOUT_WIDTH_EXCEEDED', 'The specified component exceeds the maximum width');
  }
}

function checkInputRow(out: Problem[], at: Path, row: Json): void {
  const path = [...at, 'components'];
  const children = checkList(
    out,
    path,
    row.components,
    { min: 1, max: 1, page: limits.inputMax.page },
    'required',
  );
  for (const [i, child] of children.entries()) {
    checkOne(out, [...path, i], child, [kind.input], 'modal');
    if (isObject(child)) checkText(out, [...path, i, 'label'], child.label, limits.label, 'required');
  }
}

function checkButton(out: Problem[], at: Path, button: Json): void {
  checkChoice(out, [...at, 'style'], button.style, [1, 2, 3, 4, 5, 6]);
  checkText(out, [...at, 'label'], button.label, limits.buttonLabel);
  checkBoolean(out, [...at, 'disabled'], button.disabled);
  const link = button.style === 5;
  const premium = button.style === 6;
  if (!premium && !button.label && !button.emoji) {
    add(out, [...at, 'label'], 'BUTTON_COMPONENT_LABEL_REQUIRED', 'A button must have a label or an emoji');
  }
  if (premium && (button.label || button.emoji || !button.sku_id)) {
    add(
      out,
      [...at, 'sku_id'],
      'BUTTON_COMPONENT_SKU_REQUIRED',
      'A premium button has a sku_id and nothing to read',
    );
  }
  if (link) checkUrl(out, [...at, 'url'], button.url, limits.buttonUrl);
  else if (button.url)
    add(out, [...at, 'url'], 'BUTTON_COMPONENT_INVALID_STYLE_FOR_URL', 'Only a link button may have a url');
  if (button.custom_id && (link || premium || button.url)) {
    add(
      out,
      [...at, 'custom_id'],
      'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
      'A custom id and url cannot both be specified',
    );
  }
  if (!link && !premium) checkCustomId(out, at, button);
}

function checkCustomId(out: Problem[], at: Path, component: Json): void {
  const path = [...at, 'custom_id'];
  if (component.custom_id === undefined || component.custom_id === null || component.custom_id === '') {
    add(out, path, 'COMPONENT_CUSTOM_ID_REQUIRED', 'A custom id is required');
  } else checkText(out, path, component.custom_id, limits.customId);
}

function checkSelect(out: Problem[], at: Path, select: Json, where?: 'modal'): void {
  checkText(out, [...at, 'placeholder'], select.placeholder, limits.selectPlaceholder);
  checkInteger(out, [...at, 'min_values'], select.min_values, limits.selectMin);
  checkInteger(out, [...at, 'max_values'], select.max_values, limits.selectMax);
  const min = Number(select.min_values ?? 1);
  const max = Number(select.max_values ?? 1);
  if (min > max)
    add(out, [...at, 'min_values'], 'BASE_TYPE_BAD_RANGE', 'min_values must not exceed max_values');
  if (where && select.disabled) {
    add(out, [...at, 'disabled'], 'COMPONENT_DISABLED_IN_MODAL', 'Components in modals cannot be disabled');
  }
  if (where && select.required !== false && select.min_values === 0) {
    add(
      out,
      [...at, 'min_values'],
      'COMPONENT_REQUIRED_MIN_VALUES',
      'A required select needs min_values of at least 1',
    );
  }
  if (select.type !== kind.select) return;
  checkOptions(out, at, select, limits.selectOptions, max);
  if (asList(select.options).length > 0 && max > asList(select.options).length) {
    add(out, [...at, 'options'], 'BASE_TYPE_MIN_LENGTH', `Must be ${max} or more in length.`);
  }
}

function checkOptions(out: Problem[], at: Path, holder: Json, limit: Limit, most: number): void {
  const path = [...at, 'options'];
  const options = checkList(out, path, holder.options, limit, 'required');
  const taken = new Set<unknown>();
  for (const [i, option] of options.entries()) {
    if (!isObject(option)) {
      required(out, [...path, i]);
      continue;
    }
    checkText(out, [...path, i, 'label'], option.label, limits.optionLabel, 'required');
    checkText(out, [...path, i, 'value'], option.value, limits.optionValue, 'required');
    checkText(out, [...path, i, 'description'], option.description, limits.optionDescription);
    checkBoolean(out, [...path, i, 'default'], option.default);
    if (taken.has(option.value)) {
      add(
        out,
        [...path, i, 'value'],
        'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
        'The specified option value is already used',
      );
    }
    taken.add(option.value);
  }
  if (options.filter((o) => isObject(o) && o.default === true).length > most) {
    add(
      out,
      path,
      'SELECT_COMPONENT_TOO_MANY_DEFAULTS',
      `At most ${most} options may be selected by default`,
    );
  }
}

function checkGroup(out: Problem[], at: Path, group: Json, limit: Limit, most: number): void {
  checkOptions(out, at, group, limit, most);
  checkInteger(out, [...at, 'min_values'], group.min_values, { ...limit, min: 0 });
  checkInteger(out, [...at, 'max_values'], group.max_values, { ...limit, min: 1 });
}

function checkInput(out: Problem[], at: Path, input: Json): void {
  checkChoice(out, [...at, 'style'], input.style, [1, 2]);
  checkText(out, [...at, 'label'], input.label, limits.label);
  checkText(out, [...at, 'placeholder'], input.placeholder, limits.inputPlaceholder);
  checkBoolean(out, [...at, 'required'], input.required);
  checkInteger(out, [...at, 'min_length'], input.min_length, limits.inputMin);
  checkInteger(out, [...at, 'max_length'], input.max_length, limits.inputMax);
  const max = typeof input.max_length === 'number' ? input.max_length : limits.inputValue.max;
  if (typeof input.min_length === 'number' && input.min_length > max) {
    add(out, [...at, 'min_length'], 'BASE_TYPE_BAD_RANGE', 'min_length must not exceed max_length');
  }
  checkText(out, [...at, 'value'], input.value, {
    ...limits.inputValue,
    max: Math.min(max, limits.inputValue.max),
  });
}

function checkSection(out: Problem[], at: Path, section: Json): void {
  const path = [...at, 'components'];
  for (const [i, child] of checkList(
    out,
    path,
    section.components,
    limits.sectionTexts,
    'required',
  ).entries()) {
    checkOne(out, [...path, i], child, [kind.text]);
  }
  checkOne(out, [...at, 'accessory'], section.accessory, [kind.button, kind.thumbnail]);
}

function checkContainer(out: Problem[], at: Path, container: Json): void {
  checkInteger(out, [...at, 'accent_color'], container.accent_color, limits.accentColor);
  const path = [...at, 'components'];
  const children = checkList(out, path, container.components, { ...limits.componentsV2, min: 1 }, 'required');
  for (const [i, child] of children.entries()) checkOne(out, [...path, i], child, inContainer);
}

function checkLabel(out: Problem[], at: Path, label: Json): void {
  checkText(out, [...at, 'label'], label.label, limits.label, 'required');
  checkText(out, [...at, 'description'], label.description, limits.labelDescription);
  checkOne(out, [...at, 'component'], label.component, inLabel, 'modal');
}

function checkUnique(out: Problem[], at: Path, all: Json[]): void {
  const customIds = all.map((c) => c.custom_id).filter((id) => typeof id === 'string');
  const ids = all.map((c) => c.id).filter((id) => typeof id === 'number' && id !== 0);
  if (new Set(customIds).size < customIds.length) {
    const twice = customIds.find((id, i) => customIds.indexOf(id) !== i);
    add(
      out,
      at,
      'COMPONENT_CUSTOM_ID_DUPLICATED',
      `Component custom id cannot be duplicated (${String(twice)})`,
    );
  }
  if (new Set(ids).size < ids.length)
    add(out, at, 'COMPONENT_ID_DUPLICATED', 'Component id cannot be duplicated');
}
