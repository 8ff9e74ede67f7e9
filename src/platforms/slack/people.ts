import { type Language, languageOf } from '../../core/language.ts';
import type { Log } from '../../log.ts';
import type { Locale } from '../../messages/words.ts';
import { type Desk, localeOf, type Visitor } from '../platform.ts';
import { type Clients, problemOf } from './client.ts';
import type { Identity } from './identity.ts';
import type { By } from './receive.ts';
import { pause, type Timing } from './timing.ts';

/** Who people are, as far as Slack tells. */
export interface People {
  /** Asks Slack, so it is never called before a modal opens. */
  visitor(by: By): Promise<Visitor>;
  /** How they are spoken to: as far as Slack told, or tells at once; a modal may wait for this. Never rejects. null: nobody knows who. */
  locale(by: By | null): Promise<Locale>;
  /** Their profile changed. */
  forget(userId: string): void;
  /** Somebody joined or left this channel; whom it makes mentors or coordinators is asked anew. */
  forgetMembers(channelId: string): void;
}

interface Profile {
  name: string;
  timeZone: string | null;
  language: Language | null;
}

/** The channels by which people are mentors or coordinators; empty while none is chosen. */
export interface Channels {
  mentors: string;
  coordinators: string;
  /** The user who is a coordinator whatever channel they are in: who installed the bot. */
  keeper?: string;
}

/** Remembers answers for a while, asks once for many who wait, and falls back to what it knew. */
export function createPeople(
  { lookup }: Clients,
  identity: Identity,
  channels: () => Promise<Channels>,
  desk: Pick<Desk, 'language'>,
  timing: Timing,
  log: Log,
): People {
  /** `last`: what Slack said before, for when it does not answer now. */
  const profiles = new Map<string, { at: number; profile: Promise<Profile>; last: Profile | null }>();
  /** Who is in a channel, by its id. */
  const members = new Map<string, { at: number; ids: Promise<Set<string>> }>();

  async function askProfile(userId: string): Promise<Profile> {
    const { user } = await lookup.users.info({ user: userId, include_locale: true });
    const name =
      user?.profile?.display_name || user?.profile?.real_name || user?.real_name || user?.name || '';
    return { name, timeZone: user?.tz || null, language: languageOf(user?.locale) };
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
      return known.last ?? { name: handle, timeZone: null, language: null };
    }
  }

  async function askMembers(channel: string): Promise<Set<string>> {
    const ids = new Set<string>();
    let cursor: string | undefined;
    do {
      const page = await lookup.conversations.members({ channel, limit: 500, cursor });
      for (const id of page.members ?? []) ids.add(id);
      cursor = page.response_metadata?.next_cursor || undefined;
    } while (cursor);
    return ids;
  }

  /** The list of a channel's members, at most `fresh` milliseconds old. */
  function membersWithin(channel: string, fresh: number): Promise<Set<string>> {
    const now = timing.now();
    const known = members.get(channel);
    if (known && now - known.at <= fresh) return known.ids;
    const ids = askMembers(channel);
    members.set(channel, { at: now, ids });
    return ids;
  }

  /** @returns null when Slack does not tell */
  async function isIn(channel: string, userId: string): Promise<boolean | null> {
    if (!channel) return false;
    try {
      const ids = await membersWithin(channel, timing.membersFresh);
      return ids.has(userId) || (await membersWithin(channel, timing.notMemberFresh)).has(userId);
    } catch (error) {
      members.delete(channel);
      log.warn({ code: codeOf(error), channel }, 'Slack did not tell who is in a channel');
      return null;
    }
  }

  return {
    async visitor(by) {
      const { mentors, coordinators, keeper } = await channels();
      const [profile, isMentor, isCoordinator, { teamId }] = await Promise.all([
        profileOf(by),
        isIn(mentors, by.userId),
        by.userId === keeper || isIn(coordinators, by.userId),
        identity(),
      ]);
      return {
        platform: 'slack',
        spaceId: teamId,
        userId: by.userId,
        ...profile,
        zoneFromPlatform: true,
        isMentor,
        isCoordinator,
      };
    },
    async locale(by) {
      const known = by && (await Promise.race([profileOf(by), pause(timing.localeWithin)]));
      const last = by && profiles.get(by.userId)?.last;
      return localeOf(known ?? last ?? { language: null, timeZone: null }, desk);
    },
    forget: (userId) => void profiles.delete(userId),
    forgetMembers: (channelId) => void members.delete(channelId),
  };
}

const codeOf = (error: unknown): string => problemOf(error)?.code ?? String(error);
