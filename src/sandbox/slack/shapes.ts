/** Which properties a block or element must and may carry. `open`: others are not looked at. */
export interface Shape {
  must: readonly string[];
  may: readonly string[];
  open?: boolean;
  /** Surfaces that take it; all when absent. */
  on?: readonly Surface[];
}

export type Surface = 'message' | 'modal' | 'home';

const any = { must: [], may: [], open: true } as const;

/** https://docs.slack.dev/reference/block-kit/blocks. `type` and `block_id` are allowed on each. */
export const BLOCKS: Record<string, Shape> = {
  section: { must: [], may: ['text', 'fields', 'accessory', 'expand'] },
  divider: { must: [], may: [] },
  header: { must: ['text'], may: ['level'] },
  context: { must: ['elements'], may: [] },
  actions: { must: ['elements'], may: [] },
  image: { must: ['alt_text'], may: ['image_url', 'slack_file', 'title'] },
  // Slack's page names messages too, but only newer clients show one there: a bot that relies on it strands readers.
  input: {
    must: ['label', 'element'],
    may: ['hint', 'optional', 'dispatch_action'],
    on: ['modal', 'home'],
  },
  rich_text: { must: ['elements'], may: [] },
  markdown: { must: ['text'], may: [], on: ['message'] },
  video: any,
  file: { ...any, on: ['message'] },
  table: { ...any, on: ['message'] },
  data_table: { ...any, on: ['message'] },
  context_actions: { ...any, on: ['message'] },
  alert: any,
  card: any,
  carousel: any,
  container: any,
  task_card: any,
  plan: any,
};

const field = ['action_id', 'placeholder', 'focus_on_load'];
const menu = ['action_id', 'placeholder', 'focus_on_load', 'confirm'];
const choice = ['options', 'option_groups'];

/** https://docs.slack.dev/reference/block-kit/block-elements. `type` is allowed on each. */
export const ELEMENTS: Record<string, Shape> = {
  button: {
    must: ['text'],
    may: ['action_id', 'url', 'value', 'style', 'confirm', 'accessibility_label'],
  },
  checkboxes: {
    must: ['options'],
    may: ['action_id', 'initial_options', 'confirm', 'focus_on_load'],
  },
  radio_buttons: {
    must: ['options'],
    may: ['action_id', 'initial_option', 'confirm', 'focus_on_load'],
  },
  overflow: { must: ['options'], may: ['action_id', 'confirm'] },
  static_select: { must: [], may: [...menu, ...choice, 'initial_option'] },
  multi_static_select: { must: [], may: [...menu, ...choice, 'initial_options', 'max_selected_items'] },
  external_select: { must: [], may: [...menu, 'initial_option', 'min_query_length'] },
  multi_external_select: {
    must: [],
    may: [...menu, 'initial_options', 'min_query_length', 'max_selected_items'],
  },
  users_select: { must: [], may: [...menu, 'initial_user'] },
  multi_users_select: { must: [], may: [...menu, 'initial_users', 'max_selected_items'] },
  conversations_select: {
    must: [],
    may: [
      ...menu,
      'initial_conversation',
      'default_to_current_conversation',
      'response_url_enabled',
      'filter',
    ],
  },
  multi_conversations_select: {
    must: [],
    may: [
      ...menu,
      'initial_conversations',
      'default_to_current_conversation',
      'filter',
      'max_selected_items',
    ],
  },
  channels_select: { must: [], may: [...menu, 'initial_channel', 'response_url_enabled'] },
  multi_channels_select: { must: [], may: [...menu, 'initial_channels', 'max_selected_items'] },
  datepicker: { must: [], may: [...menu, 'initial_date'] },
  timepicker: { must: [], may: [...menu, 'initial_time', 'timezone'] },
  datetimepicker: { must: [], may: ['action_id', 'initial_date_time', 'confirm', 'focus_on_load'] },
  plain_text_input: {
    must: [],
    may: [...field, 'initial_value', 'multiline', 'min_length', 'max_length', 'dispatch_action_config'],
  },
  email_text_input: { must: [], may: [...field, 'initial_value', 'dispatch_action_config'] },
  url_text_input: { must: [], may: [...field, 'initial_value', 'dispatch_action_config'] },
  number_input: {
    must: ['is_decimal_allowed'],
    may: [...field, 'initial_value', 'min_value', 'max_value', 'dispatch_action_config'],
  },
  rich_text_input: {
    must: ['action_id'],
    may: [...field, 'initial_value', 'dispatch_action_config', 'min_lines', 'max_lines'],
  },
  file_input: { must: [], may: ['action_id', 'filetypes', 'max_files'] },
  image: { must: ['alt_text'], may: ['image_url', 'slack_file'] },
  workflow_button: any,
};

const menus = Object.keys(ELEMENTS).filter((type) => type.endsWith('_select'));
const choices = ['checkboxes', 'radio_buttons', ...menus];

/** Which elements each place takes. https://docs.slack.dev/reference/block-kit/block-elements */
export const PLACES: Record<'actions' | 'accessory' | 'input', readonly string[]> = {
  actions: [
    ...choices,
    'button',
    'overflow',
    'datepicker',
    'timepicker',
    'datetimepicker',
    'workflow_button',
    'rich_text_input',
  ],
  accessory: [...choices, 'button', 'overflow', 'datepicker', 'timepicker', 'image', 'workflow_button'],
  input: [
    ...choices,
    'datepicker',
    'timepicker',
    'datetimepicker',
    'plain_text_input',
    'email_text_input',
    'url_text_input',
    'number_input',
    'rich_text_input',
    'file_input',
  ],
};
