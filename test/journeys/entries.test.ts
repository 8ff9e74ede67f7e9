import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { after, DAY } from '../../src/core/time.ts';
import type { Person } from '../../src/sandbox/person.ts';
import { runOn } from '../support/database.ts';
import { type Programme, startProgramme } from '../support/programme.ts';

describe.each(['slack', 'discord'] as const)('ways in, on %s', (platform) => {
  let programme: Programme;
  let student: Person;
  let mentor: Person;
  beforeAll(async () => {
    programme = await startProgramme();
    ({ student, mentor } = programme.world.people[platform]);
  });
  afterAll(() => programme.end());

  test('a message that somebody wrote becomes a request about it', async () => {
    await mentor.writes('Why does <b>git rebase</b> & squash keep failing?');
    await expect(student.picks('Ask anybody', 'git rebase')).rejects.toThrow('Ask a mentor about this');
    await student.picks('Ask a mentor about this', 'git rebase');
    const { title, fields } = await student.form();
    expect(title).toBe('Ask for a mini session');
    const description = String(fields.find(({ label }) => label === 'Description')?.value);
    expect(description).toMatch(/^“Why does <b>git rebase<\/b> & squash keep failing\?”\nhttps:\/\/\S+\n\n$/);
    await student.fills({
      Title: 'Rebase and squash',
      'Session type': 'Understand a concept',
      Description: `${description}I tried it three times.`,
    });
    if (platform === 'discord') {
      await student.sees(/Ready to send/, 'private');
      await student.presses('Send');
    }
    await student.sees(/Your request is with the mentors/, 'private');
    await mentor.sees(/Rebase and squash[\s\S]*I tried it three times/, 'channel');
  });

  test('a message beyond all limits opens the form too, shortened', async () => {
    await mentor.writes(`Everything: ${'blah '.repeat(700)}`);
    await student.picks('Ask a mentor about this', /Everything/);
    const { fields } = await student.form();
    const description = String(fields.find(({ label }) => label === 'Description')?.value);
    expect(description).toContain('shortened; the whole is behind the link');
    expect(description).toMatch(/https:\/\/\S+\n\n$/);
    await student.closesForm();
  });
});

describe('only on Discord', () => {
  let programme: Programme;
  beforeAll(async () => {
    programme = await startProgramme();
  });
  afterAll(() => programme.end());

  test('options complete themselves, and what a command says shows one’s own things', async () => {
    const { student, mentor } = programme.world.people.discord;
    const zones = await student.autocomplete('mini-session', 'time-zone', '');
    expect(zones.length).toBeLessThanOrEqual(25);
    expect(zones[0]).toMatchObject({
      value: 'America/New_York',
      name: expect.stringMatching(/\(\d\d:\d\d\)$/),
    });
    const [berlin] = await student.autocomplete('mini-session', 'time-zone', 'berl');
    expect(berlin).toMatchObject({ value: 'Europe/Berlin' });
    expect(await student.autocomplete('mini-session', 'tags', 'git, re')).toEqual([
      { name: 'git, re', value: 'git, re' },
    ]);

    await student.types('mini-session', {
      'time-zone': String(berlin?.name),
      tags: 'git, rebase',
      duration: '30',
      urgency: 'normal',
    });
    const typed = `${after(programme.clock.now(), 3 * DAY)
      .toISOString()
      .slice(0, 10)} 18:30`;
    await student.fills({
      Title: 'Lost in a rebase',
      'Session type': 'Understand a concept',
      Description: 'I lost a commit.',
      'Preferred times': typed,
    });
    // The times are shown as they are understood, though nothing is left to ask.
    await student.sees(/Ready to send[\s\S]* at 6:30\sPM/, 'private');
    await student.presses('Send');
    await student.sees(/Your request is with the mentors/, 'private');
    await student.types('mini-sessions');
    await student.sees(/My requests/, 'private');
    await student.presses('My settings', /My requests/);
    await student.sees(/My settings[\s\S]*Europe\/Berlin/, 'private');

    await mentor.types('mini-mentor', { view: 'What I claimed' });
    await mentor.sees(/You hold no request/, 'private');
    await mentor.types('mini-mentor', { view: 'My topics' });
    expect((await mentor.form()).title).toBe('My topics');
    await mentor.closesForm();
  });
});

