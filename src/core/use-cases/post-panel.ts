import { z } from 'zod';
import { mustCoordinate } from '../coordination.ts';
import { UserError } from '../errors.ts';
import { useCase } from '../use-case.ts';

/** Puts a card into a channel with which anybody there asks for a mini session. */
export const postPanel = useCase(
  'postPanel',
  z.object({ panelChannel: z.string().trim().min(1).max(30) }),
  async ({ actor, putPanel }, { panelChannel }) => {
    mustCoordinate(actor);
    const how = await putPanel(panelChannel);
    if (how === 'closed') throw new UserError('channel_closed', {});
    if (how === 'busy') throw new UserError('channel_busy', {});
  },
);
