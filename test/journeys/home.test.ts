import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HOUR } from '../../src/core/time.ts';
import type { SlackPerson } from '../../src/sandbox/slack/types.ts';
import { asks, schedules } from '../support/asking.ts';
import { rowsOf } from '../support/database.ts';
import { type Programme, startProgramme } from '../support/programme.ts';

/** App Home is Slack's own; on Discord the lists behind /mini-sessions and /mini-mentor are what it shows. */
describe('the Home tab', () => {
  let programme: Programme;
  let student: SlackPerson;
  let mentor: SlackPerson;
  let rival: SlackPerson;
  beforeAll(async () => {
    programme = await startProgramme();
    ({ student, mentor, rival } = programme.world.people.slack);
  });
  afterAll(() => programme.end());

  const published = (who: SlackPerson) =>
    programme.wire.filter(
      ({ path, body }) => path === 'views.publish' && (body as { user_id: string }).user_id === who.userId,
    );
  /** The first button below these words on their Home. */
  const pressesBelow = async (who: SlackPerson, words: string) => {
    const { id, blocks } = who.screen().home ?? { id: '', blocks: [] };
    const below = blocks[blocks.findIndex((block) => JSON.stringify(block).includes(words)) + 1];
    await who.uses(id, below?.block_id ?? '', below?.elements?.[0]?.action_id ?? '');
  };
  const hour = (hours: number) => new Date(programme.clock.now().getTime() + hours * HOUR);

  test('a stranger who opens it is told what a mini session is, and asks from there', async () => {
    await student.opensHome();
    const first = await student.seesHome(/one-to-one video call with a mentor: 30 to 60 minutes/);
    expect(first.text).toMatch(/You have not asked for anything yet/);
    expect(first.buttons).toEqual(['Request a mini session', 'My settings']);
    await student.presses('Request a mini session', /Mini sessions/);
    await student.fills({ Title: 'Asked at home', 'Session type': 'Code review', Description: 'Please.' });
    await student.sees(/Your request is with the mentors/, 'private');
    await student.closesForm();
    const { buttons } = await student.seesHome(/My requests[\s\S]*Asked at home[\s\S]*🟡 Open until/);
    expect(buttons).toEqual(['Request a mini session', 'My settings', 'Cancel', 'Details']);
    expect(published(mentor)).toEqual([]);
  });

  test('a mentor sees what fits their topics first, and claims it there', async () => {
    await asks(student, 'About pottery');
    await asks(student, 'About git');
    await mentor.opensHome();
    await mentor.seesHome(/Requests that wait for a mentor[\s\S]*Asked at home[\s\S]*About pottery/);
    await mentor.presses('My topics', /When I have time/);
    await mentor.fills({ Topics: 'git' });
    await mentor.seesHome(/About git[\s\S]*About your topics: git[\s\S]*Asked at home/);
    await rival.opensHome();
    await rival.seesHome(/About git/);
    await mentor.closesForm();
    await mentor.presses('Claim', /Requests that wait for a mentor/);
    const yours = await mentor.sees(/It is yours/, 'private');
    expect(yours.buttons).toContain('Schedule');
    await mentor.seesHome(/What I claimed[\s\S]*About git/);
    await student.seesHome(/About git[\s\S]*🔵 Claimed by @Mia/);
    // What only concerns all mentors comes after a while; whoever is misled meanwhile is told, and sees it at once.
    await pressesBelow(rival, 'About git');
    await rival.sees(/Mia/, 'private');
    await programme.world.slack.eventually(() =>
      /About git/.test(rival.home()?.text ?? '') ? undefined : true,
    );
    await rival.closesForm();
  });

  test('a session is on both Homes, to join; afterwards it asks for feedback there', async () => {
    await schedules(mentor, hour(2));
    for (const who of [student, mentor]) {
      const coming = await who.seesHome(/Coming up[\s\S]*About git[\s\S]*Video call: https:\/\/meet\.google/);
      expect(coming.text).toMatch(who === student ? /with @Mia/ : /with @Sam/);
    }
    await student.presses('Join', /Coming up/);
    expect((await student.sees(/Your session is coming up/, 'private')).links[0]?.url).toMatch(/^https:/);
    // Nobody does anything, yet it begins.
    expect(mentor.home()?.buttons).not.toContain('Complete');
    await programme.bot.moveTo(hour(2.1));
    await programme.world.slack.eventually(() => mentor.home()?.buttons.includes('Complete') || undefined);
    await programme.bot.moveTo(hour(1.9));
    await student.seesHome(/About git/);
    await mentor.closesForm();
    await mentor.presses('Complete', /Coming up/);
    await mentor.sees(/Thank you/, 'private');
    await student.closesForm();
    await student.seesHome(/Past sessions[\s\S]*About git/);
    await student.presses('Give feedback', /Past sessions/);
    await student.fills({ Rating: '4: helpful', Comment: 'Good' });
    await student.seesHome(/About git[\s\S]*you gave it 4 of 5/);
    await student.closesForm();
  });

  test('long lists have pages, which stay turned when something changes, also after a crash', async () => {
    for (const title of ['Third', 'Fourth', 'Fifth']) await asks(student, title);
    await student.seesHome(/My requests[\s\S]*Fifth[\s\S]*Page 1 of 2 · 6 requests/);
    await student.presses('Next', /My requests/);
    await student.seesHome(/Asked at home[\s\S]*Page 2 of 2/);
    await programme.bot.crash();
    await programme.world.slack.connected(1);
    await student.presses('Cancel', /Page 2 of 2/);
    await student.sees(/is cancelled/, 'private');
    await student.seesHome(/(About pottery|Asked at home)[\s\S]*⚪ Cancelled[\s\S]*Page 2 of 2/);
    await student.opensHome();
    await student.seesHome(/Page 1 of 2/);
  });

  test('coordinators see on theirs who cannot be reached, as soon as it is known', async () => {
    const { coordinator } = programme.world.people.slack;
    await coordinator.opensHome();
    await coordinator.seesHome(/Nothing needs you/);
    await asks(student, 'Closed');
    programme.world.slack.faults.closeDms(student.userId);
    await mentor.sees('Closed', 'channel');
    await mentor.presses('Claim', 'Closed');
    const unreached = `SELECT FROM notices WHERE state = 'UNREACHABLE'`;
    await expect
      .poll(async () => (await rowsOf(programme.databaseUrl, unreached)).length, { timeout: 10_000 })
      .toBeGreaterThan(0);
    // Homes that only concern all coordinators come a quarter of a minute apart.
    await programme.bot.moveTo(hour(0.01));
    await coordinator.seesHome(/People whose direct messages are closed to me[\s\S]*Sam/);
    programme.world.slack.faults.openDms(student.userId);
  });

  test('a rate limit and a lost answer delay it, and nothing else', async () => {
    const { faults } = programme.world.slack;
    faults.rateLimit({ method: 'views.publish', retryAfter: 1 });
    faults.loseAnswer({ method: 'views.publish' });
    await asks(student, 'In spite of all');
    await student.seesHome(/In spite of all/);
    await asks(student, 'And once more');
    await student.seesHome(/And once more/);
  });
});
