import { setTimeout as delay } from 'node:timers/promises';
import type { Actor } from '../core/people.ts';
import { Prisma, type PrismaClient } from './generated/client.ts';

/** The client inside a transaction. */
export type Tx = Prisma.TransactionClient;

/** On whose behalf a transaction runs: row level security knows members, and the bot's own work. */
export type Identity = Actor | 'worker';

/** Runs `work` as one transaction in somebody's name. `work` may run twice, so it must touch nothing but `tx`. */
export type Transact = <Result>(who: Identity, work: (tx: Tx) => Promise<Result>) => Promise<Result>;

/** How long a transaction may wait for a connection, and how long it may take, in milliseconds. */
const MAX_WAIT = 15_000;
const TIMEOUT = 15_000;
/** How long to pause, at least, before the second try, in milliseconds. */
const RETRY_AFTER = 25;

/**
 * Transactions that take on their role and claims first. One that the database gave up, and of which therefore
 * nothing was kept, is tried once more.
 */
export function transactions(prisma: PrismaClient): Transact {
  return async (who, work) => {
    const once = () =>
      prisma.$transaction(
        async (tx) => {
          await takeOn(tx, who);
          return work(tx);
        },
        // An object of its own each time: the client writes into it.
        { maxWait: MAX_WAIT, timeout: TIMEOUT },
      );
    try {
      return await once();
    } catch (error) {
      if (!wasGivenUp(error)) throw error;
      await delay(RETRY_AFTER * (1 + Math.random())); // lets whoever stood in the way finish first
      return once();
    }
  };
}

/** All of it ends with the transaction. The time zone, because the driver writes and reads times without one. */
async function takeOn(tx: Tx, who: Identity): Promise<void> {
  const claims =
    who === 'worker'
      ? {
          role: 'mini_mentorship_worker',
          community: '',
          member: '',
          isMentor: 'false',
          isCoordinator: 'false',
        }
      : {
          role: 'mini_mentorship_member',
          community: who.communityId,
          member: who.memberId,
          isMentor: String(who.isMentor),
          isCoordinator: String(who.isCoordinator),
        };
  await tx.$executeRaw`SELECT set_config('TimeZone', 'UTC', true),
    set_config('app.community', ${claims.community}, true), set_config('app.member', ${claims.member}, true),
    set_config('app.is_mentor', ${claims.isMentor}, true),
    set_config('app.is_coordinator', ${claims.isCoordinator}, true), set_config('role', ${claims.role}, true)`;
}

/**
 * Whether the database rolled a transaction back for reasons of its own: a deadlock or serialization conflict, or
 * time running out. https://www.prisma.io/docs/orm/reference/error-reference
 */
function wasGivenUp(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
  if (error.code === 'P2034' || error.code === 'P2028') return true;
  const cause = (error.meta?.driverAdapterError as { cause?: { kind?: string } } | undefined)?.cause;
  return error.code === 'P2010' && cause?.kind === 'TransactionWriteConflict';
}

/** Whether it is the constraint by which nobody sits in two sessions at once that refuses. */
export const saysDoubleBooked = (error: unknown): boolean =>
  error instanceof Error && error.message.includes('nobody_in_two_sessions');

/** Ids come from buttons; what is no UUID names nothing, and the database would refuse to look. */
export const isId = (text: string): boolean =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);
