import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../../src/core/people.ts';
import { claim, openRequest, release } from '../../src/core/request.ts';
import type { Installations } from '../../src/store/store.ts';
import { rowsOf, runOn } from '../support/database.ts';
import { claimsOf, nobody, rawConnection, worker } from './raw.ts';
import { makeWorld, noon, opened, requestOf, visitor, type World } from './world.ts';

let world: World;
let raw: Awaited<ReturnType<typeof rawConnection>>;
let slack: Installations;
/** Installed the bot in the workspace T2, and a student there. */
let keeper: Actor;
let student: Actor;
beforeAll(async () => {
  world = await makeWorld();
  raw = await rawConnection(world.url);
  slack = world.store.installationsOf('slack');
  await slack.save(installation('T2'), noon);
  keeper = await visitor(world.store, 'T2', 'Ada', false);
  student = await visitor(world.store, 'T2', 'Stu', false);
});
afterAll(async () => {
  await raw.end();
  await world.close();
});

const installation = (spaceId: string, sealedToken = `v1.a.b.c.${spaceId}`) => ({
  platform: 'slack',
  spaceId,
  name: `Workspace ${spaceId}`,
  sealedToken,
  botUserId: 'UBOT',
  scopes: ['commands'],
  installedBy: 'U-Ada',
});

const slugs = async () =>
  (await rowsOf<{ slug: string }>(world.url, 'SELECT slug FROM communities ORDER BY slug')).map(
    ({ slug }) => slug,
  );
const noticesAbout = (id: string) =>
  rowsOf<{ kind: string; state: string; member_id: string | null }>(
    world.url,
    'SELECT kind, state::text, member_id FROM notices WHERE request_id = $1 ORDER BY kind, state',
    [id],
  );

describe('an installation', () => {
  test('founds a community of its own; a space that is known stays where it is', async () => {
    expect(await slugs()).toEqual(['north', 'slack:T2', 'south']);
    await Promise.all([slack.save(installation('T3'), noon), slack.save(installation('T3'), noon)]);
    await slack.save(installation('T1'), noon);
    expect(await slugs()).toEqual(['north', 'slack:T2', 'slack:T3', 'south']);
    expect(await slack.get('T1')).toMatchObject({ name: 'Workspace T1', mentorsChannel: 'C1' });
    expect((await slack.list()).map(({ spaceId }) => spaceId)).toEqual(['T1', 'T2', 'T3']);
    expect(await world.store.installationsOf('discord').list()).toEqual([]);
    expect(await slack.get('T9')).toBeNull();
    await slack.remove('T1', 'v1.a.b.c.T1');
    await world.store.directory.ensureSpace(
      {
        platform: 'slack',
        spaceId: 'T1',
        name: 'North',
        mentorsChannel: 'C1',
        coordinatorsChannel: '',
        sessionsChannel: '',
      },
      'north',
    );
  });

  test('is sealed anew, and removed, only as it was seen', async () => {
    await slack.save(installation('T4'), noon);
    expect(await slack.reseal('T4', 'v1.a.b.c.other', 'v1.a.b.c.new')).toBe(false);
    expect(await slack.reseal('T4', 'v1.a.b.c.T4', 'v1.a.b.c.new')).toBe(true);
    expect(await slack.remove('T4', 'v1.a.b.c.T4')).toBe(false);
    expect(await slack.get('T4')).toMatchObject({ sealedToken: 'v1.a.b.c.new' });
    expect(await slack.remove('T4', 'v1.a.b.c.new')).toBe(true);
    expect(await slack.remove('T4', 'v1.a.b.c.new')).toBe(false);
    expect(await slack.get('T4')).toBeNull();
    expect(JSON.stringify(await rowsOf(world.url, 'SELECT * FROM spaces'))).toContain('Workspace T4');
  });

  test('holds no token that can be read', async () => {
    await expect(slack.save(installation('T5', 'xoxb-in-the-clear'), noon)).rejects.toThrow(
      /installation_token_is_sealed/,
    );
  });

  test('is the worker’s; members of the community only know who did it', async () => {
    const who = 'SELECT installed_by FROM installations';
    for (const [claims, rows] of [
      [claimsOf(student), 1],
      [claimsOf(world.stranger), 0],
      [nobody, 0],
    ] as const) {
      expect(await raw.as(claims, (run) => run(who))).toHaveLength(rows);
    }
    expect(await raw.as(worker, (run) => run('SELECT * FROM installations'))).toHaveLength(2);
    for (const sql of [
      'SELECT sealed_token FROM installations',
      `UPDATE installations SET installed_by = 'U-me'`,
      'DELETE FROM installations',
      `INSERT INTO installations SELECT * FROM installations`,
    ]) {
      await expect(
        raw.as(claimsOf(keeper), (run) => run(sql)),
        sql,
      ).rejects.toThrow(/permission denied/);
    }
  });
});

