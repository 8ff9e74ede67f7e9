import { UserError } from '../errors.ts';
import { claim } from '../request.ts';
import { useCase } from '../use-case.ts';
import { requestInput } from './input.ts';

/** A mentor takes an open request. Of many who try at once, one wins; the others are told who did. */
export const claimRequest = useCase(
  'claimRequest',
  requestInput,
  async ({ store, actor, clock }, { requestId }) => {
    // Whoever is no mentor does not see it, and would only hear that there is no such request.
    if (!actor.isMentor) throw new UserError('mentors_only', {});
    return store.changeRequest(requestId, (request) => claim(request, actor, clock.now()));
  },
);
