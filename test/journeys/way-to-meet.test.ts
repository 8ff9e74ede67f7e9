import { afterEach, describe, expect, test } from 'vitest';
import { after, DAY, HOUR, SECOND } from '../../src/core/time.ts';
import type { Person } from '../../src/sandbox/person.ts';
import { startZoom, type ZoomStandIn } from '../../src/sandbox/zoom/index.ts';
import { asks, asTyped, claims, confirmsTimes } from '../support/asking.ts';
import { rowsOf } from '../support/database.ts';
import { type Programme, startProgramme } from '../support/programme.ts';

let programme: Programme;
let zoom: ZoomStandIn | undefined;
afterEach(async () => {
  await programme.end();
  await zoom?.close();
  zoom = undefined;
});

const soon = (days = 2) =>
  new Date(Math.ceil(after(programme.clock.now(), days * DAY).getTime() / HOUR) * HOUR);
const MEET = /https:\/\/meet\.google\.com\/[a-z-]+/;
const ZOOM = /https:\/\/\S*zoom\S*\/j\/\d+/;

/** A programme in which Google Meet makes links unless coordinators choose Zoom. */
async function withZoom(): Promise<void> {
  zoom = await startZoom();
  programme = await startProgramme({ env: { ...zoom.env, MEETING_PROVIDER: 'google-meet' } });
}

/** The coordinator goes to the choice of who makes links, and presses one. */
async function chooses(coordinator: Person, provider: string): Promise<void> {
  await coordinator.types('mini-admin');
  await coordinator.sees(/What needs you|Nothing needs you/, 'private');
  await coordinator.presses('Settings', /What needs you|Nothing needs you/);
  await coordinator.sees(/Settings of the programme/, 'private');
  await coordinator.presses('Meeting links', /Settings of the programme/);
  await coordinator.sees(/A press chooses another/, 'private');
  await coordinator.presses(provider, /A press chooses another/);
}

async function plans(student: Person, mentor: Person, title: string, days = 2): Promise<void> {
  await asks(student, title);
  await claims(mentor, title);
  await mentor.presses('Schedule', new RegExp(`It is yours[\\s\\S]*${title}`));
  await mentor.sees(new RegExp(`When do you meet[\\s\\S]*${title}`), 'private');
  await mentor.presses('Another time', new RegExp(`When do you meet[\\s\\S]*${title}`));
  await mentor.fills({ Start: asTyped(mentor, soon(days)) });
  await confirmsTimes(mentor);
  await mentor.sees(new RegExp(`The session is set[\\s\\S]*${title}`), 'private');
}
const card = (title: string, link: RegExp) =>
  new RegExp(`Mini session scheduled[\\s\\S]*${title}[\\s\\S]*${link.source}`);
const standing = () => programme.world.google.events().filter(({ status }) => status === 'confirmed');

