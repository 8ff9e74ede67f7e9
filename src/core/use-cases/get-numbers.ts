import { z } from 'zod';
import { mustCoordinate } from '../coordination.ts';
import { after, DAY } from '../time.ts';
import { useCase } from '../use-case.ts';

/** How far back the numbers look. */
export const NUMBERS_OF = 30 * DAY;

/** How the programme went in the last weeks. */
export const getNumbers = useCase('getNumbers', z.object({}), async ({ coordination, actor, clock }) => {
  mustCoordinate(actor);
  const now = clock.now();
  return coordination.numbers(after(now, -NUMBERS_OF), now);
});
