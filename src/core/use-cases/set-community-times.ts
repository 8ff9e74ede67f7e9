import { z } from 'zod';
import type { CommunitySettings } from '../community.ts';
import { mustCoordinate } from '../coordination.ts';
import { invalidField } from '../errors.ts';
import { type Urgency, urgencies } from '../request.ts';
import { HOUR } from '../time.ts';
import { useCase } from '../use-case.ts';

/** Hours, as a form gives them; kept in milliseconds. */
const hours = z.coerce
  .number()
  .int()
  .min(1)
  .max(60 * 24)
  .transform((count) => count * HOUR);

// What is planned already stays as planned; a claim and a request that wait are given back and expire by the new times.

/** A coordinator says when mentors are asked again, by urgency, and how long a request stays open. */
export const setMentorTimes = useCase(
  'setMentorTimes',
  z.object({ high: hours, normal: hours, low: hours, openFor: hours }),
  async ({ community, actor }, { openFor, ...again }) => {
    mustCoordinate(actor);
    return community.changeSettings((before) => {
      const set = { ...before, openFor, circle: eachUrgency(before, again, 'mentorsAgain') };
      mustGrow(set, (urgency) => urgency);
      return set;
    });
  },
);

/** A coordinator says when coordinators hear of a request that nobody claims, by urgency. */
export const setCoordinatorTimes = useCase(
  'setCoordinatorTimes',
  z.object({ high: hours, normal: hours, low: hours }),
  async ({ community, actor }, heard) => {
    mustCoordinate(actor);
    return community.changeSettings((before) => {
      const set = { ...before, circle: eachUrgency(before, heard, 'coordinators') };
      mustGrow(set, (urgency) => urgency);
      return set;
    });
  },
);

/** A coordinator says what follows, and when, on a claim without a time. */
export const setClaimTimes = useCase(
  'setClaimTimes',
  z.object({ nudge: hours, tellStudent: hours, giveBack: hours, withProposal: hours }),
  async ({ community, actor }, claim) => {
    mustCoordinate(actor);
    if (claim.tellStudent <= claim.nudge) throw invalidField('tellStudent', 'not_later');
    if (claim.giveBack <= claim.tellStudent) throw invalidField('giveBack', 'not_later');
    if (claim.withProposal < claim.giveBack) throw invalidField('withProposal', 'not_later');
    return community.changeSettings((before) => ({ ...before, claim }));
  },
);

const eachUrgency = (
  { circle }: CommunitySettings,
  times: Record<Urgency, number>,
  step: 'mentorsAgain' | 'coordinators',
): CommunitySettings['circle'] => ({
  low: { ...circle.low, [step]: times.low },
  normal: { ...circle.normal, [step]: times.normal },
  high: { ...circle.high, [step]: times.high },
});

/** The circle rises: mentors before coordinators, and those before the end. @throws UserError that names the field */
function mustGrow({ circle, openFor }: CommunitySettings, fieldOf: (urgency: Urgency) => string): void {
  for (const urgency of urgencies) {
    const { mentorsAgain, coordinators } = circle[urgency];
    if (coordinators <= mentorsAgain || openFor <= coordinators) {
      throw invalidField(fieldOf(urgency), 'out_of_order');
    }
  }
}
