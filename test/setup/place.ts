import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SCOPES } from '../../src/platforms/slack/set-up.ts';
import { type DiscordStandIn, startDiscord } from '../../src/sandbox/discord/index.ts';
import { startSlack } from '../../src/sandbox/slack/start.ts';
import type { SlackStandIn } from '../../src/sandbox/slack/types.ts';
import { wireLog } from '../support/wire-log.ts';

export const tokens = {
  slackBot: 'xoxb-the-secret-bot-token',
  slackApp: 'xapp-the-secret-app-token',
  discord: 'the.secret.discord.token',
};

/** Somebody's Slack and Discord before the bot is set up, and an empty folder for its `.env`. */
export interface Place {
  folder: string;
  envFile: string;
  slack: SlackStandIn;
  discord: DiscordStandIn;
  /** Ids of what there is to choose. */
  ids: { slackChannel: string; discordChannel: string; role: string; otherRole: string };
  /** The addresses, and a database folder: what the guide does not ask for. */
  env: Record<string, string>;
  close(): Promise<void>;
}

export async function openPlace(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'set-up-'));
  const slack = await startSlack({
    botToken: tokens.slackBot,
    appToken: tokens.slackApp,
    signingSecret: '8f742231b10e8888abcd99aaabbb85a5',
    scopes: SCOPES,
    record: wireLog,
  });
  const discord = await startDiscord({ token: tokens.discord, record: wireLog });
  const slackChannel = slack.addChannel('mini-mentors');
  slack.addChannel('random', { withApp: false });
  const role = discord.addRole('Mentor');
  const otherRole = discord.addRole('Gardener');
  const discordChannel = discord.addChannel('mini-mentors');
  return {
    folder,
    envFile: join(folder, '.env'),
    slack,
    discord,
    ids: { slackChannel, discordChannel, role, otherRole },
    env: { SLACK_API_URL: slack.url, DISCORD_API_URL: discord.url, DATA_DIR: join(folder, 'data') },
    async close() {
      await Promise.all([slack.close(), discord.close()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
