import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DiscordPerson } from '../../../src/sandbox/discord/index.ts';
import { prepare, type Stage, until } from './bot.ts';

const VIEW_AUDIT_LOG = 1n << 7n;

let stage: Stage;
let ada: DiscordPerson;

/** A server of which the settings say nothing but its id. */
async function arrive(options: Parameters<typeof prepare>[0] = {}, now = Date.now): Promise<void> {
  stage = await prepare({ now: () => new Date(now()), ...options }, { now });
  stage.settings.server = stage.discord.guildId;
  stage.settings.mentorsChannel = undefined;
  stage.settings.roles = { mentors: [], coordinators: [] };
  stage.desk.setNow(new Date(now()));
  ada = stage.discord.addUser({ name: 'Ada', timeZone: 'Europe/Berlin' });
}
beforeEach(() => arrive());
afterEach(() => stage.close());

const HELLO = /Thank you for having me here/;
const saidIn = (channelId: string) =>
  stage.discord.messages(channelId).filter(({ components }) => HELLO.test(JSON.stringify(components)));
const everywhere = () =>
  [stage.discord.generalId, stage.mentors, stage.discord.dmOf(ada.userId) ?? ''].flatMap(saidIn);
const told = () => until(() => stage.logged.includes('Said hello in the server'));
const again = async (what: string, before: number) =>
  until(() => stage.logged.filter((line) => line === what).length > before);

describe('the first word in a server', () => {
  it('is a card in the first channel that is open to the bot, with the way to set it up, and never a second', async () => {
    stage.discord.faults.forbid(stage.discord.generalId, 'write');
    await stage.restart();
    await told();
    const [card, ...more] = everywhere();
    expect(more).toEqual([]);
    expect(card?.channelId).toBe(stage.mentors);
    expect(JSON.stringify(card?.components)).toContain('Set me up');
    expect(card?.pinged).toEqual({ everyone: false, users: [], roles: [] });
    // Whatever makes Discord tell of the server again.
    await stage.restart();
    stage.discord.faults.guildOutage(true);
    stage.discord.faults.guildOutage(false);
    stage.discord.faults.dropGateway();
    await again('Back on Discord, nothing missed', 0);
    await until(() => stage.bot.health() === 'up');
    await ada.types('list');
    await ada.sees(/Did everything.list/, 'private');
    expect(everywhere()).toHaveLength(1);
  });

  it('is in the channel that the server has for such things', async () => {
    stage.discord.setSystemChannel(stage.mentors);
    await stage.restart();
    await told();
    expect(everywhere().map(({ channelId }) => channelId)).toEqual([stage.mentors]);
  });

  it('waits while Discord has an outage there', async () => {
    stage.discord.faults.guildOutage(true);
    await stage.restart();
    await ada.types('list');
    await ada.sees(/Did everything.list/, 'private');
    expect(everywhere()).toEqual([]);
    stage.discord.faults.guildOutage(false);
    await told();
    expect(everywhere()).toHaveLength(1);
  });

  it('goes to whoever invited the bot, where it may know that', async () => {
    stage.discord.grant(stage.discord.applicationId, stage.discord.addRole('Auditor', VIEW_AUDIT_LOG));
    stage.discord.faults.inviteBot(ada.userId);
    await stage.restart();
    await told();
    const dm = stage.discord.dmOf(ada.userId) ?? '';
    expect(everywhere().map(({ channelId }) => channelId)).toEqual([dm]);
    const words = JSON.stringify(saidIn(dm)[0]?.components);
    expect(words).toMatch(/That is done in \*\*Mentorship\*\*/);
    expect(words).toContain(`https://discord.com/channels/${stage.discord.guildId}`);
  });

  it('goes to the server when whoever invited it takes no direct messages', async () => {
    stage.discord.grant(stage.discord.applicationId, stage.discord.addRole('Auditor', VIEW_AUDIT_LOG));
    stage.discord.faults.inviteBot(ada.userId);
    stage.discord.faults.closeDms(ada.userId);
    await stage.restart();
    await told();
    expect(everywhere().map(({ channelId }) => channelId)).toEqual([stage.discord.generalId]);
  });

  it('is said again to those who removed the bot and invited it once more, with its commands', async () => {
    await arriveAgain();
    await fetch(
      `${stage.discord.url}/v10/applications/${stage.discord.applicationId}/guilds/${stage.discord.guildId}/commands`,
      {
        method: 'PUT',
        headers: { authorization: 'Bot the-token', 'content-type': 'application/json' },
        body: '[]',
      },
    );
    expect(stage.discord.commands()).toEqual([]);
    stage.discord.faults.removeBot();
    later(60_000);
    stage.discord.faults.inviteBot();
    await again('Said hello in the server', 1);
    expect(everywhere()).toHaveLength(2);
    expect(stage.discord.commands().map(({ name }) => name)).toContain('every');
  });

  it('is not needed where the settings say everything', async () => {
    stage.settings.mentorsChannel = stage.mentors;
    stage.settings.roles = { mentors: [stage.role], coordinators: [] };
    await stage.restart();
    await until(() => stage.desk.greetedAt !== null);
    await ada.types('list');
    await ada.sees(/Did everything.list/, 'private');
    expect(everywhere()).toEqual([]);
  });

  it('is one word for several connections', async () => {
    stage.settings.transport = { mode: 'gateway', shards: 2 };
    await stage.restart();
    await told();
    expect(stage.discord.connections()).toBe(2);
    expect(everywhere()).toHaveLength(1);
  }, 20_000);
});

