import { reportNoShow as reportMissing } from '../no-show.ts';
import { useCase } from '../use-case.ts';
import { requestInput } from './input.ts';

/** One of the two says that the other did not come; both are offered another time. */
export const reportNoShow = useCase('reportNoShow', requestInput, ({ store, actor, clock }, { requestId }) =>
  store.changeRequest(requestId, (request) => reportMissing(request, actor, clock.now())),
);
