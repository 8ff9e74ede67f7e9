import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { valuesOf } from '../../src/setup/env-file.ts';
import { openPlace, type Place, tokens } from './place.ts';

// The real command line, in a process of its own, in a folder of its own.

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

let place: Place;
beforeEach(async () => {
  place = await openPlace();
});
afterEach(() => place.close());

interface Ended {
  code: number;
  out: string;
  err: string;
}

function run(args: string[], env: Record<string, string> = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { cwd: place.folder, env: { PATH: process.env.PATH, ...place.env, ...env } };
    execFile(process.execPath, [main, ...args], options, (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err });
    });
  });
}

const sets = (values: Record<string, string>) =>
  Object.entries(values).flatMap(([name, value]) => ['--set', `${name}=${value}`]);
const slackByName = {
  SLACK_BOT_TOKEN: tokens.slackBot,
  SLACK_APP_TOKEN: tokens.slackApp,
  SLACK_MENTORS_CHANNEL: '#mini-mentors',
};
const discordByName = {
  DISCORD_TOKEN: tokens.discord,
  DISCORD_MENTORS_CHANNEL: 'mini-mentors',
  DISCORD_MENTOR_ROLE: '@mentor',
};
const written = async () => valuesOf(await readFile(place.envFile, 'utf8'));
const nothingWritten = async () => expect(await readdir(place.folder)).toEqual([]);

