import type { Person } from '../core/people.ts';
import type { Instant } from '../core/time.ts';
import type { Locale, Said, Words } from './words.ts';

/**
 * The vocabulary of everything the bot says: plain data, no platform and no language in sight. `inLanguage` puts it into
 * the reader's language, then each platform renders it in its own idiom. A bare string is always literal: it is never
 * translated, and only the renderer knows what its platform would take for markup, and escapes it there, once.
 * Formatting is said by nodes.
 */
export type Inline = Words | Said<Inline | number> | Bold<Words> | Moment | Mention | Named | Link<Words>;
/** The same in one language, as renderers take it. */
export type Spoken = string | Bold<string> | Moment | Mention | Named | Link<string>;
export interface Bold<W = Words> {
  bold: W;
}
/**
 * A time in the reader's own zone. `full`: weekday, date and time. `relative`: the same, and how far off it is:
 * "… (in 15 minutes)". `ago`: only how far off it is, for what stays in sight for long: "3 hours ago".
 */
export interface Moment {
  at: Instant;
  style: 'full' | 'relative' | 'ago';
}
/** A person; a mention where the platform knows them, else their name. It notifies only in `pings`. */
export interface Mention {
  person: Person;
}
/** A channel or role, by the platform's id of it: its name, where the platform shows one for it. It notifies nobody. */
export interface Named {
  names: 'channel' | 'role';
  id: string;
}
export interface Link<W = Words> {
  link: string;
  label: W;
}
export type Text<I = Inline> = I | I[];

/** What pressing does: an intent of `routes.ts` with its arguments, which the button carries itself. */
export interface Button<W = Words> {
  label: W;
  intent: string;
  args: Record<string, string>;
  style: 'primary' | 'danger' | 'plain';
}
/** A button that opens a web page. */
export interface LinkButton<W = Words> {
  label: W;
  url: string;
}

export type Block<W = Words, I = Inline> =
  | { block: 'text'; text: Text<I> }
  /** Small, quiet text. */
  | { block: 'note'; text: Text<I> }
  /** What somebody wrote, set apart as theirs. */
  | { block: 'quote'; text: string }
  | { block: 'facts'; facts: { label: W; value: Text<I> }[] }
  | { block: 'buttons'; buttons: (Button<W> | LinkButton<W>)[] }
  | { block: 'divider' }
  /** Begins a part of a long card. */
  | { block: 'heading'; text: W };

/** How it should feel: renderers choose an accent colour or an icon. */
export type Tone = 'neutral' | 'good' | 'waiting' | 'urgent' | 'bad';

export interface Card<W = Words, I = Inline> {
  tone: Tone;
  title: W;
  blocks: Block<W, I>[];
  /** How far what it shows has come, in a word, and whether that is the end: for places that sort and close by it. */
  stage?: { label: W; over: boolean };
}
/** A card in the language of its reader. */
export interface SpokenCard extends Card<string, Spoken> {
  locale: Locale;
}
export type SpokenBlock = Block<string, Spoken>;
export type SpokenText = Text<Spoken>;

export const card = (tone: Tone, title: Words, ...blocks: (Block | null)[]): Card => ({
  tone,
  title,
  blocks: blocks.filter((block) => block !== null),
});
export const text = (...inline: Inline[]): Block => ({ block: 'text', text: inline });
export const note = (...inline: Inline[]): Block => ({ block: 'note', text: inline });
export const quote = (words: string): Block | null => (words.trim() ? { block: 'quote', text: words } : null);
export const facts = (...rows: ([label: Words, value: Text] | null)[]): Block => ({
  block: 'facts',
  facts: rows.filter((row) => row !== null).map(([label, value]) => ({ label, value })),
});
export const buttons = (...all: (Button | LinkButton | null)[]): Block | null => {
  const shown = all.filter((button) => button !== null);
  return shown.length > 0 ? { block: 'buttons', buttons: shown } : null;
};
export const heading = (words: Words): Block => ({ block: 'heading', text: words });
export const divider: Block = { block: 'divider' };
export const button = (
  label: Words,
  intent: string,
  args: Record<string, string> = {},
  style: Button['style'] = 'plain',
): Button => ({ label, intent, args, style });
export const linkButton = (label: Words, url: string): LinkButton => ({ label, url });
export const bold = (words: Words): Bold => ({ bold: words });
export const at = (when: Instant): Moment => ({ at: when, style: 'full' });
export const fromNow = (when: Instant): Moment => ({ at: when, style: 'relative' });
/** How far off a time is, and nothing else. */
export const ago = (when: Instant): Moment => ({ at: when, style: 'ago' });
export const mention = (person: Person): Mention => ({ person });
