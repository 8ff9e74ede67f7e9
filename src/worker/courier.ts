import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { languageIn } from '../core/community.ts';
import { ENDED } from '../core/handing-over-notices.ts';
import { isInSight } from '../core/in-sight.ts';
import type { Language } from '../core/language.ts';
import { cannotReach } from '../core/notices.ts';
import type { Clock, MeetingProviders, WebLinks } from '../core/ports.ts';
import { waitsUntil } from '../core/quiet-hours.ts';
import { reminders } from '../core/reminders.ts';
import { openRequest, plannedSession, type Request, told } from '../core/request.ts';
import { after, type Instant, SECOND } from '../core/time.ts';
import { inTurn } from '../in-turn.ts';
import type { Log } from '../log.ts';
import type { SpokenCard } from '../messages/card.ts';
import { inLanguage } from '../messages/in-language.ts';
import { cardFor, isWorded } from '../messages/index.ts';
import { withAllSteps, withoutButtons } from '../messages/newest.ts';
import {
  type Address,
  localeOf,
  type Platform,
  PostGone,
  RateLimited,
  SpaceGone,
  TryLater,
  Undeliverable,
} from '../platforms/platform.ts';
import type { Delivered, Free, LeasedNotice, Post, Store } from '../store/store.ts';
import { createMetrics, type Metrics } from '../web/metrics.ts';
import { askMentors } from './ask-mentors.ts';
import { backoff, MAX_TRIES } from './backoff.ts';
import { keepCard, keptCard } from './keep-card.ts';
import { tellProvider } from './meetings.ts';
import { tellRoom } from './rooms.ts';
import { showHome } from './show-home.ts';

/** How many deliveries are under way at once on each platform: those that hang on one hold up no other. */
const AT_ONCE = 16;
/** And of everything else: the meeting provider, and looking for mentors. */
const REST_AT_ONCE = 8;
/**
 * A courier that died holds its notices this long, so it is short; one that lives renews what it has under way. Should
 * it fail to, the platforms still tell a second delivery from the first by its id.
 */
const LEASE = 5 * SECOND;
const RENEW = 1.5 * SECOND;

export interface Courier {
  /** Delivers everything that is due; resolves when nothing is under way and nothing more is due. Never rejects. */
  deliverDue(): Promise<void>;
  /** Takes no more, and waits for what is under way, at most `drainMs`. What is left is tried again later. */
  stop(drainMs: number): Promise<void>;
}

