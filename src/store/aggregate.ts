import { readSettings } from '../core/community.ts';
import type { Person } from '../core/people.ts';
import { knownReminders } from '../core/preferences.ts';
import type { Duration, PreferredTime, Request } from '../core/request.ts';
import type { Helpfulness, Session } from '../core/session.ts';
import type { Prisma } from './generated/client.ts';
import type { Tx } from './transaction.ts';

// A request with everything the core decides on, read in one statement, and how it is written back.

export const person = {
  select: {
    id: true,
    name: true,
    timeZone: true,
    reminders: true,
    meetingRoom: true,
    accounts: {
      select: { userId: true, space: { select: { platform: true, externalId: true } } },
      orderBy: { lastSeenAt: 'desc' },
    },
  },
} satisfies Prisma.MemberDefaultArgs;

const session = {
  include: { feedback: { orderBy: { givenAt: 'asc' } } },
} satisfies Prisma.SessionDefaultArgs;

const aggregate = {
  community: { select: { settings: true } },
  student: person,
  mentor: person,
  heldBy: person,
  offeredTo: person,
  questions: { include: { asker: person }, orderBy: [{ askedAt: 'asc' }, { id: 'asc' }] },
  // Called-off ones are history. A newer one may stand beside one to which nobody came.
  sessions: { ...session, where: { status: { not: 'CANCELLED' } }, orderBy: { createdAt: 'desc' }, take: 1 },
} satisfies Prisma.RequestInclude;

type PersonRow = Prisma.MemberGetPayload<typeof person>;
type SessionRow = Prisma.SessionGetPayload<typeof session>;
type RequestRow = Prisma.RequestGetPayload<{ include: typeof aggregate }>;

/** @returns the request as this transaction's identity may see it, or null */
export async function loadRequest(tx: Tx, id: string): Promise<Request | null> {
  const row = await tx.request.findUnique({
    where: { id },
    include: aggregate,
    relationLoadStrategy: 'join',
  });
  return row && toRequest(row);
}

/** @returns those that may be seen, in the order of the ids */
export async function loadRequests(tx: Tx, ids: string[]): Promise<Request[]> {
  if (ids.length === 0) return [];
  const rows = await tx.request.findMany({
    where: { id: { in: ids } },
    include: aggregate,
    relationLoadStrategy: 'join',
  });
  const place = new Map(ids.map((id, index) => [id, index]));
  return rows.sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0)).map(toRequest);
}

/** @returns somebody as this transaction's identity may see them, or null */
export async function loadPerson(tx: Tx, id: string): Promise<Person | null> {
  const row = await tx.member.findUnique({ where: { id }, ...person, relationLoadStrategy: 'join' });
  return row && toPerson(row);
}

/** A session in any state, and its mentor, who may hold the request no longer. */
export async function loadSession(tx: Tx, id: string): Promise<{ session: Session; mentor: Person } | null> {
  const row = await tx.session.findUnique({
    where: { id },
    include: { ...session.include, mentor: person },
    relationLoadStrategy: 'join',
  });
  return row && { session: toSession(row), mentor: toPerson(row.mentor) };
}

function toRequest(row: RequestRow): Request {
  const [session] = row.sessions;
  return {
    id: row.id,
    communityId: row.communityId,
    settings: readSettings(row.community.settings),
    student: toPerson(row.student),
    title: row.title,
    sessionType: row.sessionType,
    description: row.description,
    durationMinutes: row.durationMinutes as Duration,
    urgency: row.urgency,
    preferredTimes: (row.preferredTimes as { start: string; end: string | null }[]).map(toPreferredTime),
    tags: row.tags,
    status: row.status,
    mentor: row.mentor && toPerson(row.mentor),
    claimedAt: row.claimedAt,
    expiresAt: row.expiresAt,
    createdAt: row.createdAt,
    hold: row.heldBy && row.heldUntil ? { by: toPerson(row.heldBy), until: row.heldUntil } : null,
    questions: row.questions.map(({ id, asker, words, askedAt, answer, answeredAt }) => ({
      id,
      by: toPerson(asker),
      words,
      askedAt,
      answer,
      answeredAt,
    })),
    proposal:
      row.proposedStart && row.proposedById
        ? { startsAt: row.proposedStart, byId: row.proposedById, reason: row.proposedReason ?? '' }
        : null,
    offer: row.offeredTo && { to: toPerson(row.offeredTo), word: row.offeredWord ?? '' },
    session: session ? toSession(session) : null,
  };
}

const toPreferredTime = ({ start, end }: { start: string; end: string | null }): PreferredTime => ({
  start: new Date(start),
  end: end === null ? null : new Date(end),
});

export const toPerson = (row: PersonRow): Person => ({
  id: row.id,
  name: row.name,
  timeZone: row.timeZone,
  accounts: row.accounts.map(({ userId, space }) => ({
    platform: space.platform,
    spaceId: space.externalId,
    userId,
  })),
  reminders: knownReminders(row.reminders),
  meetingRoom: row.meetingRoom,
});

const toSession = (row: SessionRow): Session => ({
  id: row.id,
  ...sessionColumns(row),
  feedback: row.feedback.map(({ memberId, rating, helped, comment, givenAt }) => ({
    memberId,
    rating,
    helped: helped as Helpfulness | null,
    comment,
    givenAt,
  })),
});

/** The columns of a request that a change may write. */
export const requestColumns = (request: Request) => ({
  title: request.title,
  sessionType: request.sessionType,
  description: request.description,
  durationMinutes: request.durationMinutes,
  urgency: request.urgency,
  preferredTimes: request.preferredTimes.map(({ start, end }) => ({
    start: start.toISOString(),
    end: end?.toISOString() ?? null,
  })),
  tags: request.tags,
  status: request.status,
  mentorId: request.mentor?.id ?? null,
  claimedAt: request.claimedAt,
  expiresAt: request.expiresAt,
  heldById: request.hold?.by.id ?? null,
  heldUntil: request.hold?.until ?? null,
  proposedStart: request.proposal?.startsAt ?? null,
  proposedById: request.proposal?.byId ?? null,
  proposedReason: request.proposal?.reason ?? null,
  offeredToId: request.offer?.to.id ?? null,
  offeredWord: request.offer?.word ?? null,
});

/** The columns of a session that a change may write. */
export const sessionColumns = (row: Omit<Session, 'id' | 'feedback'>) => ({
  startsAt: row.startsAt,
  durationMinutes: row.durationMinutes,
  status: row.status,
  meetingState: row.meetingState,
  meetingProvider: row.meetingProvider,
  meetingLink: row.meetingLink,
  meetingEventId: row.meetingEventId,
  ownLink: row.ownLink,
  linkGiven: row.linkGiven,
  studentJoinedAt: row.studentJoinedAt,
  mentorJoinedAt: row.mentorJoinedAt,
  askedAt: row.askedAt,
  outcome: row.outcome,
  followUp: row.followUp,
  moves: row.moves,
  calledOffById: row.calledOffById,
  calledOffReason: row.calledOffReason,
  calledOffLate: row.calledOffLate,
});
