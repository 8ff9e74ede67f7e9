import { say, type Words } from './words.ts';

/** How much of a message goes into a form: it leaves room for what the person wants to add. */
const QUOTED = 1_200;

/**
 * What somebody quotes who asks about a message.
 * @param said what the message says, as plain text; may be empty
 */
export function quoteOf(said: string): Words {
  const words = said.trim();
  if (words.length > QUOTED) {
    return say('“{words}… (shortened; the whole is behind the link)”', { words: cut(words) });
  }
  return words === '' ? '' : say('“{words}”', { words });
}

/** The quotation and where it is (empty when that is not known), with room below for the person's own words. */
export function aboutMessage(quoted: string, link: string): string {
  const lines = [quoted, link].filter((line) => line !== '');
  return lines.length > 0 ? `${lines.join('\n')}\n\n` : '';
}

/** At a space where there is one nearby, and never within a character. */
function cut(words: string): string {
  const start = words.slice(0, QUOTED);
  const space = start.search(/\s\S{0,40}$/);
  return (space > 0 ? start.slice(0, space) : start.replace(/[\uD800-\uDBFF]$/, '')).trimEnd();
}
