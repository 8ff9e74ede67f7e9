/** One thing that Discord refuses beyond: the largest (and, where it matters, smallest) size, and the page that says so. */
export interface Limit {
  readonly min?: number;
  readonly max: number;
  readonly page: string;
}

const docs = 'https://docs.discord.com/developers';
const reference = `${docs}/components/reference`;
const commands = `${docs}/interactions/application-commands`;
const message = `${docs}/resources/message`;
const answering = `${docs}/interactions/receiving-and-responding`;

/**
 * Every limit that the stand-in enforces. Lengths are UTF-16 units, which is never more lenient than
 * Discord's own count of characters.
 */
export const limits = {
  /** Milliseconds from an interaction to its first answer. */
  acknowledgeMs: { max: 3_000, page: `${answering}#interaction-callback` },
  /** Milliseconds for which an interaction's token can edit and follow up. */
  tokenMs: { max: 15 * 60_000, page: `${answering}#followup-messages` },

  content: { max: 2_000, page: `${message}#create-message` },
  nonce: { max: 25, page: `${message}#create-message` },
  /** Milliseconds for which `enforce_nonce` finds the earlier message ("the past few minutes"). */
  nonceMs: { max: 5 * 60_000, page: `${message}#create-message` },
  mentionIds: { max: 100, page: `${message}#allowed-mentions-object` },

  embeds: { max: 10, page: `${message}#create-message` },
  embedTitle: { max: 256, page: `${message}#embed-object-embed-limits` },
  embedDescription: { max: 4_096, page: `${message}#embed-object-embed-limits` },
  embedFields: { max: 25, page: `${message}#embed-object-embed-limits` },
  embedFieldName: { min: 1, max: 256, page: `${message}#embed-object-embed-limits` },
  embedFieldValue: { min: 1, max: 1_024, page: `${message}#embed-object-embed-limits` },
  embedFooter: { max: 2_048, page: `${message}#embed-object-embed-limits` },
  embedAuthor: { max: 256, page: `${message}#embed-object-embed-limits` },
  embedTotal: { max: 6_000, page: `${message}#embed-object-embed-limits` },

  rows: { max: 5, page: `${reference}#legacy-message-component-behavior` },
  buttonsInRow: { min: 1, max: 5, page: `${reference}#action-row` },
  componentsV2: { max: 40, page: `${reference}#component-reference` },
  textV2: { max: 4_000, page: `${reference}#text-display` },
  sectionTexts: { min: 1, max: 3, page: `${reference}#section` },
  galleryItems: { min: 1, max: 10, page: `${reference}#media-gallery` },
  accentColor: { min: 0, max: 0xffffff, page: `${reference}#container` },
  customId: { min: 1, max: 100, page: `${reference}#anatomy-of-a-component-custom-id` },

  buttonLabel: { max: 80, page: `${reference}#button` },
  buttonUrl: { min: 1, max: 512, page: `${reference}#button` },

  selectOptions: { min: 1, max: 25, page: `${reference}#string-select` },
  selectPlaceholder: { max: 150, page: `${reference}#string-select` },
  selectMin: { min: 0, max: 25, page: `${reference}#string-select` },
  selectMax: { min: 1, max: 25, page: `${reference}#string-select` },
  optionLabel: { min: 1, max: 100, page: `${reference}#string-select-select-option-structure` },
  optionValue: { min: 1, max: 100, page: `${reference}#string-select-select-option-structure` },
  optionDescription: { max: 100, page: `${reference}#string-select-select-option-structure` },

  modalComponents: { min: 1, max: 5, page: `${answering}#interaction-response-object-modal` },
  modalTitle: { min: 1, max: 45, page: `${answering}#interaction-response-object-modal` },
  label: { min: 1, max: 45, page: `${reference}#label` },
  labelDescription: { min: 1, max: 100, page: `${reference}#label` },
  inputMin: { min: 0, max: 4_000, page: `${reference}#text-input` },
  inputMax: { min: 1, max: 4_000, page: `${reference}#text-input` },
  inputValue: { max: 4_000, page: `${reference}#text-input` },
  inputPlaceholder: { max: 100, page: `${reference}#text-input` },
  radioOptions: { min: 2, max: 10, page: `${reference}#radio-group` },
  checkboxOptions: { min: 1, max: 10, page: `${reference}#checkbox-group` },

  threadName: { min: 1, max: 100, page: `${docs}/resources/channel#start-thread-without-message` },
  availableTags: { max: 20, page: `${docs}/resources/channel#channel-object-channel-structure` },
  appliedTags: { max: 5, page: `${docs}/resources/channel#channel-object-channel-structure` },
  tagName: { min: 1, max: 20, page: `${docs}/resources/channel#forum-tag-object` },

  commands: { max: 100, page: `${commands}#registering-a-command` },
  commandName: { min: 1, max: 32, page: `${commands}#application-command-object-application-command-naming` },
  commandDescription: { min: 1, max: 100, page: `${commands}#application-command-object` },
  commandOptions: { max: 25, page: `${commands}#application-command-object` },
  commandChoices: {
    max: 25,
    page: `${commands}#application-command-object-application-command-option-structure`,
  },
  choiceName: {
    min: 1,
    max: 100,
    page: `${commands}#application-command-object-application-command-option-choice-structure`,
  },
  choiceValue: {
    max: 100,
    page: `${commands}#application-command-object-application-command-option-choice-structure`,
  },
  commandTotal: { max: 8_000, page: `${commands}#application-command-object` },
  optionLength: {
    min: 0,
    max: 6_000,
    page: `${commands}#application-command-object-application-command-option-structure`,
  },
} as const satisfies Record<string, Limit>;
