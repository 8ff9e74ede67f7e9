import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { publishedCommands } from '../../../src/platforms/discord/commands.ts';
import { createDiscord } from '../../../src/platforms/discord/index.ts';
import { manifestOf, neededIn } from '../../../src/platforms/discord/invitation.ts';
import { limits } from '../../../src/platforms/discord/limits.ts';
import { missingPermissions } from '../../../src/platforms/discord/permissions.ts';
import { checkDiscord } from '../../../src/platforms/discord/setup.ts';
import { PlatformSetupError } from '../../../src/platforms/platform.ts';
import { commands, shortcuts } from '../../../src/routes.ts';
import { inEnglish, spokenCard } from '../../support/spoken.ts';
import { prepare, type Stage } from './bot.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await prepare();
});
afterEach(() => stage.close());

const puts = () => stage.discord.wire.filter(({ method }) => method === 'PUT');

/** A bot with one setting that is different. */
const otherwise = async (settings: Partial<Stage['settings']>, ready = 300) => {
  await stage.bot.stop();
  Object.assign(stage.settings, settings);
  const { pino } = await import('pino');
  stage.bot = createDiscord(stage.settings, stage.desk, pino({ level: 'silent' }), {
    ready,
    drain: 100,
    draft: 100,
    request: 1_000,
  });
  return stage.bot;
};

describe('start', () => {
  it('announces the space, publishes the commands and is up', async () => {
    expect(stage.bot.health()).toBe('down');
    await stage.bot.start();
    expect(stage.bot.health()).toBe('up');
    expect(stage.desk.announced).toEqual([
      {
        platform: 'discord',
        spaceId: stage.discord.guildId,
        name: 'Mentorship',
        mentorsChannel: stage.mentors,
        coordinatorsChannel: '',
        sessionsChannel: '',
        held: { mentorsChannel: stage.mentors, mentorRoles: [stage.role] },
      },
    ]);
    expect(stage.discord.commands().map(({ name }) => name)).toEqual(['every', 'list', 'About this']);
    expect(stage.discord.connections()).toBe(1);
  });

  it('publishes again only what is different', async () => {
    await stage.bot.start();
    expect(puts()).toHaveLength(1);
    await stage.restart();
    expect(puts()).toHaveLength(1);
    stage.desk.commands[0]?.options.pop();
    await stage.restart();
    expect(puts()).toHaveLength(2);
    stage.desk.commands.pop();
    await stage.restart();
    expect(stage.discord.commands().map(({ name }) => name)).toEqual(['every', 'About this']);
  });

  it.each([
    ['token', { token: 'wrong' }, /DISCORD_TOKEN is not accepted/],
    [
      'application id',
      { applicationId: '12345' },
      /DISCORD_APPLICATION_ID is 12345, but DISCORD_TOKEN belongs/,
    ],
    ['channel', { mentorsChannel: '12345' }, /DISCORD_MENTORS_CHANNEL \(12345\) does not exist/],
    [
      'role',
      { roles: { mentors: ['12345'], coordinators: [] } },
      /DISCORD_MENTOR_ROLE \(12345\) is not a role of the server "Mentorship"/,
    ],
    ['address', { apiUrl: 'http://127.0.0.1:9/api' }, /DISCORD_API_URL \(http:\/\/127\.0\.0\.1:9\/api\)/],
  ])('names a wrong %s and the remedy', async (_what, settings, words) => {
    const bot = await otherwise(settings);
    const error = await bot.start().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PlatformSetupError);
    expect((error as Error).message).toMatch(words);
    expect((error as Error).message).not.toContain('the-token');
    expect(bot.health()).toBe('down');
    expect(stage.discord.connections()).toBe(0);
  });

  it('names a channel that it may not see', async () => {
    stage.discord.faults.forbid(stage.mentors, 'see');
    await expect(stage.bot.start()).rejects.toThrow(
      /cannot see the channel of DISCORD_MENTORS_CHANNEL.*oauth2/s,
    );
  });

  it('names permissions that are missing', async () => {
    stage.discord.faults.forbid(stage.mentors, 'write');
    await expect(stage.bot.start()).rejects.toThrow(/DISCORD_MENTORS_CHANNEL.*: Send Messages\./s);
  });

  it('wants a channel of a server', async () => {
    const ada = stage.discord.addUser({ name: 'Ada', timeZone: 'UTC' });
    const address = { to: 'person' as const, spaceId: '1', userId: ada.userId };
    const { channelId } = await stage.bot.post(address, spokenCard('good', 'x'), {
      id: 'd',
      maybeSent: false,
    });
    const bot = await otherwise({ mentorsChannel: channelId });
    await expect(bot.start()).rejects.toThrow(/is not a text channel of a server/);
  });

  it('does not wait for a gateway that never answers', async () => {
    stage.discord.faults.fail({ path: /gateway\/bot/, times: 10, status: 500 });
    const bot = await otherwise({});
    await expect(bot.start()).rejects.toThrow(/gateway cannot be reached/);
    expect(bot.health()).toBe('down');
  });
});

