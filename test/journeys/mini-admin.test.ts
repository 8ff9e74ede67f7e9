import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { claimPromise } from '../../src/core/promises.ts';
import { HOUR, MINUTE, after as plus } from '../../src/core/time.ts';
import type { Person } from '../../src/sandbox/person.ts';
import { asks, claims, confirmsTimes } from '../support/asking.ts';
import { runOn } from '../support/database.ts';
import { type Programme, startProgramme } from '../support/programme.ts';

let programme: Programme;
/** By platform: a channel in which the bot may write, and one in which it may not. */
let channels: Record<'slack' | 'discord', { open: string; closed: string }>;
beforeEach(async () => {
  programme = await startProgramme({
    env: ({ slack, discord, people }) => {
      channels = {
        slack: { open: slack.addChannel('help'), closed: slack.addChannel('away', { withApp: false }) },
        discord: { open: discord.addChannel('help'), closed: discord.addChannel('away') },
      };
      discord.faults.forbid(channels.discord.closed, 'write');
      slack.join(channels.slack.open, people.slack.student.userId);
      return {};
    },
  });
});
afterEach(() => programme.end());

describe.each(['slack', 'discord'] as const)('/mini-admin, on %s', (platform) => {
  const people = () => programme.world.people[platform];
  async function opens(who: Person): Promise<void> {
    await who.types('mini-admin');
    await who.sees(/What needs you|Nothing needs you/, 'private');
  }

  test('a vanished mentor’s claim is given back, and given to another mentor', async () => {
    const { student, mentor, rival, coordinator } = people();
    const begun = programme.clock.now();
    await rival.types('mini-mentor');
    await rival.sees(/Nobody waits for a mentor/, 'private');
    await opens(coordinator);
    await coordinator.sees(/Nothing needs you/, 'private');
    await asks(student, 'Left behind');
    await claims(mentor, 'Left behind');
    await programme.bot.moveTo(plus(begun, claimPromise.tellStudent + HOUR));
    await coordinator.types('mini-admin');
    await coordinator.sees(/Claims without a time[\s\S]*Left behind/, 'private');
    await programme.bot.crash();
    await coordinator.presses('Give back', /What needs you/);
    await coordinator.sees(/It is with all mentors again/, 'private');
    await mentor.sees(/Your claim went back to the queue/, 'dm');
    await coordinator.presses('Assign a mentor', /It is with all mentors again/);
    await coordinator.sees(/Who takes it on/, 'private');
    await coordinator.presses(rival.name, /Who takes it on/);
    await coordinator.sees(/It has a mentor/, 'private');
    expect((await rival.sees(/gave you a request[\s\S]*Left behind/, 'dm')).buttons).toContain('Schedule');
    await rival.presses('Schedule', /gave you a request/);
    await rival.sees(/When do you meet/, 'private');
  });

  test('times are settings: a claim is given back by the new ones; others are told who may', async () => {
    const { student, mentor, coordinator } = people();
    await student.types('mini-admin');
    await student.sees(/This is for coordinators/, 'private');
    await opens(coordinator);
    await coordinator.presses('Settings', /Nothing needs you/);
    await coordinator.sees(/Settings of the programme[\s\S]*after 12 hours/, 'private');
    await coordinator.presses('Claims', /Settings of the programme/);
    await coordinator.fills({
      'Remind the mentor': '1 hour',
      'Tell the student': '2 hours',
      'Give it back': '3 hours',
      'With a proposed time': '4 hours',
    });
    await coordinator.sees(/Settings of the programme[\s\S]*after 1 hour,/, 'private');
    const begun = programme.clock.now();
    await asks(student, 'In a hurry');
    await claims(mentor, 'In a hurry');
    await programme.bot.moveTo(plus(begun, HOUR + 5 * MINUTE));
    await mentor.sees(/Your claim waits for a time/, 'dm');
    await programme.bot.crash();
    await programme.bot.moveTo(plus(begun, 3 * HOUR + 5 * MINUTE));
    await student.sees(/Your request is with all mentors again/, 'dm');
  });

  test('a message that was given up is tried again; numbers tell how it goes', async () => {
    const { student, coordinator } = people();
    await asks(student, 'Undelivered');
    await programme.world.people[platform].mentor.sees('Undelivered', 'channel');
    await runOn(
      programme.databaseUrl,
      `UPDATE notices SET state = 'DEAD', why = 'it was refused' WHERE kind = 'still_wanted'`,
    );
    await coordinator.types('mini-admin');
    await coordinator.sees(/Messages that I gave up[\s\S]*it was refused/, 'private');
    await coordinator.presses('Try again', /What needs you/);
    await coordinator.sees(/Nothing needs you/, 'private');
    await student.sees(/No mentor has claimed your request yet/, 'dm');
    await coordinator.presses('Numbers', /Nothing needs you/);
    await coordinator.sees(/The last 30 days[\s\S]*1 opened, 0 of them claimed/, 'private');
  });

  test('a button in a channel opens the form for whoever presses it', async () => {
    const { student, coordinator, mentor } = people();
    await opens(coordinator);
    await coordinator.presses('Post a request button', /Nothing needs you/);
    await coordinator.fills({ Channel: 'help' });
    await coordinator.sees(/The button is there/, 'private');
    await student.sees(/one-to-one video call[\s\S]*Only you see the form/, 'channel');
    await student.presses('Request a mini session', /one-to-one video call/);
    await student.fills({
      Title: 'From the panel',
      'Session type': 'Code review',
      Description: 'I saw the button.',
    });
    await confirmsTimes(student);
    await mentor.sees('From the panel', 'channel');
  });

  test('where the bot may not write it says at once what helps, and no button is put there', async () => {
    const { student, coordinator } = people();
    await opens(coordinator);
    await coordinator.presses('Post a request button', /Nothing needs you/);
    await coordinator.fills({ Channel: 'away' });
    if (platform === 'slack') {
      expect(JSON.stringify(await coordinator.form())).toContain('type /invite with my name');
      await coordinator.closesForm();
    } else await coordinator.sees(/I may not do all that I need[\s\S]*Send Messages/, 'private');
    expect(student.sight('channel').filter(({ channel }) => channel === channels[platform].closed)).toEqual(
      [],
    );
  });
});
