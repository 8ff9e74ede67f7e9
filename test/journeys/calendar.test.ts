import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DAY, HOUR, after as later, MINUTE } from '../../src/core/time.ts';
import type { Person } from '../../src/sandbox/person.ts';
import { asks, claims, proposes, schedules } from '../support/asking.ts';
import { complaintsAbout, readCalendar } from '../support/calendar.ts';
import { rowsOf } from '../support/database.ts';
import { type Programme, startProgramme } from '../support/programme.ts';
import { freePort } from '../support/settings.ts';

let programme: Programme;
beforeEach(async () => {
  const port = String(await freePort());
  programme = await startProgramme({ env: { PORT: port, PUBLIC_URL: `http://127.0.0.1:${port}` } });
});
afterEach(() => programme.end());

/** A full hour, so many days ahead. */
const inDays = (days: number) =>
  new Date(Math.ceil(later(programme.clock.now(), days * DAY).getTime() / HOUR) * HOUR);

const scheduledCard = /Mini session scheduled[\s\S]*Join the video call/;

/** Follows a link button, as whoever presses it does. */
async function opens(who: Person, label: string, card: RegExp): Promise<string> {
  const { links } = await who.sees(card, 'dm');
  const url = links.find((link) => link.label === label)?.url;
  if (!url) throw new Error(`No ${label} among ${JSON.stringify(links)}`);
  return url;
}
async function file(url: string) {
  const response = await fetch(url);
  const text = await response.text();
  expect(response.headers.get('content-type')).toMatch(/^text\/calendar; charset=utf-8/);
  expect(complaintsAbout(text)).toEqual([]);
  const { method, events } = readCalendar(text);
  const [event] = events;
  if (!event || events.length > 1) throw new Error(`Not one event: ${text}`);
  return { method, event, kind: response.headers.get('content-type') };
}
async function page(url: string, method = 'GET') {
  const response = await fetch(url, { method, redirect: 'manual', headers: { 'accept-language': 'es' } });
  const html = await response.text();
  const words = html
    .slice(html.indexOf('<main>'))
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');
  return { status: response.status, words, html, location: response.headers.get('location') };
}
const joined = () =>
  rowsOf<{ student: Date | null; mentor: Date | null }>(
    programme.databaseUrl,
    'SELECT student_joined_at AS student, mentor_joined_at AS mentor FROM mini_mentorship_sessions',
  );

