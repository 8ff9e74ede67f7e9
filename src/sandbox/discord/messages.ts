import { everyComponent, kind } from './check-components.ts';
import { flag, hasFlag } from './check-message.ts';
import { asList, isObject, type Json } from './checks.ts';
import { limits } from './limits.ts';
import type { Message, Pinged, World } from './world.ts';

/** Puts a new message, of the bot unless somebody else wrote it, into the world. The body has been checked. */
export function putMessage(
  world: World,
  channelId: string,
  body: Json,
  extra: {
    id?: string;
    onlyFor?: string;
    interactionId?: string;
    loading?: boolean;
    authorId?: string;
  } = {},
): Message {
  const message: Message = {
    id: extra.id ?? world.snowflake(),
    order: world.order(),
    channelId,
    authorId: extra.authorId ?? world.applicationId,
    content: String(body.content ?? '').trim(),
    components: asKept(body.components),
    embeds: asList(body.embeds).filter(isObject),
    flags: keptFlags(body.flags) | (extra.onlyFor ? flag.ephemeral : 0) | (extra.loading ? flag.loading : 0),
    pinged: extra.onlyFor || extra.loading ? noPings() : pingsOf(world, body),
    createdAt: world.now(),
    history: [],
    ...(extra.onlyFor === undefined ? {} : { onlyFor: extra.onlyFor }),
    ...(extra.interactionId === undefined ? {} : { interactionId: extra.interactionId }),
    ...(typeof body.nonce === 'string' || typeof body.nonce === 'number' ? { nonce: body.nonce } : {}),
  };
  world.messages.set(message.id, message);
  world.changed();
  return message;
}

/**
 * Edits in place; fields that the body does not name stay. An edit pings nobody, except where it fills
 * in a deferred answer, which is the moment that people first see it.
 */
export function editMessage(world: World, message: Message, body: Json): void {
  const wasLoading = hasFlag(message.flags, flag.loading);
  if (body.components !== undefined) {
    message.history.push(message.components);
    message.components = asKept(body.components);
  }
  if (body.content !== undefined) message.content = String(body.content ?? '').trim();
  if (body.embeds !== undefined) message.embeds = asList(body.embeds).filter(isObject);
  message.flags = (message.flags | (keptFlags(body.flags) & flag.v2)) & ~flag.loading;
  if (!wasLoading) message.editedAt = world.now();
  else if (!message.onlyFor) message.pinged = pingsOf(world, body);
  world.changed();
}

/** The earlier message of the bot with this nonce, if it asked for that and the message is recent enough. */
export function sentBefore(world: World, body: Json): Message | undefined {
  if (body.enforce_nonce !== true || body.nonce === undefined || body.nonce === null) return undefined;
  const since = world.now().getTime() - limits.nonceMs.max;
  return [...world.messages.values()].find(
    (m) => m.nonce !== undefined && String(m.nonce) === String(body.nonce) && m.createdAt.getTime() >= since,
  );
}

const keptFlags = (flags: unknown): number =>
  Number(flags ?? 0) & (flag.suppressEmbeds | flag.v2 | (1 << 12));

const noPings = (): Pinged => ({ everyone: false, users: [], roles: [] });

/**
 * Who is notified: mentions in the content and the text displays that `allowed_mentions` lets through.
 * Without `allowed_mentions` everything pings. A backslash before a mention does not save anybody.
 * https://docs.discord.com/developers/resources/message#allowed-mentions-object
 */
function pingsOf(world: World, body: Json): Pinged {
  const words = [
    body.content,
    ...everyComponent(body.components).map((c) => (c.type === kind.text ? c.content : '')),
  ]
    .filter((text) => typeof text === 'string')
    .join('\n')
    .replace(/```[\s\S]*?```|`[^`\n]*`/g, '');
  const allowed = isObject(body.allowed_mentions) ? body.allowed_mentions : undefined;
  const parse = asList(allowed?.parse);
  const may = (what: string, id?: string): boolean =>
    allowed === undefined ||
    parse.includes(what) ||
    (id !== undefined && asList(allowed[what]).map(String).includes(id));
  const found = (pattern: RegExp): string[] => [
    ...new Set([...words.matchAll(pattern)].map((m) => m[1] ?? '')),
  ];
  return {
    everyone: /@(everyone|here)\b/.test(words) && may('everyone'),
    users: found(/<@!?(\d+)>/g).filter((id) => world.users.has(id) && may('users', id)),
    roles: found(/<@&(\d+)>/g).filter((id) => world.roles.has(id) && may('roles', id)),
  };
}

/** What Discord adds to components that leave it out. */
const defaults: Record<number, Json> = {
  [kind.select]: { min_values: 1, max_values: 1 },
  [kind.separator]: { spacing: 1, divider: true },
  [kind.container]: { accent_color: null, spoiler: false },
};

/** The components as Discord keeps them: each with an id, the missing ones numbered in order, and its defaults. */
function asKept(components: unknown): Json[] {
  const copy = structuredClone(asList(components)) as Json[];
  const all = everyComponent(copy);
  const taken = new Set(all.map((c) => c.id).filter(Boolean));
  let next = 1;
  for (const component of all) {
    Object.assign(component, { ...defaults[Number(component.type)], ...component });
    if (component.id) continue;
    while (taken.has(next)) next += 1;
    taken.add(next);
    component.id = next;
  }
  return copy;
}
