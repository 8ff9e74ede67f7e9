import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../../src/core/people.ts';
import { cancel, claim, openRequest } from '../../src/core/request.ts';
import { after, DAY, HOUR, type Instant, MINUTE } from '../../src/core/time.ts';
import { nobody, rawConnection, worker } from './raw.ts';
import { makeWorld, noon, requestOf, type World } from './world.ts';

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

const asked = (student: Actor, createdAt: Instant, tags: string[] = []) =>
  world.store
    .requestsAs(student, 'createRequest')
    .createRequest(openRequest(requestOf(student, { createdAt, tags }), createdAt));

describe('what requests were like lately', () => {
  test('tags and topics by how often they are used, of the own community, and nothing old', async () => {
    const { student, otherStudent, mentor, stranger, store } = world;
    await asked(student, noon, ['git', 'rust']);
    await asked(otherStudent, noon, ['git']);
    await asked(student, after(noon, -200 * DAY), ['cobol']);
    await asked(stranger, noon, ['secret']);
    await store.profileAs(mentor).setTopics(['rust', 'git', 'zig']);
    const seen = await store.requestsAs(student, 'x').tagsInUse(after(noon, -180 * DAY));
    expect(seen).toEqual(['git', 'rust', 'zig']);
    expect(await store.requestsAs(stranger, 'x').tagsInUse(after(noon, -DAY))).toEqual(['secret']);
  });

  test('how long it took to be claimed; one that nobody claimed counts, one that was taken back does not', async () => {
    const { student, otherStudent, mentor, stranger, store } = world;
    const start = after(noon, -10 * DAY);
    const claimed = await asked(otherStudent, start);
    await store
      .requestsAs(mentor, 'claimRequest')
      .changeRequest(claimed.id, (request) => claim(request, mentor, after(start, 90 * MINUTE)));
    await asked(student, after(start, HOUR));
    const taken = await asked(student, after(start, 2 * HOUR));
    await store
      .requestsAs(student, 'cancelRequest')
      .changeRequest(taken.id, (request) => cancel(request, student, after(start, 3 * HOUR)));
    await asked(stranger, start);
    const waits = (who: Actor) => store.requestsAs(who, 'x').claimWaits(start, after(start, DAY));
    expect(await waits(student)).toEqual([null, 90]);
    expect(await waits(stranger)).toEqual([null]);
  });

  test('who claims nothing learns nothing, and only members ask', async () => {
    for (const sql of [
      `SELECT * FROM tags_in_use('2000-01-01')`,
      `SELECT * FROM claim_waits('2000-01-01', '2100-01-01')`,
    ]) {
      expect(await raw.as(nobody, (run) => run(sql))).toEqual([]);
      await expect(raw.as(worker, (run) => run(sql))).rejects.toThrow(/permission denied/);
    }
  });
});
