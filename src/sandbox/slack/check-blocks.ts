import { isDict } from './kit.ts';
import { SLACK_LIMITS as L, type Limit } from './limits.ts';
import { BLOCKS, ELEMENTS, PLACES, type Shape, type Surface } from './shapes.ts';

/** Collects what is wrong, worded as Slack words it, with a JSON pointer to the place. */
export interface Problems {
  add(what: string, at: string): void;
}

/** Starts a list of problems; `list` is what goes into `response_metadata.messages`. */
export function problems(): Problems & { list: string[] } {
  const list: string[] = [];
  return { list, add: (what, at) => void list.push(`[ERROR] ${what} [json-pointer:${at}]`) };
}

/** Refuses a string that is absent when required, not a string, or over its limit. */
export function checkString(value: unknown, limit: Limit, at: string, p: Problems): void {
  if (value === undefined || value === null) return;
  if (typeof value !== 'string') p.add('must provide a string', at);
  else if (value.length > limit.max) p.add(`must be less than ${limit.max + 1} characters`, at);
}

/** Refuses a text object that is no text object, is empty, of another type than `only`, or over its limit. */
export function checkText(value: unknown, limit: Limit, at: string, p: Problems, only?: 'plain_text') {
  if (value === undefined || value === null) return;
  if (!isDict(value)) return p.add('must provide an object', at);
  if (value.type !== 'plain_text' && (only || value.type !== 'mrkdwn')) {
    return p.add(`unsupported type: ${String(value.type)}`, `${at}/type`);
  }
  const extra = value.type === 'plain_text' ? 'emoji' : 'verbatim';
  for (const key of Object.keys(value)) {
    if (!['type', 'text', extra].includes(key)) p.add(`invalid additional property: ${key}`, at);
  }
  if (typeof value.text !== 'string') p.add('must provide a string', `${at}/text`);
  else if (value.text === '') p.add('must be more than 0 characters', `${at}/text`);
  else checkString(value.text, limit, `${at}/text`, p);
}

/** The items of a list whose size is in range, or none after saying what is wrong. */
function items(value: unknown, limit: Limit, at: string, p: Problems, least = 1): unknown[] {
  if (!Array.isArray(value)) {
    p.add('must provide an array', at);
    return [];
  }
  if (value.length < least) p.add(`no less than ${least} items allowed`, at);
  if (value.length > limit.max) p.add(`no more than ${limit.max} items allowed`, at);
  return value;
}

function checkShape(value: Record<string, unknown>, shape: Shape, common: string[], at: string, p: Problems) {
  for (const key of shape.must) if (value[key] === undefined) p.add(`missing required field: ${key}`, at);
  if (shape.open) return;
  const known = [...common, ...shape.must, ...shape.may];
  for (const key of Object.keys(value))
    if (!known.includes(key)) p.add(`invalid additional property: ${key}`, at);
}

function checkConfirm(value: unknown, at: string, p: Problems) {
  if (value === undefined) return;
  if (!isDict(value)) return p.add('must provide an object', at);
  for (const key of ['title', 'text', 'confirm', 'deny']) {
    if (value[key] === undefined) p.add(`missing required field: ${key}`, at);
  }
  checkText(value.title, L.confirmTitle, `${at}/title`, p, 'plain_text');
  checkText(value.text, L.confirmText, `${at}/text`, p);
  checkText(value.confirm, L.confirmConfirm, `${at}/confirm`, p, 'plain_text');
  checkText(value.deny, L.confirmDeny, `${at}/deny`, p, 'plain_text');
}

function checkOption(value: unknown, kind: string, at: string, p: Problems) {
  if (!isDict(value)) return p.add('must provide an object', at);
  if (value.text === undefined) p.add('missing required field: text', at);
  if (value.value === undefined && kind !== 'overflow') p.add('missing required field: value', at);
  const plain = kind === 'checkboxes' || kind === 'radio_buttons' ? undefined : 'plain_text';
  checkText(value.text, L.optionText, `${at}/text`, p, plain);
  checkString(value.value, L.optionValue, `${at}/value`, p);
  checkText(value.description, L.optionDescription, `${at}/description`, p, plain);
  checkString(value.url, L.optionUrl, `${at}/url`, p);
  if (value.url !== undefined && kind !== 'overflow') p.add('invalid additional property: url', at);
}

