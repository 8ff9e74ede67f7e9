/**
 * Makes text literal in Discord's Markdown (https://support.discord.com/hc/en-us/articles/210298617). A backslash
 * before any punctuation shows that punctuation; so bold, code, quotes, headings, lists, masked links, mentions
 * (`<@…>`), times (`<t:…>`) and @everyone all show as they were typed. Web addresses stay as they are, so that they
 * can be followed: within one, Discord reads no markup. What is left out of `webAddress` ends the address here and is
 * escaped after it, which can break a link with such a character but never forge one.
 */
export function escapeMarkdown(typed: string): string {
  const words = typed.replace(/\r\n?/g, '\n');
  let out = '';
  let from = 0;
  for (const found of words.matchAll(webAddress)) {
    out += escapeWords(words.slice(from, found.index), startsLine(words, from)) + found[0];
    from = found.index + found[0].length;
  }
  return out + escapeWords(words.slice(from), startsLine(words, from));
}

/** Only with a proper host name: what merely looks like an address would be read as text, with its markup. */
const webAddress =
  /https?:\/\/[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d{1,5})?(?:[/?#][\w\-.~:/?#@!$&'()+,;=%]*[\w\-~/#@$&+=%)])?/gi;

const startsLine = (words: string, at: number): boolean => at === 0 || words[at - 1] === '\n';

function escapeWords(words: string, atLineStart: boolean): string {
  return words
    .replace(/[\\*_~`|[\]<>]/g, '\\$&')
    .replace(/@(?=everyone|here)/g, '\\@')
    .split('\n')
    .map((line, index) => (index > 0 || atLineStart ? escapeLineStart(line) : line))
    .join('\n');
}

/** Headings, small print and lists, which Discord reads at the start of a line only. */
const escapeLineStart = (line: string): string =>
  line.replace(/^(\s*)([#+-])/, '$1\\$2').replace(/^(\s*\d+)\./, '$1\\.');
