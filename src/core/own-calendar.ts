import { overlap, spanOf } from './availability.ts';
import { isBusy } from './finding-times.ts';
import { plannedSession, type Request } from './request.ts';
import type { Context } from './use-case.ts';

/** A request, and whether whoever just proposed a time for it is busy then. */
export type Proposed = Request & { busyThen: boolean };

/**
 * Whoever proposes a time hears when their own calendar has something then; of the other's nothing is told here. Their
 * session as it is planned stands in their calendar, too, and is no reason against a time beside it.
 */
export async function heldAgainstOwn(
  request: Request,
  { actor, calendarsOf }: Pick<Context, 'actor' | 'calendarsOf'>,
): Promise<Proposed> {
  const { proposal, durationMinutes } = request;
  if (proposal?.byId !== actor.memberId) return { ...request, busyThen: false };
  const span = spanOf({ startsAt: proposal.startsAt, durationMinutes });
  const planned = plannedSession(request);
  if (planned && overlap(spanOf(planned), span)) return { ...request, busyThen: false };
  const calendar = (await calendarsOf([actor.memberId], span)).get(actor.memberId) ?? null;
  return { ...request, busyThen: isBusy(calendar, proposal.startsAt, durationMinutes) };
}
