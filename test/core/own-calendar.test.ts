import { describe, expect, test } from 'vitest';
import type { Span } from '../../src/core/availability.ts';
import type { OwnCalendar } from '../../src/core/finding-times.ts';
import { heldAgainstOwn } from '../../src/core/own-calendar.ts';
import { propose } from '../../src/core/proposals.ts';
import type { Request } from '../../src/core/request.ts';
import { DAY, MINUTE } from '../../src/core/time.ts';
import { ada, claimed, grace, now, nowPlus, roles, scheduled } from './samples.ts';

const busy: Span[] = [{ from: nowPlus(DAY + 20 * MINUTE), to: nowPlus(DAY + 40 * MINUTE) }];

/** Whether the holder hears that they are busy, and whose calendars were asked for. */
async function told(request: Request, calendars: Record<string, OwnCalendar>) {
  const asked: string[] = [];
  const { busyThen } = await heldAgainstOwn(request, {
    actor: roles.holder,
    calendarsOf: async (memberIds) => {
      asked.push(...memberIds);
      return new Map(Object.entries(calendars));
    },
  });
  return { busyThen, asked };
}
const proposed = (to: Request, ms: number) => propose(to, roles.holder, nowPlus(ms), '', now).request;

describe('whoever proposes a time', () => {
  test('hears when their own calendar has something then, and only then', async () => {
    const mine = { [grace.id]: busy };
    expect(await told(proposed(claimed(), DAY), mine)).toEqual({ busyThen: true, asked: [grace.id] });
    expect((await told(proposed(claimed(), DAY + 40 * MINUTE), mine)).busyThen).toBe(false);
    for (const unknown of [{ [grace.id]: 'unseen' as const }, {}]) {
      expect((await told(proposed(claimed(), DAY), unknown)).busyThen).toBe(false);
    }
  });
  test('hears nothing of the other’s, which is not even asked for', async () => {
    const theirs = { [ada.id]: busy };
    expect(await told(proposed(claimed(), DAY), theirs)).toEqual({ busyThen: false, asked: [grace.id] });
    const byStudent = propose(claimed(), roles.student, nowPlus(DAY), '', now).request;
    expect(await told(byStudent, { [grace.id]: busy })).toEqual({ busyThen: false, asked: [] });
  });
  test('and nothing of their session as it is planned, which is in their calendar, too', async () => {
    const moved = proposed(scheduled(DAY + 15 * MINUTE), DAY + 30 * MINUTE);
    expect(await told(moved, { [grace.id]: busy })).toEqual({ busyThen: false, asked: [] });
  });
});
