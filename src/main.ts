#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import { openDatabase, startApp, systemClock } from './app.ts';
import { backup, checkBackup, restore } from './backup.ts';
import { ConfigError, parseConfig } from './config.ts';
import { MeetingError } from './core/ports.ts';
import { doctor, noPlatform, tell } from './doctor.ts';
import { ExportError, exportTables } from './export.ts';
import { createLog } from './log.ts';
import { PlatformSetupError } from './platforms/platform.ts';
import { publishCommands } from './publish.ts';
import { SetUpError, setUp } from './setup/command.ts';
import { createTalk } from './setup/talk.ts';
import { BackupError } from './store/backup-file.ts';
import { EmbeddedDatabaseError } from './store/embedded-errors.ts';
import { DatabaseTrouble } from './store/inspect.ts';
import { MigrationFailed } from './store/migrate.ts';

const HELP = `Mini Mentorship: a bot for one-to-one mini sessions in Slack and Discord.

Usage: mini-mentorship <command> [options]

Commands
  start                Run the bot with the settings of the environment and of .env
  demo                 Show the whole product on this machine, without an account
      --story          play the story, check every step, and end
      --record FILE    write every request that the bot sends out to FILE, a line of JSON each
  setup                Ask for every setting, try each, and write .env
      --yes            ask nothing: take what the environment, .env and --set say, and write .env when it works
      --set NAME=value a setting; channels and roles may be given by name, such as #mini-mentors (repeatable)
  doctor               Try every setting, and say how to mend what is wrong
      --json           the same as JSON
  publish-commands     Publish the slash commands on Discord, when they differ from what is there (start does it too)
      --global         to every server that the bot is in, instead of the one that is set up
      --dry-run        change nothing: say what is different
  migrate              Bring the database up to date, and end (start does it too)
  backup FILE          Write everything that the database holds into FILE, while the bot goes on working
      --check          change nothing: restore FILE into a fresh database, compare, and throw that database away
  export FOLDER        Write requests, sessions and feedback into FOLDER, as tables for a spreadsheet
      --without-words  leave out what people wrote
  restore FILE         Put a backup into the database; the bot must be stopped
      --force          also when the database holds rows; they are kept in another schema
  help, --help         This text
  --version            The version

Settings are environment variables; .env.example lists them with where to find each value.
`;

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const version = (): string =>
  (createRequire(import.meta.url)('../package.json') as { version: string }).version;

/** Supervisors kill what has not ended ten seconds after SIGTERM. */
const STOPPING_MS = 9_000;

/** Ends by Ctrl+C or when the supervisor says so. Whoever says it twice does not want to wait. */
const untilStopped = (): Promise<NodeJS.Signals> =>
  new Promise((resolve) => {
    const signals = ['SIGINT', 'SIGTERM'] as const;
    const hear = (signal: NodeJS.Signals) => {
      for (const each of signals) process.off(each, hear);
      resolve(signal);
    };
    for (const signal of signals) process.on(signal, hear);
  });

async function start(): Promise<number> {
  const config = parseConfig(process.env);
  if (!config.slack && !config.discord) {
    say(`${noPlatform}\nTo see everything without an account first: npm run demo`);
    return 2;
  }
  const log = createLog(config.logLevel);
  const stopped = untilStopped();
  void stopped.then(() =>
    setTimeout(() => {
      log.warn('Not everything was finished in time; the next start goes on with it');
      process.exit(1);
    }, STOPPING_MS).unref(),
  );
  const app = await startApp({ config, clock: systemClock, log, tick: 'second' });
  log.info({ platforms: app.platforms.map(({ name }) => name) }, 'Mini Mentorship is up');
  log.info({ signal: await stopped }, 'Stopping');
  await app.stop();
  return 0;
}

async function runDemo(options: { story: boolean; record?: string | undefined }): Promise<number> {
  const { demo } = await import('./sandbox/demo.ts');
  await demo({ ...options, log: createLog('error'), say, untilStopped: untilStopped() });
  return 0;
}

async function runSetUp(options: { yes: boolean; set: string[] }): Promise<number> {
  const { stdin: input, stdout: output } = process;
  if (!options.yes && !(input.isTTY && output.isTTY)) {
    say(
      'This is no terminal to ask at. Give the settings instead: mini-mentorship setup --yes --set NAME=value …',
    );
    return 1;
  }
  return setUp({
    file: '.env',
    env: process.env,
    set: options.set,
    talk: options.yes ? null : createTalk({ input, output }),
    say,
    log: createLog('silent'),
    now: systemClock.now(),
  });
}

