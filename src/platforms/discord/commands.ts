import { isDeepStrictEqual } from 'node:util';
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  type REST,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
  type RESTPostAPIContextMenuApplicationCommandsJSONBody,
  Routes,
} from 'discord.js';
import { z } from 'zod';
import { type Language, languages } from '../../core/language.ts';
import { worded } from '../../messages/in-language.ts';
import type { Words } from '../../messages/words.ts';
import type { CommandOption, Entries } from '../platform.ts';
import { limits, shorten } from './limits.ts';

type Published =
  | RESTPostAPIChatInputApplicationCommandsJSONBody
  | RESTPostAPIContextMenuApplicationCommandsJSONBody;

/** Discord's names of our other languages: https://discord.com/developers/docs/reference#locales */
const locales: Record<Exclude<Language, 'en'>, readonly string[]> = { es: ['es-ES', 'es-419'] };

/** English words, and the same in our other languages; what is literal is the same in all. */
function everyLanguage(
  words: Words,
  max: number,
): { english: string; localizations?: Record<string, string> } {
  const inWords = (language: Language) => shorten(worded(words, { language, timeZone: null }), max);
  if (typeof words === 'string') return { english: inWords('en') };
  const localizations = languages.flatMap((language) =>
    language === 'en' ? [] : locales[language].map((locale) => [locale, inWords(language)]),
  );
  return { english: inWords('en'), localizations: Object.fromEntries(localizations) };
}

function described(words: Words) {
  const { english, localizations } = everyLanguage(words, limits.commandDescription.max);
  return { description: english, ...(localizations && { description_localizations: localizations }) };
}

/** What stands beside a name by which the bot is told what was used, for those who read another language. */
function inTheirWords(label: Words, max: number) {
  const { localizations } = everyLanguage(label, max);
  return localizations && { name_localizations: localizations };
}

function named(words: Words) {
  const { english, localizations } = everyLanguage(words, limits.choiceName.max);
  return { name: english, ...(localizations && { name_localizations: localizations }) };
}

/** Choices, or what we are asked for while somebody types: Discord takes one of the two. */
function offered({ choices, suggests }: CommandOption) {
  if (suggests) return { autocomplete: true as const };
  return {
    choices: choices
      .slice(0, limits.commandChoices.max)
      .map(({ value, label }) => ({ ...named(label), value })),
  };
}

/**
 * The commands as they are published: slash commands, and entries in the menu of every message (the bot itself has no
 * menu here). An option with choices offers these; one without takes free text.
 */
export const publishedCommands = ({ commands, shortcuts }: Entries): Published[] => [
  ...commands.map((command) => ({
    type: ApplicationCommandType.ChatInput as const,
    name: command.name,
    ...described(command.description),
    options: command.options.slice(0, limits.commandOptions.max).map((option) => ({
      type: ApplicationCommandOptionType.String as const,
      name: option.name,
      ...inTheirWords(option.label, limits.commandName.max),
      ...described(option.description),
      required: false,
      ...offered(option),
    })),
  })),
  ...shortcuts
    .filter(({ on }) => on === 'message')
    .map(({ name, label }) => ({
      type: ApplicationCommandType.Message as const,
      name: shorten(name, limits.commandName.max),
      ...inTheirWords(label, limits.commandName.max),
    })),
];

const localizations = z
  .record(z.string(), z.string())
  .nullish()
  .transform((all) => all ?? {});
const known = z.array(
  z.object({
    type: z.number().default(1),
    name: z.string(),
    name_localizations: localizations,
    description: z.string().default(''),
    description_localizations: localizations,
    options: z
      .array(
        z.object({
          type: z.number(),
          name: z.string(),
          description: z.string(),
          description_localizations: localizations,
          required: z.boolean().default(false),
          autocomplete: z.boolean().default(false),
          choices: z
            .array(z.object({ name: z.string(), name_localizations: localizations, value: z.string() }))
            .default([]),
        }),
      )
      .default([]),
  }),
);

