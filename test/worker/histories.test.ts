import { createHash, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CommunitySettings, usualSettings } from '../../src/core/community.ts';
import type { Actor } from '../../src/core/people.ts';
import type { ReminderId } from '../../src/core/reminders.ts';
import type { Request } from '../../src/core/request.ts';
import type { Instant } from '../../src/core/time.ts';
import type { Context } from '../../src/core/use-case.ts';
import { runSweep, sweeps } from '../../src/core/use-cases/sweep.ts';
import { createLog } from '../../src/log.ts';
import { openMeetingProviders } from '../../src/meetings/index.ts';
import type { SpokenCard } from '../../src/messages/card.ts';
import type { Platform } from '../../src/platforms/platform.ts';
import { openStore } from '../../src/store/index.ts';
import type { Post, Store } from '../../src/store/store.ts';
import { createMetrics } from '../../src/web/metrics.ts';
import { createCourier } from '../../src/worker/courier.ts';
import { onlyGoogle } from '../core/samples.ts';
import { noon } from '../store/world.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { type Cast, histories, play, type Stage, sweptAt } from '../support/histories.ts';
import { line, reminderLine } from '../support/ledger.ts';

// The histories of test/core/histories.test.ts, on a real database and with the real courier, which is killed at times.

let database: TestDatabase;
let store: Store;
let sql: pg.Client;
let cast: Cast;
const metrics = createMetrics();
beforeAll(async () => {
  database = await freshDatabase();
  store = await openStore(database.url);
  sql = new pg.Client({ connectionString: database.url });
  await sql.connect();
  const where = { platform: 'slack', spaceId: 'T1' };
  const nowhere = { mentorsChannel: '', coordinatorsChannel: '', sessionsChannel: '' };
  await store.directory.ensureSpace({ ...where, name: 'North', ...nowhere }, 'north');
  const visit = async (name: string, isMentor: boolean, isCoordinator = false): Promise<Actor> => {
    const who = { userId: `U-${name}`, name, timeZone: null, language: null, isMentor, isCoordinator };
    const actor = await store.directory.visit({ ...where, ...who }, noon);
    if (!actor) throw new Error('Nobody knows the space.');
    return actor;
  };
  cast = {
    students: [await visit('Ada', false), await visit('Tim', false)],
    mentors: [await visit('Grace', true), await visit('Linus', true), await visit('Eve', true)],
    coordinator: await visit('Carol', false, true),
  };
});
afterAll(async () => {
  await sql.end();
  await store.close();
  await database.drop();
});

/** As if there had been no history before. */
const forget = () =>
  sql.query(`SET session_replication_role = replica; -- else the audit log refuses
    TRUNCATE mini_mentorship_requests, notices, posts, member_preferences CASCADE;
    UPDATE members SET reminders = NULL; UPDATE communities SET settings = '{}'`);

/** What becomes of the couriers in one tick. */
type Fate = 'lives' | 'dies before it speaks' | 'dies after it spoke' | 'has a twin';
const fates = fc.infiniteStream(
  fc.constantFrom<Fate>('lives', 'lives', 'dies before it speaks', 'dies after it spoke', 'has a twin'),
);

interface Told {
  delivery: string;
  card: SpokenCard;
}

