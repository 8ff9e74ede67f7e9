/**
 * Makes text literal in Discord's Markdown (https://support.discord.com/hc/en-us/articles/210298617). A backslash
 * before a sign shows the sign; so bold, code, quotes, headings, lists, masked links, mentions (`<@…>`), times
 * (`<t:…>`) and @everyone all show as they were typed.
 *
 * Web addresses stay as they are, so that they can be followed: within one, Discord reads no markup. It reads an
 * address up to the next space or `<`, backslashes included; so where a sign follows an address directly, a space
 * parts them, or the backslash would count towards the address and leave the sign at work.
 */
export function escapeMarkdown(typed: string): string {
  const words = typed.replace(/\r\n?/g, '\n');
  let out = '';
  let from = 0;
  for (const found of words.matchAll(webAddress)) {
    out += between(words, from, found.index) + found[0];
    from = found.index + found[0].length;
  }
  return out + between(words, from, words.length);
}

/** It ends before signs that could close markup around it. */
const webAddress = /https?:\/\/[^\s<[\]\\`|]*[^\s<[\]\\`|.,:;"'*_~]/gi;

/** The words between two addresses. */
function between(words: string, from: number, to: number): string {
  const escaped = words
    .slice(from, to)
    .replace(/[\\*_~`|[\]<]/g, '\\$&')
    .replace(/@(?=everyone|here)/g, '\\@')
    .split('\n')
    .map((line, index) => (index > 0 || from === 0 ? escapeLineStart(line) : line))
    .join('\n');
  return from > 0 && escaped.startsWith('\\') ? ` ${escaped}` : escaped;
}

/** Headings, small print, quotes and lists, which Discord reads at the start of a line only. */
const escapeLineStart = (line: string): string =>
  line.replace(/^(\s*)([#>+-])/, '$1\\$2').replace(/^(\s*\d+)\./, '$1\\.');
