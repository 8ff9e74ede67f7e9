import { describe, expect, test } from 'vitest';
import { checkBlocks, problems } from '../../src/sandbox/slack/check-blocks.ts';
import { checkView } from '../../src/sandbox/slack/check-view.ts';
import { SLACK_LIMITS } from '../../src/sandbox/slack/limits.ts';

const text = (length: number, type = 'plain_text') => ({ type, text: 'x'.repeat(length) });
const many = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));
const option = (extra: object = {}, i = 0) => ({ text: text(1), value: `v${i}`, ...extra });
const options = (count: number) => many(count, (i) => option({}, i));
const button = (extra: object = {}) => ({ type: 'button', text: text(1), ...extra });
const actions = (element: object) => [{ type: 'actions', elements: [element] }];
const select = (extra: object = {}) => ({ type: 'static_select', options: options(1), ...extra });
const input = (extra: object = {}) => ({
  type: 'input',
  label: text(1),
  element: { type: 'plain_text_input' },
  ...extra,
});
const confirm = (extra: object) =>
  actions(button({ confirm: { title: text(1), text: text(1), confirm: text(1), deny: text(1), ...extra } }));
const modal = (extra: object = {}) => ({
  type: 'modal',
  title: text(1),
  submit: text(1),
  blocks: [],
  ...extra,
});
const inModal = (block: object) => modal({ blocks: [block] });

/** For each limit, something of size `n` of what it bounds; `message` gives blocks, `view` a whole modal. */
type Case = { message: (n: number) => unknown } | { view: (n: number) => unknown };
/** Limits that are not about blocks or views; the Web API tests hold those. */
type Elsewhere = 'messageText' | 'updatedTextBytes' | 'metadataBytes' | 'viewBytes' | 'viewsInStack';

const cases: Record<Exclude<keyof typeof SLACK_LIMITS, Elsewhere>, Case> = {
  messageBlocks: { message: (n) => many(n, () => ({ type: 'divider' })) },
  viewBlocks: { view: (n) => modal({ blocks: many(n, () => ({ type: 'divider' })) }) },
  modalTitle: { view: (n) => modal({ title: text(n) }) },
  modalSubmit: { view: (n) => modal({ submit: text(n) }) },
  modalClose: { view: (n) => modal({ close: text(n) }) },
  privateMetadata: { view: (n) => modal({ private_metadata: 'x'.repeat(n) }) },
  callbackId: { view: (n) => modal({ callback_id: 'x'.repeat(n) }) },
  externalId: { view: (n) => modal({ external_id: 'x'.repeat(n) }) },
  blockId: { message: (n) => [{ type: 'divider', block_id: 'x'.repeat(n) }] },
  sectionText: { message: (n) => [{ type: 'section', text: text(n, 'mrkdwn') }] },
  sectionFields: { message: (n) => [{ type: 'section', fields: many(n, () => text(1)) }] },
  fieldText: { message: (n) => [{ type: 'section', fields: [text(n)] }] },
  headerText: { message: (n) => [{ type: 'header', text: text(n) }] },
  contextElements: { message: (n) => [{ type: 'context', elements: many(n, () => text(1)) }] },
  contextText: { message: (n) => [{ type: 'context', elements: [text(n)] }] },
  actionsElements: { message: (n) => [{ type: 'actions', elements: many(n, () => button()) }] },
  inputLabel: { view: (n) => inModal(input({ label: text(n) })) },
  inputHint: { view: (n) => inModal(input({ hint: text(n) })) },
  imageUrl: { message: (n) => [{ type: 'image', alt_text: 'a', image_url: 'x'.repeat(n) }] },
  imageAltText: { message: (n) => [{ type: 'image', image_url: 'u', alt_text: 'x'.repeat(n) }] },
  imageTitle: { message: (n) => [{ type: 'image', image_url: 'u', alt_text: 'a', title: text(n) }] },
  markdownText: {
    message: (n) => [
      { type: 'markdown', text: 'x'.repeat(6_000) },
      { type: 'markdown', text: 'x'.repeat(n - 6_000) },
    ],
  },
  actionId: { message: (n) => actions(button({ action_id: 'x'.repeat(n) })) },
  buttonText: { message: (n) => actions(button({ text: text(n) })) },
  buttonValue: { message: (n) => actions(button({ value: 'x'.repeat(n) })) },
  buttonUrl: { message: (n) => actions(button({ url: 'x'.repeat(n) })) },
  accessibilityLabel: { message: (n) => actions(button({ accessibility_label: 'x'.repeat(n) })) },
  placeholder: { message: (n) => actions(select({ placeholder: text(n) })) },
  inputMaxLength: { view: (n) => inModal(input({ element: { type: 'plain_text_input', max_length: n } })) },
  selectOptions: { message: (n) => actions(select({ options: options(n) })) },
  optionGroups: {
    message: (n) =>
      actions({
        type: 'static_select',
        option_groups: many(n, (i) => ({ label: text(1), options: [option({}, i)] })),
      }),
  },
  radioOptions: { message: (n) => actions({ type: 'radio_buttons', options: options(n) }) },
  checkboxOptions: { message: (n) => actions({ type: 'checkboxes', options: options(n) }) },
  overflowOptions: { message: (n) => actions({ type: 'overflow', options: options(n) }) },
  optionText: { message: (n) => actions(select({ options: [option({ text: text(n) })] })) },
  optionValue: { message: (n) => actions(select({ options: [option({ value: 'x'.repeat(n) })] })) },
  optionDescription: { message: (n) => actions(select({ options: [option({ description: text(n) })] })) },
  optionUrl: {
    message: (n) => actions({ type: 'overflow', options: [option({ url: 'x'.repeat(n) })] }),
  },
  optionGroupLabel: {
    message: (n) =>
      actions({ type: 'static_select', option_groups: [{ label: text(n), options: options(1) }] }),
  },
  confirmTitle: { message: (n) => confirm({ title: text(n) }) },
  confirmText: { message: (n) => confirm({ text: text(n) }) },
  confirmConfirm: { message: (n) => confirm({ confirm: text(n) }) },
  confirmDeny: { message: (n) => confirm({ deny: text(n) }) },
};