describe.each(['slack', 'discord'] as const)('on %s', (platform) => {
  const people = () => programme.world.people[platform];

  async function scheduled(title: string, start: Date): Promise<void> {
    const { student, mentor } = people();
    await asks(student, title);
    await claims(mentor, title);
    await schedules(mentor, start);
    for (const who of [student, mentor]) await who.sees(scheduledCard, 'dm');
  }

  test('a session goes into people’s own calendars, moves there, and leaves them', async () => {
    const { student, mentor } = people();
    const [start, other] = [inDays(2), inDays(5)];
    const title = 'Zürich; “commas, \\ and a very long title” that no line holds, 🦊';
    await scheduled(title, start);

    const url = await opens(student, 'Add to calendar', scheduledCard);
    const { method, event, kind } = await file(url);
    expect(method).toBe('PUBLISH');
    expect(kind).toContain('method=PUBLISH');
    expect(event).toMatchObject({
      sequence: 0,
      status: 'CONFIRMED',
      summary: `Mini session: ${title}`,
      start,
      end: later(start, 30 * MINUTE),
    });
    expect(event.description).toContain(`With ${mentor.name}`);
    expect(event.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/join\/[\w-]{64}$/);
    expect(event.location).toBe(event.url);

    const theirs = await opens(mentor, 'Add to calendar', scheduledCard);
    expect(theirs).not.toBe(url);
    expect((await file(theirs)).event).toMatchObject({ uid: event.uid, sequence: 0 });

    await proposes(mentor, ['Move', scheduledCard], other, 'I am on a train');
    await student.sees(/May we move the session/, 'dm');
    await student.presses('Accept', /May we move the session/);
    expect(await opens(student, 'Add to calendar', /Your mini session has moved/)).toBe(url);
    const moved = await file(url);
    expect(moved.method).toBe('PUBLISH');
    expect(moved.event).toMatchObject({ uid: event.uid, sequence: 1, start: other, url: event.url });

    // The reminder of the day before takes the buttons over, and has this one, too.
    await programme.bot.moveTo(later(other, -DAY + MINUTE));
    expect(await opens(student, 'Add to calendar', /Your mini session is coming up/)).toBe(url);

    await student.presses('Cancel', /Your mini session is coming up/);
    await student.fills({ Reason: 'No time' });
    await student.sees(/called off[\s\S]*Take it off my calendar/, 'dm');
    const off = await file(url);
    expect(off.method).toBe('CANCEL');
    expect(off.event).toMatchObject({ uid: event.uid, sequence: 2, status: 'CANCELLED', url: null });
    expect((await file(theirs)).event).toMatchObject({ status: 'CANCELLED', sequence: 2 });
    expect((await page(event.url ?? '')).words).toContain('There is nothing to join');
  });

  test('the link in the calendar notes who is there, and outlives the link of the call', async () => {
    const { student, mentor } = people();
    const start = inDays(1);
    await scheduled('Doors', start);
    const { event } = await file(await opens(student, 'Add to calendar', scheduledCard));
    const way = event.url ?? '';

    const early = await page(way);
    expect(early.status).toBe(200);
    expect(early.words).toMatch(/Doors .*It has not begun\. From .* on you can come in here/);
    expect(early.html).not.toContain('<form');
    await page(way, 'POST');
    expect(await joined()).toEqual([{ student: null, mentor: null }]);

    // The mentor has another room now.
    await mentor.presses('Change link', scheduledCard);
    await mentor.fills({ Link: 'https://meet.example.org/another-room' });
    await mentor.sees(/The link is saved/, 'private');
    const changed = await student.sees(/Your video call has another link/, 'dm');
    const url = changed.links.find(({ label }) => label === 'Add to calendar')?.url ?? '';
    expect((await file(url)).event).toMatchObject({ uid: event.uid, sequence: 1, url: way });

    await programme.bot.moveTo(later(start, -10 * MINUTE));
    expect((await page(way)).html).toContain('<form method="post"><button type="submit">Join the video call');
    await page(way, 'HEAD');
    expect(await joined()).toEqual([{ student: null, mentor: null }]);
    expect(await page(way, 'POST')).toMatchObject({
      status: 303,
      location: 'https://meet.example.org/another-room',
    });
    expect(await joined()).toEqual([{ student: expect.any(Date), mentor: null }]);
    expect((await page(way)).words).toContain('I have noted that you are here');

    await programme.bot.moveTo(later(start, 31 * MINUTE));
    expect((await page(way, 'POST')).words).toContain('This mini session is over');
  });

  test('a private link keeps a whole calendar up to date, until it is replaced or turned off', async () => {
    const { student } = people();
    await scheduled('First', inDays(2));
    /** Opens the calendar's settings and presses there. @returns the feed's address, another than is known */
    const feedBy = async (label: string, known = ''): Promise<string> => {
      await student.types('mini-sessions');
      await student.sees(/My requests/, 'private');
      await student.presses('My settings', /My requests/);
      await student.sees(/My settings[\s\S]*Calendar/, 'private');
      await student.presses('Calendar', /My settings/);
      await student.sees(/My calendar/, 'private');
      await student.presses(label, /My calendar/);
      const shown = () =>
        student
          .sight('private')
          .filter(({ text }) => text.includes('Your private calendar link'))
          .flatMap(({ text, links }) => links.filter(({ url }) => text.includes(`${url}.ics`)))
          .map(({ url }) => url)
          .find((url) => url !== known);
      await expect.poll(shown, { timeout: 10_000 }).toBeDefined();
      const opened = shown() ?? '';
      return opened;
    };
    const read = (url: string, headers: Record<string, string> = {}) => fetch(`${url}.ics`, { headers });
    const events = async (url: string) => {
      const text = await (await read(url)).text();
      expect(complaintsAbout(text)).toEqual([]);
      return readCalendar(text).events.map(({ summary, sequence, status }) => [summary, sequence, status]);
    };

    const feed = await feedBy('Get a link');
    expect(await events(feed)).toEqual([['Mini session: First', 0, 'CONFIRMED']]);
    const first = await read(feed);
    expect(first.headers.get('cache-control')).toBe('private, no-cache');
    expect(new Date(first.headers.get('last-modified') ?? '').getTime()).toBeGreaterThan(0);
    const etag = first.headers.get('etag') ?? '';
    expect((await read(feed, { 'if-none-match': `"other", W/${etag}` })).status).toBe(304);
    expect(await (await page(feed)).html).toContain(`webcal:${feed.replace(/^http:/, '')}.ics`);
    // Nothing in the database gives the address away.
    const kept = await rowsOf(programme.databaseUrl, 'SELECT * FROM member_preferences');
    expect(JSON.stringify(kept)).not.toContain(feed.split('/').at(-1));

    await student.presses('Cancel', scheduledCard);
    await student.fills({ Reason: 'No time' });
    await student.sees(/called off/, 'dm');
    expect(await events(feed)).toEqual([['Mini session: First', 1, 'CANCELLED']]);
    expect((await read(feed, { 'if-none-match': etag })).status).toBe(200);

    const newer = await feedBy('New link', feed);
    expect(await events(newer)).toHaveLength(1);
    const stopped = await read(feed);
    expect([stopped.status, stopped.headers.get('content-type')]).toEqual([404, 'text/plain; charset=utf-8']);
    expect(await stopped.text()).toContain('/mini-sessions, My settings, Calendar');

    await student.presses('Turn it off', /Your private calendar link/);
    await student.sees(/My calendar/, 'private');
    const off = await read(newer);
    const unknown = await read(`${newer.slice(0, -2)}xx`);
    expect([off.status, unknown.status, await off.text()]).toEqual([404, 404, await unknown.text()]);
    expect((await page(newer)).status).toBe(404);
    expect((await fetch(`${newer}.ics`, { method: 'POST' })).status).toBe(405);
  });
});

