import { ChannelType } from 'discord.js';

const reference = 'https://discord.com/developers/docs/components/reference';
const commands = 'https://discord.com/developers/docs/interactions/application-commands';
const answering = 'https://discord.com/developers/docs/interactions/receiving-and-responding';

/** What Discord refuses beyond, each with the page that says so. Lengths are counted in UTF-16 units. */
export const limits = {
  /** Components of one message, everything nested counted: {@link https://discord.com/developers/docs/components/reference#component-reference} */
  components: { max: 40, page: `${reference}#component-reference` },
  /** Characters of all text displays of one message together. */
  text: { max: 4_000, page: `${reference}#text-display` },
  buttonsInRow: { max: 5, page: `${reference}#action-row` },
  buttonLabel: { max: 80, page: `${reference}#button` },
  buttonUrl: { max: 512, page: `${reference}#button` },
  customId: { max: 100, page: `${reference}#anatomy-of-a-component-custom-id` },

  modalComponents: { max: 5, page: `${answering}#interaction-response-object-modal` },
  modalTitle: { max: 45, page: `${answering}#interaction-response-object-modal` },
  label: { max: 45, page: `${reference}#label` },
  labelDescription: { max: 100, page: `${reference}#label` },
  inputLength: { max: 4_000, page: `${reference}#text-input` },
  inputPlaceholder: { max: 100, page: `${reference}#text-input` },
  selectOptions: { max: 25, page: `${reference}#string-select` },
  optionLabel: { max: 100, page: `${reference}#string-select-select-option-structure` },
  optionValue: { max: 100, page: `${reference}#string-select-select-option-structure` },

  threadName: {
    max: 100,
    page: 'https://discord.com/developers/docs/resources/channel#start-thread-without-message',
  },
  availableTags: { max: 20, page: 'https://discord.com/developers/docs/resources/channel#channel-object' },
  tagName: { max: 20, page: 'https://discord.com/developers/docs/resources/channel#forum-tag-object' },

  commandName: { max: 32, page: `${commands}#application-command-object-application-command-naming` },
  commandDescription: { max: 100, page: `${commands}#application-command-object` },
  commandOptions: { max: 25, page: `${commands}#application-command-object` },
  commandChoices: {
    max: 25,
    page: `${commands}#application-command-object-application-command-option-structure`,
  },
  choiceName: {
    max: 100,
    page: `${commands}#application-command-object-application-command-option-choice-structure`,
  },

  /** A message with the same nonce, of the past few minutes, is answered instead of a second one. */
  nonce: { max: 25, page: 'https://discord.com/developers/docs/resources/message#create-message' },
} as const;

/** Channels in which cards can stand: text, announcements, and forums. */
export const CARD_CHANNELS = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildForum,
] as const;

/** Shortens to at most `max` UTF-16 units, with … where something is left out; never splits a character in two. */
export function shorten(words: string, max: number): string {
  if (words.length <= max) return words;
  if (max < 1) return '';
  const kept = words.slice(0, max - 1);
  return `${/[\uD800-\uDBFF]$/.test(kept) ? kept.slice(0, -1) : kept}…`;
}
