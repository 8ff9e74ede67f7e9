import { afterEach, beforeEach, expect, test } from 'vitest';
import { after } from '../../src/core/time.ts';
import { createLog } from '../../src/log.ts';
import { openMeetingProviders } from '../../src/meetings/index.ts';
import type { Address, Platform } from '../../src/platforms/platform.ts';
import { createMovableClock } from '../../src/sandbox/movable-clock.ts';
import { createCourier } from '../../src/worker/courier.ts';
import { makeWorld, noon, opened, type World } from '../store/world.ts';

let world: World;
beforeEach(async () => {
  world = await makeWorld();
});
afterEach(() => world.close());

test('as many deliveries as there may be hang on one platform: what is for the other goes out', async () => {
  const arrived: string[] = [];
  let hanging = 0;
  let letGo = () => {};
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const platform = (name: string, hangs: boolean): Platform => ({
    name,
    start: async () => {},
    stop: async () => {},
    health: () => 'up',
    waitsFor: () => null,
    look: async () => null,
    post: async (address: Address, { title }) => {
      if (hangs) {
        hanging += 1;
        await gate;
      }
      arrived.push(`${name} ${title}`);
      return { platform: name, spaceId: address.spaceId, channelId: 'C', messageId: `${arrived.length}` };
    },
    update: async () => {},
    rooms: null,
  });
  // Each has a card in both channels; those on Slack are due first.
  await Promise.all(Array.from({ length: 20 }, (_, i) => opened(world, { title: `${i}` })));
  const clock = createMovableClock(after(noon, -Date.now()).getTime());
  const courier = createCourier({
    store: world.store,
    platforms: [platform('slack', true), platform('discord', false)],
    meetings: openMeetingProviders({ provider: 'manual' }, []),
    language: 'en',
    clock,
    log: createLog('silent'),
  });
  const delivering = courier.deliverDue();
  await expect.poll(() => arrived.length, { timeout: 20_000 }).toBe(20);
  expect(arrived.every((one) => one.startsWith('discord '))).toBe(true);
  expect(hanging).toBe(16);
  letGo();
  await delivering;
  expect(arrived).toHaveLength(40);
  await courier.stop(0);
});
