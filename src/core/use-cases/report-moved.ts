import { reportMoved as report } from '../no-show.ts';
import { useCase } from '../use-case.ts';
import { requestInput } from './input.ts';

/** One of the two says that they moved the session among themselves; both are offered another time. */
export const reportMoved = useCase('reportMoved', requestInput, ({ store, actor, clock }, { requestId }) =>
  store.changeRequest(requestId, (request) => report(request, actor, clock.now())),
);
