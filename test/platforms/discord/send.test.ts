import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { button, buttons, mention, quote, text } from '../../../src/messages/card.ts';
import { type Address, PostGone, TryLater, Undeliverable } from '../../../src/platforms/platform.ts';
import type { DiscordPerson } from '../../../src/sandbox/discord/index.ts';
import { spokenCard as card } from '../../support/spoken.ts';
import { onStage, type Stage } from './bot.ts';

let stage: Stage;
let ada: DiscordPerson;
let channel: Address;
let person: Address;

beforeEach(async () => {
  stage = await onStage({ bucketLimit: 5 });
  ada = stage.discord.addUser({ name: 'Ada', timeZone: 'Europe/Berlin' });
  const spaceId = stage.discord.guildId;
  channel = { to: 'channel', spaceId, channelId: stage.mentors };
  person = { to: 'person', spaceId, userId: ada.userId };
});
afterEach(() => stage.close());

const hello = card(
  'good',
  'Hello',
  text('Press.'),
  buttons(button('Claim', 'request.claim', { requestId: '1' })),
);
const once = (id: string) => ({ id, maybeSent: false });
const requests = (method: string, path: RegExp) =>
  stage.discord.wire.filter((entry) => entry.method === method && path.test(entry.path));

describe('posting', () => {
  it('puts a card into a channel and brings it up to date', async () => {
    const post = await stage.bot.post(channel, hello, once('d1'));
    expect(post).toEqual({
      platform: 'discord',
      spaceId: stage.discord.guildId,
      channelId: stage.mentors,
      messageId: expect.any(String),
    });
    expect((await ada.sees('Hello', 'channel')).buttons).toEqual(['Claim']);
    await stage.bot.update(post, card('neutral', 'Claimed'));
    const seen = await ada.sees('Claimed', 'channel');
    expect(seen).toMatchObject({ id: post.messageId, edited: true, buttons: [] });
  });

  it('opens direct messages once', async () => {
    await stage.bot.post(person, hello, once('d1'));
    await stage.bot.post(person, card('good', 'Again'), once('d2'));
    await ada.sees('Hello', 'dm');
    await ada.sees('Again', 'dm');
    expect(requests('POST', /^\/users\/@me\/channels$/)).toHaveLength(1);
  });

  it('notifies nobody, whatever somebody typed', async () => {
    const words = `@everyone @here <@${ada.userId}> <@&${stage.role}> <#${stage.mentors}>`;
    const me = {
      id: 'm1',
      name: 'Ada',
      timeZone: null,
      accounts: [{ platform: 'discord', spaceId: stage.discord.guildId, userId: ada.userId }],
    };
    const post = await stage.bot.post(
      channel,
      card('neutral', words, text(words, ' ', mention(me)), quote(words)),
      once('d1'),
    );
    await stage.bot.update(post, card('neutral', 'Changed', text(words)));
    const [message] = stage.discord.messages(stage.mentors);
    expect(message?.pinged).toEqual({ everyone: false, users: [], roles: [] });
    const seen = await ada.sees('Changed', 'channel');
    expect(seen.text).toContain(words);
  });

  it('is one message when the answer got lost and it is tried again at once', async () => {
    stage.discord.faults.fail({ path: /messages$/, method: 'POST', times: 1, status: 502, afterwards: true });
    await expect(stage.bot.post(channel, hello, once('d1'))).rejects.toThrow(TryLater);
    const post = await stage.bot.post(channel, hello, { id: 'd1', maybeSent: true });
    expect(stage.discord.messages(stage.mentors).map(({ id }) => id)).toEqual([post.messageId]);
  });

  it('finds its message again after a crash, when Discord has forgotten the nonce', async () => {
    const first = await stage.bot.post(channel, hello, once('d1'));
    await stage.bot.post(channel, card('good', 'Another'), once('d2'));
    await stage.restart();
    const posted = requests('POST', /messages$/).length;
    const again = await stage.bot.post(channel, hello, { id: 'd1', maybeSent: true });
    expect(again).toEqual(first);
    expect(requests('POST', /messages$/)).toHaveLength(posted);
    const other = await stage.bot.post(channel, hello, { id: 'd3', maybeSent: true });
    expect(other.messageId).not.toBe(first.messageId);
    await stage.bot.post(person, hello, { id: 'd4', maybeSent: true });
    await stage.bot.post(person, hello, { id: 'd4', maybeSent: true });
    expect(ada.sight('dm')).toHaveLength(1);
  });
});

