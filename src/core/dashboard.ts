import { type Availability, isPaused } from './availability.ts';
import type { Attention } from './coordination.ts';
import type { Page, RequestQuery } from './ports.ts';
import { holdNow } from './question.ts';
import type { Request } from './request.ts';
import { endOf } from './session.ts';
import type { Instant } from './time.ts';
import type { Context } from './use-case.ts';
import { inOwnZone } from './use-cases/availability-input.ts';

/** The long lists of a Home, each paged by itself. */
export const homeLists = ['coming', 'claims', 'open', 'requests', 'past'] as const;
export type HomeList = (typeof homeLists)[number];
/** The page that each list shows; the first, where it is not named. */
export type HomePages = Readonly<Partial<Record<HomeList, number>>>;

/** How many a list shows at once, so that all lists together fit one Home. */
const SHOWN = 4;

/** What a member sees on their Home. */
export interface Dashboard {
  /** Sessions to come, in either role, the next one first. */
  coming: Page<Request>;
  requests: Page<Request>;
  /** Sessions that were held, in either role. */
  past: Page<Request>;
  /** For mentors. */
  mentor: {
    /** What waits for a time, the longest first. */
    claims: Page<Request>;
    /** What waits for a mentor, those about the mentor's topics first. */
    open: Page<Request>;
    topics: string[];
    availability: Availability;
  } | null;
  /** For coordinators. */
  attention: Attention | null;
}

/** Where a Home is read from. */
type Sources = Pick<
  Context,
  'store' | 'profile' | 'availability' | 'coordination' | 'actor' | 'settings' | 'clock'
>;

/** Looks up all that a member's Home shows. */
export async function readDashboard(
  { store, profile, availability, coordination, actor, settings, clock }: Sources,
  pages: HomePages,
): Promise<Dashboard> {
  const { memberId } = actor;
  const list = (name: HomeList, query: Omit<RequestQuery, 'page' | 'pageSize'>) =>
    store.listRequests({ ...query, page: pages[name] ?? 1, pageSize: SHOWN });
  const [coming, requests, past] = await Promise.all([
    list('coming', { partyId: memberId, statuses: ['SCHEDULED'], order: 'soonest' }),
    list('requests', { studentId: memberId, order: 'newest' }),
    list('past', { partyId: memberId, statuses: ['COMPLETED'], withSession: true, order: 'latest' }),
  ]);
  const attention = actor.isCoordinator ? await coordination.attention(settings, clock.now()) : null;
  if (!actor.isMentor) return { coming, requests, past, mentor: null, attention };
  const topics = await profile.getTopics();
  const [claims, open, set] = await Promise.all([
    list('claims', { mentorId: memberId, statuses: ['CLAIMED'], order: 'claimed' }),
    list('open', { statuses: ['OPEN'], exceptStudentId: memberId, topics, order: 'urgent' }),
    availability.getAvailability(),
  ]);
  const mentor = { claims, open, topics, availability: inOwnZone(set, actor) };
  return { coming, requests, past, mentor, attention };
}

/**
 * When a Home changes by time alone: a session begins or is over, a hold lapses, a pause ends. Whatever anybody does has
 * it shown anew in any case, and the platforms themselves keep counting how long ago something was.
 * @returns null when it stays as it is
 */
export function nextChangeOf({ coming, requests, mentor }: Dashboard, now: Instant): Instant | null {
  const shown = [coming, requests, ...(mentor ? [mentor.claims, mentor.open] : [])];
  const turns = shown.flatMap(({ items }) => items).flatMap((request) => turnsOf(request, now));
  const pause = mentor && isPaused(mentor.availability, now) ? mentor.availability.pause : null;
  if (pause?.until) turns.push(pause.until);
  const ahead = turns.map((turn) => turn.getTime()).filter((turn) => turn > now.getTime());
  return ahead.length > 0 ? new Date(Math.min(...ahead)) : null;
}

function turnsOf({ session, proposal, ...request }: Request, now: Instant): Instant[] {
  const hold = holdNow(request, now);
  return [
    ...(session?.status === 'SCHEDULED' ? [session.startsAt, endOf(session)] : []),
    ...(proposal ? [proposal.startsAt] : []),
    ...(hold ? [hold.until] : []),
  ];
}
