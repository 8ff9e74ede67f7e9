import { type REST, Routes } from 'discord.js';
import { z } from 'zod';
import { createBackgroundRest } from './client.ts';
import { CARD_CHANNELS } from './limits.ts';
import { wording } from './remedies.ts';
import type { DiscordSettings } from './setup.ts';

// What the set-up guide asks of Discord: one setting at a time, as far as the settings go already.

/** What is needed to ask Discord anything. */
export type DiscordAccess = Pick<DiscordSettings, 'token' | 'apiUrl'>;

const REQUEST_MS = 10_000;
const named = z.object({ id: z.string(), name: z.string() });
const channels = z.array(z.object({ id: z.string(), name: z.string().default(''), type: z.number() }));
const roles = z.array(z.object({ id: z.string(), name: z.string(), managed: z.boolean().default(false) }));

async function ask<Result>(
  access: DiscordAccess,
  subject: Parameters<typeof wording>[1],
  look: (rest: REST) => Promise<Result>,
  applicationId = '',
): Promise<Result> {
  const settings = {
    ...access,
    applicationId,
    roles: { mentors: [], coordinators: [] },
    transport: { mode: 'gateway', shards: 'auto' },
  } as const;
  const rest = createBackgroundRest(settings, REQUEST_MS);
  try {
    return await wording(settings, subject, () => look(rest));
  } finally {
    rest.clearHashSweeper();
    rest.clearHandlerSweeper();
  }
}

/** The application that a token belongs to. @throws PlatformSetupError */
export const applicationOf = (access: DiscordAccess): Promise<{ id: string; name: string }> =>
  ask(access, 'token', async (rest) => named.parse(await rest.get(Routes.currentApplication())));

export interface DiscordServer {
  id: string;
  name: string;
}

/** The servers that the bot is in. @throws PlatformSetupError */
export const listServers = (access: DiscordAccess): Promise<DiscordServer[]> =>
  ask(access, 'token', async (rest) => z.array(named).parse(await rest.get(Routes.userGuilds())));

/** Channels of a server in which cards can stand. @throws PlatformSetupError */
export const listChannels = (access: DiscordAccess, server: DiscordServer): Promise<DiscordServer[]> =>
  ask(access, 'guild', async (rest) =>
    channels
      .parse(await rest.get(Routes.guildChannels(server.id)))
      .filter(({ type }) => (CARD_CHANNELS as readonly number[]).includes(type)),
  );

/** Roles that people can be given: without @everyone and those of bots. @throws PlatformSetupError */
export const listRoles = (access: DiscordAccess, server: DiscordServer): Promise<DiscordServer[]> =>
  ask(access, 'guild', async (rest) =>
    roles
      .parse(await rest.get(Routes.guildRoles(server.id)))
      .filter(({ id, managed }) => id !== server.id && !managed),
  );
