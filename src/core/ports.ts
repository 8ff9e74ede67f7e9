import type { Availability, Span } from './availability.ts';
import type { CommunitySettings } from './community.ts';
import type { Attention, Candidate, Numbers } from './coordination.ts';
import type { Bookings } from './finding-times.ts';
import type { Notice } from './notices.ts';
import type { Person } from './people.ts';
import type { Preferences } from './preferences.ts';
import type { Change, Request, RequestStatus } from './request.ts';
import type { ChosenSpace, SpaceSettings } from './space.ts';
import type { Instant } from './time.ts';

/** Tells the time. Production uses the machine's; tests and the demo move theirs. */
export interface Clock {
  now(): Instant;
}

/** A meeting that a provider may have made already. */
export interface MadeMeeting {
  /** The session's id (a UUID). Providers find by it what an earlier call made, so that asking twice makes one meeting. */
  sessionId: string;
  /** The provider's own id of the meeting; null while no call has told it. */
  eventId: string | null;
}

/** A place to meet, as a meeting provider is asked to make it. */
export interface MeetingWish extends MadeMeeting {
  title: string;
  description: string;
  start: Instant;
  durationMinutes: number;
  /** E-mail addresses of those who want to be invited. A provider without a calendar has no use for them. */
  guests: readonly string[];
}

/**
 * `pending`: the provider made the meeting and its link will follow; ask again with the same wish. `uninvited`: why it is
 * without its guests, when the provider would not invite them; without their addresses.
 */
export type Meeting =
  | { state: 'ready'; link: string; eventId: string; uninvited?: string }
  | { state: 'pending'; eventId: string };

export interface MeetingProvider {
  /** Name in the database and in settings, such as "google-meet". */
  readonly name: string;
  /**
   * Makes the meeting, or finds the one an earlier call made and puts it right: at the wish's time, with a link.
   * @throws MeetingError
   */
  create(wish: MeetingWish): Promise<Meeting>;
  /** Takes the meeting off the calendar. A meeting that is already gone is no error. @throws MeetingError */
  cancel(made: MadeMeeting): Promise<void>;
  /** Tries the set-up without leaving anything behind. @throws MeetingError with the remedy */
  check(): Promise<void>;
}

/** Calendars of people that can be asked when their owners are busy. */
export interface BusyCalendars {
  /**
   * When the owners of these calendars are busy, by address; of one that tells nothing, why, for the log.
   * @throws MeetingError when none can be asked
   */
  busy(addresses: readonly string[], within: Span): Promise<ReadonlyMap<string, readonly Span[] | string>>;
  /** Tries the set-up. @throws MeetingError with the remedy */
  check(): Promise<void>;
}

/** Addresses of the bot's own pages, each for one person. */
export interface WebLinks {
  /** A page that says how a session stands, and the way into its call. */
  join(sessionId: string, memberId: string): string;
  /** A session as a file for a calendar. */
  calendarFile(sessionId: string, memberId: string): string;
  /** A new address for somebody's calendar feed. @param deed the same makes the same */
  newFeed(deed: string): NewFeed;
}

/** The address of a calendar feed, which is told once. */
export interface NewFeed {
  /** For calendar programs. */
  url: string;
  /** A page that opens it in one. */
  page: string;
  /** What is kept: it finds the feed, and does not give the address away. */
  kept: string;
}

/** Who can make the links of a community. */
export interface MeetingChoices {
  /** Makes links unless a community chooses another; null when mentors give theirs. */
  readonly preset: string | null;
  /** Of those that are set up. */
  readonly names: readonly string[];
}

/** The meeting providers that are set up. */
export interface MeetingProviders extends MeetingChoices {
  /** @returns undefined for one that is not set up (any more) */
  named(name: string): MeetingProvider | undefined;
}

/**
 * What went wrong with a meeting provider.
 * `later`: try again (after `retryAfterMs` when the provider said so). `setup`: somebody must mend the set-up;
 * `message` is for them and says how.
 */
