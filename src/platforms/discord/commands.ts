import { isDeepStrictEqual } from 'node:util';
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  PermissionFlagsBits,
  type REST,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
  Routes,
} from 'discord.js';
import { z } from 'zod';
import type { Command } from '../platform.ts';
import { limits, shorten } from './limits.ts';

type Published = RESTPostAPIChatInputApplicationCommandsJSONBody;

/** What the bot needs in the mentors channel, and no more. */
export const permissions = {
  'View Channel': PermissionFlagsBits.ViewChannel,
  'Send Messages': PermissionFlagsBits.SendMessages,
  'Embed Links': PermissionFlagsBits.EmbedLinks,
  'Read Message History': PermissionFlagsBits.ReadMessageHistory,
} as const;
export type PermissionName = keyof typeof permissions;

const permissionBits = Object.values(permissions)
  .reduce((sum, bit) => sum | bit, 0n)
  .toString();

export const scopes = ['bot', 'applications.commands'] as const;

/** The page on which an administrator invites the bot, with the scopes and permissions that it needs. */
export const inviteLink = (applicationId: string): string =>
  `https://discord.com/oauth2/authorize?client_id=${applicationId}&scope=${scopes.join('+')}&permissions=${permissionBits}`;

/** The slash commands as they are published. An option with choices offers these; one without takes free text. */
export const publishedCommands = (commands: readonly Command[]): Published[] =>
  commands.map((command) => ({
    type: ApplicationCommandType.ChatInput,
    name: command.name,
    description: shorten(command.description, limits.commandDescription.max),
    options: command.options.slice(0, limits.commandOptions.max).map((option) => ({
      type: ApplicationCommandOptionType.String as const,
      name: option.name,
      description: shorten(option.description, limits.commandDescription.max),
      required: false,
      choices: option.choices.slice(0, limits.commandChoices.max).map(({ value, label }) => ({
        name: shorten(label, limits.choiceName.max),
        value,
      })),
    })),
  }));

/** What `manifests/discord.json` holds: all that an administrator has to know or to enter. */
export const manifestOf = (commands: readonly Command[]) => ({
  scopes: [...scopes],
  permissions: { names: Object.keys(permissions), bits: permissionBits },
  intents: [],
  install: inviteLink('APPLICATION_ID'),
  commands: publishedCommands(commands),
});

const known = z.array(
  z.object({
    type: z.number().default(1),
    name: z.string(),
    description: z.string(),
    options: z
      .array(
        z.object({
          type: z.number(),
          name: z.string(),
          description: z.string(),
          required: z.boolean().default(false),
          choices: z.array(z.object({ name: z.string(), value: z.string() })).default([]),
        }),
      )
      .default([]),
  }),
);

const sorted = (list: z.infer<typeof known>) => [...list].sort((a, b) => (a.name < b.name ? -1 : 1));

/** Whether the server has exactly these commands. @throws what the request throws */
export async function arePublished(
  rest: REST,
  applicationId: string,
  guildId: string,
  commands: readonly Command[],
): Promise<boolean> {
  const there = known.safeParse(await rest.get(Routes.applicationGuildCommands(applicationId, guildId)));
  const wanted = known.parse(publishedCommands(commands));
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
  commands: readonly Command[],
): Promise<boolean> {
  if (await arePublished(rest, applicationId, guildId, commands)) return false;
  await rest.put(Routes.applicationGuildCommands(applicationId, guildId), {
    body: publishedCommands(commands),
  });
  return true;
}