describe('without a channel and roles in the settings', () => {
  const bare = () => {
    const roles = { mentors: [], coordinators: [] };
    return otherwise({ server: stage.discord.guildId, mentorsChannel: undefined, roles }, 10_000);
  };

  it('starts, and says what it waits for', async () => {
    const bot = await bare();
    expect(bot.waitsFor()).toBeNull();
    await bot.start();
    expect(bot.health()).toBe('up');
    expect(bot.waitsFor()).toMatch(/waits to be set up.*\/mini-admin/);
    expect(stage.desk.announced).toMatchObject([{ spaceId: stage.discord.guildId, held: {} }]);
    const checks = await checkDiscord(stage.settings, stage.desk);
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(checks.at(-1)?.what).toMatch(/waits to be set up/);
  });

  it('starts with what people chose, also when it does not work any more, and the doctor names that', async () => {
    stage.desk.chosen = { mentorsChannel: '12345', mentorRoles: ['67890'] };
    const bot = await bare();
    await bot.start();
    expect(bot.waitsFor()).toBeNull();
    const failed = (
      await checkDiscord(stage.settings, stage.desk, await stage.desk.settingsOf(never))
    ).filter(({ ok }) => !ok);
    expect(failed.map(({ remedy }) => remedy)).toEqual([
      expect.stringMatching(
        /^The mentors channel that was chosen in Discord \(12345\) does not exist.*Set-up/,
      ),
      expect.stringMatching(/^A mentor role that was chosen in Discord \(67890\) is not a role.*Set-up/),
    ]);
  });

  it('says what is wrong with the server', async () => {
    const channel = stage.mentors;
    await bare();
    stage.settings.server = '12345';
    await expect(stage.bot.start()).rejects.toThrow(/not in the server of DISCORD_SERVER \(12345\).*oauth2/);
    await otherwise({ mentorsChannel: channel });
    await expect(stage.bot.start()).rejects.toThrow(/another server than DISCORD_SERVER \(12345\)/);
  });
});

const never = { platform: 'discord', spaceId: '' };

describe('check', () => {
  const check = () => checkDiscord(stage.settings, stage.desk, null, 1_000);

  it('finds everything in order once the bot has started', async () => {
    const before = await check();
    expect(before.filter(({ ok }) => !ok)).toEqual([]);
    // Not there yet, which is no fault: it has never been started.
    expect(before.at(-1)?.what).toBe('Discord: commands (the next start of the bot publishes them)');
    await stage.bot.start();
    const checks = await check();
    expect(checks.every(({ ok }) => ok)).toBe(true);
    expect(checks.map(({ what }) => what)).toMatchInlineSnapshot(`
      [
        "Discord: token and application id",
        "Discord: mentors channel",
        "Discord: server",
        "Discord: roles",
        "Discord: permissions in the mentors channel",
        "Discord: commands",
      ]
    `);
  });

  it('reports everything that is wrong, and never throws', async () => {
    stage.discord.faults.forbid(stage.mentors, 'write');
    await otherwise({ roles: { mentors: ['12345'], coordinators: [] } });
    const failed = (await check()).filter(({ ok }) => !ok);
    expect(failed.map(({ what }) => what)).toEqual([
      'Discord: roles',
      'Discord: permissions in the mentors channel',
    ]);
    for (const { remedy } of failed) expect(remedy).toBeTruthy();
    await stage.discord.close();
    expect(await check()).toEqual([
      {
        what: 'Discord: token and application id',
        ok: false,
        remedy: expect.stringContaining('DISCORD_API_URL'),
      },
    ]);
  });
});

