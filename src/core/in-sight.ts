import type { NoticeKind } from './notices.ts';

/**
 * All that a member is told about one request is one conversation. Where a platform keeps it in a thread, most of it is
 * also shown outside: what asks for something, reminds, or changes whether and when two meet. These stay in the thread,
 * where they can be read at leisure.
 */
const inThreadOnly: readonly NoticeKind[] = [
  'request_claimed',
  'claim_waits',
  'take_over_declined',
  'taken_over',
  'next_step',
];

/** Whether nobody should overlook it. */
export const isInSight = (kind: NoticeKind): boolean => !inThreadOnly.includes(kind);
