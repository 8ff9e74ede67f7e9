/** Block Kit as the stand-in holds it after checking: only the properties that it acts on. */

export interface Text {
  type: 'plain_text' | 'mrkdwn';
  text: string;
  verbatim?: boolean;
}

export interface Option {
  text: Text;
  value: string;
  url?: string;
}

export interface Element {
  type: string;
  action_id?: string;
  text?: Text | string;
  value?: string;
  url?: string;
  style?: string;
  placeholder?: Text;
  options?: Option[];
  option_groups?: { label: Text; options: Option[] }[];
  alt_text?: string;
  elements?: Element[];
  [property: string]: unknown;
}

export interface Block {
  type: string;
  block_id: string;
  text?: Text | string;
  fields?: Text[];
  accessory?: Element;
  elements?: Element[];
  label?: Text;
  hint?: Text;
  optional?: boolean;
  dispatch_action?: boolean;
  element?: Element;
  title?: Text;
  alt_text?: string;
}

export interface View {
  type: 'modal' | 'home';
  title?: Text;
  submit?: Text;
  close?: Text;
  blocks: Block[];
  private_metadata?: string;
  callback_id?: string;
  external_id?: string;
  clear_on_close?: boolean;
  notify_on_close?: boolean;
}

export type Dict = Record<string, unknown>;

export const isDict = (value: unknown): value is Dict =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The words of a text object, or of a plain string in its place; '' when there are none. */
export const words = (text: unknown): string =>
  typeof text === 'string' ? text : isDict(text) && typeof text.text === 'string' ? text.text : '';

/** Undoes the three escapes that Slack's text knows. */
export const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** The words of a plain text object as the client shows them. */
export const shown = (text: unknown): string => unescaped(words(text));

const alphabet = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** A short random id such as Slack gives to blocks and elements that come without one. */
export const shortId = (length = 5): string =>
  Array.from({ length }, () => alphabet[Math.floor(Math.random() * alphabet.length)]).join('');

/** All the interactive elements of a block, wherever it holds them. */
export const elementsOf = (block: Block): Element[] => [
  ...(block.accessory ? [block.accessory] : []),
  ...(block.type === 'actions' ? (block.elements ?? []) : []),
  ...(block.element ? [block.element] : []),
];

/** A copy of checked blocks in which every block and interactive element has an id, as Slack stores them. */
export function withIds(blocks: Block[]): Block[] {
  const copy = structuredClone(blocks);
  for (const block of copy) {
    block.block_id ??= shortId();
    for (const element of elementsOf(block)) if (element.type !== 'image') element.action_id ??= shortId();
  }
  return copy;
}
