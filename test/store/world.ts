import { randomUUID } from 'node:crypto';
import { usualSettings } from '../../src/core/community.ts';
import type { Notice } from '../../src/core/notices.ts';
import type { Actor, Person } from '../../src/core/people.ts';
import { type Change, claim, OPEN_FOR, openRequest, type Request } from '../../src/core/request.ts';
import { complete, rate, schedule, wrapUp } from '../../src/core/scheduling.ts';
import { after, DAY, HOUR, type Instant } from '../../src/core/time.ts';
import { openStore } from '../../src/store/index.ts';
import type { Store } from '../../src/store/store.ts';
import { freshDatabase } from '../support/database.ts';

/** The tests' noon; nothing in the store asks the machine for the business time. */
export const noon: Instant = new Date('2026-11-23T12:00:00.123Z');

/** A database of its own with two communities, the first of which lives in two spaces. */
export interface World {
  url: string;
  store: Store;
  /** In community "north": Slack space T1. */
  student: Actor;
  mentor: Actor;
  otherMentor: Actor;
  otherStudent: Actor;
  /** In community "south": Slack space T9. */
  stranger: Actor;
  close(): Promise<void>;
}

export async function makeWorld(options: { poolSize?: number } = {}): Promise<World> {
  const database = await freshDatabase();
  const store = await openStore(database.url, options);
  const { directory } = store;
  const space = {
    platform: 'slack',
    name: 'North',
    mentorsChannel: 'C1',
    coordinatorsChannel: '',
    sessionsChannel: '',
  };
  await directory.ensureSpace({ ...space, spaceId: 'T1' }, 'north');
  await directory.ensureSpace(
    {
      platform: 'discord',
      spaceId: 'G1',
      name: 'North too',
      mentorsChannel: 'D1',
      coordinatorsChannel: '',
      sessionsChannel: '',
    },
    'north',
  );
  await directory.ensureSpace({ ...space, spaceId: 'T9', name: 'South' }, 'south');
  const visit = (spaceId: string, name: string, isMentor: boolean) => visitor(store, spaceId, name, isMentor);
  return {
    url: database.url,
    store,
    student: await visit('T1', 'Sam', false),
    otherStudent: await visit('T1', 'Olga', false),
    mentor: await visit('T1', 'Mia', true),
    otherMentor: await visit('T1', 'Max', true),
    stranger: await visit('T9', 'Stan', true),
    close: async () => {
      await store.close();
      await database.drop();
    },
  };
}

export async function visitor(
  store: Store,
  spaceId: string,
  name: string,
  isMentor: boolean,
): Promise<Actor> {
  const actor = await store.directory.visit(
    {
      platform: 'slack',
      spaceId,
      userId: `U-${name}`,
      name,
      timeZone: 'Europe/Berlin',
      language: null,
      isMentor,
      isCoordinator: null,
    },
    noon,
  );
  if (!actor) throw new Error(`Nobody knows the space ${spaceId}.`);
  const { unreachable: _, language: __, settings: ___, ...who } = actor;
  return who;
}

export const personOf = (actor: Actor): Person => ({
  id: actor.memberId,
  name: actor.name,
  timeZone: actor.timeZone,
  accounts: [],
});

export const requestOf = (student: Actor, fields: Partial<Request> = {}): Request => ({
  id: randomUUID(),
  communityId: student.communityId,
  settings: usualSettings,
  student: personOf(student),
  title: 'Help with a flaky test',
  sessionType: 'debugging',
  description: 'It fails on Mondays.',
  durationMinutes: 30,
  urgency: 'normal',
  preferredTimes: [
    { start: after(noon, DAY), end: null },
    { start: after(noon, 2 * DAY), end: after(noon, 2 * DAY + 3 * HOUR) },
  ],
  tags: ['typescript', 'vitest'],
  status: 'OPEN',
  mentor: null,
  claimedAt: null,
  expiresAt: after(noon, OPEN_FOR),
  createdAt: noon,
  hold: null,
  questions: [],
  proposal: null,
  offer: null,
  session: null,
  ...fields,
});

/** A change that only tells. */
export const telling = (request: Request, ...notices: Notice[]): Change => ({
  request,
  notices,
  withdraw: null,
});

export const opened = (world: World, fields: Partial<Request> = {}, by = world.student): Promise<Request> =>
  world.store.requestsAs(by, 'createRequest').createRequest(openRequest(requestOf(by, fields), noon));

export async function claimed(
  world: World,
  fields: Partial<Request> = {},
  { student, mentor }: { student: Actor; mentor: Actor } = world,
): Promise<Request> {
  const { id } = await opened(world, fields, student);
  return world.store
    .requestsAs(mentor, 'claimRequest')
    .changeRequest(id, (request) => claim(request, mentor, noon));
}

/** @param options.of who meets; nobody can be in two sessions at once */
export async function scheduled(
  world: World,
  options: {
    startsAt?: Instant;
    link?: boolean;
    fields?: Partial<Request>;
    of?: { student: Actor; mentor: Actor };
  } = {},
): Promise<Request> {
  const of = options.of ?? world;
  const { id } = await claimed(world, options.fields, of);
  const startsAt = options.startsAt ?? after(noon, 2 * DAY);
  return world.store
    .requestsAs(of.mentor, 'scheduleSession')
    .changeRequest(id, (request) =>
      schedule(
        request,
        of.mentor,
        startsAt,
        noon,
        randomUUID(),
        options.link === false ? null : 'google-meet',
      ),
    );
}

/** Requests in every state that policies tell apart; all but `foreign` are Sam's, and Mia holds those that are held. */
export async function makeHistory(world: World) {
  const rated = await scheduled(world, { startsAt: after(noon, DAY) });
  const ended = after(noon, DAY + HOUR);
  const mentors = world.store.requestsAs(world.mentor, 'x');
  await mentors.changeRequest(rated.id, (request) => complete(request, world.mentor, ended));
  await mentors.changeRequest(rated.id, (request) => wrapUp(request, world.mentor, 'late', '', ended));
  await world.store
    .requestsAs(world.student, 'x')
    .changeRequest(rated.id, (request) =>
      rate(request, world.student, { rating: 5, helped: 'yes', comment: 'good' }, ended),
    );
  return {
    open: await opened(world),
    held: await claimed(world),
    planned: await scheduled(world),
    rated,
    foreign: await opened(world, {}, world.stranger),
  };
}
