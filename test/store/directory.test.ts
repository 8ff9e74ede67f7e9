import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { usualSettings } from '../../src/core/community.ts';
import { HOUR, after as later, MINUTE } from '../../src/core/time.ts';
import type { Visitor } from '../../src/store/store.ts';
import { rowsOf } from '../support/database.ts';
import { makeWorld, noon, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
  await world.store.directory.ensureSpace(
    {
      platform: 'slack',
      spaceId: 'T2',
      name: 'North again',
      mentorsChannel: '',
      coordinatorsChannel: '',
      sessionsChannel: '',
    },
    'north',
  );
});
afterAll(() => world.close());

const visit = (userId: string, fields: Partial<Visitor> = {}, now = noon) =>
  world.store.directory.visit(
    {
      platform: 'slack',
      spaceId: 'T1',
      userId,
      name: userId,
      timeZone: null,
      language: null,
      isMentor: null,
      isCoordinator: null,
      ...fields,
    },
    now,
  );
const accountsOf = async (memberId = '') =>
  (await world.store.directory.recipient(memberId, randomUUID()))?.accounts ?? [];

describe('visit', () => {
  test('makes a member on the first visit and knows them on the next', async () => {
    const first = await visit('A');
    expect(first).toEqual({
      memberId: expect.any(String),
      communityId: world.student.communityId,
      name: 'A',
      timeZone: null,
      language: null,
      isMentor: false,
      isCoordinator: false,
      unreachable: 0,
      settings: usualSettings,
    });
    expect(await visit('A')).toEqual(first);
    expect(await accountsOf(first?.memberId)).toEqual([{ platform: 'slack', spaceId: 'T1', userId: 'A' }]);
  });

  test('remembers what it is told, and keeps it while it is told nothing', async () => {
    await visit('B', { name: 'Bea', timeZone: 'Europe/Berlin', isMentor: true });
    expect(await visit('B', { name: 'Beate' })).toMatchObject({
      name: 'Beate',
      timeZone: 'Europe/Berlin',
      isMentor: true,
    });
    expect(await visit('B', { timeZone: 'Asia/Tokyo', isMentor: false })).toMatchObject({
      timeZone: 'Asia/Tokyo',
      isMentor: false,
    });
    expect(await visit('B')).toMatchObject({ name: 'B', timeZone: 'Asia/Tokyo', isMentor: false });
  });

  test('knows who looks after the programme, in any of their spaces, as it was told last', async () => {
    await visit('Q', { isCoordinator: true });
    expect(await visit('Q', { isMentor: true })).toMatchObject({ isMentor: true, isCoordinator: true });
    expect(await visit('Q', { spaceId: 'T2' })).toMatchObject({ isCoordinator: true });
    expect(await visit('Q', { isCoordinator: false })).toMatchObject({
      isMentor: true,
      isCoordinator: false,
    });
  });

  test('is written only when it tells something new', async () => {
    await visit('C', { isMentor: true });
    const version = () =>
      rowsOf(
        world.url,
        `SELECT a.xmin AS account, m.xmin AS member FROM accounts a JOIN members m ON m.id = member_id WHERE user_id = 'C'`,
      );
    const before = await version();
    await visit('C', { isMentor: true }, later(noon, MINUTE));
    await visit('C', {}, later(noon, MINUTE));
    expect(await version()).toEqual(before);
    // When somebody was last seen is known to some minutes.
    await visit('C', {}, later(noon, HOUR));
    const reach = await world.store.directory.recipient((await visit('C'))?.memberId ?? '', randomUUID());
    expect(reach?.lastSeenAt).toEqual(later(noon, HOUR));
    await visit('C', { isMentor: false });
    expect(await version()).not.toEqual(before);
  });

  test('the same user in another space of the community is the same member', async () => {
    const here = await visit('D', { isMentor: true });
    const there = await visit('D', { spaceId: 'T2' });
    expect(there?.memberId).toBe(here?.memberId);
    expect(there?.isMentor).toBe(true);
    // The same text is somebody else on another platform, and in another community.
    const discord = await visit('D', { platform: 'discord', spaceId: 'G1' });
    const south = await visit('D', { spaceId: 'T9' });
    expect(new Set([here, discord, south].map((actor) => actor?.memberId)).size).toBe(3);
    expect(south?.communityId).toBe(world.stranger.communityId);
  });

  test('mentorship holds while one of the accounts has it', async () => {
    await visit('E', { isMentor: true });
    expect(await visit('E', { spaceId: 'T2', isMentor: false })).toMatchObject({ isMentor: true });
    expect(await visit('E', { isMentor: false })).toMatchObject({ isMentor: false });
  });

  test('accounts come the one last used first, though the clock stands still', async () => {
    const { memberId } = (await visit('F')) ?? {};
    const places = async () => (await accountsOf(memberId)).map(({ spaceId }) => spaceId);
    await visit('F', { spaceId: 'T2' }, later(noon, MINUTE));
    expect(await places()).toEqual(['T2', 'T1']);
    await visit('F', {}, later(noon, MINUTE));
    expect(await places()).toEqual(['T1', 'T2']);
    await visit('F', { spaceId: 'T2' }, later(noon, MINUTE));
    expect(await places()).toEqual(['T2', 'T1']);
  });

  test('without a space: where the account was last seen', async () => {
    const south = await visit('G', { spaceId: 'T9' });
    const north = await visit('G', {}, later(noon, MINUTE));
    expect((await visit('G', { spaceId: null }))?.memberId).toBe(north?.memberId);
    await visit('G', { spaceId: 'T9' }, later(noon, HOUR));
    expect((await visit('G', { spaceId: null }))?.memberId).toBe(south?.memberId);
    expect(south?.memberId).not.toBe(north?.memberId);
    expect(await visit('never seen', { spaceId: null })).toBeNull();
  });

  test('a space that nobody set up belongs to no community', async () => {
    expect(await visit('H', { spaceId: 'T404' })).toBeNull();
    expect(await visit('H', { platform: 'discord', spaceId: 'T1' })).toBeNull();
  });

  test('first clicks at once, in two spaces, make one member', async () => {
    const visits = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        visit('I', { spaceId: index % 2 ? 'T1' : 'T2', isMentor: index % 3 === 0 }),
      ),
    );
    expect(new Set(visits.map((actor) => actor?.memberId)).size).toBe(1);
    expect(await accountsOf(visits[0]?.memberId)).toHaveLength(2);
  });
});

