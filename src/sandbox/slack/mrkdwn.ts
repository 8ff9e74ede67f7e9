import { DateTime } from 'luxon';
import { type Dict, isDict, unescaped } from './kit.ts';
import type { User, Workspace } from './workspace.ts';

/** Words as a reader sees them, and the links among them. */
export interface Read {
  text: string;
  links: { label: string; url: string }[];
}

/**
 * A moment as Slack's date tokens show it to a reader, in their zone, in English:
 * {date_num} 2026-12-01 · {date_slash} 12/01/2026 · {date} December 1st, 2026 · {date_short} Dec 1, 2026 ·
 * {date_long} Tuesday, December 1st, 2026 · {date_pretty}, {date_short_pretty}, {date_long_pretty} the same but
 * yesterday, today, tomorrow where they fit · {time} 6:30 PM · {time_secs} 6:30:00 PM · {day_divider_pretty} ·
 * {ago} 3 minutes ago. Anything else in the format stands as it is.
 * https://docs.slack.dev/messaging/formatting-message-text#date-formatting
 */
export function readDate(seconds: number, format: string, zone: string, now: Date): string {
  const at = DateTime.fromSeconds(seconds, { zone, locale: 'en-US' });
  const today = DateTime.fromJSDate(now, { zone });
  const days = Math.round(at.startOf('day').diff(today.startOf('day'), 'days').days);
  const near = { '-1': 'yesterday', '0': 'today', '1': 'tomorrow' }[String(days)];
  const nth = `${at.day}${ordinal(at.day)}`;
  const long = `${at.toFormat('cccc, LLLL')} ${nth}, ${at.year}`;
  const plain = `${at.toFormat('LLLL')} ${nth}, ${at.year}`;
  const short = at.toFormat('LLL d, yyyy');
  const tokens: Record<string, string> = {
    date_num: at.toFormat('yyyy-MM-dd'),
    date_slash: at.toFormat('MM/dd/yyyy'),
    date: plain,
    date_short: short,
    date_long: long,
    date_pretty: near ?? plain,
    date_short_pretty: near ?? short,
    date_long_pretty: near ?? long,
    day_divider_pretty: near ?? at.toFormat(at.year === today.year ? 'cccc, LLLL d' : 'cccc, LLLL d, yyyy'),
    time: at.toFormat('h:mm a'),
    time_secs: at.toFormat('h:mm:ss a'),
    ago: at.toRelative({ base: today }) ?? '',
  };
  return format.replace(/\{(\w+)\}/g, (token, name: string) => tokens[name] ?? token);
}

const ordinal = (day: number): string =>
  day % 100 >= 11 && day % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th');

const bareAmpersand = /&(?!amp;|lt;|gt;)/g;
const token = /<([@#!][^<>\n]+|(?:https?:|mailto:|tel:|slack:)[^<>\n]+)>|[<>]/g;

/**
 * Text as Slack keeps it and shows it to apps: `&`, `<` and `>` that are no part of its own marks are escaped. Plain text
 * knows no marks. What was escaped before stays as it is, so both ways of sending read the same.
 * https://docs.slack.dev/messaging/formatting-message-text#escaping
 */
export function kept(text: string, type: 'plain_text' | 'mrkdwn'): string {
  const escapes: Record<string, string> = { '<': '&lt;', '>': '&gt;' };
  const ampersands = text.replace(bareAmpersand, '&amp;');
  if (type === 'plain_text') return ampersands.replace(/[<>]/g, (sign) => escapes[sign] ?? sign);
  return ampersands.replace(token, (found) => escapes[found] ?? found);
}

/** Blocks or attachments with every text in them as Slack keeps it. */
export function keptDeep<T>(value: T): T {
  if (Array.isArray(value)) return value.map(keptDeep) as T;
  if (!isDict(value)) return value;
  const copy: Dict = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, keptDeep(inner)]));
  if ((copy.type === 'plain_text' || copy.type === 'mrkdwn') && typeof copy.text === 'string') {
    copy.text = kept(copy.text, copy.type);
  }
  return copy as T;
}

/**
 * mrkdwn as the reader sees it: mentions as names, dates in their zone, links by their label. Marks such as `*bold*`
 * stay, so that a test sees when user text would have become a mark.
 * https://docs.slack.dev/messaging/formatting-message-text
 */
export function readMrkdwn(ws: Workspace, reader: User, source: string): Read {
  const links: Read['links'] = [];
  const text = source.replace(/<([^<>\n]+)>/g, (_whole, inside: string) => {
    const [target = '', label] = splitOnce(inside, '|');
    if (target.startsWith('@'))
      return `@${ws.users.get(target.slice(1))?.name ?? unescaped(label ?? 'unknown')}`;
    if (target.startsWith('#'))
      return `#${ws.channels.get(target.slice(1))?.name ?? unescaped(label ?? 'private')}`;
    if (target.startsWith('!date^')) {
      const [, seconds = '', format = '', url] = target.split('^');
      const shown = /^\d+$/.test(seconds)
        ? unescaped(readDate(Number(seconds), format, reader.timeZone, ws.now()))
        : unescaped(label ?? '');
      if (url) links.push({ label: shown, url: unescaped(url) });
      return shown;
    }
    if (target.startsWith('!')) return `@${unescaped(label ?? target.slice(1)).replace(/^@/, '')}`;
    const url = unescaped(target);
    const shown = unescaped(label ?? url.replace(/^mailto:/, ''));
    links.push({ label: shown, url });
    return shown;
  });
  return { text: unescaped(text), links };
}

function splitOnce(text: string, by: string): [string, string?] {
  const at = text.indexOf(by);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
