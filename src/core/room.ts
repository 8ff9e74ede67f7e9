import type { Notice } from './notices.ts';
import type { Request } from './request.ts';
import type { Instant } from './time.ts';

/**
 * Student and mentor have a room of their own while the mentor holds the request. Told again whenever it changes: its
 * card is brought up to date, and once the mentor holds it no longer the room is closed. A mentor who takes it again
 * finds the same room; another mentor gets a new one.
 * @param request with the mentor whose room it is; without one there is nothing to tell
 */
export const room = (request: Request, now: Instant): Notice[] =>
  request.mentor
    ? [
        {
          kind: 'room',
          recipient: { to: 'room' },
          key: `room:${request.id}:${request.mentor.id}`,
          mode: 'latest',
          requestId: request.id,
          sessionId: null,
          dueAt: now,
          detail: { mentorId: request.mentor.id },
        },
      ]
    : [];

/** Whether the room of this mentor is one to be in, as things stand. */
export const hasRoom = (request: Request, mentorId: string): boolean =>
  request.mentor?.id === mentorId && (request.status === 'CLAIMED' || request.status === 'SCHEDULED');
