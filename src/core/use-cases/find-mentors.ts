import { z } from 'zod';
import type { Mentor, Page } from '../ports.ts';
import { mustHold, type Request } from '../request.ts';
import { topicsOf } from '../topics.ts';
import { useCase } from '../use-case.ts';
import { Id, pageInput } from './input.ts';

/** How many mentors are shown at once: two rows of buttons on every platform. */
const MENTORS_SHOWN = 10;

/** To whom a request can be handed over. */
export interface OtherMentors {
  request: Request;
  mentors: Page<Mentor>;
}

/** To whom the mentor who holds a request can hand it over: those who know its topic first, then by name. */
export const findMentors = useCase(
  'findMentors',
  z.object({ requestId: Id, ...pageInput.shape }),
  async ({ store, people, actor }, { requestId, page: wanted }): Promise<OtherMentors> => {
    const request = await store.getRequest(requestId);
    mustHold(request, actor);
    const others = (await people.mentors()).filter(
      ({ person }) => person.id !== actor.memberId && person.id !== request.student.id,
    );
    const ordered = [
      ...others.filter(({ topics }) => topicsOf(request, topics).length > 0),
      ...others.filter(({ topics }) => topicsOf(request, topics).length === 0),
    ];
    const pages = Math.max(1, Math.ceil(ordered.length / MENTORS_SHOWN));
    const page = Math.min(wanted, pages);
    const items = ordered.slice((page - 1) * MENTORS_SHOWN, page * MENTORS_SHOWN);
    return { request, mentors: { items, page, pages, total: ordered.length } };
  },
);
