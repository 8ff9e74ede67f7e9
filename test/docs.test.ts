import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parseConfig, variables } from '../src/config.ts';
import { circle, claimPromise } from '../src/core/promises.ts';
import { DAY, HOUR } from '../src/core/time.ts';
import { FREE_BUSY_SCOPES, GOOGLE_SCOPES } from '../src/meetings/google-auth.ts';
import { commands } from '../src/routes.ts';
import { valuesOf } from '../src/setup/env-file.ts';

// What the documents say is there: files, headings, settings, scripts, commands. Each check is a function from texts to
// complaints, and is shown to complain.

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const filesIn = (folder: string, ending: string): string[] =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .map((file) => path.posix.join(folder, file.replaceAll(path.sep, '/')))
    .filter((file) => !file.startsWith('src/store/generated/'));

type Texts = Readonly<Record<string, string>>;
const textsOf = (files: string[]): Texts => Object.fromEntries(files.map((file) => [file, read(file)]));

const documents = textsOf(['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...filesIn('docs', '.md')]);
const sources = textsOf(filesIn('src', '.ts'));
const everything = { ...documents, ...sources, '.env.example': read('.env.example') };

const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
const help = execFileSync(process.execPath, [path.join(root, 'dist/main.js'), '--help'], {
  encoding: 'utf8',
});

/** All that `found` sees in the texts, with where. */
const complaints = (texts: Texts, found: (text: string, file: string) => string[]): string[] =>
  Object.entries(texts).flatMap(([file, text]) =>
    [...new Set(found(text, file))].map((one) => `${file}: ${one}`),
  );

const withoutCode = (markdown: string): string =>
  markdown.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '');

/** A heading's anchor, as GitHub makes it: https://docs.github.com/get-started/writing-on-github (section links) */
const anchorOf = (heading: string): string =>
  heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M} _-]/gu, '')
    .trim()
    .replaceAll(' ', '-');

