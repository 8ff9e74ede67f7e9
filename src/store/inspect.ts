import { constants } from 'node:fs';
import { access, lstat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import pg from 'pg';
import { findBinaries } from './embedded-binaries.ts';
import { explain } from './embedded-errors.ts';
import { migrationNames } from './migrate.ts';

// Looks at a database without changing anything in it: for the doctor.

/** The database cannot be used as it is. `message` says why and what to do; it never holds the password. */
export class DatabaseTrouble extends Error {
  override name = 'DatabaseTrouble';
}

const OLDEST = 150_000;
const ROLES = ['mini_mentorship_member', 'mini_mentorship_worker'];

/**
 * Looks whether the bot could work with this database.
 * @param databaseUrl `postgresql://…`
 * @returns the migrations that the next start would apply, oldest first; empty when all are
 * @throws DatabaseTrouble when it cannot be reached, or the login may not do what is needed
 */
export async function inspectDatabase(databaseUrl: string): Promise<{ pending: string[] }> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    application_name: 'mini-mentorship doctor',
    connectionTimeoutMillis: 10_000,
  });
  client.on('error', () => {}); // unheard, it would end the process; the next query rejects as well
  try {
    await client.connect();
    await client.query('BEGIN READ ONLY');
    const pending = await pendingMigrations(client);
    await checkLogin(client, pending.length > 0);
    return { pending };
  } catch (error) {
    throw databaseTrouble(error, databaseUrl);
  } finally {
    await client.end().catch(() => {});
  }
}

