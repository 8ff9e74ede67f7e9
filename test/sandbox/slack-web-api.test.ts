import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startSlack } from '../../src/sandbox/slack/start.ts';
import type { SlackPerson, SlackStandIn } from '../../src/sandbox/slack/types.ts';
import { type Answer, card, tokens, webApi } from './slack-bot.ts';

let slack: SlackStandIn;
let ana: SlackPerson;
let channel: string;
let now: Date;

beforeEach(async () => {
  now = new Date('2026-11-22T12:00:00Z');
  slack = await startSlack({ ...tokens, commands: ['/mini'], now: () => now });
  channel = slack.addChannel('mentors');
  ana = slack.addUser({ name: 'Ana Lopes', timeZone: 'Europe/Lisbon', email: 'ana@school.test' });
  slack.join(channel, ana.userId);
});
afterEach(async () => {
  await slack.close();
});

const { post, call, error } = webApi(() => slack);

describe('tokens and scopes', () => {
  test('each wrong token has its own code', async () => {
    expect(await error('auth.test', {}, '')).toBe('not_authed');
    expect(await error('auth.test', {}, 'xoxb-other')).toBe('invalid_auth');
    expect(await error('apps.connections.open')).toBe('not_allowed_token_type');
    expect(await error('chat.postMessage', { channel, text: 'x' }, tokens.appToken)).toBe(
      'not_allowed_token_type',
    );
    expect(await call('auth.test', {}, tokens.appToken)).toMatchObject({ ok: true });
    expect(await call('auth.test')).toMatchObject({
      ok: true,
      user_id: slack.botUserId,
      team_id: slack.teamId,
    });
    expect(await error('files.upload')).toBe('unknown_method');
  });

  test('a form body, with the token in it, is as good as JSON; the token is not recorded', async () => {
    const body = new URLSearchParams({
      token: tokens.botToken,
      channel,
      text: 'form',
      blocks: JSON.stringify(card('form')),
    });
    const answer = (await (
      await fetch(`${slack.url}chat.postMessage`, { method: 'POST', body })
    ).json()) as Answer;
    expect(answer.ok).toBe(true);
    expect(slack.wire.at(-1)).toEqual({
      to: 'slack',
      method: 'POST',
      path: 'chat.postMessage',
      body: { channel, text: 'form', blocks: card('form') },
      status: 200,
    });
  });

  test('a scope that was not granted is named', async () => {
    slack.setScopes(['chat:write', 'channels:read', 'users:read']);
    expect(await call('conversations.open', { users: ana.userId })).toMatchObject({
      error: 'missing_scope',
      needed: 'im:write',
    });
    const hidden = slack.addChannel('hidden', { private: true });
    expect(await call('conversations.info', { channel: hidden })).toMatchObject({ needed: 'groups:read' });
    expect(await call('conversations.info', { channel })).toMatchObject({ ok: true });
    expect((await call('users.info', { user: ana.userId })).user.profile.email).toBeUndefined();
    expect((await post('auth.test', {})).headers.get('x-oauth-scopes')).toBe(
      'chat:write,channels:read,users:read',
    );
  });

  test('a removed app has no token any more', async () => {
    await slack.uninstall();
    expect(await error('auth.test')).toBe('account_inactive');
  });
});

