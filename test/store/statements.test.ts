import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { statementName } from '../../src/store/statements.ts';
import { runOn } from '../support/database.ts';
import { makeWorld, opened, type World } from './world.ts';

describe('statements that stay prepared', () => {
  let world: World;
  beforeEach(async () => {
    // One connection, so that it is the same that goes on.
    world = await makeWorld({ poolSize: 1 });
  });
  afterEach(() => world.close());

  test('go on working while another instance brings the database up to date', async () => {
    const request = await opened(world);
    const read = () => world.store.requestsAs(world.student, 'test').getRequest(request.id);
    // Often enough for the server to keep one plan for all.
    for (let i = 0; i < 8; i += 1) await read();
    await runOn(
      world.url,
      'ALTER TABLE members ADD COLUMN to_come text; ALTER TABLE accounts ADD COLUMN to_come text',
    );
    expect(await read()).toMatchObject({ id: request.id, student: { name: 'Sam' } });
  });

  test('show each person only what is theirs, over one connection', async () => {
    const request = await opened(world);
    for (let i = 0; i < 8; i += 1) {
      expect(await world.store.requestsAs(world.student, 'test').getRequest(request.id)).toMatchObject({
        id: request.id,
      });
      await expect(
        world.store.requestsAs(world.stranger, 'test').getRequest(request.id),
      ).rejects.toMatchObject({
        code: 'request_not_found',
      });
    }
  });
});

test('only what is read by joins has a name, the same each time and short enough for the server', () => {
  const joined = 'SELECT "a"."__prisma_data__" FROM "a" WHERE "id" = $1';
  expect(statementName({ sql: joined })).toBe(statementName({ sql: joined }));
  expect(statementName({ sql: joined })).toMatch(/^joined_\w{1,56}$/);
  expect(statementName({ sql: joined })).not.toBe(statementName({ sql: `${joined} LIMIT 1` }));
  // There is one for every number of ids.
  expect(statementName({ sql: `${joined} AND "b" IN ($2,$3)` })).toBe('');
  expect(statementName({ sql: 'SELECT 1' })).toBe('');
});
