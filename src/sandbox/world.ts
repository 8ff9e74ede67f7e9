import type { Shortcut } from '../platforms/platform.ts';
import { shortcuts } from '../routes.ts';
import { type DiscordPerson, type DiscordStandIn, startDiscord } from './discord/index.ts';
import { type GoogleStandIn, startGoogle } from './google/index.ts';
import type { MovableClock } from './movable-clock.ts';
import type { WireEntry } from './person.ts';
import { startSlack } from './slack/start.ts';
import type { SlackPerson, SlackShortcut, SlackStandIn } from './slack/types.ts';

/** A small programme on both platforms: the stand-ins, their people, and the settings by which a bot finds them. */
export interface World {
  slack: SlackStandIn;
  discord: DiscordStandIn;
  google: GoogleStandIn;
  /** On each platform: a student, two mentors in zones far apart, and a coordinator in a channel of their own. */
  people: {
    slack: { student: SlackPerson; mentor: SlackPerson; rival: SlackPerson; coordinator: SlackPerson };
    discord: {
      student: DiscordPerson;
      mentor: DiscordPerson;
      rival: DiscordPerson;
      coordinator: DiscordPerson;
    };
  };
  /** Environment variables for the bot, but for its database. */
  env: Record<string, string>;
  close(): Promise<void>;
}

const SLACK_TOKENS = {
  botToken: 'xoxb-sandbox-bot-token',
  appToken: 'xapp-sandbox-app-token',
  signingSecret: 'sandbox-signing-secret-0123456789',
};
/** By which other workspaces of the local Slack install the bot, on whatever port it listens. */
export const SLACK_OAUTH = {
  clientId: '1234567890.0987654321',
  clientSecret: 'sandbox-client-secret-0123456789',
  redirectUrls: ['http://127.0.0.1:'],
};
const DISCORD_TOKEN = 'sandbox.discord.token';

/** Starts the stand-ins on free ports of this machine and peoples them. */
export async function startWorld(
  clock: MovableClock,
  record: (entry: WireEntry) => void = () => {},
): Promise<World> {
  const now = () => clock.now();
  const slack = await startSlack({
    ...SLACK_TOKENS,
    oauth: SLACK_OAUTH,
    record,
    now,
    commands: ['mini-session', 'mini-sessions', 'mini-mentor', 'mini-admin'],
    shortcuts: slackShortcuts(shortcuts),
  });
  const discord = await startDiscord({ token: DISCORD_TOKEN, record, now });
  const google = await startGoogle({ record, now });

  const mentorsOnSlack = slack.addChannel('mini-mentors');
  const slackPeople = {
    student: slack.addUser({ name: 'Sam', timeZone: 'America/New_York' }),
    mentor: slack.addUser({ name: 'Mia', timeZone: 'Europe/London' }),
    rival: slack.addUser({ name: 'Ravi', timeZone: 'Asia/Kolkata' }),
    coordinator: slack.addUser({ name: 'Cora', timeZone: 'Europe/London' }),
  };
  slack.join(mentorsOnSlack, slack.botUserId);
  slack.join(mentorsOnSlack, slackPeople.mentor.userId);
  slack.join(mentorsOnSlack, slackPeople.rival.userId);

  const coordinatorsOnSlack = slack.addChannel('mini-coordinators', { private: true });
  slack.join(coordinatorsOnSlack, slackPeople.coordinator.userId);

  const mentorRole = discord.addRole('Mentor');
  const mentorsOnDiscord = discord.addChannel('mini-mentors', { roles: [mentorRole] });
  const coordinatorRole = discord.addRole('Coordinator');
  const coordinatorsOnDiscord = discord.addChannel('mini-coordinators', { roles: [coordinatorRole] });
  const discordPeople = {
    student: discord.addUser({ name: 'Dora', timeZone: 'Europe/Berlin' }),
    mentor: discord.addUser({ name: 'Mateo', timeZone: 'America/Bogota', roles: [mentorRole] }),
    rival: discord.addUser({ name: 'Noor', timeZone: 'Asia/Dubai', roles: [mentorRole] }),
    coordinator: discord.addUser({ name: 'Cleo', timeZone: 'Europe/Berlin', roles: [coordinatorRole] }),
  };

  return {
    slack,
    discord,
    google,
    people: { slack: slackPeople, discord: discordPeople },
    env: {
      SLACK_BOT_TOKEN: SLACK_TOKENS.botToken,
      SLACK_APP_TOKEN: SLACK_TOKENS.appToken,
      SLACK_API_URL: slack.url,
      SLACK_MENTORS_CHANNEL: mentorsOnSlack,
      SLACK_COORDINATORS_CHANNEL: coordinatorsOnSlack,
      DISCORD_TOKEN,
      DISCORD_APPLICATION_ID: discord.applicationId,
      DISCORD_API_URL: discord.url,
      DISCORD_MENTORS_CHANNEL: mentorsOnDiscord,
      DISCORD_COORDINATORS_CHANNEL: coordinatorsOnDiscord,
      DISCORD_MENTOR_ROLE: mentorRole,
      DISCORD_COORDINATOR_ROLE: coordinatorRole,
      MEETING_PROVIDER: 'google-meet',
      // Clocks are moved here at any hour, to see what comes.
      QUIET_HOURS: 'off',
      ...google.account().env.refreshToken,
    },
    close: async () => {
      await Promise.all([slack.close(), discord.close(), google.close()]);
    },
  };
}

/** As Slack knows them by the manifest. */
const slackShortcuts = (all: readonly Shortcut[]): SlackShortcut[] =>
  all.map(({ name, on, id }) => ({ name, type: on === 'app' ? 'global' : on, callback_id: id }));
