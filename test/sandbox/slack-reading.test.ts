import { afterEach, beforeEach, expect, test } from 'vitest';
import { fieldsOf, fill, stateOf } from '../../src/sandbox/slack/fields.ts';
import type { Block } from '../../src/sandbox/slack/kit.ts';
import { readDate } from '../../src/sandbox/slack/mrkdwn.ts';
import { startSlack } from '../../src/sandbox/slack/start.ts';
import type { SlackPerson, SlackStandIn } from '../../src/sandbox/slack/types.ts';
import { newWorkspace } from '../../src/sandbox/slack/workspace.ts';
import { startApp, tokens } from './slack-bot.ts';

let slack: SlackStandIn;
let ana: SlackPerson;
let ben: SlackPerson;
let channel: string;
let stop: () => Promise<unknown>;

beforeEach(async () => {
  stop = async () => {};
  slack = await startSlack({ ...tokens, commands: ['mini'], now: () => new Date('2026-11-30T12:00:00Z') });
  channel = slack.addChannel('mentors');
  ana = slack.addUser({ name: 'Ana', timeZone: 'America/New_York' });
  ben = slack.addUser({ name: 'Ben', timeZone: 'Asia/Tokyo' });
  slack.join(channel, ana.userId);
  slack.join(channel, ben.userId);
});
afterEach(async () => {
  await stop();
  await slack.close();
});

async function say(said: object) {
  const response = await fetch(`${slack.url}chat.postMessage`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${tokens.botToken}` },
    body: JSON.stringify({ channel, ...said }),
  });
  expect(await response.json()).toMatchObject({ ok: true });
}
const mrkdwn = (text: string) => [{ type: 'section', text: { type: 'mrkdwn', text } }];
const at = Date.UTC(2026, 11, 1, 23, 30) / 1000;

test('everybody reads times in their own zone', async () => {
  await say({ text: 'x', blocks: mrkdwn(`Meet on <!date^${at}^{date_long} at {time}|later>`) });
  expect(ana.sight('channel')[0]?.text).toBe('Meet on Tuesday, December 1st, 2026 at 6:30 PM');
  expect(ben.sight('channel')[0]?.text).toBe('Meet on Wednesday, December 2nd, 2026 at 8:30 AM');
});

test.each([
  ['{date_num}', '2026-12-01'],
  ['{date_slash}', '12/01/2026'],
  ['{date}', 'December 1st, 2026'],
  ['{date_short}', 'Dec 1, 2026'],
  ['{date_pretty} {time}', 'tomorrow 6:30 PM'],
  ['{date_short_pretty} at {time_secs}', 'tomorrow at 6:30:00 PM'],
  ['{ago}', 'in 1 day'],
  ['{nonsense}', '{nonsense}'],
])('%s reads %s', (format, words) => {
  expect(readDate(at, format, 'America/New_York', new Date('2026-11-30T12:00:00Z'))).toBe(words);
});

test('mentions, links and escapes', async () => {
  const text = `Hi <@${ben.userId}> in <#${channel}>: <https://a.test/?q=1&amp;r=2|the *page*> <https://b.test> &lt;b&gt; &amp;amp;`;
  await say({ text });
  const [seen] = ana.sight('channel');
  expect(seen?.text).toBe('Hi @Ben in #mentors: the *page* https://b.test <b> &amp;');
  expect(seen?.links).toEqual([
    { label: 'the *page*', url: 'https://a.test/?q=1&r=2' },
    { label: 'https://b.test', url: 'https://b.test' },
  ]);
});

test('plain text knows no marks, and pings nobody', async () => {
  const words = `<!channel> *&* <@${ben.userId}>`;
  await say({ text: 'safe', blocks: [{ type: 'section', text: { type: 'plain_text', text: words } }] });
  expect(ana.sight('channel')[0]?.text).toBe(words);
  expect(slack.messages(channel)[0]?.pinged).toEqual([]);
});

test('Slack keeps text escaped, whether it came so or not, and shows the app what it keeps', async () => {
  const button = (text: string) => [
    {
      type: 'actions',
      elements: [{ type: 'button', text: { type: 'plain_text', text }, action_id: 'claim' }],
    },
  ];
  const both = [
    { text: 'a & b <c> <https://d.test|e>', blocks: button('Yes & <no>') },
    { text: 'a &amp; b &lt;c&gt; <https://d.test|e>', blocks: button('Yes &amp; &lt;no&gt;') },
  ];
  for (const said of both) await say(said);
  for (const message of slack.messages(channel)) {
    expect(message.text).toBe('a &amp; b &lt;c&gt; <https://d.test|e>');
    expect(message.blocks?.[0]?.elements?.[0]?.text).toEqual({
      type: 'plain_text',
      text: 'Yes &amp; &lt;no&gt;',
    });
  }
  expect(ana.sight('channel').map((seen) => seen.buttons)).toEqual([['Yes & <no>'], ['Yes & <no>']]);
});