describe('what cannot be delivered', () => {
  it('says that direct messages are closed, and asks Discord once', async () => {
    stage.discord.faults.closeDms(ada.userId);
    await expect(stage.bot.post(person, hello, once('d1'))).rejects.toThrow(Undeliverable);
    expect(requests('POST', /messages$/)).toHaveLength(1);
    // Who takes none is left alone, until they come by or hours went by.
    stage.discord.faults.openDms(ada.userId);
    await expect(stage.bot.post(person, hello, once('d2'))).rejects.toThrow(Undeliverable);
    expect(requests('POST', /messages$/)).toHaveLength(1);
    await ada.types('list');
    await stage.bot.post(person, hello, once('d1'));
    await ada.sees('Hello', 'dm');
  });

  it.each([
    ['a person who is not there', { to: 'person', spaceId: '1', userId: '123456789012345678' }],
    ['a channel that is not there', { to: 'channel', spaceId: '1', channelId: '123456789012345678' }],
  ] as [string, Address][])('says so of %s', async (_what, address) => {
    await expect(stage.bot.post(address, hello, once('d1'))).rejects.toThrow(Undeliverable);
  });

  it.each(['see', 'write'] as const)('says so of a channel that it may not %s', async (what) => {
    stage.discord.faults.forbid(stage.mentors, what);
    await expect(stage.bot.post(channel, hello, once('d1'))).rejects.toThrow(Undeliverable);
  });

  it('says when the message to update is gone', async () => {
    const post = await stage.bot.post(channel, hello, once('d1'));
    stage.discord.faults.deleteMessage(post.messageId);
    await expect(stage.bot.update(post, hello)).rejects.toThrow(PostGone);
    stage.discord.faults.deleteChannel(stage.mentors);
    await expect(stage.bot.update(post, hello)).rejects.toThrow(Undeliverable);
  });
});

describe('what has to wait', () => {
  it('hands on how long Discord asks to wait, and does not try by itself', async () => {
    stage.discord.faults.rateLimit({ path: /messages$/, method: 'POST', times: 1, retryAfter: 7 });
    const error = await stage.bot.post(channel, hello, once('d1')).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TryLater);
    expect((error as TryLater).retryAfterMs).toBeGreaterThanOrEqual(7_000);
    expect((error as TryLater).retryAfterMs).toBeLessThan(9_000);
    expect(requests('POST', /messages$/)).toHaveLength(1);
  });

  it('holds back by itself when the limit is known to be used up', async () => {
    const all = await Promise.allSettled(
      Array.from({ length: 8 }, (_, i) => stage.bot.post(channel, hello, once(`d${i}`))),
    );
    expect(all.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThanOrEqual(5);
    for (const one of all) if (one.status === 'rejected') expect(one.reason).toBeInstanceOf(TryLater);
    expect(stage.discord.wire.filter(({ status }) => status === 429)).toEqual([]);
  });

  it('does not keep people waiting for it', async () => {
    stage.discord.faults.rateLimit({
      path: /messages$/,
      method: 'POST',
      times: 1,
      retryAfter: 60,
      global: true,
    });
    await expect(stage.bot.post(channel, hello, once('d1'))).rejects.toThrow(TryLater);
    await expect(stage.bot.post(person, hello, once('d2'))).rejects.toThrow(TryLater);
    await ada.types('list');
    await ada.sees('Did everything.list', 'private');
  });

  it('takes an outage and a lost connection for what they are, once each', async () => {
    stage.discord.faults.fail({ path: /messages$/, times: 1, status: 503 });
    await expect(stage.bot.post(channel, hello, once('d1'))).rejects.toThrow(TryLater);
    expect(requests('POST', /messages$/)).toHaveLength(1);
    await stage.discord.close();
    await expect(stage.bot.post(channel, hello, once('d1'))).rejects.toThrow(TryLater);
  });
});
