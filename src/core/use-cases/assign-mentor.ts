import { z } from 'zod';
import { assign, mustCoordinate } from '../coordination.ts';
import { UserError } from '../errors.ts';
import { useCase } from '../use-case.ts';
import { Id } from './input.ts';

/** A coordinator gives an open request to a mentor. */
export const assignMentor = useCase(
  'assignMentor',
  z.object({ requestId: Id, mentorId: Id }),
  async ({ coordination, actor, clock }, { requestId, mentorId }) => {
    mustCoordinate(actor);
    const mentor = await coordination.mentor(mentorId);
    if (!mentor) throw new UserError('mentor_unknown', {});
    return coordination.changeRequest(requestId, (request) => assign(request, actor, mentor, clock.now()));
  },
);
