import type { User, World } from './world.ts';

/** How a message's words look to one reader. */
export interface Reading {
  text: string;
  links: { label: string; url: string }[];
}

type Rule = [RegExp, (match: RegExpExecArray) => string];

/**
 * Renders Discord's Markdown for a reader as plain words: styles and headings lose their signs, mentions
 * become names, masked links their labels, and timestamps the time in the reader's zone.
 *
 * Times are in English whatever the reader's locale is, with plain spaces:
 *   F "Tuesday, December 1, 2026 at 6:30 PM"   f (default) "December 1, 2026 at 6:30 PM"
 *   D "December 1, 2026"   d "12/1/2026"   T "6:30:00 PM"   t "6:30 PM"   R "in 2 hours", "5 minutes ago"
 * https://docs.discord.com/developers/reference#message-formatting
 */
export function readMarkdown(world: World, reader: User, source: string): Reading {
  const links: Reading['links'] = [];
  const rules = rulesFor(world, reader, links);
  const text = source
    .split(/(```[\s\S]+?```)/)
    .map((part, i) => (i % 2 === 1 ? insideCodeBlock(part) : part.split('\n').map(line).join('\n')))
    .join('');
  return { text, links };

  function line(words: string): string {
    const bare = words
      .replace(/^(?:>>> |> )/, '')
      .replace(/^(?:#{1,3}|-#) +/, '')
      .replace(/^(\s*)[-*] +/, '$1• ');
    return inline(bare, rules);
  }
}

const insideCodeBlock = (block: string): string =>
  block
    .slice(3, -3)
    .replace(/^[a-z0-9_+.#-]*\n/i, '')
    .trim();

function inline(source: string, rules: readonly Rule[]): string {
  let out = '';
  let at = 0;
  while (at < source.length) {
    const rest = source.slice(at);
    const [words, length] = firstToken(rest, source.charAt(at - 1), rules);
    out += words;
    at += length;
  }
  return out;
}

/** The words of the first token, and how much of the source it takes. */
function firstToken(rest: string, before: string, rules: readonly Rule[]): [string, number] {
  for (const [pattern, words] of rules) {
    const match = pattern.exec(rest);
    // An underscore or an address inside a word, as in snake_case, is nothing special.
    if (match && !(/^(_|http)/.test(match[0]) && /\w/.test(before))) return [words(match), match[0].length];
  }
  return [rest.charAt(0), 1];
}

/** What each sign means, the stronger ones first. */
function rulesFor(world: World, reader: User, links: Reading['links']): Rule[] {
  const inner = (match: RegExpExecArray): string => inline(match[1] ?? '', rules);
  const link = (label: string, url: string): string => {
    links.push({ label, url });
    return label;
  };
  const named = (thing: { name: string } | undefined, sign: string): string =>
    `${sign}${thing?.name ?? 'unknown'}`;
  const noLinks = (): Rule[] => rules.filter(([pattern]) => !String(pattern).includes('https?'));
  const rules: Rule[] = [
    [/^\\([^0-9A-Za-z\s])/, (m) => m[1] ?? ''],
    [/^(`+)([\s\S]*?[^`])\1(?!`)/, (m) => (m[2] ?? '').trim()],
    [
      /^\[((?:\\.|[^[\]\\])+)\]\(<?(https?:\/\/[^\s)>]+)>?(?:\s+"[^"]*")?\)/,
      (m) => link(inline(m[1] ?? '', noLinks()), m[2] ?? ''),
    ],
    [/^<(https?:\/\/[^\s>]+)>/, (m) => link(m[1] ?? '', m[1] ?? '')],
    [/^https?:\/\/[^\s<]*[^\s<.,:;"')\]*_|~]/, (m) => link(m[0], m[0])],
    [/^<@!?(\d+)>/, (m) => named(world.users.get(m[1] ?? ''), '@')],
    [/^<@&(\d+)>/, (m) => named(world.roles.get(m[1] ?? ''), '@')],
    [/^<#(\d+)>/, (m) => named(world.channels.get(m[1] ?? ''), '#')],
    [/^<(\/[^:>]+):\d+>/, (m) => m[1] ?? ''],
    [/^<a?(:\w+:)\d+>/, (m) => m[1] ?? ''],
    [/^<t:(-?\d+)(?::([tTdDfFR]))?>/, (m) => timeFor(reader, world.now(), Number(m[1]), m[2] ?? 'f')],
    [/^\*\*((?:\\.|[^\\])+?)\*\*(?!\*)/, inner],
    [/^__((?:\\.|[^\\])+?)__(?!_)/, inner],
    [/^~~(\S[\s\S]*?)~~/, inner],
    [/^\|\|([\s\S]+?)\|\|/, inner],
    [/^\*(?=\S)((?:\*\*|\\.|[^*\\])+?)\*(?!\*)/, inner],
    [/^_((?:__|\\.|[^\\_])+?)_\b/, inner],
  ];
  return rules;
}

const styles: Record<string, Intl.DateTimeFormatOptions> = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { year: 'numeric', month: 'numeric', day: 'numeric' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
};

/** A timestamp of the style, in the reader's zone; `unix` in seconds. */
export function timeFor(reader: Pick<User, 'timeZone'>, now: Date, unix: number, style: string): string {
  if (style === 'R') return relative(unix - Math.round(now.getTime() / 1000));
  const words = new Intl.DateTimeFormat('en-US', { ...styles[style], timeZone: reader.timeZone }).format(
    unix * 1000,
  );
  return words.replace(/[\u202f\u00a0]/g, ' ');
}

/** Each unit with its seconds and the count at which the next larger one is used. */
const units: [Intl.RelativeTimeFormatUnit, number, number][] = [
  ['second', 1, 60],
  ['minute', 60, 60],
  ['hour', 60 * 60, 24],
  ['day', 24 * 60 * 60, 30],
  ['month', 30 * 24 * 60 * 60, 12],
  ['year', 365 * 24 * 60 * 60, Number.POSITIVE_INFINITY],
];

/** Rounded to whole units of the largest size that fits: seconds under a minute, minutes under an hour, and so on. */
function relative(seconds: number): string {
  const count = (size: number): number => Math.round(Math.abs(seconds) / size);
  const [unit, size] = units.find(([, each, below]) => count(each) < below) ?? (['year', 1] as const);
  return new Intl.RelativeTimeFormat('en', { numeric: 'always' }).format(
    Math.sign(seconds) * count(size),
    unit,
  );
}
