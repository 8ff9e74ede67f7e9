import {
  type APIActionRowComponent,
  type APIButtonComponent,
  type APIComponentInContainer,
  type APIComponentInMessageActionRow,
  type APIContainerComponent,
  ButtonStyle,
  ComponentType,
  MessageFlags,
} from 'discord.js';
import type {
  Button,
  LinkButton,
  Spoken,
  SpokenBlock,
  SpokenCard,
  SpokenText,
  Tone,
} from '../../messages/card.ts';
import { worded } from '../../messages/in-language.ts';
import { say } from '../../messages/words.ts';
import { encodeIntent } from '../intent-code.ts';
import { escapeMarkdown } from './escape.ts';
import { limits, shorten } from './limits.ts';

/** The body of a message, ready for Discord's API. */
export interface MessageBody {
  flags: number;
  components: APIContainerComponent[];
  /** Nobody is notified by what a card says, whatever somebody typed into it. */
  allowed_mentions: { parse: [] };
}

const colours: Record<Tone, number> = {
  neutral: 0x5865f2,
  good: 0x2e9e5b,
  waiting: 0xf0b232,
  urgent: 0xe67e22,
  bad: 0xda373c,
};

/** What a card is made of before it becomes components. */
type Part =
  | { part: 'text'; content: string }
  | { part: 'divider' }
  | { part: 'row'; row: APIButtonComponent[] };

const omitted = ({ locale }: SpokenCard): Part => ({
  part: 'text',
  content: `-# … ${worded(say('There is more than fits into one message.'), locale)}`,
});

/**
 * Renders a card as a Components V2 message
 * (https://discord.com/developers/docs/components/using-message-components). Pure. Every card becomes a message that
 * Discord takes: long texts are shortened, the longest first; what is beyond 40 components is left out from the end,
 * with a note.
 * @param mark an id for the outermost component, by which the message can be found again (31 bits)
 * @throws Error when an intent does not fit into a button, which is a mistake in a card
 */
export function render(card: SpokenCard, mark?: number): MessageBody {
  return {
    flags: MessageFlags.IsComponentsV2,
    components: [
      {
        type: ComponentType.Container,
        ...(mark === undefined ? {} : { id: mark }),
        accent_color: colours[card.tone],
        components: fitText(card).map(component),
      },
    ],
    allowed_mentions: { parse: [] },
  };
}

/** Finds the longest length to which every text of the card may be kept so that all of them fit together. */
function fitText(card: SpokenCard): Part[] {
  const note = omitted(card);
  const whole = fitCount(partsOf(card, limits.text.max), note);
  if (charactersOf(whole) <= limits.text.max) return whole;
  let low = 1;
  let high: number = limits.text.max;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (charactersOf(fitCount(partsOf(card, middle), note)) <= limits.text.max) low = middle;
    else high = middle;
  }
  return dropUntil(
    fitCount(partsOf(card, low), note),
    (parts) => charactersOf(parts) <= limits.text.max,
    note,
  );
}

/** Keeps within the number of components: first closer together, then less of it. */
function fitCount(parts: Part[], note: Part): Part[] {
  if (componentsOf(parts) <= limits.components.max) return parts;
  return dropUntil(together(parts), (kept) => componentsOf(kept) <= limits.components.max, note);
}

/** Texts that follow each other become one, and dividers go. */
function together(parts: Part[]): Part[] {
  const out: Part[] = [];
  for (const part of parts) {
    const last = out.at(-1);
    if (part.part === 'divider') continue;
    if (part.part === 'text' && last?.part === 'text') {
      out[out.length - 1] = { part: 'text', content: `${last.content}\n${part.content}` };
    } else out.push(part);
  }
  return out;
}

/** @param note says that something is left out */
function dropUntil(parts: Part[], fits: (parts: Part[]) => boolean, note: Part): Part[] {
  if (fits(parts)) return parts;
  let kept = parts.length;
  while (kept > 0 && !fits([...parts.slice(0, kept), note])) kept -= 1;
  return [...parts.slice(0, kept), note];
}

/** The container counts too. */
const componentsOf = (parts: Part[]): number =>
  parts.reduce((sum, part) => sum + 1 + (part.part === 'row' ? part.row.length : 0), 1);
const charactersOf = (parts: Part[]): number =>
  parts.reduce((sum, part) => sum + (part.part === 'text' ? part.content.length : 0), 0);

/** @param cap to how many characters each single text of the card is shortened, before it is escaped */
function partsOf(card: SpokenCard, cap: number): Part[] {
  const seen = new Set<string>();
  const title = oneLine(card.title);
  const parts = [
    ...textPart(title && `## ${literal(title, Math.min(cap, 250))}`),
    ...card.blocks.flatMap((block) => blockParts(block, cap, seen)),
  ];
  return parts.length > 0 ? parts : [{ part: 'text', content: '…' }];
}