function messageProblems(blocks: unknown): string[] {
  const found = problems();
  checkBlocks(blocks, 'message', '/blocks', found);
  return found.list;
}

function viewProblems(view: unknown, type: 'modal' | 'home' = 'modal'): string[] {
  const checked = checkView(view, type);
  return checked.ok ? [] : checked.messages;
}

describe('each limit', () => {
  test.each(Object.entries(cases))('%s', (name, make) => {
    const { max, page } = SLACK_LIMITS[name as keyof typeof cases];
    const found = (n: number) =>
      'view' in make ? viewProblems(make.view(n)) : messageProblems(make.message(n));
    expect(found(max)).toEqual([]);
    expect(found(max + 1)).not.toEqual([]);
    expect(page).toMatch(/^https:\/\/docs\.slack\.dev\//);
  });
});

const section = { type: 'section', text: text(1) };

describe('other things that Slack refuses in a message', () => {
  test.each<[string, unknown, string]>([
    [
      'an empty text',
      [{ type: 'section', text: text(0) }],
      'must be more than 0 characters [json-pointer:/blocks/0/text/text]',
    ],
    ['a text of no type', [{ type: 'section', text: { text: 'x' } }], 'unsupported type'],
    ['a text that is no object', [{ type: 'section', text: 'x' }], 'must provide an object'],
    ['a section without text or fields', [{ type: 'section' }], 'missing required field: text'],
    ['an input block', [input()], 'unsupported type: input'],
    ['an unknown block', [{ type: 'poem' }], 'unsupported type: poem [json-pointer:/blocks/0/type]'],
    ['an unknown element', actions({ type: 'slider' }), 'unsupported type: slider'],
    [
      'an element in the wrong place',
      [{ ...section, accessory: { type: 'datetimepicker' } }],
      'unsupported type',
    ],
    ['a text input among actions', actions({ type: 'plain_text_input' }), 'unsupported type'],
    ['an unknown property', [{ ...section, colour: 'red' }], 'invalid additional property: colour'],
    [
      'an unknown property of a text',
      [{ type: 'header', text: { ...text(1), bold: true } }],
      'property: bold',
    ],
    ['a header in mrkdwn', [{ type: 'header', text: text(1, 'mrkdwn') }], 'unsupported type: mrkdwn'],
    ['a button in mrkdwn', actions(button({ text: text(1, 'mrkdwn') })), 'unsupported type: mrkdwn'],
    ['a button without text', actions({ type: 'button' }), 'missing required field: text'],
    ['a button of another style', actions(button({ style: 'warning' })), 'unsupported value: warning'],
    [
      'a block_id twice',
      [section, section].map((b) => ({ ...b, block_id: 'a' })),
      '`block_id` "a" already exists',
    ],
    [
      'an action_id twice in one block',
      [{ type: 'actions', elements: [button({ action_id: 'a' }), button({ action_id: 'a' })] }],
      '`action_id` "a" already exists',
    ],
    ['actions without elements', [{ type: 'actions', elements: [] }], 'no less than 1 items'],
    ['a select without options', actions({ type: 'static_select' }), 'missing required field: options'],
    ['a select with an empty list', actions(select({ options: [] })), 'no less than 1 items'],
    [
      'a select with options and groups',
      actions(select({ option_groups: [{ label: text(1), options: options(1) }] })),
      'only one of options and option_groups',
    ],
    [
      'an option without a value',
      actions(select({ options: [{ text: text(1) }] })),
      'missing required field: value',
    ],
    ['an option in mrkdwn', actions(select({ options: [option({ text: text(1, 'mrkdwn') })] })), 'mrkdwn'],
    ['an option value twice', actions(select({ options: [option(), option()] })), 'unique values'],
    [
      'an initial option that is not offered',
      actions(select({ initial_option: option({ value: 'other' }) })),
      'initial option must be one of the options',
    ],
    [
      'a datetimepicker that starts in milliseconds',
      actions({ type: 'datetimepicker', initial_date_time: 1_700_000_000_000 }),
      '10 digits',
    ],
    ['a confirmation without words', confirm({ title: undefined }), 'missing required field: title'],
    ['an image without a source', [{ type: 'image', alt_text: 'a' }], 'missing required field: image_url'],
    ['an image without alt text', [{ type: 'image', image_url: 'u' }], 'missing required field: alt_text'],
    ['a block that is no object', ['section'], 'must provide an object'],
    ['blocks that are no list', { type: 'section' }, 'must provide an array'],
  ])('%s', (_name, blocks, complaint) => {
    expect(messageProblems(blocks).join('\n')).toContain(complaint);
  });

  test('what is right is taken', () => {
    const blocks = [
      { type: 'header', text: { type: 'plain_text', text: 'Hi', emoji: true }, block_id: 'a' },
      { ...section, accessory: { type: 'overflow', action_id: 'more', options: options(2) } },
      { type: 'divider' },
      { type: 'context', elements: [text(3, 'mrkdwn'), { type: 'image', image_url: 'u', alt_text: 'a' }] },
      { type: 'actions', elements: [button({ action_id: 'a' }), select({ action_id: 'b' })] },
      { type: 'actions', elements: [button({ action_id: 'a', style: 'primary' })] },
      { type: 'rich_text', elements: [] },
    ];
    expect(messageProblems(blocks)).toEqual([]);
  });
});

describe('other things that Slack refuses in a view', () => {
  test.each<[string, unknown, string]>([
    ['a modal without a title', { type: 'modal', blocks: [] }, 'missing required field: title'],
    ['a modal without blocks', { type: 'modal', title: text(1) }, 'missing required field: blocks'],
    [
      'inputs without submit',
      { type: 'modal', title: text(1), blocks: [input()] },
      'missing required field: submit',
    ],
    ['a title in mrkdwn', modal({ title: text(1, 'mrkdwn') }), 'unsupported type: mrkdwn'],
    ['an empty title', modal({ title: text(0) }), 'more than 0 characters [json-pointer:/view/title/text]'],
    ['an unknown property', modal({ state: {} }), 'invalid additional property: state'],
    ['a home for a modal', { type: 'home', blocks: [] }, 'must be of type modal'],
    ['a label in mrkdwn', inModal(input({ label: text(1, 'mrkdwn') })), 'unsupported type: mrkdwn'],
    [
      'an input without element',
      inModal({ type: 'input', label: text(1) }),
      'missing required field: element',
    ],
    ['a button as input', inModal(input({ element: button() })), 'unsupported type: button'],
    [
      'a number input that does not say whether whole',
      inModal(input({ element: { type: 'number_input' } })),
      'is_decimal',
    ],
    [
      'min_length over max_length',
      inModal(input({ element: { type: 'plain_text_input', min_length: 9, max_length: 8 } })),
      'min_length',
    ],
    [
      'two fields with the focus',
      modal({ blocks: many(2, () => input({ element: { type: 'plain_text_input', focus_on_load: true } })) }),
      'only one element may have focus_on_load',
    ],
    ['nothing at all', undefined, 'must provide an object'],
  ])('%s', (_name, view, complaint) => {
    expect(viewProblems(view).join('\n')).toContain(complaint);
  });

  test('a Home tab may hold inputs and needs no title', () => {
    expect(viewProblems({ type: 'home', blocks: [input()] }, 'home')).toEqual([]);
    expect(viewProblems({ type: 'home', title: text(1), blocks: [] }, 'home')).toEqual([]);
    expect(viewProblems({ type: 'home', notify_on_close: true, blocks: [] }, 'home')).toHaveLength(1);
  });
});
