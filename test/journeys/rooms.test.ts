import { afterAll, beforeAll, expect, test } from 'vitest';
import { after, DAY, HOUR } from '../../src/core/time.ts';
import type { DiscordPerson } from '../../src/sandbox/discord/index.ts';
import { confirmsTimes } from '../support/asking.ts';
import { type Programme, startProgramme } from '../support/programme.ts';

let programme: Programme;
let sessions: string;
let student: DiscordPerson;
let mentor: DiscordPerson;
let rival: DiscordPerson;

beforeAll(async () => {
  programme = await startProgramme({
    env: ({ discord }) => {
      sessions = discord.addChannel('mini-sessions');
      return { DISCORD_SESSIONS_CHANNEL: sessions, DISCORD_FALLBACK_CHANNEL: sessions };
    },
  });
  ({ student, mentor, rival } = programme.world.people.discord);
});
afterAll(() => programme.end());

const rooms = () => programme.world.discord.threads(sessions).filter(({ name }) => name.includes('Why'));
/** What this person reads in the room of theirs that is open. */
const inRoom = (who: DiscordPerson, words: RegExp) => who.sees(words, 'channel');

test('two who found each other have a room while they need it, and another mentor gets another', async () => {
  const { bot, clock } = programme;
  await student.types('mini-session', { duration: '45', urgency: 'high' });
  await student.fills({
    Title: 'Why does CI fail?',
    'Session type': 'Help with a bug',
    Description: 'It is green here and red there.',
    'Preferred times': '',
    Tags: '',
  });
  await student.sees(/Your request is with the mentors/, 'private');
  await mentor.sees(/Why does CI fail/, 'channel');
  expect(rooms()).toEqual([]);

  await mentor.presses('Claim', /Why does CI fail/);
  const card = await inRoom(mentor, /this place is for the two of you[\s\S]*Claimed by/);
  expect(card.buttons).toEqual(['Schedule', 'Propose a time', 'Details']);
  expect(rooms()).toMatchObject([{ members: [student.userId, mentor.userId], archived: false }]);
  expect(rival.sight('channel').some(({ text }) => text.includes('for the two of you'))).toBe(false);

  // Both find their own next steps there; what is not theirs is refused kindly.
  await student.presses('Details', /for the two of you/);
  expect((await student.sees(/Claimed by/, 'private')).buttons).toContain('Cancel');

  await bot.crash();
  await mentor.types('mini-mentor');
  await mentor.sees(/Requests that wait/, 'private');
  await mentor.presses('What I claimed');
  await mentor.sees(/Why does CI fail/, 'private');
  await mentor.presses('Release', /Why does CI fail/);
  await inRoom(student, /This place is closed/);
  await expect.poll(() => rooms()).toMatchObject([{ archived: true, locked: true }]);

  await rival.sees(/Why does CI fail[\s\S]*Waits for a mentor/, 'channel');
  await rival.presses('Claim', /Why does CI fail/);
  await inRoom(rival, /this place is for the two of you/);
  expect(rooms()).toMatchObject([
    { archived: true },
    { archived: false, members: [student.userId, rival.userId] },
  ]);
  await rival.presses('Schedule', /for the two of you/);
  await rival.sees(/When do you meet/, 'private');

  // A moderator deletes the room: the request lives on, and the next change opens another.
  const gone = rooms()[1]?.id ?? '';
  programme.world.discord.faults.deleteChannel(gone);
  await student.types('mini-sessions');
  await student.sees(/My requests/, 'private');
  await student.presses('Propose a time', /Why does CI fail/);
  const start = after(clock.now(), 2 * DAY + HOUR)
    .toISOString()
    .slice(0, 16)
    .replace('T', ' ');
  const form = await student.form();
  const [time] = form.fields;
  await student.fills({ [time?.label ?? '']: `${start} UTC` });
  await confirmsTimes(student);
  await inRoom(rival, /for the two of you[\s\S]*proposed:/);
  expect(rooms().filter(({ archived }) => !archived)).toHaveLength(1);
});

test('whoever takes no direct messages reads them in a thread of their own', async () => {
  const { discord } = programme.world;
  discord.faults.closeDms(student.userId);
  await rival.types('mini-mentor');
  await rival.sees(/Requests that wait/, 'private');
  await rival.presses('What I claimed');
  await rival.sees(/Why does CI fail/, 'private');
  await rival.presses('Release', /Why does CI fail/);
  await student.sees(/Your request is open again/, 'channel');
  expect(rival.sight('channel').some(({ text }) => text.includes('Your request is open again'))).toBe(false);
  // It reached them, so that nobody need be told otherwise.
  await rival.types('mini-sessions');
  expect(rival.sight('dm').some(({ text }) => text.includes('My messages do not reach'))).toBe(false);
});