test.each([
  ['in the text', { text: '<!channel> hi' }, ['channel']],
  ['in the fallback text', { text: '<!here|here>', blocks: mrkdwn('x') }, ['here']],
  ['in a block', { text: 'x', blocks: mrkdwn('<!everyone> <!channel>') }, ['everyone', 'channel']],
  [
    'in a field',
    { text: 'x', blocks: [{ type: 'section', fields: [{ type: 'mrkdwn', text: '<!here>' }] }] },
    ['here'],
  ],
  ['in a user group', { text: '<!subteam^S123>' }, ['subteam^S123']],
  ['escaped', { text: '&lt;!channel&gt; @channel', blocks: mrkdwn('&lt;!here&gt; @everyone') }, []],
  ['in names that Slack was told to parse', { text: '@channel', link_names: true }, ['channel']],
])('who is pinged: %s', async (_name, said, pinged) => {
  await say(said);
  expect(slack.messages(channel)[0]?.pinged).toEqual(pinged);
});

test('every block is a line; buttons and links stand apart', async () => {
  await say({
    text: 'fallback',
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: 'Title' } },
      { type: 'divider' },
      {
        type: 'section',
        text: { type: 'mrkdwn', text: 'Body' },
        fields: [{ type: 'plain_text', text: 'A field' }],
      },
      {
        type: 'context',
        elements: [
          { type: 'mrkdwn', text: 'small' },
          { type: 'plain_text', text: 'print' },
        ],
      },
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_section',
            elements: [
              { type: 'text', text: 'rich ' },
              { type: 'link', url: 'https://r.test', text: 'link' },
            ],
          },
        ],
      },
      {
        type: 'actions',
        elements: [
          { type: 'button', text: { type: 'plain_text', text: 'Claim' }, action_id: 'claim' },
          {
            type: 'button',
            text: { type: 'plain_text', text: 'Join' },
            url: 'https://meet.test',
            action_id: 'join',
          },
          {
            type: 'overflow',
            action_id: 'more',
            options: [{ text: { type: 'plain_text', text: 'Cancel' }, value: 'cancel' }],
          },
        ],
      },
    ],
  });
  expect(ana.sight('channel')).toMatchObject([
    {
      text: 'Title\nBody\nA field\nsmall print\nrich link',
      buttons: ['Claim', 'Cancel'],
      links: [
        { label: 'link', url: 'https://r.test' },
        { label: 'Join', url: 'https://meet.test' },
      ],
      edited: false,
    },
  ]);
});

test('each element tells the app what was used, in its own shape', async () => {
  const { stop: end, seen } = await startApp(slack, { channel, pressed: async ({ ack }) => ack() });
  stop = end;
  const plain = (text: string) => ({ type: 'plain_text', text });
  const option = (text: string) => ({ text: plain(text), value: text.toLowerCase() });
  const options = [option('One'), option('Two')];
  await say({
    text: 'x',
    blocks: [
      {
        type: 'actions',
        block_id: 'b',
        elements: [
          { type: 'static_select', action_id: 'claim', placeholder: plain('Pick'), options },
          { type: 'overflow', action_id: 'more', options: [option('Cancel')] },
          { type: 'button', action_id: 'join', text: plain('Join'), url: 'https://meet.test' },
        ],
      },
      { type: 'section', text: plain('Which?'), accessory: { type: 'checkboxes', action_id: 'c', options } },
      {
        type: 'section',
        text: plain('One of'),
        accessory: { type: 'radio_buttons', action_id: 'r', options },
      },
    ],
  });
  const last = () => seen.at(-1) as { actions: object[]; state: { values: Record<string, object> } };
  await ana.chooses('Pick', 'Two');
  expect(last().actions[0]).toMatchObject({
    block_id: 'b',
    type: 'static_select',
    selected_option: options[1],
  });
  expect(last().state.values.b).toMatchObject({ claim: { selected_option: options[1] } });
  await ben.presses('Cancel');
  expect(last().actions[0]).toMatchObject({ type: 'overflow', selected_option: option('Cancel') });
  expect(last().state.values.b).toMatchObject({ claim: { selected_option: null } });
  await ana.chooses('Which?', ['One', 'Two']);
  expect(last().actions[0]).toMatchObject({ type: 'checkboxes', selected_options: options });
  await ana.chooses('One of', 'One');
  expect(last().actions[0]).toMatchObject({ type: 'radio_buttons', selected_option: options[0] });
  expect(await ana.follows('Join')).toBe('https://meet.test');
  await expect(ana.chooses('Nothing', 'x')).rejects.toThrow('Ana sees no menu "Nothing"');
});

