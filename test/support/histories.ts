import fc from 'fast-check';
import { UserError } from '../../src/core/errors.ts';
import type { Actor } from '../../src/core/people.ts';
import { givenBackAt } from '../../src/core/promises.ts';
import { type ReminderId, reminderIds } from '../../src/core/reminders.ts';
import { plannedSession, type Request } from '../../src/core/request.ts';
import { CLOSED_AFTER, endOf } from '../../src/core/session.ts';
import { after, DAY, HOUR, type Instant, MINUTE, SECOND } from '../../src/core/time.ts';
import { type Context, runUseCase, type UseCase } from '../../src/core/use-case.ts';
import { acceptTime } from '../../src/core/use-cases/accept-time.ts';
import { assignMentor } from '../../src/core/use-cases/assign-mentor.ts';
import { cancelRequest } from '../../src/core/use-cases/cancel-request.ts';
import { chooseReminders } from '../../src/core/use-cases/choose-reminders.ts';
import { claimRequest } from '../../src/core/use-cases/claim-request.ts';
import { completeSession } from '../../src/core/use-cases/complete-session.ts';
import { createRequest } from '../../src/core/use-cases/create-request.ts';
import { declineHandOver } from '../../src/core/use-cases/decline-hand-over.ts';
import { declineTime } from '../../src/core/use-cases/decline-time.ts';
import { getTimeOptions } from '../../src/core/use-cases/get-time-options.ts';
import { joinSession } from '../../src/core/use-cases/join-session.ts';
import { keepRequest } from '../../src/core/use-cases/keep-request.ts';
import { offerHandOver } from '../../src/core/use-cases/offer-hand-over.ts';
import { proposeTime } from '../../src/core/use-cases/propose-time.ts';
import { releaseRequest } from '../../src/core/use-cases/release-request.ts';
import { renewRequest } from '../../src/core/use-cases/renew-request.ts';
import { reportNoShow } from '../../src/core/use-cases/report-no-show.ts';
import { scheduleSession } from '../../src/core/use-cases/schedule-session.ts';
import { setCommunityReminder } from '../../src/core/use-cases/set-community-reminder.ts';
import { takeBackClaim } from '../../src/core/use-cases/take-back-claim.ts';
import { takeOverRequest } from '../../src/core/use-cases/take-over-request.ts';
import { Ledger } from './ledger.ts';

/** Two students, three mentors (the last asks for help, too), and one who looks after the programme. */
export interface Cast {
  students: [Actor, Actor];
  mentors: [Actor, Actor, Actor];
  coordinator: Actor;
}

/** Where a history happens: the core in memory, or all of it on a real database. */
export interface Stage {
  cast: Cast;
  now(): Instant;
  moveTo(at: Instant): void;
  /** All requests, as the bot sees them, in the order in which they were opened. */
  requests(): Promise<Request[]>;
  as(actor: Actor): Context;
  /** Reminders that somebody chose; null: as the community has them. */
  chosen(memberId: string): readonly ReminderId[] | null;
  usual(): readonly ReminderId[];
  /** When the outbox has something to deliver next; null when nothing waits. */
  nextDelivery(): Promise<Instant | null>;
  /** What the clock does, then the courier. @returns what people were told, as lines of the ledger */
  tick(): Promise<string[]>;
}

export const verbs = [
  'ask',
  'claim',
  'suggestion',
  'propose',
  'accept',
  'decline',
  'cancel',
  'release',
  'offer',
  'take over',
  'not take over',
  'keep',
  'join',
  'complete',
  'missed',
  'renew',
  'assign',
  'take back',
  'choose',
  'community',
] as const;
export type Verb = (typeof verbs)[number] | 'wait' | 'downtime';

/** One thing that happens; what the numbers mean follows from how things stand then. */
export interface Step {
  verb: Verb;
  who: number;
  which: number;
  /** Half hours from now. */
  at: number;
  reminder: ReminderId;
  yes: boolean;
  /** Milliseconds to wait. */
  long: number;
}

