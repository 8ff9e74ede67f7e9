import { z } from 'zod';
import { mustCoordinate } from '../coordination.ts';
import type { ChosenSpace, SpaceSetUp } from '../space.ts';
import { type Context, useCase } from '../use-case.ts';

/** Whether everything that the bot needs can be used, and what of it people chose, for coordinators. */
export const checkSetUp = useCase('checkSetUp', z.object({}), async (context) => {
  mustCoordinate(context.actor);
  return setUpOf(context, await context.space.settings());
});

/** How it stands now. @param space what is chosen in it */
export const setUpOf = async (
  { lookAtSetUp, settings, linkMaker }: Context,
  space: ChosenSpace | null,
): Promise<SpaceSetUp> => ({ ...(await lookAtSetUp()), space, timeZone: settings.timeZone, linkMaker });
