import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type SpokenCard, text } from '../../../src/messages/card.ts';
import { type Address, type Platform, TryLater, Undeliverable } from '../../../src/platforms/platform.ts';
import type { DiscordPerson } from '../../../src/sandbox/discord/index.ts';
import { spokenCard as card } from '../../support/spoken.ts';
import { prepare, type Stage } from './bot.ts';

let stage: Stage;
let ada: DiscordPerson;
let bo: DiscordPerson;
let spaceId: string;
let now: number;
let bot: Platform;

beforeEach(async () => {
  now = Date.now();
  stage = await prepare({ bucketLimit: 200 }, { now: () => now });
  spaceId = stage.discord.guildId;
  ada = stage.discord.addUser({ name: 'Ada', timeZone: 'Europe/Berlin' });
  bo = stage.discord.addUser({ name: 'Bo', timeZone: 'Europe/Berlin' });
});
afterEach(() => stage.close());

const start = async () => {
  bot = await stage.restart();
};
const once = (id: string) => ({ id, maybeSent: false });
const again = (id: string) => ({ id, maybeSent: true });
const hello: SpokenCard = card('good', 'Hello', text('There.'));
const sent = (method: string, path: RegExp) =>
  stage.discord.wire.filter((entry) => entry.method === method && path.test(entry.path));

describe('a forum as mentors channel', () => {
  let forum: string;
  let address: Address;
  const at = (label: string, over = false, title = 'Why does CI fail?'): SpokenCard => ({
    ...card('waiting', title, text(`It is ${label}.`)),
    stage: { label, over },
  });
  const posts = () => stage.discord.threads(forum);

  const useForum = async (options: { tags: string[]; tagRequired?: boolean }) => {
    forum = stage.discord.addChannel('requests', { forum: options });
    stage.settings.mentorsChannel = forum;
    address = { to: 'channel', spaceId, channelId: forum };
    await start();
  };

  it('gets a post for each card, tagged by where it stands, closed at its end and opened again after', async () => {
    await useForum({ tags: ['open', 'Claimed', 'Completed', 'Misc'] });
    const post = await bot.post(address, at('Open'), once('d1'));
    expect(posts()).toMatchObject([{ id: post.channelId, name: 'Why does CI fail?', tags: ['open'] }]);
    await bot.update(post, at('Claimed'));
    expect((await ada.sees('It is Claimed.', 'channel')).id).toBe(post.messageId);
    expect(posts()).toMatchObject([{ tags: ['Claimed'], archived: false }]);
    await bot.update(post, at('Completed', true));
    expect(posts()).toMatchObject([{ tags: ['Completed'], archived: true, locked: true }]);
    await bot.update(post, at('Open'));
    expect(posts()).toMatchObject([{ tags: ['open'], archived: false, locked: false }]);
    await ada.sees('It is Open.', 'channel');
  });

  it('makes a tag where it may, and does without where it may not', async () => {
    await useForum({ tags: [] });
    await bot.post(address, at('Open'), once('d1'));
    await bot.post(address, at('Claimed'), once('d2'));
    expect(posts().map(({ tags }) => tags)).toEqual([[], []]);
    expect(sent('PATCH', new RegExp(`^/channels/${forum}$`))).toHaveLength(1);
    const manager = stage.discord.addRole('Manager', 1n << 4n);
    stage.discord.grant(stage.discord.applicationId, manager);
    now += 11 * 60_000;
    await bot.post(address, at('Open'), once('d3'));
    expect(posts()[2]?.tags).toEqual(['Open']);
  });

  it('takes any tag where a post must have one', async () => {
    await useForum({ tags: ['Misc'], tagRequired: true });
    await bot.post(address, hello, once('d0'));
    await bot.post(address, at('Open'), once('d1'));
    expect(posts().map(({ tags }) => tags)).toEqual([['Misc'], ['Misc']]);
  });

  it('finds its post again when nobody knows whether it arrived', async () => {
    await useForum({ tags: ['Open'] });
    stage.discord.faults.fail({ path: /threads$/, method: 'POST', times: 1, status: 502, afterwards: true });
    await expect(bot.post(address, at('Open'), once('d1'))).rejects.toThrow(TryLater);
    const found = await bot.post(address, at('Open'), again('d1'));
    expect(posts().map(({ id }) => id)).toEqual([found.channelId]);
    const other = await bot.post(address, at('Open'), again('d2'));
    expect(other.channelId).not.toBe(found.channelId);
  });

  it('says when the post is gone', async () => {
    await useForum({ tags: [] });
    const post = await bot.post(address, at('Open'), once('d1'));
    stage.discord.faults.deleteChannel(post.channelId);
    await expect(bot.update(post, at('Claimed'))).rejects.toThrow(Undeliverable);
  });
});

