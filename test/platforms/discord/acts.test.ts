import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DiscordPerson } from '../../../src/sandbox/discord/index.ts';
import { done, listCard, refused } from '../../support/fake-desk.ts';
import { onStage, prepare, type Stage, until } from './bot.ts';

let stage: Stage;
let ada: DiscordPerson;
let bo: DiscordPerson;

beforeEach(async () => {
  stage = await onStage();
  ada = stage.discord.addUser({ name: 'Ada', timeZone: 'Europe/Berlin' });
  bo = stage.discord.addUser({ name: 'Bo', timeZone: 'America/New_York', roles: [stage.role] });
});
afterEach(() => stage.close());

const wire = (path: RegExp) => stage.discord.wire.filter((entry) => path.test(entry.path));

describe('commands', () => {
  it('answers privately, and knows who asked and whether they mentor', async () => {
    stage.desk.on('everything.list', { ok: true, card: listCard });
    await bo.types('list');
    const seen = await bo.sees('All there is', 'private');
    expect(seen.buttons).toEqual(['More', 'New note']);
    expect(ada.sight('channel')).toEqual([]);
    const [first] = stage.desk.performed;
    expect(first?.by).toEqual({
      platform: 'discord',
      spaceId: stage.discord.guildId,
      userId: bo.userId,
      name: 'Bo',
      timeZone: null,
      language: 'en',
      isMentor: true,
      isCoordinator: false,
      roleNames: { mentor: ['@Mentor'], coordinator: [] },
    });
    expect(first?.intent).toMatchObject({ name: 'everything.list', args: {}, fields: {}, problems: [] });
    await ada.types('list');
    await ada.sees('All there is', 'private');
    expect(stage.desk.performed[1]?.by).toMatchObject({ name: 'Ada', isMentor: false });
  });

  it('says so when Discord still knows a command that is gone', async () => {
    stage.desk.commands.length = 0;
    await ada.types('list');
    await ada.sees('I do not know how to do that', 'private');
    expect(stage.desk.performed).toEqual([]);
  });

  it('apologises with a reference when the desk breaks its promise', async () => {
    stage.desk.on('everything.list', () => {
      throw new Error('no such thing');
    });
    await ada.types('list');
    await ada.sees(/Something went wrong on my side[\s\S]*reference/, 'private');
    expect(stage.logged).toContain('An interaction failed');
  });
});

describe('buttons', () => {
  it('answers in place on a private message, so that answers do not pile up', async () => {
    stage.desk.on('everything.list', { ok: true, card: listCard });
    stage.desk.on('everything.more', done('The second page'));
    await ada.types('list');
    await ada.sees('All there is', 'private');
    await ada.presses('More');
    await ada.sees('The second page', 'private');
    expect(ada.sight('private')).toHaveLength(1);
    expect(stage.desk.performed[1]?.intent.args).toEqual({ page: '2' });
  });

  it('answers beside a public message, only to the one who pressed', async () => {
    const address = {
      to: 'channel' as const,
      spaceId: stage.discord.guildId,
      channelId: stage.mentors,
    };
    await stage.bot.post(address, listCard, { id: 'd1', maybeSent: false });
    stage.desk.on('everything.more', refused('Too late', 'Somebody was quicker.'));
    await ada.presses('More');
    await ada.sees('Too late', 'private');
    expect(bo.sight('private')).toEqual([]);
    expect(stage.discord.messages(stage.mentors)).toHaveLength(1);
    expect(stage.discord.messages(stage.mentors)[0]?.edited).toBe(false);
  });

  it('works in direct messages, where Discord is asked whose roles they are', async () => {
    await stage.bot.post({ to: 'person', spaceId: stage.discord.guildId, userId: bo.userId }, listCard, {
      id: 'd1',
      maybeSent: false,
    });
    await bo.pressesInDm('More');
    await bo.sees('Did everything.more', 'private');
    const by = () => stage.desk.performed.at(-1)?.by;
    expect(by()).toMatchObject({ spaceId: null, userId: bo.userId, isMentor: true, isCoordinator: false });
    // Without an answer, what was last known holds.
    stage.discord.faults.fail({ path: /members/, times: 2, status: 500 });
    const other = stage.discord.addUser({ name: 'Cy', timeZone: 'UTC', roles: [] });
    await stage.bot.post({ to: 'person', spaceId: stage.discord.guildId, userId: other.userId }, listCard, {
      id: 'd2',
      maybeSent: false,
    });
    await other.pressesInDm('More');
    await other.sees('Did everything.more', 'private');
    expect(by()).toMatchObject({ userId: other.userId, isMentor: null, isCoordinator: null });
    stage.discord.grant(other.userId, stage.discord.addRole('Admin', 1n << 3n));
    await other.pressesInDm('More');
    await stage.desk.until('everything.more', 3);
    expect(by()).toMatchObject({ userId: other.userId, isMentor: false, isCoordinator: true });
  });

  it('has one effect when Discord delivers a press twice', async () => {
    stage.desk.on('everything.list', { ok: true, card: listCard });
    await ada.types('list');
    await ada.sees('All there is', 'private');
    await ada.presses('More');
    await ada.sees('Did everything.more', 'private');
    await stage.desk.until('everything.more');
    const before = wire(/callback/).length;
    await ada.pressAgain();
    await until(() => stage.logged.includes('Discord delivered an interaction twice'));
    expect(wire(/callback/)).toHaveLength(before);
    expect(stage.desk.performed.filter(({ intent }) => intent.name === 'everything.more')).toHaveLength(1);
  });

  it('has one effect when another process takes the same press', async () => {
    stage.desk.on('everything.list', { ok: true, card: listCard });
    await ada.types('list');
    await ada.sees('All there is', 'private');
    await ada.presses('More');
    await ada.sees('Did everything.more', 'private');
    await stage.restart();
    await ada.pressAgain();
    await until(() => stage.logged.some((line) => line.startsWith('Somebody else has answered')));
    expect(stage.desk.performed.filter(({ intent }) => intent.name === 'everything.more')).toHaveLength(1);
  });

  it('does nothing for a press that Discord has given up on', async () => {
    stage.desk.on('everything.list', { ok: true, card: listCard });
    await ada.types('list');
    await ada.sees('All there is', 'private');
    stage.discord.faults.fail({ path: /callback/, times: 2, status: 500 });
    ada.presses('More').catch(() => {});
    await until(() => stage.logged.includes('Discord did not take an answer'));
    expect(stage.desk.performed.map(({ intent }) => intent.name)).toEqual(['everything.list']);
  });

  it('opens a form with the arguments of the button riding along', async () => {
    stage.desk.on('everything.list', { ok: true, card: listCard });
    await ada.types('list');
    await ada.sees('All there is', 'private');
    await ada.presses('New note');
    expect((await ada.form()).title).toBe('A note');
    await ada.fills({ Note: 'Hello @everyone' });
    await ada.sees('Did note.submit', 'private');
    expect(stage.desk.performed[1]?.intent).toMatchObject({
      name: 'note.submit',
      args: { about: 'x' },
      fields: { note: 'Hello @everyone' },
    });
    expect(ada.sight('private')).toHaveLength(1);
  });
});

