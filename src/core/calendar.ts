import { endOf, JOIN_OPENS, type Session } from './session.ts';
import { after, type Instant } from './time.ts';

/** A session as one of its two people has it in their own calendar: in any state, also called off. */
export interface CalendarEntry {
  requestId: string;
  title: string;
  /** Its revision grows when its link or its mentor changes. */
  session: { revision: number } & Pick<
    Session,
    | 'id'
    | 'startsAt'
    | 'durationMinutes'
    | 'status'
    | 'moves'
    | 'meetingLink'
    | 'studentJoinedAt'
    | 'mentorJoinedAt'
  >;
  student: { id: string; name: string };
  /** The session's; the request may have passed to another. */
  mentor: { id: string; name: string };
  /** When the request changed last. */
  changedAt: Instant;
}

/** Whether it takes place for this member, as far as anybody can know: not called off, and not handed to another mentor. */
export const standsFor = (entry: CalendarEntry, memberId: string): boolean =>
  entry.session.status !== 'CANCELLED' && isParty(entry, memberId);

/** Grows with everything that a calendar must learn of: each move, another link or mentor, and that it is off. */
export const sequenceFor = (entry: CalendarEntry, memberId: string): number =>
  entry.session.moves + entry.session.revision + (standsFor(entry, memberId) ? 0 : 1);

/** The other of the two. */
export const withWhom = ({ student, mentor }: CalendarEntry, memberId: string): string =>
  memberId === student.id ? mentor.name : student.name;

/** When this member pressed Join; null when they did not yet. */
export const hereSince = ({ session, student }: CalendarEntry, memberId: string): Instant | null =>
  memberId === student.id ? session.studentJoinedAt : session.mentorJoinedAt;

/** How far a session is for somebody who follows their link to it; `open`: coming in counts as being there. */
export type Entrance = 'early' | 'open' | 'over' | 'off';

export function entranceOf(entry: CalendarEntry, memberId: string, now: Instant): Entrance {
  const { session } = entry;
  if (!standsFor(entry, memberId)) return 'off';
  if (session.status !== 'SCHEDULED' || endOf(session) <= now) return 'over';
  return now < after(session.startsAt, -JOIN_OPENS) ? 'early' : 'open';
}

const isParty = ({ student, mentor }: CalendarEntry, memberId: string): boolean =>
  memberId === student.id || memberId === mentor.id;
