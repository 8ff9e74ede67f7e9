import { letGo as leave } from '../asking.ts';
import { useCase } from '../use-case.ts';
import { requestInput } from './input.ts';

/** The mentor who asked first leaves the request to the others. */
export const letGo = useCase('letGo', requestInput, ({ store, actor, clock }, { requestId }) =>
  store.changeRequest(requestId, (request) => leave(request, actor, clock.now())),
);