async function pendingMigrations(client: pg.Client): Promise<string[]> {
  const { rows: tables } = await client.query(
    "SELECT to_regclass('_prisma_migrations') IS NOT NULL AS exists",
  );
  const names = await migrationNames();
  if (!tables[0].exists) return names;
  const { rows } = await client.query<{ migration_name: string }>(
    'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  );
  const done = new Set(rows.map((row) => row.migration_name));
  return names.filter((name) => !done.has(name));
}

/** Whether the login may migrate when that is due, and take on the roles in which the bot works. */
async function checkLogin(client: pg.Client, mustMigrate: boolean): Promise<void> {
  const { rows } = await client.query<Login>(
    `SELECT current_user AS me, current_database() AS database,
       current_setting('server_version_num')::int AS number, current_setting('server_version') AS version,
       rolsuper AS super, rolcreaterole AS "makesRoles",
       has_schema_privilege(current_user, 'public', 'CREATE') AS creates
     FROM pg_roles WHERE rolname = current_user`,
  );
  const login = rows[0];
  if (!login) throw new DatabaseTrouble('The database does not know its own login.');
  if (login.number < OLDEST) {
    throw new DatabaseTrouble(
      `The server is PostgreSQL ${login.version}; the bot needs 15 or newer. Upgrade it, or leave DATABASE_URL empty to use the one that comes with the bot.`,
    );
  }
  if (mustMigrate && !login.creates) {
    throw new DatabaseTrouble(
      `The user ${login.me} may not create tables in the database ${login.database}. An administrator can run there: GRANT CREATE ON SCHEMA public TO ${quoted(login.me)};`,
    );
  }
  for (const role of ROLES) await checkRole(client, login, role);
}

interface Login {
  me: string;
  database: string;
  number: number;
  version: string;
  super: boolean;
  makesRoles: boolean;
  creates: boolean;
}

async function checkRole(client: pg.Client, login: Login, role: string): Promise<void> {
  // From PostgreSQL 16 on, being a member and being allowed to take on a role are two things.
  const right = login.number >= 160_000 ? 'SET' : 'MEMBER';
  const { rows } = await client.query<{ mine: boolean; grants: boolean }>(
    `SELECT pg_has_role(current_user, oid, $2) AS mine,
       pg_has_role(current_user, oid, 'MEMBER WITH ADMIN OPTION') AS grants
     FROM pg_roles WHERE rolname = $1`,
    [role, right],
  );
  const found = rows[0];
  const me = quoted(login.me);
  if (!found && !login.super && !login.makesRoles) {
    throw new DatabaseTrouble(
      `The role ${role} is missing, and the user ${login.me} may not create it (CREATEROLE). An administrator can run: ALTER ROLE ${me} CREATEROLE; or: CREATE ROLE ${role} NOLOGIN; GRANT ${role} TO ${me};`,
    );
  }
  if (
    found &&
    !found.mine &&
    !found.grants &&
    !login.super &&
    !(login.makesRoles && login.number < 160_000)
  ) {
    throw new DatabaseTrouble(
      `The user ${login.me} may not take on the role ${role}. An administrator can run: GRANT ${role} TO ${me};`,
    );
  }
}

const quoted = (name: string): string =>
  /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;

/**
 * What goes wrong with a connection, as a sentence with a remedy.
 * @returns the error itself when it is none of PostgreSQL's or the network's
 */
export function databaseTrouble(error: unknown, databaseUrl: string): unknown {
  if (error instanceof DatabaseTrouble || !(error instanceof Error)) return error;
  const { code } = error as { code?: string };
  const { host, username, database } = partsOf(databaseUrl);
  const words = wordsFor(code, error.message, { host, username, database });
  return words ? new DatabaseTrouble(words, { cause: error }) : error;
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
function wordsFor(
  code: string | undefined,
  message: string,
  { host, username, database }: ReturnType<typeof partsOf>,
): string | null {
  const administrator = 'An administrator can run:';
  switch (code) {
    case '28P01':
      return `The PostgreSQL server at ${host} refuses the password of ${username}. Mend it in DATABASE_URL (special characters as %40 and the like).`;
    case '28000':
      return `The PostgreSQL server at ${host} does not let ${username} in: ${message}. Mend the user in DATABASE_URL, or the server's pg_hba.conf.`;
    case '3D000':
      return `The PostgreSQL server at ${host} has no database "${database}". ${administrator} CREATE DATABASE ${quoted(database)} OWNER ${quoted(username)};`;
    case '42501':
      return `The user ${username} may not use the database "${database}": ${message}. ${administrator} ALTER DATABASE ${quoted(database)} OWNER TO ${quoted(username)};`;
    case '53300':
      return `The PostgreSQL server at ${host} has no connection left (${message}). Raise its max_connections, or stop what uses them.`;
    case '57P03':
      return `The PostgreSQL server at ${host} is just starting or stopping. Try again in a moment.`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `There is no PostgreSQL server named ${host}. Mend the host in DATABASE_URL.`;
    case 'ECONNREFUSED':
    case 'ECONNRESET':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ETIMEDOUT':
      return unreachable(host, code);
    default:
      if (/timeout/i.test(message)) return unreachable(host, 'no answer in time');
      if (/SSL|TLS|certificate/i.test(message))
        return `The PostgreSQL server at ${host} cannot be spoken to securely: ${message}. See sslmode in DATABASE_URL.`;
      return null;
  }
}

const unreachable = (host: string, why: string): string =>
  `The PostgreSQL server at ${host} cannot be reached (${why}). Is it running, and are host and port in DATABASE_URL right? Leave DATABASE_URL empty to use the database that comes with the bot.`;

function partsOf(databaseUrl: string): { host: string; username: string; database: string } {
  try {
    const url = new URL(databaseUrl);
    const username = decodeURIComponent(url.username);
    return {
      host: url.host,
      username: username || 'this user',
      database: decodeURIComponent(url.pathname.slice(1)) || username,
    };
  } catch {
    return { host: 'the address of DATABASE_URL', username: 'this user', database: '' };
  }
}

/**
 * Whether the database that comes with the bot was made in this folder. When not, looks whether it could be.
 * @throws EmbeddedDatabaseError when it could not
 */
export async function embeddedExists(dataDir: string): Promise<boolean> {
  const folder = resolve(dataDir);
  if (await isThere(join(folder, 'postgres'))) return true;
  await findBinaries();
  let above = folder;
  while (!(await isThere(above)) && dirname(above) !== above) above = dirname(above);
  await access(join(above, '.'), constants.W_OK | constants.X_OK).catch((error: NodeJS.ErrnoException) => {
    throw explain(`The data folder ${folder} cannot be made`, `${error.code}: ${error.message}`, error);
  });
  return false;
}

const isThere = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return false;
      throw explain(`${path} cannot be looked at`, `${error.code}: ${error.message}`, error);
    },
  );
