import { isDeepStrictEqual } from 'node:util';
import { UserError } from '../core/errors.ts';
import { waitingKinds } from '../core/notices.ts';
import type { Actor } from '../core/people.ts';
import type { RequestStore } from '../core/ports.ts';
import { type Change, type Request, type RequestStatus, refuseClaimOf } from '../core/request.ts';
import { loadRequest, requestColumns, sessionColumns } from './aggregate.ts';
import { Prisma } from './generated/client.ts';
import { refreshHomes } from './homes.ts';
import { listRequests } from './list-requests.ts';
import { claimWaits, tagsInUse } from './lookback.ts';
import { writeQuestions } from './questions.ts';
import { channelsStay } from './spaces.ts';
import { endOffer, tell, withdraw, withdrawFrom, withdrawWaiting } from './tell.ts';
import { type Identity, isId, saysDoubleBooked, type Transact, type Tx } from './transaction.ts';

/**
 * Requests in somebody's name; `action` is the use-case's name for the audit log, `deed` what it goes back to.
 * @param by for the audit log, when the bot does it on behalf of somebody
 */
export function requestStore(
  transact: Transact,
  who: Identity,
  action: string,
  deed: string | null = null,
  by: Actor | null = who === 'worker' ? null : who,
): RequestStore {
  const actorId = by?.memberId ?? null;

  const follow = async (tx: Tx, { request, notices }: Change, fromStatus: RequestStatus | null) => {
    await tx.auditEntry.createMany({
      data: {
        communityId: request.communityId,
        actorId,
        action,
        requestId: request.id,
        sessionId: request.session?.id ?? null,
        fromStatus,
        toStatus: request.status,
      },
    });
    await tell(tx, request.communityId, notices, deed);
  };

  return {
    createRequest: (decided) =>
      transact(who, async (tx) => {
        const { request } = decided;
        await tx.$executeRaw`SELECT ${channelsStay(Prisma.sql`${request.communityId}`)}`;
        if (await insertRequest(tx, request)) {
          await follow(tx, decided, null);
          await refreshHomes(tx, request.communityId, [request.student.id], everybody);
        }
        return found(await loadRequest(tx, request.id));
      }),

    changeRequest: (id, decide) =>
      transact(who, async (tx) => {
        if (!isId(id)) throw new UserError('request_not_found', {});
        const seen = await tx.$executeRaw`
          SELECT ${channelsStay(Prisma.sql`community_id`)} FROM mini_mentorship_requests
          WHERE id = ${id}::uuid FOR UPDATE`;
        if (seen === 0) throw await whyUnseen(tx, who, id);
        // A statement of its own: while one waits for the lock, it goes on seeing the other tables as they were.
        const before = found(await loadRequest(tx, id));
        const change = decide(before);
        if (!change) return before;
        await writeRequest(tx, before, change.request);
        if (change.withdraw) await withdraw(tx, change.withdraw);
        const given = givenAway(before, change.request);
        if (given) await withdrawFrom(tx, given.sessionId, given.memberId);
        const { offer } = before;
        if (offer && !isDeepStrictEqual(offer, change.request.offer)) await endOffer(tx, id, offer.to.id);
        if (waitsAnew(before, change)) await withdrawWaiting(tx, id);
        await follow(tx, change, before.status);
        await refreshHomesOf(tx, before, change.request);
        return change.request;
      }),

    getRequest: (id) =>
      transact(who, async (tx) => {
        if (!isId(id)) throw new UserError('request_not_found', {});
        return found(await loadRequest(tx, id));
      }),

    listRequests: (query) => transact(who, (tx) => listRequests(tx, query)),
    tagsInUse: (since) => transact(who, (tx) => tagsInUse(tx, since)),
    claimWaits: (since, until) => transact(who, (tx) => claimWaits(tx, since, until)),
  };
}

/** Those who see the request on their Home see it anew; while it is open, these are all mentors. */
async function refreshHomesOf(tx: Tx, before: Request, after: Request): Promise<void> {
  if (isDeepStrictEqual(before, after)) return;
  const people = [before.student, before.mentor, after.mentor].flatMap((person) => person?.id ?? []);
  const mentors = before.status === 'OPEN' || after.status === 'OPEN';
  await refreshHomes(tx, after.communityId, people, { ...everybody, mentors });
}
const everybody = { mentors: true, coordinators: true };