test('before there is a link, whoever comes is noted all the same; a Spanish reader reads Spanish', async () => {
  await programme.end();
  const port = String(await freePort());
  programme = await startProgramme({
    env: {
      PORT: port,
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      MEETING_PROVIDER: 'manual',
    },
  });
  const { student, mentor } = programme.world.people.slack;
  const start = inDays(1);
  await asks(student, 'Linkless');
  await claims(mentor, 'Linkless');
  await schedules(mentor, start);
  const { event } = await file(await opens(student, 'Add to calendar', /Mini session scheduled/));
  await programme.bot.moveTo(later(start, -MINUTE));
  await rowsOf(programme.databaseUrl, "UPDATE members SET language = 'es'");
  expect((await page(event.url ?? '')).words).toMatch(/Todavía no hay enlace.*Estoy aquí/);
  const noted = await page(event.url ?? '', 'POST');
  expect(noted).toMatchObject({ status: 303 });
  const back = await page(new URL(noted.location ?? '', event.url ?? '').href);
  expect(back.words).toMatch(/He anotado que estás aquí.*Mirar otra vez/);
});

test('links that nobody made lead nowhere, and tell nothing', async () => {
  const { student, mentor } = programme.world.people.slack;
  await asks(student, 'Private');
  await claims(mentor, 'Private');
  await schedules(mentor, inDays(1));
  const url = await opens(student, 'Add to calendar', scheduledCard);
  const { event } = await file(url);
  const way = event.url ?? '';
  const token = way.split('/').at(-1) ?? '';
  const forged = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
  const root = way.slice(0, way.lastIndexOf('/join/'));
  const wrong = [`${root}/join/${forged}`, `${root}/join/x`, `${root}/join/`, `${root}/join/%00/${token}x`];
  const files = [`${root}/calendar/${forged}.ics`, `${root}/calendar/${token}`, `${root}/calendar/.ics`];
  const answers = await Promise.all([...wrong, ...files].map((each) => page(each)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([404]));
  expect(new Set(answers.map(({ html }) => html)).size).toBe(1);
  expect(answers[0]?.words).toContain('Este enlace no lleva a ninguna parte');
  expect(answers[0]?.html).not.toContain('Private');

  for (const [address, method] of [
    [way, 'PUT'],
    [way, 'DELETE'],
    [url, 'POST'],
  ] as const) {
    const { status } = await page(address, method);
    expect(status).toBe(405);
  }
  const head = await fetch(way, { method: 'HEAD' });
  expect(head.status).toBe(200);
  expect(Object.fromEntries(head.headers)).toMatchObject({
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex',
    'content-security-policy': expect.stringContaining("default-src 'none'"),
  });
});

test('without a public address, nothing is shown that leads nowhere', async () => {
  await programme.end();
  programme = await startProgramme();
  const { student, mentor } = programme.world.people.discord;
  await asks(student, 'Plain');
  await claims(mentor, 'Plain');
  await schedules(mentor, inDays(1));
  const card = await student.sees(/Mini session scheduled[\s\S]*https:\/\/meet\.google\.com/, 'dm');
  expect(card.links.map(({ label }) => label)).toEqual([expect.stringMatching(/^https:\/\/meet\.google/)]);
});
