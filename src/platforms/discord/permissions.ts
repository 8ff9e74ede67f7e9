import { type REST, Routes } from 'discord.js';
import { z } from 'zod';
import { type PermissionName, permissions } from './invitation.ts';

// What Discord tells of a server and its channels, and what follows from it for the bot.

const id = z.object({ id: z.string() });
export const channelShape = z.object({
  guild_id: z.string().optional(),
  type: z.number(),
  permission_overwrites: z
    .array(z.object({ id: z.string(), type: z.number(), allow: z.string(), deny: z.string() }))
    .default([]),
});
export const guildShape = z.object({
  id: z.string(),
  name: z.string(),
  owner_id: z.string().optional(),
  system_channel_id: z.string().nullish(),
  roles: z.array(
    z.object({
      id: z.string(),
      name: z.string().default(''),
      permissions: z.string(),
      /** Belongs to an application. */
      managed: z.boolean().default(false),
    }),
  ),
});
const memberShape = z.object({ roles: z.array(z.string()) });

export type Guild = z.infer<typeof guildShape>;
export type Overwrites = z.infer<typeof channelShape>['permission_overwrites'];
const ADMINISTRATOR = 1n << 3n;

/** Who the bot is in a server. */
export async function meIn(rest: REST, guildId: string): Promise<{ id: string; roles: string[] }> {
  const me = id.parse(await rest.get(Routes.user()));
  return { ...me, ...memberShape.parse(await rest.get(Routes.guildMember(guildId, me.id))) };
}

/**
 * What the bot may not do in a channel, out of what it needs
 * (https://discord.com/developers/docs/topics/permissions#permission-overwrites). Pure.
 */
export function missingPermissions(
  guild: { id: string; roles: Pick<Guild['roles'][number], 'id' | 'permissions'>[] },
  overwrites: Overwrites,
  userId: string,
  roles: string[],
  needed: readonly PermissionName[],
): PermissionName[] {
  const mine = guild.roles.filter((role) => role.id === guild.id || roles.includes(role.id));
  let held = mine.reduce((sum, role) => sum | BigInt(role.permissions), 0n);
  if ((held & ADMINISTRATOR) !== 0n) return [];
  const apply = (layer: Overwrites): void => {
    const all = (side: 'allow' | 'deny') => layer.reduce((sum, one) => sum | BigInt(one[side]), 0n);
    held = (held & ~all('deny')) | all('allow');
  };
  apply(overwrites.filter((one) => one.id === guild.id));
  apply(overwrites.filter((one) => one.type === 0 && one.id !== guild.id && roles.includes(one.id)));
  apply(overwrites.filter((one) => one.type === 1 && one.id === userId));
  return needed.filter((name) => (held & permissions[name]) === 0n);
}
