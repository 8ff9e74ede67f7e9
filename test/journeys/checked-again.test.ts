import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { after, DAY, HOUR, MINUTE, SECOND } from '../../src/core/time.ts';
import { asks, claims, schedules } from '../support/asking.ts';
import { type Programme, startProgramme } from '../support/programme.ts';

let programme: Programme;
beforeEach(async () => {
  programme = await startProgramme();
});
afterEach(() => programme.end());

const MEET = /https:\/\/meet\.google\.com\/[a-z-]+/;
const inDays = (days: number) =>
  new Date(Math.ceil(after(programme.clock.now(), days * DAY).getTime() / HOUR) * HOUR);
const asked = () => programme.wire.filter(({ to, path }) => to === 'google' && /\/events/.test(path)).length;

describe.each(['slack', 'discord'] as const)('the day before, on %s', (platform) => {
  test('a meeting that somebody deleted by hand is there again, and both hear of the new link', async () => {
    const { world, bot } = programme;
    const { student, mentor } = world.people[platform];
    const start = inDays(3);
    await asks(student, 'Deleted by hand');
    await claims(mentor, 'Deleted by hand');
    await schedules(mentor, start);
    const first = MEET.exec(
      (await student.sees(/Mini session scheduled[\s\S]*meet\.google/, 'dm')).text,
    )?.[0];
    const [event] = world.google.events();
    world.google.edits(event?.id ?? '', { status: 'cancelled', conferenceData: undefined });

    await bot.moveTo(after(start, -25 * HOUR + SECOND));
    for (const who of [student, mentor]) {
      const told = await who.sees(/Your video call has another link[\s\S]*meet\.google/, 'dm');
      expect(MEET.exec(told.text)?.[0]).not.toBe(first);
    }
    const link = world.google.events()[0]?.hangoutLink ?? '';
    expect(world.google.events()).toMatchObject([{ status: 'confirmed' }]);
    await student.sees(new RegExp(`Mini session scheduled[\\s\\S]*${link}`), 'dm');
    await bot.moveTo(after(start, -15 * MINUTE + SECOND));
    await student.sees(new RegExp(`coming up[\\s\\S]*${link}`), 'dm');
  });

  test('a meeting that is there stays, nobody hears a word, and nothing is asked for what is planned at short notice', async () => {
    const { world, bot } = programme;
    const { student, mentor } = world.people[platform];
    const start = inDays(0.5);
    await asks(student, 'At short notice');
    await claims(mentor, 'At short notice');
    await schedules(mentor, start);
    await student.sees(/Mini session scheduled[\s\S]*meet\.google/, 'dm');
    const before = asked();
    await bot.moveTo(after(start, -15 * MINUTE + SECOND));
    await student.sees(/coming up/, 'dm');
    expect(asked()).toBe(before);
    expect(student.sight('dm').some(({ text }) => /another link/.test(text))).toBe(false);
  });
});
