import type { Block, Button, Card, Inline, LinkButton, Text } from '../../src/messages/card.ts';

/** Everything there is to read in a card, and everything there is to press: for tests that look at all cards. */

const inlines = (text: Text): Inline[] => (Array.isArray(text) ? text : [text]);

/** What a block says, as lines of nodes. */
function linesOf(block: Block): Inline[][] {
  if (block.block === 'text' || block.block === 'note') return [inlines(block.text)];
  if (block.block === 'quote') return [[block.text]];
  if (block.block === 'facts')
    return block.facts.map(({ label, value }) => [`${label}: `, ...inlines(value)]);
  return [];
}

export const nodesOf = ({ blocks }: Card): Inline[] => blocks.flatMap(linesOf).flat();

/** A node as words. A time becomes [time] or [from now]: the platforms word it for the reader. */
export function wordsOf(node: Inline): string {
  if (typeof node === 'string') return node;
  if ('bold' in node) return node.bold;
  if ('person' in node) return node.person.name;
  if ('link' in node) return node.label;
  if (Number.isNaN(node.at.getTime())) return 'NaN';
  return node.style === 'full' ? '[time]' : '[from now]';
}

/** The body of a card as a person reads it, without its title and buttons. */
export const bodyOf = ({ blocks }: Card): string =>
  blocks
    .flatMap(linesOf)
    .map((line) => line.map(wordsOf).join(''))
    .join('\n');

export const pressable = ({ blocks }: Card): (Button | LinkButton)[] =>
  blocks.flatMap((block) => (block.block === 'buttons' ? block.buttons : []));

/** The buttons that come back to us. */
export const buttonsOf = (card: Card): Button[] =>
  pressable(card).filter((one): one is Button => 'intent' in one);

/** Every word of the card: title, body, labels. */
export const allWords = (card: Card): string[] => [
  card.title,
  ...nodesOf(card).map(wordsOf),
  ...pressable(card).map(({ label }) => label),
];

/**
 * How many components Discord counts in the card, with the container, each row and each button
 * (https://discord.com/developers/docs/components/reference#component-reference).
 */
export const componentsOf = ({ blocks }: Card): number =>
  2 + blocks.reduce((sum, block) => sum + 1 + (block.block === 'buttons' ? block.buttons.length : 0), 0);
