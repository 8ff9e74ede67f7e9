import { z } from 'zod';
import type { CommunitySettings } from '../community.ts';
import { mustCoordinate } from '../coordination.ts';
import { invalidField } from '../errors.ts';
import { readZone } from '../typed-zone.ts';
import { type Context, useCase } from '../use-case.ts';
import { setUpOf } from './check-set-up.ts';

const input = z.object({ zone: z.string().trim().max(100).default('') });

/** Nothing typed: none is offered any more. */
async function change({ community, actor }: Context, typed: string): Promise<CommunitySettings> {
  mustCoordinate(actor);
  const timeZone = typed === '' ? null : readZone(typed);
  if (typed !== '' && timeZone === null) throw invalidField('zone', 'zone_unknown', typed);
  return community.changeSettings((before) => ({ ...before, timeZone }));
}

/** A coordinator says in which time zone most people of the community live: it is offered where one is asked for. */
export const setCommunityZone = useCase('setCommunityZone', input, (context, { zone }) =>
  change(context, zone),
);

/** The same on the way through the set-up, which goes on from there. */
export const setZoneOnTheWay = useCase('setZoneOnTheWay', input, async (context, { zone }) => {
  const settings = await change(context, zone);
  return setUpOf({ ...context, settings }, await context.space.settings());
});