async function realStage(fate: () => Fate): Promise<Stage> {
  await forget();
  let now = noon;
  let settings: CommunitySettings = usualSettings;
  const chosen = new Map<string, ReminderId[] | null>();
  const clock = { now: () => now };

  /** By delivery: as on a platform that knows a second try from the first. */
  const posts = new Map<string, Post>();
  let heard: Told[] = [];
  let dying: Fate = 'lives';
  const platform: Platform = {
    name: 'slack',
    start: async () => {},
    stop: async () => {},
    health: () => 'up',
    waitsFor: () => null,
    look: async () => null,
    rooms: null,
    post: async (address, card, { id }) => {
      if (dying === 'dies before it speaks') throw new Error('killed');
      const known = posts.get(id);
      if (known) return known;
      const post = { platform: 'slack', spaceId: 'T1', channelId: address.to, messageId: `${posts.size}` };
      posts.set(id, post);
      heard.push({ delivery: id, card });
      return post;
    },
    update: async () => {},
  };
  const mortal: Store = {
    ...store,
    outbox: {
      ...store.outbox,
      finish: async (...given) => {
        if (dying.startsWith('dies')) throw new Error('killed');
        await store.outbox.finish(...given);
      },
    },
  };
  const born = () =>
    createCourier({
      store: mortal,
      platforms: [platform],
      meetings: openMeetingProviders({ provider: 'manual' }, []),
      language: 'en',
      clock,
      log: createLog('silent'),
      quietHours: false,
      metrics,
    });

  async function deliver(): Promise<void> {
    dying = fate();
    const couriers = dying === 'has a twin' ? [born(), born()] : [born()];
    await Promise.all(couriers.map((courier) => courier.deliverDue()));
    await Promise.all(couriers.map((courier) => courier.stop(0)));
    if (!dying.startsWith('dies')) return;
    dying = 'lives';
    await sql.query('UPDATE notices SET leased_until = clock_timestamp() WHERE leased_until IS NOT NULL');
    const next = born();
    await next.deliverDue();
    await next.stop(0);
  }

  const contextOf = (actor: Actor): Context => ({
    store: store.requestsAs(actor, 'x'),
    profile: {
      ...store.profileAs(actor),
      changePreferences: async (...given) => {
        const preferences = await store.profileAs(actor).changePreferences(...given);
        chosen.set(actor.memberId, preferences.reminders);
        return preferences;
      },
    },
    availability: store.availabilityAs(actor),
    community: {
      changeSettings: async (decide) => {
        settings = await store.communityAs(actor, 'x').changeSettings(decide);
        return settings;
      },
    },
    coordination: store.coordinationAs(actor, 'x'),
    home: { show: async () => {} },
    people: store.peopleAs(actor),
    space: store.spaceAs(actor, { platform: 'slack', spaceId: 'T1' }, 'x'),
    actor,
    settings,
    clock,
    newId: randomUUID(),
    zoneFromPlatform: false,
    links: null,
    linkMaker: null,
    meetings: onlyGoogle,
    calendarsOf: async () => new Map(),
    lookAtSetUp: async () => ({ checks: [], added: false }),
    putPanel: async () => 'put',
  });

  /** Until something is done again. */
  let seen: Request[] | null = null;
  async function requests(): Promise<Request[]> {
    const all = { order: 'newest', page: 1, pageSize: 100 } as const;
    seen ??= (await store.requestsAsWorker('x').listRequests(all)).items.reverse();
    return seen;
  }

  async function sweep(): Promise<void> {
    for (const one of sweeps) {
      await runSweep(one, store.sweeps, store.requestsAsWorker(one.name), now, (_, error) => {
        throw error;
      });
    }
    seen = null;
  }

  async function linesOf(told: readonly Told[]): Promise<string[]> {
    if (told.length === 0) return [];
    const { rows } = await sql.query<{
      id: string;
      kind: string;
      member_id: string;
      reminder: string | null;
    }>(
      `SELECT id, kind, member_id, detail ->> 'reminder' AS reminder FROM notices WHERE recipient = 'member'`,
    );
    const known = new Map(rows.map((row) => [deliveryOf(row.id), row]));
    return told.flatMap(({ delivery, card }) => {
      const { kind, member_id, reminder } = known.get(delivery) ?? {
        kind: 'unknown',
        member_id: '',
        reminder: '',
      };
      if (kind === 'session_reminder') return [reminderLine(member_id, reminder ?? '', startIn(card))];
      const counted = ['session_moved', 'request_claimed', 'request_expired', 'unknown'];
      return counted.includes(kind) ? [line(kind, member_id)] : [];
    });
  }

  return {
    cast,
    as: (actor) => {
      seen = null;
      return contextOf(actor);
    },
    now: () => now,
    moveTo: (at) => {
      now = at;
    },
    requests,
    chosen: (memberId) => chosen.get(memberId) ?? null,
    usual: () => settings.reminders,
    nextDelivery: async () => {
      const { rows } = await sql.query<{ next: Instant | null }>(
        `SELECT min(due_at) AS next FROM notices WHERE state = 'PENDING'`,
      );
      return rows[0]?.next ?? null;
    },
    tick: async () => {
      if ((await requests()).flatMap(sweptAt).some((at) => at <= now)) await sweep();
      heard = [];
      await deliver();
      return linesOf(heard);
    },
  };
}

/** By what the courier names the first delivery of a notice. */
const deliveryOf = (noticeId: string): string =>
  createHash('sha256').update(`${noticeId} `).digest('base64url').slice(0, 25);

/** The start that a reminder names: the one time in it that is told from now. */
function startIn(card: SpokenCard): Instant {
  const [, at] = /"at":"([^"]+)","style":"relative"/.exec(JSON.stringify(card)) ?? [];
  if (!at) throw new Error(`No start in ${JSON.stringify(card)}`);
  return new Date(at);
}

test('as many random histories as fit into 20 s, with couriers that die: nobody is double booked, told twice, too early or never', async () => {
  let played = 0;
  // Time that is up stops the counting, not the history that is being played.
  let playing: Promise<void> = Promise.resolve();
  await fc.assert(
    fc.asyncProperty(histories(10), fates, (history, fate) => {
      playing = realStage(() => fate.next().value).then((stage) => play(stage, history, new Map()));
      return playing.then(() => {
        played += 1;
      });
    }),
    { interruptAfterTimeLimit: 20_000, numRuns: 10_000 },
  );
  await playing;
  expect(played).toBeGreaterThan(0);
}, 120_000);
