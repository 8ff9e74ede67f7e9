import { ComponentType } from 'discord.js';
import { z } from 'zod';
import { type Language, languageOf } from '../../core/language.ts';
import type { Typed, Visitor } from '../platform.ts';
import { managing } from './members.ts';

/** Ids of the roles by which somebody is a mentor, or looks after the programme. */
export interface Roles {
  mentors: readonly string[];
  coordinators: readonly string[];
  /** What they are called, by id, once that is known. */
  names?: ReadonlyMap<string, string>;
}

/** Where an answer goes: the interaction and the secret to answer it with. */
export interface Ref {
  id: string;
  token: string;
  /** In which whoever did it reads, when it is one of ours. */
  language: Language | null;
  /** When it came in, by `performance.now()`. */
  arrivedAt?: number;
}

/** What a person did, as far as it concerns us. `private`: on a message that only this person sees. */
export type Received =
  | { kind: 'command'; ref: Ref; by: Visitor; name: string; options: Record<string, string> }
  /** Somebody types an option of a command. `locale`: their language as Discord tells it. */
  | { kind: 'completion'; ref: Ref; by: Visitor; name: string; option: string; typed: string; locale: string }
  | { kind: 'message command'; ref: Ref; by: Visitor; name: string; words: string; link: string }
  | { kind: 'button'; ref: Ref; by: Visitor; code: string; private: boolean }
  | { kind: 'form'; ref: Ref; by: Visitor; code: string; typed: Typed; private: boolean }
  /** Something that Discord can send and this bot never asks for. */
  | { kind: 'strange'; ref: Ref; autocomplete: boolean };

const EPHEMERAL = 1 << 6;

const user = z.object({ id: z.string(), username: z.string(), global_name: z.string().nullish() });
const member = z.object({
  user,
  nick: z.string().nullish(),
  roles: z.array(z.string()),
  /** What they may do where they did it, as a number of bits. */
  permissions: z.string().regex(/^\d+$/).default('0'),
});
type Member = z.infer<typeof member>;
const envelope = z.object({
  id: z.string(),
  token: z.string(),
  type: z.number(),
  guild_id: z.string().optional(),
  locale: z.string().optional(),
  user: user.optional(),
  member: member.optional(),
  message: z.object({ flags: z.number().optional() }).optional(),
});
const command = z.object({
  type: z.literal(2),
  data: z.object({
    type: z.literal(1),
    name: z.string(),
    options: z.array(z.object({ name: z.string(), value: z.unknown() })).default([]),
  }),
});
const completion = z.object({
  type: z.literal(4),
  locale: z.string().default(''),
  data: z.object({
    type: z.literal(1),
    name: z.string(),
    options: z.array(z.object({ name: z.string(), value: z.unknown(), focused: z.boolean().default(false) })),
  }),
});
const messageCommand = z.object({
  type: z.literal(2),
  channel_id: z.string().optional(),
  data: z.object({
    type: z.literal(3),
    name: z.string(),
    target_id: z.string(),
    resolved: z.object({ messages: z.record(z.string(), z.unknown()) }),
  }),
});
const message = z.object({
  content: z.string().default(''),
  channel_id: z.string().optional(),
  mentions: z
    .array(z.object({ id: z.string(), username: z.string(), global_name: z.string().nullish() }))
    .default([]),
});
const button = z.object({
  type: z.literal(3),
  data: z.object({ component_type: z.literal(2), custom_id: z.string() }),
});
const form = z.object({
  type: z.literal(5),
  data: z.object({ custom_id: z.string(), components: z.array(z.unknown()) }),
});
const label = z.object({
  component: z.object({
    type: z.number().optional(),
    custom_id: z.string(),
    value: z.string().optional(),
    values: z.array(z.string()).optional(),
  }),
});

/**
 * Reads an interaction as Discord sends it
 * (https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object).
 * @returns null when it cannot even be answered
 */
