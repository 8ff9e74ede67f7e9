import { expect, test } from 'vitest';
import { type Context, runUseCase } from '../../src/core/use-case.ts';
import { setChannels } from '../../src/core/use-cases/set-channels.ts';
import {
  memoryAvailability,
  memoryCommunity,
  memoryPeople,
  memoryProfile,
  memorySpace,
  memoryStore,
} from './memory-store.ts';
import { now, onlyGoogle, open as openRequest, roles } from './samples.ts';

const open = openRequest();
const as = (isCoordinator: boolean) => {
  const space = memorySpace(open);
  const context: Context = {
    store: memoryStore(),
    availability: memoryAvailability(),
    profile: memoryProfile(),
    ...memoryCommunity(),
    home: { show: async () => {} },
    people: memoryPeople(),
    space,
    zoneFromPlatform: true,
    actor: { ...roles['somebody else'], isCoordinator },
    clock: { now: () => now },
    newId: 'x',
    links: null,
    linkMaker: 'google-meet',
    meetings: onlyGoogle,
    calendarsOf: async () => new Map(),
    lookAtSetUp: async () => ({ checks: [], added: false }),
    putPanel: async () => 'put',
  };
  return { space, run: (input: object) => runUseCase(setChannels, context, input) };
};

test('a coordinator chooses; what nobody saw yet begins to wait, and what was seen only moves', async () => {
  const { space, run } = as(true);
  expect(await run({ mentorsChannel: ' C1 ' })).toEqual({ mentorsChannel: 'C1', coordinatorsChannel: '' });
  expect(space.told.map(({ kind }) => kind)).toEqual([
    'request_card',
    'mentors_sought',
    'still_waiting',
    'needs_coordinator',
    'still_wanted',
  ]);
  space.told.length = 0;
  await run({ mentorsChannel: 'C2', coordinatorsChannel: 'C3' });
  expect(space.told.map(({ kind }) => kind)).toEqual(['request_card']);
  expect(space.chosen).toEqual([
    { mentorsChannel: 'C1', coordinatorsChannel: '' },
    { mentorsChannel: 'C2', coordinatorsChannel: 'C3' },
  ]);
});

test('nobody else chooses, and no channel is none', async () => {
  const { space, run } = as(false);
  await expect(run({ mentorsChannel: 'C1' })).rejects.toMatchObject({ code: 'coordinators_only' });
  await expect(as(true).run({ mentorsChannel: ' ' })).rejects.toMatchObject({ code: 'invalid_input' });
  expect(space.chosen).toEqual([]);
});
