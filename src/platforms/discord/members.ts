import { PermissionFlagsBits, type REST, Routes } from 'discord.js';
import { z } from 'zod';
import type { Log } from '../../log.ts';
import type { Visitor } from '../platform.ts';
import type { Roles } from './receive.ts';
import { safe } from './replies.ts';

/** How long the roles of a member are believed: taking one away counts soon, and a busy person is one question. */
const FRESH_MS = 30_000;
const REMEMBERED = 1_000;

const memberShape = z.object({ roles: z.array(z.string()) });
const guildShape = z.object({
  owner_id: z.string(),
  roles: z.array(z.object({ id: z.string(), permissions: z.string() })),
});

/** Administrators, and whoever may change the server: they look after the programme without a role of its own. */
export const managing: bigint = PermissionFlagsBits.Administrator | PermissionFlagsBits.ManageGuild;

type Standing = Pick<Visitor, 'isMentor' | 'isCoordinator'>;

/** What people are where Discord does not say it with what they did: in direct messages. */
export interface Members {
  /** The same visitor, with what their roles say. It never rejects: without an answer, what was last known holds. */
  withRoles(by: Visitor): Promise<Visitor>;
  /** Other roles count now. */
  forget(): void;
}

/**
 * @param spaceId the server whose roles count; null until it is known
 * @param now milliseconds since 1970
 */
export function createMembers(parts: {
  rest: REST;
  roles: () => Roles;
  spaceId: () => string | null;
  now: () => number;
  log: Log;
}): Members {
  const { rest, roles, spaceId, now, log } = parts;
  const known = new Map<string, { at: number; standing: Promise<Standing> }>();

  async function ask(guildId: string, userId: string): Promise<Standing> {
    const [member, guild] = await Promise.all([
      rest.get(Routes.guildMember(guildId, userId)).then((answer) => memberShape.parse(answer)),
      rest.get(Routes.guild(guildId)).then((answer) => guildShape.parse(answer)),
    ]);
    const { mentors, coordinators } = roles();
    const has = (wanted: readonly string[]) => wanted.some((role) => member.roles.includes(role));
    const may = guild.roles
      .filter(({ id }) => id === guildId || member.roles.includes(id))
      .reduce((sum, { permissions }) => sum | BigInt(permissions), 0n);
    const manages = guild.owner_id === userId || (may & managing) !== 0n;
    return { isMentor: has(mentors), isCoordinator: has(coordinators) || manages };
  }

  async function standingOf(guildId: string, userId: string): Promise<Standing> {
    let it = known.get(userId);
    if (!it || now() - it.at > FRESH_MS) {
      if (known.size >= REMEMBERED) known.clear();
      it = { at: now(), standing: ask(guildId, userId) };
      known.set(userId, it);
    }
    try {
      return await it.standing;
    } catch (error) {
      known.delete(userId);
      throw error;
    }
  }

  return {
    forget: () => known.clear(),
    async withRoles(by) {
      const guildId = spaceId();
      if (by.isMentor !== null || guildId === null) return by;
      try {
        return { ...by, ...(await standingOf(guildId, by.userId)) };
      } catch (error) {
        log.warn({ err: safe(error) }, 'Discord did not tell the roles of somebody');
        return by;
      }
    },
  };
}
