import { UserError } from '../errors.ts';
import { takeOver } from '../handing-over.ts';
import { useCase } from '../use-case.ts';
import { requestInput } from './input.ts';

/**
 * A mentor takes over what another offered them. Whether they are free at the time of a planned session is the
 * database's to say, whoever plans something at this moment.
 */
export const takeOverRequest = useCase(
  'takeOverRequest',
  requestInput,
  async ({ store, actor, clock, linkMaker }, { requestId }) => {
    const taking = (free: boolean) =>
      store.changeRequest(requestId, (request) => takeOver(request, actor, clock.now(), free, linkMaker));
    try {
      return await taking(true);
    } catch (error) {
      if (!(error instanceof UserError) || error.code !== 'time_taken') throw error;
      return taking(false);
    }
  },
);