async function runDoctor(json: boolean): Promise<number> {
  const checks = await doctor(process.env, createLog('silent'));
  if (json) say(JSON.stringify(checks, null, 2));
  else tell(checks, say);
  return checks.every(({ ok }) => ok) ? 0 : 1;
}

async function runMigrate(): Promise<number> {
  const config = parseConfig(process.env);
  const database = await openDatabase(config.database, createLog(config.logLevel));
  await database.stop();
  say('The database is up to date.');
  return 0;
}

async function runBackup(file: string, check: boolean): Promise<number> {
  const parts = { madeBy: version(), now: systemClock.now(), log: createLog('error'), say };
  if (check) await checkBackup(file, parts);
  else await backup(parseConfig(process.env), file, parts);
  return 0;
}

async function runRestore(file: string, force: boolean): Promise<number> {
  const parts = { force, now: systemClock.now(), log: createLog('error'), say };
  await restore(parseConfig(process.env), file, parts);
  return 0;
}

async function runExport(folder: string, withoutWords: boolean): Promise<number> {
  const parts = { withWords: !withoutWords, log: createLog('error'), say };
  await exportTables(parseConfig(process.env), folder, parts);
  return 0;
}

async function main(argv: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      version: { type: 'boolean', short: 'v', default: false },
      story: { type: 'boolean', default: false },
      record: { type: 'string' },
      json: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      force: { type: 'boolean', default: false },
      'without-words': { type: 'boolean', default: false },
      global: { type: 'boolean', default: false },
      'dry-run': { type: 'boolean', default: false },
      yes: { type: 'boolean', short: 'y', default: false },
      set: { type: 'string', multiple: true, default: [] },
    },
  });
  const [command = 'help', ...more] = positionals;
  if (values.version) {
    say(version());
    return 0;
  }
  if (values.help || command === 'help') {
    say(HELP);
    return 0;
  }
  const file = ['backup', 'restore', 'export'].includes(command) ? more.shift() : undefined;
  if (more.length > 0) throw new UsageError(`I do not know what to do with "${more.join(' ')}".`);
  // It has to tell what stands in .env from what the environment says.
  if (command === 'setup') return runSetUp({ yes: values.yes, set: values.set });
  if (existsSync('.env')) process.loadEnvFile('.env');
  switch (command) {
    case 'start':
      return start();
    case 'demo':
      return runDemo({ story: values.story, record: values.record });
    case 'doctor':
      return runDoctor(values.json);
    case 'publish-commands':
      await publishCommands(
        parseConfig(process.env),
        { global: values.global, dryRun: values['dry-run'] },
        say,
      );
      return 0;
    case 'migrate':
      return runMigrate();
    case 'backup':
      return runBackup(named(file), values.check);
    case 'restore':
      return runRestore(named(file), values.force);
    case 'export':
      return runExport(named(file, 'Name the folder for the tables.'), values['without-words']);
    default:
      throw new UsageError(`There is no command "${command}".`);
  }
}

class UsageError extends Error {}

function named(file: string | undefined, otherwise = 'Name the file of the backup.'): string {
  if (!file) throw new UsageError(otherwise);
  return file;
}

/** Errors that somebody at the terminal can mend: their message says how, and a stack would only hide it. */
const isTheirs = (error: unknown): error is Error =>
  [
    UsageError,
    BackupError,
    ConfigError,
    PlatformSetupError,
    EmbeddedDatabaseError,
    DatabaseTrouble,
    ExportError,
    MigrationFailed,
    MeetingError,
    SetUpError,
  ].some((kind) => error instanceof kind) ||
  (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'));

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (isTheirs(error)) {
    process.stderr.write(`${error.message}\n`);
    if (error instanceof ConfigError)
      process.stderr.write('\nnpm run setup asks for each of them and tries it at once.\n');
    if (error instanceof UsageError || error instanceof TypeError)
      process.stderr.write('Try: mini-mentorship --help\n');
  } else {
    process.stderr.write(
      `Something unexpected went wrong:\n${error instanceof Error ? error.stack : String(error)}\n`,
    );
  }
  process.exitCode = 1;
}
