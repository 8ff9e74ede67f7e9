import { afterAll, beforeAll, expect, test } from 'vitest';
import { after, DAY } from '../../src/core/time.ts';
import { createLog } from '../../src/log.ts';
import { openMeetingProviders } from '../../src/meetings/index.ts';
import { type GoogleStandIn, startGoogle } from '../../src/sandbox/google/index.ts';
import { tellProvider } from '../../src/worker/meetings.ts';
import { settingsAt } from '../meetings/google-settings.ts';
import { makeWorld, noon, scheduled, type World } from '../store/world.ts';
import { runOn } from '../support/database.ts';

let world: World;
let google: GoogleStandIn;
beforeAll(async () => {
  [world, google] = await Promise.all([makeWorld(), startGoogle()]);
});
afterAll(() => Promise.all([world.close(), google.close()]));

test('a meeting whose guests Google does not take is made without them, and the log says so', async () => {
  const address = 'sam@at@example.org';
  await world.store.profileAs(world.student).changePreferences((before) => before, noon);
  await runOn(
    world.url,
    `UPDATE member_preferences SET invite_at = '${address}' WHERE member_id = '${world.student.memberId}'`,
  );
  const { id } = await scheduled(world, { startsAt: after(noon, 2 * DAY) });
  const due = await world.store.outbox.lease(noon, { rest: 50 }, 60_000);
  const wanted = due.find(({ kind, requestId }) => kind === 'meeting_wanted' && requestId === id);
  if (!wanted) throw new Error('No meeting is asked for.');

  const lines: string[] = [];
  const log = createLog('info', { write: (line: string) => void lines.push(line) });
  const providers = openMeetingProviders(settingsAt(google, 'refresh-token'), []);
  expect(await tellProvider(wanted, providers, world.store, noon, log)).toEqual({ how: 'sent', post: null });

  const made = await world.store.requestsAs(world.student, 'x').getRequest(id);
  expect(made.session).toMatchObject({ meetingState: 'READY', meetingLink: google.events()[0]?.hangoutLink });
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { requestId: id, msg: 'A meeting is without those who want to be invited' },
  ]);
  expect(lines.join()).not.toContain(address);
});
