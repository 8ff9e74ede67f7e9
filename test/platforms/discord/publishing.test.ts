import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseConfig } from '../../../src/config.ts';
import { publishCommands } from '../../../src/publish.ts';
import { commands, shortcuts } from '../../../src/routes.ts';
import { prepare, type Stage } from './bot.ts';

let stage: Stage;
let token: string;
beforeEach(async () => {
  token = 'the-first-token';
  stage = await prepare({ token });
});
afterEach(() => stage.close());

const env = () => ({
  DISCORD_TOKEN: token,
  DISCORD_APPLICATION_ID: stage.discord.applicationId,
  DISCORD_API_URL: stage.discord.url,
  DISCORD_SERVER: stage.discord.guildId,
});
async function publishes(how: { global?: boolean; dryRun?: boolean } = {}): Promise<string[]> {
  const said: string[] = [];
  await publishCommands(
    parseConfig(env()),
    { global: how.global ?? false, dryRun: how.dryRun ?? false },
    (line) => void said.push(line),
  );
  return said;
}
const names = (guild: boolean) =>
  stage.discord
    .commands()
    .filter(({ guild_id }) => (guild_id !== undefined) === guild)
    .map(({ name }) => name);
const changes = () => stage.discord.wire.filter(({ method }) => method !== 'GET');
const all = ['mini-session', 'mini-sessions', 'mini-mentor', 'mini-admin', 'Ask a mentor about this'];

describe('publish-commands', () => {
  it('says what it would change, changes it, and then finds nothing to do', async () => {
    const dry = await publishes({ dryRun: true });
    expect(dry.slice(0, 5)).toEqual([
      '+ /mini-session',
      '+ /mini-sessions',
      '+ /mini-mentor',
      '+ /mini-admin',
      '+ "Ask a mentor about this"',
    ]);
    expect(dry.at(-1)).toMatch(/server "Mentorship".*Nothing was changed/);
    expect(changes()).toEqual([]);
    expect((await publishes()).at(-1)).toBe('Published to the server "Mentorship".');
    expect(names(true)).toEqual(all);
    expect(await publishes()).toEqual([
      'Nothing to do: the commands of the server "Mentorship" are up to date.',
    ]);
    expect(changes()).toHaveLength(1);
  });

  it('publishes to every server without leaving doubles, and back', async () => {
    await publishes();
    const said = await publishes({ global: true });
    expect(said).toContain(
      '- /mini-admin, which was published to the server "Mentorship", and would be there twice',
    );
    expect(names(true)).toEqual([]);
    expect(names(false)).toEqual(all);
    expect(await publishes({ global: true })).toEqual([expect.stringMatching(/^Nothing to do/)]);
    await publishes();
    expect(names(false)).toEqual([]);
    expect(names(true)).toEqual(all);
  });

  it('names what a newer version changed or dropped', async () => {
    stage.desk.commands.pop();
    await stage.bot.start();
    expect((await publishes({ dryRun: true })).slice(-4)).toEqual([
      '+ "Ask a mentor about this"',
      '- /every',
      '- "About this"',
      expect.stringMatching(/Nothing was changed/),
    ]);
  });

  it('a bot that starts goes on where they are: published everywhere, they come to the server no more', async () => {
    stage.desk.commands = [...commands];
    stage.desk.shortcuts = [...shortcuts];
    await publishes({ global: true });
    await stage.bot.start();
    expect(names(true)).toEqual([]);
    expect(names(false)).toEqual(all);
  });

  it.each([
    [
      'a token that is not accepted',
      () => {
        token = 'a-token-of-yesterday';
      },
      /DISCORD_TOKEN is not accepted\. Make a new one/,
    ],
    [
      'a rate limit',
      () => stage.discord.faults.rateLimit({ path: /commands/, times: 1, retryAfter: 7 }),
      /wait for [78] seconds/,
    ],
    [
      'a limit for the rest of the day',
      () => stage.discord.faults.rateLimit({ path: /commands/, method: 'PUT', times: 1, retryAfter: 30_000 }),
      /wait for 9 hours/,
    ],
    [
      'an outage',
      () => stage.discord.faults.fail({ path: /commands/, times: 5, status: 503 }),
      /does not answer as it should/,
    ],
    [
      'a server that the bot is not in',
      () => stage.discord.faults.removeBot(),
      /not in the server of DISCORD_SERVER.*oauth2\/authorize/,
    ],
    [
      'a bot that was invited without its commands',
      () =>
        stage.discord.faults.fail({ path: /guilds\/\d+\/commands/, method: 'PUT', times: 1, status: 403 }),
      /cannot be published.*applications\.commands is needed/,
    ],
  ])('says kindly what stands against it: %s', async (_what, breaks, words) => {
    breaks();
    await expect(publishes()).rejects.toThrow(words);
    expect(names(true)).toEqual([]);
  });

  it('is of no use without Discord', async () => {
    await expect(publishCommands(parseConfig({}), { global: false, dryRun: true }, () => {})).rejects.toThrow(
      /DISCORD_TOKEN is missing.*manifests\/slack\.json/,
    );
  });
});
