import type { CalendarEntry } from '../core/calendar.ts';
import type { CommunitySettings } from '../core/community.ts';
import type { Language } from '../core/language.ts';
import type { Notice } from '../core/notices.ts';
import type { Account, Actor } from '../core/people.ts';
import type {
  AvailabilityStore,
  CommunityStore,
  CoordinationStore,
  HomeStore,
  PeopleStore,
  ProfileStore,
  RequestStore,
  SpaceStore,
  Sweeps,
} from '../core/ports.ts';
import type { Sleeper } from '../core/quiet-hours.ts';
import type { Request } from '../core/request.ts';
import type { SpaceSettings } from '../core/space.ts';
import type { Instant } from '../core/time.ts';
import type { Expert } from '../core/topics.ts';

/** Someone who did something on a platform, as the platform tells it. */
export interface Visitor {
  platform: string;
  /** The platform's id of the space; null when it happened in direct messages and the platform does not say. */
  spaceId: string | null;
  userId: string;
  name: string;
  /** IANA time zone when the platform knows it, or the person just told us; null otherwise. */
  timeZone: string | null;
  /** The platform itself knows everybody's zone. */
  zoneFromPlatform?: boolean;
  /** null when the platform cannot tell, or it is one that we do not speak; then what was last known holds. */
  language: Language | null;
  /** null when the platform cannot tell here; then what was last known holds. */
  isMentor: boolean | null;
  /** The same for those who look after the programme. */
  isCoordinator: boolean | null;
  /** The roles that make somebody one, by the names that people see, where the platform has such roles. */
  roleNames?: { mentor: string[]; coordinator: string[] };
}

/** A Slack workspace or Discord server, and the channel in which its mentors see requests. */
export interface Space {
  platform: string;
  /** The platform's own id. */
  spaceId: string;
  name: string;
  mentorsChannel: string;
  /** Where its coordinators hear of what waits; empty when there is no such channel. */
  coordinatorsChannel: string;
  /** Where student and mentor get a room of their own; empty when there is no such channel. */
  sessionsChannel: string;
}

/** A space as a platform announces it. */
export interface AnnouncedSpace extends Space {
  /** Where its people choose what the operator's settings leave open: what these say. The channels follow from both. */
  held?: Partial<SpaceSettings>;
}

/** Where a card was put. */
export interface Post {
  platform: string;
  spaceId: string;
  channelId: string;
  messageId: string;
  /** The message in whose thread it is, when it is in one. */
  threadId?: string;
}

/** A notice that this courier holds for now. */
export interface LeasedNotice extends Notice {
  id: string;
  /** Grows each time a `latest` notice is told again; finishing an older version leaves it due. */
  version: number;
  /** Of those that {@link Free} named: the platform of its channel, or on which the member was seen last. */
  lane: string;
  /** How often delivery was begun, this time included. */
  attempts: number;
  /** It waited for the end of somebody's quiet hours. */
  heldBack: boolean;
  /** Recipient `mentors`, `coordinators` or `room`: the space whose channel it is for. */
  space: Space | null;
  /** What a member did, in the log of the desk, that it follows from; null when it was the clock. */
  deed: string | null;
  /** Recipient `member`: in which language they read, and by which clocks, as far as is known. */
  reader: { language: Language | null; timeZone: string | null } | null;
  /** Where its card was put before, to be brought up to date there; null when it was not put anywhere yet. */
  post: Post | null;
  /** A newer message to this member about this request carries the buttons: it is brought up to date without any. */
  bare: boolean;
  /** The card there as it was kept without its buttons; null when nothing was kept. */
  kept: unknown;
}

/** How a delivery ended. */
export type Delivered =
  /**
   * `kept`: the card without its buttons, when it has some; for when a newer message to the same member about the same
   * request carries them. A first message makes the earlier ones due, to be stripped of theirs.
   * `again`: when it is due once more by time alone, unless something makes it due before.
   */
  | { how: 'sent'; post: Post | null; kept?: unknown; again?: Instant | null }
  /** It became pointless, such as a reminder of a session that is over. */
  | { how: 'skipped'; why: string }
  /** `counts`: as one of the tries after which it is given up; not when the platform named the time to come back. */
  | { how: 'later'; at: Instant; why: string; counts: boolean }
  /** Nobody is to be woken by it. It is no try. */
  | { how: 'quiet'; until: Instant }
  /** The person cannot be reached by direct message; they are told at their next visit. */
  | { how: 'unreachable'; why: string }
  /** Given up; an operator must look. */
  | { how: 'dead'; why: string }
  /** Given up until somebody mends the set-up of meetings, of which coordinators are told once for all. */
  | { how: 'broken'; why: string };