export class MeetingError extends Error {
  override name = 'MeetingError';
  readonly kind: 'later' | 'setup';
  readonly retryAfterMs: number | undefined;

  constructor(
    kind: 'later' | 'setup',
    message: string,
    options?: { retryAfterMs?: number; cause?: unknown },
  ) {
    super(message, { cause: options?.cause });
    this.kind = kind;
    this.retryAfterMs = options?.retryAfterMs;
  }
}

/** One page of a long list. `page` counts from 1; `pages` is at least 1. */
export interface Page<T> {
  items: T[];
  page: number;
  pages: number;
  total: number;
}

/** Which requests to list; the fields narrow it together. */
export interface RequestQuery {
  studentId?: string;
  /** All but those of this student. */
  exceptStudentId?: string;
  /** Those of which this member is the student or the mentor. */
  partyId?: string;
  mentorId?: string;
  statuses?: readonly RequestStatus[];
  withSession?: boolean;
  /** With the order `urgent`: those about one of these come first; in lower case. */
  topics?: readonly string[];
  /**
   * `newest`: last opened first. `urgent`: high urgency first, then the oldest. `claimed`: held longest first. `latest`:
   * the session that starts last first; `soonest`: the other way round.
   */
  order: 'newest' | 'urgent' | 'claimed' | 'latest' | 'soonest';
  page: number;
  pageSize: number;
}

/**
 * Requests as one actor may see and change them (row level security holds whatever is asked). Every call is one
 * transaction in the actor's name; a change commits the new state, its audit entry and its notices together.
 */
export interface RequestStore {
  /**
   * Opens a request. The same id again (a form delivered twice) changes nothing and returns what the first call made.
   * @returns the request as stored
   */
  createRequest(decided: Change): Promise<Request>;
  /**
   * Loads the request under a lock, decides, commits. `decide` may throw a UserError (nothing changes) or return null
   * (nothing to do).
   * @returns the request after the change
   * @throws UserError request_not_found; or the refusal of {@link refuseClaimOf} when the request left the actor's
   *   sight because another mentor holds it
   */
  changeRequest(id: string, decide: (request: Request) => Change | null): Promise<Request>;
  /** @throws UserError request_not_found */
  getRequest(id: string): Promise<Request>;
  listRequests(query: RequestQuery): Promise<Page<Request>>;
  /** Tags of the community's requests since then and topics of its mentors, the most used first, in lower case. */
  tagsInUse(since: Instant): Promise<string[]>;
  /**
   * Minutes from asking to the claim, of the community's requests that were opened from `since` until `until`; null
   * where nobody claimed. What was taken back before a claim is left out.
   */
  claimWaits(since: Instant, until: Instant): Promise<(number | null)[]>;
}

/** What members say about themselves. Every call is one transaction in the actor's name. */
export interface ProfileStore {
  /** What the actor knows well, in place of what they said before; in lower case. */
  setTopics(topics: string[]): Promise<void>;
  getTopics(): Promise<string[]>;
  /** @param zone an IANA time zone */
  setTimeZone(zone: string): Promise<void>;
  getPreferences(): Promise<Preferences>;
  /**
   * Loads what the actor prefers under a lock, decides, keeps. `decide` may throw a UserError; then nothing changes.
   * Reminders of the actor's sessions to come are planned anew when they prefer others, and what waited for the end of
   * their quiet hours is looked at again when these change.
   * @returns what holds now
   */
  changePreferences(decide: (before: Preferences) => Preferences, now: Instant): Promise<Preferences>;
}

/** What is set for the actor's community. Every call is one transaction in the actor's name. */
export interface CommunityStore {
  /**
   * Loads the settings under a lock, decides, and keeps what changed, with its entry in the audit log. `decide` may
   * throw a UserError; then nothing changes.
   * @returns what is set now
   * @throws UserError coordinators_only
   */
  changeSettings(decide: (before: CommunitySettings) => CommunitySettings): Promise<CommunitySettings>;
}

