import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { after, DAY, HOUR, MINUTE, SECOND } from '../../src/core/time.ts';
import { asks, claims, schedules } from '../support/asking.ts';
import { type Programme, startProgramme } from '../support/programme.ts';

let programme: Programme;
beforeEach(async () => {
  programme = await startProgramme();
});
afterEach(() => programme.end());

/** A time to meet at: a full hour, in two days. */
const soon = () => new Date(Math.ceil(after(programme.clock.now(), 2 * DAY).getTime() / HOUR) * HOUR);

describe.each(['slack', 'discord'] as const)('on %s', (platform) => {
  test('a mentor who gives a claim back: the student knows, the card is open again, the calendar is clean', async () => {
    const { world } = programme;
    const { student, mentor, rival } = world.people[platform];
    await asks(student, 'Given back');
    await claims(mentor, 'Given back');
    await schedules(mentor, soon());
    await student.sees(/Mini session scheduled[\s\S]*https:\/\/meet\.google\.com/, 'dm');
    expect(world.google.events().filter(({ status }) => status === 'confirmed')).toHaveLength(1);

    await mentor.presses('Release', /The session is set/);
    await mentor.fills({ Reason: 'I am ill' });
    await mentor.sees(/You gave it back/, 'private');
    await student.sees(/Your request is open again/, 'dm');
    await student.sees(/Mini session called off/, 'dm');
    await claims(rival, 'Given back');
    await programme.bot.moveTo(after(programme.clock.now(), SECOND));
    expect(world.google.events().filter(({ status }) => status === 'confirmed')).toHaveLength(0);

    await programme.bot.moveTo(after(programme.clock.now(), 2 * DAY));
    expect(student.sight('dm').some(({ text }) => /coming up/.test(text))).toBe(false);
  });

  test('a student who cancels: the mentor is told, and old buttons explain themselves', async () => {
    const { student, mentor } = programme.world.people[platform];
    await asks(student, 'Taken back');
    const old = await mentor.sees('Taken back', 'channel');
    await claims(mentor, 'Taken back');
    await student.types('mini-sessions');
    await student.sees(/My requests[\s\S]*Taken back/, 'private');
    await student.presses('Cancel', /My requests/);
    await student.sees(/Your request is cancelled/, 'private');
    await mentor.sees(/The student cancelled/, 'dm');
    await mentor.sees(/This request was cancelled/, 'channel');
    await programme.world.people[platform].rival.pressesOld(old.id, 'Claim');
    await programme.world.people[platform].rival.sees(/cannot find that request|no longer open/, 'private');
  });

  test('closed direct messages: told at the next visit, and the other side knows', async () => {
    const { world } = programme;
    const { student, mentor } = world.people[platform];
    await asks(student, 'Out of reach');
    world[platform].faults.closeDms(student.userId);
    await claims(mentor, 'Out of reach');
    await mentor.sees(/My messages do not reach the other side/, 'dm');
    await student.types('mini-sessions');
    await student.sees(
      /could not send you this by direct message[\s\S]*A mentor claimed your request/,
      'private',
    );
    await student.types('mini-sessions');
    await student.sees(/^(?![\s\S]*could not send you this)My requests/, 'private');
  });

  test('however much was missed while direct messages were closed, all of it is told, also above a long list', async () => {
    const { world } = programme;
    const { student, mentor } = world.people[platform];
    const titles = ['one', 'two', 'three', 'four', 'five'].map((number) => `Missed ${number}`);
    for (const title of titles) await asks(student, title);
    world[platform].faults.closeDms(student.userId);
    for (const title of titles) {
      await claims(mentor, title);
      await mentor.sees(new RegExp(`My messages do not reach the other side[\\s\\S]*${title}`), 'dm');
    }
    for (const told of [
      ['one', 'two', 'three'],
      ['four', 'five'],
    ]) {
      await student.types('mini-sessions');
      const words = told.map((number) => `takes Missed ${number}`).join('[\\s\\S]*');
      await student.sees(
        new RegExp(`My requests[\\s\\S]*could not send you this[\\s\\S]*${words}`),
        'private',
      );
    }
    await student.types('mini-sessions');
    await student.sees(/^(?![\s\S]*could not send you this)My requests/, 'private');
  });

  test('a press that is delivered twice has one effect', async () => {
    const { student, mentor } = programme.world.people[platform];
    await asks(student, 'Twice');
    await claims(mentor, 'Twice');
    await mentor.pressAgain();
    // What is typed after it is answered after it.
    await mentor.types('mini-mentor');
    await mentor.sees(/Requests that wait for a mentor/, 'private');
    await programme.bot.moveTo(after(programme.clock.now(), SECOND));
    expect(student.sight('dm').filter(({ text }) => /A mentor claimed/.test(text))).toHaveLength(1);
  });

  test('what only one of the two may do is refused kindly to others', async () => {
    const { world } = programme;
    const { student, mentor, rival } = world.people[platform];
    const other = world[platform].addUser({ name: 'Otto', timeZone: 'Europe/Rome' });
    await asks(student, 'Private matter');
    await other.types('mini-mentor');
    await other.sees(/This is for mentors/, 'private');
    await claims(mentor, 'Private matter');
    await rival.types('mini-sessions');
    const list = await rival.sees(/My requests/, 'private');
    expect(list.text).not.toMatch(/Private matter/);
  });

  test('Google refuses: the booking stands, the mentor adds a link, both get it', async () => {
    const { world } = programme;
    const { student, mentor } = world.people[platform];
    world.google.refuseGrants('Token has been expired or revoked.');
    await asks(student, 'No calendar');
    await claims(mentor, 'No calendar');
    await schedules(mentor, soon());
    await mentor.sees(/Your session needs a link/, 'dm');
    await mentor.presses('Add link', /Your session needs a link/);
    await mentor.fills({ Link: 'https://meet.example.org/our-room' });
    await mentor.sees(/The link is saved/, 'private');
    await student.sees(/Mini session scheduled[\s\S]*https:\/\/meet\.example\.org\/our-room/, 'dm');
  });

  test('Google is slow to make the link: the card gets it when it is there', async () => {
    const { world, clock, bot } = programme;
    const { student, mentor } = world.people[platform];
    world.google.configure({ pendingGets: 2 });
    await asks(student, 'Slow link');
    await claims(mentor, 'Slow link');
    await schedules(mentor, soon());
    await student.sees(/Mini session scheduled[\s\S]*It is being made/, 'dm');
    for (let asked = 0; asked < 4; asked += 1) await bot.moveTo(after(clock.now(), 3 * SECOND));
    await student.sees(/Mini session scheduled[\s\S]*https:\/\/meet\.google\.com/, 'dm');
    expect(world.google.events()).toHaveLength(1);
  });

  test('after a downtime over both reminders, one true reminder comes, and none for a session that is over', async () => {
    const { world, clock, bot } = programme;
    const { student, mentor } = world.people[platform];
    const start = soon();
    await asks(student, 'Long night');
    await claims(mentor, 'Long night');
    await schedules(mentor, start);
    await student.sees(/Mini session scheduled/, 'dm');
    clock.moveTo(after(start, 4 * MINUTE));
    await bot.crash();
    const reminder = await student.sees(/has begun[\s\S]*4 minutes ago/, 'dm');
    expect(reminder.buttons).toContain('Join');
    expect(student.sight('dm').filter(({ text }) => /coming up|has begun/.test(text))).toHaveLength(1);
  });

  test('a session that nobody closes is closed after a day', async () => {
    const { clock, bot, world } = programme;
    const { student, mentor } = world.people[platform];
    const start = soon();
    await asks(student, 'Forgotten');
    await claims(mentor, 'Forgotten');
    await schedules(mentor, start);
    await bot.moveTo(after(start, HOUR));
    await student.sees(/Did your mini session take place/, 'dm');
    await bot.moveTo(after(clock.now(), DAY + HOUR));
    await student.types('mini-sessions');
    await student.sees(/Forgotten[\s\S]*Completed/, 'private');
  });
});

test('a platform that limits us gets its message later, and nothing is lost', async () => {
  const { world, bot, clock } = programme;
  const { student, mentor } = world.people.slack;
  world.slack.faults.rateLimit({ method: 'chat.postMessage', times: 1, retryAfter: 1 });
  world.discord.faults.rateLimit({ path: /\/messages$/, method: 'POST', times: 1, retryAfter: 1 });
  await asks(student, 'Patience');
  await bot.moveTo(after(clock.now(), 5 * SECOND));
  await mentor.sees('Patience', 'channel');
  await world.people.discord.mentor.sees('Patience', 'channel');
  expect(mentor.sight('channel').filter(({ text }) => /Patience/.test(text))).toHaveLength(1);
});
