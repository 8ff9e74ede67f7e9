import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Person } from '../../src/sandbox/person.ts';
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

    await student.types('mini-session', { text: 'help' });
    const { text, buttons } = await student.sees(/What I can do/, 'private');
    for (const word of ['/mini-session', '/mini-sessions', '/mini-mentor', 'Ask a mentor about this']) {
      expect(text).toContain(word);
    }
    expect(buttons).toContain('Request a mini session');
  });
});
