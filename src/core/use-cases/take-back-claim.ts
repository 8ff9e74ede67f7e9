import { takeBack } from '../coordination.ts';
import { useCase } from '../use-case.ts';
import { requestInput } from './input.ts';

/** A coordinator gives back the claim of a mentor who set no time. */
export const takeBackClaim = useCase(
  'takeBackClaim',
  requestInput,
  ({ coordination, actor, clock }, { requestId }) =>
    coordination.changeRequest(requestId, (request) => takeBack(request, actor, clock.now())),
);
