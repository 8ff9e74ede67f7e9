import type { Place, SeenMessage } from '../person.ts';
import { kind } from './check-components.ts';
import { flag, hasFlag } from './check-message.ts';
import { asList, isObject, type Json } from './checks.ts';
import { readMarkdown } from './markdown.ts';
import { canSee, type Message, type User, type World } from './world.ts';

/** What one person has on their screen. */

/** Something in sight: a message of the bot, or a line of the client itself. */
export interface Sighting {
  /** How it reads; worked out only when asked for, as many people may look at many messages. */
  readonly seen: SeenMessage;
  order: number;
  message?: Message;
}

/** Everything that this person can see at the place, oldest first. */
export function sightings(world: World, reader: User, place: Place): Sighting[] {
  const messages = [...world.messages.values()]
    .filter((m) => !hasFlag(m.flags, flag.loading) && placeOf(world, reader, m) === place)
    .map((message) => ({
      order: message.order,
      message,
      get seen(): SeenMessage {
        return readMessage(world, reader, message);
      },
    }));
  const notices = place === 'private' ? world.notices.filter((n) => n.userId === reader.id) : [];
  const lines = notices.map((n) => ({
    order: n.order,
    seen: { id: n.id, channel: n.channelId, text: n.text, buttons: [], links: [], edited: false },
  }));
  return [...messages, ...lines].sort((a, b) => a.order - b.order);
}

export function everythingInSight(world: World, reader: User): Sighting[] {
  const places: Place[] = ['dm', 'private', 'channel'];
  return places.flatMap((place) => sightings(world, reader, place)).sort((a, b) => a.order - b.order);
}

function placeOf(world: World, reader: User, message: Message): Place | undefined {
  if (message.onlyFor) return message.onlyFor === reader.id ? 'private' : undefined;
  const channel = world.channels.get(message.channelId);
  if (!channel || !canSee(world, reader, channel)) return undefined;
  return channel.type === 1 ? 'dm' : 'channel';
}

/** A message as this reader sees it, one block a line. */
export function readMessage(world: World, reader: User, message: Message): SeenMessage {
  const links: SeenMessage['links'] = [];
  const blocks: string[] = [];
  const say = (source: unknown): void => {
    if (typeof source !== 'string' || source === '') return;
    const reading = readMarkdown(world, reader, source);
    links.push(...reading.links);
    blocks.push(reading.text);
  };
  say(message.content);
  for (const embed of message.embeds) sayEmbed(embed, say);
  const shown = everyShown(message.components);
  for (const component of shown) if (component.type === kind.text) say(component.content);
  const buttons = shown.filter((c) => c.type === kind.button);
  for (const button of buttons) {
    if (button.style === 5) links.push({ label: buttonLabel(button), url: String(button.url) });
  }
  return {
    id: message.id,
    channel: message.channelId,
    text: blocks.join('\n'),
    buttons: buttons.filter(pressable).map(buttonLabel),
    links,
    edited: message.editedAt !== undefined,
  };
}

/** The components in the order in which they are read. */
export function everyShown(components: unknown): Json[] {
  return asList(components)
    .filter(isObject)
    .flatMap((c) => [c, ...everyShown(c.components), ...everyShown([c.accessory])]);
}

export const pressable = (c: Json): boolean =>
  c.type === kind.button && c.style !== 5 && c.style !== 6 && c.disabled !== true;

/** What stands on the button; its emoji where there are no words. */
export function buttonLabel(button: Json): string {
  const emoji = isObject(button.emoji) ? String(button.emoji.name ?? '') : '';
  return String(button.label ?? '') || emoji;
}

function sayEmbed(embed: Json, say: (source: unknown) => void): void {
  if (isObject(embed.author)) say(embed.author.name);
  say(embed.title);
  say(embed.description);
  for (const field of asList(embed.fields).filter(isObject)) {
    say(field.name);
    say(field.value);
  }
  if (isObject(embed.footer)) say(embed.footer.text);
}
