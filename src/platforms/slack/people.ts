import type { Log } from '../../log.ts';
import type { Visitor } from '../platform.ts';
import { type Clients, problemOf } from './client.ts';
import type { Identity } from './identity.ts';
import type { By } from './receive.ts';
import type { Timing } from './timing.ts';

/** Who people are, as far as Slack tells. Everything here asks Slack, so it is never called before a modal opens. */
export interface People {
  visitor(by: By): Promise<Visitor>;
  /** Their profile changed. */
  forget(userId: string): void;
  /** Somebody joined or left this channel. */
  forgetMembers(channelId: string): void;
}

interface Profile {
  name: string;
  timeZone: string | null;
}

/** Remembers answers for a while, asks once for many who wait, and falls back to what it knew. */
export function createPeople(
  { lookup }: Clients,
  identity: Identity,
  mentorsChannel: string,
  timing: Timing,
  log: Log,
): People {
  /** `last`: what Slack said before, for when it does not answer now. */
  const profiles = new Map<string, { at: number; profile: Promise<Profile>; last: Profile | null }>();
  let mentors: { at: number; ids: Promise<Set<string>> } | null = null;

  async function askProfile(userId: string): Promise<Profile> {
    const { user } = await lookup.users.info({ user: userId });
    const name =
      user?.profile?.display_name || user?.profile?.real_name || user?.real_name || user?.name || '';
    return { name, timeZone: user?.tz || null };
  }

  async function profileOf({ userId, handle }: By): Promise<Profile> {
    const now = timing.now();
    let known = profiles.get(userId);
    if (!known || now - known.at > timing.personFresh) {
      if (profiles.size >= 10_000) profiles.clear();
      known = { at: now, profile: askProfile(userId), last: known?.last ?? null };
      profiles.set(userId, known);
    }
    try {
      const profile = await known.profile;
      known.last = profile;
      return { ...profile, name: profile.name || handle };
    } catch (error) {
      log.warn({ userId, code: codeOf(error) }, 'Slack did not tell who this is');
      known.at = Number.NEGATIVE_INFINITY; // Ask again next time.
      return known.last ?? { name: handle, timeZone: null };
    }
  }

  async function askMentors(): Promise<Set<string>> {
    const ids = new Set<string>();
    let cursor: string | undefined;
    do {
      const page = await lookup.conversations.members({ channel: mentorsChannel, limit: 500, cursor });
      for (const id of page.members ?? []) ids.add(id);
      cursor = page.response_metadata?.next_cursor || undefined;
    } while (cursor);
    return ids;
  }

  /** The list of mentors, at most `fresh` milliseconds old. */
  function mentorsWithin(fresh: number): Promise<Set<string>> {
    const now = timing.now();
    if (!mentors || now - mentors.at > fresh) mentors = { at: now, ids: askMentors() };
    return mentors.ids;
  }

  async function isMentor(userId: string): Promise<boolean | null> {
    try {
      const ids = await mentorsWithin(timing.mentorsFresh);
      return ids.has(userId) || (await mentorsWithin(timing.notMentorFresh)).has(userId);
    } catch (error) {
      mentors = null;
      log.warn({ code: codeOf(error) }, 'Slack did not tell who is in the mentors channel');
      return null;
    }
  }

  return {
    async visitor(by) {
      const [profile, mentor, { teamId }] = await Promise.all([
        profileOf(by),
        isMentor(by.userId),
        identity(),
      ]);
      return { platform: 'slack', spaceId: teamId, userId: by.userId, ...profile, isMentor: mentor };
    },
    forget: (userId) => void profiles.delete(userId),
    forgetMembers: (channelId) => {
      if (channelId === mentorsChannel) mentors = null;
    },
  };
}

const codeOf = (error: unknown): string => problemOf(error)?.code ?? String(error);
