import { invalidField, UserError } from './errors.ts';
import { linkMissing, meetingWanted, sessionCards } from './notices.ts';
import type { Actor } from './people.ts';
import type { Meeting } from './ports.ts';
import { type Change, mustHold, type Request, sessionOf, told } from './request.ts';
import type { Session } from './session.ts';
import type { Instant } from './time.ts';

/** A provider made the meeting. @returns null when it is no longer wanted */
export function attachMeeting(
  request: Request,
  sessionId: string,
  meeting: Meeting & { state: 'ready' },
  provider: string,
  now: Instant,
): Change | null {
  const session = wants(request, sessionId);
  if (!session) return null;
  return withLink(request, session, meeting.link, meeting.eventId, provider, now);
}

/** The provider gave up: the mentor is asked for a link. @returns null when it is no longer wanted */
export function meetingFailed(request: Request, sessionId: string, now: Instant): Change | null {
  const session = wants(request, sessionId);
  if (!session) return null;
  const failed: Request = { ...request, session: { ...session, meetingState: 'FAILED' } };
  return told(failed, [...linkMissing(failed, now), ...sessionCards(failed, now)]);
}

/** The mentor gives a link, or (without one) asks the provider for one again. @throws UserError */
export function setLink(
  request: Request,
  by: Actor,
  link: string | null,
  now: Instant,
  providerMakesLinks: boolean,
): Change {
  const session = sessionOf(request, by);
  if (session.status !== 'SCHEDULED') throw new UserError('session_over', {});
  mustHold(request, by);
  if (link) return withLink(request, session, link, session.meetingEventId, 'manual', now);
  if (session.meetingState === 'READY') return told(request, []);
  if (!providerMakesLinks) throw invalidField('link', 'missing');
  const wanted: Request = { ...request, session: { ...session, meetingState: 'WANTED' } };
  return told(wanted, [meetingWanted(wanted, session, now), ...sessionCards(wanted, now)]);
}

/** The session, when it still waits for its link. */
function wants(request: Request, sessionId: string): Session | null {
  const { session } = request;
  return session?.id === sessionId && session.status === 'SCHEDULED' && session.meetingState === 'WANTED'
    ? session
    : null;
}

function withLink(
  request: Request,
  session: Session,
  link: string,
  eventId: string | null,
  provider: string,
  now: Instant,
): Change {
  const linked: Request = {
    ...request,
    session: {
      ...session,
      meetingState: 'READY',
      meetingLink: link,
      meetingEventId: eventId,
      meetingProvider: provider,
    },
  };
  return told(linked, sessionCards(linked, now));
}
