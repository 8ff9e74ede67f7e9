import { isDeepStrictEqual } from 'node:util';
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  PermissionFlagsBits,
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

/** What the bot is invited with, and no more. */
export const permissions = {
  'View Channel': PermissionFlagsBits.ViewChannel,
  'Send Messages': PermissionFlagsBits.SendMessages,
  'Embed Links': PermissionFlagsBits.EmbedLinks,
  'Read Message History': PermissionFlagsBits.ReadMessageHistory,
  'Send Messages in Threads': PermissionFlagsBits.SendMessagesInThreads,
  'Create Private Threads': PermissionFlagsBits.CreatePrivateThreads,
  'Manage Threads': PermissionFlagsBits.ManageThreads,
} as const;
export type PermissionName = keyof typeof permissions;

const forCards = ['View Channel', 'Send Messages', 'Embed Links', 'Read Message History'] as const;
/** What the bot needs where, by what the channel is for. */
export const neededIn = {
  cards: forCards,
  forum: [...forCards, 'Send Messages in Threads', 'Manage Threads'],
  threads: [...forCards, 'Send Messages in Threads', 'Create Private Threads', 'Manage Threads'],
} as const satisfies Record<string, readonly PermissionName[]>;

const permissionBits = Object.values(permissions)
  .reduce((sum, bit) => sum | bit, 0n)
  .toString();

export const scopes = ['bot', 'applications.commands'] as const;

/** The page on which an administrator invites the bot, with the scopes and permissions that it needs. */
export const inviteLink = (applicationId: string): string =>
  `https://discord.com/oauth2/authorize?client_id=${applicationId}&scope=${scopes.join('+')}&permissions=${permissionBits}`;

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
      ...described(option.description),
      required: false,
      ...offered(option),
    })),
  })),
  ...shortcuts
    .filter(({ on }) => on === 'message')
    .map(({ name }) => ({
      type: ApplicationCommandType.Message as const,
      name: shorten(name, limits.commandName.max),
    })),
];

/** What `manifests/discord.json` holds: all that an administrator has to know or to enter. */
export const manifestOf = (entries: Entries) => ({
  scopes: [...scopes],
  permissions: { names: Object.keys(permissions), bits: permissionBits },
  intents: [],
  install: inviteLink('APPLICATION_ID'),
  commands: publishedCommands(entries),
});

const localizations = z
  .record(z.string(), z.string())
  .nullish()
  .transform((all) => all ?? {});
const known = z.array(
  z.object({
    type: z.number().default(1),
    name: z.string(),
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

const sorted = (list: z.infer<typeof known>) =>
  [...list].sort((a, b) => (`${a.type} ${a.name}` < `${b.type} ${b.name}` ? -1 : 1));

/** Whether the server has exactly these commands. @throws what the request throws */
export async function arePublished(
  rest: REST,
  applicationId: string,
  guildId: string,
  entries: Entries,
): Promise<boolean> {
  const query = new URLSearchParams({ with_localizations: 'true' });
  const route = Routes.applicationGuildCommands(applicationId, guildId);
  const there = known.safeParse(await rest.get(route, { query }));
  const wanted = known.parse(publishedCommands(entries));
  return there.success && isDeepStrictEqual(sorted(there.data), sorted(wanted));
}

/**
 * Publishes the commands to a server, only when they differ from what is there: each publishing counts against a daily
 * limit (https://discord.com/developers/docs/interactions/application-commands#registering-a-command).
 * @returns whether anything was published
 */
export async function publish(
  rest: REST,
  applicationId: string,
  guildId: string,
  entries: Entries,
): Promise<boolean> {
  if (await arePublished(rest, applicationId, guildId, entries)) return false;
  await rest.put(Routes.applicationGuildCommands(applicationId, guildId), {
    body: publishedCommands(entries),
  });
  return true;
}
