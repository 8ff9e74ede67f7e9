import { invalidField, UserError } from './errors.ts';
import { linkChanged, meetingCheck, meetingTrouble } from './meeting-notices.ts';
import { linkMissing, meetingWanted, type Notice, sessionCards } from './notices.ts';
import type { Actor } from './people.ts';
import type { Meeting } from './ports.ts';
import { type Change, mustHold, plannedSession, type Request, sessionOf, told } from './request.ts';
import { endOf, type Session } from './session.ts';
import type { Instant } from './time.ts';

/** What a session knows of where to meet. */
export type Place = Pick<
  Session,
  'meetingState' | 'meetingProvider' | 'meetingLink' | 'meetingEventId' | 'ownLink' | 'linkGiven'
>;

/** Where nobody has met yet. */
const nowhere = { meetingLink: null, meetingEventId: null, ownLink: false, linkGiven: false } as const;

/**
 * Where a new session is held: in the mentor's own room, or where a provider is asked to make one.
 * @param room the mentor's own, if there is one
 * @param linkMaker name of the provider that makes links, if there is one
 */
export const placeOf = (room: string | null | undefined, linkMaker: string | null): Place =>
  room
    ? {
        ...nowhere,
        meetingState: 'READY',
        meetingProvider: null,
        meetingLink: room,
        ownLink: true,
        linkGiven: true,
      }
    : { ...nowhere, meetingState: linkMaker ? 'WANTED' : 'NONE', meetingProvider: linkMaker };

/** What follows for the links of a new session, or of one that lost its link: somebody is asked for one. */
export const linkAsked = (request: Request, session: Session, now: Instant): Notice[] =>
  session.meetingState === 'WANTED'
    ? [meetingWanted(request, session, now), ...meetingCheck(request, session, now)]
    : session.meetingLink
      ? []
      : linkMissing(request, now);

/**
 * A provider made the meeting, or found it and put it right. Where the mentor gave a link meanwhile, that one stays.
 * @returns null when the session does not stand, or nothing is new
 */
export function attachMeeting(
  request: Request,
  sessionId: string,
  meeting: Meeting & { state: 'ready' },
  provider: string,
  now: Instant,
): Change | null {
  const session = plannedSession(request);
  if (session?.id !== sessionId) return null;
  const made = { ...session, meetingEventId: meeting.eventId, meetingProvider: provider };
  const same = session.meetingEventId === meeting.eventId && session.meetingProvider === provider;
  if (session.ownLink) return same ? null : told({ ...request, session: made }, []);
  if (same && session.meetingState === 'READY' && session.meetingLink === meeting.link) return null;
  return withLink(request, made, meeting.link, false, null, now);
}

/** The provider gave up: the mentor is asked for a link. @returns null when it is no longer wanted */
export function meetingFailed(request: Request, sessionId: string, now: Instant): Change | null {
  const session = plannedSession(request);
  if (session?.id !== sessionId || session.meetingState !== 'WANTED') return null;
  const failed: Request = { ...request, session: { ...session, meetingState: 'FAILED' } };
  return told(failed, [...linkMissing(failed, now), ...sessionCards(failed, now)]);
}

/**
 * A provider cannot do its part until somebody mends the set-up: coordinators hear why, and the mentor is asked for a
 * link where one is wanted.
 * @param why for whoever runs the bot, with the remedy
 */
export function meetingBroken(
  request: Request,
  sessionId: string,
  provider: string,
  why: string,
  now: Instant,
): Change {
  const failed = meetingFailed(request, sessionId, now);
  const trouble = meetingTrouble(request, provider, why, now);
  return told(failed?.request ?? request, [...(failed?.notices ?? []), trouble]);
}

/** The mentor gives a link, or (without one) asks the provider for one again. @throws UserError */
export function setLink(
  request: Request,
  by: Actor,
  link: string | null,
  now: Instant,
  linkMaker: string | null,
): Change {
  const session = sessionOf(request, by);
  if (session.status !== 'SCHEDULED') throw new UserError('session_over', {});
  mustHold(request, by);
  if (link) return withLink(request, session, link, true, by, now);
  if (session.meetingState === 'READY') return told(request, []);
  const maker = session.meetingEventId ? session.meetingProvider : linkMaker;
  if (!maker) throw invalidField('link', 'missing');
  const asked: Session = { ...session, meetingState: 'WANTED', meetingProvider: maker };
  const wanted: Request = { ...request, session: asked };
  return told(wanted, [...linkAsked(wanted, asked, now), ...sessionCards(wanted, now)]);
}

/** The mentor's own room, for a session that has no link yet. @returns null for one that does not wait for a link */
export function useRoom(request: Request, by: Actor, room: string, now: Instant): Change | null {
  const session = plannedSession(request);
  if (!session || session.meetingLink || endOf(session) <= now) return null;
  if (request.mentor?.id !== by.memberId) return null;
  return withLink(request, session, room, true, by, now);
}

/** @param own whether it is the mentor's @param by who gave it and knows it, if somebody did */
function withLink(
  request: Request,
  session: Session,
  link: string,
  own: boolean,
  by: Actor | null,
  now: Instant,
): Change {
  const linked: Request = {
    ...request,
    session: { ...session, meetingState: 'READY', meetingLink: link, ownLink: own, linkGiven: true },
  };
  const another = session.linkGiven && session.meetingLink !== link;
  return told(linked, [...sessionCards(linked, now), ...(another ? linkChanged(linked, by, now) : [])]);
}