describe('setup --yes', () => {
  test('makes ids of names, tries everything, and writes .env; the doctor and a second run agree', async () => {
    const { code, out, err } = await run([
      'setup',
      '--yes',
      ...sets({ ...slackByName, ...discordByName, DISCORD_COORDINATOR_ROLE: '@Mentor, gardener' }),
    ]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(await written()).toMatchObject({
      SLACK_BOT_TOKEN: tokens.slackBot,
      SLACK_APP_TOKEN: tokens.slackApp,
      SLACK_MENTORS_CHANNEL: place.ids.slackChannel,
      DISCORD_TOKEN: tokens.discord,
      DISCORD_APPLICATION_ID: place.discord.applicationId,
      DISCORD_MENTORS_CHANNEL: place.ids.discordChannel,
      DISCORD_MENTOR_ROLE: place.ids.role,
      DISCORD_COORDINATOR_ROLE: `${place.ids.role},${place.ids.otherRole}`,
    });
    expect((await stat(place.envFile)).mode & 0o777).toBe(0o600);
    expect(out).toContain('✓ Slack mentors channel: #mini-mentors');
    expect(out).toContain('Everything works. Start the bot: npm start');
    for (const secret of Object.values(tokens)) expect(out).not.toContain(secret);

    const doctor = await run(['doctor', '--json']);
    expect(doctor.code).toBe(0);
    expect(JSON.parse(doctor.out).every(({ ok }: { ok: boolean }) => ok)).toBe(true);
    const again = await run(['setup', '--yes']);
    expect(again).toMatchObject({ code: 0, out: expect.stringContaining('nothing was written') });
    expect(await readdir(place.folder)).toEqual(['.env']);
  });

  test('takes settings from the environment too, and --set counts more', async () => {
    const { code, out } = await run(['setup', '--yes', ...sets({ SLACK_MENTORS_CHANNEL: 'mini-mentors' })], {
      ...slackByName,
      SLACK_MENTORS_CHANNEL: 'random',
    });
    expect(code).toBe(0);
    expect((await written()).SLACK_MENTORS_CHANNEL).toBe(place.ids.slackChannel);
    expect(out).toMatch(/Mind that SLACK_MENTORS_CHANNEL is set in the environment too/);
  });

  test('keeps what else is in the file, and a copy of it', async () => {
    const before = '# ours\nPOSTGRES_PASSWORD="a#b"\nSLACK_BOT_TOKEN=xoxb-old # the former app\n';
    await writeFile(place.envFile, before);
    expect((await run(['setup', '--yes', ...sets(slackByName)])).code).toBe(0);
    expect(await readFile(place.envFile, 'utf8')).toMatch(
      new RegExp(`^# ours\nPOSTGRES_PASSWORD="a#b"\nSLACK_BOT_TOKEN=${tokens.slackBot}\n`),
    );
    const copy = (await readdir(place.folder)).find((name) => name.startsWith('.env.backup-')) ?? '';
    expect(await readFile(`${place.folder}/${copy}`, 'utf8')).toBe(before);
  });

  test('clears a setting that is set to nothing', async () => {
    await writeFile(place.envFile, 'DISCORD_MENTOR_ROLE=123456\n');
    expect((await run(['setup', '--yes', ...sets({ ...slackByName, DISCORD_MENTOR_ROLE: '' })])).code).toBe(
      0,
    );
    expect((await written()).DISCORD_MENTOR_ROLE).toBe('');
  });

  test.each([
    ['nothing given', {}, [/No platform is set up/]],
    [
      'half of both platforms: all of it at once',
      { SLACK_BOT_TOKEN: 'nonsense', DISCORD_MENTOR_ROLE: 'Mentor' },
      [
        /SLACK_BOT_TOKEN must begin with xoxb-/,
        /SLACK_APP_TOKEN is missing/,
        /SLACK_MENTORS_CHANNEL is missing/,
        /DISCORD_TOKEN is missing/,
        /DISCORD_SERVER is missing/,
      ],
    ],
    [
      'a channel that is not there',
      { ...slackByName, SLACK_MENTORS_CHANNEL: '#mentors' },
      [/SLACK_MENTORS_CHANNEL: there is no #mentors\. There is: #general, #mini-mentors, #random\./],
    ],
    [
      'a channel without the bot',
      { ...slackByName, SLACK_MENTORS_CHANNEL: '#random' },
      [/The bot is not in #random\. .*\/invite @/],
    ],
    [
      'a Slack token that is refused',
      { ...slackByName, SLACK_BOT_TOKEN: 'xoxb-of-another-app' },
      [/SLACK_BOT_TOKEN is refused/],
    ],
    [
      'an app token that is refused',
      { ...slackByName, SLACK_APP_TOKEN: 'xapp-other' },
      [/SLACK_APP_TOKEN is refused/],
    ],
    [
      'a Discord token that is refused',
      { ...discordByName, DISCORD_TOKEN: 'not.the.token' },
      [/DISCORD_TOKEN is not accepted/],
    ],
    [
      'a role that is not there',
      { ...discordByName, DISCORD_MENTOR_ROLE: '@guide' },
      [/DISCORD_MENTOR_ROLE: there is no @guide\. There is: @Mentor, @Gardener\./],
    ],
  ])('with %s writes nothing and says what to do', async (_what, values, words) => {
    const { code, out } = await run(['setup', '--yes', ...sets(values)]);
    expect(code).toBe(1);
    for (const one of words) expect(out).toMatch(one);
    expect(out).toMatch(/Nothing was written to \.env/);
    expect(out).not.toMatch(/DISCORD_APPLICATION_ID is missing/);
    await nothingWritten();
  });

  test('needs no more of Discord than the token, as long as the bot is in one server', async () => {
    const { code, out } = await run(['setup', '--yes', ...sets({ DISCORD_TOKEN: tokens.discord })]);
    expect(code).toBe(0);
    expect(await written()).toMatchObject({
      DISCORD_APPLICATION_ID: place.discord.applicationId,
      DISCORD_SERVER: place.discord.guildId,
    });
    expect(out).toMatch(/waits to be set up\. In the server, type \/mini-admin/);
  });

  test('takes a server and a role by name, and names them when there are several', async () => {
    const other = place.discord.faults.inviteElsewhere('Elsewhere');
    const token = { DISCORD_TOKEN: tokens.discord };
    const unsaid = await run(['setup', '--yes', ...sets(token)]);
    expect(unsaid.code).toBe(1);
    expect(unsaid.out).toContain(
      `DISCORD_SERVER: the bot is in several servers. Give one: ${place.discord.guildId} (Mentorship), ${other} (Elsewhere).`,
    );
    await nothingWritten();
    const said = { ...token, DISCORD_SERVER: 'mentorship', DISCORD_MENTOR_ROLE: '@mentor' };
    expect((await run(['setup', '--yes', ...sets(said)])).code).toBe(0);
    expect(await written()).toMatchObject({
      DISCORD_SERVER: place.discord.guildId,
      DISCORD_MENTOR_ROLE: place.ids.role,
    });
  });

  test('names the invitation when the bot is in no server', async () => {
    place.discord.faults.removeBot();
    const { code, out } = await run(['setup', '--yes', ...sets(discordByName)]);
    expect(code).toBe(1);
    expect(out).toContain(
      `https://discord.com/oauth2/authorize?client_id=${place.discord.applicationId}&scope=bot+applications.commands&permissions=360777337856`,
    );
    await nothingWritten();
  });

  test('says when the file cannot be written', async () => {
    await writeFile(place.envFile, 'a line that is nothing\n');
    const { code, err } = await run(['setup', '--yes', ...sets(slackByName)]);
    expect(code).toBe(1);
    expect(err).toMatch(/\.env is as it was\. .*would not be read/);
    expect(await readdir(place.folder)).toEqual(['.env']);
  });
});

test.each([
  [
    ['setup', '--yes', '--set', 'SLACK_TOKEN=xoxb-secret'],
    /There is no setting SLACK_TOKEN\. There are: .*SLACK_BOT_TOKEN/,
  ],
  [['setup', '--yes', '--set', 'xoxb-secret'], /--set wants NAME=value/],
])('%j is not understood, and no secret is repeated', async (args, words) => {
  const { code, out, err } = await run(args);
  expect(code).toBe(1);
  expect(err).toMatch(words);
  expect(out + err).not.toContain('xoxb-secret');
});

describe.skipIf(!hasScript())('at a real terminal (by util-linux’s "script")', () => {
  /** One that does not say how wide it is, as those of containers at first. */
  function atTerminal(): {
    shows(text: string): Promise<void>;
    types(keys: string): void;
    code: Promise<number>;
  } {
    const child = spawn(
      'script',
      ['-qec', `stty cols 0 rows 0; '${process.execPath}' '${main}' setup`, '/dev/null'],
      {
        cwd: place.folder,
        env: { PATH: process.env.PATH, TERM: 'xterm', ...place.env },
      },
    );
    let raw = '';
    let from = 0;
    const shown = () => stripVTControlCharacters(raw);
    child.stdout.on('data', (chunk) => {
      raw += chunk;
    });
    return {
      async shows(text) {
        while (!shown().slice(from).includes(text)) {
          if (child.exitCode !== null) throw new Error(`It ended without showing "${text}":\n${shown()}`);
          await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
        }
      },
      types(text) {
        from = shown().length;
        child.stdin.write(text);
      },
      code: once(child, 'exit').then(([code]) => code),
    };
  }

  test('it asks, and writes what it was told', async () => {
    const screen = atTerminal();
    for (const [question, typed] of [
      ['Which platforms', ' \r'],
      ['Where do the links', '\r'],
      ['Which database', '\r'],
      ['Bot User OAuth Token (', `${tokens.slackBot}\r`],
      ['App-Level Token (', `${tokens.slackApp}\r`],
      ['The mentors channel', '\r'], // the one with "mentors" in its name is offered first
      ['speaks to coordinators', '\r'],
    ] as const) {
      await screen.shows(question);
      screen.types(typed);
    }
    expect(await screen.code).toBe(0);
    expect(await written()).toMatchObject({ ...slackByName, SLACK_MENTORS_CHANNEL: place.ids.slackChannel });
  });

  test('Ctrl+C ends it, and nothing is written', async () => {
    const screen = atTerminal();
    await screen.shows('Which platforms');
    screen.types('\u0003');
    await screen.shows('Cancelled');
    expect(await screen.code).toBe(130);
    await nothingWritten();
  });
});

function hasScript(): boolean {
  const { stdout } = spawnSync('script', ['--version'], { encoding: 'utf8' });
  return /util-linux/.test(stdout ?? '');
}

test('without a terminal there is nobody to ask', async () => {
  const { code, out } = await run(['setup']);
  expect(code).toBe(1);
  expect(out).toMatch(/no terminal.*setup --yes --set NAME=value/);
});

test('start with a half-filled .env says all of it at once, and where to go', async () => {
  await writeFile(
    place.envFile,
    'SLACK_BOT_TOKEN=xoxb-1\nDISCORD_TOKEN=0123456789\nMEETING_PROVIDER=teams\n',
  );
  const { code, err } = await run(['start']);
  expect(code).toBe(1);
  for (const name of ['SLACK_APP_TOKEN', 'SLACK_MENTORS_CHANNEL', 'DISCORD_SERVER', 'MEETING_PROVIDER'])
    expect(err).toContain(`- ${name} `);
  expect(err).toContain('npm run setup');
  expect(err).not.toMatch(/\n +at /); // no stack
});

test('start without any platform says the same', async () => {
  const { code, out } = await run(['start']);
  expect(code).toBe(2);
  expect(out).toMatch(/No platform is set up\. `npm run setup`/);
});
