import { mustCoordinate } from '../coordination.ts';
import { useCase } from '../use-case.ts';
import { requestInput } from './input.ts';

/** The mentors to whom a request can be given, those first who know what it is about and hold little. */
export const getCandidates = useCase(
  'getCandidates',
  requestInput,
  async ({ store, coordination, actor, clock }, { requestId }) => {
    mustCoordinate(actor);
    const request = await store.getRequest(requestId);
    return { request, candidates: await coordination.candidates(request, clock.now()) };
  },
);