/** Half hours ahead of which many histories meet the same. */
const starts = [1, 2, 3, 4, 5, 47, 48, 49, 50, 96, 340];
const waits = [MINUTE, 10 * MINUTE, 40 * MINUTE, 2 * HOUR, 9 * HOUR, 23 * HOUR, 2 * DAY, 6 * DAY];

/** What happens often, so that histories get somewhere. */
const often: Verb[] = [
  ...(['propose', 'propose', 'accept', 'accept', 'accept', 'offer', 'take over', 'choose'] as const),
  ...(['wait', 'wait', 'wait', 'wait', 'downtime', 'downtime', 'missed', 'join'] as const),
];

const stepOf = (verb: fc.Arbitrary<Verb>): fc.Arbitrary<Step> =>
  fc.record({
    verb,
    who: fc.nat(5),
    which: fc.nat(3),
    at: fc.constantFrom(...starts),
    reminder: fc.constantFrom(...reminderIds),
    yes: fc.boolean(),
    long: fc.constantFrom(...waits),
  });
const isStep = (verb: Verb) => stepOf(fc.constant(verb));

/** Somebody asks and is claimed; then a time is taken that suits both, or is agreed on. */
const booking = fc
  .tuple(isStep('ask'), isStep('claim'), isStep('suggestion'), isStep('propose'), isStep('accept'))
  .map((steps): Step[] => steps);

/** Some sessions, and then whatever comes. */
export const histories = (maxLength: number): fc.Arbitrary<Step[]> =>
  fc
    .tuple(
      fc.array(booking, { minLength: 1, maxLength: 3 }),
      fc.array(stepOf(fc.constantFrom<Verb>(...verbs, ...often)), { maxLength, size: 'max' }),
    )
    .map(([bookings, steps]) => [...bookings.flat(), ...steps]);

interface Doing {
  by: Actor | undefined;
  verb: UseCase;
  input: unknown;
}

/**
 * Plays a history, and holds everything that people are told against the ledger: not before its time, not twice, and
 * nothing left out. Nobody ever sits in two sessions, and a time that was suggested can be had.
 * @param done counts what was not refused, by verb
 */
export async function play(stage: Stage, history: readonly Step[], done: Map<Verb, number>): Promise<void> {
  const ledger = new Ledger((memberId) => stage.chosen(memberId) ?? stage.usual());

  async function look(): Promise<void> {
    const requests = await stage.requests();
    for (const request of requests) ledger.sees(request, stage.now());
    neverDoubleBooked(requests);
  }

  async function tick(): Promise<void> {
    const heard = await stage.tick();
    await look();
    const [told, owed] = [heard.sort(), ledger.due(stage.now())];
    if (told.join() === owed.join()) return;
    const lines = (what: string[]) => what.map((one) => `\n  ${one}`).join('') || ' nothing';
    throw new Error(
      `At ${stage.now().toISOString()} they were told:${lines(told)}\ninstead of:${lines(owed)}`,
    );
  }

  async function wait(long: number): Promise<void> {
    const until = after(stage.now(), long);
    for (;;) {
      const next = await nextEvent(stage);
      if (!next || next > until) break;
      stage.moveTo(next);
      await tick();
    }
    stage.moveTo(until);
    await tick();
  }

  /** Whether the bot delivers what follows from a deed at once. */
  let up = true;
  for (const step of history) {
    if (step.verb === 'wait') {
      up = true;
      await wait(step.long);
      continue;
    }
    if (step.verb === 'downtime') {
      up = false;
      stage.moveTo(after(stage.now(), step.long));
      continue;
    }
    stage.moveTo(after(stage.now(), SECOND)); // nobody does two things in one instant
    const chooser = personOf(stage.cast, step).memberId;
    const chosenBefore = stage.chosen(chooser)?.join();
    if (await perform(stage, step)) done.set(step.verb, (done.get(step.verb) ?? 0) + 1);
    await look();
    if (stage.chosen(chooser)?.join() !== chosenBefore) ledger.chose(chooser, stage.now());
    if (up) await tick();
  }
  await wait(9 * DAY);
}

