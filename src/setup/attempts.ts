import { type Config, ConfigError, DISCORD_API, type Name, parseConfig, SLACK_API } from '../config.ts';
import { checkDatabase } from '../doctor.ts';
import type { Log } from '../log.ts';
import { checkMeetings } from '../meetings/check.ts';
import * as discord from '../platforms/discord/guide.ts';
import { inviteLink } from '../platforms/discord/invitation.ts';
import { checkDiscord } from '../platforms/discord/setup.ts';
import type { Check } from '../platforms/platform.ts';
import * as slack from '../platforms/slack/guide.ts';
import { commands, shortcuts } from '../routes.ts';
import type { Values } from './questions.ts';

// What is asked of the world outside while settings come in: whether one works, and what there is to choose from.

/** How an attempt ended: in words, and with the settings that follow from it. */
export type Outcome = { ok: true; says: string; gives?: Values } | { ok: false; remedy: string };

const slackAccess = (values: Values) => ({
  botToken: values.SLACK_BOT_TOKEN ?? '',
  apiUrl: values.SLACK_API_URL || SLACK_API,
});
const discordAccess = (values: Values) => ({
  token: values.DISCORD_TOKEN ?? '',
  apiUrl: values.DISCORD_API_URL || DISCORD_API,
});

/**
 * Tries a setting, together with those that came before it. Changes nothing, and never throws.
 * @returns null when there is nothing to try about it
 */
export async function attempt(name: Name, values: Values, log: Log): Promise<Outcome | null> {
  switch (name) {
    case 'SLACK_BOT_TOKEN':
      return outcomeOf(await slack.tryBotToken(slackAccess(values), log));
    case 'SLACK_APP_TOKEN': {
      const appToken = values.SLACK_APP_TOKEN ?? '';
      return outcomeOf([await slack.tryAppToken({ ...slackAccess(values), appToken }, log)]);
    }
    case 'SLACK_MENTORS_CHANNEL':
    case 'SLACK_COORDINATORS_CHANNEL':
      return outcomeOf([await slack.tryChannel(slackAccess(values), values[name] ?? '', name, log)]);
    case 'DISCORD_TOKEN':
      return saying(async () => {
        const { id, name: bot } = await discord.applicationOf(discordAccess(values));
        return {
          ok: true,
          says: `Discord takes the token: the application ${bot}`,
          gives: { DISCORD_APPLICATION_ID: id },
        };
      });
    case 'DISCORD_SERVER':
    case 'DISCORD_MENTOR_ROLE':
    case 'DISCORD_COORDINATOR_ROLE':
    case 'DISCORD_COORDINATORS_CHANNEL':
    case 'DISCORD_SESSIONS_CHANNEL':
    case 'DISCORD_FALLBACK_CHANNEL':
      return withConfig(only(values, 'DISCORD_', 'PORT'), async ({ discord: settings }) =>
        settings ? checkDiscord(settings, { commands, shortcuts }) : [],
      );
    case 'GOOGLE_SUBJECT':
    case 'GOOGLE_REFRESH_TOKEN':
    case 'ZOOM_CLIENT_SECRET':
    case 'JITSI_HOST':
      return withConfig(only(values, ...ofMeetings), async ({ meetings }) => [await checkMeetings(meetings)]);
    case 'DATABASE_URL':
      return withConfig(only(values, 'DATABASE_'), ({ database }) => checkDatabase(database, log));
    default:
      return null;
  }
}

/** How the settings of meeting links begin. */
const ofMeetings = ['MEETING_', 'GOOGLE_', 'ZOOM_', 'JITSI_'];

const only = (values: Values, ...prefixes: string[]): Values =>
  Object.fromEntries(
    Object.entries(values).filter(([name]) => prefixes.some((prefix) => name.startsWith(prefix))),
  );

/** Whether the provider of meeting links that is chosen has all its settings. */
export function hasMeetings(values: Values): boolean {
  try {
    parseConfig(only(values, ...ofMeetings));
    return true;
  } catch (error) {
    if (error instanceof ConfigError) return false;
    throw error;
  }
}