describe('while it stops', () => {
  it('finishes what it began, and sends newcomers away kindly', async () => {
    let finish: () => void = () => {};
    stage.desk.on(
      'everything.list',
      () =>
        new Promise((resolve) => {
          finish = () => resolve(done('Finished after all'));
        }),
    );
    await ada.types('list');
    await stage.desk.until('everything.list');
    await bo.types('every');
    const stopped = stage.bot.stop();
    await bo.types('list');
    await bo.sees('I am restarting', 'private');
    await bo.fills({ Title: 'Typed meanwhile' });
    await bo.sees('Did everything.submit', 'private');
    finish();
    await stopped;
    await ada.sees('Finished after all', 'private');
    expect(stage.bot.health()).toBe('down');
    expect(stage.discord.connections()).toBe(0);
  });
});

describe('the connection', () => {
  it('comes back by itself, and misses nothing', async () => {
    expect(stage.bot.health()).toBe('up');
    stage.discord.faults.dropGateway();
    await until(() => stage.bot.health() === 'connecting');
    await ada.types('list');
    await ada.sees('Did everything.list', 'private');
    expect(stage.bot.health()).toBe('up');
    expect(stage.logged).toContain('Lost the connection to Discord; connecting again');
  });

  it('comes back when Discord asks it to connect anew', async () => {
    stage.discord.faults.askToReconnect();
    await until(() => stage.bot.health() === 'connecting');
    await ada.types('list');
    await ada.sees('Did everything.list', 'private');
    expect(stage.bot.health()).toBe('up');
  });

  it('begins anew after its session has ended', async () => {
    stage.discord.faults.invalidSession();
    await until(() => stage.bot.health() === 'connecting');
    await until(() => stage.bot.health() === 'up');
    await ada.types('list');
    await ada.sees('Did everything.list', 'private');
  });

  it('notices a connection on which nothing is heard any more', async () => {
    await stage.close();
    stage = await onStage({ heartbeatMs: 100 });
    ada = stage.discord.addUser({ name: 'Ada', timeZone: 'UTC' });
    stage.discord.faults.ignoreHeartbeats(true);
    await until(() => stage.bot.health() === 'connecting');
    stage.discord.faults.ignoreHeartbeats(false);
    await ada.types('list');
    await ada.sees('Did everything.list', 'private');
    expect(stage.bot.health()).toBe('up');
  });

  it('is shared by as many shards as Discord recommends, or as it is told', async () => {
    await stage.close();
    stage = await prepare({ shards: 3 });
    stage.settings.transport = { mode: 'gateway', shards: 'auto' };
    ada = stage.discord.addUser({ name: 'Ada', timeZone: 'UTC' });
    await stage.restart();
    expect(stage.discord.connections()).toBe(3);
    await ada.types('list');
    await ada.sees('Did everything.list', 'private');
    stage.settings.transport = { mode: 'gateway', shards: 2 };
    await stage.restart();
    expect(stage.discord.connections()).toBe(2);
    await ada.types('list');
    await until(() => stage.desk.performed.length === 2);
    expect(stage.bot.health()).toBe('up');
    // One of them being away is enough for some people to be left without an answer.
    stage.discord.faults.dropGateway();
    await until(() => stage.bot.health() === 'connecting');
    await until(() => stage.bot.health() === 'up');
  });
});
