import { attachMeeting, meetingFailed, wants } from '../core/meeting-link.ts';
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
  if (!provider) return { how: 'skipped', why: 'no meeting provider is configured' };
  const sessionId = notice.detail.sessionId ?? '';
  try {
    if (notice.kind === 'meeting_unwanted') {
      await provider.cancel(sessionId);
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
      };
    }
    return giveUp(notice, sessionId, store, now, error.message);
  }
}

async function makeMeeting(
  notice: LeasedNotice,
  sessionId: string,
  provider: MeetingProvider,
  store: Store,
  now: Instant,
): Promise<Delivered> {
  const subject = await store.outbox.subject(notice);
  const session = subject && wants(subject, sessionId);
  if (!subject || !session) return { how: 'skipped', why: 'the link is no longer wanted' };
  const meeting = await provider.create({
    sessionId,
    title: `Mini session: ${subject.title}`,
    description: `${subject.student.name} and ${subject.mentor?.name ?? 'a mentor'}`,
    start: session.startsAt,
    durationMinutes: session.durationMinutes,
  });
  if (meeting.state === 'pending') {
    return notice.attempts < PENDING_TRIES
      ? { how: 'later', at: after(now, ASK_AGAIN), why: 'the provider is still making the link' }
      : giveUp(notice, sessionId, store, now, 'the link stayed pending');
  }
  let attached = false;
  await store.requestsAsWorker('makeMeeting').changeRequest(notice.requestId, (request) => {
    const change = attachMeeting(request, sessionId, meeting, provider.name, now);
    attached = change !== null;
    return change;
  });
  // Called off while the provider was busy: its "unwanted" notice may have run before the meeting existed.
  if (!attached && !(await stillOn(notice, store))) await provider.cancel(sessionId);
  return { how: 'sent', post: null };
}

async function stillOn(notice: LeasedNotice, store: Store): Promise<boolean> {
  return (await store.outbox.subject(notice))?.session?.status === 'SCHEDULED';
}

async function giveUp(
  notice: LeasedNotice,
  sessionId: string,
  store: Store,
  now: Instant,
  why: string,
): Promise<Delivered> {
  if (notice.kind === 'meeting_wanted') {
    await store
      .requestsAsWorker('meetingFailed')
      .changeRequest(notice.requestId, (request) => meetingFailed(request, sessionId, now));
  }
  return { how: 'dead', why };
}