/** What coordinators see and do, for the actor's community. Every call is one transaction. */
export interface CoordinationStore {
  attention(settings: CommunitySettings, now: Instant): Promise<Attention>;
  /** Mentors who are not on a pause, those first who know what it is about; never the student. */
  candidates(request: Request, now: Instant): Promise<Candidate[]>;
  /** @returns null when there is no such mentor */
  mentor(memberId: string): Promise<Person | null>;
  /** As {@link RequestStore.changeRequest}, for any request; the actor stands in the audit log. */
  changeRequest(id: string, decide: (request: Request) => Change | null): Promise<Request>;
  /** Has a notice delivered once more that was given up; nothing happens to any other. */
  tryAgain(noticeId: string, now: Instant): Promise<void>;
  /** The same for everything that a provider could not do for sessions to come because of the set-up. */
  tryMeetingsAgain(now: Instant): Promise<void>;
  numbers(since: Instant, now: Instant): Promise<Numbers>;
}

/** The Home of the account with which somebody acts, on a platform that has one. */
export interface HomeStore {
  /**
   * Remembers that it is looked at, and has it shown: at once, and from then on whenever something on it changes.
   * @param pages of its long lists, beside those that it shows already
   */
  show(pages: Readonly<Record<string, number>>, now: Instant): Promise<void>;
}

/** Where in a space the bot speaks; ids of the platform, the second may be empty. */
export interface SpaceChannels {
  mentorsChannel: string;
  coordinatorsChannel: string;
}

/** The space in which the actor acts. */
export interface SpaceStore {
  /**
   * Chooses the channels. For each open request, `follow` says what is told there now. @param first: no mentors saw
   * requests there before
   * @throws UserError channels_in_settings when it is not for its people to choose them
   */
  setChannels(channels: SpaceChannels, follow: (request: Request, first: boolean) => Notice[]): Promise<void>;
  /** What holds here; null where people choose nothing, or by {@link setChannels}. */
  settings(): Promise<ChosenSpace | null>;
  /**
   * Chooses some of what the operator does not hold; the rest stays. `follow` as for {@link setChannels}, when the
   * mentors' channel is another now.
   * @returns what holds now
   * @throws UserError channels_in_settings when it is not for its people to choose them
   */
  choose(
    settings: Partial<SpaceSettings>,
    follow: (request: Request, first: boolean) => Notice[],
  ): Promise<ChosenSpace>;
}

/** A mentor of the community, as far as the bot has met them. */
export interface Mentor {
  person: Person;
  topics: string[];
}

/** Who else is there. Every call is one transaction in the actor's name. */
export interface PeopleStore {
  /** The mentors of the actor's community, by name. */
  mentors(): Promise<Mentor[]>;
}

/** When mentors have time. Every call is one transaction in the actor's name. */
export interface AvailabilityStore {
  /** What the actor set; null while they set nothing. */
  getAvailability(): Promise<Availability | null>;
  /**
   * Loads what the actor set under a lock, decides, keeps. `decide` may throw a UserError; then nothing changes.
   * @returns what is set now
   */
  changeAvailability(decide: (before: Availability | null) => Availability): Promise<Availability>;
  /** When the two of a request that the actor is a party of have other sessions, from `since` on; none for others. */
  bookingsBeside(request: Request, since: Instant): Promise<Bookings>;
}

/** What the clock asks: ids of requests for which something became due at `now`, at most `limit`, the oldest first. */
export interface Sweeps {
  toExpire(now: Instant, limit: number): Promise<string[]>;
  toFree(now: Instant, limit: number): Promise<string[]>;
  toGiveBack(now: Instant, limit: number): Promise<string[]>;
  toEnd(now: Instant, limit: number): Promise<string[]>;
  toClose(now: Instant, limit: number): Promise<string[]>;
}

/** One thing that the settings name, such as a channel, and whether it can be used. */
export interface SetUpCheck {
  what: string;
  ok: boolean;
  /** When it cannot: what is wrong and how to mend it. */
  remedy?: string;
}

/** What became of a card for a channel. `closed`: the bot may not write there. `busy`: not just now. */
export type PanelPut = 'put' | 'closed' | 'busy';
