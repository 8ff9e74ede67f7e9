import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { availabilityStore } from './availability.ts';
import { communityStore } from './community.ts';
import { coordinationStore } from './coordination.ts';
import { directory } from './directory.ts';
import { drafts } from './drafts.ts';
import { PrismaClient } from './generated/client.ts';
import { homeStore, homes } from './homes.ts';
import { installations } from './installations.ts';
import { links } from './links.ts';
import { outbox } from './outbox.ts';
import { peopleStore } from './people.ts';
import { profileStore } from './profile.ts';
import { requestStore } from './requests.ts';
import { spaceStore } from './spaces.ts';
import { statementName } from './statements.ts';
import type { Store } from './store.ts';
import { sweeps } from './sweeps.ts';
import { transactions } from './transaction.ts';
import { listen } from './wake.ts';

/** Where the store tells about connections that broke and were made again; a pino logger will do. */
export interface StoreLog {
  warn(detail: object, message: string): void;
}

const DEFAULT_POOL_SIZE = 10;

/**
 * Opens the store on a migrated database. Connections are made as they are needed; one more than the pool listens
 * for notices.
 * @param databaseUrl `postgresql://…`, with a login that may take on the roles which the migrations make
 * @param options.poolSize most connections to hold for transactions; default 10
 * @throws when the database cannot be reached, or was not migrated
 */
export async function openStore(
  databaseUrl: string,
  options: { poolSize?: number; log?: StoreLog } = {},
): Promise<Store> {
  const log = options.log ?? { warn: () => {} };
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: options.poolSize ?? DEFAULT_POOL_SIZE,
    application_name: 'mini-mentorship',
    connectionTimeoutMillis: 15_000,
    keepAlive: true,
  });
  pool.on('error', (err) => log.warn({ err }, 'A database connection broke while idle.'));
  // While it passes from hand to hand, nobody else hears that a connection broke, and unheard that would end the process.
  // Whoever has it is told by their next query.
  pool.on('connect', (client) => client.on('error', () => {}));
  const prisma = new PrismaClient({
    adapter: new PrismaPg(pool, {
      statementNameGenerator: statementName,
      onConnectionError: (err) => log.warn({ err }, 'A database connection broke.'),
    }),
    errorFormat: 'minimal',
  });
  const transact = transactions(prisma);
  const listeners = new Set<() => Promise<void>>();

  const store: Store = {
    requestsAs: (actor, action, deed) => requestStore(transact, actor, action, deed),
    profileAs: (actor) => profileStore(transact, actor),
    communityAs: (actor, action) => communityStore(transact, actor, action),
    coordinationAs: (actor, action, deed) => coordinationStore(transact, actor, action, deed),
    peopleAs: (actor) => peopleStore(transact, actor),
    availabilityAs: (actor) => availabilityStore(transact, actor),
    homeAs: (actor, by) => homeStore(transact, actor, by),
    requestsAsWorker: (action, deed) => requestStore(transact, 'worker', action, deed),
    sweeps: sweeps(transact),
    outbox: outbox(transact, async (wake) => {
      const stop = await listen(databaseUrl, wake, log);
      listeners.add(stop);
      return async () => {
        if (listeners.delete(stop)) await stop();
      };
    }),
    directory: directory(transact),
    homes: homes(transact),
    drafts: drafts(transact),
    links: links(transact),
    installationsOf: (platform) => installations(transact, platform),
    spaceAs: (actor, where, action, deed) => spaceStore(transact, actor, where, action, deed),
    ping: () =>
      transact('worker', async (tx) => {
        await tx.$executeRaw`SELECT FROM communities LIMIT 1`;
      }),
    close: async () => {
      const open = [...listeners];
      listeners.clear();
      await Promise.all(open.map((stop) => stop()));
      await prisma.$disconnect();
      // Who still comes is refused: otherwise the client would connect anew, and nobody would end that.
      await pool.end();
    },
  };

  try {
    await store.ping();
  } catch (error) {
    await store.close();
    throw error;
  }
  return store;
}