describe.each(['slack', 'discord'] as const)('who makes the links, on %s', (platform) => {
  const people = () => programme.world.people[platform];

  test('is the coordinators’ choice; what another provider made is moved and taken away there', async () => {
    await withZoom();
    const { student, mentor, coordinator } = people();
    await plans(student, mentor, 'By Google');
    await student.sees(card('By Google', MEET), 'dm');

    await chooses(coordinator, 'Zoom');
    const chosen = await coordinator.sees(/Now: Zoom/, 'private');
    expect(chosen.buttons).toEqual(
      expect.arrayContaining(['Google Meet, with a calendar', 'Zoom', 'Each mentor gives a link']),
    );
    await programme.bot.crash();
    await plans(student, mentor, 'By Zoom', 3);
    await student.sees(card('By Zoom', ZOOM), 'dm');
    expect(zoom?.meetings()).toHaveLength(1);

    await mentor.presses('Release', card('By Google', MEET));
    await mentor.fills({ Reason: '' });
    await mentor.sees(/You gave it back/, 'private');
    await programme.bot.moveTo(after(programme.clock.now(), SECOND));
    expect(standing()).toEqual([]);
    expect(zoom?.meetings()).toHaveLength(1);

    await chooses(coordinator, 'Each mentor gives a link');
    await coordinator.sees(/Now: Each mentor gives a link/, 'private');
    await plans(student, mentor, 'By hand', 4);
    await mentor.sees(/Your session needs a link[\s\S]*By hand/, 'dm');
  });

  test('a provider that does not work is not chosen; others hear that it is not theirs to choose', async () => {
    await withZoom();
    const { coordinator, student } = people();
    zoom?.deactivate(true);
    await chooses(coordinator, 'Zoom');
    await coordinator.sees(/Zoom does not work yet[\s\S]*activate it at marketplace\.zoom\.us/, 'private');
    await coordinator.types('mini-admin');
    await coordinator.sees(/Nothing needs you/, 'private');
    await coordinator.presses('Settings', /Nothing needs you/);
    await coordinator.sees(/Meeting links[\s\S]*As I was set up/, 'private');
    await student.types('mini-admin');
    await student.sees(/This is for coordinators/, 'private');
  });

  test('a provider that is gone: its meetings are not lost sight of, coordinators hear what is to be done by hand', async () => {
    zoom = await startZoom();
    programme = await startProgramme({ env: zoom.env });
    const { student, mentor, coordinator } = people();
    await plans(student, mentor, 'Made elsewhere');
    await student.sees(card('Made elsewhere', ZOOM), 'dm');
    // As after Zoom was taken out of the settings: what it made says another name.
    await rowsOf(
      programme.databaseUrl,
      `UPDATE mini_mentorship_sessions SET meeting_provider = 'teams' RETURNING id`,
    );
    await mentor.presses('Release', card('Made elsewhere', ZOOM));
    await mentor.fills({ Reason: '' });
    await mentor.sees(/You gave it back/, 'private');
    await coordinator.sees(
      /Meeting links do not work as they should[\s\S]*teams is not set up any more/,
      'channel',
    );
    expect(zoom.meetings()).toHaveLength(1);
    await coordinator.types('mini-admin');
    await coordinator.sees(
      /What needs you[\s\S]*For sessions: 1[\s\S]*teams is not set up any more/,
      'private',
    );
  });

  test('Google takes the token no more: coordinators hear the remedy once, mentors are asked kindly; mended, all is made', async () => {
    programme = await startProgramme();
    const { world, bot, clock } = programme;
    const { student, mentor, coordinator } = people();
    world.google.refuseGrants('Token has been expired or revoked.');
    for (const [title, days] of [
      ['First', 2],
      ['Second', 3],
    ] as const) {
      await plans(student, mentor, title, days);
      const asked = await mentor.sees(new RegExp(`Your session needs a link[\\s\\S]*${title}`), 'dm');
      expect(asked.text).not.toMatch(/GOOGLE_|token/i);
    }
    const told = await coordinator.sees(/Meeting links do not work[\s\S]*GOOGLE_REFRESH_TOKEN/, 'channel');
    expect(told.text).toMatch(/publish the app/);
    expect(student.sight('dm').some(({ text }) => /GOOGLE_|token/i.test(text))).toBe(false);
    const words = () =>
      coordinator.sight('channel').filter(({ text }) => /Meeting links do not work/.test(text));
    expect(words()).toHaveLength(1);
    await bot.moveTo(after(clock.now(), DAY));
    await mentor.types('mini-mentor');
    await mentor.sees(/Nobody waits|Requests that wait/, 'private');
    await mentor.presses('Try again', /Your session needs a link[\s\S]*Second/);
    await coordinator.sees(/Meeting links do not work[\s\S]*GOOGLE_REFRESH_TOKEN/, 'channel');
    await expect.poll(() => words().length, { timeout: 10_000 }).toBe(2);

    await coordinator.types('mini-admin');
    await coordinator.sees(
      /Meeting links do not work[\s\S]*For sessions: 2[\s\S]*GOOGLE_REFRESH_TOKEN/,
      'private',
    );
    world.google.refuseGrants(undefined);
    await coordinator.presses('Try again', /For sessions: 2/);
    for (const title of ['First', 'Second']) await student.sees(card(title, MEET), 'dm');
    await coordinator.types('mini-admin');
    await coordinator.sees(/Nothing needs you/, 'private');
    expect(standing()).toHaveLength(2);
  });

  test('the language of channels is the coordinators’ choice; people go on reading theirs', async () => {
    programme = await startProgramme();
    const { student, mentor, coordinator } = people();
    await coordinator.types('mini-admin');
    await coordinator.sees(/Nothing needs you/, 'private');
    await coordinator.presses('Settings', /Nothing needs you/);
    await coordinator.sees(/Settings of the programme/, 'private');
    await coordinator.presses('Language', /Settings of the programme/);
    await coordinator.sees(/In which I write to the channels/, 'private');
    await coordinator.presses('Español', /In which I write to the channels/);
    await coordinator.sees(/In which I write to the channels[\s\S]*: Español/, 'private');
    await asks(student, 'In two languages');
    expect((await mentor.sees('In two languages', 'channel')).buttons).toContain('Me encargo');
  });
});
