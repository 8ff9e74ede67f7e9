import { z } from 'zod';
import { OWN_LINKS } from '../community.ts';
import { mustCoordinate } from '../coordination.ts';
import { UserError } from '../errors.ts';
import { useCase } from '../use-case.ts';
import { wayToMeetOf } from './get-way-to-meet.ts';

/**
 * A coordinator says who makes the links of sessions that are planned from then on. A provider is tried first, so that
 * nobody finds out at the next session that it does not work.
 */
export const chooseWayToMeet = useCase(
  'chooseWayToMeet',
  z.object({ provider: z.string().min(1).max(50) }),
  async (context, { provider }) => {
    const { actor, community, meetings } = context;
    mustCoordinate(actor);
    if (provider !== OWN_LINKS) {
      if (!meetings.names.includes(provider)) throw new UserError('provider_unknown', { provider });
      const { ok, remedy = '' } = await meetings.tried(provider);
      if (!ok) throw new UserError('provider_not_working', { provider, remedy });
    }
    const settings = await community.changeSettings((before) => ({ ...before, meetingProvider: provider }));
    return wayToMeetOf(context, settings);
  },
);
