import { afterEach, beforeEach, expect, test } from 'vitest';
import { type SlackWithBot, slackWithBot } from './bot.ts';

let it: SlackWithBot;
let clock = Date.now();
beforeEach(async () => {
  it = await slackWithBot({ timing: { now: () => clock } });
});
afterEach(() => it.close());

/** Who the desk sees when this person does something. */
async function seen(who: SlackWithBot['student']) {
  const count = it.desk.performed.length;
  await who.types('list');
  await it.slack.eventually(() => it.desk.performed[count]);
  return it.desk.performed[count]?.by;
}

test('people are looked up once, and again when they change', async () => {
  await seen(it.student);
  await seen(it.student);
  expect(it.calls('users.info')).toHaveLength(1);
  await it.slack.emit({ type: 'user_change', user: { id: it.student.userId } });
  await seen(it.student);
  expect(it.calls('users.info')).toHaveLength(2);
  clock += 11 * 60_000;
  await seen(it.student);
  expect(it.calls('users.info')).toHaveLength(3);
});

test('many who come at once are one question for the list of mentors', async () => {
  const crowd = Array.from({ length: 20 }, (_, i) => it.slack.addUser({ name: `P${i}`, timeZone: 'UTC' }));
  await Promise.all(crowd.map((one) => one.types('list')));
  await it.desk.until('everything.list', 20);
  expect(it.calls('conversations.members')).toHaveLength(1);
});

test('all pages of the mentors channel count', async () => {
  for (let i = 0; i < 620; i++) it.slack.join(it.mentorsChannel, `U1${i}`);
  const last = it.slack.addUser({ name: 'Last', timeZone: 'UTC' });
  it.slack.join(it.mentorsChannel, last.userId);
  expect((await seen(last))?.isMentor).toBe(true);
  expect(it.calls('conversations.members').length).toBeGreaterThan(1);
});

test('who joins is a mentor at once; without the event, seconds later', async () => {
  expect((await seen(it.student))?.isMentor).toBe(false);
  it.slack.join(it.mentorsChannel, it.student.userId);
  await it.slack.emit({ type: 'member_joined_channel', user: it.student.userId, channel: it.mentorsChannel });
  expect((await seen(it.student))?.isMentor).toBe(true);
});

test('an answer "no" is only believed for seconds', async () => {
  await it.close();
  it = await slackWithBot({ timing: { now: () => clock }, slack: { events: [] } });
  expect((await seen(it.student))?.isMentor).toBe(false);
  it.slack.join(it.mentorsChannel, it.student.userId);
  clock += 4_000;
  expect((await seen(it.student))?.isMentor).toBe(false);
  clock += 2_000;
  expect((await seen(it.student))?.isMentor).toBe(true);
  const asked = it.calls('conversations.members').length;
  clock += 50_000;
  expect((await seen(it.student))?.isMentor).toBe(true);
  expect(it.calls('conversations.members')).toHaveLength(asked);
});

test('when Slack does not tell, the person is served all the same', async () => {
  it.slack.faults.fail({ method: 'users.info', times: 2, http: 500 });
  it.slack.faults.rateLimit({ method: 'conversations.members', retryAfter: 30 });
  expect(await seen(it.student)).toEqual({
    platform: 'slack',
    spaceId: it.slack.teamId,
    userId: it.student.userId,
    name: 'sam.student',
    timeZone: null,
    zoneFromPlatform: true,
    language: null,
    isMentor: null,
    isCoordinator: false,
  });
  expect(await seen(it.student)).toMatchObject({ name: 'Sam Student', isMentor: false });
  clock += 11 * 60_000;
  it.slack.faults.fail({ method: 'users.info', times: 2, http: 500 });
  expect(await seen(it.student)).toMatchObject({ name: 'Sam Student', timeZone: 'Europe/Berlin' });
  expect(await seen(it.student)).toMatchObject({ name: 'Sam Student' });
  expect(it.calls('users.info')).toHaveLength(6);
});

test('who joins some other channel changes nothing', async () => {
  await seen(it.student);
  await it.slack.emit({ type: 'member_joined_channel', user: it.student.userId, channel: 'C0OTHER' });
  await seen(it.mentor);
  expect(it.calls('conversations.members')).toHaveLength(1);
});

test('who is in the coordinators channel looks after the programme', async () => {
  const coordinators = it.slack.addChannel('coordinators', { private: true });
  await it.bot.stop();
  const bot = it.create({ own: { ...it.own, coordinatorsChannel: coordinators } });
  await bot.start();
  try {
    expect(await seen(it.student)).toMatchObject({ isMentor: false, isCoordinator: false });
    it.slack.join(coordinators, it.student.userId);
    const joined = { type: 'member_joined_channel', user: it.student.userId, channel: coordinators };
    await it.slack.emit(joined);
    expect(await seen(it.student)).toMatchObject({ isMentor: false, isCoordinator: true });
    expect(await seen(it.mentor)).toMatchObject({ isMentor: true, isCoordinator: false });
  } finally {
    await bot.stop();
  }
});
