import { aboutSession, meetingMoved, type Notice, toMember } from './notices.ts';
import type { Actor } from './people.ts';
import type { Request } from './request.ts';
import { mayHaveMeeting, type Session } from './session.ts';
import { after, HOUR, type Instant } from './time.ts';

// What is told about meetings when something happened to them.

/** The two hear of another link than the one they had. @param by who gave it and knows, if somebody did */
export const linkChanged = (request: Request, by: Actor | null, now: Instant): Notice[] =>
  aboutSession(request, (who, session) =>
    who.id === by?.memberId
      ? null
      : {
          ...toMember('link_changed', who, request, now, `${session.id}:${now.getTime()}`),
          sessionId: session.id,
        },
  );

/** How much of a cause tells it from others: what a service says at its end may differ each time. */
const CAUSE = 80;

/** Coordinators hear why a provider does not do its part: once a day for each cause, however many sessions it meets. */
export const meetingTrouble = (request: Request, provider: string, why: string, now: Instant): Notice => ({
  kind: 'meeting_trouble',
  recipient: { to: 'coordinators' },
  key: `meeting_trouble:${request.communityId}:${now.toISOString().slice(0, 10)}:${provider}:${why.slice(0, CAUSE)}`,
  mode: 'once',
  requestId: request.id,
  sessionId: null,
  dueAt: now,
  detail: { provider, why },
});

/** How long before the start the meeting is looked at once more: before the reminder of the day before goes out. */
const LOOKED_AT = 25 * HOUR;

/**
 * The provider is asked once more, the day before, whether the meeting is still there, and puts it right if not. Not for
 * what is planned at shorter notice.
 */
export function meetingCheck(request: Request, session: Session, now: Instant): Notice[] {
  const dueAt = after(session.startsAt, -LOOKED_AT);
  if (dueAt <= now || !mayHaveMeeting(session)) return [];
  const notice = meetingMoved(request, session, now);
  return [{ ...notice, kind: 'meeting_check', key: `meeting_check:${session.id}:${session.moves}`, dueAt }];
}