describe('permissions in a channel', () => {
  const guild = (everyone: bigint, bot: bigint) => ({
    id: 'g',
    name: 'G',
    roles: [
      { id: 'g', name: '', permissions: everyone.toString() },
      { id: 'bot', name: '', permissions: bot.toString() },
      { id: 'other', name: '', permissions: (1n << 3n).toString() },
    ],
  });
  const all = (1n << 10n) | (1n << 11n) | (1n << 14n) | (1n << 16n);
  const rule = (id: string, type: number, allow: bigint, deny: bigint) => ({
    id,
    type,
    allow: allow.toString(),
    deny: deny.toString(),
  });

  it('adds up as Discord adds them', () => {
    type Where = Parameters<typeof missingPermissions>;
    const of = (...where: [Where[0], Where[1], Where[2], Where[3]]) =>
      missingPermissions(...where, neededIn.cards);
    expect(of(guild(0n, all), [], 'me', ['bot'])).toEqual([]);
    expect(of(guild(0n, all), [], 'me', [])).toHaveLength(4);
    expect(of(guild(0n, 1n << 3n), [rule('g', 0, 0n, all)], 'me', ['bot'])).toEqual([]);
    expect(of(guild(all, 0n), [rule('g', 0, 0n, 1n << 10n)], 'me', ['bot'])).toEqual(['View Channel']);
    const roleAllows = [rule('g', 0, 0n, all), rule('bot', 0, all, 0n)];
    expect(of(guild(all, 0n), roleAllows, 'me', ['bot'])).toEqual([]);
    expect(of(guild(all, 0n), [...roleAllows, rule('me', 1, 0n, 1n << 14n)], 'me', ['bot'])).toEqual([
      'Embed Links',
    ]);
    expect(of(guild(all, 0n), [rule('other', 0, 0n, all)], 'me', ['bot'])).toEqual([]);
  });
});

describe('the manifest', () => {
  it('holds exactly what is published', async () => {
    const file = new URL('../../../manifests/discord.json', import.meta.url);
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(
      JSON.parse(JSON.stringify(manifestOf({ commands, shortcuts }))),
    );
  });

  it('loses nothing of a command to a limit', () => {
    const published = publishedCommands({ commands, shortcuts });
    for (const [i, command] of commands.entries()) {
      expect(command.name.length).toBeLessThanOrEqual(limits.commandName.max);
      expect(published[i]).toMatchObject({ description: inEnglish(command.description) });
      expect(published[i]).toHaveProperty('options.length', command.options.length);
      expect(command.options.every(({ choices }) => choices.length <= limits.commandChoices.max)).toBe(true);
    }
    const inMenus = shortcuts.filter(({ on }) => on === 'message').map(({ name }) => ({ type: 3, name }));
    expect(published.slice(commands.length)).toMatchObject(inMenus);
  });
});

describe('over HTTP', () => {
  const http = (publicKey = stage.discord.delivery.publicKey) => ({
    transport: { mode: 'http' as const, publicKey },
  });
  const failed = async () => (await checkDiscord(stage.settings, stage.desk)).filter(({ ok }) => !ok);

  it('says where to save the address while Discord does not know it', async () => {
    Object.assign(stage.settings, http());
    const whats = (await checkDiscord(stage.settings, stage.desk)).map(({ what }) => what);
    expect(whats[1]).toMatch(
      /None yet.*Interactions Endpoint URL.*https:\/\/your-host\/discord\/interactions/,
    );
    expect(await failed()).toEqual([]);
    await stage.bot.start();
    expect(stage.bot.health()).toBe('up');
  });

  it('knows a key of another application', async () => {
    const bot = await otherwise(http('0'.repeat(64)));
    await expect(bot.start()).rejects.toThrow(/DISCORD_PUBLIC_KEY is not that of the application/);
  });
});