describe('conversations and people', () => {
  test('the person has a time zone and, with the scope, an address', async () => {
    const { user } = await call('users.info', { user: ana.userId });
    expect(user).toMatchObject({ tz: 'Europe/Lisbon', tz_offset: 0, profile: { email: 'ana@school.test' } });
    expect(await error('users.info', { user: 'U404' })).toBe('user_not_found');
  });

  test('members come in pages', async () => {
    for (let i = 0; i < 5; i++) slack.join(channel, slack.addUser({ name: `P${i}`, timeZone: 'UTC' }).userId);
    const all: string[] = [];
    let cursor = '';
    do {
      const page = await call('conversations.members', { channel, limit: 3, cursor });
      expect(page.members.length).toBeLessThanOrEqual(3);
      all.push(...page.members);
      cursor = page.response_metadata.next_cursor;
    } while (cursor);
    expect(new Set(all).size).toBe(7);
    expect(all).toHaveLength(7);
    expect(await error('conversations.members', { channel, cursor: 'nonsense' })).toBe('invalid_cursor');
    expect(await error('conversations.members', { channel, limit: 5_000 })).toBe('invalid_limit');
  });

  test('channels that the app is not in', async () => {
    const open = slack.addChannel('open', { withApp: false });
    const hidden = slack.addChannel('hidden', { private: true, withApp: false });
    expect(await error('chat.postMessage', { channel: open, text: 'x' })).toBe('not_in_channel');
    expect(await error('chat.postMessage', { channel: hidden, text: 'x' })).toBe('channel_not_found');
    expect(await error('conversations.info', { channel: hidden })).toBe('channel_not_found');
    expect(await error('conversations.history', { channel: open })).toBe('not_in_channel');
    slack.leave(channel, slack.botUserId);
    expect(await error('chat.postMessage', { channel, text: 'x' })).toBe('not_in_channel');
  });

  test('history, newest first, with metadata only when asked', async () => {
    const metadata = { event_type: 'notice', event_payload: { id: '7' } };
    const first = await call('chat.postMessage', { channel, text: 'one', metadata });
    await call('chat.postMessage', { channel, text: 'two', metadata: { event_type: 'half' } });
    await call('chat.postMessage', { channel, text: 'reply', thread_ts: first.ts });
    const plain = await call('conversations.history', { channel });
    expect(plain.messages.map((m) => [m.text, m.metadata])).toEqual([
      ['two', undefined],
      ['one', undefined],
    ]);
    const { messages } = await call('conversations.history', { channel, include_all_metadata: true });
    expect(messages.map((m) => m.metadata)).toEqual([undefined, metadata]);
    const later = await call('conversations.history', { channel, oldest: first.ts });
    expect(later.messages.map((m) => m.text)).toEqual(['two']);
    const thread = await call('conversations.replies', { channel, ts: first.ts });
    expect(thread.messages.map((m) => m.text)).toEqual(['one', 'reply']);
  });

  test('a thread: what begins it tells of its replies, and a broadcast one is in the history too', async () => {
    const { ts } = await call('chat.postMessage', { channel, text: 'one' });
    const quiet = await call('chat.postMessage', { channel, text: 'quiet', thread_ts: ts });
    expect(quiet).toMatchObject({ message: { thread_ts: ts } });
    const loud = await call('chat.postMessage', {
      channel,
      text: 'loud',
      // Below a reply is below what that replies to.
      thread_ts: quiet.ts,
      reply_broadcast: true,
    });
    const { messages } = await call('conversations.history', { channel });
    expect(messages).toMatchObject([
      { text: 'loud', subtype: 'thread_broadcast', thread_ts: ts, root: { text: 'one' } },
      { text: 'one', thread_ts: ts, reply_count: 2, reply_users_count: 1, latest_reply: loud.ts },
    ]);
    const thread = await call('conversations.replies', { channel, ts });
    expect(thread.messages.map((m) => m.text)).toEqual(['one', 'quiet', 'loud']);
  });

  test('nothing goes below what never was; below what was deleted it becomes a message of its own', async () => {
    expect(await error('chat.postMessage', { channel, text: 'x', thread_ts: '1.1' })).toBe(
      'thread_not_found',
    );
    expect(await error('conversations.replies', { channel, ts: '1.1' })).toBe('thread_not_found');
    const { ts } = await call('chat.postMessage', { channel, text: 'gone soon' });
    slack.deletes(channel, String(ts));
    const alone = await call('chat.postMessage', { channel, text: 'alone', thread_ts: ts });
    expect(alone).not.toHaveProperty('message.thread_ts');
    expect(await error('conversations.replies', { channel, ts })).toBe('thread_not_found');
  });

  test('what is deleted below its replies leaves a note that nobody can change', async () => {
    const { ts } = await call('chat.postMessage', { channel, text: 'gone soon' });
    await call('chat.postMessage', { channel, text: 'stays', thread_ts: ts });
    await call('chat.delete', { channel, ts });
    const { messages } = await call('conversations.replies', { channel, ts });
    expect(messages).toMatchObject([{ subtype: 'tombstone', reply_count: 1 }, { text: 'stays' }]);
    expect(await error('chat.update', { channel, ts, text: 'x' })).toBe('message_not_found');
    expect(await call('chat.postMessage', { channel, text: 'too', thread_ts: ts })).toMatchObject({
      message: { thread_ts: ts },
    });
  });

  test('direct messages, and somebody who takes none', async () => {
    const { channel: dm } = await call('conversations.open', { users: ana.userId });
    await call('chat.postMessage', { channel: dm.id, text: 'by conversation' });
    await call('chat.postMessage', { channel: ana.userId, text: 'by person' });
    expect(ana.sight('dm').map((seen) => seen.text)).toEqual(['by conversation', 'by person']);
    expect(slack.messages(dm.id)).toEqual(slack.directMessages(ana.userId));
    slack.faults.closeDms(ana.userId);
    expect(await error('conversations.open', { users: ana.userId })).toBe('cannot_dm_bot');
    expect(await error('chat.postMessage', { channel: ana.userId, text: 'x' })).toBe('cannot_dm_bot');
    expect(await error('chat.postMessage', { channel: dm.id, text: 'x' })).toBe('cannot_dm_bot');
    slack.faults.openDms(ana.userId);
    expect((await call('chat.postMessage', { channel: dm.id, text: 'x' })).ok).toBe(true);
  });
});