const personOf = ({ students, mentors }: Cast, { who }: Step): Actor => {
  const people = [...students, ...mentors];
  return people[who % people.length] as Actor;
};

/** @returns whether it was not refused */
async function perform(stage: Stage, step: Step): Promise<boolean> {
  const requests = await stage.requests();
  const doing =
    step.verb === 'suggestion'
      ? await takeSuggestion(stage, step, requests)
      : doingOf(stage.cast, step, requests, stage.now());
  if (!doing?.by) return false;
  try {
    await runUseCase(doing.verb, stage.as(doing.by), doing.input);
    return true;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    if (step.verb === 'suggestion') throw new Error(`A suggestion was refused: ${error.code}`);
    return false;
  }
}

async function takeSuggestion(stage: Stage, step: Step, requests: Request[]): Promise<Doing | null> {
  const request = chosen(step, requests, ({ status }) => status === 'CLAIMED');
  const by = stage.cast.mentors.find(({ memberId }) => memberId === request?.mentor?.id);
  if (request?.status !== 'CLAIMED' || !by) return null;
  const { suggestions } = await runUseCase(getTimeOptions, stage.as(by), { requestId: request.id });
  const startsAt = suggestions[step.who % Math.max(1, suggestions.length)];
  if (!startsAt) return null;
  return {
    by,
    verb: scheduleSession as unknown as UseCase,
    input: { requestId: request.id, startsAt: startsAt.toISOString() },
  };
}

/** One of those to which it can happen, if there is one; any other to which it will be refused, else. */
function chosen(step: Step, requests: Request[], can: (request: Request) => boolean): Request | undefined {
  const able = requests.filter(can);
  const among = able.length > 0 ? able : requests;
  return among[step.which % Math.max(1, among.length)];
}

