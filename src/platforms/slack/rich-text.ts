import type { types } from '@slack/bolt';
import type { Language } from '../../core/language.ts';
import { HOUR, type Instant } from '../../core/time.ts';
import type { Moment, Spoken, SpokenText } from '../../messages/card.ts';
import { worded } from '../../messages/in-language.ts';
import { type Locale, onClock, say } from '../../messages/words.ts';
import { LIMITS } from './limits.ts';

/** What the words of a card need to know about their reader's side. */
export interface Side {
  /** The workspace: only its own members can be mentioned. */
  spaceId: string;
  /** For "in 15 minutes", which Slack cannot count itself. */
  now: Instant;
}
/** The same, with how they are spoken to. */
export interface Reader extends Side {
  locale: Locale;
}

type Element = types.RichTextElement;
export const inlines = (text: SpokenText): Spoken[] => (Array.isArray(text) ? text : [text]);

/**
 * Words as rich text elements. Slack takes nothing in them for markup, so that what people wrote stays as they wrote
 * it: no bold, no emoji, no `<!channel>` (https://docs.slack.dev/reference/block-kit/blocks/rich-text-block).
 * @param budget most characters; the rest is cut with "…"
 */
export function richText(
  text: SpokenText,
  reader: Reader,
  budget: number,
): { elements: Element[]; length: number } {
  const elements: Element[] = [];
  let length = 0;
  for (const inline of inlines(text)) {
    const left = budget - length;
    if (left < 2) break;
    const words = plain(inline, reader);
    if (words === '') continue;
    if (words.length > left) {
      const cut = cutWords(words, left);
      elements.push(
        typeof inline === 'object' && 'bold' in inline ? boldWords(cut) : { type: 'text', text: cut },
      );
      length += cut.length;
      break;
    }
    elements.push(...element(inline, reader));
    length += words.length;
  }
  return { elements, length };
}

/** Like `shorten`, but always ends in "…": more follows. */
function cutWords(words: string, max: number): string {
  const kept = words.slice(0, max - 1);
  return `${/[\ud800-\udbff]$/.test(kept) ? kept.slice(0, -1) : kept}…`;
}

const boldWords = (text: string): Element => ({ type: 'text', text, style: { bold: true } });

function element(inline: Spoken, reader: Reader): Element[] {
  if (typeof inline === 'string') return [{ type: 'text', text: inline }];
  if ('bold' in inline) return [boldWords(inline.bold)];
  if ('names' in inline) {
    return [
      inline.names === 'channel'
        ? { type: 'channel', channel_id: inline.id }
        : { type: 'text', text: inline.id },
    ];
  }
  if ('person' in inline) {
    const userId = accountHere(inline, reader);
    return [userId ? { type: 'user', user_id: userId } : boldWords(inline.person.name)];
  }
  if ('link' in inline) {
    const url = webAddress(inline.link);
    return [
      url ? { type: 'link', url, text: inline.label || url } : { type: 'text', text: plain(inline, reader) },
    ];
  }
  const date: Element = {
    type: 'date',
    timestamp: Math.floor(inline.at.getTime() / 1_000),
    format: dateFormat(inline, reader.locale),
    fallback: onTheirClock(inline.at, reader.locale),
  };
  const near = inline.style === 'relative' ? nearness(reader.now, inline.at, reader.locale.language) : '';
  return near ? [date, { type: 'text', text: near }] : [date];
}

/** https://docs.slack.dev/reference/block-kit/block-elements/date-element */
export const dateFormat = ({ style }: Moment, locale: Locale): string =>
  style === 'ago'
    ? '{ago}'
    : worded(say('{date} at {time}', { date: '{date_long_pretty}', time: '{time}' }), locale);

/**
 * What somebody wrote, with its web addresses made links: their words are their targets, so that none can lie.
 * @param budget most characters
 */
export function quoted(words: string, budget: number): { elements: Element[]; length: number } {
  const shown = words.length > budget ? cutWords(words, budget) : words;
  const elements: Element[] = [];
  let from = 0;
  for (const found of shown.matchAll(/https?:\/\/[^\s<>"'`…]+[^\s<>"'`….,;:!?)\]}]/g)) {
    const url = webAddress(found[0]);
    if (!url) continue;
    if (found.index > from) elements.push({ type: 'text', text: shown.slice(from, found.index) });
    elements.push({ type: 'link', url, text: found[0] });
    from = found.index + found[0].length;
  }
  if (from < shown.length) elements.push({ type: 'text', text: shown.slice(from) });
  return { elements, length: shown.length };
}

/** The address in the form that Slack takes, or null when it is no web address or too long for it. */
export function webAddress(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, href } = new URL(url);
  return /^https?:$/.test(protocol) && href.length <= LIMITS.buttonUrl.max ? href : null;
}

/** The account of a mentioned person in the reader's workspace. */
export const accountHere = (
  mention: { person: { accounts: { platform: string; spaceId: string; userId: string }[] } },
  reader: Side,
): string | undefined =>
  mention.person.accounts.find(
    ({ platform, spaceId, userId }) =>
      platform === 'slack' && spaceId === reader.spaceId && /^[UW][A-Z0-9]+$/.test(userId),
  )?.userId;

/** The words without any formatting, as a notification or a log of the conversation shows them. */
export function plain(text: SpokenText, reader: Reader): string {
  return inlines(text)
    .map((inline) => {
      if (typeof inline === 'string') return inline;
      if ('bold' in inline) return inline.bold;
      if ('names' in inline) return inline.id;
      if ('person' in inline) return inline.person.name;
      if ('link' in inline) return inline.label || inline.link;
      if (inline.style === 'ago') return distance(reader.now, inline.at, reader.locale.language);
      return `${onTheirClock(inline.at, reader.locale)}${inline.style === 'full' ? '' : nearness(reader.now, inline.at, reader.locale.language)}`;
    })
    .join('');
}

/** "Tue 2 Feb, 15:00" on the reader's clocks, for places where Slack does not write it itself. */
export const onTheirClock = (at: Instant, locale: Locale): string => worded(onClock(at), locale);

/** How far ahead or back a time may be for words like "in 15 minutes" beside it. */
const NEAR = 12 * HOUR;

/**
 * " (in 15 minutes)" for a time that is near, else nothing. Slack keeps the words as they were sent, so for a time
 * that is a day away they would soon be wrong, while the date beside them reads "tomorrow", then "today".
 */
export const nearness = (from: Instant, to: Instant, language: Language): string =>
  Math.abs(to.getTime() - from.getTime()) <= NEAR ? ` (${distance(from, to, language)})` : '';

/** How far away in words: "in 15 minutes", "hace 2 horas", "now". */
export function distance(from: Instant, to: Instant, language: Language): string {
  const minutes = Math.round((to.getTime() - from.getTime()) / 60_000);
  const numeric = minutes === 0 ? 'auto' : 'always';
  const format = new Intl.RelativeTimeFormat(language, { numeric });
  const size = Math.abs(minutes);
  if (minutes === 0) return format.format(0, 'second');
  if (size < 90) return format.format(minutes, 'minute');
  return size < 36 * 60
    ? format.format(Math.round(minutes / 60), 'hour')
    : format.format(Math.round(minutes / 1_440), 'day');
}
