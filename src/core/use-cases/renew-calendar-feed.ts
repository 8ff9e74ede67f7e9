import { z } from 'zod';
import { UserError } from '../errors.ts';
import type { NewFeed } from '../ports.ts';
import { useCase } from '../use-case.ts';

/** A member wants a private address for their calendar. One that they had before stops working. */
export const renewCalendarFeed = useCase(
  'renewCalendarFeed',
  z.object({}),
  async ({ profile, links, newId, clock }): Promise<NewFeed> => {
    if (!links) throw new UserError('no_pages', {});
    const feed = links.newFeed(newId);
    await profile.changePreferences((before) => ({ ...before, calendarFeed: feed.kept }), clock.now());
    return feed;
  },
);
