import type { Place, SeenMessage } from '../person.ts';
import {
  askOptions,
  type Client,
  closeView,
  deliverSubmission,
  sendCommand,
  sendInteraction,
  submit,
  usedInMessage,
  usedInView,
} from './acts.ts';
import { display, type Field, fieldsOf, fill, isExternal } from './fields.ts';
import { type Dict, type Option, shown } from './kit.ts';
import { SLACK_TIMES } from './limits.ts';
import { post } from './messages.ts';
import { globalShortcutPayload, messageShortcutPayload } from './payloads.ts';
import { blocksOf, type Pressable, pressables, readBlocks, seenMessage, seenView } from './render.ts';
import { newResponseUrl } from './response-url.ts';
import { screenOf } from './screen.ts';
import type { SlackForm, SlackPerson, SlackShortcut } from './types.ts';
import {
  type Channel,
  directChannel,
  type Message,
  type OpenView,
  topView,
  type User,
  until,
} from './workspace.ts';

/** A message or view that the person can use, and how it reads. */
type Thing = { message: Message; seen: SeenMessage } | { open: OpenView; seen: SeenMessage };

const waits = 10_000;
const matches = (text: string, wanted: string | RegExp): boolean =>
  typeof wanted === 'string'
    ? text.includes(wanted)
    : new RegExp(wanted.source, wanted.flags.replace('g', '')).test(text);

/** A modal with something to fill in or to submit; others are results to read. */
const isForm = (open: OpenView): boolean =>
  open.view.submit !== undefined || open.view.blocks.some((block) => block.type === 'input');
const hasInput = (open: OpenView): boolean => open.view.blocks.some((block) => block.type === 'input');

/** How the world outside the person's own acts reaches it. */
export interface PersonHelp {
  client: Client;
  /** Whether the app registered this command, which begins with a slash. */
  knows(command: string): boolean;
  commands(): string[];
  shortcuts: readonly SlackShortcut[];
  /** Tells the app that this person opened its Home tab. */
  homeOpened(user: User, channel: Channel): Promise<void>;
}

