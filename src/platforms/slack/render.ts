import type { types } from '@slack/bolt';
import type { Button, LinkButton, SpokenBlock, SpokenCard, SpokenText, Tone } from '../../messages/card.ts';
import { worded } from '../../messages/in-language.ts';
import { say } from '../../messages/words.ts';
import { encodeIntent } from '../intent-code.ts';
import { LIMITS, shorten } from './limits.ts';
import {
  accountHere,
  dateFormat,
  inlines,
  nearness,
  onTheirClock,
  plain,
  quoted,
  type Reader,
  richText,
  type Side,
  webAddress,
} from './rich-text.ts';

export type { Side } from './rich-text.ts';

type Rendered = types.KnownBlock;

/** Begins the action_id of buttons that only open a web page; Slack tells of their clicks, and nothing is to be done. */
export const LINK_ACTION = 'link:';

const icons: Record<Tone, string> = { neutral: '', good: '✅ ', waiting: '⏳ ', urgent: '🔴 ', bad: '⚠️ ' };

/**
 * A card as Block Kit. Whatever it holds, Slack takes the result: what is too long is cut with "…", what is too many
 * is left out with a word about it. Buttons are never left out before other things.
 * @param most blocks: a message takes fewer than a view
 * @throws Error when two buttons beside each other do the same thing, which Slack refuses and nobody needs
 */
export function renderCard(
  card: SpokenCard,
  side: Side,
  most: number = LIMITS.messageBlocks.max,
): Rendered[] {
  const reader: Reader = { ...side, locale: card.locale };
  let left: number = LIMITS.messageWords.max;
  const take = (length: number) => {
    left = Math.max(0, left - length);
  };
  const header = (words: string): Rendered => {
    const text = shorten(words, LIMITS.headerText.max).replaceAll('\n', ' ');
    take(text.length);
    return { type: 'header', text: { type: 'plain_text', text, emoji: false } };
  };
  const blocks: Rendered[] = [header(`${icons[card.tone]}${card.title.trim() || 'Mini Mentorship'}`)];
  for (const block of card.blocks) {
    if (block.block === 'buttons') blocks.push(...rows(block.buttons));
    else if (block.block === 'divider') blocks.push({ type: 'divider' });
    else if (block.block === 'heading') blocks.push(header(block.text));
    else {
      const shown = renderWords(block, reader, Math.min(left, LIMITS.richText.max));
      if (!shown) continue;
      take(shown.length);
      blocks.push(shown.block);
    }
  }
  return fewEnough(blocks, most, worded(say('There is more than fits here.'), card.locale));
}

type Words = Exclude<SpokenBlock, { block: 'buttons' | 'divider' | 'heading' }>;

function renderWords(
  block: Words,
  reader: Reader,
  budget: number,
): { block: Rendered; length: number } | null {
  if (budget < 2) return null;
  if (block.block === 'quote') {
    const { elements, length } = quoted(block.text.trim(), budget);
    if (elements.length === 0) return null;
    return { block: { type: 'rich_text', elements: [{ type: 'rich_text_quote', elements }] }, length };
  }
  if (block.block === 'note') {
    const small = quiet(block.text, reader, budget);
    if (small) return small;
  }
  const text = block.block === 'facts' ? lines(block.facts) : block.text;
  if (plain(text, reader).trim() === '') return null;
  const { elements, length } = richText(text, reader, budget);
  return { block: { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] }, length };
}

const lines = (facts: { label: string; value: SpokenText }[]): SpokenText =>
  facts.flatMap(({ label, value }, i) => [
    ...(i > 0 ? ['\n'] : []),
    { bold: `${label}:` },
    ' ',
    ...inlines(value),
  ]);

/**
 * Small, quiet text: a context block, which speaks mrkdwn. Words that mrkdwn might take for markup stay literal only
 * as rich text, so then there is no quiet form of them.
 */
