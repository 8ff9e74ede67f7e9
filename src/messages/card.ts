import type { Person } from '../core/people.ts';
import type { Instant } from '../core/time.ts';

/**
 * The vocabulary of everything the bot says: plain data, no platform in sight. Each platform renders it in its own
 * idiom. A bare string is always literal: only the renderer knows what its platform would take for markup, and
 * escapes it there, once. Formatting is said by nodes.
 */
export type Inline = string | Bold | Moment | Mention | Link;
export interface Bold {
  bold: string;
}
/**
 * A time in the reader's own zone. `full`: weekday, date and time. `relative`: the same, and how far off it is:
 * "… (in 15 minutes)".
 */
export interface Moment {
  at: Instant;
  style: 'full' | 'relative';
}
/** A person; a mention where the platform knows them, else their name. It notifies only in `pings`. */
export interface Mention {
  person: Person;
}
export interface Link {
  link: string;
  label: string;
}
export type Text = Inline | Inline[];

/** What pressing does: an intent of `routes.ts` with its arguments, which the button carries itself. */
export interface Button {
  label: string;
  intent: string;
  args: Record<string, string>;
  style: 'primary' | 'danger' | 'plain';
}
/** A button that opens a web page. */
export interface LinkButton {
  label: string;
  url: string;
}

export type Block =
  | { block: 'text'; text: Text }
  /** Small, quiet text. */
  | { block: 'note'; text: Text }
  /** What somebody wrote, set apart as theirs. */
  | { block: 'quote'; text: string }
  | { block: 'facts'; facts: { label: string; value: Text }[] }
  | { block: 'buttons'; buttons: (Button | LinkButton)[] }
  | { block: 'divider' };

/** How it should feel: renderers choose an accent colour or an icon. */
export type Tone = 'neutral' | 'good' | 'waiting' | 'urgent' | 'bad';

export interface Card {
  tone: Tone;
  title: string;
  blocks: Block[];
}

export const card = (tone: Tone, title: string, ...blocks: (Block | null)[]): Card => ({
  tone,
  title,
  blocks: blocks.filter((block) => block !== null),
});
export const text = (...inline: Inline[]): Block => ({ block: 'text', text: inline });
export const note = (...inline: Inline[]): Block => ({ block: 'note', text: inline });
export const quote = (words: string): Block | null => (words.trim() ? { block: 'quote', text: words } : null);
export const facts = (...rows: ([label: string, value: Text] | null)[]): Block => ({
  block: 'facts',
  facts: rows.filter((row) => row !== null).map(([label, value]) => ({ label, value })),
});
export const buttons = (...all: (Button | LinkButton | null)[]): Block | null => {
  const shown = all.filter((button) => button !== null);
  return shown.length > 0 ? { block: 'buttons', buttons: shown } : null;
};
export const divider: Block = { block: 'divider' };
export const button = (
  label: string,
  intent: string,
  args: Record<string, string> = {},
  style: Button['style'] = 'plain',
): Button => ({ label, intent, args, style });
export const linkButton = (label: string, url: string): LinkButton => ({ label, url });
export const bold = (words: string): Bold => ({ bold: words });
export const at = (when: Instant): Moment => ({ at: when, style: 'full' });
export const fromNow = (when: Instant): Moment => ({ at: when, style: 'relative' });
export const mention = (person: Person): Mention => ({ person });
