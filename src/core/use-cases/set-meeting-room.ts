import { z } from 'zod';
import { invalidField, UserError } from '../errors.ts';
import { useRoom } from '../meeting-link.ts';
import { useCase } from '../use-case.ts';
import { settingsOf } from './get-settings.ts';
import { HttpsLink } from './input.ts';

/** How many sessions to come are looked through for those without a link. */
const LOOKED_THROUGH = 100;

/**
 * A mentor gives a meeting room of their own, in which all of their sessions are held that are planned from then on, or
 * gives it up (`as`). What is planned keeps its link; what has none yet gets the room.
 * @returns their settings
 */
export const setMeetingRoom = useCase(
  'setMeetingRoom',
  z.object({ link: HttpsLink.optional(), as: z.literal('none').optional() }),
  async (context, { link, as }) => {
    const { actor, profile, store, clock } = context;
    if (!actor.isMentor) throw new UserError('mentors_only', {});
    if (!link && !as) throw invalidField('link', 'missing');
    const room = as ? null : (link ?? null);
    const now = clock.now();
    const preferences = await profile.changePreferences((before) => ({ ...before, meetingRoom: room }), now);
    if (room) {
      const planned = await store.listRequests({
        mentorId: actor.memberId,
        statuses: ['SCHEDULED'],
        order: 'soonest',
        page: 1,
        pageSize: LOOKED_THROUGH,
      });
      for (const { id, session } of planned.items) {
        if (session && !session.meetingLink) {
          await store.changeRequest(id, (request) => useRoom(request, actor, room, now));
        }
      }
    }
    return settingsOf(context, preferences);
  },
);
