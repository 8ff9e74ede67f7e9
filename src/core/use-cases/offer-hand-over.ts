import { z } from 'zod';
import { UserError } from '../errors.ts';
import { offer } from '../handing-over.ts';
import { useCase } from '../use-case.ts';
import { Id, Reason } from './input.ts';

/** The mentor who holds a request asks another to take it over. */
export const offerHandOver = useCase(
  'offerHandOver',
  z.object({ requestId: Id, mentorId: Id, word: Reason }),
  async ({ store, people, actor, clock }, { requestId, mentorId, word }) => {
    const to = (await people.mentors()).find(({ person }) => person.id === mentorId)?.person;
    if (!to) throw new UserError('mentor_unknown', {});
    return store.changeRequest(requestId, (request) => offer(request, actor, to, word, clock.now()));
  },
);
