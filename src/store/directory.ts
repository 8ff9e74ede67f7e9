import { quietHoursOf, readSettings } from '../core/community.ts';
import type { Language } from '../core/language.ts';
import { readSpace, type SpaceSettings } from '../core/space.ts';
import { between, type Instant, MINUTE } from '../core/time.ts';
import type { Expert } from '../core/topics.ts';
import { Prisma } from './generated/client.ts';
import { quietHoursIn } from './preferences.ts';
import { channelsChange, channelsOf, type Follow, followMentors } from './spaces.ts';
import type { AnnouncedSpace, Directory, Post, Space, Visit, Visitor } from './store.ts';
import type { Transact, Tx } from './transaction.ts';

/** Who people are; runs as the worker. */
export function directory(transact: Transact): Directory {
  return {
    visit: (visitor, now) => transact('worker', (tx) => visit(tx, visitor, now)),
    ensureSpace: (space, community, follow) =>
      transact('worker', (tx) => ensureSpace(tx, space, community, follow)),
    chosenIn: (space) => transact('worker', (tx) => chosenIn(tx, space)),
    greets: (space, joinedAt, now) => transact('worker', (tx) => greets(tx, space, joinedAt, now)),
    greetAgain: ({ platform, spaceId: externalId }) =>
      transact('worker', async (tx) => {
        await tx.space.updateMany({ where: { platform, externalId }, data: { greetedAt: null } });
      }),
    recipient: (memberId, requestId) => transact('worker', (tx) => recipient(tx, memberId, requestId)),
    settingsOf: (community) =>
      transact('worker', async (tx) => {
        const row = await tx.community.findUnique({ where: { slug: community }, select: { settings: true } });
        return readSettings(row?.settings);
      }),
    guests: (memberIds) =>
      transact('worker', async (tx) => {
        const where = { memberId: { in: [...memberIds] }, inviteAt: { not: null } };
        const rows = await tx.memberPreferences.findMany({ where, orderBy: { inviteAt: 'asc' } });
        return rows.flatMap(({ inviteAt }) => inviteAt ?? []);
      }),
    calendars: (communityId, memberIds) =>
      transact('worker', async (tx) => {
        const where = { communityId, memberId: { in: [...memberIds] }, lookAtCalendar: true };
        const rows = await tx.memberPreferences.findMany({ where });
        return rows.flatMap(({ memberId, inviteAt }) => (inviteAt ? { memberId, address: inviteAt } : []));
      }),
    hasMentorsChannel: (communityId) =>
      transact('worker', async (tx) => {
        const where = { communityId, mentorsChannel: { not: '' } };
        return (await tx.space.findFirst({ where, select: { id: true } })) !== null;
      }),
    experts: (communityId, now) => transact('worker', (tx) => experts(tx, communityId, now)),
  };
}

/** How exactly it is known when somebody was last seen. */
const SEEN_EVERY = 5 * MINUTE;

/** An account, its member, and what their other accounts add, those in other communities for `seen_last` only. */
interface Known {
  account_id: string;
  member_id: string;
  community_id: string;
  name: string;
  time_zone: string | null;
  language: Language | null;
  is_mentor: boolean;
  is_coordinator: boolean;
  mentor_elsewhere: boolean;
  coordinator_elsewhere: boolean;
  seen_last: boolean;
  seen_at: Instant;
  unreachable: number;
  settings: unknown;
}

async function visit(tx: Tx, visitor: Visitor, now: Instant): ReturnType<Directory['visit']> {
  const known = (await find(tx, visitor)) ?? (await welcome(tx, visitor, now));
  if (!known) return null;
  const seen: Visit = {
    memberId: known.member_id,
    communityId: known.community_id,
    name: visitor.name,
    timeZone: visitor.timeZone ?? known.time_zone,
    language: visitor.language ?? known.language,
    isMentor: visitor.isMentor ?? known.is_mentor,
    isCoordinator: visitor.isCoordinator ?? known.is_coordinator,
    unreachable: known.unreachable,
    settings: readSettings(known.settings),
  };
  await remember(tx, known, seen, now);
  return {
    ...seen,
    isMentor: seen.isMentor || known.mentor_elsewhere,
    isCoordinator: seen.isCoordinator || known.coordinator_elsewhere,
  };
}

