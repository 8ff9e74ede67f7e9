import type { SeenMessage } from '../person.ts';
import { type Block, type Dict, type Element, elementsOf, isDict, type Option, shown, words } from './kit.ts';
import { type Read, readMrkdwn } from './mrkdwn.ts';
import type { Content, Message, OpenView, User, Workspace } from './workspace.ts';

/** The words of a text object for this reader; plain text stands exactly as it is. */
function readText(ws: Workspace, reader: User, text: unknown): Read {
  if (isDict(text) && text.type === 'plain_text') return { text: shown(text), links: [] };
  return readMrkdwn(ws, reader, words(text));
}

/** Words of rich text. Broadcasts and mentions read as names. */
function readRich(ws: Workspace, reader: User, node: unknown): Read[] {
  if (Array.isArray(node)) return node.flatMap((child) => readRich(ws, reader, child));
  if (!isDict(node)) return [];
  const plain = (text: string): Read[] => [{ text, links: [] }];
  if (node.type === 'text') return plain(words(node));
  if (node.type === 'user') return plain(`@${ws.users.get(String(node.user_id))?.name ?? 'unknown'}`);
  if (node.type === 'channel')
    return plain(`#${ws.channels.get(String(node.channel_id))?.name ?? 'private'}`);
  if (node.type === 'broadcast') return plain(`@${String(node.range)}`);
  if (node.type === 'emoji') return plain(`:${String(node.name)}:`);
  if (node.type === 'date') {
    const token = `<!date^${String(node.timestamp)}^${String(node.format)}|${String(node.fallback ?? '')}>`;
    return [readMrkdwn(ws, reader, token)];
  }
  if (node.type === 'link') {
    const label = words(node) || String(node.url);
    return [{ text: label, links: [{ label, url: String(node.url) }] }];
  }
  const inside = readRich(ws, reader, node.elements);
  const line = join(inside, '');
  return String(node.type).startsWith('rich_text_') ? [{ ...line, text: `${line.text}\n` }] : inside;
}

const join = (parts: Read[], by: string): Read => ({
  text: parts.map((part) => part.text).join(by),
  links: parts.flatMap((part) => part.links),
});

/** One block as the reader sees it, without its buttons. */
function readBlock(ws: Workspace, reader: User, block: Block): Read {
  const read = (text: unknown) => readText(ws, reader, text);
  switch (block.type) {
    case 'section':
      return join([...(block.text ? [read(block.text)] : []), ...(block.fields ?? []).map(read)], '\n');
    case 'context':
      return join(
        (block.elements ?? []).map((e) => (e.type === 'image' ? read(e.alt_text ?? '') : read(e))),
        ' ',
      );
    case 'image':
      return join([...(block.title ? [read(block.title)] : []), read(block.alt_text ?? '')], '\n');
    case 'input':
      return read(block.label);
    case 'rich_text': {
      const rich = join(readRich(ws, reader, block.elements), '');
      return { ...rich, text: rich.text.trimEnd() };
    }
    case 'actions':
    case 'divider':
      return { text: '', links: [] };
    default:
      return read(block.text ?? block.title ?? '');
  }
}

/** Something in sight that can be pressed, and how to say so to the app. */
export interface Pressable {
  label: string;
  block: Block;
  element: Element;
  /** The entry of an overflow menu. */
  option?: Option;
  url?: string;
}

/** Buttons and overflow entries of these blocks, in order. */
export const pressables = (blocks: Block[]): Pressable[] =>
  blocks.flatMap((block) =>
    elementsOf(block).flatMap((element): Pressable[] => {
      if (element.type === 'button' || element.type === 'workflow_button') {
        const url = element.url ? { url: element.url } : {};
        return [{ label: shown(element.text), block, element, ...url }];
      }
      if (element.type !== 'overflow') return [];
      return (element.options ?? []).map((option) => {
        const url = option.url ? { url: option.url } : {};
        return { label: shown(option.text), block, element, option, ...url };
      });
    }),
  );

/** The blocks of a message: its own, then those of its attachments. */
export const blocksOf = (content: Content): Block[] => [
  ...(content.blocks ?? []),
  ...(content.attachments ?? []).flatMap((a) => (Array.isArray(a.blocks) ? (a.blocks as Block[]) : [])),
];

const attachmentTexts = (attachments: Dict[] | undefined): string[] =>
  (attachments ?? [])
    .filter((a) => !Array.isArray(a.blocks))
    .map((a) => [a.pretext, a.title, a.text].filter((part) => typeof part === 'string').join('\n'));

/** Blocks as this reader sees them, one a line. */
export function readBlocks(ws: Workspace, reader: User, blocks: Block[]): Read {
  return join(
    blocks.map((block) => readBlock(ws, reader, block)).filter((part) => part.text !== ''),
    '\n',
  );
}

function seen(read: Read, blocks: Block[]): Pick<SeenMessage, 'text' | 'buttons' | 'links'> {
  const all = pressables(blocks);
  const linkButtons = all.flatMap(({ label, url }) => (url ? [{ label, url }] : []));
  return {
    text: read.text,
    buttons: all.filter((p) => !p.url).map((p) => p.label),
    links: [...read.links, ...linkButtons],
  };
}

/** A message as this reader sees it. The fallback text is not shown where there are blocks, as in the client. */
export function seenMessage(ws: Workspace, reader: User, message: Message): SeenMessage {
  const blocks = blocksOf(message);
  const parts = [
    ...(message.blocks?.length ? [] : [readMrkdwn(ws, reader, message.text)]),
    readBlocks(ws, reader, blocks),
    ...attachmentTexts(message.attachments).map((text) => readMrkdwn(ws, reader, text)),
  ].filter((part) => part.text !== '');
  return {
    id: message.ts,
    channel: message.channel,
    ...seen(join(parts, '\n'), blocks),
    edited: message.edited !== undefined,
  };
}

/** A modal or Home tab as this reader sees it: its title, then its blocks. */
export function seenView(ws: Workspace, reader: User, open: OpenView): SeenMessage {
  const { blocks, title, submit } = open.view;
  const read = readBlocks(ws, reader, blocks);
  const looks = seen({ ...read, text: [shown(title), read.text].filter(Boolean).join('\n') }, blocks);
  return {
    id: open.id,
    channel: '',
    ...looks,
    buttons: [...looks.buttons, ...(submit ? [shown(submit)] : [])],
    edited: false,
  };
}
