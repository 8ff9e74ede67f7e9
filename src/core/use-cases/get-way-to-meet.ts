import { z } from 'zod';
import { type CommunitySettings, linkMakerOf, OWN_LINKS } from '../community.ts';
import { mustCoordinate } from '../coordination.ts';
import { type Context, useCase } from '../use-case.ts';

/** Who makes the links of a community, and who could. */
export interface WayToMeet {
  /** Name of a provider; null: mentors give theirs. */
  linkMaker: string | null;
  /** Chosen once, and not set up any more. */
  gone: string | null;
  names: readonly string[];
}

/** Who makes the links of the community. */
export const getWayToMeet = useCase('getWayToMeet', z.object({}), async (context) => {
  mustCoordinate(context.actor);
  return wayToMeetOf(context, context.settings);
});

/** As these settings have it. */
export function wayToMeetOf({ meetings }: Context, settings: CommunitySettings): WayToMeet {
  const { meetingProvider: chosen } = settings;
  const known = chosen === null || chosen === OWN_LINKS || meetings.names.includes(chosen);
  return {
    linkMaker: linkMakerOf(settings, meetings),
    gone: known ? null : chosen,
    names: meetings.names,
  };
}