/** Where commands are: in the server that is served, or in every server that the bot is in, and in direct messages. */
export type Scope = 'server' | 'global';

/** Of which application, and in which server when it is not everywhere. */
export interface Whose {
  applicationId: string;
  guildId: string;
}

const routeOf = ({ applicationId, guildId }: Whose, scope: Scope): `/${string}` =>
  scope === 'global'
    ? Routes.applicationCommands(applicationId)
    : Routes.applicationGuildCommands(applicationId, guildId);

type Known = z.infer<typeof known>;
/** What commands go by. */
const called = z.array(
  z.object({ id: z.string().default(''), type: z.number().default(1), name: z.string() }),
);
type Called = z.infer<typeof called>[number];

const same = (a: Omit<Called, 'id'>, b: Omit<Called, 'id'>): boolean =>
  a.type === b.type && a.name === b.name;
const otherThan = (scope: Scope): Scope => (scope === 'global' ? 'server' : 'global');

/** What is there, as it was answered. */
const listed = (rest: REST, whose: Whose, scope: Scope): Promise<unknown> =>
  rest.get(routeOf(whose, scope), { query: new URLSearchParams({ with_localizations: 'true' }) });

/** Those of ours that are there. */
async function oursIn(rest: REST, whose: Whose, scope: Scope, entries: Entries): Promise<Called[]> {
  const wanted = called.parse(publishedCommands(entries));
  return called
    .parse(await listed(rest, whose, scope))
    .filter((one) => wanted.some((other) => same(one, other)));
}

/** Where they are published now: once somebody published them everywhere, they stay there. */
export const scopeNow = async (rest: REST, whose: Whose, entries: Entries): Promise<Scope> =>
  (await oursIn(rest, whose, 'global', entries)).length > 0 ? 'global' : 'server';

/** What publishing would change, by the names of the commands. */
export interface Difference {
  added: string[];
  changed: string[];
  removed: string[];
  /** Those in the other place, which would be there twice. */
  doubles: string[];
}

const shown = ({ type, name }: Omit<Called, 'id'>): string => (type === 1 ? `/${name}` : `"${name}"`);

/** Compares what is there with what should be. @throws what the request throws */
export async function compare(rest: REST, whose: Whose, scope: Scope, entries: Entries): Promise<Difference> {
  const answer = await listed(rest, whose, scope);
  const there = called.parse(answer);
  // Something that we would never publish is different, whatever it is.
  const readable: Known = known.safeParse(answer).data ?? [];
  const wanted = known.parse(publishedCommands(entries));
  return {
    added: wanted.filter((one) => !there.some((other) => same(one, other))).map(shown),
    changed: wanted
      .filter((one) => there.some((other) => same(one, other)))
      .filter((one) => !readable.some((other) => isDeepStrictEqual(one, other)))
      .map(shown),
    removed: there.filter((one) => !wanted.some((other) => same(one, other))).map(shown),
    doubles: (await oursIn(rest, whose, otherThan(scope), entries)).map(shown),
  };
}

export const isNothing = (difference: Difference): boolean =>
  Object.values(difference).every((names: string[]) => names.length === 0);

/**
 * Publishes the commands, only where they differ from what is there: each publishing counts against a daily limit
 * (https://discord.com/developers/docs/interactions/application-commands#registering-a-command). Those in the other
 * place go, so that nobody sees one twice.
 * @returns what was different
 */
export async function publish(rest: REST, whose: Whose, scope: Scope, entries: Entries): Promise<Difference> {
  const difference = await compare(rest, whose, scope, entries);
  if (!isNothing({ ...difference, doubles: [] })) {
    await rest.put(routeOf(whose, scope), { body: publishedCommands(entries) });
  }
  if (difference.doubles.length > 0) {
    const other = otherThan(scope);
    for (const { id } of await oursIn(rest, whose, other, entries)) {
      await rest.delete(`${routeOf(whose, other)}/${id}`);
    }
  }
  return difference;
}
