import { isDeepStrictEqual } from 'node:util';
import { sessionReminders } from '../core/notices.ts';
import type { Actor } from '../core/people.ts';
import { knownReminders, type Preferences } from '../core/preferences.ts';
import type { QuietHours } from '../core/quiet-hours.ts';
import type { Instant } from '../core/time.ts';
import { loadRequests } from './aggregate.ts';
import { Prisma } from './generated/client.ts';
import { inviteAnew } from './invitations.ts';
import { QUIET } from './outbox.ts';
import { tell } from './tell.ts';
import type { Tx } from './transaction.ts';

// Reminders and a mentor's room stand with the member, where whoever plans a session reads them; the rest is for nobody else's eyes.

/** Columns of quiet hours: none set, or the same twice for somebody who wants none. */
export const quietHoursIn = (row: { quietFrom: number | null; quietTo: number | null } | null) => {
  if (!row || row.quietFrom === null || row.quietTo === null) return null;
  return row.quietFrom === row.quietTo ? 'off' : { from: row.quietFrom, to: row.quietTo };
};

const quietColumns = (quietHours: QuietHours | 'off' | null) =>
  quietHours === 'off'
    ? { quietFrom: 0, quietTo: 0 }
    : { quietFrom: quietHours?.from ?? null, quietTo: quietHours?.to ?? null };

/** What a member prefers; the usual while they said nothing. */
export async function loadPreferences(tx: Tx, memberId: string): Promise<Preferences> {
  const member = await tx.member.findUniqueOrThrow({
    where: { id: memberId },
    select: { reminders: true, meetingRoom: true, preferences: true },
    relationLoadStrategy: 'join',
  });
  return {
    reminders: knownReminders(member.reminders),
    quietHours: quietHoursIn(member.preferences[0] ?? null),
    calendarFeed: member.preferences[0]?.calendarFeed ?? null,
    inviteAt: member.preferences[0]?.inviteAt ?? null,
    lookAtCalendar: member.preferences[0]?.lookAtCalendar ?? false,
    meetingRoom: member.meetingRoom,
  };
}

/** Keeps what `decide` makes of what the actor prefers. The row is the lock: two changes at once follow each other. */
export async function changePreferences(
  tx: Tx,
  actor: Actor,
  decide: (before: Preferences) => Preferences,
  now: Instant,
): Promise<Preferences> {
  const { memberId, communityId } = actor;
  await tx.$executeRaw`
    INSERT INTO member_preferences (member_id, community_id, changed_at)
    VALUES (${memberId}::uuid, ${communityId}::uuid, ${now}) ON CONFLICT DO NOTHING`;
  await tx.$executeRaw`SELECT FROM member_preferences WHERE member_id = ${memberId}::uuid FOR UPDATE`;
  const before = await loadPreferences(tx, memberId);
  const preferences = decide(before);
  await tx.memberPreferences.updateMany({
    where: { memberId },
    data: {
      ...quietColumns(preferences.quietHours),
      calendarFeed: preferences.calendarFeed,
      inviteAt: preferences.inviteAt,
      lookAtCalendar: preferences.lookAtCalendar,
      changedAt: now,
    },
  });
  if (preferences.meetingRoom !== before.meetingRoom) {
    await tx.member.updateMany({ where: { id: memberId }, data: { meetingRoom: preferences.meetingRoom } });
  }
  if (!isDeepStrictEqual(preferences.reminders, before.reminders)) {
    await tx.member.updateMany({
      where: { id: memberId },
      data: { reminders: preferences.reminders ?? Prisma.DbNull },
    });
    await remindAnew(tx, actor, now);
  }
  if (!isDeepStrictEqual(preferences.quietHours, before.quietHours)) await lookAgain(tx, actor, now);
  if (preferences.inviteAt !== before.inviteAt) await inviteAnew(tx, actor, now);
  return preferences;
}

/** What was planned before the choice is withdrawn, and what it asks for is planned. */
async function remindAnew(tx: Tx, { memberId, communityId }: Actor, now: Instant): Promise<void> {
  // Locked, whether a session is planned already or not: who plans or moves one at this moment either has finished
  // when these are read, or reads what was chosen.
  await tx.$executeRaw`
    SELECT FROM mini_mentorship_requests WHERE status IN ('CLAIMED', 'SCHEDULED')
      AND ${memberId}::uuid IN (student_id, mentor_id, offered_to_id) ORDER BY id FOR UPDATE`;
  const upcoming = await tx.session.findMany({
    where: {
      status: 'SCHEDULED',
      OR: [{ studentId: memberId }, { mentorId: memberId }],
    },
    select: { requestId: true },
  });
  const requestIds = upcoming.map(({ requestId }) => requestId);
  const reminders = {
    memberId,
    kind: 'session_reminder',
    state: 'PENDING',
    requestId: { in: requestIds },
  } as const;
  const waiting = await tx.notice.findMany({
    where: { ...reminders, dueAt: { lte: now } },
    select: { key: true },
  });
  await tx.notice.updateMany({ where: reminders, data: { state: 'WITHDRAWN' } });
  const requests = await loadRequests(tx, requestIds);
  const mine = requests
    .flatMap((request) =>
      sessionReminders(
        request,
        now,
        waiting.map(({ key }) => key),
      ),
    )
    .filter(({ recipient }) => recipient.to === 'member' && recipient.memberId === memberId);
  await tell(tx, communityId, mine, null);
}

/** What waited for the end of quiet hours that hold no longer; the courier finds out about the new ones. */
async function lookAgain(tx: Tx, { memberId }: Actor, now: Instant): Promise<void> {
  await tx.notice.updateMany({
    where: { memberId, state: 'PENDING', why: QUIET, dueAt: { gt: now } },
    data: { dueAt: now },
  });
}
