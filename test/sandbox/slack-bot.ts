import { App, type AppOptions, HTTPReceiver, type Logger, LogLevel } from '@slack/bolt';
import type { SlackOptions, SlackStandIn } from '../../src/sandbox/slack/types.ts';

export const tokens = {
  botToken: 'xoxb-sandbox',
  appToken: 'xapp-sandbox',
  signingSecret: '8f742231b10e8888abcd99yyyzzz85a5',
} satisfies Partial<SlackOptions>;

/** Bolt logs what these tests provoke on purpose. */
const silent: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  setName() {},
  getLevel: () => LogLevel.ERROR,
};

/** Everything that a test may look for in an answer of the Web API. */
export interface Answer {
  ok: boolean;
  error?: string;
  url: string;
  ts: string;
  view: { id: string; hash: string };
  channel: { id: string };
  messages: { ts: string; metadata?: object; text: string }[];
  members: string[];
  user: { tz: string; tz_offset: number; profile: { email?: string } };
  response_metadata: { next_cursor: string; messages: string[] };
  needed: string;
}

/** Calls a method of the Web API as an app does, with the bot's token unless told otherwise ('' for none). */
export function webApi(slack: () => SlackStandIn) {
  const post = (method: string, body: unknown, token: string = tokens.botToken) =>
    fetch(`${slack().url}${method}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      body: JSON.stringify(body),
    });
  const call = async (method: string, body: unknown = {}, token?: string): Promise<Answer> =>
    (await post(method, body, token)).json() as Promise<Answer>;
  const error = async (method: string, body: unknown = {}, token?: string) =>
    (await call(method, body, token)).error;
  return { post, call, error };
}

const plain = (text: string) => ({ type: 'plain_text' as const, text });

/** The form that the test app opens; `extra` goes on top of it. */
export const form = (extra: object = {}) => ({
  type: 'modal' as const,
  callback_id: 'request',
  private_metadata: '{"from":"test"}',
  title: plain('New request'),
  submit: plain('Send'),
  notify_on_close: true,
  blocks: [
    {
      type: 'input',
      block_id: 'title',
      label: plain('Title'),
      element: { type: 'plain_text_input', action_id: 'value', max_length: 40 },
    },
    {
      type: 'input',
      block_id: 'when',
      optional: true,
      label: plain('When'),
      element: { type: 'datetimepicker', action_id: 'value' },
    },
    {
      type: 'input',
      block_id: 'length',
      label: plain('Length'),
      element: {
        type: 'static_select',
        action_id: 'value',
        options: ['30', '45', '60'].map((value) => ({ text: plain(`${value} minutes`), value })),
        initial_option: { text: plain('30 minutes'), value: '30' },
      },
    },
    {
      type: 'input',
      block_id: 'tags',
      optional: true,
      label: plain('Tags'),
      element: {
        type: 'multi_static_select',
        action_id: 'value',
        options: ['css', 'sql'].map((value) => ({ text: plain(value.toUpperCase()), value })),
      },
    },
  ],
  ...extra,
});

export const card = (words: string, button?: string) => [
  { type: 'section', text: { type: 'mrkdwn' as const, text: words } },
  ...(button
    ? [
        {
          type: 'actions',
          elements: [{ type: 'button', action_id: 'claim', text: plain(button), value: 'request-1' }],
        },
      ]
    : []),
];

/** What the test app does with a submitted form; a test may put another in its place. */
export interface Habits {
  channel: string;
  submitted?: Parameters<App['view']>[1];
  pressed?: Parameters<App['action']>[1];
  commanded?: Parameters<App['command']>[1];
  /** How often the app's client tries a call again; never, unless named. */
  retries?: number;
}

/**
 * A real Bolt app that opens a form on /mini, posts a card when it is submitted, and changes the card when
 * somebody presses Claim. Socket Mode, or HTTP when `port` is 0.
 */
export async function startApp(slack: SlackStandIn, habits: Habits, http = false) {
  const receiver = http
    ? new HTTPReceiver({ signingSecret: tokens.signingSecret, port: 0, logger: silent })
    : undefined;
  const options: AppOptions = {
    token: tokens.botToken,
    ...(receiver ? { receiver } : { appToken: tokens.appToken, socketMode: true }),
    clientOptions: { slackApiUrl: slack.url, retryConfig: { retries: habits.retries ?? 0 } },
    logger: silent,
    deferInitialization: true,
  };
  const app = new App(options);
  const seen: unknown[] = [];
  app.use(async ({ body, next }) => {
    seen.push(body);
    await next();
  });
  app.error(async () => {});
  app.command(
    /.*/,
    habits.commanded ??
      (async ({ ack, body, client }) => {
        await ack();
        await client.views.open({ trigger_id: body.trigger_id, view: form() });
      }),
  );
  app.view(
    'request',
    habits.submitted ??
      (async ({ ack, view, client, body }) => {
        const title = view.state.values.title?.value?.value ?? '';
        if (title === 'bad') return ack({ response_action: 'errors', errors: { title: 'Say more.' } });
        await ack();
        await client.chat.postMessage({
          channel: habits.channel,
          text: title,
          blocks: card(`*${title}* by <@${body.user.id}>`, 'Claim'),
        });
      }),
  );
  app.action(
    'claim',
    habits.pressed ??
      (async ({ ack, body, client }) => {
        await ack();
        if (body.type !== 'block_actions' || !body.message) return;
        await client.chat.update({
          channel: habits.channel,
          ts: body.message.ts,
          text: 'claimed',
          blocks: card(`Claimed by <@${body.user.id}>`),
        });
      }),
  );
  app.action(/^(?!claim$)/, async ({ ack }) => ack());
  app.view({ callback_id: 'request', type: 'view_closed' }, async ({ ack }) => ack());
  app.event(/.*/, async () => {});
  await app.init();
  await app.start();
  if (receiver) {
    const server = (receiver as unknown as { server: { address(): { port: number } } }).server;
    slack.requestUrl = `http://127.0.0.1:${server.address().port}/slack/events`;
  } else await slack.connected();
  return { app, seen, stop: () => app.stop() };
}
