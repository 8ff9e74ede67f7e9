import { type Notice, toMember } from './notices.ts';
import type { Actor, Person } from './people.ts';
import type { Request } from './request.ts';
import type { Instant } from './time.ts';

// Who is told when a mentor hands a request over to another.

/** In a notice's detail: what it asked for has ended. Where it was put it says so; nobody else is told. */
export const ENDED = 'ended';

/** The other mentor is asked. */
export const takeOverAsked = (request: Request, to: Person, now: Instant): Notice =>
  toMember('take_over_asked', to, request, now, `${request.id}:${now.getTime()}`);

/** The mentor who holds it hears that the other declined. */
export const takeOverDeclined = (request: Request, by: Actor, now: Instant): Notice[] =>
  request.mentor
    ? [
        {
          ...toMember('take_over_declined', request.mentor, request, now, `${request.id}:${now.getTime()}`),
          detail: { by: by.name },
        },
      ]
    : [];

/** The student hears who their mentor is now. @param before as it was */
export const mentorChanged = (request: Request, before: Request, now: Instant): Notice => ({
  ...toMember('mentor_changed', request.student, request, now, `${request.id}:${now.getTime()}`),
  detail: {
    from: before.mentor?.name ?? '',
    ...(request.session?.meetingLink !== before.session?.meetingLink && { link: 'another' }),
  },
});

/** The mentor who gave it away hears that it is done. */
export const takenOver = (request: Request, before: Request, now: Instant): Notice[] =>
  before.mentor
    ? [
        {
          ...toMember('taken_over', before.mentor, request, now, `${request.id}:${now.getTime()}`),
          detail: { by: request.mentor?.name ?? '' },
        },
      ]
    : [];
