import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { after as later, SECOND } from '../../src/core/time.ts';
import { asks, claims } from '../support/asking.ts';
import { rowsOf, runOn } from '../support/database.ts';
import { type Programme, startProgramme } from '../support/programme.ts';

let programme: Programme;
let name: string;
let server: string;
beforeEach(async () => {
  programme = await startProgramme();
  const url = new URL(programme.databaseUrl);
  name = url.pathname.slice(1);
  url.pathname = '/postgres';
  server = url.href;
});
afterEach(async () => {
  await comesBack();
  await programme.end();
});

/** Every connection breaks, and no new one is taken. */
const goesAway = () =>
  runOn(
    server,
    `ALTER DATABASE ${name} ALLOW_CONNECTIONS false`,
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`,
  );
const comesBack = () => runOn(server, `ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);

describe.each(['slack', 'discord'] as const)('the database goes away and comes back, on %s', (platform) => {
  test('people are told kindly, keep what they typed, and go on', async () => {
    const { world, bot, clock, databaseUrl } = programme;
    const { student, mentor } = world.people[platform];
    await asks(student, 'Before');
    await mentor.sees('Before', 'channel');
    await goesAway();

    await mentor.presses('Claim', 'Before');
    const told = await mentor.sees(/went wrong|try (it )?again/i, 'private');
    expect(told.text).not.toMatch(/prisma|connection|ECONN|database_|SELECT/i);

    await student.types('mini-session', platform === 'discord' ? { duration: '30', urgency: 'normal' } : {});
    await student.fills({ Title: 'Meanwhile', 'Session type': 'Code review', Description: 'My long words.' });
    if (platform === 'slack') {
      const form = await student.form();
      expect(form.fields.find(({ label }) => label === 'Description')?.value).toBe('My long words.');
      expect(form.fields.some(({ error }) => error)).toBe(true);
    } else await student.sees(/My long words/, 'private');

    await comesBack();
    if (platform === 'slack') await student.fills({});
    else await asks(student, 'Meanwhile');
    await student.sees(/Your request is with the mentors/, 'private');
    await claims(mentor, 'Before');
    await student.sees(/A mentor claimed your request/, 'dm');
    await bot.moveTo(later(clock.now(), SECOND));
    await mentor.sees('Meanwhile', 'channel');
    const requests = await rowsOf(
      databaseUrl,
      'SELECT title, status::text FROM mini_mentorship_requests ORDER BY 1',
    );
    expect(requests).toEqual([
      { title: 'Before', status: 'CLAIMED' },
      { title: 'Meanwhile', status: 'OPEN' },
    ]);
  });

  test('connections that break between two presses are not noticed by anybody', async () => {
    const { world } = programme;
    const { student, mentor } = world.people[platform];
    await asks(student, 'Restart');
    await goesAway();
    await comesBack();
    await claims(mentor, 'Restart');
    await student.sees(/A mentor claimed your request/, 'dm');
  });
});
