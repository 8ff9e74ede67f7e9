import { z } from 'zod';
import { suggestTags as suggest } from '../tags.ts';
import { after, DAY } from '../time.ts';
import { useCase } from '../use-case.ts';

/** Tags of older requests are not suggested any more. */
const IN_USE_FOR = 180 * DAY;

/** Tags to offer while somebody types: the community's own, and what they typed. */
export const suggestTags = useCase(
  'suggestTags',
  z.object({ typed: z.string().max(500), most: z.number().int().min(1).max(100) }),
  async ({ store, clock }, { typed, most }) =>
    suggest(await store.tagsInUse(after(clock.now(), -IN_USE_FOR)), typed, most),
);