describe('ensureSpace', () => {
  const space = {
    platform: 'slack',
    spaceId: 'T5',
    name: 'Five',
    mentorsChannel: 'C5',
    coordinatorsChannel: '',
    sessionsChannel: '',
  };
  const kept = () =>
    rowsOf(
      world.url,
      `SELECT slug, spaces.name, mentors_channel FROM spaces JOIN communities ON communities.id = community_id
       WHERE external_id = 'T5'`,
    );
  test('makes the community and the space, also twice at once', async () => {
    await Promise.all(Array.from({ length: 10 }, () => world.store.directory.ensureSpace(space, 'five')));
    expect(await kept()).toEqual([{ slug: 'five', name: 'Five', mentors_channel: 'C5' }]);
  });
  test('learns a new name and channel', async () => {
    await world.store.directory.ensureSpace(
      { ...space, name: 'Cinq', mentorsChannel: 'C6', coordinatorsChannel: '', sessionsChannel: '' },
      'five',
    );
    expect(await kept()).toEqual([{ slug: 'five', name: 'Cinq', mentors_channel: 'C6' }]);
  });
  test('does not move a space to another community', async () => {
    await expect(world.store.directory.ensureSpace(space, 'north')).rejects.toThrow(
      /belongs to another community/,
    );
    expect(await kept()).toMatchObject([{ slug: 'five' }]);
  });
  test('takes the community of a space that came by itself, unless another space is there already', async () => {
    const visits = () => visit('U-Five', { spaceId: 'T5' });
    const before = await visits();
    await world.store.directory.ensureSpace(space, 'of the settings');
    expect(await kept()).toMatchObject([{ slug: 'of the settings' }]);
    // Whoever was there goes on.
    expect(await visits()).toMatchObject({ memberId: before?.memberId, communityId: before?.communityId });
    expect(await rowsOf(world.url, `SELECT slug FROM communities WHERE slug = 'five'`)).toEqual([]);
  });
});
