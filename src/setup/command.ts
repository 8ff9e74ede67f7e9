import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { isName, variables } from '../config.ts';
import { doctor, tell } from '../doctor.ts';
import type { Log } from '../log.ts';
import { readEnvFile, withValues, writeEnvFile } from './env-file.ts';
import { settle } from './given.ts';
import { guide } from './guide.ts';
import type { Values } from './questions.ts';
import { Cancelled, type Talk } from './talk.ts';

export interface SetUpOptions {
  /** Path of the `.env` file. */
  file: string;
  /** The environment, without what stands in the file. */
  env: Readonly<Record<string, string | undefined>>;
  /** `NAME=value`, as given on the command line. */
  set: readonly string[];
  /** For the person at the terminal; null to ask nothing. */
  talk: Talk | null;
  /** Says a line. */
  say(line: string): void;
  log: Log;
  now: Date;
  /** Milliseconds between looks whether the bot was invited to a Discord server. */
  lookEvery?: number;
}

/** Something in the command line cannot be understood; the message says what to write instead. */
export class SetUpError extends Error {
  override name = 'SetUpError';
}

const packageFile = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/**
 * Sets the bot up. With a talk: asks, writes what it got, and then tries everything. Without: makes the given settings
 * whole, tries everything, and writes only when all of it works.
 * @returns the exit code: 0 when all is well (or, after a talk, written), 1 when something needs attention,
 *   130 when the person cancelled
 * @throws SetUpError
 */
export async function setUp(options: SetUpOptions): Promise<number> {
  const file = await readEnvFile(options.file).catch((error: NodeJS.ErrnoException) => {
    throw new SetUpError(
      `${options.file} cannot be read (${error.code ?? error.message}). Mend or move it first.`,
      {
        cause: error,
      },
    );
  });
  const given = { ...known(file.values), ...known(options.env), ...parseSet(options.set) };
  return options.talk ? withTalk(options, options.talk, file, given) : withoutTalk(options, file, given);
}

type File = Awaited<ReturnType<typeof readEnvFile>>;

async function withTalk(options: SetUpOptions, talk: Talk, file: File, given: Values): Promise<number> {
  talk.begin('Setting up Mini Mentorship');
  talk.step(
    `It takes about fifteen minutes. Nothing is written before the end; Ctrl+C leaves ${options.file} as it is.`,
  );
  let values: Values;
  try {
    values = await guide({
      values: given,
      talk,
      log: options.log,
      slackManifest: await readFile(packageFile('manifests/slack.json'), 'utf8'),
      lookEvery: options.lookEvery ?? 2_000,
    });
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error;
    talk.end(`Cancelled. ${options.file} is as it was.`);
    return 130;
  }
  await save(options, file, values);
  talk.step('Trying everything once more …');
  const checks = await doctor(values, options.log);
  tell(checks, options.say);
  const well = checks.every(({ ok }) => ok);
  talk.end(
    well
      ? 'Everything works. Start the bot: npm start'
      : 'Some of it needs attention. Mend it and look again with: npm run doctor (or come back here: npm run setup)',
  );
  return 0;
}

async function withoutTalk(options: SetUpOptions, file: File, given: Values): Promise<number> {
  const { say } = options;
  const { values, problems } = await settle(given, options.log);
  const checks =
    problems.length > 0
      ? problems.map((remedy) => ({ what: 'Settings', ok: false, remedy }))
      : await doctor(values, options.log);
  tell(checks, say);
  if (checks.some(({ ok }) => !ok)) {
    say(`\nNothing was written to ${options.file}. Mend this and run it again.`);
    return 1;
  }
  await save(options, file, values);
  say('Everything works. Start the bot: npm start');
  return 0;
}

/** Writes what is different. Says names only: values may be secrets. */
async function save({ file: path, say, env, now }: SetUpOptions, file: File, values: Values): Promise<void> {
  const before = known(file.values);
  const changed = Object.fromEntries(
    Object.entries(values).filter(([name, value]) => value !== (before[name] ?? '')),
  );
  const names = Object.keys(changed);
  if (names.length === 0) {
    say(`\n${path} is as it should be; nothing was written.`);
  } else {
    const text =
      file.text === '' ? await readFile(packageFile('.env.example'), 'utf8').catch(() => '') : file.text;
    const backup = await writeEnvFile(path, fitted(path, text, changed), now).catch((error: unknown) => {
      throw cannotWrite(path, error);
    });
    say(`\nWrote ${path}, for its owner's eyes only: ${names.join(', ')}.`);
    if (backup) say(`What it was before is in ${backup}.`);
  }
  for (const [name, value] of Object.entries(known(env))) {
    if (value === (values[name] ?? '')) continue;
    say(`Mind that ${name} is set in the environment too, to something else, and that counts.`);
  }
}

function fitted(path: string, text: string, values: Values): string {
  try {
    return withValues(text, values);
  } catch (error) {
    throw new SetUpError(`${path} is as it was. ${error instanceof Error ? error.message : error}`);
  }
}

function cannotWrite(path: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) return error;
  return new SetUpError(
    `${path} cannot be written (${code}); it is as it was. Run this as the user who owns the folder, where there is room to write.`,
    { cause: error },
  );
}

/** The settings among these variables, trimmed. */
const known = (env: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) =>
      isName(name) && value !== undefined ? [[name, value.trim()]] : [],
    ),
  );

function parseSet(pairs: readonly string[]): Values {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [, name = '', value = ''] = /^([^=]*)=(.*)$/s.exec(pair) ?? [];
      // Not the pair itself: it may be a secret.
      if (name === '')
        throw new SetUpError('--set wants NAME=value, such as --set SLACK_MENTORS_CHANNEL=#mini-mentors.');
      if (!isName(name)) {
        throw new SetUpError(`There is no setting ${name}. There are: ${Object.keys(variables).join(', ')}.`);
      }
      return [name, value.trim()];
    }),
  );
}
