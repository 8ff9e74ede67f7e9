import { topicMatch } from '../core/notices.ts';
import { told } from '../core/request.ts';
import type { Instant } from '../core/time.ts';
import { whomToAsk } from '../core/topics.ts';
import type { Delivered, LeasedNotice, Store } from '../store/store.ts';

/**
 * Finds out which mentors know what a request is about, and tells them of it by direct message. The worker does it:
 * nobody who opens a request sees who is asked. Safe to repeat: each mentor is asked once about a request.
 */
export async function askMentors(notice: LeasedNotice, store: Store, now: Instant): Promise<Delivered> {
  const subject = await store.outbox.subject(notice);
  if (subject?.status !== 'OPEN') return { how: 'skipped', why: 'it is no longer open' };
  const experts = await store.directory.experts(subject.communityId, now);
  await store.requestsAsWorker('askMentors', notice.deed).changeRequest(notice.requestId, (request) => {
    if (request.status !== 'OPEN') return null;
    const asked = whomToAsk(request, experts, notice.detail.gaveBack);
    if (asked.length === 0) return null;
    return told(
      request,
      asked.map(({ memberId }) => topicMatch(request, memberId, now)),
    );
  });
  return { how: 'sent', post: null };
}
