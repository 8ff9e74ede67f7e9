import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLog } from '../../../src/log.ts';
import { createSlack, type SlackSettings } from '../../../src/platforms/slack/index.ts';
import { EVENTS } from '../../../src/platforms/slack/receive.ts';
import { SCOPES } from '../../../src/platforms/slack/set-up.ts';
import type { Timing } from '../../../src/platforms/slack/timing.ts';
import { startSlack } from '../../../src/sandbox/slack/start.ts';
import type { SlackOptions } from '../../../src/sandbox/slack/types.ts';
import type { Installations, Post } from '../../../src/store/store.ts';
import { createFakeDesk } from '../../support/fake-desk.ts';
import { wireLog } from '../../support/wire-log.ts';

export const secrets = {
  botToken: 'xoxb-test',
  appToken: 'xapp-test',
  signingSecret: '8f742231b10e8888abcd99yyyzzz85a5',
};

/** Nothing waits where a test need not, and nothing is logged. */
export const quick: Partial<Timing> = { postEvery: 0, settle: 0, reconnect: 5, drain: 2_000 };

/** For a bot that is in the workspace of its settings only. */
export const noInstallations: Installations = {
  save: async () => {},
  get: async () => null,
  list: async () => [],
  reseal: async () => false,
  remove: async () => false,
};

/** A Slack with a student and a mentor, and a bot beside it that has only the scopes that it asks for. */
export async function slackWithBot({
  timing = {},
  slack: options = {},
  mode = 'socket',
}: {
  timing?: Partial<Timing>;
  slack?: Partial<SlackOptions>;
  mode?: 'socket' | 'http';
} = {}) {
  const slack = await startSlack({
    ...secrets,
    commands: ['every', 'list'],
    shortcuts: [
      { name: 'About this', type: 'message', callback_id: 'about' },
      { name: 'Begin anew', type: 'global', callback_id: 'anew' },
      { name: 'Long gone', type: 'global', callback_id: 'gone' },
    ],
    scopes: SCOPES,
    events: EVENTS,
    record: wireLog,
    ...options,
  });
  const mentorsChannel = slack.addChannel('mentors');
  const student = slack.addUser({ name: 'Sam Student', timeZone: 'Europe/Berlin' });
  const mentor = slack.addUser({ name: 'Mira Mentor', timeZone: 'America/New_York' });
  slack.join(mentorsChannel, mentor.userId);
  const desk = createFakeDesk();
  const port = mode === 'http' ? await freePort() : 0;
  if (mode === 'http') slack.requestUrl = `http://127.0.0.1:${port}/slack/events`;
  const own = { botToken: secrets.botToken, mentorsChannel };
  const settings: SlackSettings = {
    apiUrl: slack.url,
    own,
    oauth: null,
    transport:
      mode === 'socket'
        ? { mode, appToken: secrets.appToken }
        : {
            mode,
            signingSecret: secrets.signingSecret,
            port,
            serve: ({ method, url }, response) => {
              if (method !== 'GET' || url !== '/healthz') return false;
              response.writeHead(200).end('well');
              return true;
            },
          },
  };
  const create = (changes: Partial<SlackSettings> = {}) =>
    createSlack({ ...settings, ...changes }, desk, createLog('silent'), noInstallations, {
      ...quick,
      ...timing,
    });
  const bot = create();
  await bot.start();
  return {
    slack,
    desk,
    bot,
    student,
    mentor,
    mentorsChannel,
    settings,
    own,
    create,
    port,
    /** Calls of one Web API method, or of `ack`, oldest first. */
    calls: (path: string) => slack.wire.filter((entry) => entry.path === path),
    /** Somebody deletes what the bot posted. */
    deletes: ({ channelId, messageId }: Post) => slack.deletes(channelId, messageId),
    async close() {
      await bot.stop();
      await slack.close();
    },
  };
}

export type SlackWithBot = Awaited<ReturnType<typeof slackWithBot>>;

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
