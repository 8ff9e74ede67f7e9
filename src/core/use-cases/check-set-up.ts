import { z } from 'zod';
import { mustCoordinate } from '../coordination.ts';
import { useCase } from '../use-case.ts';

/** Whether everything that the settings name can be used, for coordinators. */
export const checkSetUp = useCase('checkSetUp', z.object({}), async ({ actor, lookAtSetUp }) => {
  mustCoordinate(actor);
  return lookAtSetUp();
});
