import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DiscordPerson } from '../../src/sandbox/discord/index.ts';
import { asks, claims } from '../support/asking.ts';
import { rowsOf } from '../support/database.ts';
import { type Programme, startProgramme } from '../support/programme.ts';

const MANAGE_SERVER = 1n << 5n;

let programme: Programme;
let manager: DiscordPerson;
let mentorRole: string;
let student: DiscordPerson;
let mentor: DiscordPerson;
/** By name. */
let channels: Record<'requests' | 'coordination' | 'sessions' | 'forum', string>;

const onDiscord = () => programme.world.discord;
const begin = async (env: Record<string, string> = {}) => {
  programme = await startProgramme({
    env: ({ discord, env: usual, people }) => {
      mentorRole = usual.DISCORD_MENTOR_ROLE ?? '';
      const managing = discord.addRole('Manager', MANAGE_SERVER);
      manager = discord.addUser({ name: 'Max', timeZone: 'Europe/Berlin', roles: [managing] });
      ({ student, mentor } = people.discord);
      channels = {
        requests: discord.addChannel('requests'),
        coordination: discord.addChannel('coordination'),
        sessions: discord.addChannel('sessions'),
        forum: discord.addChannel('request-forum', { forum: { tags: [] } }),
      };
      return {
        DISCORD_SERVER: discord.guildId,
        DISCORD_MENTORS_CHANNEL: '',
        DISCORD_MENTOR_ROLE: '',
        DISCORD_COORDINATORS_CHANNEL: '',
        DISCORD_COORDINATOR_ROLE: '',
        ...env,
      };
    },
  });
};
afterEach(() => programme.end());

const opensSetUp = async (who: DiscordPerson = manager) => {
  await who.types('mini-admin');
  await who.sees(/What needs you|Nothing needs you/, 'private');
  await who.presses('Set-up', /What needs you|Nothing needs you/);
  await who.sees(/Almost there|Everything that I need works/, 'private');
};
const chooses = async (button: string, values: Record<string, string | string[]>) => {
  await manager.presses(button);
  await manager.fills(values);
};

