import { linkMakerOf } from '../core/community.ts';
import { attachMeeting, meetingBroken, meetingFailed } from '../core/meeting-link.ts';
import { MeetingError, type MeetingProvider, type MeetingProviders } from '../core/ports.ts';
import type { Change, Request } from '../core/request.ts';
import { mayHaveMeeting, type Session } from '../core/session.ts';
import { after, type Instant, MINUTE, SECOND } from '../core/time.ts';
import type { Log } from '../log.ts';
import type { Delivered, LeasedNotice, Store } from '../store/store.ts';
import { backoff } from './backoff.ts';

/** A link that the provider makes asynchronously is asked for this often. */
const ASK_AGAIN = 2 * SECOND;
/** After this many tries the mentor is asked for a link; by then about two minutes went by. */
const TRIES = 8;
/**
 * A meeting may be under way while its session is called off. Whoever makes it takes it away again, unless they die in
 * that moment; by now they have done either.
 */
const LOOK_AGAIN = 2 * MINUTE;
/** A link that stays pending is waited for longer: about a minute of asking. */
const PENDING_TRIES = 30;

interface Asked {
  notice: LeasedNotice;
  provider: MeetingProvider;
  store: Store;
  now: Instant;
  log: Pick<Log, 'warn'>;
}

/**
 * Asks a provider for what a notice wants: a meeting, or that it be forgotten. It is the provider that made the meeting,
 * whatever the community chose since, and the one of its choice for a new one. Safe to repeat: providers find what an
 * earlier try made by the session's id.
 */
export async function tellProvider(
  notice: LeasedNotice,
  meetings: MeetingProviders,
  store: Store,
  now: Instant,
  log: Pick<Log, 'warn'>,
): Promise<Delivered> {
  const subject = await store.outbox.subject(notice);
  const session = subject?.session;
  if (!subject || !session) return { how: 'skipped', why: 'the session is gone' };
  const unwanted = notice.kind === 'meeting_unwanted';
  if (!unwanted && session.status !== 'SCHEDULED') return { how: 'skipped', why: 'the session is off' };
  if (!mayHaveMeeting(session)) return { how: 'skipped', why: 'no provider knows of it' };
  const provider = providerFor(subject, session, meetings);
  if (!provider) return withoutProvider(notice, session, store, now);
  const asked = { notice, provider, store, now, log };
  try {
    if (!unwanted) return await makeMeeting(asked, subject, session);
    await provider.cancel({ sessionId: session.id, eventId: session.meetingEventId });
    if (session.meetingState !== 'WANTED' || notice.attempts > 1) return { how: 'sent', post: null };
    const why = 'the meeting may have been on its way; it is looked for once more';
    return { how: 'later', at: after(now, LOOK_AGAIN), why, counts: true };
  } catch (error) {
    if (!(error instanceof MeetingError)) throw error;
    if (error.kind === 'setup') return broken(notice, session, provider.name, error.message, store, now);
    if (notice.attempts >= TRIES) return giveUp(asked, session, error.message);
    const at = after(now, error.retryAfterMs ?? backoff(notice.attempts, Math.random()));
    return { how: 'later', at, why: error.message, counts: true };
  }
}

/** The one that made the meeting. While none did, another one will do. */
function providerFor(
  { settings }: Request,
  session: Session,
  meetings: MeetingProviders,
): MeetingProvider | undefined {
  const { meetingProvider, meetingEventId } = session;
  const asked = meetingProvider === null ? undefined : meetings.named(meetingProvider);
  if (asked || (meetingProvider !== null && meetingEventId !== null)) return asked;
  return meetings.named(linkMakerOf(settings, meetings) ?? '');
}

/** The link stays as it is, or the mentor is asked for one. What cannot be done at a provider, coordinators hear. */
async function withoutProvider(
  notice: LeasedNotice,
  session: Session,
  store: Store,
  now: Instant,
): Promise<Delivered> {
  const { meetingProvider, meetingEventId } = session;
  if (meetingProvider && meetingEventId) {
    const why =
      `${meetingProvider} is not set up any more, but made meetings that are still ahead: their links stay, and there ` +
      'they are neither moved nor taken away. Set it up again, or look after them by hand.';
    return broken(notice, session, meetingProvider, why, store, now);
  }
  await change(notice, store, 'meetingFailed', (request) => meetingFailed(request, session.id, now));
  return { how: 'skipped', why: 'no meeting provider is set up' };
}

/** Makes the meeting, or moves the one there is to the session's time. */
async function makeMeeting(asked: Asked, subject: Request, session: Session): Promise<Delivered> {
  const { notice, provider, store, now } = asked;
  // A link of the mentor's own may have no meeting behind it that could move.
  if (session.ownLink && !session.meetingEventId) {
    return { how: 'skipped', why: 'the link is no longer wanted' };
  }
  const meeting = await provider.create({
    sessionId: session.id,
    eventId: session.meetingEventId,
    title: `Mini session: ${subject.title}`,
    description: `${subject.student.name} and ${subject.mentor?.name ?? 'a mentor'}`,
    start: session.startsAt,
    durationMinutes: session.durationMinutes,
    guests: await store.directory.guests([subject.student.id, subject.mentor?.id ?? subject.student.id]),
  });
  if (meeting.state === 'pending') {
    return notice.attempts < PENDING_TRIES
      ? {
          how: 'later',
          at: after(now, ASK_AGAIN),
          why: 'the provider is still making the link',
          counts: true,
        }
      : giveUp(asked, session, 'the link stayed pending');
  }
  if (meeting.uninvited) {
    const { requestId } = notice;
    asked.log.warn(
      { requestId, why: meeting.uninvited },
      'A meeting is without those who want to be invited',
    );
  }
  await change(notice, store, 'makeMeeting', (request) =>
    attachMeeting(request, session.id, meeting, provider.name, now),
  );
  // Called off or moved while the provider was busy: its own notice may have run before the meeting existed.
  const current = await store.outbox.subject(notice);
  if (current?.session?.status === 'CANCELLED') {
    await provider.cancel({ sessionId: session.id, eventId: meeting.eventId });
  } else if (current?.session && current.session.moves !== session.moves) {
    return makeMeeting(asked, current, current.session);
  }
  return { how: 'sent', post: null };
}

/** It did not pass by itself. Where a link is wanted, also after a move that took the place of the first asking, the mentor is asked. */
async function giveUp({ notice, store, now }: Asked, session: Session, why: string): Promise<Delivered> {
  await change(notice, store, 'meetingFailed', (request) => meetingFailed(request, session.id, now));
  return { how: 'dead', why };
}

/** Somebody must mend the set-up. */
async function broken(
  notice: LeasedNotice,
  session: Session,
  provider: string,
  why: string,
  store: Store,
  now: Instant,
): Promise<Delivered> {
  await change(notice, store, 'meetingFailed', (request) =>
    meetingBroken(request, session.id, provider, why, now),
  );
  return { how: 'broken', why };
}

const change = (
  { requestId, deed }: LeasedNotice,
  store: Store,
  action: string,
  decide: (request: Request) => Change | null,
): Promise<Request> => store.requestsAsWorker(action, deed).changeRequest(requestId, decide);
