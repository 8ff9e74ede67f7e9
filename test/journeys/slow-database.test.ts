import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { asks } from '../support/asking.ts';
import { type Programme, startProgramme } from '../support/programme.ts';

const CROWD = 25;

let programme: Programme;
let blocker: pg.Client;
beforeEach(async () => {
  programme = await startProgramme();
  blocker = new pg.Client({ connectionString: programme.databaseUrl });
  await blocker.connect();
});
afterEach(async () => {
  await blocker.end();
  await programme.end();
});

/** Nobody gets past the database's door until `goesOn`. */
const hangs = () => blocker.query('BEGIN; LOCK TABLE accounts IN ACCESS EXCLUSIVE MODE');
const goesOn = () => blocker.query('ROLLBACK');

describe.each(['slack', 'discord'] as const)('a database that hangs while many come, on %s', (platform) => {
  test('everybody is acknowledged in time, and answered when it goes on', async () => {
    const { slack, discord, env } = programme.world;
    const { student } = programme.world.people[platform];
    const crowd = Array.from({ length: CROWD }, (_, i) => {
      const someone = { name: `Mentor ${i}`, timeZone: 'Europe/Paris' };
      if (platform === 'discord')
        return discord.addUser({ ...someone, roles: [env.DISCORD_MENTOR_ROLE ?? ''] });
      const member = slack.addUser(someone);
      slack.join(env.SLACK_MENTORS_CHANNEL ?? '', member.userId);
      return member;
    });
    await asks(student, 'Slow going');
    await Promise.all(crowd.map((mentor) => mentor.sees('Slow going', 'channel')));

    await hangs();
    // Each resolves with the acknowledgement, and rejects where the client would say that the app did not answer.
    await Promise.all(crowd.map((mentor) => mentor.presses('Claim', 'Slow going')));
    await student.types('mini-session', platform === 'discord' ? { duration: '30', urgency: 'normal' } : {});
    expect((await student.form()).title).toMatch(/mini session/i);
    await student.fills({ Title: 'Meanwhile', 'Session type': 'Code review', Description: 'In the queue.' });
    await goesOn();

    const answers = await Promise.all(
      crowd.map((mentor) => mentor.sees(/It is yours|was quicker/, 'private')),
    );
    expect(answers.filter(({ text }) => /It is yours/.test(text))).toHaveLength(1);
    await student.sees(/Your request is with the mentors[\s\S]*Meanwhile/, 'private');
  }, 60_000);
});
