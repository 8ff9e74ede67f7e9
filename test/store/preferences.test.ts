import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { UserError } from '../../src/core/errors.ts';
import { usualPreferences } from '../../src/core/preferences.ts';
import { rowsOf } from '../support/database.ts';
import { claimsOf, nobody, rawConnection, worker } from './raw.ts';
import { makeWorld, noon, type World } from './world.ts';

let world: World;
let raw: Awaited<ReturnType<typeof rawConnection>>;
beforeAll(async () => {
  world = await makeWorld();
  raw = await rawConnection(world.url);
});
afterAll(async () => {
  await raw.end();
  await world.close();
});

const DENIED = /permission denied/;
const REFUSED = /row-level security/;

describe('what a member prefers', () => {
  test('is the usual until they say otherwise, and stays when a change is refused', async () => {
    const mine = world.store.profileAs(world.otherStudent);
    expect(await mine.getPreferences()).toEqual(usualPreferences);
    await expect(
      mine.changePreferences(() => {
        throw new UserError('mentors_only', {});
      }, noon),
    ).rejects.toThrow('mentors_only');
    expect(
      await rowsOf(world.url, 'SELECT FROM member_preferences WHERE member_id = $1', [
        world.otherStudent.memberId,
      ]),
    ).toEqual([]);
    expect(await mine.changePreferences((before) => before, noon)).toEqual(usualPreferences);
  });

  test('is theirs alone; the worker sees it too', async () => {
    const { mentor, student, stranger } = world;
    await world.store.profileAs(mentor).changePreferences((before) => before, noon);
    const seen = 'SELECT FROM member_preferences WHERE member_id = $1';
    const changed = 'UPDATE member_preferences SET changed_at = now() WHERE member_id = $1';
    for (const [claims, rows] of [
      [claimsOf(mentor), 1],
      [worker, 1],
      [claimsOf(student), 0],
      [claimsOf(stranger), 0],
      [nobody, 0],
      [{ role: null }, 1], // the tests' login is a superuser, who is above policies
    ] as const) {
      expect(await raw.as(claims, (run) => run(seen, mentor.memberId))).toHaveLength(rows);
      expect(await raw.as(claims, (run) => run(changed, mentor.memberId))).toHaveLength(rows);
    }
    const add = 'INSERT INTO member_preferences (community_id, member_id, changed_at) VALUES ($1, $2, now())';
    await expect(
      raw.as(claimsOf(mentor), (run) => run(add, student.communityId, student.memberId)),
    ).rejects.toThrow(REFUSED);
    for (const sql of [
      'UPDATE member_preferences SET member_id = member_id',
      'UPDATE member_preferences SET community_id = community_id',
      'DELETE FROM member_preferences',
    ]) {
      await expect(raw.as(claimsOf(mentor), (run) => run(sql))).rejects.toThrow(DENIED);
    }
  });

  test('a zone is set by whose it is', async () => {
    const { mentor, student } = world;
    await world.store.profileAs(mentor).setTimeZone('Asia/Tokyo');
    const zones = await rowsOf(world.url, 'SELECT name, time_zone FROM members WHERE id = ANY ($1)', [
      [mentor.memberId, student.memberId],
    ]);
    expect(zones).toEqual(
      expect.arrayContaining([
        { name: 'Mia', time_zone: 'Asia/Tokyo' },
        { name: 'Sam', time_zone: 'Europe/Berlin' },
      ]),
    );
    const hand = 'UPDATE members SET time_zone = $1 WHERE id = $2';
    expect(await raw.as(claimsOf(student), (run) => run(hand, 'Asia/Tokyo', mentor.memberId))).toEqual([]);
  });
});