export function receive(raw: unknown, roles: Roles): Received | null {
  const read = envelope.safeParse(raw);
  if (!read.success) return null;
  const { id, token, type } = read.data;
  const ref = { id, token, language: languageOf(read.data.locale) };
  const by = visitorOf(read.data, roles);
  const strange: Received = { kind: 'strange', ref, autocomplete: type === 4 };
  if (!by) return strange;
  const onPrivate = ((read.data.message?.flags ?? 0) & EPHEMERAL) !== 0;

  const typedCommand = command.safeParse(raw);
  if (typedCommand.success) {
    const { name, options } = typedCommand.data.data;
    const given = options.flatMap((option) =>
      option.value === undefined ? [] : [[option.name, String(option.value)]],
    );
    return { kind: 'command', ref, by, name, options: Object.fromEntries(given) };
  }
  const typing = completion.safeParse(raw);
  if (typing.success) {
    const { locale, data } = typing.data;
    const focused = data.options.find((option) => option.focused);
    if (!focused) return strange;
    const typed = String(focused.value ?? '');
    return { kind: 'completion', ref, by, name: data.name, option: focused.name, typed, locale };
  }
  const picked = messageCommand.safeParse(raw);
  if (picked.success) {
    const { data, channel_id } = picked.data;
    const {
      content,
      channel_id: where,
      mentions,
    } = message.catch({ content: '', mentions: [] }).parse(data.resolved.messages[data.target_id]);
    return {
      kind: 'message command',
      ref,
      by,
      name: data.name,
      words: plainWords(content, mentions),
      link: messageLink(by.spaceId, where ?? channel_id, data.target_id),
    };
  }
  const pressed = button.safeParse(raw);
  if (pressed.success) {
    return { kind: 'button', ref, by, code: pressed.data.data.custom_id, private: onPrivate };
  }
  const filled = form.safeParse(raw);
  if (filled.success) {
    const { custom_id, components } = filled.data.data;
    return { kind: 'form', ref, by, code: custom_id, typed: typedInto(components), private: onPrivate };
  }
  return strange;
}

/** https://discord.com/developers/docs/reference#message-formatting-formats: markup for people and the like, as read. */
const plainWords = (content: string, mentions: z.infer<typeof message>['mentions']): string =>
  content
    .replaceAll(/<@!?(\d+)>/g, (_whole, id: string) => {
      const person = mentions.find((one) => one.id === id);
      return `@${person?.global_name ?? person?.username ?? 'somebody'}`;
    })
    .replaceAll(/<@&\d+>/g, '@a-role')
    .replaceAll(/<#\d+>/g, '#a-channel')
    .replaceAll(/<a?(:\w+:)\d+>/g, '$1')
    .trim();

const messageLink = (spaceId: string | null, channelId: string | undefined, id: string): string =>
  channelId ? `https://discord.com/channels/${spaceId ?? '@me'}/${channelId}/${id}` : '';

function visitorOf(from: z.infer<typeof envelope>, roles: Roles): Visitor | null {
  const person = from.member?.user ?? from.user;
  if (!person) return null;
  const named = namesIn(roles);
  return {
    platform: 'discord',
    spaceId: from.guild_id ?? null,
    userId: person.id,
    name: from.member?.nick ?? person.global_name ?? person.username,
    timeZone: null,
    language: languageOf(from.locale),
    isMentor: from.member ? holds(from.member, roles.mentors) : null,
    isCoordinator: from.member ? holds(from.member, roles.coordinators) || manages(from.member) : null,
    ...(roles.names && {
      roleNames: { mentor: named(roles.mentors), coordinator: named(roles.coordinators) },
    }),
  };
}

const namesIn =
  ({ names }: Roles) =>
  (ids: readonly string[]): string[] =>
    ids.flatMap((id) => (names?.has(id) ? [`@${names.get(id)}`] : []));

const holds = (member: Member, roles: readonly string[]): boolean =>
  roles.some((role) => member.roles.includes(role));

/** Administrators and whoever may change the server look after the programme, too. */
const manages = ({ permissions }: Member): boolean => (BigInt(permissions) & managing) !== 0n;

/** What is not a filled field, such as a text between the fields, is passed over. */
function typedInto(components: unknown[]): Typed {
  const typed: Typed = {};
  for (const one of components) {
    const read = label.safeParse(one);
    if (!read.success) continue;
    const { type, custom_id, value, values } = read.data.component;
    const several = type === ComponentType.RoleSelect;
    typed[custom_id] = several ? (values ?? []) : (value ?? values?.[0] ?? '');
  }
  return typed;
}
