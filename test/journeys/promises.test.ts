import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { circle, claimPromise } from '../../src/core/promises.ts';
import { OPEN_FOR } from '../../src/core/request.ts';
import { DAY, HOUR, type Instant, MINUTE, after as plus, SECOND } from '../../src/core/time.ts';
import type { Person, Place } from '../../src/sandbox/person.ts';
import { asks, claims, confirmsTimes, preferring, pressesTaken, schedules } from '../support/asking.ts';
import { rowsOf } from '../support/database.ts';
import { type Programme, startProgramme } from '../support/programme.ts';

// A request never dies silently, and a claim is a promise. The bot is taken away in the middle of each story.

let programme: Programme;
let begun: Instant;
/** The stories that hold through SIGKILL: one of each kind. */
const killed = /urgency normal|a mentor who vanishes|the mentor does not come/;
afterEach(() => programme.end());

/** Moves the clock to so long after the story began, and a moment more. */
const moveOn = (ms: number, since = begun) => programme.bot.moveTo(plus(since, ms + MINUTE));
const howOften = (who: Person, where: Place, text: RegExp) =>
  who.sight(where).filter((message) => text.test(message.text)).length;
/**
 * The bot is away until so long after the story began. The clock moves just before it stops, so that it may still see
 * what became due, in any order.
 */
async function downUntil(ms: number, since = begun): Promise<void> {
  programme.clock.moveTo(plus(since, ms + MINUTE));
  await programme.bot.crash();
  await programme.bot.moveTo(programme.clock.now());
}
const fullHour = (at: Instant) => new Date(Math.ceil(at.getTime() / HOUR) * HOUR);
const sessions = () =>
  rowsOf<{ status: string; outcome: string | null; meeting_link: string | null }>(
    programme.databaseUrl,
    'SELECT status::text, outcome::text, meeting_link FROM mini_mentorship_sessions ORDER BY created_at',
  );

const stillWaiting = /Still waiting: /;
const noMentorYet = /No mentor yet: /;
const stillWanted = /No mentor has claimed your request yet/;