/** Whether the request moved on, or its waiting begins anew: what was to be said about the old waiting no longer holds. */
const waitsAnew = (before: Request, { request, notices }: Change): boolean =>
  request.status !== before.status || notices.some(({ kind }) => waitingKinds.includes(kind));

/** The session that is another mentor's now, and whose it was. */
function givenAway({ session, mentor }: Request, after: Request) {
  const stays = session && session.id === after.session?.id;
  return stays && mentor && mentor.id !== after.mentor?.id
    ? { sessionId: session.id, memberId: mentor.id }
    : null;
}

function found(request: Request | null): Request {
  if (!request) throw new UserError('request_not_found', {});
  return request;
}

/** Why a request is out of sight: mentors may learn who was faster. Anybody else learns nothing. */
async function whyUnseen(tx: Tx, who: Identity, id: string): Promise<UserError> {
  if (who !== 'worker') {
    const [outline] = await tx.$queryRaw<
      { status: RequestStatus; mentor_id: string | null; mentor_name: string | null }[]
    >`SELECT status::text, mentor_id, mentor_name FROM request_outline(${id}::uuid)`;
    if (outline) {
      const { status, mentor_id, mentor_name } = outline;
      refuseClaimOf({ status, mentor: mentor_id ? { id: mentor_id, name: mentor_name ?? '' } : null }, who);
    }
  }
  return new UserError('request_not_found', {});
}

/** @returns false when there is one with this id already */
async function insertRequest(tx: Tx, request: Request): Promise<boolean> {
  const { count } = await tx.request.createMany({
    data: {
      id: request.id,
      communityId: request.communityId,
      studentId: request.student.id,
      createdAt: request.createdAt,
      ...requestColumns(request),
    },
    skipDuplicates: true,
  });
  return count === 1;
}

/** Writes what differs: the session first, while its policies still find the proposal that it came of. */
async function writeRequest(tx: Tx, before: Request, after: Request): Promise<void> {
  await writeSession(tx, before, after);
  const columns = requestColumns(after);
  if (!isDeepStrictEqual(columns, requestColumns(before))) {
    written(await tx.request.updateMany({ where: { id: after.id }, data: columns }), after.id);
  }
  await writeQuestions(tx, before, after);
  const given = after.session?.feedback.filter(
    ({ memberId }) => !before.session?.feedback.some((feedback) => feedback.memberId === memberId),
  );
  if (after.session && given?.length) {
    const { id: sessionId } = after.session;
    await tx.feedback.createMany({
      data: given.map((feedback) => ({ sessionId, communityId: after.communityId, ...feedback })),
    });
  }
}

/** Row level security hides rows without a word: a change that met none must not go on to tell people of it. */
function written({ count }: { count: number }, id: string): void {
  if (count !== 1) throw new Error(`The change of ${id} met ${count} rows instead of one.`);
}

/** Writes what differs. @throws UserError time_taken when the database finds one of the two in another session then */
async function writeSession(tx: Tx, before: Request, after: Request): Promise<void> {
  try {
    await putSession(tx, before, after);
  } catch (error) {
    if (!after.session || !saysDoubleBooked(error)) throw error;
    throw new UserError('time_taken', { startsAt: after.session.startsAt, requestId: after.id });
  }
}

async function putSession(tx: Tx, before: Request, after: Request): Promise<void> {
  const { session } = after;
  if (!session) return;
  const columns = sessionColumns(session);
  if (session.id === before.session?.id) {
    const mentorId = session.status === 'SCHEDULED' ? after.mentor?.id : undefined;
    const same = mentorId === undefined || mentorId === before.mentor?.id;
    if (same && isDeepStrictEqual(columns, sessionColumns(before.session))) return;
    const data = same ? columns : { ...columns, mentorId };
    written(await tx.session.updateMany({ where: { id: session.id }, data }), session.id);
    return;
  }
  if (!after.mentor) throw new Error(`Request ${after.id} cannot have a new session without a mentor.`);
  await tx.session.createMany({
    data: {
      id: session.id,
      communityId: after.communityId,
      requestId: after.id,
      mentorId: after.mentor.id,
      studentId: after.student.id,
      ...columns,
    },
  });
}
