import type { Log } from '../../log.ts';
import type { Check } from '../platform.ts';
import { createClients } from './client.ts';
import { createIdentity } from './identity.ts';
import { boltLogger } from './logger.ts';
import {
  type ChannelSetting,
  checkBotToken,
  checkChannel,
  checkTransport,
  codeOf,
  tokenRemedy,
} from './set-up.ts';
import type { SlackAccess } from './settings.ts';

// What the set-up guide asks of Slack: one setting at a time, as far as the settings go already.

/**
 * The page on which somebody makes the Slack app, with everything filled in.
 * https://docs.slack.dev/app-manifests/configuring-apps-with-app-manifests#sharing-manifests
 * @param manifest the text of manifests/slack.json
 */
export const newAppLink = (manifest: string): string =>
  `https://api.slack.com/apps?new_app=1&manifest_json=${encodeURIComponent(JSON.stringify(JSON.parse(manifest)))}`;

/** The token and its scopes. Never throws. */
export const tryBotToken = (access: SlackAccess, log: Log): Promise<Check[]> =>
  checkBotToken(access, createIdentity(createClients(access, boltLogger(log))));

/** Never throws. */
export const tryAppToken = (
  { appToken, apiUrl }: { appToken: string; apiUrl: string },
  log: Log,
): Promise<Check> => checkTransport({ transport: { mode: 'socket', appToken }, apiUrl }, boltLogger(log));

/** Whether the bot can see the channel and is in it. Never throws. */
export const tryChannel = (
  access: SlackAccess,
  channel: string,
  setting: ChannelSetting,
  log: Log,
): Promise<Check> => {
  const { lookup } = createClients(access, boltLogger(log));
  return checkChannel({ channel, apiUrl: access.apiUrl }, lookup, setting);
};

export interface SlackChannel {
  id: string;
  /** Without the #. */
  name: string;
  /** Whether the bot is in it. */
  joined: boolean;
}

/** https://docs.slack.dev/reference/methods/conversations.list (limit: under 1000) */
const PAGE = 999;

/**
 * The channels that the bot can see, by name: all public ones, and the private ones it is in.
 * @throws Error with a remedy
 */
export async function listChannels(access: SlackAccess, log: Log): Promise<SlackChannel[]> {
  const { lookup } = createClients(access, boltLogger(log));
  const found: SlackChannel[] = [];
  let cursor: string | undefined;
  try {
    do {
      const page = await lookup.conversations.list({
        types: 'public_channel,private_channel',
        exclude_archived: true,
        limit: PAGE,
        ...(cursor && { cursor }),
      });
      for (const { id, name, is_member } of page.channels ?? []) {
        if (id && name) found.push({ id, name, joined: is_member ?? false });
      }
      cursor = page.response_metadata?.next_cursor;
    } while (cursor);
  } catch (error) {
    throw new Error(tokenRemedy(access.apiUrl, codeOf(error)), { cause: error });
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}