const most = (kind: string): Limit =>
  kind === 'radio_buttons'
    ? L.radioOptions
    : kind === 'checkboxes'
      ? L.checkboxOptions
      : kind === 'overflow'
        ? L.overflowOptions
        : L.selectOptions;

export function checkOptions(element: Record<string, unknown>, kind: string, at: string, p: Problems): void {
  const all: unknown[] = [];
  const list = (value: unknown, where: string) =>
    items(value, most(kind), where, p).forEach((option, i) => {
      checkOption(option, kind, `${where}/${i}`, p);
      all.push(option);
    });
  if (element.options !== undefined) list(element.options, `${at}/options`);
  if (element.option_groups !== undefined) {
    items(element.option_groups, L.optionGroups, `${at}/option_groups`, p).forEach((group, i) => {
      const where = `${at}/option_groups/${i}`;
      if (!isDict(group)) {
        p.add('must provide an object', where);
        return;
      }
      if (group.label === undefined) p.add('missing required field: label', where);
      checkText(group.label, L.optionGroupLabel, `${where}/label`, p, 'plain_text');
      list(group.options, `${where}/options`);
    });
  }
  if (kind.endsWith('static_select')) {
    if (element.options === undefined && element.option_groups === undefined) {
      p.add('missing required field: options', at);
    }
    if (element.options !== undefined && element.option_groups !== undefined) {
      p.add('only one of options and option_groups is allowed', at);
    }
  }
  const values = all.map((option) => (isDict(option) ? option.value : undefined));
  if (new Set(values).size < values.length && kind !== 'overflow')
    p.add('options must have unique values', at);
  const initial = element.initial_option === undefined ? element.initial_options : [element.initial_option];
  if (initial === undefined || kind.includes('external')) return;
  items(initial, most(kind), `${at}/initial_options`, p).forEach((option) => {
    if (!isDict(option) || !values.includes(option.value))
      p.add('initial option must be one of the options', at);
  });
}

/** Numbers that Slack bounds, and their bounds. */
function checkNumbers(element: Record<string, unknown>, at: string, p: Problems): void {
  const { min_length: least, max_length: longest, initial_date_time: instant } = element;
  if (typeof longest === 'number' && (longest < 1 || longest > L.inputMaxLength.max)) {
    p.add(`must be between 1 and ${L.inputMaxLength.max}`, `${at}/max_length`);
  }
  if (typeof least === 'number' && (least < 0 || least > L.inputMaxLength.max)) {
    p.add(`must be between 0 and ${L.inputMaxLength.max}`, `${at}/min_length`);
  }
  if (typeof least === 'number' && typeof longest === 'number' && least > longest) {
    p.add('min_length must not be greater than max_length', at);
  }
  if (instant !== undefined && !(Number.isInteger(instant) && String(instant).length === 10)) {
    p.add('must be a UNIX timestamp of 10 digits', `${at}/initial_date_time`);
  }
}

function checkElement(value: unknown, place: keyof typeof PLACES, at: string, p: Problems) {
  if (!isDict(value)) return p.add('must provide an object', at);
  const kind = String(value.type);
  const shape = ELEMENTS[kind];
  if (!shape || !PLACES[place].includes(kind)) return p.add(`unsupported type: ${kind}`, `${at}/type`);
  checkShape(value, shape, ['type'], at, p);
  checkString(value.action_id, L.actionId, `${at}/action_id`, p);
  if (kind === 'button') {
    checkText(value.text, L.buttonText, `${at}/text`, p, 'plain_text');
    checkString(value.value, L.buttonValue, `${at}/value`, p);
    checkString(value.url, L.buttonUrl, `${at}/url`, p);
    checkString(value.accessibility_label, L.accessibilityLabel, `${at}/accessibility_label`, p);
    if (value.style !== undefined && value.style !== 'primary' && value.style !== 'danger') {
      p.add(`unsupported value: ${String(value.style)}`, `${at}/style`);
    }
  }
  if (kind === 'image') checkImage(value, at, p);
  checkText(value.placeholder, L.placeholder, `${at}/placeholder`, p, 'plain_text');
  checkConfirm(value.confirm, `${at}/confirm`, p);
  checkOptions(value, kind, at, p);
  checkNumbers(value, at, p);
}