function anchorsIn(markdown: string): Set<string> {
  const seen = new Map<string, number>();
  const anchors = [...markdown.replace(/^```[\s\S]*?^```/gm, '').matchAll(/^#{1,6} +(.+?) *$/gm)].map(
    ([, heading = '']) => {
      const anchor = anchorOf(heading);
      const times = seen.get(anchor) ?? 0;
      seen.set(anchor, times + 1);
      return times === 0 ? anchor : `${anchor}-${times}`;
    },
  );
  return new Set(anchors);
}

/** Links and pictures that lead nowhere, or out of the repository's own folder. */
const deadLinks = (texts: Texts): string[] =>
  complaints(texts, (text, file) =>
    [...withoutCode(text).matchAll(/\]\(<?([^)\s>]+)>?(?: "[^"]*")?\)|^\[[^\]]+\]: *(\S+)/gm)].flatMap(
      ([, inline, reference]) => {
        const target = inline ?? reference ?? '';
        if (/^(https?:|mailto:)/.test(target)) return [];
        const [to = '', anchor] = target.split('#');
        const there = to === '' ? file : path.posix.join(path.posix.dirname(file), to);
        if (there.startsWith('..') || (!(there in texts) && !existsSync(path.join(root, there))))
          return [`no file ${target}`];
        if (anchor === undefined) return [];
        const markdown = texts[there] ?? (statSync(path.join(root, there)).isFile() ? read(there) : '');
        return anchorsIn(markdown).has(anchor) ? [] : [`no heading for ${target}`];
      },
    ),
  );

/** Settings that are named and do not exist. */
const unknownSettings = (texts: Texts): string[] =>
  complaints(texts, (text) =>
    [
      ...text.matchAll(
        /(?<![\w.])(?:(?:SLACK|DISCORD|GOOGLE|JITSI|MEETING)_[A-Z_]*[A-Z](?![\w*])|DATABASE_[A-Z]+|DATA_[A-Z]+)/g,
      ),
    ]
      .map(([name]) => name)
      .filter((name) => !(name in variables) && !codeNames.has(name)),
  );
/** Constants of the code, of which some look like settings. */
const codeNames = new Set(
  Object.values(sources).flatMap((text) =>
    [...text.matchAll(/\bconst ([A-Z_]+)\b/g)].map(([, name = '']) => name),
  ),
);

/** Scripts that are named and do not exist. */
const unknownScripts = (texts: Texts): string[] =>
  complaints(texts, (text) =>
    [...text.matchAll(/\bnpm (?:run (?:--silent )?([a-z][\w:-]*)|(start|test)\b)/g)]
      .map(([, run, short]) => run ?? short ?? '')
      .filter((script) => !(script in scripts)),
  );

const knownCommands = new Set([...help.matchAll(/^ {2}([a-z]+)/gm)].map(([, command = '']) => command));
const knownOptions = new Set([...help.matchAll(/(--[a-z-]+)/g)].map(([option]) => option));

/** How a command of ours begins: installed, in a checkout, by npm, or (as the last name of the line) in a container. */
const ours =
  /(?:^ *(?:mini-mentorship)|\bdist\/main\.js|\bnpm run (?:setup|demo|doctor|start) --|\bdocker run .* mini-mentorship)(?<rest>(?: +[^\s`'"|;&]+)*)/gm;

/** Commands of ours, and options of them, that `--help` does not know. */
const unknownCommands = (texts: Texts): string[] =>
  complaints(texts, (text) =>
    [...text.replaceAll('\\\n', ' ').matchAll(ours)].flatMap(({ 0: all, groups }) => {
      const words = (groups?.rest ?? '').trim().split(/ +/);
      const options = words.filter((word) => /^--[a-z]/.test(word)).map((word) => word.split('=')[0] ?? '');
      const command = !all.startsWith('npm') && /^[a-z]+$/.test(words[0] ?? '') ? [words[0] ?? ''] : [];
      return [
        ...command.filter((word) => !knownCommands.has(word)).map((word) => `no command ${word}`),
        ...options.filter((option) => !knownOptions.has(option)).map((option) => `no option ${option}`),
      ];
    }),
  );

/** Lines of documents in which a command of ours is what the reader is to run. */
const commandLines = (texts: Texts): Texts =>
  Object.fromEntries(
    Object.entries(texts).map(([file, text]) => [
      file,
      [
        ...[...text.matchAll(/^```\w*\n([\s\S]*?)^```/gm)].map(([, code = '']) => code),
        ...[...text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code),
      ].join('\n'),
    ]),
  );

/** Slash commands that are named and do not exist. */
const unknownSlashCommands = (texts: Texts): string[] =>
  complaints(texts, (text) =>
    [...text.matchAll(/(?<![\w./-])\/(mini-[a-z-]+)/g)]
      .map(([, name = '']) => name)
      .filter((name) => !commands.some((command) => command.name === name)),
  );

/** Documents that code and documents name and that are not there. */
const missingDocuments = (texts: Texts): string[] =>
  complaints(texts, (text) =>
    [...text.matchAll(/(?<![\w/.])((?:docs|manifests)\/[\w/-]+\.(?:md|json))\b/g)]
      .map(([, file = '']) => file)
      .filter((file) => !existsSync(path.join(root, file))),
  );

describe('The documents', () => {
  test('lead to files and headings that are there', () => expect(deadLinks(documents)).toEqual([]));
  test('name settings that there are', () => expect(unknownSettings(everything)).toEqual([]));
  test('name scripts that there are', () => expect(unknownScripts(everything)).toEqual([]));
  test('name commands and options that there are', () =>
    expect(unknownCommands(commandLines(documents))).toEqual([]));
  test('name slash commands that there are', () => expect(unknownSlashCommands(documents)).toEqual([]));
  test('are there, where the code names them', () => expect(missingDocuments(everything)).toEqual([]));
  test('are what this test reads', () => {
    expect(Object.keys(documents)).toEqual(
      expect.arrayContaining(['README.md', 'docs/slack.md', 'docs/coordinators.md']),
    );
    expect(knownCommands).toEqual(
      new Set([...knownCommands, 'start', 'demo', 'setup', 'doctor', 'migrate', 'help']),
    );
    expect(Object.values(commandLines(documents)).join('\n')).toMatch(
      /npm run setup -- --yes --set SLACK_BOT_TOKEN/,
    );
  });
});

describe('.env.example', () => {
  const example = read('.env.example');

  test('has every setting, each once, and no other', () => {
    const names = [...example.matchAll(/^([A-Z_]+)=/gm)].map(([, name = '']) => name);
    expect([...names].sort()).toEqual(Object.keys(variables).sort());
  });

  test('is a set-up in which everything is off', () => {
    expect(parseConfig(valuesOf(example))).toMatchObject({
      slack: null,
      discord: null,
      meetings: { provider: 'manual' },
    });
  });

  test('says something about each', () => {
    const groups = example.split(/\n(?=#)/).filter((group) => /^[A-Z_]+=/m.test(group));
    for (const group of groups) expect(group).toMatch(/^#/);
  });
});

describe('What is asked of people', () => {
  const firstColumn = (markdown: string, heading: string): string[] => {
    const section = markdown.split(/^## /m).find((part) => part.startsWith(heading)) ?? '';
    return [...section.matchAll(/^\| (?!-|scope|permission|what)(.+?) \|/gm)].flatMap(([, cell = '']) =>
      cell.replaceAll('`', '').split(', '),
    );
  };

  test('every scope of the Slack app is explained, and no other', () => {
    const manifest = JSON.parse(read('manifests/slack.json'));
    expect(firstColumn(read('docs/slack.md'), 'What the scopes').sort()).toEqual(
      [...manifest.oauth_config.scopes.bot].sort(),
    );
    const events = /^The events ([\s\S]*?) keep/m.exec(read('docs/slack.md'))?.[1] ?? '';
    expect([...events.matchAll(/`(\w+)`/g)].map(([, event]) => event).sort()).toEqual(
      [...manifest.settings.event_subscriptions.bot_events].sort(),
    );
  });

  test('every permission on Discord is explained, and no other', () => {
    const manifest = JSON.parse(read('manifests/discord.json'));
    const names: string[] = manifest.permissions.each.map(({ name }: { name: string }) => name);
    expect(firstColumn(read('docs/discord.md'), 'What the bot may do').sort()).toEqual(names.sort());
    for (const { name, bit } of manifest.permissions.each) {
      expect(read('docs/discord.md')).toMatch(new RegExp(`^\\|.*${name}.*\\| \\x60${bit}\\x60 \\|`, 'm'));
    }
    for (const scope of Object.keys(manifest.scopes))
      expect(read('docs/discord.md')).toContain(`\`${scope}\``);
  });

  test('the scopes at Google are those that the bot asks for', () => {
    expect(read('docs/google.md')).toContain(GOOGLE_SCOPES.join(','));
    for (const scope of FREE_BUSY_SCOPES) expect(read('docs/google.md')).toContain(scope);
  });
});

