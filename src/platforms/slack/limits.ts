/** A size that Slack refuses to exceed, and where its documentation says so. */
export interface Limit {
  max: number;
  page: string;
}

const docs = 'https://docs.slack.dev/reference';
const kit = `${docs}/block-kit`;

/**
 * Every size limit that the renderers keep, in one place. Lengths are in characters (UTF-16 units), counts are of
 * items; exactly `max` is accepted.
 */
export const LIMITS = {
  messageBlocks: { max: 50, page: `${kit}/blocks` },
  viewBlocks: { max: 100, page: `${docs}/views` },
  /**
   * All words of all blocks of a message. Slack refuses more with `msg_blocks_too_long`
   * and does not say how much; about 13,200 was seen, so we stay well under it.
   */
  messageWords: { max: 12_000, page: `${docs}/methods/chat.postMessage` },
  /** Our own: the fallback is read in notifications and by screen readers. chat.update takes 4,000 bytes at most. */
  fallbackText: { max: 600, page: `${docs}/methods/chat.update` },
  headerText: { max: 150, page: `${kit}/blocks/header-block` },
  /** One rich_text block; documented for text objects, kept for rich text too. */
  richText: { max: 3_000, page: `${kit}/blocks/rich-text-block` },
  contextText: { max: 3_000, page: `${kit}/composition-objects/text-object` },
  /** Slack allows 25; five are one row on a desktop. */
  actionsElements: { max: 5, page: `${kit}/blocks/actions-block` },
  actionId: { max: 255, page: `${kit}/block-elements/button-element` },
  buttonText: { max: 75, page: `${kit}/block-elements/button-element` },
  buttonUrl: { max: 3_000, page: `${kit}/block-elements/button-element` },

  modalTitle: { max: 24, page: `${docs}/views/modal-views` },
  modalSubmit: { max: 24, page: `${docs}/views/modal-views` },
  privateMetadata: { max: 3_000, page: `${docs}/views/modal-views` },
  inputLabel: { max: 2_000, page: `${kit}/blocks/input-block` },
  inputHint: { max: 2_000, page: `${kit}/blocks/input-block` },
  inputLength: { max: 3_000, page: `${kit}/block-elements/plain-text-input-element` },
  placeholder: { max: 150, page: `${kit}/block-elements/plain-text-input-element` },
  selectOptions: { max: 100, page: `${kit}/block-elements/select-menu-element` },
  /** Our own: more than this nobody reads in a menu that goes on as one types; Slack takes 100. */
  suggestions: { max: 30, page: `${kit}/block-elements/multi-select-menu-element#external_multi_select` },
  optionText: { max: 75, page: `${kit}/composition-objects/option-object` },
  optionValue: { max: 150, page: `${kit}/composition-objects/option-object` },
  /** Our own: more pickers than this make a form that nobody fills. */
  timePickers: { max: 3, page: `${kit}/block-elements/datetime-picker-element` },
  /** Not documented; Slack's client shows about this much below a field. */
  fieldError: { max: 500, page: 'https://docs.slack.dev/surfaces/modals#displaying_errors' },
} as const satisfies Record<string, Limit>;

/** Cuts `words` to at most `max` UTF-16 units, ending in "…" when something was cut; never splits a character. */
export function shorten(words: string, max: number): string {
  if (words.length <= max) return words;
  const kept = words.slice(0, Math.max(0, max - 1));
  const last = kept.charCodeAt(kept.length - 1);
  const whole = last >= 0xd800 && last <= 0xdbff ? kept.slice(0, -1) : kept;
  return `${whole.trimEnd()}…`;
}
