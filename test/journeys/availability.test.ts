import { DateTime } from 'luxon';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Person } from '../../src/sandbox/person.ts';
import { asks, claims } from '../support/asking.ts';
import { rowsOf } from '../support/database.ts';
import { type Programme, startProgramme } from '../support/programme.ts';

/** Clocks in London go forward on Sunday, 28 March 2027. */
const LONDON = 'Europe/London';
const london = (text: string): Date => DateTime.fromISO(text, { zone: LONDON }).toJSDate();

describe.each(['slack', 'discord'] as const)('when a mentor has time, on %s', (platform) => {
  let programme: Programme;
  let mentor: Person;
  let student: Person;
  beforeAll(async () => {
    programme = await startProgramme();
    ({ mentor, student } = programme.world.people[platform]);
    await programme.bot.moveTo(london('2027-03-22T12:00'));
  });
  afterAll(() => programme.end());

  /** Times as the student gives them: pickers on Slack, words on Discord. */
  const offered = (who: Person, ...times: Date[]): Record<string, string> =>
    platform === 'slack'
      ? Object.fromEntries(times.map((at, i) => [`Preferred times (${i + 1})`, at.toISOString()]))
      : {
          'Preferred times': times
            .map(
              (at) =>
                `${DateTime.fromJSDate(at, { zone: who.timeZone }).toFormat('yyyy-MM-dd HH:mm')} ${who.timeZone}`,
            )
            .join(', '),
        };
  /** As the card words it for the student. */
  const forStudent = (at: Date) =>
    `${DateTime.fromJSDate(at, { zone: student.timeZone }).setLocale('en-GB').toFormat('ccc d LLL, HH:mm')} for the student`;

  /** @param words on the card; an older one may still be in sight */
  const opensAvailability = async (words = /My availability/) => {
    await mentor.types('mini-mentor');
    await mentor.sees(/Requests that wait/, 'private');
    await mentor.presses('My availability', /Requests that wait/);
    return mentor.sees(words, 'private');
  };
  /** Asks, claims, and reads what the mentor can choose from. */
  const options = async (title: string, ...times: Date[]): Promise<string> => {
    await asks(student, title, offered(student, ...times));
    await claims(mentor, title);
    return look(title);
  };
  const look = async (title: string): Promise<string> => {
    await mentor.presses('Schedule', title);
    return (await mentor.sees(new RegExp(`When do you meet[\\s\\S]*${title}`), 'private')).text;
  };
  /** The lines of the card after a heading. */
  const after = (text: string, heading: string) => text.slice(text.indexOf(heading));

  test('a line that cannot be read is named; the week is kept, shown, and put back into the form', async () => {
    expect((await opensAvailability()).text).toMatch(/You have not said when you have time/);
    await mentor.presses('Change my week', /My availability/);
    await mentor.fills({ 'When you have time': 'Mon-Fri 18:00-20:00\nSomeday 9-10' });
    if (platform === 'discord') {
      // Discord does not tell anybody's zone, so it is asked once.
      await mentor.sees(/I need your time zone/, 'private');
      await mentor.presses('Continue');
      await mentor.fills({ 'Your time zone': LONDON });
    }
    if (platform === 'slack') {
      const { fields } = await mentor.form();
      expect(fields[0]?.error).toMatch(/I cannot read “Someday 9-10”/);
      await mentor.closesForm();
    } else await mentor.sees(/I cannot read “Someday 9-10”/, 'private');

    await opensAvailability();
    await mentor.presses('Change my week', /My availability/);
    await mentor.fills({ 'When you have time': 'Mon-Fri 18:00-20:00\nSun 10:00-12:00' });
    const { text } = await mentor.sees(/My availability[\s\S]*Fri 18:00-20:00\s+Sun 10:00-12:00/, 'private');
    expect(text).toContain('Europe/London');
    await opensAvailability(/Sun 10:00-12:00/);
    await mentor.presses('Change my week', /Sun 10:00-12:00/);
    const [week] = (await mentor.form()).fields;
    expect(week?.value).toMatch(/^Mon 18:00-20:00\nTue 18:00-20:00\n[\s\S]*\nSun 10:00-12:00$/);
    await mentor.closesForm();
  });

  test('what suits both comes first, by both clocks, also across a change of the clocks', async () => {
    const friday = london('2027-03-26T18:30');
    const sunday = london('2027-03-28T10:00');
    const early = london('2027-03-29T19:45');
    const text = await options('Across the clocks', early, sunday, friday);
    const both = text.slice(text.indexOf('Times that suit you both'), text.indexOf('What else'));
    expect(both).toMatch(
      new RegExp(`1\\. [\\s\\S]*${forStudent(friday)}[\\s\\S]*2\\. [\\s\\S]*${forStudent(sunday)}`),
    );
    expect(after(text, 'What else the student offered')).toMatch(
      new RegExp(`3\\. [\\s\\S]*${forStudent(early)} · outside your hours`),
    );
    await mentor.presses('Take time 2', /Across the clocks/);
    await mentor.sees(/The session is set/, 'private');
    const [session] = await rowsOf<{ starts_at: Date }>(
      programme.databaseUrl,
      'SELECT starts_at FROM mini_mentorship_sessions',
    );
    expect(session?.starts_at).toEqual(sunday);
  });

  test('notice, free time between sessions and the other session stand against a time, each in its words', async () => {
    await opensAvailability();
    await mentor.presses('Rules', /My availability/);
    await mentor.fills({ Notice: '2 days', 'Between sessions': '30 minutes' });
    await mentor.sees(/My availability[\s\S]*2 days[\s\S]*30 minutes/, 'private');
    const text = await options(
      'Rules and a session',
      london('2027-03-23T18:00'),
      london('2027-03-28T10:45'),
      london('2027-03-28T10:15'),
    );
    expect(text).toMatch(/None of the student’s times suits you both/);
    const others = after(text, 'What the student offered');
    expect(others).toMatch(/sooner than the notice/);
    expect(others).toMatch(/too close to another session of yours/);
    expect(others).toMatch(/you have another session then/);
    // Nobody can be in two sessions, so that one has no button.
    const card = await mentor.sees(/When do you meet[\s\S]*Rules and a session/, 'private');
    expect(card.buttons.filter((label) => label.startsWith('Take'))).toEqual(['Take time 1', 'Take time 2']);
  });

  test('a full week, a day away, and a pause', async () => {
    await opensAvailability(/My availability[\s\S]*30 minutes/);
    await mentor.presses('Rules', /My availability[\s\S]*30 minutes/);
    // The form begins with what holds now, so the time between sessions stays.
    await mentor.fills({ Notice: 'None', 'Sessions a week': 'At most 1' });
    await mentor.sees(/My availability[\s\S]*30 minutes[\s\S]*At most 1/, 'private');
    await mentor.presses('Set a date', /At most 1/);
    await mentor.fills({ Date: '2027-03-30', 'What differs': 'I am away' });
    await mentor.sees(/My availability[\s\S]*30 Mar 2027: away/, 'private');
    const week = await options(
      'Too much',
      london('2027-03-26T18:00'),
      london('2027-03-30T18:00'),
      london('2027-03-31T18:00'),
    );
    expect(after(week, 'Times that suit you both')).toMatch(
      new RegExp(`1\\. [\\s\\S]*${forStudent(london('2027-03-31T18:00'))}`),
    );
    const others = after(week, 'What else the student offered');
    expect(others).toMatch(/your week is full/);
    expect(others).toMatch(/outside your hours/);

    await opensAvailability();
    await mentor.presses('Pause', /My availability/);
    await mentor.fills({ 'Back on': '2027-03-20' });
    if (platform === 'slack') {
      expect((await mentor.form()).fields[0]?.error).toMatch(/is over/);
      await mentor.fills({ 'Back on': '2027-04-01' });
    } else {
      await mentor.sees(/is over/, 'private');
      await opensAvailability();
      await mentor.presses('Pause', /My availability/);
      await mentor.fills({ 'Back on': '2027-04-01' });
    }
    await mentor.sees(/My availability[\s\S]*Paused until/, 'private');
    await mentor.types('mini-mentor');
    await mentor.sees(/Requests that wait/, 'private');
    await mentor.presses('What I claimed', /Requests that wait/);
    await mentor.sees(/What I claimed[\s\S]*Too much/, 'private');
    await mentor.presses('Schedule', /What I claimed/);
    await mentor.sees(/When do you meet[\s\S]*You are on pause/, 'private');

    await opensAvailability(/Paused until/);
    await mentor.presses('Resume', /Paused until/);
    await mentor.sees(/My availability[\s\S]*I suggest the times that suit you both/, 'private');
  });

  test('a student of two mentors, who both take the same time at once: one wins, the other learns no more than that', async () => {
    const { rival } = programme.world.people[platform];
    const asking = programme.world[platform].addUser({ name: 'Twice', timeZone: 'Europe/Rome' });
    const at = london('2027-04-09T18:00');
    await asks(asking, 'First of two', offered(asking, at));
    await asks(asking, 'Second of two', offered(asking, at));
    await claims(mentor, 'First of two');
    await claims(rival, 'Second of two');
    for (const [who, title] of [
      [mentor, 'First of two'],
      [rival, 'Second of two'],
    ] as const) {
      await who.presses('Schedule', title);
      await who.sees(new RegExp(`When do you meet[\\s\\S]*${title}`), 'private');
    }
    await Promise.all([
      mentor.presses('Take this time', /First of two/),
      rival.presses('Take this time', /Second of two/),
    ]);
    const answer = /The session is set[\s\S]*of two|has another mini session then/;
    const answers = await Promise.all([mentor.sees(answer, 'private'), rival.sees(answer, 'private')]);
    const lost = answers.filter(({ text }) => /another mini session then/.test(text));
    expect(lost).toHaveLength(1);
    expect(lost[0]?.text).not.toMatch(/of two|Mia|Ravi|Mateo|Noor/);
    expect(lost[0]?.buttons).toContain('Propose another time');
    const sessions = await rowsOf(
      programme.databaseUrl,
      `SELECT FROM mini_mentorship_sessions WHERE starts_at = $1 AND status = 'SCHEDULED'`,
      [at],
    );
    expect(sessions).toHaveLength(1);
  });
});
