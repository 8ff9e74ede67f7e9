import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Person } from '../../src/sandbox/person.ts';
import { type Programme, startProgramme } from '../support/programme.ts';

const MENTORS = 100;

let programme: Programme;
let crowd: Person[];
beforeEach(async () => {
  programme = await startProgramme();
  const { slack, discord, env } = programme.world;
  crowd = Array.from({ length: MENTORS }, (_, i) => {
    const onSlack = slack.addUser({ name: `Slack mentor ${i}`, timeZone: 'Europe/London' });
    slack.join(env.SLACK_MENTORS_CHANNEL ?? '', onSlack.userId);
    const role = env.DISCORD_MENTOR_ROLE ?? '';
    return [
      onSlack,
      discord.addUser({ name: `Discord mentor ${i}`, timeZone: 'Europe/Paris', roles: [role] }),
    ];
  }).flat();
});
afterEach(() => programme.end());

test('of 200 mentors on both platforms who press Claim at once, one wins and 199 are told who', async () => {
  const { student } = programme.world.people.slack;
  await student.types('mini-session');
  await student.fills({
    Title: 'Popular',
    'Session type': 'Career advice',
    Description: 'Everybody wants this one.',
  });
  await Promise.all(crowd.map((mentor) => mentor.sees(/Popular/, 'channel')));

  await Promise.all(crowd.map((mentor) => mentor.presses('Claim', /Popular/)));
  const answers = await Promise.all(
    crowd.map(async (mentor) => ({
      name: mentor.name,
      text: (await mentor.sees(/It is yours|was quicker/, 'private')).text,
    })),
  );

  const winners = answers.filter(({ text }) => /It is yours/.test(text));
  expect(winners).toHaveLength(1);
  const winner = winners[0]?.name ?? '';
  const losers = answers.filter(({ name }) => name !== winner);
  expect(losers.filter(({ text }) => text.includes(`${winner} was quicker`))).toHaveLength(2 * MENTORS - 1);
  for (const reader of [crowd[0], crowd[1]]) {
    const card = await reader?.sees(new RegExp(`Popular[\\s\\S]*Claimed by @?${winner}`), 'channel');
    expect(card?.buttons).toEqual([]);
    expect(reader?.sight('channel').filter(({ text }) => /Popular/.test(text))).toHaveLength(1);
  }
}, 120_000);