function checkImage(image: Record<string, unknown>, at: string, p: Problems): void {
  if (image.image_url === undefined && image.slack_file === undefined) {
    p.add('missing required field: image_url', at);
  }
  checkString(image.image_url, L.imageUrl, `${at}/image_url`, p);
  checkString(image.alt_text, L.imageAltText, `${at}/alt_text`, p);
  if (image.type === 'image') checkText(image.title, L.imageTitle, `${at}/title`, p, 'plain_text');
}

/** What is particular to each type of block; types that are not named here need their shape only. */
const particulars: Record<string, (block: Record<string, unknown>, at: string, p: Problems) => void> = {
  section(block, at, p) {
    if (block.text === undefined && block.fields === undefined) p.add('missing required field: text', at);
    checkText(block.text, L.sectionText, `${at}/text`, p);
    if (block.fields !== undefined) {
      items(block.fields, L.sectionFields, `${at}/fields`, p).forEach((text, i) => {
        checkText(text, L.fieldText, `${at}/fields/${i}`, p);
      });
    }
    if (block.accessory !== undefined) checkElement(block.accessory, 'accessory', `${at}/accessory`, p);
  },
  header: (block, at, p) => checkText(block.text, L.headerText, `${at}/text`, p, 'plain_text'),
  image: checkImage,
  context(block, at, p) {
    items(block.elements, L.contextElements, `${at}/elements`, p).forEach((element, i) => {
      const where = `${at}/elements/${i}`;
      if (isDict(element) && element.type === 'image') {
        checkShape(element, ELEMENTS.image as Shape, ['type'], where, p);
        checkImage(element, where, p);
      } else checkText(element, L.contextText, where, p);
    });
  },
  actions(block, at, p) {
    items(block.elements, L.actionsElements, `${at}/elements`, p).forEach((element, i) => {
      checkElement(element, 'actions', `${at}/elements/${i}`, p);
    });
  },
  input(block, at, p) {
    checkText(block.label, L.inputLabel, `${at}/label`, p, 'plain_text');
    checkText(block.hint, L.inputHint, `${at}/hint`, p, 'plain_text');
    if (block.element !== undefined) checkElement(block.element, 'input', `${at}/element`, p);
  },
  markdown(block, at, p) {
    if (typeof block.text !== 'string') p.add('must provide a string', `${at}/text`);
    else if (block.text === '') p.add('must be more than 0 characters', `${at}/text`);
  },
};

function checkBlock(block: unknown, surface: Surface, at: string, p: Problems) {
  if (!isDict(block)) return p.add('must provide an object', at);
  const shape = BLOCKS[String(block.type)];
  if (!shape || (shape.on && !shape.on.includes(surface))) {
    return p.add(`unsupported type: ${String(block.type)}`, `${at}/type`);
  }
  checkShape(block, shape, ['type', 'block_id'], at, p);
  checkString(block.block_id, L.blockId, `${at}/block_id`, p);
  particulars[String(block.type)]?.(block, at, p);
  const ids: unknown[] = [
    block.accessory,
    block.element,
    ...(Array.isArray(block.elements) ? block.elements : []),
  ]
    .map((element) => (isDict(element) ? element.action_id : undefined))
    .filter((id) => id !== undefined);
  for (const id of repeated(ids)) p.add(`\`action_id\` "${id}" already exists`, at);
}

const repeated = (ids: unknown[]): unknown[] => [...new Set(ids.filter((id, i) => ids.indexOf(id) < i))];

/**
 * Checks the blocks of a message or view as Slack does before it takes them.
 * @param at JSON pointer of the blocks in the payload, such as "/blocks" or "/view/blocks".
 */
export function checkBlocks(blocks: unknown, surface: Surface, at: string, p: Problems): void {
  const limit = surface === 'message' ? L.messageBlocks : L.viewBlocks;
  const list = items(blocks, limit, at, p, 0);
  list.forEach((block, i) => {
    checkBlock(block, surface, `${at}/${i}`, p);
  });
  const dicts = list.filter(isDict);
  for (const id of repeated(dicts.map((block) => block.block_id).filter((id) => id !== undefined))) {
    p.add(`\`block_id\` "${id}" already exists`, at);
  }
  const markdown = dicts.filter((block) => block.type === 'markdown').map((block) => String(block.text));
  if (markdown.join('').length > L.markdownText.max) {
    p.add(`must be less than ${L.markdownText.max + 1} characters in all markdown blocks together`, at);
  }
  const focused = JSON.stringify(list).split('"focus_on_load":true').length - 1;
  if (focused > 1) p.add('only one element may have focus_on_load', at);
}
