import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLog } from '../../src/log.ts';
import { type Bot, startBot } from '../../src/sandbox/bot.ts';
import { asks, claims } from '../support/asking.ts';
import { rowsOf } from '../support/database.ts';
import { type Programme, startProgramme } from '../support/programme.ts';
import { type Recorded, type RecordingProxy, recordingProxy, send } from '../support/recording-proxy.ts';
import { freePort } from '../support/settings.ts';

let programme: Programme;
let second: Bot;
let proxy: RecordingProxy;
let instances: string[];
beforeAll(async () => {
  const ports = [await freePort(), await freePort()] as const;
  instances = ports.map((port) => `http://127.0.0.1:${port}/slack/events`);
  let turn = 0;
  proxy = await recordingProxy(() => instances[turn++ % 2] ?? '');
  const http = { SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: 'sandbox-signing-secret-0123456789' };
  programme = await startProgramme({
    env: ({ slack }) => {
      slack.requestUrl = proxy.url;
      return { ...http, PORT: String(ports[0]) };
    },
  });
  const { world, databaseUrl, clock } = programme;
  const env = { ...world.env, ...http, DATABASE_URL: databaseUrl, PORT: String(ports[1]), DISCORD_TOKEN: '' };
  const onlySlack = Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('DISCORD_')));
  second = await startBot(onlySlack, clock, createLog('silent'));
});
afterAll(async () => {
  await second.stop();
  await programme.end();
  await proxy.close();
});

/** The last thing that passed, once more to each instance, at the same moment and later. */
async function replays(what: Recorded | undefined): Promise<void> {
  if (!what) throw new Error('nothing passed');
  const again = () => Promise.all(instances.map((url) => send(url, what)));
  for (const { status } of [...(await again()), ...(await again())]) expect(status).toBe(200);
}
const count = async (sql: string) => (await rowsOf<{ count: number }>(programme.databaseUrl, sql))[0]?.count;

test('behind a load balancer, whatever is delivered again, to whichever instance, has one effect', async () => {
  const { world, bot, clock } = programme;
  const { student, mentor } = world.people.slack;

  // A form.
  await asks(student, 'Only one of me');
  await replays(proxy.recorded.findLast(({ body }) => body.includes('view_submission')));
  expect(await count('SELECT count(*)::int FROM mini_mentorship_requests')).toBe(1);

  // A button.
  await claims(mentor, 'Only one of me');
  await replays(proxy.recorded.findLast(({ body }) => body.includes('block_actions')));
  await student.sees('A mentor claimed your request', 'dm');
  expect(await count(`SELECT count(*)::int FROM audit_log WHERE action = 'claimRequest'`)).toBe(1);

  // A shortcut, and a command that opens a form: the form is there once, and nobody is told of trouble.
  const opened = () => world.slack.wire.filter(({ path, error }) => path === 'views.open' && !error).length;
  for (const open of [() => student.runs('Request a mini session'), () => student.types('mini-session')]) {
    const before = opened();
    await open();
    await student.form();
    await replays(proxy.recorded.at(-1));
    expect(opened()).toBe(before + 1);
    await student.closesForm();
  }

  // A Home.
  await student.opensHome();
  await student.seesHome('Only one of me');
  await replays(proxy.recorded.findLast(({ body }) => body.includes('app_home_opened')));
  await bot.moveTo(clock.now());
  await student.seesHome('Only one of me');
  expect(await count('SELECT count(*)::int FROM mini_mentorship_requests')).toBe(1);

  // Nobody heard anything twice, nor of trouble.
  const words = [...student.sight('dm'), ...student.sight('private')].map(({ text }) => text);
  expect(words.filter((text) => /A mentor claimed your request/.test(text))).toHaveLength(1);
  expect(words.filter((text) => /went wrong|too slow|trouble/i.test(text))).toEqual([]);
  expect(await count(`SELECT count(*)::int FROM notices WHERE state = 'DEAD'`)).toBe(0);
}, 60_000);