describe('messages', () => {
  test('what cannot be posted, changed or deleted', async () => {
    expect(await error('chat.postMessage', { channel: 'C404', text: 'x' })).toBe('channel_not_found');
    expect(await error('chat.postMessage', { channel })).toBe('no_text');
    expect((await call('chat.postMessage', { channel, text: 'x'.repeat(40_000) })).ok).toBe(true);
    expect(await error('chat.postMessage', { channel, text: 'x'.repeat(40_001) })).toBe('msg_too_long');
    expect(await error('chat.postMessage', { channel, text: 'x', blocks: '[' })).toBe(
      'invalid_blocks_format',
    );
    const bad = await call('chat.postMessage', { channel, text: 'x', blocks: [{ type: 'section' }] });
    expect(bad.error).toBe('invalid_blocks');
    expect(bad.response_metadata.messages).toEqual([
      '[ERROR] missing required field: text [json-pointer:/blocks/0]',
    ]);
    const { ts } = await call('chat.postMessage', { channel, text: 'x' });
    expect(await error('chat.update', { channel, ts: '1.000000', text: 'y' })).toBe('message_not_found');
    expect((await call('chat.update', { channel, ts, text: 'é'.repeat(2_000) })).ok).toBe(true);
    expect(await error('chat.update', { channel, ts, text: 'é'.repeat(2_001) })).toBe('msg_too_long');
    expect(await error('chat.update', { channel, ts, text: '&'.repeat(900) })).toBe('msg_too_long');
    expect(await error('chat.update', { channel, ts, text: '' })).toBe('no_text');
    const large = { event_type: 'x', event_payload: { text: 'x'.repeat(16_000) } };
    expect(await error('chat.postMessage', { channel, text: 'x', metadata: large })).toBe(
      'metadata_too_large',
    );
    expect((await call('chat.delete', { channel, ts })).ok).toBe(true);
    expect(await error('chat.delete', { channel, ts })).toBe('message_not_found');
    const { wire } = slack;
    expect(wire.at(-1)).toMatchObject({ status: 200, error: 'message_not_found' });
  });

  test('an update keeps what it does not name', async () => {
    const { ts } = await call('chat.postMessage', { channel, text: 'x', blocks: card('Open', 'Claim') });
    await call('chat.update', { channel, ts, text: 'y' });
    expect(ana.sight('channel')).toMatchObject([{ id: ts, text: 'Open', buttons: ['Claim'], edited: true }]);
    await call('chat.update', { channel, ts, text: 'y', blocks: [] });
    expect(ana.sight('channel')).toMatchObject([{ text: 'y', buttons: [] }]);
  });

  test('timestamps are unique and in order, even when the clock goes back', async () => {
    const posts = await Promise.all(
      Array.from({ length: 20 }, (_, i) => call('chat.postMessage', { channel, text: `${i}` })),
    );
    now = new Date('2020-01-01T00:00:00Z');
    posts.push(await call('chat.postMessage', { channel, text: 'last' }));
    const stamps = slack.messages(channel).map((message) => message.ts);
    expect(new Set(stamps).size).toBe(21);
    expect([...stamps].sort()).toEqual(stamps);
    expect(posts.at(-1)?.ts).toBe(stamps.at(-1));
  });

  test('an ephemeral message is seen by one person in the channel', async () => {
    const ben = slack.addUser({ name: 'Ben', timeZone: 'UTC' });
    const said = { channel, user: ana.userId, text: 'psst' };
    await call('chat.postEphemeral', said);
    expect(ana.sight('private').map((seen) => seen.text)).toEqual(['psst']);
    expect([...ben.sight('private'), ...ana.sight('channel')]).toEqual([]);
    expect(await error('chat.postEphemeral', { ...said, user: ben.userId })).toBe('user_not_in_channel');
    expect(await error('chat.update', { channel, ts: slack.wire.at(-1)?.status, text: 'x' })).toBe(
      'message_not_found',
    );
  });
});
