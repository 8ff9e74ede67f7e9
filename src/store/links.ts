import { randomBytes } from 'node:crypto';
import type { CalendarEntry } from '../core/calendar.ts';
import { languageOf } from '../core/language.ts';
import type { Prisma } from './generated/client.ts';
import type { LinkFollower, Links } from './store.ts';
import type { Transact, Tx } from './transaction.ts';

/** What links lead to. Runs as the worker: whoever follows one is known by nothing else. */
export const links = (transact: Transact): Links => ({
  secret: () =>
    transact('worker', async (tx) => {
      await tx.$executeRaw`
        INSERT INTO link_secrets (secret) VALUES (${randomBytes(32).toString('base64url')}) ON CONFLICT DO NOTHING`;
      return (await tx.linkSecret.findFirstOrThrow()).secret;
    }),
  session: (sessionId, memberId) =>
    transact('worker', async (tx) => {
      const follower = await followerOf(tx, memberId);
      const row = await tx.session.findUnique({
        where: { id: sessionId },
        ...entry,
        relationLoadStrategy: 'join',
      });
      return follower && row && row.communityId === follower.actor.communityId
        ? { follower, entry: toEntry(row) }
        : null;
    }),
  feed: (kept, since) =>
    transact('worker', async (tx) => {
      const sessions = { ...entry, where: { startsAt: { gt: since } }, orderBy: latest, take: IN_FEED };
      const row = await tx.memberPreferences.findUnique({
        where: { calendarFeed: kept },
        include: { member: { include: { studentSessions: sessions, mentorSessions: sessions } } },
        relationLoadStrategy: 'join',
      });
      if (!row) return null;
      const { id, language, timeZone, studentSessions, mentorSessions } = row.member;
      return {
        memberId: id,
        reader: { language: languageOf(language), timeZone },
        entries: [...studentSessions, ...mentorSessions].map(toEntry),
      };
    }),
});

/** Of each role, in one feed; far more than anybody meets in some months. */
const IN_FEED = 200;
const latest = { startsAt: 'desc' } as const;

const who = { select: { id: true, name: true } } satisfies Prisma.MemberDefaultArgs;
const entry = {
  include: { request: { select: { title: true, updatedAt: true } }, student: who, mentor: who },
} satisfies Prisma.SessionDefaultArgs;

function toEntry(row: Prisma.SessionGetPayload<typeof entry>): CalendarEntry {
  const { request, student, mentor, requestId } = row;
  return { requestId, title: request.title, session: row, student, mentor, changedAt: request.updatedAt };
}

async function followerOf(tx: Tx, memberId: string): Promise<LinkFollower | null> {
  const member = await tx.member.findUnique({
    where: { id: memberId },
    include: { accounts: { select: { isMentor: true, isCoordinator: true } } },
    relationLoadStrategy: 'join',
  });
  return (
    member && {
      actor: {
        memberId,
        communityId: member.communityId,
        name: member.name,
        timeZone: member.timeZone,
        isMentor: member.accounts.some(({ isMentor }) => isMentor),
        isCoordinator: member.accounts.some(({ isCoordinator }) => isCoordinator),
      },
      reader: { language: languageOf(member.language), timeZone: member.timeZone },
    }
  );
}