/** A person with a Slack client. `channelId` is where they type their first command. */
export function slackPerson(user: User, channelId: string, help: PersonHelp): SlackPerson {
  const { client } = help;
  const { ws } = client;
  let here = channelId;
  let again: (() => Promise<unknown>) | undefined;
  const typedIn = new Map<string, Map<string, unknown>>();

  const inSight = (where: Place): Thing[] => {
    const things: Thing[] = [];
    const addMessage = (message: Message) => things.push({ message, seen: seenMessage(ws, user, message) });
    if (where === 'private') {
      for (const message of ws.privately) if (message.onlyFor === user.id) addMessage(message);
      const top = topView(ws, user.id);
      if (top && !hasInput(top)) things.push({ open: top, seen: seenView(ws, user, top) });
    } else {
      for (const channel of ws.channels.values()) {
        if (!channel.members.has(user.id) || (channel.kind === 'im') !== (where === 'dm')) continue;
        for (const message of channel.messages) addMessage(message);
      }
    }
    return things.sort((a, b) => Number(ts(a)) - Number(ts(b)));
  };
  const ts = (thing: Thing) => ('message' in thing ? thing.message.ts : thing.open.ts);

  /** Everything that can be used, the newest first; an open modal before all else, the Home tab last. */
  const usable = (within?: string | RegExp): Thing[] => {
    const top = topView(ws, user.id);
    const home = ws.homes.get(user.id);
    const view = (open: OpenView | undefined): Thing[] =>
      open ? [{ open, seen: seenView(ws, user, open) }] : [];
    const messages = [...inSight('dm'), ...inSight('private'), ...inSight('channel')]
      .filter((thing) => 'message' in thing)
      .sort((a, b) => Number(ts(b)) - Number(ts(a)));
    const covered = top !== undefined && isForm(top);
    const all = [...view(top), ...(covered ? [] : [...messages, ...view(home)])];
    return within === undefined ? all : all.filter((thing) => matches(thing.seen.text, within));
  };

  const blocks = (thing: Thing) => ('message' in thing ? blocksOf(thing.message) : thing.open.view.blocks);
  const typed = (thing: Thing): Map<string, unknown> => {
    if ('open' in thing) return thing.open.typed;
    const mine = typedIn.get(thing.message.ts) ?? new Map<string, unknown>();
    typedIn.set(thing.message.ts, mine);
    return mine;
  };

  const deliver = (payload: Dict, open?: OpenView): Promise<boolean> => {
    const send = () => sendInteraction(client, user, payload, open);
    again = send;
    return send();
  };

  const use = (thing: Thing, used: { pressed: Pressable } | { field: Field }): Promise<boolean> =>
    'open' in thing
      ? deliver(usedInView(client, user, thing.open, used), thing.open)
      : deliver(usedInMessage(client, user, thing.message, used, typed(thing)));

  const find = (label: string, within: string | RegExp | undefined, links: boolean): [Thing, Pressable] => {
    for (const thing of usable(within)) {
      const pressed = pressables(blocks(thing)).find(
        (p) => p.label === label && (p.url !== undefined) === links,
      );
      if (pressed) return [thing, pressed];
    }
    const offered = usable(within).map(
      ({ seen }) => `  ${seen.text.split('\n')[0]}: ${seen.buttons.join(' | ') || '-'}`,
    );
    throw new Error(
      `${user.name} sees no button "${label}". In sight:\n${offered.join('\n') || '  nothing'}`,
    );
  };

  /** A result that is only to be read is closed by whoever goes on to something else. */
  const leavesResult = async (): Promise<void> => {
    const top = topView(ws, user.id);
    if (!top) return;
    if (isForm(top))
      throw new Error(`the form "${shown(top.view.title)}" is open; fill it or close it first`);
    await closeView(client, user, top);
    await leavesResult();
  };

  const submitView = async (open: OpenView): Promise<void> => {
    const payload = await submit(client, user, open);
    if (payload) again = () => deliverSubmission(client, user, open, payload);
  };

  const seenForm = (open: OpenView): SlackForm => ({
    id: open.id,
    callbackId: open.view.callback_id ?? '',
    title: shown(open.view.title),
    text: readBlocks(
      ws,
      user,
      open.view.blocks.filter((block) => block.type !== 'input'),
    ).text,
    fields: fieldsOf(open.view.blocks).map((field) => {
      const error = open.errors.get(field.block.block_id);
      const value = display(ws, field, open.typed);
      return { label: field.label, kind: field.kind, value, ...(error ? { error } : {}) };
    }),
    ...(open.trouble ? { trouble: open.trouble } : {}),
  });

  const openForm = (): OpenView => {
    const top = topView(ws, user.id);
    if (top && isForm(top)) return top;
    throw new Error(`${user.name} has no form open${top ? `, but reads "${shown(top.view.title)}"` : ''}`);
  };

  /** The app is asked for each value as it is typed, as the client does. */
  const offersFor = async (open: OpenView, field: Field, value: string | string[]): Promise<Option[]> => {
    const offered: Option[] = [];
    for (const one of [value].flat()) offered.push(...(await askOptions(client, user, open, field, one)));
    return offered;
  };

  /** @returns whether the app was told at once, so that the form may be about to change */
  const fillOne = async (label: string, value: string | string[], mayChange: boolean): Promise<boolean> => {
    const wanted = (): Field | undefined => fieldsOf(openForm().view.blocks).find((f) => f.label === label);
    const complaint = () => {
      const labels = fieldsOf(openForm().view.blocks).map((f) => `"${f.label}"`);
      return `the form has no field "${label}", but ${labels.join(', ') || 'none'}`;
    };
    const field =
      wanted() ?? (mayChange ? await until(ws, wanted, SLACK_TIMES.trigger, complaint) : undefined);
    if (!field) throw new Error(complaint());
    const open = openForm();
    fill(ws, field, open.typed, value, isExternal(field) ? await offersFor(open, field, value) : []);
    if (field.block.type === 'input' && !field.block.dispatch_action) return mayChange;
    await use({ open, seen: seenView(ws, user, open) }, { field });
    return true;
  };

  const hereNow = (): Channel => {
    const channel = ws.channels.get(here);
    if (!channel?.members.has(user.id)) throw new Error(`${user.name} is not in the channel ${here}`);
    return channel;
  };

  const entryOf = (name: string, type: SlackShortcut['type']): SlackShortcut => {
    const offered = help.shortcuts.filter((shortcut) => shortcut.type === type);
    const found = offered.find((shortcut) => shortcut.name === name);
    if (found) return found;
    const names = offered.map((shortcut) => `"${shortcut.name}"`).join(', ') || 'nothing';
    throw new Error(`the menu has no "${name}", but ${names}`);
  };

  const listing = (things: SeenMessage[]): string =>
    things.map((seen) => `  ${seen.text.replaceAll('\n', '\n    ')}`).join('\n') || '  nothing';

  const self: SlackPerson = {
    name: user.name,
    platform: 'slack',
    userId: user.id,
    timeZone: user.timeZone,
    async types(command, options = {}) {
      await leavesResult();
      const name = `/${command.replace(/^\//, '')}`;
      if (!help.knows(name)) {
        throw new Error(
          `${name} is not a valid command here; the app has ${help.commands().join(', ') || 'none'}`,
        );
      }
      const strange = Object.keys(options).filter((key) => key !== 'text');
      if (strange.length > 0) throw new Error(`a Slack command takes only "text", not ${strange.join(', ')}`);
      await sendCommand(client, user, hereNow(), name, (options.text ?? '').trim());
    },
    async writes(text) {
      const written = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
      return post(ws, hereNow(), { text: written }, { user: user.id }).ts;
    },
    async picks(entry, text) {
      await leavesResult();
      const { callback_id } = entryOf(entry, 'message');
      const all = inSight('channel').flatMap((thing) => ('message' in thing ? [thing] : []));
      const found = all.findLast(({ seen }) => matches(seen.text, text));
      if (!found) throw new Error(`${user.name} sees no message ${text} in a channel`);
      const { message } = found;
      const responseUrl = client.base + newResponseUrl(ws, user.id, message.channel);
      await deliver(messageShortcutPayload(ws, user, callback_id, message, responseUrl));
    },
    async runs(shortcut) {
      await leavesResult();
      await deliver(globalShortcutPayload(ws, user, entryOf(shortcut, 'global').callback_id));
    },
    async form(timeoutMs = waits) {
      const look = () => {
        const top = topView(ws, user.id);
        return top && isForm(top) ? top : undefined;
      };
      const complaint = () =>
        `no form opened for ${user.name} within ${timeoutMs} ms; privately they see:\n${listing(self.sight('private'))}`;
      return seenForm(await until(ws, look, timeoutMs, complaint));
    },
    async fills(values) {
      await self.form();
      let mayChange = false;
      for (const [label, value] of Object.entries(values)) mayChange = await fillOne(label, value, mayChange);
      await submitView(openForm());
    },
    async offers(label, typed) {
      const open = openForm();
      const field = fieldsOf(open.view.blocks).find((one) => one.label === label);
      if (!field || !isExternal(field)) throw new Error(`the form has no menu "${label}" of the app's own`);
      return (await askOptions(client, user, open, field, typed)).map((option) => shown(option.text));
    },
    async closesForm() {
      const top = topView(ws, user.id);
      if (!top) throw new Error(`${user.name} has no form open`);
      await closeView(client, user, top);
    },
    async presses(label, within) {
      const top = topView(ws, user.id);
      if (top && shown(top.view.submit) === label) return submitView(top);
      if (top && shown(top.view.close) === label) return closeView(client, user, top);
      const [thing, pressed] = find(label, within, false);
      if (!('open' in thing)) await leavesResult();
      await use(thing, { pressed });
    },
    async follows(label, within) {
      const [thing, pressed] = find(label, within, true);
      await use(thing, { pressed });
      return pressed.url ?? '';
    },
    async chooses(menu, value, within) {
      for (const thing of usable(within)) {
        const named = (f: Field) => f.label === menu || shown(f.element.placeholder) === menu;
        const field = fieldsOf(blocks(thing)).find(named);
        if (!field) continue;
        fill(ws, field, typed(thing), value);
        await use(thing, { field });
        return;
      }
      throw new Error(
        `${user.name} sees no menu "${menu}". In sight:\n${listing(usable().map((t) => t.seen))}`,
      );
    },
    screen: () => screenOf(ws, user),
    async uses(thingId, blockId, actionId, value) {
      const thing = usable().find((one) => ('open' in one ? one.open.id : one.message.ts) === thingId);
      const at = (found: { block: { block_id: string }; element: { action_id?: string } }) =>
        found.block.block_id === blockId && found.element.action_id === actionId;
      const pressed = thing && pressables(blocks(thing)).find((p) => at(p) && p.option?.value === value);
      const field = thing && fieldsOf(blocks(thing)).find(at);
      if (!thing || !(pressed || (field && value !== undefined)))
        throw new Error('That is not there any more.');
      if (!('open' in thing)) await leavesResult();
      if (pressed) await use(thing, { pressed });
      else if (field && value !== undefined) {
        fill(ws, field, typed(thing), value);
        await use(thing, { field });
      }
    },
    async pressesOld(messageId, label) {
      const all = [...[...ws.channels.values()].flatMap((c) => c.messages), ...ws.privately];
      const message = all.find((m) => m.ts === messageId);
      for (const content of message ? [message, ...[...message.former].reverse()] : []) {
        const pressed = pressables(blocksOf(content)).find((p) => p.label === label);
        if (!message || !pressed) continue;
        await deliver(usedInMessage(client, user, message, { pressed }, new Map(), content));
        return;
      }
      throw new Error(`the message ${messageId} never carried a button "${label}"`);
    },
    async pressAgain() {
      if (!again) throw new Error(`${user.name} has pressed nothing yet`);
      await again();
    },
    goesTo(channelId) {
      here = channelId;
    },
    async opensHome() {
      await leavesResult();
      if (!ws.homeTab) throw new Error('the app has no Home tab');
      await help.homeOpened(user, directChannel(ws, user.id));
    },
    home() {
      const open = ws.homes.get(user.id);
      return open && seenView(ws, user, open);
    },
    seesHome(text, timeoutMs = waits) {
      const look = () => {
        const home = self.home();
        return home && matches(home.text, text) ? home : undefined;
      };
      const complaint = () =>
        `${user.name} does not see ${text} on the Home tab, but:\n${listing([self.home()].flatMap((h) => h ?? []))}`;
      return until(ws, look, timeoutMs, complaint);
    },
    sees(text, where, timeoutMs = waits) {
      const look = () => self.sight(where).findLast((seen) => matches(seen.text, text));
      const complaint = () =>
        `${user.name} does not see ${text} (${where}) after ${timeoutMs} ms, but:\n${listing(self.sight(where))}`;
      return until(ws, look, timeoutMs, complaint);
    },
    sight: (where) => inSight(where).map((thing) => thing.seen),
  };
  return self;
}