export interface Outbox {
  /**
   * Takes due notices, the oldest first on each lane, at most as many as are free there, so that no other courier takes
   * them for `leaseMs` (by the database's clock).
   * Later versions of a `latest` notice wait until the lease ends, so that one card is never put twice.
   */
  lease(now: Instant, free: Free, leaseMs: number): Promise<LeasedNotice[]>;
  /** Holds notices that are under way for `leaseMs` more. */
  renew(ids: readonly string[], leaseMs: number): Promise<void>;
  /** Records how a delivery ended. Forgets the lease; leaves a `latest` notice due when it changed meanwhile. */
  finish(notice: LeasedNotice, how: Delivered, now: Instant): Promise<void>;
  /** Calls back, at once, whenever a notice was committed by any instance. @returns how to stop listening */
  onWake(wake: () => void): Promise<() => Promise<void>>;
  /** Counts by state, and the oldest due one, for health and doctor; what is `broken` is told otherwise. */
  depth(now: Instant): Promise<{ due: number; later: number; dead: number; oldestDueAt: Instant | null }>;
  /** What could not be brought to this member, the oldest first, at most `limit`; taking it marks it as told. */
  takeUnreachable(memberId: string, limit: number): Promise<Notice[]>;
  /** The request with the session that the notice is about (also one that was called off), as the worker sees it. */
  subject(notice: Notice): Promise<Request | null>;
}

/** A member who is here now. */
export interface Visit extends Actor {
  /** The one last known; null while nobody told. */
  language: Language | null;
  /** How many messages could not be brought to them. */
  unreachable: number;
  /** What their community has set. */
  settings: CommunitySettings;
}

/** How somebody can be told something; `lastSeenAt` is known to some minutes. */
export interface Reach extends Sleeper {
  /** The one last used first. */
  accounts: Account[];
  /** Where the newest message to them about the request is, one in each space. */
  newest: Post[];
}

/** How many notices may be taken, by the lane on which they go: the name of a platform, or `rest` for all others. */
export type Free = Readonly<Record<string, number>>;

/** Who people are. Runs as the worker: it is asked before an actor is known. */
export interface Directory {
  /**
   * The member behind a visitor, made on the first visit; remembers name, zone, language, what they are and where they were last
   * seen. Without a space: the space in which the account was last seen.
   * @returns null when the space belongs to no community, or a person without a space was never seen
   */
  visit(visitor: Visitor, now: Instant): Promise<Visit | null>;
  /**
   * Makes sure that a space belongs to the community, and knows its channels; `follow` as for
   * {@link SpaceStore.setChannels}, when the settings name another mentors channel now.
   * @returns what holds there
   */
  ensureSpace(
    space: AnnouncedSpace,
    community: string,
    follow?: Parameters<SpaceStore['setChannels']>[1],
  ): Promise<SpaceSettings>;
  /**
   * What holds in a space; without its id, in the one that there is on that platform.
   * @returns null for one that nobody announced, or whose people choose nothing
   */
  chosenIn(space: { platform: string; spaceId: string | null }): Promise<SpaceSettings | null>;
  /** Notes that the bot introduces itself in a space. @returns false when it did since it came there */
  greets(space: Pick<Space, 'platform' | 'spaceId'>, joinedAt: Instant, now: Instant): Promise<boolean>;
  /** It could not, and does it at the next occasion. */
  greetAgain(space: Pick<Space, 'platform' | 'spaceId'>): Promise<void>;
  /** How somebody can be told something about a request. @returns null when there is no such member */
  recipient(memberId: string, requestId: string): Promise<Reach | null>;
  /** What a community has set, by its name; the usual when there is no such community. */
  settingsOf(community: string): Promise<CommunitySettings>;
  /** Where those of these members want to be invited who agreed to be. */
  guests(memberIds: readonly string[]): Promise<string[]>;
  /** The own calendars of those of these members of a community who asked us to look at them. */
  calendars(
    communityId: string,
    memberIds: readonly string[],
  ): Promise<{ memberId: string; address: string }[]>;
  /** Whether some space of a community has a channel in which its mentors see requests. */
  hasMentorsChannel(communityId: string): Promise<boolean>;
  /**
   * The mentors of a community who gave topics, but for those on a pause; those who were asked about one least recently
   * first.
   */
  experts(communityId: string, now: Instant): Promise<Expert[]>;
}

/** A Home as its courier needs it. */
export interface Home {
  actor: Actor;
  /** What the actor's community has set. */
  settings: CommunitySettings;
  account: Account;
  /** In which language it is read, and by which clocks, as far as is known. */
  reader: { language: Language | null; timeZone: string | null };
  /** The page of each long list. */
  pages: Record<string, number>;
  /** When it was looked at last, or its pages turned. */
  openedAt: Instant;
}

/** Homes, as the worker sees them. */
export interface Homes {
  /** @returns null when this account has none */
  of(accountId: string): Promise<Home | null>;
}

