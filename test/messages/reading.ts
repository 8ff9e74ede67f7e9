import type {
  Button,
  Card,
  LinkButton,
  Spoken,
  SpokenBlock,
  SpokenCard,
  SpokenText,
} from '../../src/messages/card.ts';
import { spoken } from '../support/spoken.ts';

/**
 * Everything there is to read in a card, and everything there is to press: for tests that look at all cards. Those that
 * are in no language yet are read in English.
 */
const read = (card: Card | SpokenCard): SpokenCard => ('locale' in card ? card : spoken(card));

const inlines = (text: SpokenText): Spoken[] => (Array.isArray(text) ? text : [text]);

/** What a block says, as lines of nodes. */
function linesOf(block: SpokenBlock): Spoken[][] {
  if (block.block === 'text' || block.block === 'note') return [inlines(block.text)];
  if (block.block === 'quote' || block.block === 'heading') return [[block.text]];
  if (block.block === 'facts')
    return block.facts.map(({ label, value }) => [`${label}: `, ...inlines(value)]);
  return [];
}

export const nodesOf = (card: Card): Spoken[] => read(card).blocks.flatMap(linesOf).flat();

/** A node as words. A time becomes [time] or [from now]: the platforms word it for the reader. */
export function wordsOf(node: Spoken): string {
  if (typeof node === 'string') return node;
  if ('bold' in node) return node.bold;
  if ('names' in node) return `[${node.names} ${node.id}]`;
  if ('person' in node) return node.person.name;
  if ('link' in node) return node.label;
  if (Number.isNaN(node.at.getTime())) return 'NaN';
  return { full: '[time]', relative: '[from now]', ago: '[ago]' }[node.style];
}

/** The body of a card as a person reads it, without its title and buttons. */
export const bodyOf = (card: Card): string =>
  read(card)
    .blocks.flatMap(linesOf)
    .map((line) => line.map(wordsOf).join(''))
    .join('\n');

export const pressable = (card: Card): (Button<string> | LinkButton<string>)[] =>
  read(card).blocks.flatMap((block) => (block.block === 'buttons' ? block.buttons : []));

/** The buttons that come back to us. */
export const buttonsOf = (card: Card): Button<string>[] =>
  pressable(card).filter((one): one is Button<string> => 'intent' in one);

export const titleOf = (card: Card): string => read(card).title;

/** Every word of the card: title, body, labels. */
export const allWords = (card: Card): string[] => [
  titleOf(card),
  ...nodesOf(card).map(wordsOf),
  ...pressable(card).map(({ label }) => label),
];

/**
 * How many components Discord counts in the card, with the container, each row and each button
 * (https://discord.com/developers/docs/components/reference#component-reference).
 */
export const componentsOf = ({ blocks }: Card): number =>
  2 + blocks.reduce((sum, block) => sum + 1 + (block.block === 'buttons' ? block.buttons.length : 0), 0);
