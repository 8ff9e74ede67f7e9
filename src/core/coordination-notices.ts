import { type Notice, toMember } from './notices.ts';
import type { Actor } from './people.ts';
import type { Request } from './request.ts';
import type { Instant } from './time.ts';

/** The mentor hears that a coordinator gave them a request. */
export const claimAssigned = (request: Request, by: Actor, now: Instant): Notice[] =>
  request.mentor
    ? [
        {
          ...toMember('claim_assigned', request.mentor, request, now, `${request.id}:${now.getTime()}`),
          detail: { coordinator: by.name },
        },
      ]
    : [];
