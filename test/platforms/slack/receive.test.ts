import { describe, expect, test } from 'vitest';
import { receive } from '../../../src/platforms/slack/receive.ts';

const press = {
  type: 'block_actions',
  user: { id: 'U1', username: 'ana', name: 'ana', team_id: 'T1' },
  trigger_id: '1.2.3',
  response_url: 'https://hooks.slack.com/actions/T1/1/x',
  container: { type: 'message', message_ts: '5.1', channel_id: 'C1', is_ephemeral: true },
  actions: [{ action_id: 'request.claim?requestId=1', block_id: 'b', action_ts: '9.9', type: 'button' }],
};
const submission = {
  type: 'view_submission',
  user: { id: 'U1', name: 'ana' },
  view: {
    id: 'V1',
    hash: '1.h',
    private_metadata: '{"intent":"note.submit","args":{"a":"b"}}',
    state: {
      values: {
        note: { value: { type: 'plain_text_input', value: 'hi' } },
        empty: { value: { type: 'plain_text_input', value: null } },
        kind: { value: { type: 'static_select', selected_option: { text: {}, value: 'x' } } },
        'times.1': { value: { type: 'datetimepicker', selected_date_time: 1_800_000_000 } },
      },
    },
  },
};
const command = {
  command: '/mini-session',
  text: ' hello ',
  user_id: 'U1',
  user_name: 'ana',
  trigger_id: '1.2.3',
  response_url: 'https://hooks.slack.com/commands/1',
};

describe('reading what Slack sends', () => {
  test('a command', () => {
    expect(receive(command)).toEqual({
      kind: 'command',
      by: { userId: 'U1', handle: 'ana' },
      name: 'mini-session',
      text: 'hello',
      triggerId: '1.2.3',
      responseUrl: 'https://hooks.slack.com/commands/1',
    });
  });

  test('a press on a message', () => {
    expect(receive(press)).toEqual({
      kind: 'press',
      by: { userId: 'U1', handle: 'ana' },
      code: 'request.claim?requestId=1',
      id: 'press:U1:5.1:9.9:request.claim?requestId=1',
      triggerId: '1.2.3',
      on: { responseUrl: press.response_url, ephemeral: true },
    });
  });

  test('a press in a modal', () => {
    const { response_url: _, ...rest } = press;
    const inModal = { ...rest, container: { type: 'view' }, view: { id: 'V1', title: { text: 'Result' } } };
    expect(receive(inModal)).toMatchObject({ kind: 'press', on: { view: 'V1', title: 'Result' } });
  });

  test('a filled form', () => {
    expect(receive(submission)).toEqual({
      kind: 'submission',
      by: { userId: 'U1', handle: 'ana' },
      id: 'form:V1:1.h',
      viewId: 'V1',
      intent: 'note.submit',
      args: { a: 'b' },
      values: { note: 'hi', empty: null, kind: 'x', 'times.1': '1800000000' },
    });
  });

  test('events: who joined, who changed, and all others', () => {
    const event = (body: object) => receive({ type: 'event_callback', event_id: 'Ev1', event: body });
    expect(event({ type: 'member_joined_channel', user: 'U1', channel: 'C1' })).toEqual({
      kind: 'membership',
      channelId: 'C1',
    });
    expect(event({ type: 'user_change', user: { id: 'U1', tz: 'x' } })).toEqual({
      kind: 'user changed',
      userId: 'U1',
    });
    expect(event({ type: 'reaction_added', item: {} })).toEqual({ kind: 'nothing' });
    expect(event({ type: 'user_change', user: 'U1' })).toMatchObject({ kind: 'strange' });
  });

  test('links, closed modals and menus need nothing', () => {
    const action = press.actions[0];
    expect(receive({ ...press, actions: [{ ...action, action_id: 'link:0' }] })).toEqual({ kind: 'nothing' });
    expect(receive({ ...press, actions: [{ ...action, type: 'static_select' }] })).toEqual({
      kind: 'nothing',
    });
    expect(receive({ type: 'view_closed', view: {} })).toEqual({ kind: 'nothing' });
  });

  test('anything else is strange, and never throws', () => {
    const odd: unknown[] = [
      null,
      undefined,
      7,
      'x',
      [],
      {},
      { type: 'shortcut' },
      { ...command, user_id: undefined },
      { ...command, response_url: 'javascript:alert(1)' },
      { ...press, actions: [] },
      { ...press, actions: 'no' },
      { ...press, user: null },
      { ...press, response_url: undefined },
      { ...submission, view: { ...submission.view, private_metadata: 'no json' } },
      { ...submission, view: { ...submission.view, state: null } },
      { type: 'event_callback' },
      { type: 'event_callback', event: 'x' },
    ];
    for (const body of odd) expect(receive(body), JSON.stringify(body)).toMatchObject({ kind: 'strange' });
  });

  test('what people wrote is never part of the reason', () => {
    const strange = receive({ ...command, text: { secret: 'my diary' } });
    expect(strange).toMatchObject({ kind: 'strange', responseUrl: command.response_url, wasForm: false });
    expect(JSON.stringify(strange)).not.toContain('diary');
    const form = receive({ ...submission, view: { ...submission.view, private_metadata: '{}' } });
    expect(form).toMatchObject({ kind: 'strange', wasForm: true });
  });
});