test('the times that coordinators read are the times that the bot keeps', () => {
  const words = (ms: number): string => {
    const [number, unit] = ms >= DAY ? [ms / DAY, 'day'] : [ms / HOUR, 'hour'];
    return `${number} ${unit}${number === 1 ? '' : 's'}`;
  };
  const text = read('docs/coordinators.md').replace(/\s+/g, ' ');
  for (const [urgency, { mentorsAgain, coordinators }] of Object.entries(circle)) {
    expect(text).toContain(`| ${urgency} | ${words(mentorsAgain)} | ${words(coordinators)} |`);
  }
  expect(claimPromise).toMatchObject({ nudge: 12 * HOUR, tellStudent: DAY, giveBack: 2 * DAY });
  expect(text).toContain(
    'reminded after 12 hours. After a day the student hears of it, and after two days the request goes back',
  );
});

describe('The test notices', () => {
  const doc = (text: string) => ({ 'docs/a.md': text });
  test.each<[string, string[], RegExp]>([
    ['a file that is gone', deadLinks(doc('[x](gone.md)')), /no file gone\.md/],
    ['a picture that is gone', deadLinks(doc('![x](pictures/gone.png)')), /no file/],
    ['a reference that is gone', deadLinks(doc('[x]: ../gone.md')), /no file/],
    ['a heading that is gone', deadLinks(doc('# Here\n[x](#there)')), /no heading for #there/],
    ['a heading of another file that is gone', deadLinks(doc('[x](slack.md#nowhere)')), /no heading/],
    ['a link out of the repository', deadLinks(doc('[x](../../other/README.md)')), /no file/],
    ['a setting', unknownSettings(doc('Set `SLACK_TOKEN`.')), /SLACK_TOKEN/],
    ['a script', unknownScripts(doc('`npm run set-up`')), /set-up/],
    [
      'a command',
      unknownCommands(commandLines(doc('```sh\nnode dist/main.js begin\n```'))),
      /no command begin/,
    ],
    [
      'a command in a container',
      unknownCommands(doc('docker run --name mini-mentorship -it \\\n  mini-mentorship begin')),
      /begin/,
    ],
    ['an option', unknownCommands(commandLines(doc('`npm run doctor -- --yaml`'))), /no option --yaml/],
    ['a slash command', unknownSlashCommands(doc('`/mini-mentors`')), /mini-mentors/],
    ['a document', missingDocuments({ 'src/a.ts': "'See docs/setup.md.'" }), /docs\/setup\.md/],
  ])('%s', (_what, found, words) => {
    expect(found).toEqual([expect.stringMatching(words)]);
  });

  test('nothing where all is well', () => {
    const well = doc(
      '# Über `uns` & more\n## More\n## More\n[a](#über-uns--more) [b](#more-1) [c](../README.md) [d](https://x.example/#y)\n`[no](link.md)`\n`SLACK_BOT_TOKEN`, the SLACK_ settings, `npm test`, `mini-mentorship doctor --json`, `docker run --rm mini-mentorship demo`, `useradd mini-mentorship`, `/mini-session`, `docs/slack.md`',
    );
    expect([
      ...deadLinks(well),
      ...unknownSettings(well),
      ...unknownScripts(well),
      ...unknownCommands(commandLines(well)),
      ...unknownSlashCommands(well),
      ...missingDocuments(well),
    ]).toEqual([]);
  });
});
