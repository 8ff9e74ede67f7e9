import { z } from 'zod';
import { DECIDED_AFTER, expectationOf, LOOK_BACK } from '../expectation.ts';
import { after } from '../time.ts';
import { useCase } from '../use-case.ts';

/** How long it took lately in this community until a request was claimed; null when nobody can say. */
export const getExpectation = useCase('getExpectation', z.object({}), async ({ store, clock }) => {
  const now = clock.now();
  return expectationOf(await store.claimWaits(after(now, -LOOK_BACK), after(now, -DECIDED_AFTER)));
});
