import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { after, DAY, HOUR } from '../../src/core/time.ts';
import { asks, claims, schedules } from '../support/asking.ts';
import { type Programme, startProgramme } from '../support/programme.ts';

let programme: Programme;
beforeAll(async () => {
  programme = await startProgramme();
});
afterAll(() => programme.end());

const MEET = /https:\/\/meet\.google\.com\/[a-z-]+/;

describe.each(['slack', 'discord'] as const)('a mentor’s own meeting room, on %s', (platform) => {
  test('is where they meet, until the session is another mentor’s: then both hear of the new link', async () => {
    const { student, mentor, rival } = programme.world.people[platform];
    const title = `In my room on ${platform}`;
    const room = `https://meet.example.org/${platform}-room`;
    const start = new Date(Math.ceil(after(programme.clock.now(), 2 * DAY).getTime() / HOUR) * HOUR);
    await rival.types('mini-mentor');
    await rival.sees(/Nobody waits for a mentor|Requests that wait/, 'private');
    await student.types('mini-sessions');
    await student.sees(/My requests/, 'private');
    await student.presses('My settings', /My requests/);
    expect((await student.sees(/My settings/, 'private')).buttons).not.toContain('My meeting room');

    await mentor.types('mini-sessions');
    await mentor.sees(/My requests/, 'private');
    await mentor.presses('My settings', /My requests/);
    await mentor.sees(/My settings[\s\S]*each session gets a link of its own/, 'private');
    await mentor.presses('My meeting room', /My settings/);
    await mentor.sees(/If you always meet at the same address/, 'private');
    await mentor.presses('Give a link', /If you always meet/);
    await mentor.fills({ Link: room });
    await mentor.sees(new RegExp(`My settings[\\s\\S]*${room}`), 'private');

    await asks(student, title);
    await claims(mentor, title);
    await schedules(mentor, start);
    const card = new RegExp(`Mini session scheduled[\\s\\S]*${title}[\\s\\S]*${room}`);
    await student.sees(card, 'dm');
    await mentor.sees(card, 'dm');
    expect(programme.world.google.events().filter(({ summary }) => summary?.includes(title))).toEqual([]);

    await mentor.presses('Hand over', /The session is set/);
    await mentor.sees(/Who could take it over/, 'private');
    await mentor.presses(rival.name, /Who could take it over/);
    await mentor.fills({ 'A word': 'I am ill' });
    await rival.sees(new RegExp(`Could you take this over[\\s\\S]*${title}`), 'dm');
    await rival.presses('Take it over', /Could you take this over/);
    await rival.sees(/It is yours now/, 'private');
    await student.sees(/You have another mentor now[\s\S]*the link is another one/, 'dm');
    const another = new RegExp(`Your video call has another link[\\s\\S]*${title}[\\s\\S]*${MEET.source}`);
    for (const who of [student, rival]) expect((await who.sees(another, 'dm')).text).not.toContain(room);
    await student.sees(new RegExp(`Mini session scheduled[\\s\\S]*${title}[\\s\\S]*${MEET.source}`), 'dm');

    await mentor.types('mini-sessions');
    await mentor.sees(/My requests/, 'private');
    await mentor.presses('My settings', /My requests/);
    await mentor.sees(/My settings/, 'private');
    await mentor.presses('My meeting room', new RegExp(`My settings[\\s\\S]*${room}`));
    await mentor.sees(new RegExp(`My meeting room[\\s\\S]*${room}[\\s\\S]*If you always meet`), 'private');
    await mentor.presses('Remove it', new RegExp(`${room}[\\s\\S]*If you always meet`));
    await mentor.sees(/My settings[\s\S]*each session gets a link of its own/, 'private');
  });
});