function blockParts(block: SpokenBlock, cap: number, seen: Set<string>): Part[] {
  switch (block.block) {
    case 'text':
      return textPart(inlines(block.text, cap));
    case 'note':
      return textPart(eachLine('-# ', inlines(block.text, cap)));
    case 'quote':
      return textPart(block.text.trim() && eachLine('> ', literal(block.text.trim(), cap)));
    case 'facts':
      return textPart(
        block.facts
          .map(({ label, value }) => `**${literal(oneLine(label) || '·', cap)}** ${inlines(value, cap)}`)
          .join('\n'),
      );
    case 'heading':
      return textPart(`### ${literal(oneLine(block.text), cap)}`);
    case 'divider':
      return [{ part: 'divider' }];
    case 'buttons':
      return buttonParts(block.buttons, cap, seen);
  }
}

/** Buttons in rows. A link that Discord would refuse is written out instead; the same button is shown once. */
function buttonParts(all: (Button<string> | LinkButton<string>)[], cap: number, seen: Set<string>): Part[] {
  const shown: APIButtonComponent[] = [];
  const written: Part[] = [];
  for (const one of all) {
    const label = shorten(oneLine(one.label), limits.buttonLabel.max) || '…';
    if ('url' in one) {
      if (isWebAddress(one.url))
        shown.push({ type: ComponentType.Button, style: ButtonStyle.Link, label, url: one.url });
      else written.push({ part: 'text', content: `${literal(label, cap)}: ${literal(one.url, cap)}` });
      continue;
    }
    const code = encodeIntent(one.intent, one.args);
    if (seen.has(code)) continue;
    seen.add(code);
    shown.push({ type: ComponentType.Button, style: styles[one.style], label, custom_id: code });
  }
  const rows: Part[] = [];
  for (let i = 0; i < shown.length; i += limits.buttonsInRow.max) {
    rows.push({ part: 'row', row: shown.slice(i, i + limits.buttonsInRow.max) });
  }
  return [...written, ...rows];
}

const styles = {
  primary: ButtonStyle.Primary,
  danger: ButtonStyle.Danger,
  plain: ButtonStyle.Secondary,
} as const satisfies Record<Button['style'], ButtonStyle>;

const isWebAddress = (url: string): boolean =>
  url.length <= limits.buttonUrl.max && /^https?:\/\//i.test(url) && URL.canParse(url);

const inlines = (text: SpokenText, cap: number): string =>
  (Array.isArray(text) ? text : [text]).map((inline) => inlineOf(inline, cap)).join('');

function inlineOf(inline: Spoken, cap: number): string {
  if (typeof inline === 'string') return literal(inline, cap);
  if ('bold' in inline) return boldOf(inline.bold, cap);
  if ('at' in inline) {
    // https://discord.com/developers/docs/reference#message-formatting-timestamp-styles
    const seconds = Math.floor(inline.at.getTime() / 1_000);
    if (inline.style === 'ago') return `<t:${seconds}:R>`;
    return inline.style === 'full' ? `<t:${seconds}:F>` : `<t:${seconds}:F> (<t:${seconds}:R>)`;
  }
  if ('names' in inline) return inline.names === 'channel' ? `<#${inline.id}>` : `<@&${inline.id}>`;
  if ('person' in inline) {
    const account = inline.person.accounts.find(({ platform }) => platform === 'discord');
    return account ? `<@${account.userId}>` : boldOf(inline.person.name, cap);
  }
  return linkOf(inline.link, inline.label, cap);
}

function boldOf(words: string, cap: number): string {
  const line = oneLine(words);
  return line ? `**${literal(line, cap)}**` : '';
}

/** A masked link of ours. A label that is an address itself would be shown as a forgery, so the address stands alone. */
function linkOf(link: string, label: string, cap: number): string {
  const words = oneLine(label);
  if (!/^https?:\/\//i.test(link) || !URL.canParse(link)) return literal(`${words} ${link}`.trim(), cap);
  const url = new URL(link).href.replaceAll('(', '%28').replaceAll(')', '%29');
  return !words || /:\/\//.test(words) ? url : `[${literal(words, cap)}](${url})`;
}

const literal = (words: string, cap: number): string => escapeMarkdown(shorten(words, cap));
const oneLine = (words: string): string => words.replace(/\s+/g, ' ').trim();
const eachLine = (prefix: string, lines: string): string =>
  lines
    .split('\n')
    .map((line) => prefix + line)
    .join('\n');

/** Discord refuses a text display in which nothing can be seen. */
const textPart = (content: string): Part[] =>
  /[^\p{C}\p{Z}\u115f\u1160\u2800\u3164\uffa0]/u.test(content) ? [{ part: 'text', content }] : [];

function component(part: Part): APIComponentInContainer {
  switch (part.part) {
    case 'text':
      return { type: ComponentType.TextDisplay, content: part.content };
    case 'divider':
      return { type: ComponentType.Separator };
    case 'row': {
      const row: APIActionRowComponent<APIComponentInMessageActionRow> = {
        type: ComponentType.ActionRow,
        components: part.row,
      };
      return row;
    }
  }
}
