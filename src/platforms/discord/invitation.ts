import { GatewayIntentBits, PermissionFlagsBits } from 'discord.js';
import type { Entries } from '../platform.ts';
import { publishedCommands } from './commands.ts';

// What the bot asks for when it is invited, and why: https://discord.com/developers/docs/topics/oauth2#bot-authorization-flow

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

const reasons: Record<PermissionName, string> = {
  'View Channel': 'to see the channels that were chosen for it',
  'Send Messages': 'cards in these channels',
  'Embed Links': 'so that a card looks like one',
  'Read Message History': 'to bring a card up to date where it stands',
  'Send Messages in Threads': 'posts of a forum, and the threads of two',
  'Create Private Threads': 'a thread for student and mentor, and one for whoever takes no direct messages',
  'Manage Threads': 'to close posts and threads at their end',
};

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

const scopes = {
  bot: 'it is a member of the server',
  'applications.commands': 'its commands appear in the server',
} as const;

/** What the gateway tells beside presses, none of it privileged: in which servers the bot is. */
export const intents = [GatewayIntentBits.Guilds] as const;

/** The page on which an administrator invites the bot, with the scopes and permissions that it needs. */
export const inviteLink = (applicationId: string): string =>
  `https://discord.com/oauth2/authorize?client_id=${applicationId}&scope=${Object.keys(scopes).join('+')}&permissions=${permissionBits}`;

/** A permission's bit, as Discord's documentation writes it. */
const bitOf = (name: PermissionName): string => `1<<${permissions[name].toString(2).length - 1}`;

/** What `manifests/discord.json` holds: all that an administrator has to know or to enter. */
export const manifestOf = (entries: Entries) => ({
  scopes,
  permissions: {
    bits: permissionBits,
    each: (Object.keys(permissions) as PermissionName[]).map((name) => ({
      name,
      bit: bitOf(name),
      why: reasons[name],
    })),
  },
  intents: intents.map((bit) => GatewayIntentBits[bit]),
  install: inviteLink('APPLICATION_ID'),
  commands: publishedCommands(entries),
});
