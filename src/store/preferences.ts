import type { Actor } from '../core/people.ts';
import { type Preferences, usualPreferences } from '../core/preferences.ts';
import type { Instant } from '../core/time.ts';
import type { MemberPreferences } from './generated/client.ts';
import type { Tx } from './transaction.ts';

const fromRow = (_row: MemberPreferences): Preferences => ({});

const toColumns = (_preferences: Preferences) => ({});

/** What a member prefers; the usual while they said nothing. */
export async function loadPreferences(tx: Tx, memberId: string): Promise<Preferences> {
  const row = await tx.memberPreferences.findUnique({ where: { memberId } });
  return row ? fromRow(row) : usualPreferences;
}

/** Keeps what `decide` makes of what the actor prefers. The row is the lock: two changes at once follow each other. */
export async function changePreferences(
  tx: Tx,
  { memberId, communityId }: Actor,
  decide: (before: Preferences) => Preferences,
  now: Instant,
): Promise<Preferences> {
  await tx.$executeRaw`
    INSERT INTO member_preferences (member_id, community_id, changed_at)
    VALUES (${memberId}::uuid, ${communityId}::uuid, ${now}) ON CONFLICT DO NOTHING`;
  await tx.$executeRaw`SELECT FROM member_preferences WHERE member_id = ${memberId}::uuid FOR UPDATE`;
  const preferences = decide(await loadPreferences(tx, memberId));
  await tx.memberPreferences.updateMany({
    where: { memberId },
    data: { ...toColumns(preferences), changedAt: now },
  });
  return preferences;
}
