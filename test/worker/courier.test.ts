import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { claim } from '../../src/core/request.ts';
import { DAY, after as later, MINUTE } from '../../src/core/time.ts';
import { createLog } from '../../src/log.ts';
import { openMeetingProviders } from '../../src/meetings/index.ts';
import {
  type Address,
  type Platform,
  RateLimited,
  TryLater,
  Undeliverable,
} from '../../src/platforms/platform.ts';
import { createMovableClock, type MovableClock } from '../../src/sandbox/movable-clock.ts';
import type { Store } from '../../src/store/store.ts';
import { MAX_TRIES } from '../../src/worker/backoff.ts';
import { createCourier } from '../../src/worker/courier.ts';
import { makeWorld, noon, opened, scheduled, type World } from '../store/world.ts';
import { rowsOf, runOn } from '../support/database.ts';

let world: World;
let clock: MovableClock;
/** What arrived, as "channel title". */
let arrived: string[];
/** What the platforms throw next instead of doing what they are told. */
let troubles: Error[];
beforeEach(async () => {
  world = await makeWorld();
  clock = createMovableClock(later(noon, -Date.now()).getTime());
  arrived = [];
  troubles = [];
});
afterEach(() => world.close());

const placeOf = (address: Address): string => (address.to === 'channel' ? address.channelId : address.userId);
const platform = (name: string): Platform => {
  const act = (what: string) => {
    const trouble = troubles.shift();
    if (trouble) throw trouble;
    arrived.push(what);
  };
  return {
    name,
    start: async () => {},
    stop: async () => {},
    health: () => 'up',
    waitsFor: () => null,
    look: async () => null,
    post: async (address, { title }) => {
      act(`${placeOf(address)} ${title}`);
      return {
        platform: name,
        spaceId: address.spaceId,
        channelId: placeOf(address),
        messageId: `${arrived.length}`,
      };
    },
    rooms: null,
    update: async (post, { title }) => act(`${post.channelId} again ${title}`),
  };
};
const courier = (store: Store = world.store) =>
  createCourier({
    store,
    platforms: [platform('slack'), platform('discord')],
    meetings: openMeetingProviders({ provider: 'manual' }, []),
    language: 'en',
    clock,
    log: createLog('silent'),
  });
const states = () =>
  rowsOf<{ kind: string; state: string; attempts: number }>(
    world.url,
    `SELECT kind, state::text, attempts FROM notices
      WHERE (due_at <= $1 OR attempts > 0) AND kind <> 'mentors_sought' ORDER BY kind`,
    [clock.now()],
  );
const onlySlack = () => runOn(world.url, `UPDATE spaces SET mentors_channel = '' WHERE platform = 'discord'`);

describe('how long it tries', () => {
  beforeEach(async () => {
    await onlySlack();
    await opened(world, { title: 'Patience' });
  });

  test('as long as a platform names a time to come back, it is no failure', async () => {
    const { deliverDue } = courier();
    troubles = Array.from({ length: MAX_TRIES + 5 }, (_, i) =>
      i % 2 ? new RateLimited('slow down', 1_000) : new TryLater('our token is refused', 1_000),
    );
    for (let tries = 0; tries < MAX_TRIES + 5; tries += 1) {
      await deliverDue();
      clock.moveTo(later(clock.now(), 1_001));
    }
    troubles = [new TryLater('an outage')];
    await deliverDue();
    clock.moveTo(later(clock.now(), MINUTE));
    await deliverDue();
    expect(arrived).toEqual(['C1 Patience']);
  });

  test('a time to come back that is now already is no reason to ask without a pause', async () => {
    troubles = [new RateLimited('slow down', 0)];
    await courier().deliverDue();
    expect(arrived).toEqual([]);
    clock.moveTo(later(clock.now(), 1_001));
    await courier().deliverDue();
    expect(arrived).toEqual(['C1 Patience']);
  });

  test('an outage is waited out for some hours, then it is given up in sight of an operator', async () => {
    const { deliverDue } = courier();
    troubles = Array.from({ length: 2 * MAX_TRIES }, () => new TryLater('an outage'));
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      await deliverDue();
      clock.moveTo(later(clock.now(), 15 * MINUTE));
    }
    await deliverDue();
    expect(arrived).toEqual([]);
    expect(await states()).toEqual([{ kind: 'request_card', state: 'DEAD', attempts: MAX_TRIES }]);
  });
});

test('a card that nobody can reach any more where it stands is put where the channel is now', async () => {
  await onlySlack();
  const { id } = await opened(world, { title: 'Moved' });
  const { deliverDue } = courier();
  await deliverDue();
  await runOn(world.url, `UPDATE spaces SET mentors_channel = 'C2' WHERE platform = 'slack'`);
  await world.store
    .requestsAs(world.mentor, 'claimRequest')
    .changeRequest(id, (request) => claim(request, world.mentor, clock.now()));
  await runOn(world.url, `DELETE FROM notices WHERE recipient = 'member'`);
  troubles = [new Undeliverable('is_archived')];
  await deliverDue();
  expect(arrived).toEqual(['C1 Moved', 'C2 Moved']);
});

test('that a message does not arrive is told to the other side, also when that fails at first', async () => {
  await onlySlack();
  const { id } = await opened(world, { title: 'Closed' });
  await world.store
    .requestsAs(world.mentor, 'claimRequest')
    .changeRequest(id, (request) => claim(request, world.mentor, clock.now()));
  await runOn(world.url, `DELETE FROM notices WHERE kind <> 'request_claimed'`);
  let breaks = 1;
  const shaky: Store = {
    ...world.store,
    requestsAsWorker: (action) => {
      breaks -= 1;
      if (breaks >= 0) throw new Error('the database went away');
      return world.store.requestsAsWorker(action);
    },
  };
  const { deliverDue } = courier(shaky);
  troubles = [new Undeliverable('closed')];
  await deliverDue();
  await runOn(world.url, 'UPDATE notices SET leased_until = clock_timestamp()');
  troubles = [new Undeliverable('closed')];
  await deliverDue();
  await deliverDue();
  expect(arrived).toEqual(['U-Mia My messages do not reach the other side']);
});

test('a link that nobody makes any more is asked of the mentor', async () => {
  await scheduled(world, { startsAt: later(noon, DAY) });
  await runOn(world.url, `DELETE FROM notices WHERE kind <> 'meeting_wanted'`);
  const { deliverDue } = courier();
  await deliverDue();
  await deliverDue();
  expect(arrived).toContain('U-Mia Your session needs a link');
  const [session] = await rowsOf(world.url, 'SELECT meeting_state::text FROM mini_mentorship_sessions');
  expect(session).toEqual({ meeting_state: 'FAILED' });
});

test('once stopped, nothing is delivered any more, not even what was being taken from the outbox', async () => {
  await opened(world, { title: 'Too late' });
  let goOn = () => {};
  const gate = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const { lease } = world.store.outbox;
  const slow: Store = {
    ...world.store,
    outbox: {
      ...world.store.outbox,
      lease: async (...asked) => {
        await gate;
        return lease(...asked);
      },
    },
  };
  const { deliverDue, stop } = courier(slow);
  const delivered = deliverDue();
  const stopped = stop(DAY);
  goOn();
  await stopped;
  const before = [...arrived];
  await delivered;
  expect(arrived).toEqual(before);
  const left = (await states()).filter(({ state }) => state === 'PENDING');
  expect(left).toHaveLength(2 - arrived.length);
});
