import {
  type Availability,
  anyTime,
  type DateOverride,
  type Hours,
  noRules,
  type WeeklyHours,
} from '../core/availability.ts';
import type { Bookings } from '../core/finding-times.ts';
import type { Actor } from '../core/people.ts';
import type { AvailabilityStore } from '../core/ports.ts';
import { refreshHomes } from './homes.ts';
import type { Transact, Tx } from './transaction.ts';

/** What a mentor set, in their name, and when the two of a request have other sessions. */
export const availabilityStore = (transact: Transact, actor: Actor): AvailabilityStore => ({
  getAvailability: () => transact(actor, (tx) => load(tx, actor.memberId)),

  changeAvailability: (decide) =>
    transact(actor, async (tx) => {
      const { memberId: mentorId, communityId } = actor;
      // The row is the lock: two changes at once follow each other.
      await tx.$executeRaw`
        INSERT INTO mini_mentorship_availability_rules (mentor_id, community_id)
        VALUES (${mentorId}::uuid, ${communityId}::uuid) ON CONFLICT DO NOTHING`;
      await tx.$executeRaw`
        SELECT FROM mini_mentorship_availability_rules WHERE mentor_id = ${mentorId}::uuid FOR UPDATE`;
      const availability = decide(await load(tx, mentorId));
      await tx.availabilityRules.updateMany({ where: { mentorId }, data: ruleColumns(availability) });
      await tx.availability.deleteMany({ where: { mentorId } });
      await tx.availability.createMany({
        data: rowsOf(availability).map((row) => ({ ...row, mentorId, communityId })),
      });
      await refreshHomes(tx, communityId, [mentorId]);
      return availability;
    }),

  bookingsBeside: ({ id, student, mentor }, since) =>
    transact(actor, async (tx) => {
      const rows = await tx.$queryRaw<
        { member_id: string; starts_at: Date; duration_minutes: number }[]
      >`SELECT member_id, starts_at, duration_minutes FROM busy_times(${id}::uuid, ${since})`;
      const of = (memberId: string | undefined) =>
        rows
          .filter((row) => row.member_id === memberId)
          .map((row) => ({ startsAt: row.starts_at, durationMinutes: row.duration_minutes }));
      return { mentor: of(mentor?.id), student: of(student.id) } satisfies Bookings;
    }),
});

interface Row {
  timeZone: string;
  weekday: number | null;
  onDate: Date | null;
  fromMinute: number | null;
  toMinute: number | null;
}

async function load(tx: Tx, mentorId: string): Promise<Availability | null> {
  const rules = await tx.availabilityRules.findUnique({ where: { mentorId } });
  const rows: Row[] = await tx.availability.findMany({
    where: { mentorId },
    orderBy: [{ weekday: 'asc' }, { onDate: 'asc' }, { fromMinute: 'asc' }],
  });
  const [first] = rows;
  if (!first && !rules) return null;
  return {
    ...anyTime(first?.timeZone ?? 'UTC'),
    weekly: rows.flatMap(weeklyOf),
    overrides: overridesOf(rows),
    rules: rules
      ? { noticeMinutes: rules.noticeMinutes, bufferMinutes: rules.bufferMinutes, perWeek: rules.perWeek }
      : noRules,
    pause: rules?.paused ? { until: rules.pausedUntil } : null,
  };
}

const hoursIn = ({ fromMinute, toMinute }: Row): Hours[] =>
  fromMinute === null || toMinute === null ? [] : [{ from: fromMinute, to: toMinute }];

const weeklyOf = (row: Row): WeeklyHours[] =>
  row.weekday === null ? [] : hoursIn(row).map((hours) => ({ weekday: row.weekday as number, ...hours }));

/** A row without hours takes the usual ones of its date away; the others add theirs. */
function overridesOf(rows: readonly Row[]): DateOverride[] {
  const byDate = new Map<string, DateOverride>();
  for (const row of rows) {
    if (row.onDate === null) continue;
    const date = row.onDate.toISOString().slice(0, 10);
    const override = byDate.get(date) ?? { date, usual: true, hours: [] };
    const hours = hoursIn(row);
    byDate.set(date, {
      date,
      usual: override.usual && hours.length > 0,
      hours: [...override.hours, ...hours],
    });
  }
  return [...byDate.values()];
}

const ruleColumns = ({ rules, pause }: Availability) => ({
  noticeMinutes: rules.noticeMinutes,
  bufferMinutes: rules.bufferMinutes,
  perWeek: rules.perWeek,
  paused: pause !== null,
  pausedUntil: pause?.until ?? null,
});

function rowsOf({ timeZone, weekly, overrides }: Availability): Row[] {
  const row = (day: { weekday: number } | { onDate: Date }, hours: Hours | null): Row => ({
    weekday: null,
    onDate: null,
    ...day,
    timeZone,
    fromMinute: hours?.from ?? null,
    toMinute: hours?.to ?? null,
  });
  return [
    ...weekly.map(({ weekday, ...hours }) => row({ weekday }, hours)),
    ...overrides.flatMap(({ date, usual, hours }) => {
      const onDate = new Date(`${date}T00:00:00Z`);
      return [...(usual ? [] : [null]), ...hours].map((each) => row({ onDate }, each));
    }),
  ];
}
