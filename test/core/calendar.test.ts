import { describe, expect, test } from 'vitest';
import {
  type CalendarEntry,
  entranceOf,
  hereSince,
  sequenceFor,
  standsFor,
  withWhom,
} from '../../src/core/calendar.ts';
import { MINUTE } from '../../src/core/time.ts';
import { now, nowPlus } from './samples.ts';

const entry = (changes: Partial<CalendarEntry['session']> = {}): CalendarEntry => ({
  requestId: 'r',
  title: 'Stack traces',
  session: {
    id: 's',
    startsAt: now,
    durationMinutes: 30,
    status: 'SCHEDULED',
    moves: 2,
    revision: 0,
    meetingLink: null,
    studentJoinedAt: null,
    mentorJoinedAt: now,
    ...changes,
  },
  student: { id: 'student', name: 'Ada' },
  mentor: { id: 'mentor', name: 'Grace' },
  changedAt: now,
});

describe('a session in somebody’s own calendar', () => {
  test('stands for its two, with its moves as the sequence', () => {
    for (const id of ['student', 'mentor']) {
      expect(standsFor(entry(), id)).toBe(true);
      expect(sequenceFor(entry(), id)).toBe(2);
    }
    expect(withWhom(entry(), 'student')).toBe('Grace');
    expect(withWhom(entry(), 'mentor')).toBe('Ada');
    expect(hereSince(entry(), 'student')).toBeNull();
    expect(hereSince(entry(), 'mentor')).toEqual(now);
  });

  test('is off once it is called off, and for a mentor who handed it over; both count as a change', () => {
    const off = entry({ status: 'CANCELLED' });
    expect(entranceOf(off, 'student', now)).toBe('off');
    expect(sequenceFor(off, 'student')).toBe(3);
    expect(entranceOf(entry(), 'former mentor', now)).toBe('off');
    expect(sequenceFor(entry(), 'former mentor')).toBe(3);
    expect(standsFor(entry({ status: 'COMPLETED' }), 'student')).toBe(true);
  });

  test.each([
    [-16 * MINUTE, 'early'],
    [-15 * MINUTE, 'open'],
    [29 * MINUTE, 'open'],
    [30 * MINUTE, 'over'],
  ])('%i ms from its start, the entrance is %s', (ms, entrance) => {
    expect(entranceOf(entry(), 'student', nowPlus(ms))).toBe(entrance);
    expect(entranceOf(entry({ status: 'COMPLETED' }), 'student', nowPlus(ms))).toBe('over');
  });
});
