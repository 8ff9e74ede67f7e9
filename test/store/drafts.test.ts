import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DAY, after as later } from '../../src/core/time.ts';
import type { Draft, Drafts } from '../../src/store/store.ts';
import { rowsOf } from '../support/database.ts';
import { makeWorld, noon, type World } from './world.ts';

let world: World;
let drafts: Drafts;
beforeAll(async () => {
  world = await makeWorld();
  drafts = world.store.drafts;
});
afterAll(() => world.close());

const draft: Draft = {
  intent: 'request.submit',
  args: { requestId: '7' },
  values: { title: 'Ünfinished 🙂 "quoted"', tags: ['a', 'b'], description: '' },
};
const nothing = { code: 'nothing_kept' };
const tomorrow = later(noon, DAY);

test('what was typed comes back as it was, and can be replaced and dropped', async () => {
  const id = await drafts.keep(world.student, draft, noon);
  expect(await drafts.get(world.student, id, noon)).toEqual(draft);
  const second = { ...draft, values: { title: 'Better' } };
  await drafts.replace(world.student, id, second, noon);
  expect(await drafts.get(world.student, id, noon)).toEqual(second);
  await drafts.drop(world.student, id);
  await expect(drafts.get(world.student, id, noon)).rejects.toMatchObject(nothing);
  await drafts.drop(world.student, id);
});

test('nobody else finds it', async () => {
  const id = await drafts.keep(world.student, draft, noon);
  for (const who of [world.otherStudent, world.mentor, world.stranger]) {
    await expect(drafts.get(who, id, noon)).rejects.toMatchObject(nothing);
    await expect(drafts.replace(who, id, draft, noon)).rejects.toMatchObject(nothing);
    await drafts.drop(who, id);
  }
  expect(await drafts.get(world.student, id, noon)).toEqual(draft);
});

test('it is gone after a day, and the next one sweeps it away', async () => {
  const id = await drafts.keep(world.student, draft, noon);
  expect(await drafts.get(world.student, id, later(tomorrow, -1))).toEqual(draft);
  await expect(drafts.get(world.student, id, tomorrow)).rejects.toMatchObject(nothing);
  await expect(drafts.replace(world.student, id, draft, tomorrow)).rejects.toMatchObject(nothing);
  const next = await drafts.keep(world.student, draft, tomorrow);
  const left = await rowsOf(world.url, 'SELECT id FROM drafts WHERE member_id = $1', [
    world.student.memberId,
  ]);
  expect(left).toEqual([{ id: next }]);
});

test.each(['nonsense', randomUUID()])('there is no draft %s', async (id) => {
  await expect(drafts.get(world.student, id, noon)).rejects.toMatchObject(nothing);
  await expect(drafts.replace(world.student, id, draft, noon)).rejects.toMatchObject(nothing);
  await drafts.drop(world.student, id);
});