describe.each(['slack', 'discord'] as const)('on %s', (platform) => {
  const people = () => programme.world.people[platform];
  beforeEach(async ({ task }) => {
    // In a process of its own it is really killed; inside this one it is only stopped, which is faster.
    programme = await startProgramme({ ownProcess: platform === 'discord' && killed.test(task.name) });
    begun = programme.clock.now();
  });

  async function asksUrgently(title: string): Promise<void> {
    const { student } = people();
    if (platform === 'slack') return asks(student, title, { Urgency: 'High: I am stuck now' });
    await student.types('mini-session', { duration: '30', urgency: 'high' });
    await student.fills({ Title: title, 'Session type': 'Code review', Description: 'Please look at it.' });
    await student.sees(/Your request is with the mentors/, 'private');
  }

  test.each(['normal', 'high'] as const)(
    'nobody claims it, urgency %s: more and more people hear of it',
    async (urgency) => {
      const { student, mentor, coordinator } = people();
      if (urgency === 'high') await asksUrgently('Left alone');
      else await asks(student, 'Left alone');
      await moveOn(circle[urgency].mentorsAgain);
      expect((await mentor.sees(/Still waiting: Left alone/, 'channel')).buttons).toContain('Claim');
      expect(howOften(coordinator, 'channel', noMentorYet)).toBe(0);

      await programme.bot.crash();
      await moveOn(circle[urgency].coordinators);
      await coordinator.sees(/No mentor yet: Left alone/, 'channel');
      expect(howOften(mentor, 'channel', noMentorYet)).toBe(0);
      expect(howOften(student, 'dm', stillWanted)).toBe(0);

      await programme.bot.crash();
      await moveOn(OPEN_FOR / 2);
      const question = await student.sees(stillWanted, 'dm');
      expect(question.buttons).toEqual(['Keep it open', 'Cancel request']);
      expect(howOften(mentor, 'channel', stillWaiting)).toBe(1);

      const kept = programme.clock.now();
      await student.presses('Keep it open', stillWanted);
      await student.sees(/open again|stays open/, 'private');
      await moveOn(circle[urgency].mentorsAgain, kept);
      await mentor.sees(/Still waiting: Left alone/, 'channel');
      expect(howOften(mentor, 'channel', stillWaiting)).toBe(2);
      await mentor.presses('Claim', /Still waiting: Left alone/);
      await mentor.sees(/It is yours/, 'private');
    },
  );

  test('half-way the student cancels', async () => {
    const { student, mentor } = people();
    await asks(student, 'No longer needed');
    await moveOn(OPEN_FOR / 2);
    await student.sees(stillWanted, 'dm');
    await student.presses('Cancel request', stillWanted);
    await student.sees(/Your request is cancelled/, 'private');
    await mentor.sees(/This request was cancelled/, 'channel');
    await moveOn(OPEN_FOR);
    expect(howOften(student, 'dm', /Nobody could take your request/)).toBe(0);
  });

  test('once somebody claimed it, nobody hears that it waits', async () => {
    const { student, mentor, coordinator } = people();
    await asks(student, 'In good hands');
    await claims(mentor, 'In good hands');
    await schedules(mentor, fullHour(plus(begun, 9 * DAY)));
    await programme.bot.crash();
    await moveOn(OPEN_FOR);
    expect(howOften(mentor, 'channel', stillWaiting)).toBe(0);
    expect(howOften(coordinator, 'channel', noMentorYet)).toBe(0);
    expect(howOften(student, 'dm', stillWanted)).toBe(0);
    expect(howOften(mentor, 'dm', /Your claim waits/)).toBe(0);
  });

  test('given back early, the waiting begins anew: nobody hears of it twice', async () => {
    const { student, mentor } = people();
    await asks(student, 'Back so soon');
    await claims(mentor, 'Back so soon');
    await moveOn(20 * HOUR);
    await seesClaimed(mentor, 'Back so soon');
    await mentor.presses('Release', /What I claimed/);
    await mentor.sees(/You gave it back/, 'private');
    await moveOn(circle.normal.mentorsAgain);
    expect(howOften(mentor, 'channel', stillWaiting)).toBe(0);
    await moveOn(20 * HOUR + circle.normal.mentorsAgain);
    await mentor.sees(stillWaiting, 'channel');
    expect(howOften(mentor, 'channel', stillWaiting)).toBe(1);
  });

  test('after seven days it expires, and is open again with one press', async () => {
    const { student, mentor } = people();
    await asks(student, 'Seven days');
    await moveOn(OPEN_FOR - HOUR);
    expect(howOften(student, 'dm', /Nobody could take your request/)).toBe(0);
    await downUntil(OPEN_FOR);
    await student.sees(/Nobody could take your request in time/, 'dm');
    await student.presses('Renew', /Nobody could take your request/);
    await student.sees(/open again/, 'private');
    await claims(mentor, 'Seven days');
  });

  test('a downtime over several steps: each hears once what is still true', async () => {
    const { student, mentor, coordinator } = people();
    await asks(student, 'Long night');
    await downUntil(4 * DAY);
    await mentor.sees(/Still waiting: Long night/, 'channel');
    await coordinator.sees(/No mentor yet: Long night/, 'channel');
    await student.sees(stillWanted, 'dm');
    await moveOn(OPEN_FOR - HOUR);
    expect(howOften(mentor, 'channel', stillWaiting)).toBe(1);
    expect(howOften(coordinator, 'channel', noMentorYet)).toBe(1);
    expect(howOften(student, 'dm', stillWanted)).toBe(1);
  });

  test('a downtime over the whole life of a request: only its end is told', async () => {
    const { student, mentor, coordinator } = people();
    await asks(student, 'Slept through');
    await downUntil(OPEN_FOR + DAY);
    await student.sees(/Nobody could take your request in time/, 'dm');
    expect(howOften(mentor, 'channel', stillWaiting)).toBe(0);
    expect(howOften(coordinator, 'channel', noMentorYet)).toBe(0);
    expect(howOften(student, 'dm', stillWanted)).toBe(0);
  });

  test('a mentor who vanishes: reminded, the student told, then given back before all others', async () => {
    const { student, mentor, rival } = people();
    await asks(student, 'Promised');
    await claims(mentor, 'Promised');
    await asksUrgently('More urgent');
    await moveOn(claimPromise.nudge);
    const nudge = await mentor.sees(/Your claim waits for a time[\s\S]*Promised/, 'dm');
    expect(nudge.buttons).toEqual(['Schedule', 'Release', 'Hand over']);
    expect(howOften(student, 'dm', /has not set a time/)).toBe(0);

    await programme.bot.crash();
    await moveOn(claimPromise.tellStudent);
    await student.sees(/Your mentor has not set a time yet[\s\S]*Promised/, 'dm');

    await programme.bot.crash();
    await moveOn(claimPromise.giveBack);
    await student.sees(/Your request is with all mentors again/, 'dm');
    await mentor.sees(/Your claim went back to the queue/, 'dm');
    expect(howOften(mentor, 'dm', /Your claim waits/)).toBe(1);
    expect(howOften(student, 'dm', /has not set a time/)).toBe(1);
    await rival.types('mini-mentor');
    await rival.sees(/Requests that wait for a mentor[\s\S]*Promised[\s\S]*More urgent/, 'private');
    await claims(rival, 'Promised');
  });

  test('a downtime over all of it: it is given back, without a reminder that comes too late', async () => {
    const { student, mentor } = people();
    await asks(student, 'Forgotten');
    await claims(mentor, 'Forgotten');
    await downUntil(claimPromise.giveBack);
    await student.sees(/Your request is with all mentors again/, 'dm');
    await mentor.sees(/Your claim went back to the queue/, 'dm');
    expect(howOften(mentor, 'dm', /Your claim waits/)).toBe(0);
    expect(howOften(student, 'dm', /has not set a time/)).toBe(0);
  });

  test('a time that waits for the student’s answer keeps the claim, until that time has come', async () => {
    const { student, mentor } = people();
    const proposed = fullHour(plus(begun, 5 * DAY));
    await asks(student, 'Think about it', preferring(student, fullHour(plus(begun, 4 * DAY))));
    await claims(mentor, 'Think about it');
    await mentor.presses('Schedule');
    await mentor.sees(/When do you meet/, 'private');
    await mentor.presses('Another time');
    await mentor.fills({
      Start: Object.values(preferring(mentor, proposed))[0] ?? '',
    });
    await confirmsTimes(mentor);
    await student.sees(/Does this time suit you/, 'dm');
    await programme.bot.crash();
    await moveOn(claimPromise.giveBack + DAY);
    expect(howOften(mentor, 'dm', /Your claim waits/)).toBe(0);
    expect(howOften(student, 'dm', /with all mentors again/)).toBe(0);
    await programme.bot.moveTo(plus(proposed, MINUTE));
    await student.sees(/Your request is with all mentors again/, 'dm');
  });

  async function seesClaimed(mentor: Person, title: string) {
    await mentor.types('mini-mentor');
    await mentor.sees(/Requests that wait/, 'private');
    await mentor.presses('What I claimed');
    return mentor.sees(new RegExp(`What I claimed[\\s\\S]*${title}`), 'private');
  }

  /** A session that begins in ten minutes; both have it in their direct messages. @returns its start */
  async function begins(title: string): Promise<Instant> {
    const { student, mentor } = people();
    const start = fullHour(plus(programme.clock.now(), 2 * DAY));
    await asks(student, title);
    await claims(mentor, title);
    await schedules(mentor, start);
    await student.sees(/Mini session scheduled[\s\S]*https:\/\/meet\.google\.com/, 'dm');
    await programme.bot.moveTo(plus(start, -10 * MINUTE));
    return start;
  }

  test('the mentor does not come: kind words, and another session with a link of its own', async () => {
    const { student, mentor } = people();
    const start = await begins('Waited in vain');
    await student.presses('Join', /coming up/);
    await programme.bot.moveTo(plus(start, 10 * MINUTE));
    await student.types('mini-sessions');
    await student.sees(/My requests[\s\S]*Waited in vain/, 'private');
    await student.presses('The mentor did not come', /My requests/);
    await student.sees(/counts as not held/, 'private');
    await programme.bot.crash();
    await student.sees(/I am sorry that you waited/, 'dm');
    const missed = await mentor.sees(/You were missed/, 'dm');
    expect(missed.text).not.toMatch(/fault|penal|warn/i);
    expect(await sessions()).toMatchObject([{ status: 'NO_SHOW', outcome: 'MENTOR_ABSENT' }]);

    await student.types('mini-sessions');
    const list = await student.sees(/My requests[\s\S]*Waited in vain[\s\S]*missed: /, 'private');
    expect(list.buttons).toEqual(expect.arrayContaining(['Propose a time', 'Cancel']));
    expect(list.buttons).not.toContain('Give feedback');

    // One press, and the mentor sets the next one.
    const next = fullHour(plus(start, 2 * DAY));
    await mentor.presses('Schedule', /You were missed/);
    await mentor.sees(/When do you meet/, 'private');
    await mentor.presses('Another time');
    await mentor.fills({ Start: Object.values(preferring(mentor, next))[0] ?? '' });
    await confirmsTimes(mentor);
    await mentor.sees(/The session is set/, 'private');
    await programme.bot.moveTo(plus(programme.clock.now(), SECOND));
    await student.sees(/Mini session scheduled[\s\S]*https:\/\/meet\.google\.com/, 'dm');
    const [first, second] = await sessions();
    expect(second?.status).toBe('SCHEDULED');
    expect(second?.meeting_link).toMatch(/^https:\/\/meet\.google\.com/);
    expect(second?.meeting_link).not.toBe(first?.meeting_link);

    // Nobody was asked about the first; both are about the second.
    expect(howOften(student, 'dm', /How was|take place/)).toBe(0);
    await programme.bot.moveTo(plus(next, -10 * MINUTE));
    await mentor.sees(/coming up/, 'dm');
    await programme.bot.moveTo(plus(next, HOUR));
    await student.sees(/Did your mini session take place/, 'dm');
    expect(howOften(mentor, 'dm', /Did your mini session take place/)).toBe(1);
  });

  test('the student does not come: the mentor says so afterwards, the student proposes another time', async () => {
    const { student, mentor } = people();
    const start = await begins('Overslept');
    await mentor.presses('Join', /coming up/);
    await downUntil(HOUR, start);
    await mentor.sees(/Did your mini session take place/, 'dm');
    await mentor.presses('The student did not come', /Did your mini session take place/);
    await mentor.sees(/counts as not held/, 'private');
    await student.sees(/You were missed/, 'dm');
    expect(await sessions()).toMatchObject([{ status: 'NO_SHOW', outcome: 'STUDENT_ABSENT' }]);
    // An old button explains itself.
    await pressesTaken(student, 'It took place', /Did your mini session take place/);
    await student.sees(/This session did not take place/, 'private');
    const kept = await rowsOf(programme.databaseUrl, 'SELECT FROM feedback');
    expect(kept, 'feedback about a session that was not held').toEqual([]);

    await student.presses('Propose a time', /You were missed/);
    await student.fills({
      Start: Object.values(preferring(student, fullHour(plus(start, 2 * DAY))))[0] ?? '',
    });
    await confirmsTimes(student);
    await mentor.sees(/Does this time suit you/, 'dm');
    await mentor.presses('Accept', /Does this time suit you/);
    await student.sees(/Mini session scheduled/, 'dm');
    expect((await sessions()).map(({ status }) => status)).toEqual(['NO_SHOW', 'SCHEDULED']);
  });

  test('both came and missed each other: nobody is blamed', async () => {
    const { student, mentor } = people();
    const start = await begins('Two rooms');
    await mentor.presses('Join', /coming up/);
    await student.presses('Join', /coming up/);
    await programme.bot.moveTo(plus(start, 10 * MINUTE));
    await student.types('mini-sessions');
    await student.sees(/My requests[\s\S]*Two rooms/, 'private');
    await student.presses('The mentor did not come', /My requests/);
    await mentor.sees(/It seems that you two missed each other/, 'dm');
    expect(await sessions()).toMatchObject([{ status: 'NO_SHOW', outcome: 'UNCLEAR' }]);
    const steps = (await seesClaimed(mentor, 'Two rooms')).buttons;
    expect(steps).toEqual(expect.arrayContaining(['Schedule', 'Release']));
    expect(howOften(mentor, 'dm', /You were missed/)).toBe(0);
  });

  test('mentors say what they know, and hear of it first', async () => {
    const { student, mentor, rival } = people();
    await mentor.types('mini-mentor');
    await mentor.sees(/Requests that wait/, 'private');
    await mentor.presses('My topics', /Requests that wait/);
    await mentor.fills({ Topics: 'Git, code review' });
    await mentor.sees(/Your topics are saved[\s\S]*git, code review/, 'private');
    await asks(student, 'My git history is a mess');
    const asked = await mentor.sees(/About your topics: My git history is a mess/, 'dm');
    expect(asked.buttons).toEqual(['Claim', 'Ask a question first', 'My topics']);
    await rival.sees(/My git history/, 'channel');
    expect(howOften(rival, 'dm', /About your topics/)).toBe(0);
    await mentor.presses('Claim', /About your topics/);
    await mentor.sees(/It is yours/, 'private');

    // Whoever gave it back is not asked about it again, nor about what they do not know.
    await moveOn(claimPromise.giveBack);
    await mentor.sees(/Your claim went back/, 'dm');
    await asks(student, 'Something else');
    await rival.sees('Something else', 'channel');
    await moveOn(claimPromise.giveBack + HOUR);
    expect(howOften(mentor, 'dm', /About your topics/)).toBe(1);

    await mentor.types('mini-mentor');
    await mentor.sees(/Requests that wait/, 'private');
    await mentor.presses('My topics', /Requests that wait/);
    await mentor.fills({ Topics: '' });
    await mentor.sees(/You have no topics now/, 'private');
  });
});