describe('a server with nothing but itself in the settings', () => {
  beforeEach(() => begin());

  test('is set up in Discord: what waits appears there, and who has a role may claim at the next press', async () => {
    await asks(student, 'Before anybody was there');
    await opensSetUp();
    const first = await manager.sees(/Almost there/, 'private');
    expect(first.text).toMatch(/Mentors channel:? not chosen yet[\s\S]*Mentor roles:? not chosen yet/);
    expect(first.buttons).toEqual([
      ...['Choose the channels', 'Choose the roles', 'Time zone', 'Meeting links'],
      ...['Look again', 'Settings'],
    ]);
    await chooses('Choose the channels', { 'Mentors channel': '#requests' });
    const second = await manager.sees(/Almost there[\s\S]*#requests/, 'private');
    expect(second.text).toMatch(/✓ Discord: permissions in the mentors channel/);
    await mentor.sees('Before anybody was there', 'channel');
    expect(onDiscord().messages(channels.requests)).toHaveLength(1);

    await mentor.presses('Claim', 'Before anybody was there');
    await mentor.sees(/This is for mentors/, 'private');
    await chooses('Choose the roles', { 'Mentor roles': ['Mentor'] });
    await manager.sees(/Everything that I need works[\s\S]*@Mentor/, 'private');
    await mentor.presses('Claim', 'Before anybody was there');
    await mentor.sees(/It is yours/, 'private');

    // Kept: a bot that starts anew knows it, and offers it as it is.
    await programme.bot.crash();
    await asks(student, 'After a restart');
    await claims(mentor, 'After a restart');
    await opensSetUp();
    await manager.presses('Choose the channels');
    expect((await manager.form()).fields.map(({ label, kind, value }) => [label, kind, value])).toEqual([
      ['Mentors channel', 'channels', ['requests']],
      ['Coordinators channel', 'channels', []],
      ['Sessions channel', 'channels', []],
      ['Fallback channel', 'channels', []],
    ]);
    const audit = await rowsOf(
      programme.databaseUrl,
      `SELECT action, detail FROM audit_log WHERE detail ? 'space' ORDER BY id`,
    );
    expect(audit).toEqual([
      { action: 'setPlaces', detail: { space: { mentorsChannel: channels.requests } } },
      { action: 'setRoles', detail: { space: { mentorRoles: [mentorRole] } } },
    ]);
  });

  test('hears of it from the bot itself, once, whatever happens to the connection', async () => {
    const hello = /Thank you for having me here/;
    await manager.sees(hello, 'channel');
    await programme.bot.crash();
    onDiscord().faults.dropGateway();
    await manager.presses('Set me up', hello);
    await manager.sees(/Almost there/, 'private');
    const said = onDiscord()
      .messages(onDiscord().generalId)
      .filter(({ components }) => hello.test(JSON.stringify(components)));
    expect(said).toHaveLength(1);
    await student.presses('Set me up', hello);
    await student.sees(/This is for coordinators/, 'private');
    expect(
      await rowsOf(programme.databaseUrl, 'SELECT platform FROM spaces WHERE greeted_at IS NOT NULL'),
    ).toEqual([{ platform: 'discord' }]);
  });

  test('what the bot lacks in a channel is named, and the form comes back as it was left', async () => {
    onDiscord().faults.forbid(channels.requests, 'write');
    onDiscord().faults.forbid(channels.coordination, 'see');
    await opensSetUp();
    await chooses('Choose the channels', {
      'Mentors channel': 'requests',
      'Coordinators channel': 'coordination',
    });
    const told = await manager.sees(/Almost: please look at this once more/, 'private');
    expect(told.text).toMatch(/The mentors channel is one in which I may not[\s\S]*allow: Send Messages\. /);
    expect(told.text).toMatch(/The coordinators channel is one that is closed to me[\s\S]*View Channel/);
    expect(await rowsOf(programme.databaseUrl, `SELECT FROM spaces WHERE chosen <> '{}'`)).toEqual([]);
    await manager.presses('Edit and send again');
    expect((await manager.form()).fields[0]).toMatchObject({ value: ['requests'] });
    onDiscord().faults.allow(channels.requests);
    await manager.fills({ 'Mentors channel': 'requests', 'Coordinators channel': [] });
    await manager.sees(/Almost there[\s\S]*#requests/, 'private');
  });

  test('requests follow the mentors to another channel, also to a forum; an optional channel is taken away again', async () => {
    await opensSetUp();
    await chooses('Choose the channels', {
      'Mentors channel': 'requests',
      'Coordinators channel': 'coordination',
      'Sessions channel': 'sessions',
    });
    await manager.sees(/Sessions channel:? #sessions/, 'private');
    await chooses('Choose the roles', { 'Mentor roles': ['Mentor'], 'Coordinator roles': ['Coordinator'] });
    await manager.sees(/Everything that I need works/, 'private');
    await programme.world.people.discord.coordinator.types('mini-admin');
    await programme.world.people.discord.coordinator.sees(/Nothing needs you/, 'private');
    await asks(student, 'On the move');
    await mentor.sees('On the move', 'channel');
    await chooses('Choose the channels', { 'Mentors channel': 'request-forum', 'Sessions channel': [] });
    const after = await manager.sees(/#request-forum/, 'private');
    expect(after.text).toMatch(/Sessions channel:? none/);
    const { id } = await mentor.sees(/On the move[\s\S]*/, 'channel');
    expect(id).toBeTruthy();
    await programme.bot.moveTo(new Date(programme.clock.now().getTime() + 1_000));
    expect(
      onDiscord()
        .threads(channels.forum)
        .map(({ name }) => name),
    ).toEqual(['On the move']);
  });

  test('goes on to the time zone and the meetings, and the zone is offered to whoever has to be asked', async () => {
    await manager.types('mini-admin', { view: 'Set-up' });
    const card = await manager.sees(/Almost there/, 'private');
    expect(card.text).toMatch(/Time zone:? none\nMeeting links:? Google Meet, with a calendar/);
    await chooses('Time zone', { 'Time zone': 'Atlantis' });
    await manager.sees(/I do not know the time zone “Atlantis”/, 'private');
    await manager.presses('Edit and send again');
    await manager.fills({ 'Time zone': 'madrid' });
    await manager.sees(/Almost there[\s\S]*Time zone:? Europe\/Madrid/, 'private');
    await manager.presses('Meeting links', /Almost there/);
    const links = await manager.sees(/A press chooses another/, 'private');
    expect(links.buttons.slice(-2)).toEqual(['Settings', 'Set-up']);

    // In the option of the command, and in the form that asks for nothing else.
    const [first] = await student.autocomplete('mini-session', 'time-zone', '');
    expect(String(first?.name)).toMatch(/^Europe\/Madrid \(/);
    await student.types('mini-session');
    await student.fills({
      Title: 'Read in whose zone?',
      'Session type': 'Help with a bug',
      Description: 'It is green here.',
      'Preferred times': 'tomorrow 15:00',
    });
    await student.sees(/I need your time zone/, 'private');
    await student.presses('Continue');
    expect(await student.form()).toMatchObject({
      fields: expect.arrayContaining([
        expect.objectContaining({ label: 'Your time zone', value: 'Europe/Madrid' }),
      ]),
    });
    expect(
      await rowsOf(
        programme.databaseUrl,
        `SELECT settings->>'timeZone' AS zone, (SELECT count(time_zone)::int FROM members) AS told FROM communities`,
      ),
    ).toEqual([{ zone: 'Europe/Madrid', told: 0 }]);
  });

  test('roles that nobody can be given are refused', async () => {
    await opensSetUp();
    await chooses('Choose the roles', { 'Mentor roles': [onDiscord().guildId] });
    await manager.sees(/The mentor roles hold one that nobody can be given: @everyone/, 'private');
    expect(await rowsOf(programme.databaseUrl, `SELECT FROM spaces WHERE chosen <> '{}'`)).toEqual([]);
  });

  test('only for those who may', async () => {
    await student.types('mini-admin');
    await student.sees(/This is for coordinators/, 'private');
  });
});

describe('what the operator holds', () => {
  test('is not offered, and the card says whose word it is', async () => {
    programme = await startProgramme({
      env: ({ discord, env }) => {
        const managing = discord.addRole('Manager', MANAGE_SERVER);
        manager = discord.addUser({ name: 'Max', timeZone: 'Europe/Berlin', roles: [managing] });
        discord.addChannel('sessions');
        return { DISCORD_SERVER: discord.guildId, DISCORD_MENTOR_ROLE: env.DISCORD_MENTOR_ROLE ?? '' };
      },
    });
    await opensSetUp();
    const seen = await manager.sees(/Everything that I need works/, 'private');
    expect(seen.text).toMatch(/Mentors channel:? #mini-mentors · set by the operator/);
    expect(seen.text).toMatch(/Sessions channel:? none\n/);
    expect(seen.buttons).toEqual([
      ...['Choose the channels', 'Time zone', 'Meeting links'],
      ...['Look again', 'Settings'],
    ]);
    await manager.presses('Choose the channels');
    expect((await manager.form()).fields.map(({ label }) => label)).toEqual([
      'Sessions channel',
      'Fallback channel',
    ]);
    await manager.fills({ 'Sessions channel': 'sessions' });
    await manager.sees(/Sessions channel:? #sessions/, 'private');
  });
});
