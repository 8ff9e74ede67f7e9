import {
  claimNudge,
  claimWaits,
  mentorsSought,
  type Notice,
  needsCoordinator,
  stillWaiting,
  stillWanted,
} from './notices.ts';
import type { Person } from './people.ts';
import type { Request, Urgency } from './request.ts';
import { after, DAY, HOUR, type Instant } from './time.ts';

/**
 * A request never dies silently: when nobody claims it, those who hear of it become more. How long each step waits,
 * from the moment that it is in the queue, unless the community sets other times (core/community.ts).
 */
export const circle: Record<Urgency, { mentorsAgain: number; coordinators: number }> = {
  high: { mentorsAgain: 2 * HOUR, coordinators: 6 * HOUR },
  normal: { mentorsAgain: DAY, coordinators: 2 * DAY },
  low: { mentorsAgain: 2 * DAY, coordinators: 4 * DAY },
};

/**
 * A claim is a promise: when it does not become a session, these follow, from the moment of the claim, unless the
 * community sets other times.
 */
export const claimPromise = { nudge: 12 * HOUR, tellStudent: DAY, giveBack: 2 * DAY, withProposal: 7 * DAY };

/**
 * What follows when a request enters the queue, for as long as nobody claims it. Mentors who know the topic hear at once.
 * @param gaveBack the mentor who held it until now
 */
export const whileOpen = (request: Request, now: Instant, gaveBack: Person | null = null): Notice[] => [
  mentorsSought(request, gaveBack, now),
  stillWaiting(request, now, after(now, request.settings.circle[request.urgency].mentorsAgain)),
  needsCoordinator(request, now, after(now, request.settings.circle[request.urgency].coordinators)),
  stillWanted(request, now, new Date((now.getTime() + request.expiresAt.getTime()) / 2)),
];

/** What follows when a request is claimed, for as long as no time is set. */
export const whileClaimed = (request: Request, now: Instant): Notice[] => [
  ...claimNudge(request, now, after(now, request.settings.claim.nudge)),
  claimWaits(request, now, after(now, request.settings.claim.tellStudent)),
];

/** A claim for which the mentor proposed no time that could still be accepted: the next word is the mentor's. */
export const owesTime = (request: Request, now: Instant): boolean =>
  request.status === 'CLAIMED' && (mentorsProposal(request) ?? now) <= now;

/**
 * When a claim without a session goes back to the queue. A time that the mentor proposed gives it longer, until that
 * time has come; one that the student proposed does not: it waits for the mentor too.
 */
export function givenBackAt(request: Request & { claimedAt: Instant }): Instant {
  const soonest = after(request.claimedAt, request.settings.claim.giveBack);
  const latest = after(request.claimedAt, request.settings.claim.withProposal);
  const proposed = mentorsProposal(request) ?? soonest;
  return new Date(Math.min(latest.getTime(), Math.max(soonest.getTime(), proposed.getTime())));
}

const mentorsProposal = ({ proposal, student }: Request): Instant | null =>
  proposal && proposal.byId !== student.id ? proposal.startsAt : null;
