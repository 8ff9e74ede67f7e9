import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startSlack } from '../../src/sandbox/slack/start.ts';
import type { SlackPerson, SlackStandIn } from '../../src/sandbox/slack/types.ts';
import { type Habits, startApp, tokens } from './slack-bot.ts';

describe.each([['Socket Mode'], ['HTTP']])('a real Bolt app by %s', (transport) => {
  let slack: SlackStandIn;
  let ana: SlackPerson;
  let ben: SlackPerson;
  let channel: string;
  let stop: () => Promise<unknown> = async () => {};
  let seen: unknown[] = [];

  /** Most tests that are late on purpose would be slow with the three seconds of the real client. */
  const prepare = async (acknowledge = 1_000) => {
    slack = await startSlack({
      ...tokens,
      commands: ['mini'],
      patience: { acknowledge },
      now: () => new Date('2026-11-22T12:00:00Z'),
    });
    channel = slack.addChannel('mentors');
    ana = slack.addUser({ name: 'Ana', timeZone: 'Europe/Lisbon', email: 'ana@school.test' });
    ben = slack.addUser({ name: 'Ben', timeZone: 'Asia/Tokyo' });
    slack.join(channel, ana.userId);
    slack.join(channel, ben.userId);
  };
  beforeEach(() => prepare());
  afterEach(async () => {
    await stop();
    await slack.close();
  });
  const start = async (habits: Partial<Habits> = {}) => {
    ({ stop, seen } = await startApp(slack, { channel, ...habits }, transport === 'HTTP'));
  };

  test('command, form, errors, message, button, update', async () => {
    await start();
    await ana.types('mini');
    const empty = await ana.form();
    expect(empty.title).toBe('New request');
    expect(empty.fields.map((f) => [f.label, f.value])).toEqual([
      ['Title', ''],
      ['When', ''],
      ['Length', '30 minutes'],
      ['Tags', []],
    ]);

    await ana.fills({});
    expect((await ana.form()).fields[0]?.error).toBe('Please complete this required field.');
    expect(seen.filter((body) => JSON.stringify(body).includes('view_submission'))).toEqual([]);

    await ana.fills({ Title: 'bad' });
    expect((await ana.form()).fields[0]).toEqual({
      label: 'Title',
      kind: 'plain_text_input',
      value: 'bad',
      error: 'Say more.',
    });

    await ana.fills({ Title: 'CSS grid', When: '2026-12-01T18:30:00Z', Length: '45 minutes', Tags: ['SQL'] });
    const post = await ben.sees('CSS grid', 'channel');
    expect(post.text).toBe('*CSS grid* by @Ana');
    expect(post.buttons).toEqual(['Claim']);
    const sent = seen.at(-1) as { view: { state: { values: object }; private_metadata: string } };
    expect(sent.view.private_metadata).toBe('{"from":"test"}');
    expect(sent.view.state.values).toEqual({
      title: { value: { type: 'plain_text_input', value: 'CSS grid' } },
      when: { value: { type: 'datetimepicker', selected_date_time: Date.UTC(2026, 11, 1, 18, 30) / 1000 } },
      length: {
        value: {
          type: 'static_select',
          selected_option: { text: { type: 'plain_text', text: '45 minutes' }, value: '45' },
        },
      },
      tags: {
        value: {
          type: 'multi_static_select',
          selected_options: [{ text: { type: 'plain_text', text: 'SQL' }, value: 'sql' }],
        },
      },
    });

    await ben.presses('Claim');
    const claimed = await ana.sees('Claimed by @Ben', 'channel');
    expect(claimed).toMatchObject({ id: post.id, buttons: [], edited: true });
    await expect(ana.presses('Claim')).rejects.toThrow('Ana sees no button "Claim"');

    await ana.pressesOld(post.id, 'Claim');
    await ben.sees('Claimed by @Ana', 'channel');
    await ana.pressAgain();
    const presses = seen.slice(-2) as { trigger_id: string; actions: object[] }[];
    expect(presses[0]).toEqual(presses[1]);
    expect(presses[0]?.actions[0]).toMatchObject({ action_id: 'claim', type: 'button', value: 'request-1' });

    const calls = () =>
      slack.wire.map((entry) => entry.path).filter((path) => /^(views|chat|ack)/.test(path));
    await slack.eventually(() => (calls().length >= 6 ? true : undefined));
    expect(calls()).toEqual([
      'views.open',
      'ack',
      'chat.postMessage',
      'chat.update',
      'chat.update',
      'chat.update',
    ]);
    expect(slack.wire.filter((entry) => entry.error)).toEqual([]);
    expect(JSON.stringify(slack.wire)).not.toContain('xoxb');
  });

  test('two hundred people press at once and each press arrives', async () => {
    await slack.close();
    await prepare(10_000);
    const pressers = new Set<string>();
    await start({
      pressed: async ({ ack, body }) => {
        pressers.add(body.user.id);
        await ack();
      },
    });
    await ana.types('mini');
    await ana.form();
    await ana.fills({ Title: 'Wanted' });
    await ben.sees('Wanted', 'channel');
    const crowd = Array.from({ length: 200 }, (_, i) => {
      const person = slack.addUser({ name: `Mentor ${i}`, timeZone: 'UTC' });
      slack.join(channel, person.userId);
      return person;
    });
    await Promise.all(crowd.map((person) => person.presses('Claim')));
    expect(pressers.size).toBe(200);
    expect(crowd.flatMap((person) => person.sight('private'))).toEqual([]);
  });

  test('a command that is not acknowledged in time fails for the person alone', async () => {
    await start({ commanded: async () => {} });
    await ana.types('mini');
    const notice = await ana.sees('operation_timeout', 'private');
    expect(notice.text).toBe('/mini failed with the error "operation_timeout"');
    expect(ben.sight('private')).toEqual([]);
  });

  test('a button and a form that are not acknowledged say so, and the form stays', async () => {
    await start({ pressed: async () => {}, submitted: async () => {} });
    await ana.types('mini');
    await ana.form();
    await ana.fills({ Title: 'Lost' });
    expect((await ana.form()).trouble).toBe('We had some trouble connecting. Try again?');
    expect((await ana.form()).fields[0]?.value).toBe('Lost');
    await ana.closesForm();
    expect(ana.sight('private').at(-1)?.text).toContain('trouble connecting');
  });

  test('an acknowledgement that comes too late is of no use', async () => {
    let release: () => void = () => {};
    const late = new Promise<void>((resolve) => {
      release = resolve;
    });
    let done: () => void = () => {};
    const answered = new Promise<void>((resolve) => {
      done = resolve;
    });
    await start({
      commanded: async ({ ack }) => {
        await late;
        await ack({ text: 'here I am' }).catch(() => undefined);
        done();
      },
    });
    await ana.types('mini');
    release();
    await answered;
    expect(ana.sight('private').map((seen) => seen.text)).toEqual([
      '/mini failed with the error "operation_timeout"',
    ]);
  });

  test('a command may be answered at once, privately or for all; a broken answer fails', async () => {
    await start({
      commanded: async ({ ack, body }) => {
        if (body.text === 'all') return ack({ response_type: 'in_channel', text: 'Hello all' });
        if (body.text === 'broken') return ack({ blocks: [{ type: 'nothing' }] as never, text: 'x' });
        return ack(`Hello ${body.user_name}`);
      },
    });
    await ana.types('mini');
    expect(ana.sight('private').map((s) => s.text)).toEqual(['Hello ana']);
    expect(ben.sight('private')).toEqual([]);
    await ana.types('mini', { text: 'all' });
    expect(ben.sight('channel').map((s) => s.text)).toEqual(['Hello all']);
    await ana.types('mini', { text: 'broken' });
    expect(ana.sight('private').at(-1)?.text).toBe('/mini failed with the error "invalid_blocks"');
    expect(slack.wire.at(-1)).toMatchObject({ path: 'ack', status: 400, error: 'invalid_blocks' });
  });

  test('errors that name no input are answered with the generic failure', async () => {
    await start({
      submitted: async ({ ack }) => ack({ response_action: 'errors', errors: { nowhere: 'Hm.' } }),
    });
    await ana.types('mini');
    await ana.form();
    await ana.fills({ Title: 'x' });
    const form = await ana.form();
    expect(form.trouble).toContain('trouble connecting');
    expect(form.fields.every((field) => field.error === undefined)).toBe(true);
    expect(slack.wire.at(-1)).toMatchObject({ path: 'ack', status: 400 });
  });

  test('a submission may be answered with another view, on top or in place, or by closing all', async () => {
    const result = (words: string) => ({
      type: 'modal' as const,
      title: { type: 'plain_text' as const, text: 'Result' },
      blocks: [{ type: 'section', text: { type: 'mrkdwn' as const, text: words } }],
    });
    await start({
      submitted: async ({ ack, view }) => {
        const title = view.state.values.title?.value?.value ?? '';
        if (title === 'push') return ack({ response_action: 'push', view: result('On top') });
        if (title === 'update') return ack({ response_action: 'update', view: result('In place') });
        if (title === 'too much') return ack({ response_action: 'update', view: result('x'.repeat(3_001)) });
        return ack({ response_action: 'clear' });
      },
    });
    await ana.types('mini');
    await ana.form();
    await ana.fills({ Title: 'push' });
    expect((await ana.sees('On top', 'private')).text).toBe('Result\nOn top');
    await ana.closesForm();
    expect((await ana.form()).fields[0]?.value).toBe('push');
    await ana.fills({ Title: 'too much' });
    expect((await ana.form()).trouble).toContain('trouble connecting');
    await ana.fills({ Title: 'update' });
    await ana.sees('In place', 'private');
    await ana.types('mini');
    await ana.form();
    await expect(ana.types('mini')).rejects.toThrow('the form "New request" is open');
    await ana.fills({ Title: 'clear' });
    await expect(ana.closesForm()).rejects.toThrow('no form open');
  });

  test('closing a form tells the app that asked for it', async () => {
    await start();
    await ana.types('mini');
    await ana.form();
    await ana.closesForm();
    expect(seen.at(-1)).toMatchObject({ type: 'view_closed', is_cleared: false });
  });

  test('a killed app finds everything again', async () => {
    await start();
    await ana.types('mini');
    await ana.form();
    await stop();
    if (transport === 'HTTP') slack.requestUrl = 'http://127.0.0.1:9/slack/events';
    else slack.faults.dropConnection();
    await ana.fills({ Title: 'Still here' });
    expect((await ana.form()).trouble).toBeDefined();
    await ben.types('mini');
    expect(ben.sight('private').at(-1)?.text).toBe(
      transport === 'HTTP'
        ? '/mini failed with the error "dispatch_failed"'
        : '/mini failed because the app did not respond',
    );
    await start();
    await ana.fills({});
    await ben.sees('Still here', 'channel');
    await ben.presses('Claim', 'Still here');
    await ana.sees('Claimed by @Ben', 'channel');
  });

  test('events arrive once, and again when they are redelivered', async () => {
    await start();
    await ana.opensHome();
    const opened = seen.at(-1) as { event_id: string; event: object };
    expect(opened.event).toMatchObject({ type: 'app_home_opened', user: ana.userId, tab: 'home' });
    expect(await slack.redeliver(opened.event_id)).toEqual({
      eventId: opened.event_id,
      acknowledged: true,
    });
    expect(seen.at(-1)).toEqual(opened);
    slack.faults.loseAck();
    expect((await slack.emit({ type: 'tokens_revoked' })).acknowledged).toBe(false);
  });

  test('response_url: five uses, and the message whose button was pressed can be replaced', async () => {
    await start({
      commanded: async ({ ack, respond }) => {
        await ack();
        for (let i = 1; i <= 6; i++) {
          await respond({ text: `answer ${i}` }).catch(() => undefined);
        }
      },
      pressed: async ({ ack, respond }) => {
        await ack();
        await respond({ replace_original: true, text: 'gone' });
      },
    });
    await ana.types('mini');
    await ana.sees('answer 5', 'private');
    const used = () =>
      slack.wire.filter((entry) => entry.path === 'response_url').map((entry) => entry.status);
    await slack.eventually(() => (used().length === 6 ? true : undefined));
    expect(used()).toEqual([200, 200, 200, 200, 200, 404]);
    expect(ana.sight('private')).toHaveLength(5);
  });
});