describe('closed direct messages', () => {
  let fallback: string;
  const person = (): Address => ({ to: 'person', spaceId, userId: ada.userId });
  beforeEach(async () => {
    fallback = stage.discord.addChannel('mini-sessions');
    stage.settings.fallbackChannel = fallback;
    await start();
    stage.discord.faults.closeDms(ada.userId);
  });

  it('lead to a private thread of their own, found again after a restart', async () => {
    const post = await bot.post(person(), hello, once('d1'));
    await bot.post(person(), card('good', 'Second'), once('d2'));
    const [thread, none] = stage.discord.threads(fallback);
    expect(none).toBeUndefined();
    expect(thread).toMatchObject({ id: post.channelId, members: [ada.userId] });
    await ada.sees('Hello', 'channel');
    expect(bo.sight('channel')).toEqual([]);
    await bot.update(post, card('good', 'Changed'));
    await ada.sees('Changed', 'channel');
    expect(sent('POST', /messages$/).filter(({ status }) => status === 403)).toHaveLength(1);
    await start();
    await bot.post(person(), card('good', 'Third'), once('d3'));
    expect(stage.discord.threads(fallback)).toHaveLength(1);
    stage.discord.faults.deleteChannel(post.channelId);
    await bot.post(person(), card('good', 'Fourth'), once('d4'));
    await ada.sees('Fourth', 'channel');
  });

  it('are tried again when the person came by, or after hours', async () => {
    await bot.post(person(), hello, once('d1'));
    stage.discord.faults.openDms(ada.userId);
    await ada.types('list');
    await bot.post(person(), card('good', 'Second'), once('d2'));
    await ada.sees('Second', 'dm');
    stage.discord.faults.closeDms(ada.userId);
    await bot.post(person(), card('good', 'Third'), once('d3'));
    stage.discord.faults.openDms(ada.userId);
    now += 7 * 60 * 60_000;
    await bot.post(person(), card('good', 'Fourth'), once('d4'));
    await ada.sees('Fourth', 'dm');
  });

  it('lead to a word that tells nothing, once, where no thread can be had', async () => {
    stage.discord.faults.forbid(fallback, 'open private threads');
    for (const id of ['d1', 'd2']) {
      await expect(bot.post(person(), card('good', 'A secret'), once(id))).rejects.toThrow(Undeliverable);
    }
    const [called, none] = stage.discord.messages(fallback);
    expect(none).toBeUndefined();
    expect(called?.pinged).toEqual({ everyone: false, users: [ada.userId], roles: [] });
    const seen = await bo.sees('Type /mini-sessions', 'channel');
    expect(seen.text).not.toContain('A secret');
    await ada.types('list');
    await expect(bot.post(person(), hello, once('d3'))).rejects.toThrow(Undeliverable);
    expect(stage.discord.messages(fallback)).toHaveLength(2);
  });

  it('leave nobody in a thread that they cannot see', async () => {
    const staff = stage.discord.addRole('Staff');
    stage.settings.fallbackChannel = stage.discord.addChannel('staff', { roles: [staff] });
    await start();
    await expect(bot.post(person(), hello, once('d1'))).rejects.toThrow(Undeliverable);
    expect(stage.discord.threads(stage.settings.fallbackChannel)).toMatchObject([{ archived: true }]);
  });
});

describe('a room', () => {
  let sessions: string;
  const open = (delivery = once('d1'), userIds = [ada.userId, bo.userId]) => {
    const where = { spaceId, channelId: sessions };
    return bot.rooms?.open(where, { name: 'Why does CI fail?', userIds }, hello, delivery);
  };
  beforeEach(async () => {
    sessions = stage.discord.addChannel('mini-sessions');
    await start();
  });

  it('is a private thread with both in it, that closes and opens again', async () => {
    const post = await open();
    if (!post) expect.fail();
    const [room] = stage.discord.threads(sessions);
    expect(room).toMatchObject({ id: post.channelId, members: [ada.userId, bo.userId] });
    expect(room?.name).toMatch(/^Why does CI fail\? · [0-9a-f]{6}$/);
    for (const one of [ada, bo]) await one.sees('Hello', 'channel');
    expect(stage.discord.addUser({ name: 'Eve', timeZone: 'UTC' }).sight('channel')).toEqual([]);
    await bot.rooms?.close(post);
    expect(stage.discord.threads(sessions)).toMatchObject([{ archived: true, locked: true }]);
    await bot.update(post, card('good', 'Here again'));
    expect(stage.discord.threads(sessions)).toMatchObject([{ archived: false, locked: false }]);
    await ada.sees('Here again', 'channel');
  });

  it('is one when nobody knows what became of the first try', async () => {
    stage.discord.faults.fail({ path: /thread-members/, method: 'PUT', times: 1, status: 502 });
    await expect(open()).rejects.toThrow(TryLater);
    await open(again('d1'));
    await open(again('d1'));
    expect(stage.discord.threads(sessions)).toMatchObject([{ members: [ada.userId, bo.userId] }]);
    expect(stage.discord.messages(stage.discord.threads(sessions)[0]?.id ?? '')).toHaveLength(1);
  });

  it('is left locked only where it may be, and closed anyway', async () => {
    stage.discord.faults.forbid(sessions, 'manage threads');
    const post = await open();
    if (post) await bot.rooms?.close(post);
    expect(stage.discord.threads(sessions)).toMatchObject([{ archived: true, locked: false }]);
  });

  it('cannot be had where one of the two does not see the channel, or threads are not allowed', async () => {
    const staff = stage.discord.addRole('Staff');
    sessions = stage.discord.addChannel('staff', { roles: [staff] });
    await expect(open()).rejects.toThrow(Undeliverable);
    expect(stage.discord.threads(sessions)).toMatchObject([{ archived: true }]);
    sessions = stage.discord.addChannel('elsewhere');
    stage.discord.faults.forbid(sessions, 'open private threads');
    await expect(open()).rejects.toThrow(Undeliverable);
  });
});
