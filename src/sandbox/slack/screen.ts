import { display, fieldsOf } from './fields.ts';
import { type Block, shown } from './kit.ts';
import { blocksOf } from './render.ts';
import { type Message, type OpenView, topView, type User, type Workspace } from './workspace.ts';

/** What one person has on their screen, as a client needs it to draw it. Plain data. */
export interface SlackScreen {
  /** Channels that they are in, and their conversation with the app once there is one. */
  places: { id: string; name: string; kind: 'channel' | 'dm' }[];
  /** Everything that they can see in those places, oldest first. */
  messages: SlackShown[];
  /** The modal on top. */
  modal?: SlackModal;
  home?: { id: string; blocks: Block[] };
  /** Names by id, for mentions of people. */
  people: Record<string, string>;
}

export interface SlackShown {
  id: string;
  channel: string;
  /** The app, or the client itself. */
  from: 'app' | 'client';
  text: string;
  blocks: Block[];
  onlyMe: boolean;
  edited: boolean;
  /** The message that began the thread in which it is; `also`: the conversation shows it as well. */
  thread?: { of: string; also: boolean };
  /** Milliseconds since 1970. */
  at: number;
  /** Grows with every version of it. */
  version: number;
}

export interface SlackModal {
  id: string;
  title: string;
  submit?: string;
  close?: string;
  blocks: Block[];
  /** Its inputs by the ids of their blocks; values in the words that `fills` takes. */
  fields: Record<string, { label: string; value: string | string[]; error?: string }>;
  /** What the client says when the app did not answer. */
  trouble?: string;
  version: string;
}

/** Draws the screen of this person as it is now. */
export function screenOf(ws: Workspace, user: User): SlackScreen {
  const places = [...ws.channels.values()].filter((channel) => channel.members.has(user.id));
  const mine = ws.privately.filter((message) => message.onlyFor === user.id);
  const top = topView(ws, user.id);
  const home = ws.homes.get(user.id);
  return {
    places: places.map(({ id, name, kind }) => ({ id, name, kind: kind === 'im' ? 'dm' : 'channel' })),
    messages: [...places.flatMap(({ messages }) => messages), ...mine]
      .map((message) => shownOf(ws, message))
      .sort((a, b) => Number(a.id) - Number(b.id)),
    ...(top ? { modal: modalOf(ws, top) } : {}),
    ...(home ? { home: { id: home.id, blocks: home.view.blocks } } : {}),
    people: Object.fromEntries([...ws.users.values()].map(({ id, name }) => [id, name])),
  };
}

const shownOf = (ws: Workspace, message: Message): SlackShown => ({
  id: message.ts,
  channel: message.channel,
  from: message.user === ws.botUserId ? 'app' : 'client',
  text: message.text,
  blocks: blocksOf(message),
  onlyMe: message.onlyFor !== undefined,
  edited: message.edited !== undefined,
  ...(message.threadTs ? { thread: { of: message.threadTs, also: message.broadcast ?? false } } : {}),
  at: Number(message.ts) * 1_000,
  version: message.former.length,
});

function modalOf(ws: Workspace, open: OpenView): SlackModal {
  const { view } = open;
  const fields = fieldsOf(view.blocks).filter(({ block }) => block.type === 'input');
  return {
    id: open.id,
    title: shown(view.title),
    ...(view.submit ? { submit: shown(view.submit) } : {}),
    ...(view.close ? { close: shown(view.close) } : {}),
    blocks: view.blocks,
    fields: Object.fromEntries(
      fields.map((field) => {
        const error = open.errors.get(field.block.block_id);
        const value = display(ws, field, open.typed);
        return [field.block.block_id, { label: field.label, value, ...(error ? { error } : {}) }];
      }),
    ),
    ...(open.trouble ? { trouble: open.trouble } : {}),
    version: open.hash,
  };
}