/** Without a space: the account that was seen last. */
async function find(tx: Tx, { platform, spaceId, userId }: Visitor): Promise<Known | undefined> {
  const [known] = await tx.$queryRaw<Known[]>`
    SELECT account.id AS account_id, member.id AS member_id, member.community_id, member.name, member.time_zone,
      member.language, account.is_mentor, account.is_coordinator, others.is_mentor AS mentor_elsewhere,
      others.is_coordinator AS coordinator_elsewhere, others.seen_before AS seen_last,
      account.last_seen_at AS seen_at, community.settings,
      (SELECT count(*)::int FROM notices WHERE member_id = member.id AND state = 'UNREACHABLE') AS unreachable
    FROM accounts account
    JOIN spaces space ON space.id = account.space_id
    JOIN members member ON member.id = account.member_id
    JOIN communities community ON community.id = member.community_id
    CROSS JOIN LATERAL (
      SELECT coalesce(bool_or(other.is_mentor AND other.member_id = member.id), false) AS is_mentor,
        coalesce(bool_or(other.is_coordinator AND other.member_id = member.id), false) AS is_coordinator,
        coalesce(bool_and(other.last_seen_at < account.last_seen_at), true) AS seen_before
      FROM accounts other
      WHERE (other.member_id = member.id OR other.user_id = account.user_id) AND other.id <> account.id
    ) others
    WHERE account.user_id = ${userId} AND space.platform = ${platform}
      AND (${spaceId}::text IS NULL OR space.external_id = ${spaceId})
    ORDER BY account.last_seen_at DESC LIMIT 1`;
  return known;
}

/** Most clicks tell nothing new, and then nothing is written; when somebody was last seen is known to some minutes. */
async function remember(tx: Tx, known: Known, seen: Visit, now: Instant): Promise<void> {
  const { name, timeZone, language } = seen;
  if (name !== known.name || timeZone !== known.time_zone || language !== known.language) {
    await tx.member.updateMany({
      where: { id: known.member_id },
      data: { name, timeZone, language },
    });
  }
  const same = seen.isMentor === known.is_mentor && seen.isCoordinator === known.is_coordinator;
  if (known.seen_last && same && between(known.seen_at, now) < SEEN_EVERY) return;
  // At least a little later than the others, also when the clock has not moved since.
  await tx.$executeRaw`
    UPDATE accounts SET is_mentor = ${seen.isMentor}, is_coordinator = ${seen.isCoordinator}, last_seen_at = greatest(${now}, (
      SELECT max(last_seen_at) + interval '1 millisecond' FROM accounts other
      WHERE (other.member_id = accounts.member_id OR other.user_id = accounts.user_id) AND other.id <> accounts.id
    )) WHERE id = ${known.account_id}::uuid`;
}

/** Makes the account on its first visit, and the member unless they are known from another space. */
async function welcome(tx: Tx, visitor: Visitor, now: Instant): Promise<Known | undefined> {
  const { platform, spaceId, userId, name, timeZone, language } = visitor;
  if (spaceId === null) return undefined;
  const space = await tx.space.findUnique({
    where: { platform_externalId: { platform, externalId: spaceId } },
    select: { id: true, communityId: true },
  });
  if (!space) return undefined;
  const { communityId } = space;
  // Two first clicks at once, even in two spaces, are one person.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`${communityId} ${platform} ${userId}`}, 0))`;
  const meanwhile = await find(tx, visitor);
  if (meanwhile) return meanwhile;
  const elsewhere = await tx.account.findFirst({
    where: { userId, communityId, space: { platform } },
    select: { memberId: true },
  });
  const memberId =
    elsewhere?.memberId ??
    (await tx.member.create({ data: { communityId, name, timeZone, language }, select: { id: true } })).id;
  await tx.account.create({
    data: { communityId, memberId, spaceId: space.id, userId, lastSeenAt: now },
    select: { id: true },
  });
  return find(tx, visitor);
}

/** Instances that start at once follow each other. */
async function ensureSpace(
  tx: Tx,
  space: AnnouncedSpace,
  slug: string,
  follow: Follow = () => [],
): Promise<SpaceSettings> {
  await adopt(tx, space, slug);
  await tx.community.createMany({ data: { slug }, skipDuplicates: true });
  const community = await tx.community.findUniqueOrThrow({ where: { slug }, select: { id: true } });
  await channelsChange(tx, community.id);
  const { platform, spaceId, name, held } = space;
  const [kept] = await tx.$queryRaw<
    { id: string; communityId: string; mentorsChannel: string; chosen: unknown }[]
  >`
    INSERT INTO spaces (community_id, platform, external_id, name, mentors_channel)
    SELECT id, ${platform}, ${spaceId}, ${name}, '' FROM communities WHERE slug = ${slug}
    ON CONFLICT (platform, external_id) DO UPDATE SET name = excluded.name
      WHERE spaces.community_id = excluded.community_id
    RETURNING id, community_id AS "communityId", mentors_channel AS "mentorsChannel", chosen`;
  if (!kept) {
    throw new Error(
      `The ${platform} space ${name} (${spaceId}) belongs to another community than ${slug}. ` +
        'It came by being added, and has people and requests of its own by now, which two communities cannot share. ' +
        'Leave it out of the settings: it goes on as it is. Or run another bot, with a database of its own, for it.',
    );
  }
  const now = held ? readSpace(kept.chosen, held) : readSpace({}, space);
  await tx.space.updateMany({
    where: { id: kept.id },
    data: { ...channelsOf(now), held: held ?? Prisma.DbNull },
  });
  await followMentors(tx, { ...kept, deed: null }, now.mentorsChannel, follow);
  return now;
}