describe('where it cannot be said', () => {
  it('nobody hears it, the log says what to do, and the next start tries again', async () => {
    for (const id of [stage.discord.generalId, stage.mentors]) stage.discord.faults.forbid(id, 'write');
    await stage.restart();
    await until(() => stage.logged.includes('There is no channel in which the bot may say how it is set up'));
    await until(() => stage.desk.greetedAt === null);
    stage.discord.faults.allow(stage.mentors);
    await stage.restart();
    await told();
    expect(everywhere().map(({ channelId }) => channelId)).toEqual([stage.mentors]);
  });

  it('while Discord has a problem, the log says so, and the next start tries again', async () => {
    stage.discord.faults.fail({
      path: new RegExp(`${stage.discord.generalId}/messages`),
      times: 2,
      status: 500,
    });
    await stage.restart();
    await until(() => stage.logged.includes('The bot could not say how it is set up'));
    await until(() => stage.desk.greetedAt === null);
    await stage.restart();
    await told();
    expect(everywhere()).toHaveLength(1);
  });

  it('a limit is waited for', async () => {
    stage.discord.faults.rateLimit({ path: /\/messages$/, method: 'POST', times: 1, retryAfter: 0.05 });
    await stage.restart();
    await told();
    expect(everywhere()).toHaveLength(1);
  });

  it('what Discord sends of a server and nobody can read ends nothing', async () => {
    await arriveAgain();
    stage.discord.faults.fail({ path: /\/guilds\/\d+$/, times: 9, status: 500 });
    stage.discord.faults.removeBot();
    later(60_000);
    stage.discord.faults.inviteBot();
    await until(() => stage.logged.includes('The bot could not say how it is set up'));
    expect(stage.bot.health()).toBe('up');
  });
});

describe('another server than the one that is served', () => {
  it('hears nothing, and the log says how it would be served', async () => {
    await stage.restart();
    await told();
    const before = stage.discord.wire.length;
    stage.discord.faults.inviteElsewhere('Elsewhere');
    await until(() => stage.logged.includes('The bot is in a server that it does not serve'));
    await stage.restart();
    expect(stage.discord.wire.slice(before).filter(({ path }) => /messages$/.test(path))).toEqual([]);
    expect(everywhere()).toHaveLength(1);
    expect(stage.bot.health()).toBe('up');
  });
});

describe('over HTTP, where Discord tells of no arrival', () => {
  it('is said at the next start, once', async () => {
    stage.settings.transport = {
      mode: 'http',
      publicKey: stage.discord.delivery.publicKey,
      serve: () => undefined,
    };
    await stage.restart();
    expect(everywhere()).toHaveLength(1);
    await stage.restart();
    expect(everywhere()).toHaveLength(1);
  });
});

let moment = 0;
const later = (ms: number) => {
  moment += ms;
  stage.desk.setNow(new Date(moment));
};
/** The bot is there and said hello, on a clock that the test moves. */
async function arriveAgain(): Promise<void> {
  await stage.close();
  moment = Date.now();
  await arrive({}, () => moment);
  later(1_000);
  await stage.restart();
  await told();
}
