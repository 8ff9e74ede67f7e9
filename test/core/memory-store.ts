import type { Availability } from '../../src/core/availability.ts';
import { type CommunitySettings, usualSettings } from '../../src/core/community.ts';
import { UserError } from '../../src/core/errors.ts';
import type { Bookings } from '../../src/core/finding-times.ts';
import type { Notice } from '../../src/core/notices.ts';
import type {
  AvailabilityStore,
  CommunityStore,
  CoordinationStore,
  Mentor,
  PeopleStore,
  ProfileStore,
  RequestQuery,
  RequestStore,
  SpaceChannels,
  SpaceStore,
} from '../../src/core/ports.ts';
import { type Preferences, usualPreferences } from '../../src/core/preferences.ts';
import type { Change, Request } from '../../src/core/request.ts';
import { heldIn, readSpace, type SpaceSettings } from '../../src/core/space.ts';
import type { Instant } from '../../src/core/time.ts';

/** The core's own port, in memory: what was decided, and what was asked. Who sees what is the database's affair. */
export function memoryStore(
  ...requests: Request[]
): RequestStore & { changes: Change[]; queries: RequestQuery[]; looked: [Instant, Instant][] } {
  const kept = new Map(requests.map((request) => [request.id, request]));
  const changes: Change[] = [];
  const queries: RequestQuery[] = [];
  const looked: [Instant, Instant][] = [];
  const commit = (change: Change): Request => {
    changes.push(change);
    kept.set(change.request.id, change.request);
    return change.request;
  };
  const getRequest = async (id: string): Promise<Request> => {
    const found = kept.get(id);
    if (!found) throw new UserError('request_not_found', {});
    return found;
  };
  return {
    changes,
    queries,
    looked,
    createRequest: async (decided) => commit(decided),
    changeRequest: async (id, decide) => {
      const before = await getRequest(id);
      const change = decide(before);
      return change ? commit(change) : before;
    },
    getRequest,
    listRequests: async (query) => {
      queries.push(query);
      return { items: [...kept.values()], page: query.page, pages: 1, total: kept.size };
    },
    tagsInUse: async () => [...kept.values()].flatMap(({ tags }) => tags),
    claimWaits: async (since, until) => {
      looked.push([since, until]);
      return [];
    },
  };
}

/** Coordinators are looked for in the database's own tests. */
const unused = () => Promise.reject(new Error('no coordinator is here'));
const nobody: CoordinationStore = {
  attention: unused,
  candidates: unused,
  mentor: unused,
  changeRequest: unused,
  tryAgain: unused,
  tryMeetingsAgain: unused,
  numbers: unused,
};

/** What is set for a community, in memory. */
export function memoryCommunity(settings = usualSettings): {
  community: CommunityStore;
  coordination: CoordinationStore;
  settings: CommunitySettings;
} {
  let set = settings;
  const changeSettings: CommunityStore['changeSettings'] = async (decide) => {
    set = decide(set);
    return set;
  };
  return { settings, community: { changeSettings }, coordination: nobody };
}

/** What one mentor set, in memory, beside sessions that are given. */
export function memoryAvailability(
  kept: Availability | null = null,
  bookings: Bookings = { mentor: [], student: [] },
): AvailabilityStore {
  let now = kept;
  return {
    getAvailability: async () => now,
    changeAvailability: async (decide) => {
      now = decide(now);
      return now;
    },
    bookingsBeside: async () => bookings,
  };
}

/** The space in which somebody acts, in memory: what was chosen, and what was told because of it. */
export function memorySpace(...open: Request[]): SpaceStore & { chosen: SpaceChannels[]; told: Notice[] } {
  return memoryChosenSpace({}, ...open);
}

/** The same, where the operator holds something. */
export function memoryChosenSpace(
  held: Partial<SpaceSettings>,
  ...open: Request[]
): SpaceStore & { chosen: SpaceChannels[]; told: Notice[] } {
  let theirs: Partial<SpaceSettings> = {};
  const space = {
    chosen: [] as SpaceChannels[],
    told: [] as Notice[],
    setChannels: async (channels: SpaceChannels, follow: (request: Request, first: boolean) => Notice[]) => {
      const first = space.chosen.length === 0;
      space.chosen.push(channels);
      space.told.push(...open.flatMap((request) => follow(request, first)));
    },
    settings: async () => ({ now: readSpace(theirs, held), held: heldIn(held) }),
    choose: async (
      settings: Partial<SpaceSettings>,
      follow: (request: Request, first: boolean) => Notice[],
    ) => {
      const before = readSpace(theirs, held).mentorsChannel;
      theirs = { ...theirs, ...settings };
      const now = readSpace(theirs, held);
      if (now.mentorsChannel !== before) {
        space.told.push(...open.flatMap((request) => follow(request, before === '')));
      }
      return { now, held: heldIn(held) };
    },
  };
  return space;
}

/** What one member says about themselves, in memory. */
export function memoryProfile(): ProfileStore & { topics: string[][]; timeZone: string | null } {
  let preferences = usualPreferences;
  const profile = {
    topics: [] as string[][],
    timeZone: null as string | null,
    setTopics: async (topics: string[]) => void profile.topics.push(topics),
    getTopics: async () => profile.topics.at(-1) ?? [],
    setTimeZone: async (zone: string) => {
      profile.timeZone = zone;
    },
    getPreferences: async () => preferences,
    changePreferences: async (decide: (before: Preferences) => Preferences) => {
      preferences = decide(preferences);
      return preferences;
    },
  };
  return profile;
}

/** The mentors of the community, in memory. */
export const memoryPeople = (...mentors: Mentor[]): PeopleStore => ({ mentors: async () => mentors });
