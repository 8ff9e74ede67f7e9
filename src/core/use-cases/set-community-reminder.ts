import { z } from 'zod';
import { mustCoordinate } from '../coordination.ts';
import { reminderIds } from '../reminders.ts';
import { useCase } from '../use-case.ts';

/** A coordinator turns a reminder on or off for who chose none of their own. It holds for sessions planned from then on. */
export const setCommunityReminder = useCase(
  'setCommunityReminder',
  z.object({ reminder: z.enum(reminderIds), wanted: z.enum(['yes', 'no']) }),
  async ({ community, actor }, { reminder, wanted }) => {
    mustCoordinate(actor);
    return community.changeSettings((before) => ({
      ...before,
      reminders: reminderIds.filter((id) =>
        id === reminder ? wanted === 'yes' : before.reminders.includes(id),
      ),
    }));
  },
);
