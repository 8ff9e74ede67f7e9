import { optionType } from './check-command.ts';
import { asList, isObject, type Json } from './checks.ts';
import { named, resolve } from './forms.ts';
import { messageJson } from './payloads.ts';
import { type Channel, type Command, type Message, permissionsOf, type User, type World } from './world.ts';

/** Typing a command, as Discord's client lets people do it. */

/** What the person typed, found among the published commands. */
export interface Typed {
  command: Command;
  /** Options of the command, or of the subcommand that was chosen. */
  options: Json[];
  /** Names of the group and the subcommand, outermost first. */
  path: { name: string; type: number }[];
}

/**
 * Finds the command. @param words such as `mini-session`, or `mentor open` with a subcommand.
 * @throws Error when the client would not offer it to this person here.
 */
export function findCommand(world: World, user: User, channel: Channel, words: string): Typed {
  const [name, ...subs] = words.trim().replace(/^\//, '').split(/\s+/);
  const offered = offeredTo(world, user, channel);
  const command = offered.find((c) => c.name === name && c.guild_id) ?? offered.find((c) => c.name === name);
  if (!command) {
    const list = offered.map((c) => `/${c.name}`).join(', ') || 'none';
    throw new Error(`Discord offers ${user.name} no command /${name} here. Commands on offer: ${list}.`);
  }
  let options = asList(command.options).filter(isObject);
  const path: Typed['path'] = [];
  const isSub = (o: Json): boolean => o.type === optionType.subcommand || o.type === optionType.group;
  while (options.some(isSub)) {
    const next = options.find((o) => o.name === subs[path.length]);
    if (!next) {
      const list = options.map((o) => String(o.name)).join(', ');
      throw new Error(`/${command.name} cannot be used bare; it has the subcommands: ${list}.`);
    }
    path.push({ name: String(next.name), type: Number(next.type) });
    options = asList(next.options).filter(isObject);
  }
  if (subs.length > path.length)
    throw new Error(`/${command.name} has no subcommand "${subs[path.length]}".`);
  return { command, options, path };
}

/** The slash commands that the client offers to this person in this channel. */
export const offeredTo = (world: World, user: User, channel: Channel): Command[] =>
  [...world.commands.values()].filter((c) => c.type === 1 && isOffered(world, user, channel, c));

/** @throws Error when the menu of a message has no such entry for this person here */
export function findMessageCommand(world: World, user: User, channel: Channel, entry: string): Command {
  const offered = [...world.commands.values()].filter(
    (c) => c.type === 3 && isOffered(world, user, channel, c),
  );
  const found = offered.find((c) => c.name === entry);
  if (found) return found;
  const list = offered.map((c) => `"${c.name}"`).join(', ') || 'nothing';
  throw new Error(`The menu of a message has no "${entry}" for ${user.name}, but ${list}.`);
}

/** https://discord.com/developers/docs/interactions/application-commands#message-commands */
export const messageCommandData = (world: World, command: Command, message: Message): Json => ({
  id: command.id,
  name: command.name,
  type: 3,
  target_id: message.id,
  resolved: { messages: { [message.id]: messageJson(world, message) } },
  ...(command.guild_id ? { guild_id: command.guild_id } : {}),
});

function isOffered(world: World, user: User, channel: Channel, command: Command): boolean {
  const contexts = asList(command.contexts);
  if (channel.type === 1) {
    return (
      !command.guild_id && (contexts.length > 0 ? contexts.includes(1) : command.dm_permission !== false)
    );
  }
  if (!world.botInGuild || (contexts.length > 0 && !contexts.includes(0))) return false;
  const needs = command.default_member_permissions;
  if (needs === null || needs === undefined) return true;
  const has = permissionsOf(world, user);
  const administrator = (has & 8n) !== 0n;
  return (
    administrator || (BigInt(String(needs)) !== 0n && (has & BigInt(String(needs))) === BigInt(String(needs)))
  );
}

/**
 * The `data` of the interaction.
 * @param focused the option that is being typed, for autocompletion: the others may be missing then.
 * @throws Error for options that the client would not send.
 */
export function commandData(
  world: World,
  typed: Typed,
  given: Record<string, string>,
  focused?: string,
): Json {
  for (const name of Object.keys(given)) {
    if (!typed.options.some((o) => o.name === name)) {
      const list = typed.options.map((o) => String(o.name)).join(', ') || 'none';
      throw new Error(`/${typed.command.name} has no option "${name}". Its options: ${list}.`);
    }
  }
  const filled = typed.options.flatMap((option) => {
    const text = given[String(option.name)];
    if (text !== undefined) {
      const focus = option.name === focused;
      const value = focus ? text : valueFor(world, option, text);
      return [{ name: option.name, type: option.type, value, ...(focus ? { focused: true } : {}) }];
    }
    if (option.required && focused === undefined) {
      throw new Error(`/${typed.command.name} needs the option "${String(option.name)}".`);
    }
    return [];
  });
  const options = typed.path.reduceRight<Json[]>((inner, step) => [{ ...step, options: inner }], filled);
  const resolved = resolve(world, idsAmong(filled));
  return {
    id: typed.command.id,
    name: typed.command.name,
    type: 1,
    ...(options.length > 0 ? { options } : {}),
    ...(resolved ? { resolved } : {}),
    ...(typed.command.guild_id ? { guild_id: typed.command.guild_id } : {}),
  };
}

const byName: number[] = [optionType.user, optionType.channel, optionType.role, optionType.mentionable];

const idsAmong = (options: { type: unknown; value: unknown }[]): string[] =>
  options.filter((o) => byName.includes(o.type as number)).map((o) => String(o.value));

function valueFor(world: World, option: Json, text: string): string | number | boolean {
  const name = String(option.name);
  const choices = asList(option.choices).filter(isObject);
  if (choices.length > 0) {
    const choice = choices.find((c) => c.name === text || String(c.value) === text);
    if (choice) return choice.value as string | number;
    throw new Error(
      `"${text}" is no choice of "${name}". Choices: ${choices.map((c) => String(c.name)).join(', ')}.`,
    );
  }
  if (option.type === optionType.integer || option.type === optionType.number) return numberFor(option, text);
  if (option.type === optionType.boolean) return /^(true|yes)$/i.test(text);
  if (byName.includes(option.type as number)) {
    const id = named(world, text);
    if (id) return id;
    throw new Error(`There is nobody and nothing called "${text}" for the option "${name}".`);
  }
  const min = Number(option.min_length ?? 0);
  const max = Number(option.max_length ?? 6_000);
  if (text.length < min || text.length > max) {
    throw new Error(`The option "${name}" takes ${min} to ${max} characters; ${text.length} were typed.`);
  }
  return text;
}

function numberFor(option: Json, text: string): number {
  const value = Number(text);
  const whole = option.type !== optionType.integer || Number.isInteger(value);
  const least = Number(option.min_value ?? Number.NEGATIVE_INFINITY);
  const most = Number(option.max_value ?? Number.POSITIVE_INFINITY);
  if (text.trim() !== '' && whole && value >= least && value <= most) return value;
  throw new Error(`"${text}" is no number that the option "${String(option.name)}" takes.`);
}
