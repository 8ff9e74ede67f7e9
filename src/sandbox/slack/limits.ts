/** A size that Slack refuses to exceed. `page` is where Slack's documentation says so. */
export interface Limit {
  max: number;
  page: string;
}

const docs = 'https://docs.slack.dev/reference';
const kit = `${docs}/block-kit`;

/**
 * Every size limit that the stand-in enforces, in one place. Lengths are in characters unless the name says bytes,
 * counts are of items. Exactly `max` is accepted, one more is refused.
 */
export const SLACK_LIMITS = {
  // Surfaces
  messageBlocks: { max: 50, page: `${kit}/blocks` },
  viewBlocks: { max: 100, page: `${docs}/views` },
  messageText: { max: 40_000, page: `${docs}/methods/chat.postMessage` },
  /** After `&`, `<` and `>` are escaped. */
  updatedTextBytes: { max: 4_000, page: `${docs}/methods/chat.update` },
  metadataBytes: { max: 16_000, page: 'https://docs.slack.dev/messaging/message-metadata' },
  viewBytes: { max: 250_000, page: `${docs}/methods/views.open` },
  viewsInStack: { max: 3, page: 'https://docs.slack.dev/surfaces/modals' },

  // Views
  modalTitle: { max: 24, page: `${docs}/views/modal-views` },
  modalSubmit: { max: 24, page: `${docs}/views/modal-views` },
  modalClose: { max: 24, page: `${docs}/views/modal-views` },
  privateMetadata: { max: 3_000, page: `${docs}/views/modal-views` },
  callbackId: { max: 255, page: `${docs}/views/modal-views` },
  externalId: { max: 255, page: `${docs}/views/modal-views` },

  // Blocks
  blockId: { max: 255, page: `${kit}/blocks` },
  sectionText: { max: 3_000, page: `${kit}/blocks/section-block` },
  sectionFields: { max: 10, page: `${kit}/blocks/section-block` },
  fieldText: { max: 2_000, page: `${kit}/blocks/section-block` },
  headerText: { max: 150, page: `${kit}/blocks/header-block` },
  contextElements: { max: 10, page: `${kit}/blocks/context-block` },
  contextText: { max: 3_000, page: `${kit}/composition-objects/text-object` },
  actionsElements: { max: 25, page: `${kit}/blocks/actions-block` },
  inputLabel: { max: 2_000, page: `${kit}/blocks/input-block` },
  inputHint: { max: 2_000, page: `${kit}/blocks/input-block` },
  imageUrl: { max: 3_000, page: `${kit}/blocks/image-block` },
  imageAltText: { max: 2_000, page: `${kit}/blocks/image-block` },
  imageTitle: { max: 2_000, page: `${kit}/blocks/image-block` },
  /** Over all the markdown blocks of one message. */
  markdownText: { max: 12_000, page: `${kit}/blocks/markdown-block` },

  // Elements
  actionId: { max: 255, page: `${kit}/block-elements/button-element` },
  buttonText: { max: 75, page: `${kit}/block-elements/button-element` },
  buttonValue: { max: 2_000, page: `${kit}/block-elements/button-element` },
  buttonUrl: { max: 3_000, page: `${kit}/block-elements/button-element` },
  accessibilityLabel: { max: 75, page: `${kit}/block-elements/button-element` },
  placeholder: { max: 150, page: `${kit}/block-elements/plain-text-input-element` },
  inputMaxLength: { max: 3_000, page: `${kit}/block-elements/plain-text-input-element` },
  selectOptions: { max: 100, page: `${kit}/block-elements/select-menu-element` },
  optionGroups: { max: 100, page: `${kit}/block-elements/select-menu-element` },
  radioOptions: { max: 10, page: `${kit}/block-elements/radio-button-group-element` },
  checkboxOptions: { max: 10, page: `${kit}/block-elements/checkboxes-element` },
  overflowOptions: { max: 5, page: `${kit}/block-elements/overflow-menu-element` },

  // Composition objects
  optionText: { max: 75, page: `${kit}/composition-objects/option-object` },
  optionValue: { max: 150, page: `${kit}/composition-objects/option-object` },
  optionDescription: { max: 75, page: `${kit}/composition-objects/option-object` },
  optionUrl: { max: 3_000, page: `${kit}/composition-objects/option-object` },
  optionGroupLabel: { max: 75, page: `${kit}/composition-objects/option-group-object` },
  confirmTitle: { max: 100, page: `${kit}/composition-objects/confirmation-dialog-object` },
  confirmText: { max: 300, page: `${kit}/composition-objects/confirmation-dialog-object` },
  confirmConfirm: { max: 30, page: `${kit}/composition-objects/confirmation-dialog-object` },
  confirmDeny: { max: 30, page: `${kit}/composition-objects/confirmation-dialog-object` },
} as const satisfies Record<string, Limit>;

/** Times and counts that are not about one payload. */
export const SLACK_TIMES = {
  /** Milliseconds. https://docs.slack.dev/interactivity/handling-user-interaction#acknowledgment_response */
  acknowledge: 3_000,
  /** Milliseconds. https://docs.slack.dev/interactivity/handling-user-interaction#modal_responses */
  trigger: 3_000,
  /** Milliseconds. https://docs.slack.dev/interactivity/handling-user-interaction#message_responses */
  responseUrl: 30 * 60_000,
  /** Uses of one response_url (same page). */
  responseUrlUses: 5,
  /** Socket Mode connections of one app. https://docs.slack.dev/apis/events-api/using-socket-mode */
  connections: 10,
} as const;
