import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { listCard } from '../../support/fake-desk.ts';
import { freePort, type SlackWithBot, secrets, slackWithBot } from './bot.ts';

let it: SlackWithBot;
afterEach(() => it.close());

describe('Socket Mode', () => {
  const lost = () => it.slack.eventually(() => (it.slack.connections === 0 ? true : undefined));

  test('there are two connections, and one alone is up', async () => {
    it = await slackWithBot();
    expect(it.slack.connections).toBe(2);
    expect(it.bot.health()).toBe('up');
  });

  test('lost and renewed connections come back', async () => {
    it = await slackWithBot();
    it.slack.faults.dropConnection();
    await lost();
    await it.slack.connected(2);
    it.slack.refreshConnection();
    await it.slack.connected(2);
    await it.student.types('list');
    await it.student.sees('Did everything.list', 'private');
    expect(it.bot.health()).toBe('up');
  });

  test('while one connection is renewed, the other hears everything, each thing once', async () => {
    it = await slackWithBot();
    for (let round = 1; round <= 3; round++) {
      // The renewal takes its time: the first attempts fail.
      it.slack.faults.fail({ method: 'apps.connections.open', times: 3, http: 500 });
      it.slack.refreshConnection('first');
      expect(it.slack.connections).toBe(1);
      await Promise.all([it.student.types('list'), it.mentor.types('list'), it.student.types('list')]);
      expect(await it.slack.emit({ type: 'user_change', user: { id: it.student.userId } })).toMatchObject({
        acknowledged: true,
      });
      await it.desk.until('everything.list', round * 3);
      await it.slack.connected(2);
    }
    expect(it.desk.performed).toHaveLength(9);
    expect(new Set(it.desk.performed.map(({ intent }) => intent.id)).size).toBe(9);
    expect(it.student.sight('private').filter(({ text }) => /trouble|failed/.test(text))).toEqual([]);
  });

  test('reconnecting goes on through errors that Bolt itself would give up at', async () => {
    it = await slackWithBot();
    it.slack.faults.fail({ method: 'apps.connections.open', times: 2, http: 500 });
    it.slack.faults.fail({ method: 'apps.connections.open', times: 2, error: 'invalid_auth' });
    it.slack.faults.loseAnswer({ method: 'apps.connections.open', times: 2 });
    it.slack.faults.dropConnection();
    await lost();
    await it.slack.connected(2);
    await it.student.types('list');
    await it.student.sees('Did everything.list', 'private');
  });

  test('one connection that fails at the start is tried again', async () => {
    it = await slackWithBot();
    await it.bot.stop();
    it.slack.faults.fail({ method: 'apps.connections.open', error: 'internal_error' });
    it.bot = it.create();
    await it.bot.start();
    expect(it.bot.health()).toBe('up');
    await it.slack.connected(2);
  });

  test('buttons and forms outlive a restart', async () => {
    it = await slackWithBot();
    it.desk.on('everything.list', { ok: true, card: listCard });
    await it.student.types('list');
    await it.student.sees('All there is', 'private');
    await it.student.types('every', { text: 'low' });
    await it.student.form();
    await it.bot.stop();
    it.bot = it.create();
    await it.bot.start();
    await it.student.fills({ Title: 'After the restart' });
    await it.student.sees('Did everything.submit', 'private');
    expect(it.desk.performed.at(-1)?.intent.args).toEqual({ urgency: 'low' });
    await it.student.presses('More', 'All there is');
    await it.student.sees('Did everything.more', 'private');
  });

  test('strange payloads are acknowledged, answered where they can be, and end nothing', async () => {
    it = await slackWithBot();
    for (const event of [{ type: 'user_change' }, { type: 'unheard_of' }, { type: 'user_change', user: 7 }]) {
      expect(await it.slack.emit(event)).toMatchObject({ acknowledged: true });
    }
    await it.student.types('list');
    await it.student.sees('Did everything.list', 'private');
  });

  test('an acknowledgement that gets lost stops nothing', async () => {
    it = await slackWithBot({ slack: { patience: { acknowledge: 50 } } });
    it.slack.faults.loseAck();
    await it.student.types('list');
    await it.student.sees('Did everything.list', 'private');
  });
});

describe('HTTP', () => {
  const post = (port: number, body: string, seconds: number, secret = secrets.signingSecret, type = 'json') =>
    fetch(`http://127.0.0.1:${port}/slack/events`, {
      method: 'POST',
      headers: {
        'content-type': type === 'json' ? 'application/json' : 'application/x-www-form-urlencoded',
        'x-slack-request-timestamp': String(seconds),
        'x-slack-signature': `v0=${createHmac('sha256', secret).update(`v0:${seconds}:${body}`).digest('hex')}`,
      },
      body,
    }).then(({ status }) => status);
  const now = () => Math.floor(Date.now() / 1_000);
  const event = JSON.stringify({
    type: 'event_callback',
    event: { type: 'member_joined_channel', channel: 'C1', user: 'U1' },
  });

  test('the signature and the time decide what is let in', async () => {
    it = await slackWithBot({ mode: 'http' });
    expect(it.slack.connections).toBe(0);
    expect(await post(it.port, event, now())).toBe(200);
    expect(await post(it.port, event, now(), 'another secret')).toBe(401);
    expect(await post(it.port, event, now() - 301)).toBe(401);
    expect(await post(it.port, event, now() + 310)).toBe(401);
    expect(await post(it.port, event, Number.NaN)).toBe(401);
    expect(await post(it.port, event, now() + 100)).toBe(200);
  });

  test('payloads of no known shape are acknowledged and end nothing', async () => {
    it = await slackWithBot({ mode: 'http' });
    const odd = [
      '{}',
      '{"type":"shortcut"}',
      '{"type":"block_actions","actions":[]}',
      '[]',
      '{"type":"view_submission"}',
    ];
    for (const body of odd) expect(await post(it.port, body, now()), body).toBe(200);
    expect(await post(it.port, 'payload={}', now(), secrets.signingSecret, 'form')).toBe(200);
    expect(await post(it.port, 'no json', now())).toBe(400);
    await it.student.types('list');
    await it.student.sees('Did everything.list', 'private');
  });

  test('health is served on the same port, and nothing else', async () => {
    it = await slackWithBot({ mode: 'http' });
    const get = (path: string) => fetch(`http://127.0.0.1:${it.port}${path}`);
    expect(await (await get('/healthz')).text()).toBe('well');
    expect((await get('/slack/events')).status).toBe(404);
    expect((await get('/constructor')).status).toBe(404);
    expect(it.bot.health()).toBe('up');
    await it.bot.stop();
    expect(it.bot.health()).toBe('down');
    await expect(get('/healthz')).rejects.toThrow();
    it.bot = it.create();
    await it.bot.start();
  });

  test('a port that is taken is said with the setting’s name', async () => {
    it = await slackWithBot({ mode: 'http' });
    await expect(it.create().start()).rejects.toThrow(`PORT ${it.port} is in use`);
    expect(await freePort()).not.toBe(it.port);
  });
});
