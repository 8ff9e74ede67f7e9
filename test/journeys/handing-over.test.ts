import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DAY, HOUR, after as later, MINUTE, SECOND } from '../../src/core/time.ts';
import type { Person } from '../../src/sandbox/person.ts';
import { asks, claims, schedules } from '../support/asking.ts';
import { type Programme, startProgramme } from '../support/programme.ts';

let programme: Programme;
beforeAll(async () => {
  programme = await startProgramme();
});
afterAll(() => programme.end());

const inDays = (days: number) =>
  new Date(Math.ceil(later(programme.clock.now(), days * DAY).getTime() / HOUR) * HOUR);
const LINK = /https:\/\/meet\.google\.com\/[a-z-]+/;

describe.each(['slack', 'discord'] as const)('a request changes hands on %s', (platform) => {
  const people = () => programme.world.people[platform];
  /** The bot knows the mentors whom it has met. */
  const meets = async (mentor: Person) => {
    await mentor.types('mini-mentor');
    await mentor.sees(/Requests that wait for a mentor/, 'private');
  };

  async function asksToTakeOver(title: string, within: RegExp, word: string): Promise<void> {
    const { mentor, rival } = people();
    await meets(rival);
    await mentor.presses('Hand over', within);
    const choices = await mentor.sees(new RegExp(`Who could take it over\\?[\\s\\S]*${title}`), 'private');
    expect(choices.buttons).toContain(rival.name);
    expect(choices.buttons).not.toContain(mentor.name);
    await mentor.presses(rival.name, /Who could take it over/);
    await mentor.fills({ 'A word': word });
    await mentor.sees(new RegExp(`I asked them[\\s\\S]*${title}`), 'private');
    const asked = await rival.sees(
      new RegExp(`Could you take this over\\?[\\s\\S]*${title}[\\s\\S]*${word}`),
      'dm',
    );
    expect(asked.buttons).toEqual(['Take it over', 'Decline']);
  }

  test('a session goes over with its time and link, and reminders follow', async () => {
    const { student, mentor, rival } = people();
    const title = `Handed on ${platform}`;
    const start = inDays(2);
    await asks(student, title);
    await claims(mentor, title);
    await schedules(mentor, start);
    const mine = new RegExp(`Mini session scheduled[\\s\\S]*${title}[\\s\\S]*${LINK.source}`);
    const link = LINK.exec((await mentor.sees(mine, 'dm')).text)?.[0];
    await student.sees(mine, 'dm');

    await asksToTakeOver(title, mine, 'I am ill today');
    await programme.bot.crash();
    await rival.presses('Take it over', /I am ill today/);
    await rival.sees(/It is yours now/, 'private');
    const unanswered = () =>
      rival
        .sight('dm')
        .filter(({ text, buttons }) => text.includes('I am ill today') && buttons.includes('Decline'));
    await expect.poll(unanswered, { timeout: 10_000 }).toEqual([]);
    const told = await student.sees(new RegExp(`You have another mentor now[\\s\\S]*${title}`), 'dm');
    expect(told.text).toContain(rival.name);
    expect(told.text).toContain(link);
    await mentor.sees(new RegExp(`It is taken over[\\s\\S]*${title}`), 'dm');
    const gone = await mentor.sees(new RegExp(`Another mentor has this session now[\\s\\S]*${title}`), 'dm');
    expect(gone.buttons).toEqual([]);
    expect((await rival.sees(mine, 'dm')).text).toContain(link);
    await rival.sees(new RegExp(`${title}[\\s\\S]*Scheduled by @?${rival.name}`), 'channel');
    await programme.bot.moveTo(later(programme.clock.now(), SECOND));
    expect(programme.world.google.events().filter(({ summary }) => summary?.includes(title))).toMatchObject([
      { status: 'confirmed', hangoutLink: link },
    ]);

    // Old buttons explain themselves.
    await mentor.presses('Keep it', /I asked them/);
    await mentor.sees(new RegExp(`${rival.name}`), 'private');
    const coming = new RegExp(`coming up[\\s\\S]*${title}`);
    await programme.bot.moveTo(later(start, -15 * MINUTE + SECOND));
    for (const who of [student, rival]) await who.sees(coming, 'dm');
    expect(mentor.sight('dm').filter(({ text }) => coming.test(text))).toEqual([]);
  });

  test('declined, it stays; kept, nobody else can take it', async () => {
    const { student, mentor, rival } = people();
    const title = `Declined on ${platform}`;
    await asks(student, title);
    await claims(mentor, title);
    await meets(mentor);
    await mentor.presses('What I claimed', /Requests that wait/);
    await mentor.sees(new RegExp(`What I claimed[\\s\\S]*${title}`), 'private');
    await asksToTakeOver(title, new RegExp(`What I claimed[\\s\\S]*${title}`), 'First try');
    await rival.presses('Decline', /First try/);
    await rival.sees(/You declined/, 'private');
    const declined = await mentor.sees(new RegExp(`They cannot take it over[\\s\\S]*${title}`), 'dm');
    expect(declined.buttons).toEqual(['Schedule', 'Release', 'Hand over']);

    // The question says that it has ended, where it was asked.
    const ended = new RegExp(`You are not asked any more[\\s\\S]*${title} is with @?${mentor.name}`);
    expect((await rival.sees(ended, 'dm')).buttons).toEqual([]);
    expect(rival.sight('dm').filter(({ text }) => text.includes('First try'))).toEqual([]);

    await asksToTakeOver(title, /They cannot take it over/, 'Second try');
    const { id } = await rival.sees(/Second try/, 'dm');
    await mentor.presses('Keep it', new RegExp(`I asked them[\\s\\S]*${title}`));
    await mentor.sees(/You keep it/, 'private');
    await expect
      .poll(() => rival.sight('dm').filter(({ text }) => ended.test(text)).length, { timeout: 10_000 })
      .toBe(2);
    // A client that has not caught up still shows the button.
    await rival.pressesOld(id, 'Take it over');
    await rival.sees(/You are not asked any more|holds this request|was quicker/, 'private');
    await rival.sees(new RegExp(`${title}[\\s\\S]*Claimed by @?${mentor.name}`), 'channel');
  });
});
