import { keep } from '../handing-over.ts';
import { useCase } from '../use-case.ts';
import { requestInput } from './input.ts';

/** The mentor keeps a request after all that was offered to another. */
export const keepRequest = useCase('keepRequest', requestInput, ({ store, actor }, { requestId }) =>
  store.changeRequest(requestId, (request) => keep(request, actor)),
);
