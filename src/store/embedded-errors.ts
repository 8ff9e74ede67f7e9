/** The built-in PostgreSQL cannot run. `message` says why and what to do. */
export class EmbeddedDatabaseError extends Error {
  override name = 'EmbeddedDatabaseError';
}

/** What PostgreSQL's programs and the operating system say, and what helps. */
const remedies: [pattern: RegExp, remedy: string][] = [
  [
    /No space left on device|ENOSPC|Disk quota exceeded|EDQUOT/i,
    'The disk is full: the built-in PostgreSQL needs about 200 MB. Free some space, or point DATA_DIR at another disk.',
  ],
  [
    /error while loading shared libraries|cannot open shared object file|spawn .* ENOENT/i,
    'The built-in PostgreSQL does not run on this system (it needs glibc, which for example Alpine lacks). ' +
      'Use a system such as Debian or Ubuntu, or set DATABASE_URL to a PostgreSQL of your own.',
  ],
  [
    /EPERM/i,
    'PostgreSQL refuses to run as root, and this system does not let root start it as another user. ' +
      'Start the bot as an ordinary user, or set DATABASE_URL.',
  ],
  [
    /EACCES|Permission denied|invalid permissions|EROFS|Read-only file system/i,
    'Point DATA_DIR at a folder that this user owns, on a file system that knows owners and permissions.',
  ],
  [
    /database files are incompatible|was initialized by PostgreSQL version/i,
    'The data were written by another version of PostgreSQL. Start the earlier version of the bot, save the data ' +
      'with pg_dump, and load them into the new one.',
  ],
  [
    /could not (create|map|allocate).*(shared memory|memory)|out of memory|ENOMEM/i,
    'The machine is short of memory: the built-in PostgreSQL needs about 100 MB.',
  ],
];

/**
 * An error that says what was tried, what went wrong and, where it is known, what to do.
 * @param what such as "The database server did not start"
 * @param output what the program said, or the system's error
 */
export function explain(what: string, output: string, cause?: unknown): EmbeddedDatabaseError {
  const remedy = remedies.find(([pattern]) => pattern.test(output))?.[1];
  const said = output.trim().split('\n').slice(-8).join('\n');
  return new EmbeddedDatabaseError([`${what}.`, ...(remedy ? [remedy] : []), said].join('\n'), { cause });
}