const outcomeOf = (checks: readonly Check[]): Outcome => {
  const failed = checks.filter(({ ok }) => !ok);
  if (failed.length > 0) return { ok: false, remedy: failed.map(({ remedy }) => remedy).join('\n') };
  return { ok: true, says: checks.map(({ what }) => what).join('\n') };
};

const saying = async (act: () => Promise<Outcome>): Promise<Outcome> => {
  try {
    return await act();
  } catch (error) {
    return { ok: false, remedy: error instanceof Error ? error.message : String(error) };
  }
};

/** Tries the part of the settings that is there, as the bot would read it. */
const withConfig = (values: Values, check: (config: Config) => Promise<Check[]>): Promise<Outcome> =>
  saying(async () => {
    try {
      return outcomeOf(await check(parseConfig(values)));
    } catch (error) {
      if (error instanceof ConfigError) return { ok: false, remedy: error.problems.join('\n') };
      throw error;
    }
  });

/** Something to choose by its name. */
export interface Choice {
  id: string;
  /** As people write it, such as "#mini-mentors". */
  label: string;
  hint?: string;
}

/**
 * What there is to choose from for a setting that is picked by name.
 * @throws Error with a remedy
 */
export async function choicesFor(name: Name, values: Values, log: Log): Promise<Choice[]> {
  switch (name) {
    case 'SLACK_MENTORS_CHANNEL':
    case 'SLACK_COORDINATORS_CHANNEL':
      return (await slack.listChannels(slackAccess(values), log)).map((channel) => ({
        id: channel.id,
        label: `#${channel.name}`,
        hint: channel.joined ? 'the bot is in it' : 'the bot is not in it yet',
      }));
    case 'DISCORD_SERVER':
      return (await discordServers(values)).map(({ id, name: label }) => ({ id, label, hint: id }));
    case 'DISCORD_MENTORS_CHANNEL':
    case 'DISCORD_COORDINATORS_CHANNEL':
    case 'DISCORD_SESSIONS_CHANNEL':
    case 'DISCORD_FALLBACK_CHANNEL':
      return (await discordChannels(values)).map(({ id, label, server }) => ({
        id,
        label,
        hint: server.name,
      }));
    case 'DISCORD_MENTOR_ROLE':
    case 'DISCORD_COORDINATOR_ROLE': {
      const server = await roleServer(values);
      if (!server) throw new Error('Roles belong to a server: choose DISCORD_SERVER first.');
      const roles = await discord.listRoles(discordAccess(values), server);
      if (roles.length === 0) {
        throw new Error(
          `The server "${server.name}" has no role that people can be given. In Discord: Server Settings, Roles, "Create Role", and give it to the mentors.`,
        );
      }
      return roles.map((role) => ({ id: role.id, label: `@${role.name}` }));
    }
    default:
      throw new Error(`${name} is not chosen by name.`);
  }
}

/** The server that is set, else that of the mentors channel. */
async function roleServer(values: Values): Promise<discord.DiscordServer | undefined> {
  const { DISCORD_SERVER: set, DISCORD_MENTORS_CHANNEL: channel } = values;
  if (set) return (await discordServers(values)).find(({ id }) => id === set);
  return (await discordChannels(values)).find(({ id }) => id === channel)?.server;
}

async function discordServers(values: Values): Promise<discord.DiscordServer[]> {
  const servers = await discord.listServers(discordAccess(values));
  if (servers.length === 0) {
    throw new Error(
      `The bot is in no server yet. Invite it with ${inviteLink(values.DISCORD_APPLICATION_ID ?? '')}`,
    );
  }
  return servers;
}

async function discordChannels(values: Values) {
  const access = discordAccess(values);
  const servers = (await discordServers(values)).filter(
    ({ id }) => !values.DISCORD_SERVER || id === values.DISCORD_SERVER,
  );
  const lists = await Promise.all(
    servers.map(async (server) =>
      (await discord.listChannels(access, server)).map(({ id, name }) => ({ id, label: `#${name}`, server })),
    ),
  );
  return lists.flat();
}

/** Whether the bot is in some Discord server yet. @throws Error with a remedy */
export const isInvited = async (values: Values): Promise<boolean> =>
  (await discord.listServers(discordAccess(values))).length > 0;