/**
 * A space that came by itself, and is now named by the settings, takes its community along: as long as there is no other
 * space in that of the settings, its people and requests go on under that name.
 */
async function adopt(tx: Tx, { platform, spaceId }: AnnouncedSpace, slug: string): Promise<void> {
  const own = await tx.space.findUnique({
    where: { platform_externalId: { platform, externalId: spaceId } },
    select: { community: { select: { id: true, slug: true } } },
  });
  if (!own || own.community.slug === slug) return;
  if ((await tx.space.count({ where: { community: { slug } } })) > 0) return;
  await tx.community.deleteMany({ where: { slug } });
  await tx.community.update({ where: { id: own.community.id }, data: { slug }, select: { id: true } });
}

async function chosenIn(
  tx: Tx,
  { platform, spaceId }: Parameters<Directory['chosenIn']>[0],
): Promise<SpaceSettings | null> {
  const row = await tx.space.findFirst({
    where: { platform, held: { not: Prisma.DbNull }, ...(spaceId !== null && { externalId: spaceId }) },
    select: { held: true, chosen: true },
    orderBy: { createdAt: 'asc' },
  });
  return row && readSpace(row.chosen, row.held);
}

async function greets(
  tx: Tx,
  { platform, spaceId: externalId }: Pick<Space, 'platform' | 'spaceId'>,
  joinedAt: Instant,
  now: Instant,
): Promise<boolean> {
  const { count } = await tx.space.updateMany({
    where: { platform, externalId, OR: [{ greetedAt: null }, { greetedAt: { lt: joinedAt } }] },
    data: { greetedAt: now },
  });
  return count > 0;
}

async function recipient(tx: Tx, memberId: string, requestId: string): ReturnType<Directory['recipient']> {
  const member = await tx.member.findUnique({
    where: { id: memberId },
    select: {
      timeZone: true,
      preferences: { select: { quietFrom: true, quietTo: true } },
      community: { select: { settings: true } },
      accounts: {
        orderBy: { lastSeenAt: 'desc' },
        select: { userId: true, lastSeenAt: true, space: { select: { platform: true, externalId: true } } },
      },
    },
    relationLoadStrategy: 'join',
  });
  if (!member) return null;
  return {
    accounts: member.accounts.map(({ userId, space }) => ({
      platform: space.platform,
      spaceId: space.externalId,
      userId,
    })),
    timeZone: member.timeZone,
    quietHours: quietHoursOf(
      readSettings(member.community.settings),
      quietHoursIn(member.preferences[0] ?? null),
    ),
    lastSeenAt: member.accounts[0]?.lastSeenAt ?? null,
    newest: await newestPosts(tx, memberId, requestId),
  };
}

async function newestPosts(tx: Tx, memberId: string, requestId: string): Promise<Post[]> {
  const rows = await tx.$queryRaw<(Omit<Post, 'threadId'> & { threadId: string | null })[]>`
    SELECT DISTINCT ON (platform, post.space_id) platform, post.space_id AS "spaceId", channel_id AS "channelId",
      message_id AS "messageId", thread_id AS "threadId"
    FROM notices notice JOIN posts post ON post.notice_key = notice.key
    WHERE notice.request_id = ${requestId}::uuid AND notice.member_id = ${memberId}::uuid
    ORDER BY platform, post.space_id, put_at DESC, message_id DESC`;
  return rows.map(({ threadId, ...post }) => ({ ...post, ...(threadId !== null && { threadId }) }));
}

const experts = (tx: Tx, communityId: string, now: Instant): Promise<Expert[]> =>
  tx.$queryRaw<Expert[]>`
    SELECT id::text AS "memberId", topics FROM members
    WHERE community_id = ${communityId}::uuid AND cardinality(topics) > 0
      AND EXISTS (SELECT FROM accounts WHERE member_id = members.id AND is_mentor)
      AND NOT EXISTS (
        SELECT FROM mini_mentorship_availability_rules
        WHERE mentor_id = members.id AND paused AND (paused_until IS NULL OR paused_until > ${now})
      )
    ORDER BY (SELECT max(created_at) FROM notices WHERE member_id = members.id AND kind = 'topic_match')
      NULLS FIRST, created_at, id`;