/** Brings notices from the outbox to where they belong. */
export function createCourier(parts: {
  store: Store;
  platforms: readonly Platform[];
  meetings: MeetingProviders;
  /** In which communities are spoken to that chose none. */
  language: Language;
  clock: Clock;
  log: Log;
  /** Where the bot has pages of its own. */
  links?: WebLinks | null;
  /** Whether people's quiet hours are kept; on when left out. */
  quietHours?: boolean;
  /** Hears when a channel of the settings refuses a card. */
  channelRefused?: () => void;
  metrics?: Pick<Metrics, 'delivery' | 'reminder' | 'rateLimited' | 'failed'>;
}): Courier {
  const { store, platforms, meetings, language, clock, log, links = null, quietHours = true } = parts;
  const { metrics = createMetrics() } = parts;
  const platformOf = (name: string) => platforms.find((platform) => platform.name === name);
  const lanes: Free = {
    ...Object.fromEntries(platforms.map(({ name }) => [name, AT_ONCE])),
    rest: REST_AT_ONCE,
  };
  const underWay = new Map<string, { lane: string; done: Promise<void> }>();
  const courierId = randomUUID();
  let stopped = false;
  let running: Promise<void> | null = null;
  /** Somebody asked since the outbox was last looked into; `look` interrupts waiting for what is under way. */
  let asked = false;
  let look: () => void = () => {};

  function deliverDue(): Promise<void> {
    asked = true;
    look();
    running ??= deliverAll();
    return running;
  }

  /**
   * Lanes in which something may wait. To find nothing, the outbox looks through all that is due on the others; so a
   * lane that had less than there was room for is left alone until somebody asks, or all else is done.
   */
  const unspent = new Set<string>();
  let delivered = false;

  async function deliverAll(): Promise<void> {
    for (;;) {
      if (asked) for (const lane of Object.keys(lanes)) unspent.add(lane);
      asked = false;
      const called = new Promise<void>((resolve) => {
        look = resolve;
      });
      const free = freeNow();
      const leased = stopped || !anyOf(free) ? [] : await lease(free);
      for (const [lane, room] of Object.entries(free)) {
        if (leased.filter((notice) => notice.lane === lane).length < room) unspent.delete(lane);
      }
      // One whose lease ran out while it is still under way here is under way already.
      for (const notice of leased.filter(({ id }) => !underWay.has(id))) {
        const done = inOrder(notice).finally(() => {
          underWay.delete(notice.id);
          delivered = true;
        });
        underWay.set(notice.id, { lane: notice.lane, done });
      }
      if (leased.length > 0 || (asked && !stopped)) continue;
      if (underWay.size === 0) {
        if (!delivered || stopped) break;
        // What was delivered may have made something else due.
        delivered = false;
        asked = true;
        continue;
      }
      await Promise.race([...[...underWay.values()].map(({ done }) => done), called]);
    }
    running = null;
  }

  /** All lanes: none is free in those that are left alone. */
  function freeNow(): Free {
    const busy = [...underWay.values()];
    return Object.fromEntries(
      Object.entries(lanes).map(([name, most]) => [
        name,
        unspent.has(name) ? most - busy.filter(({ lane }) => lane === name).length : 0,
      ]),
    );
  }

  async function lease(free: Free): Promise<LeasedNotice[]> {
    try {
      return await store.outbox.lease(clock.now(), free, LEASE);
    } catch (error) {
      metrics.failed('outbox');
      log.error({ err: error }, 'The outbox cannot be read; the next tick tries again');
      return [];
    }
  }

  const renewing = setInterval(() => {
    if (underWay.size === 0) return;
    store.outbox
      .renew([...underWay.keys()], LEASE)
      .catch((error: unknown) =>
        log.warn({ err: error }, 'Leases could not be renewed; the next try follows'),
      );
  }, RENEW);
  renewing.unref();

  /** What one member is told about one request goes one after the other: the second knows the thread of the first. */
  const inOrder = (notice: LeasedNotice): Promise<void> =>
    notice.recipient.to === 'member'
      ? inTurn(`${courierId} ${notice.recipient.memberId} ${notice.requestId}`, () => handle(notice))
      : handle(notice);

  async function handle(notice: LeasedNotice): Promise<void> {
    const outcome = await deliver(notice).catch((error: unknown) => later(notice, error));
    const { key, kind, attempts, requestId, deed } = notice;
    const facts = { notice: key, kind, attempts, ...(requestId && { requestId }), ...(deed && { deed }) };
    if (!isStripped(notice)) metrics.delivery(kind, outcome.how);
    if (outcome.how === 'dead' || outcome.how === 'broken')
      log.error({ ...facts, why: outcome.why }, 'A notice was given up');
    else if (outcome.how === 'later')
      log.warn({ ...facts, why: outcome.why, at: outcome.at }, 'A notice waits');
    else if (outcome.how === 'quiet')
      log.info({ ...facts, at: outcome.until }, 'A notice waits for the end of quiet hours');
    else log.info({ ...facts, how: outcome.how }, 'A notice is done');
    try {
      // First, because whoever is finished with is not looked at again; telling it twice tells it once.
      if (outcome.how === 'unreachable') await tellCounterpart(notice);
      await store.outbox.finish(notice, outcome, clock.now());
    } catch (error) {
      metrics.failed('outbox');
      log.error({ ...facts, err: error }, 'The outcome of a delivery cannot be kept; it is tried again');
    }
  }

  /** Faults are tried again with patience, and given up in sight of an operator. */
  function later(notice: LeasedNotice, error: unknown): Delivered {
    const why = error instanceof Error ? error.message : String(error);
    if (!(error instanceof TryLater || error instanceof Undeliverable)) {
      metrics.failed('delivery');
      log.error({ err: error, notice: notice.key }, 'A delivery failed unexpectedly');
    }
    const asked = error instanceof TryLater ? error.retryAfterMs : undefined;
    // Whoever names a time to come back is asked again then, for as long as it takes.
    if (asked !== undefined) {
      return { how: 'later', at: after(clock.now(), Math.max(asked, SECOND)), why, counts: false };
    }
    // Buttons that stay where they should go are nobody's loss: whoever presses them hears how things are.
    if (notice.attempts >= MAX_TRIES) return { how: isStripped(notice) ? 'skipped' : 'dead', why };
    const at = after(clock.now(), backoff(notice.attempts, Math.random()));
    return { how: 'later', at, why, counts: true };
  }

  /** In which a community's channels are written to, and its people of whom nobody knows their own. */
  const spokenIn = (request: Request | null) => ({
    language: request ? languageIn(request.settings, language) : language,
  });

  async function deliver(notice: LeasedNotice): Promise<Delivered> {
    if (notice.kind === 'mentors_sought') return askMentors(notice, store, clock.now());
    if (notice.kind === 'home') return showHome(notice, store, clock.now(), language, post);
    if (notice.kind === 'room') {
      const request = await store.outbox.subject(notice);
      const platform = notice.space ? platformOf(notice.space.platform) : undefined;
      return tellRoom(
        notice,
        request,
        platform,
        deliveryOf(notice),
        localeOf(everybody, spokenIn(request)),
        clock.now(),
      );
    }
    if (!isWorded(notice)) return tellProvider(notice, meetings, store, clock.now(), log);
    if (isStripped(notice)) return takeButtons(notice);
    const request = await store.outbox.subject(notice);
    if (notice.kind === 'channel_missing' && request && (await wasChosen(notice, request))) {
      return { how: 'skipped', why: 'there is a mentors channel now' };
    }
    const worded = request && cardFor(notice, request, clock.now(), links);
    if (!worded) return { how: 'skipped', why: 'it became pointless' };
    const locale = localeOf(notice.reader ?? everybody, spokenIn(request));
    const card = notice.bare
      ? withoutButtons(inLanguage(worded, locale))
      : inLanguage(withAllSteps(worded, notice, request, clock.now()), locale);
    const updated = notice.post && (await update(notice.post, card));
    if (updated) return { how: 'sent', post: updated, ...keepCard(card) };
    if (notice.bare || notice.detail[ENDED]) return { how: 'skipped', why: 'it is gone, and needed no more' };
    const outcome =
      notice.recipient.to === 'member'
        ? await toMember(notice, notice.recipient.memberId, card, request)
        : await toChannel(notice, card);
    if (outcome.how === 'sent') measureLateness(notice, request);
    return outcome;
  }

  /** A newer message carries the buttons, so this one goes on with its words alone, as they were true when it came. */
  async function takeButtons({ post, kept }: LeasedNotice): Promise<Delivered> {
    const card = keptCard(kept);
    const bare = post && card && (await update(post, card));
    return bare ? { how: 'sent', post: bare } : { how: 'skipped', why: 'there are no buttons to take' };
  }

  /** Whether there is a mentors channel by now. It was chosen while the request was made: then both missed each other. */
  async function wasChosen(notice: LeasedNotice, { communityId }: Request): Promise<boolean> {
    if (!(await store.directory.hasMentorsChannel(communityId))) return false;
    await store
      .requestsAsWorker('channelChosen', notice.deed)
      .changeRequest(notice.requestId, (now) =>
        now.status === 'OPEN' ? told(now, openRequest(now, clock.now()).notices) : null,
      );
    return true;
  }

  /** Against the reminder's own time: a notice that was put off has a new one. */
  function measureLateness(notice: LeasedNotice, { session }: Request): void {
    const reminder = reminders.find(({ id }) => id === notice.detail.reminder);
    if (notice.kind !== 'session_reminder' || !reminder || !session) return;
    const meant = after(session.startsAt, -reminder.before);
    if (notice.heldBack) return;
    metrics.reminder(clock.now().getTime() - meant.getTime());
  }

  /** @returns null when the card is gone, or where nobody reaches it any more, and must be put anew */
  async function update(post: Post, card: SpokenCard): Promise<Post | null> {
    try {
      await at(post.platform, (platform) => platform.update(post, card));
      return post;
    } catch (error) {
      if (error instanceof PostGone || error instanceof Undeliverable) return null;
      throw error;
    }
  }

  async function at<Result>(name: string, act: (platform: Platform) => Promise<Result>): Promise<Result> {
    const platform = platformOf(name);
    if (!platform) throw new TryLater(`${name} is not configured here`);
    try {
      return await act(platform);
    } catch (error) {
      if (error instanceof RateLimited) metrics.rateLimited(name);
      throw error;
    }
  }

  const post = (platform: string, ...what: Parameters<Platform['post']>): Promise<Post> =>
    at(platform, (there) => there.post(...what));

  async function toChannel(notice: LeasedNotice, card: SpokenCard): Promise<Delivered> {
    const { space } = notice;
    if (!space) return { how: 'dead', why: 'its space is gone' };
    const channelId = notice.recipient.to === 'mentors' ? space.mentorsChannel : space.coordinatorsChannel;
    const address: Address = { to: 'channel', spaceId: space.spaceId, channelId };
    try {
      return { how: 'sent', post: await post(space.platform, address, card, deliveryOf(notice)) };
    } catch (error) {
      if (error instanceof SpaceGone) return { how: 'skipped', why: error.message };
      if (error instanceof Undeliverable) parts.channelRefused?.();
      throw error;
    }
  }

  /** Tries a member's accounts, the one last used first, unless they should not be woken. */
  async function toMember(
    notice: LeasedNotice,
    memberId: string,
    card: SpokenCard,
    request: Request,
  ): Promise<Delivered> {
    const reach = await store.directory.recipient(memberId, request.id);
    if (!reach) return { how: 'dead', why: 'this member is gone' };
    const until = quietHours ? waitsUntil(clock.now(), reach, timesOf(request)) : null;
    if (until) return { how: 'quiet', until };
    const { accounts } = reach;
    const reasons: string[] = [];
    for (const { platform, spaceId, userId } of accounts.filter((account) => platformOf(account.platform))) {
      try {
        const below = reach.newest.find((one) => one.platform === platform && one.spaceId === spaceId);
        const thread = below && { of: below.threadId ?? below.messageId, inSight: isInSight(notice.kind) };
        const address: Address = { to: 'person', spaceId, userId, ...(thread && { thread }) };
        const put = await post(platform, address, card, deliveryOf(notice));
        return { how: 'sent', post: put, ...keepCard(card) };
      } catch (error) {
        if (!(error instanceof Undeliverable)) throw error;
        reasons.push(`${platform}: ${error.message}`);
      }
    }
    if (reasons.length === 0) throw new TryLater('no platform of this member is configured here');
    return { how: 'unreachable', why: reasons.join('; ') };
  }

  async function tellCounterpart(notice: LeasedNotice): Promise<void> {
    // A "cannot reach" that itself cannot arrive would go back and forth.
    if (notice.recipient.to !== 'member' || notice.kind === 'cannot_reach') return;
    const unreached = notice.recipient.memberId;
    await store
      .requestsAsWorker('cannotReach', notice.deed)
      .changeRequest(notice.requestId, (request) =>
        told(request, cannotReach(request, unreached, clock.now())),
      );
  }

  return {
    deliverDue,
    stop: async (drainMs) => {
      stopped = true;
      const enough = new AbortController();
      await Promise.race([
        running,
        delay(drainMs, undefined, { signal: enough.signal }).catch(() => {}), // aborted: all was done in time
      ]);
      enough.abort();
      clearInterval(renewing);
      if (underWay.size > 0) log.warn({ underWay: underWay.size }, 'Stopped while deliveries were under way');
    },
  };
}

/** Delivered before, and due again for nothing but its buttons to go. */
const isStripped = ({ bare, mode }: LeasedNotice): boolean => bare && mode === 'once';

const anyOf = (free: Free): boolean => Object.values(free).some((many) => many > 0);

/** What a direct message about this request must not wait for too long. */
const timesOf = (request: Request): Instant[] =>
  [plannedSession(request)?.startsAt, request.proposal?.startsAt].filter((time) => time !== undefined);

/** Many read a channel, by many clocks. */
const everybody = { language: null, timeZone: null };

/**
 * The same for each try to put one notice somewhere, whatever its version, and at most 25 characters: what platforms
 * tell repeats by. When what was put there is gone, putting it again is another delivery.
 */
const deliveryOf = (notice: LeasedNotice) => ({
  id: createHash('sha256')
    .update(`${notice.id} ${notice.post?.messageId ?? ''}`)
    .digest('base64url')
    .slice(0, 25),
  // An earlier version may stand somewhere without our knowing, too.
  maybeSent: notice.attempts > 1 || notice.version > 1,
});
