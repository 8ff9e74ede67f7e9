import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startSlack } from '../../src/sandbox/slack/start.ts';
import type { SlackPerson, SlackStandIn } from '../../src/sandbox/slack/types.ts';
import { card, form, startApp, tokens, webApi } from './slack-bot.ts';

let slack: SlackStandIn;
let ana: SlackPerson;
let channel: string;
let stop: () => Promise<unknown>;

beforeEach(async () => {
  stop = async () => {};
  slack = await startSlack({ ...tokens, commands: ['/mini'] });
  channel = slack.addChannel('mentors');
  ana = slack.addUser({ name: 'Ana Lopes', timeZone: 'Europe/Lisbon', email: 'ana@school.test' });
  slack.join(channel, ana.userId);
});
afterEach(async () => {
  await stop();
  await slack.close();
});

const { call, error } = webApi(() => slack);

describe('views', () => {
  /** Has Ana type a command at an app that does nothing but acknowledge, and returns the trigger. */
  async function trigger(): Promise<string> {
    let id = '';
    const app = await startApp(slack, {
      channel,
      commanded: async ({ ack, body }) => {
        id = body.trigger_id;
        await ack();
      },
    });
    stop = app.stop;
    await ana.types('mini');
    return id;
  }

  test('a trigger works once, and only while it lives', async () => {
    const id = await trigger();
    expect(await error('views.open', { trigger_id: 'nonsense', view: form() })).toBe('invalid_trigger_id');
    expect(await error('views.open', { trigger_id: id, view: { type: 'modal' } })).toBe('invalid_arguments');
    expect((await call('views.open', { trigger_id: id, view: form() })).ok).toBe(true);
    expect(await error('views.open', { trigger_id: id, view: form() })).toBe('exchanged_trigger_id');
    const huge = form({
      blocks: Array.from({ length: 90 }, () => ({
        type: 'section',
        text: { type: 'mrkdwn', text: 'x'.repeat(3_000) },
      })),
    });
    expect(await error('views.open', { trigger_id: id, view: huge })).toBe('exchanged_trigger_id');
    expect(await error('views.publish', { user_id: ana.userId, view: { ...huge, type: 'home' } })).toBe(
      'view_too_large',
    );
  });

  test('an expired trigger', async () => {
    await slack.close();
    slack = await startSlack({ ...tokens, commands: ['mini'], patience: { trigger: -1 } });
    ana = slack.addUser({ name: 'Ana', timeZone: 'UTC' });
    expect(await error('views.open', { trigger_id: await trigger(), view: form() })).toBe(
      'expired_trigger_id',
    );
    await expect(ana.form(50)).rejects.toThrow('no form opened for Ana within 50 ms');
  });

  test('an update with a stale hash is refused; fields keep what was typed', async () => {
    const { view } = await call('views.open', { trigger_id: await trigger(), view: form() });
    await expect(ana.fills({ Nowhere: 'x' })).rejects.toThrow('no field "Nowhere", but "Title", "When"');
    await expect(ana.fills({ Length: '31 minutes' })).rejects.toThrow(
      'offers no "31 minutes", but "30 minutes"',
    );
    await ana.fills({ Title: 'x'.repeat(41), Length: '60 minutes' });
    expect((await ana.form()).fields[0]?.error).toBe('Please enter at most 40 characters.');
    const next = {
      view_id: view.id,
      hash: view.hash,
      view: form({ title: { type: 'plain_text', text: 'Two' } }),
    };
    const updated = await call('views.update', next);
    expect(updated.view.hash).not.toBe(view.hash);
    expect(await error('views.update', next)).toBe('hash_conflict');
    expect(await error('views.update', { ...next, view_id: 'V404' })).toBe('not_found');
    expect(await ana.form()).toMatchObject({
      title: 'Two',
      fields: [{ value: 'x'.repeat(41) }, { value: '' }, { value: '60 minutes' }, { value: [] }],
    });
    await ana.closesForm();
    expect(await error('views.update', { ...next, hash: '' })).toBe('not_found');
  });

  test('views on top of one another: three, and only from a modal', async () => {
    let last: { trigger_id: string } = { trigger_id: '' };
    const step = (title: string) => ({
      type: 'modal' as const,
      title: { type: 'plain_text' as const, text: title },
      blocks: card(title, `On from ${title}`),
    });
    const app = await startApp(slack, {
      channel,
      commanded: async ({ ack, body }) => {
        last = body;
        await ack();
      },
      pressed: async ({ ack, body }) => {
        last = body as typeof last;
        await ack();
      },
    });
    stop = app.stop;
    await ana.types('mini');
    const push = (title: string) => error('views.push', { ...last, view: step(title) });
    expect(await push('Two')).toBe('not_found');
    expect((await call('views.open', { ...last, view: step('One') })).ok).toBe(true);
    for (const [from, to, code] of [
      ['One', 'Two', undefined],
      ['Two', 'Three', undefined],
      ['Three', 'Four', 'push_limit_reached'],
    ] as const) {
      await ana.presses(`On from ${from}`);
      expect(await push(to)).toBe(code);
    }
    await ana.closesForm();
    expect(ana.sight('private').map((seen) => seen.text)).toEqual(['Two\nTwo']);
  });

  test('the Home tab', async () => {
    const home = (words: string) => ({ type: 'home', blocks: card(words) });
    const { view } = await call('views.publish', { user_id: ana.userId, view: home('Hello') });
    expect((await ana.seesHome('Hello')).text).toBe('Hello');
    const stale = { user_id: ana.userId, view: home('Again'), hash: view.hash };
    expect((await call('views.publish', stale)).ok).toBe(true);
    expect(await error('views.publish', stale)).toBe('hash_conflict');
    expect(await error('views.publish', { user_id: ana.userId, view: form() })).toBe('invalid_arguments');
    const blocks = Array.from({ length: 101 }, () => ({ type: 'divider' }));
    expect(await error('views.publish', { user_id: ana.userId, view: { type: 'home', blocks } })).toBe(
      'invalid_arguments',
    );
    const fits = { type: 'home', blocks: blocks.slice(1) };
    expect((await call('views.publish', { user_id: ana.userId, view: fits })).ok).toBe(true);
    const app = await startApp(slack, { channel });
    stop = app.stop;
    await call('views.publish', {
      user_id: ana.userId,
      view: { type: 'home', blocks: card('Mine', 'Claim') },
    });
    await ana.presses('Claim');
    expect(app.seen.at(-1)).toMatchObject({ container: { type: 'view' }, view: { type: 'home' } });
  });
});
