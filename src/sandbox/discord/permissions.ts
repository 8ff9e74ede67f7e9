import { type Refusal, refuse } from './refusal.ts';
import { type Channel, permissionsOf, type User, type World } from './world.ts';

/** https://docs.discord.com/developers/topics/permissions#permissions-bitwise-permission-flags */
export const bit = {
  administrator: 1n << 3n,
  manageChannels: 1n << 4n,
  viewAuditLog: 1n << 7n,
  view: 1n << 10n,
  send: 1n << 11n,
  manageThreads: 1n << 34n,
  publicThreads: 1n << 35n,
  privateThreads: 1n << 36n,
  sendInThreads: 1n << 38n,
} as const;

/** What a channel can keep the bot from, and which permissions it lacks there then. */
export const denials = {
  see: ~0n,
  write: bit.send | bit.sendInThreads,
  'open private threads': bit.privateThreads,
  'manage threads': bit.manageThreads,
} as const;
export type Denial = keyof typeof denials;

/** Threads have the permissions of the channel that they stand in. */
const home = (world: World, channel: Channel): Channel =>
  world.channels.get(channel.parentId ?? '') ?? channel;

/** What the bot may do in this channel, as a bit set. */
export function botPermissionsIn(world: World, channel: Channel): bigint {
  const held = permissionsOf(world, world.users.get(world.applicationId) as User);
  const { forbidden } = home(world, channel);
  return forbidden ? held & ~denials[forbidden] : held;
}

/** Passes when the bot may do it. @throws Refusal */
export function mustMay(world: World, channel: Channel, needed: bigint): void {
  const refused = whyNot(world, channel, needed);
  if (refused) throw refused;
}

function whyNot(world: World, channel: Channel, needed: bigint): Refusal | null {
  const held = botPermissionsIn(world, channel);
  if (!world.botInGuild || (held & bit.view) === 0n) return refuse.missingAccess();
  return (held & needed) === needed ? null : refuse.missingPermissions();
}
