import { afterAll, beforeAll, expect, test } from 'vitest';
import { DAY, HOUR, after as later } from '../../src/core/time.ts';
import { asks, claims, confirmsTimes, schedules, typedTime } from '../support/asking.ts';
import { type Programme, startProgramme } from '../support/programme.ts';

let programme: Programme;
beforeAll(async () => {
  programme = await startProgramme();
});
afterAll(() => programme.end());

test.each(['slack', 'discord'] as const)('whatever people write on %s, it pings nobody', async (platform) => {
  const { world, bot, clock } = programme;
  const { slack, discord } = world;
  const other = platform === 'slack' ? 'discord' : 'slack';
  const bystander = world.people[platform].rival.userId;
  const role = world.env.DISCORD_MENTOR_ROLE;
  const nasty = `@everyone @here <!channel> <!here> <!everyone> <@${bystander}> <@!${bystander}> <@&${role}> <!subteam^S1> @channel`;
  const named = (name: string) => ({ name, timeZone: 'Europe/Rome' });
  const [student, mentor] =
    platform === 'slack'
      ? [slack.addUser(named('<!channel> @here')), slack.addUser(named('@everyone'))]
      : [
          discord.addUser(named('@everyone <!channel>')),
          discord.addUser({ ...named('@here <!everyone>'), roles: [role ?? ''] }),
        ];
  if (platform === 'slack') slack.join(world.env.SLACK_MENTORS_CHANNEL ?? '', mentor.userId);

  await asks(student, `Nasty on ${platform} @everyone <!channel> @here`, {
    Description: nasty,
    Tags: '@everyone, <!channel>, @here',
  });
  await world.people[other].mentor.sees(`Nasty on ${platform}`, 'channel');
  await claims(mentor, `Nasty on ${platform}`);
  const start = new Date(Math.ceil(later(clock.now(), DAY).getTime() / HOUR) * HOUR);
  const typed = (at: Date) => (platform === 'slack' ? at.toISOString() : typedTime(at));
  await schedules(mentor, start);
  await student.sees(/Mini session scheduled/, 'dm');
  await student.presses('Move', /Mini session scheduled/);
  await student.fills({ Start: typed(later(start, HOUR)), Reason: nasty });
  await confirmsTimes(student);
  await mentor.sees(/Another time was proposed|proposes|suggests/i, 'dm');
  await mentor.presses('Accept', /Another time was proposed|proposes|suggests/i);
  await student.sees(/moved|new time/i, 'dm');
  await bot.moveTo(later(start, 2 * HOUR));
  await student.presses('It took place', /Did your mini session take place/);
  await mentor.sees(/How was your mini session/, 'dm');
  await mentor.presses('Wrap up', /How was your mini session/);
  await mentor.fills({ 'Next step': nasty, 'Private note': nasty });
  await student.sees(/A next step from your mentor/, 'dm');
  await student.presses('Give feedback', /How was your mini session/);
  await student.fills({ Rating: '5: very helpful', Comment: nasty });
  await student.sees(/Thank you for your feedback/, 'private');

  await asks(student, `Again on ${platform} <!channel> @everyone`, { Description: nasty });
  await claims(mentor, `Again on ${platform}`);
  await student.types('mini-sessions');
  await student.sees(/Again on/, 'private');

  const onSlack = Object.values(world.people.slack).flatMap(({ userId }) => slack.directMessages(userId));
  const posted = [...onSlack, ...slack.messages(world.env.SLACK_MENTORS_CHANNEL ?? '')];
  if (platform === 'slack')
    posted.push(...slack.directMessages(student.userId), ...slack.directMessages(mentor.userId));
  expect(posted.length).toBeGreaterThan(1);
  expect(posted.filter(({ pinged }) => pinged.length > 0)).toEqual([]);
  const channels = [student, mentor].flatMap(({ userId }) => discord.dmOf(userId) ?? []);
  const messages = [world.env.DISCORD_MENTORS_CHANNEL ?? '', ...channels].flatMap((id) =>
    discord.messages(id),
  );
  expect(messages.length).toBeGreaterThan(1);
  for (const { pinged } of messages) expect(pinged).toEqual({ everyone: false, users: [], roles: [] });
});