describe('the channels of a space', () => {
  const space = (actor: Actor, spaceId: string | null = 'T2') =>
    world.store.spaceAs(actor, { platform: 'slack', spaceId }, 'setChannels');
  const channels = (mentorsChannel: string) => ({ mentorsChannel, coordinatorsChannel: '' });

  test('until there is one, whoever installed the bot hears of each request once; then all that is open goes there', async () => {
    const request = await opened(world, {}, student);
    const missing = { kind: 'channel_missing', state: 'PENDING', member_id: keeper.memberId };
    expect(await noticesAbout(request.id)).toContainEqual(missing);
    expect((await noticesAbout(request.id)).map(({ kind }) => kind)).not.toContain('request_card');
    expect(await world.store.directory.hasMentorsChannel(student.communityId)).toBe(false);

    await space(keeper).setChannels(channels('C7'), (one, first) => {
      expect([one.id, first]).toEqual([request.id, true]);
      return openRequest(one, noon).notices;
    });
    expect(await world.store.directory.hasMentorsChannel(student.communityId)).toBe(true);
    expect((await noticesAbout(request.id)).filter(({ kind }) => kind === 'request_card')).toHaveLength(1);

    // To another channel: what stands in the first is put anew.
    const card = (await world.store.outbox.lease(noon, { rest: 50 }, 60_000)).find(
      ({ kind }) => kind === 'request_card',
    );
    if (!card) throw new Error('no card');
    const post = { platform: 'slack', spaceId: 'T2', channelId: 'C7', messageId: '1.1' };
    await world.store.outbox.finish(card, { how: 'sent', post }, noon);
    await space(keeper).setChannels(channels('C8'), (one, first) => {
      expect(first).toBe(false);
      return openRequest(one, noon).notices.slice(0, 1);
    });
    const again = (await world.store.outbox.lease(noon, { rest: 50 }, 60_000)).find(
      ({ kind }) => kind === 'request_card',
    );
    expect(again).toMatchObject({ post: null, space: { mentorsChannel: 'C8' } });
    await space(keeper).setChannels(channels('C8'), () => {
      throw new Error('the same channel tells nobody anything');
    });
  });

  test.each(['opened', 'given back'] as const)(
    'get the card of a request that is %s at the same moment',
    async (how) => {
      // Whoever installed the bot here was never seen again.
      const spaceId = how === 'opened' ? 'T6' : 'T7';
      await slack.save({ ...installation(spaceId), installedBy: 'U-Nobody' }, noon);
      const chooser = await visitor(world.store, spaceId, 'Kay', false);
      const mentor = await visitor(world.store, spaceId, 'Mo', true);
      const asker = await visitor(world.store, spaceId, 'Ann', false);
      const as = (who: Actor) => world.store.requestsAs(who, 'x');
      for (let round = 0; round < 15; round += 1) {
        await runOn(world.url, `UPDATE spaces SET mentors_channel = '' WHERE external_id = '${spaceId}'`);
        const request = requestOf(asker);
        const opens = () => as(asker).createRequest(openRequest(request, noon));
        if (how === 'given back') {
          await opens();
          await as(mentor).changeRequest(request.id, (one) => claim(one, mentor, noon));
        }
        const acts = [
          how === 'opened'
            ? opens
            : () => as(mentor).changeRequest(request.id, (one) => release(one, mentor, noon)),
          () => space(chooser, spaceId).setChannels(channels('C6'), (one) => openRequest(one, noon).notices),
        ];
        await Promise.all((round % 2 ? acts : acts.reverse()).map((act) => act()));
        const cards = (await noticesAbout(request.id)).filter(({ kind }) => kind === 'request_card');
        expect(cards, `round ${round}`).toHaveLength(1);
      }
    },
  );

  test('are chosen in one’s own space only, and only where the settings do not name them', async () => {
    for (const actor of [world.student, world.stranger]) {
      await expect(space(actor).setChannels(channels('C9'), () => [])).rejects.toMatchObject({
        code: 'channels_in_settings',
      });
    }
    for (const where of ['T1', 'T9', null]) {
      await expect(space(keeper, where).setChannels(channels('C9'), () => [])).rejects.toMatchObject({
        code: 'channels_in_settings',
      });
    }
    const rows = await rowsOf(world.url, `SELECT external_id FROM spaces WHERE mentors_channel = 'C9'`);
    expect(rows).toEqual([]);
  });
});