describe('only on Slack', () => {
  let programme: Programme;
  beforeAll(async () => {
    programme = await startProgramme();
  });
  afterAll(() => programme.end());

  test('the menu of the app, words behind the command, and help', async () => {
    const { student } = programme.world.people.slack;
    await student.runs('Request a mini session');
    expect((await student.form()).title).toBe('Ask for a mini session');
    await student.closesForm();

    await student.types('mini-session', { text: '45 high My tests fail' });
    const { fields } = await student.form();
    expect(Object.fromEntries(fields.map(({ label, value }) => [label, value]))).toMatchObject({
      Title: 'My tests fail',
      Duration: '45 minutes',
      Urgency: 'High: I am stuck now',
    });
    await student.closesForm();

    await student.types('mini-session');
    await student.form();
    expect(await student.offers('Tags', 'reb')).toEqual(['reb']);
    await student.closesForm();

    const { mentor } = programme.world.people.slack;
    await mentor.types('mini-mentor', { text: 'claimed' });
    await mentor.sees(/You hold no request/, 'private');

    await student.types('mini-session', { text: 'help' });
    const { text, buttons } = await student.sees(/What I can do/, 'private');
    for (const word of ['/mini-session', '/mini-sessions', '/mini-mentor', 'Ask a mentor about this']) {
      expect(text).toContain(word);
    }
    expect(buttons).toContain('Request a mini session');
  });
});

describe.each(['slack', 'discord'] as const)('what to expect, on %s', (platform) => {
  let programme: Programme;
  beforeAll(async () => {
    programme = await startProgramme();
  });
  afterAll(() => programme.end());

  test('is said before sending once eight requests can tell, and tags in use are offered', async () => {
    const { world, clock, databaseUrl } = programme;
    const { student } = world.people[platform];
    await student.types('mini-sessions');
    await student.sees(/My requests/, 'private');
    const opens = async () => {
      await student.types('mini-session');
      if (platform === 'slack') return void (await student.form());
      await student.fills({ Title: 'X', 'Session type': 'Code review', Description: 'Y' });
      await student.sees(/Ready to send/, 'private');
    };
    const lately = (count: number, hours: number | null) =>
      runOn(
        databaseUrl,
        `INSERT INTO mini_mentorship_requests (id, community_id, student_id, title, session_type, description,
           duration_minutes, urgency, preferred_times, tags, status, expires_at, created_at)
         SELECT gen_random_uuid(), community_id, id, 'Earlier', 'other', '-', 30, 'low', '[]', '{rebase}', 'OPEN',
           now() + interval '1 year', '${after(clock.now(), -5 * DAY).toISOString()}'::timestamptz
         FROM members, generate_series(1, ${count}) WHERE name = '${student.name}'`,
        ...(hours === null
          ? []
          : [
              `UPDATE mini_mentorship_requests SET status = 'COMPLETED', claimed_at = created_at + interval '${hours} hours',
                 mentor_id = (SELECT id FROM members WHERE name <> '${student.name}' LIMIT 1)
               WHERE title = 'Earlier' AND status = 'OPEN'`,
            ]),
      );
    await world.people[platform].mentor.types('mini-mentor');
    await world.people[platform].mentor.sees(/Requests that wait/, 'private');
    await lately(7, 3);
    await opens();
    if (platform === 'slack') await student.closesForm();
    await lately(2, null);
    await opens();
    const words = /requests here were claimed after about 3 hours; 7 of 10 within a day/;
    if (platform === 'slack') {
      const slack = world.people.slack.student;
      // The one for the form that was closed before may still come, and finds nothing to change.
      await world.slack.eventually(() =>
        world.slack.wire.find(({ path, error }) => path === 'views.update' && !error),
      );
      expect((await slack.form()).text).toMatch(words);
      expect(await slack.offers('Tags', 're')).toEqual(['rebase', 're']);
    } else {
      await student.sees(words, 'private');
      expect((await world.people.discord.student.autocomplete('mini-session', 'tags', 're'))[0]).toEqual({
        name: 'rebase',
        value: 'rebase',
      });
    }
  });
});
