import { z } from 'zod';
import { mustCoordinate } from '../coordination.ts';
import { invalidField } from '../errors.ts';
import { useCase } from '../use-case.ts';
import { minuteOfDay } from './input.ts';

/** A coordinator says when nobody is written to who chose no hours of their own. */
export const setCommunityQuietHours = useCase(
  'setCommunityQuietHours',
  z.object({ hours: z.enum(['own', 'none']), from: minuteOfDay, to: minuteOfDay }),
  async ({ community, actor }, { hours, from, to }) => {
    mustCoordinate(actor);
    if (hours === 'own' && from === to) throw invalidField('to', 'same_time');
    const quietHours = hours === 'own' ? { from, to } : null;
    return community.changeSettings((before) => ({ ...before, quietHours }));
  },
);