test('a field that reports at once lets the app add another while the form is filled', async () => {
  const plain = (text: string) => ({ type: 'plain_text' as const, text });
  const field = (label: string) => ({
    type: 'input' as const,
    block_id: label,
    dispatch_action: label === 'Code',
    label: plain(label),
    element: { type: 'plain_text_input' as const, action_id: 'value' },
  });
  const view = (...labels: string[]) => ({
    type: 'modal' as const,
    callback_id: 'request',
    title: plain('Code'),
    submit: plain('Send'),
    close: plain('Never mind'),
    blocks: labels.map(field),
  });
  const {
    app,
    stop: end,
    seen,
  } = await startApp(slack, {
    channel,
    commanded: async ({ ack, body, client }) => {
      await ack();
      await client.views.open({ trigger_id: body.trigger_id, view: view('Code') });
    },
  });
  stop = end;
  app.action('value', async ({ body, client }) => {
    if (body.type !== 'block_actions') return;
    await client.views.update({ view_id: String(body.view?.id), view: view('Code', 'Why') });
  });
  await ana.types('mini');
  await ana.form();
  await ana.presses('Never mind');
  await ana.types('mini');
  await ana.form();
  await ana.fills({ Code: 'abc', Why: 'because' });
  const kinds = seen.map((body) => (body as { type?: string }).type);
  expect(kinds.slice(-2)).toEqual(['block_actions', 'view_submission']);
  expect(seen.at(-2)).toMatchObject({
    container: { type: 'view' },
    actions: [{ type: 'plain_text_input', value: 'abc', block_id: 'Code' }],
  });
  expect(seen.at(-2)).not.toHaveProperty('response_url');
  expect(seen.at(-1)).toMatchObject({
    view: { state: { values: { Code: { value: { value: 'abc' } }, Why: { value: { value: 'because' } } } } },
  });
});

test('buttons of ephemeral messages: no message in the payload, but it can be replaced and deleted', async () => {
  const { stop: end, seen } = await startApp(slack, {
    channel,
    commanded: async ({ ack }) =>
      ack({
        text: 'x',
        blocks: ['Replace', 'Delete'].map((text) => ({
          type: 'actions',
          elements: [{ type: 'button', action_id: 'claim', value: text, text: { type: 'plain_text', text } }],
        })),
      }),
    pressed: async ({ ack, respond, action }) => {
      await ack();
      if ('value' in action && action.value === 'Delete') await respond({ delete_original: true });
      else await respond({ replace_original: true, text: 'Replaced' });
    },
  });
  stop = end;
  await ana.types('mini');
  await ana.presses('Replace');
  await ana.sees('Replaced', 'private');
  expect(seen.at(-1)).toMatchObject({ container: { is_ephemeral: true } });
  expect(seen.at(-1)).not.toHaveProperty('message');
  expect(ana.sight('private')).toHaveLength(1);
  await ana.types('mini');
  await ana.presses('Delete');
  await slack.eventually(() => (ana.sight('private').length === 1 ? true : undefined));
});

test('each kind of field reports its value by the right name', () => {
  const ws = newWorkspace('T1', 'Sandbox', () => new Date());
  const plain = (text: string) => ({ type: 'plain_text' as const, text });
  const options = [{ text: plain('One'), value: '1' }];
  const kinds: [string, string | string[], object][] = [
    ['plain_text_input', 'a\nb', { value: 'a b' }],
    ['url_text_input', 'https://x.test', { value: 'https://x.test' }],
    ['number_input', '3', { value: '3' }],
    ['datepicker', '2026-12-01', { selected_date: '2026-12-01' }],
    ['timepicker', '18:30', { selected_time: '18:30' }],
    ['datetimepicker', '2026-12-01T18:30:29Z', { selected_date_time: Date.UTC(2026, 11, 1, 18, 30) / 1000 }],
    ['radio_buttons', 'One', { selected_option: options[0] }],
    ['checkboxes', ['One'], { selected_options: options }],
    ['users_select', 'Mini Mentorship', { selected_user: ws.botUserId }],
    ['static_select', '', { selected_option: null }],
    ['multi_static_select', [], { selected_options: [] }],
  ];
  for (const [kind, value, reported] of kinds) {
    const choices = /select|radio|check/.test(kind) && !kind.includes('users') ? { options } : {};
    const element = { type: kind, action_id: 'a', ...choices };
    const block: Block = { type: 'input', block_id: 'b', label: plain('L'), element };
    const typed = new Map<string, unknown>();
    for (const field of fieldsOf([block])) fill(ws, field, typed, value);
    expect(stateOf([block], typed)).toEqual({ b: { a: { type: kind, ...reported } } });
  }
});

test('acts that a client does not offer are errors that say what it offers', async () => {
  await expect(ana.types('nothing')).rejects.toThrow(
    '/nothing is not a valid command here; the app has /mini',
  );
  await expect(ana.types('mini', { title: 'x' })).rejects.toThrow('takes only "text", not title');
  await expect(ana.closesForm()).rejects.toThrow('Ana has no form open');
  await expect(ana.presses('Claim')).rejects.toThrow('Ana sees no button "Claim". In sight:\n  nothing');
  await expect(ana.pressAgain()).rejects.toThrow('Ana has pressed nothing yet');
  await expect(ana.sees('x', 'dm', 20)).rejects.toThrow(
    'Ana does not see x (dm) after 20 ms, but:\n  nothing',
  );
  expect(() => slack.addUser({ name: 'X', timeZone: 'Mars/Base' })).toThrow('Mars/Base is no time zone');
});
