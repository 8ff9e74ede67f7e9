import { attachMeeting, meetingFailed } from '../core/meeting-link.ts';
import { MeetingError, type MeetingProvider } from '../core/ports.ts';
import { after, type Instant, SECOND } from '../core/time.ts';
import type { Delivered, LeasedNotice, Store } from '../store/store.ts';
import { backoff } from './backoff.ts';

/** A link that the provider makes asynchronously is asked for this often. */
const ASK_AGAIN = 2 * SECOND;
/** After this many tries the mentor is asked for a link; by then about two minutes went by. */
const TRIES = 8;
/** A link that stays pending is waited for longer: about a minute of asking. */
const PENDING_TRIES = 30;

/**
 * Asks the provider for what a notice wants: a meeting, or that it be forgotten. Safe to repeat: the provider finds
 * what an earlier try made by the session's id.
 */
export async function tellProvider(
  notice: LeasedNotice,
  provider: MeetingProvider | undefined,
  store: Store,
  now: Instant,
): Promise<Delivered> {
  const sessionId = notice.detail.sessionId ?? '';
  if (!provider) {
    await askMentor(notice, sessionId, store, now);
    return { how: 'skipped', why: 'no meeting provider is configured' };
  }
  try {
    if (notice.kind === 'meeting_unwanted') {
      const session = (await store.outbox.subject(notice))?.session;
      await provider.cancel({ sessionId, eventId: session?.meetingEventId ?? null });
      return { how: 'sent', post: null };
    }
    return await makeMeeting(notice, sessionId, provider, store, now);
  } catch (error) {
    if (!(error instanceof MeetingError)) throw error;
    if (error.kind === 'later' && notice.attempts < TRIES) {
      return {
        how: 'later',
        at: after(now, error.retryAfterMs ?? backoff(notice.attempts, Math.random())),
        why: error.message,
        counts: true,
      };
    }
    return giveUp(notice, sessionId, store, now, error.message);
  }
}

/** Makes the meeting, or moves the one there is to the session's time. */
async function makeMeeting(
  notice: LeasedNotice,
  sessionId: string,
  provider: MeetingProvider,
  store: Store,
  now: Instant,
): Promise<Delivered> {
  const subject = await store.outbox.subject(notice);
  const session = subject?.session;
  if (!subject || session?.status !== 'SCHEDULED') return { how: 'skipped', why: 'the session is off' };
  // A link of the mentor's own has no meeting behind it that could move.
  if (session.meetingState !== 'WANTED' && !session.meetingEventId) {
    return { how: 'skipped', why: 'the link is no longer wanted' };
  }
  const meeting = await provider.create({
    sessionId,
    eventId: session.meetingEventId,
    title: `Mini session: ${subject.title}`,
    description: `${subject.student.name} and ${subject.mentor?.name ?? 'a mentor'}`,
    start: session.startsAt,
    durationMinutes: session.durationMinutes,
  });
  if (meeting.state === 'pending') {
    return notice.attempts < PENDING_TRIES
      ? {
          how: 'later',
          at: after(now, ASK_AGAIN),
          why: 'the provider is still making the link',
          counts: true,
        }
      : giveUp(notice, sessionId, store, now, 'the link stayed pending');
  }
  await store
    .requestsAsWorker('makeMeeting', notice.deed)
    .changeRequest(notice.requestId, (request) =>
      attachMeeting(request, sessionId, meeting, provider.name, now),
    );
  // Called off or moved while the provider was busy: its own notice may have run before the meeting existed.
  const current = (await store.outbox.subject(notice))?.session;
  if (current?.status === 'CANCELLED') await provider.cancel({ sessionId, eventId: meeting.eventId });
  else if (current && current.moves !== session.moves) {
    return makeMeeting(notice, sessionId, provider, store, now);
  }
  return { how: 'sent', post: null };
}

async function giveUp(
  notice: LeasedNotice,
  sessionId: string,
  store: Store,
  now: Instant,
  why: string,
): Promise<Delivered> {
  await askMentor(notice, sessionId, store, now);
  return { how: 'dead', why };
}

/** When the session still waits for a link; also after a move, which took the place of the first asking. */
async function askMentor(notice: LeasedNotice, sessionId: string, store: Store, now: Instant): Promise<void> {
  await store
    .requestsAsWorker('meetingFailed', notice.deed)
    .changeRequest(notice.requestId, (request) => meetingFailed(request, sessionId, now));
}