function doingOf(cast: Cast, step: Step, requests: Request[], now: Instant): Doing | null {
  const { students, mentors, coordinator } = cast;
  const known = [...students, ...mentors];
  const actor = (memberId: string | undefined) => known.find((one) => one.memberId === memberId);
  const grid = 30 * MINUTE;
  const time = new Date((Math.floor(now.getTime() / grid) + step.at) * grid);
  const mentor = mentors[step.who % mentors.length] as Actor;
  const pick = (can: (request: Request) => boolean) => chosen(step, requests, can);
  const on = (
    request: Request | undefined,
    by: Actor | undefined,
    verb: unknown,
    input: Record<string, unknown> = {},
  ): Doing | null =>
    request ? { by, verb: verb as UseCase, input: { requestId: request.id, ...input } } : null;
  const inStatus = (...statuses: Request['status'][]) => pick(({ status }) => statuses.includes(status));
  const held = () => inStatus('CLAIMED', 'SCHEDULED');
  const answering = () => pick(({ proposal }) => proposal !== null);
  const answer = (request: Request | undefined, verb: unknown) => {
    const proposer = request?.proposal?.byId;
    const other = request?.student.id === proposer ? request?.mentor?.id : request?.student.id;
    return on(request, actor(other), verb, { startsAt: (request?.proposal?.startsAt ?? time).toISOString() });
  };
  const offered = () => pick(({ offer }) => offer !== null);
  const begun = () => pick((request) => (plannedSession(request)?.startsAt ?? now) < now);
  const party = (request: Request | undefined) => actor(step.yes ? request?.student.id : request?.mentor?.id);

  switch (step.verb) {
    case 'ask': {
      const askers = [...students, mentors[2]];
      const wish = { start: time.toISOString(), end: after(time, 5 * HOUR).toISOString() };
      const input = {
        title: 'Loops',
        sessionType: 'debugging',
        description: 'They never end.',
        durationMinutes: step.yes ? 60 : 30,
        preferredTimes: step.which === 0 ? [] : [step.yes ? wish : { ...wish, end: null }],
      };
      return { by: askers[step.who % askers.length], verb: createRequest as unknown as UseCase, input };
    }
    case 'claim':
      return on(inStatus('OPEN'), mentor, claimRequest);
    case 'propose': {
      const request = held();
      return on(request, party(request), proposeTime, { startsAt: time.toISOString() });
    }
    case 'accept':
      return answer(answering(), acceptTime);
    case 'decline':
      return answer(answering(), declineTime);
    case 'cancel': {
      const request = inStatus('OPEN', 'CLAIMED', 'SCHEDULED');
      return on(request, actor(request?.student.id), cancelRequest);
    }
    case 'release': {
      const request = held();
      return on(request, actor(request?.mentor?.id), releaseRequest);
    }
    case 'offer': {
      const request = held();
      return on(request, actor(request?.mentor?.id), offerHandOver, { mentorId: mentor.memberId });
    }
    case 'take over': {
      const request = offered();
      return on(request, actor(request?.offer?.to.id), takeOverRequest);
    }
    case 'not take over': {
      const request = offered();
      return on(request, actor(request?.offer?.to.id), declineHandOver);
    }
    case 'keep': {
      const request = offered();
      return on(request, actor(request?.mentor?.id), keepRequest);
    }
    case 'join': {
      const request = inStatus('SCHEDULED');
      return on(request, party(request), joinSession);
    }
    case 'complete': {
      const request = begun();
      return on(request, party(request), completeSession);
    }
    case 'missed': {
      const request = begun();
      return on(request, party(request), reportNoShow);
    }
    case 'renew': {
      const request = inStatus('EXPIRED');
      return on(request, actor(request?.student.id), renewRequest);
    }
    case 'assign':
      return on(inStatus('OPEN'), coordinator, assignMentor, { mentorId: mentor.memberId });
    case 'take back':
      return on(inStatus('CLAIMED'), coordinator, takeBackClaim);
    case 'choose': {
      const as = [{ as: 'usual' }, { as: 'none' }][step.which];
      const input = as ?? { reminder: step.reminder, wanted: step.yes ? 'yes' : 'no' };
      return { by: personOf(cast, step), verb: chooseReminders as unknown as UseCase, input };
    }
    case 'community':
      return {
        by: coordinator,
        verb: setCommunityReminder as unknown as UseCase,
        input: { reminder: step.reminder, wanted: step.yes ? 'yes' : 'no' },
      };
    default:
      throw new Error(`Nobody does "${step.verb}".`);
  }
}

function neverDoubleBooked(requests: readonly Request[]): void {
  const planned = requests.flatMap((request) => {
    const session = plannedSession(request);
    return session ? [{ session, people: [request.student.id, request.mentor?.id] }] : [];
  });
  for (const [i, one] of planned.entries()) {
    for (const other of planned.slice(i + 1)) {
      const meets = one.people.some((memberId) => other.people.includes(memberId));
      const overlap =
        one.session.startsAt < endOf(other.session) && other.session.startsAt < endOf(one.session);
      if (meets && overlap) throw new Error('Somebody sits in two sessions at once.');
    }
  }
}

/** When something happens next by itself, after now. */
async function nextEvent(stage: Stage): Promise<Instant | null> {
  const now = stage.now();
  const times = (await stage.requests()).flatMap(sweptAt);
  const delivery = await stage.nextDelivery();
  const ahead = [...times, ...(delivery ? [delivery] : [])].filter((at) => at > now);
  return ahead.length > 0 ? new Date(Math.min(...ahead.map(Number))) : null;
}

/** When the clock has something to do for a request. */
export function sweptAt(request: Request): Instant[] {
  const { status, claimedAt } = request;
  const planned = plannedSession(request);
  return [
    ...(status === 'OPEN' ? [request.expiresAt] : []),
    ...(status === 'CLAIMED' && claimedAt ? [givenBackAt({ ...request, claimedAt })] : []),
    ...(planned ? [endOf(planned), after(endOf(planned), CLOSED_AFTER)] : []),
  ];
}
