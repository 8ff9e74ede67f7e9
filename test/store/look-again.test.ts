import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { after, DAY, HOUR } from '../../src/core/time.ts';
import { rowsOf, runOn } from '../support/database.ts';
import { makeWorld, scheduled, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

const migration = readFileSync(
  new URL('../../prisma/migrations/20261126142000_look_again/migration.sql', import.meta.url),
  'utf8',
);

test('what was planned before meetings were looked at the day before is looked at once', async () => {
  const start = after(new Date(), 9 * DAY);
  const [ahead, soon, own] = [
    await scheduled(world, { startsAt: start }),
    await scheduled(world, { startsAt: after(start, DAY) }),
    await scheduled(world, { startsAt: after(start, 2 * DAY) }),
  ];
  const idOf = ({ session }: typeof ahead) => session?.id ?? '';
  await runOn(world.url, `DELETE FROM notices WHERE kind = 'meeting_check'`);
  await runOn(
    world.url,
    `UPDATE mini_mentorship_sessions SET starts_at = now() + interval '24 hours' WHERE id = '${idOf(soon)}'`,
  );
  await runOn(
    world.url,
    `UPDATE mini_mentorship_sessions SET meeting_state = 'NONE', meeting_provider = NULL, meeting_event_id = NULL
     WHERE id = '${idOf(own)}'`,
  );
  for (const _ of [1, 2]) await runOn(world.url, migration);
  const checks = await rowsOf(
    world.url,
    `SELECT key, recipient::text, session_id, request_id, due_at, detail FROM notices WHERE kind = 'meeting_check'`,
  );
  expect(checks).toEqual([
    {
      key: `meeting_check:${idOf(ahead)}:0`,
      recipient: 'meetings',
      session_id: idOf(ahead),
      request_id: ahead.id,
      due_at: after(start, -25 * HOUR),
      detail: { sessionId: idOf(ahead) },
    },
  ]);
});