function quiet(text: SpokenText, reader: Reader, budget: number): { block: Rendered; length: number } | null {
  const words = plain(text, reader);
  if (words.trim() === '' || words.length > budget || /[*_~`]|^\s*>|:[\w+'-]+:/m.test(words)) return null;
  const mrkdwn = inlines(text)
    .map((inline) => {
      if (typeof inline === 'string') return escaped(inline);
      if ('bold' in inline) return inline.bold.trim() === '' ? '' : `*${escaped(inline.bold)}*`;
      if ('names' in inline)
        return inline.names === 'channel' ? `<#${escaped(inline.id)}>` : escaped(inline.id);
      if ('person' in inline) {
        const userId = accountHere(inline, reader);
        return userId ? `<@${userId}>` : escaped(inline.person.name);
      }
      if ('link' in inline) {
        const url = webAddress(inline.link);
        return url
          ? `<${escaped(url.replaceAll('|', '%7C'))}|${escaped(inline.label || url)}>`
          : escaped(plain(inline, reader));
      }
      const seconds = Math.floor(inline.at.getTime() / 1_000);
      const date = `<!date^${seconds}^${dateFormat(inline, reader.locale)}|${onTheirClock(inline.at, reader.locale)}>`;
      return inline.style !== 'relative'
        ? date
        : `${date}${nearness(reader.now, inline.at, reader.locale.language)}`;
    })
    .join('');
  if (mrkdwn.length > LIMITS.contextText.max) return null;
  const element = { type: 'mrkdwn', text: mrkdwn, verbatim: true } as const;
  return { block: { type: 'context', elements: [element] }, length: words.length };
}

/** https://docs.slack.dev/messaging/formatting-message-text#escaping */
const escaped = (words: string): string =>
  words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function rows(buttons: (Button<string> | LinkButton<string>)[]): Rendered[] {
  const shown = buttons.filter((button) => !('url' in button) || webAddress(button.url));
  const elements = shown.map(renderButton);
  const ids = new Set(elements.map(({ action_id }) => action_id));
  if (ids.size < elements.length) {
    throw new Error(
      `Two buttons beside each other do the same: ${[...elements.map((e) => e.action_id)].join(', ')}`,
    );
  }
  const all: Rendered[] = [];
  for (let i = 0; i < elements.length; i += LIMITS.actionsElements.max) {
    all.push({ type: 'actions', elements: elements.slice(i, i + LIMITS.actionsElements.max) });
  }
  return all;
}

function renderButton(button: Button<string> | LinkButton<string>, index: number): types.Button {
  const text = {
    type: 'plain_text',
    text: shorten(button.label.trim() || '…', LIMITS.buttonText.max),
    emoji: false,
  } as const;
  if ('url' in button) {
    const url = webAddress(button.url) ?? button.url;
    return { type: 'button', text, url, action_id: `${LINK_ACTION}${index}` };
  }
  const style = button.style === 'plain' ? {} : { style: button.style };
  return { type: 'button', text, action_id: encodeIntent(button.intent, button.args), ...style };
}

/**
 * Leaves out dividers first, then what stands last, but never the buttons that end a card.
 * @param omitted says that something is left out
 */
function fewEnough(blocks: Rendered[], max: number, omitted: string): Rendered[] {
  if (blocks.length <= max) return blocks;
  const solid = blocks.filter(({ type }) => type !== 'divider');
  if (solid.length <= max) return solid;
  let tail = 0;
  while (tail < 5 && solid[solid.length - 1 - tail]?.type === 'actions') tail += 1;
  const more: Rendered = {
    type: 'context',
    elements: [{ type: 'plain_text', text: omitted, emoji: false }],
  };
  const head = solid.slice(0, max - 1 - tail);
  return [...head, more, ...(tail > 0 ? solid.slice(-tail) : [])];
}

/** The card in a few plain words, for errors below a form's field. */
export function shortWords(card: SpokenCard, side: Side, max: number): string {
  const reader: Reader = { ...side, locale: card.locale };
  const said = card.blocks.flatMap((block) => {
    if (block.block === 'text' || block.block === 'note') return [plain(block.text, reader)];
    if (block.block === 'facts') {
      return block.facts.map(({ label, value }) => `${label}: ${plain(value, reader)}`);
    }
    return [];
  });
  const title = card.title.trim();
  const first = [/[.!?…]$/.test(title) || said.length === 0 ? title : `${title}.`, ...said].join(' ');
  return shorten(first.replace(/\s+/g, ' ').trim() || worded(say('That did not work.'), card.locale), max);
}

/**
 * What a notification shows, and what a screen reader says: the title and the first lines. Escaped, because Slack
 * reads it as mrkdwn.
 */
export function fallbackText(card: SpokenCard, side: Side): string {
  const quotes = card.blocks.flatMap((block) => (block.block === 'quote' ? [block.text] : []));
  const words = `${shortWords(card, side, 400)}${quotes.length > 0 ? ` — ${quotes[0]}` : ''}`;
  return escaped(shorten(words.replace(/\s+/g, ' '), LIMITS.fallbackText.max));
}