/** Who follows one of the bot's links: known by the link alone. */
export interface LinkFollower {
  actor: Actor;
  /** In which language they read, and by which clocks, as far as is known. */
  reader: { language: Language | null; timeZone: string | null };
}

/** What the links to the bot's own pages lead to. */
export interface Links {
  /** What they are signed with; made at the first asking, and the same from then on. */
  secret(): Promise<string>;
  /**
   * All sessions of whoever has this calendar feed that start after `since`, in any state.
   * @param kept what is kept of its address. @returns null when nobody has it (any more)
   */
  feed(
    kept: string,
    since: Instant,
  ): Promise<{ memberId: string; reader: LinkFollower['reader']; entries: CalendarEntry[] } | null>;
  /** A session in any state, for a member of its community. @returns null when there is none like that */
  session(
    sessionId: string,
    memberId: string,
  ): Promise<{ follower: LinkFollower; entry: CalendarEntry } | null>;
}

/** A space that installed the bot by OAuth, and what it is spoken to with. */
export interface Installation extends Space {
  /** The platform seals and opens it; only the sealed token is kept. */
  sealedToken: string;
  botUserId: string;
  scopes: string[];
  /** The platform's id of the user who did it. */
  installedBy: string;
}

/** Spaces of one platform that installed the bot. Runs as the worker: it is asked before an actor is known. */
export interface Installations {
  /**
   * Keeps an installation, in place of an earlier one of that space. A space that is new becomes a community of its
   * own, without channels; one that is known keeps its community, its channels and all that belongs to it.
   */
  save(
    installation: Omit<Installation, 'mentorsChannel' | 'coordinatorsChannel' | 'sessionsChannel'>,
    now: Instant,
  ): Promise<void>;
  /** @param spaceId the platform's own id. @returns null when the bot is not installed there */
  get(spaceId: string): Promise<Installation | null>;
  list(): Promise<Installation[]>;
  /** Replaces the sealed token, unless it changed meanwhile. @returns whether it did */
  reseal(spaceId: string, was: string, sealedToken: string): Promise<boolean>;
  /**
   * Forgets an installation, if it still has this token: the token itself, and the channels, which the bot has left.
   * @returns whether it did
   */
  remove(spaceId: string, sealedToken: string): Promise<boolean>;
}

/** What somebody typed into a form that could not be used yet. */
export interface Draft {
  /** Intent that the form submits. */
  intent: string;
  args: Record<string, string>;
  /** Field name to what was typed, as the platform's form holds it. */
  values: Record<string, string | string[]>;
}

/** Kept for a day, seen by its author only. */
export interface Drafts {
  /** @returns the draft's id */
  keep(actor: Actor, draft: Draft, now: Instant): Promise<string>;
  /** Replaces a draft of this actor. @throws UserError nothing_kept */
  replace(actor: Actor, id: string, draft: Draft, now: Instant): Promise<void>;
  /** @throws UserError nothing_kept when it is gone or somebody else's */
  get(actor: Actor, id: string, now: Instant): Promise<Draft>;
  drop(actor: Actor, id: string): Promise<void>;
}

/** Everything that is kept. */
export interface Store {
  /**
   * Requests in the name of a member; `action` is the use-case's name for the audit log. `deed` names what the member
   * did, and goes with the notices that follow from it, so that the log can tell what came of it.
   */
  requestsAs(actor: Actor, action: string, deed?: string): RequestStore;
  /** What a member says about themselves, in their name. */
  profileAs(actor: Actor): ProfileStore;
  /** What is set for a member's community, in their name; `action` as for requests. */
  communityAs(actor: Actor, action: string): CommunityStore;
  /** What a coordinator sees and does, in their name; as for requests. */
  coordinationAs(actor: Actor, action: string, deed?: string): CoordinationStore;
  /** Who else is in a member's community. */
  peopleAs(actor: Actor): PeopleStore;
  /** When a mentor has time, in their name. */
  availabilityAs(actor: Actor): AvailabilityStore;
  /** The Home of the account with which a member acts, in their name. */
  homeAs(actor: Actor, by: Visitor): HomeStore;
  /** Requests in the name of the clock, over all communities; `deed` when it goes on with what a member did. */
  requestsAsWorker(action: string, deed?: string | null): RequestStore;
  sweeps: Sweeps;
  outbox: Outbox;
  directory: Directory;
  homes: Homes;
  drafts: Drafts;
  links: Links;
  installationsOf(platform: string): Installations;
  /** The space that an actor is in, in their name; `action` as for requests. */
  spaceAs(
    actor: Actor,
    where: Pick<Visitor, 'platform' | 'spaceId'>,
    action: string,
    deed?: string,
  ): SpaceStore;
  /** A round trip, for health. @throws when the database does not answer */
  ping(): Promise<void>;
  close(): Promise<void>;
}
