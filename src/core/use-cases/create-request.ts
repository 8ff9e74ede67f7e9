import { z } from 'zod';
import { type FieldProblem, UserError } from '../errors.ts';
import { asPerson } from '../people.ts';
import {
  durations,
  openRequest,
  type PreferredTime,
  type Request,
  sessionTypes,
  urgencies,
} from '../request.ts';
import { whyNotPlannable } from '../session.ts';
import { after, type Instant } from '../time.ts';
import { useCase } from '../use-case.ts';
import { MeetingTime, tagList } from './input.ts';

/** What a form may hold; `messages/forms.ts` states the same limits to the person. */
export const requestLimits = { title: 120, description: 2000, tags: 10, tag: 30, preferredTimes: 5 } as const;

const newRequestInput = z.object({
  title: z.string().trim().min(1).max(requestLimits.title),
  sessionType: z.enum(sessionTypes),
  description: z.string().trim().min(1).max(requestLimits.description),
  durationMinutes: z.coerce.number().pipe(z.literal(durations)).default(30),
  urgency: z.enum(urgencies).default('normal'),
  preferredTimes: z
    .array(z.object({ start: MeetingTime, end: MeetingTime.nullable() }))
    .max(requestLimits.preferredTimes)
    .transform((times) =>
      times.filter((time, index) => times.findIndex((other) => sameTime(time, other)) === index),
    )
    .default([]),
  tags: tagList(requestLimits.tags, requestLimits.tag),
});

/** A student asks for a mini session; the mentors are told. */
export const createRequest = useCase(
  'createRequest',
  newRequestInput,
  ({ store, actor, settings, clock, newId }, input) => {
    const now = clock.now();
    const problem = input.preferredTimes
      .map((time) => timeProblem(time, now))
      .find((found) => found !== null);
    if (problem) throw new UserError('invalid_input', { fields: [problem] });
    const request: Request = {
      ...input,
      id: newId,
      communityId: actor.communityId,
      settings,
      student: asPerson(actor),
      status: 'OPEN',
      mentor: null,
      claimedAt: null,
      createdAt: now,
      expiresAt: after(now, settings.openFor),
      hold: null,
      questions: [],
      proposal: null,
      offer: null,
      session: null,
    };
    return store.createRequest(openRequest(request, now));
  },
);

const sameTime = (a: PreferredTime, b: PreferredTime): boolean =>
  a.start.getTime() === b.start.getTime() && a.end?.getTime() === b.end?.getTime();

function timeProblem({ start, end }: PreferredTime, now: Instant): FieldProblem | null {
  const field = 'preferredTimes';
  const why = whyNotPlannable(end ?? start, now);
  if (why) return { field, ...why };
  if (end && end <= start) return { field, code: 'time_backwards' };
  return null;
}
