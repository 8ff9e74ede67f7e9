import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { variables } from '../../src/config.ts';
import { newAppLink } from '../../src/platforms/slack/guide.ts';
import { byName } from '../../src/setup/given.ts';
import {
  begunMeetings,
  begunPlatforms,
  overHttp,
  readKey,
  sections,
  sectionsFor,
  tokenFor,
} from '../../src/setup/questions.ts';

test('the questions come in an order in which each can be tried with those before it', () => {
  expect(
    sectionsFor({ platforms: ['discord', 'slack'], meetings: 'google-service-account', database: 'server' }),
  ).toEqual(['slack', 'discord', 'google-service-account', 'database']);
  expect(sectionsFor({ platforms: [], meetings: 'manual', database: 'built-in' })).toEqual([]);
  for (const questions of Object.values(sections)) {
    for (const [at, { name, by }] of questions.entries()) {
      if (by !== 'pick') continue;
      expect(questions.slice(0, at).map((question) => question.name)).toContain(tokenFor(name));
    }
  }
});

test('every setting that a platform needs is asked for, or follows from one that is', () => {
  const asked = Object.values(sections).flatMap((questions) => questions.map(({ name }) => name as string));
  const otherwise = {
    DISCORD_APPLICATION_ID: 'follows from the token',
    GOOGLE_CLIENT_EMAIL: 'stands in the key file',
    JITSI_SECRET: 'is made',
    MEETING_PROVIDER: 'is chosen',
    DISCORD_TRANSPORT: 'only over HTTP, which docs/discord.md tells',
    DISCORD_PUBLIC_KEY: 'only over HTTP',
    DISCORD_SHARDS: 'only for very many servers, which docs/discord.md tells',
    SLACK_SIGNING_SECRET: 'only over HTTP, which docs/slack.md tells',
    SLACK_CLIENT_ID: 'only for many workspaces, which docs/slack.md tells',
    SLACK_CLIENT_SECRET: 'only for many workspaces',
    SLACK_TOKEN_KEY: 'only for many workspaces',
  };
  const needed = Object.keys(variables).filter((name) =>
    /^(SLACK|DISCORD|GOOGLE|ZOOM|JITSI|MEETING)_/.test(name),
  );
  const special = /_API_URL$|_TOKEN_URL$|_CALENDAR_ID$/;
  expect(
    needed.filter((name) => !asked.includes(name) && !(name in otherwise) && !special.test(name)),
  ).toEqual([]);
});

test('what is begun is offered', () => {
  expect(begunPlatforms({})).toEqual([]);
  expect(begunPlatforms({ SLACK_BOT_TOKEN: 'x', DISCORD_TOKEN: ' ' })).toEqual(['slack']);
  expect(begunPlatforms({ DISCORD_MENTOR_ROLE: '1' })).toEqual(['discord']);
  expect(begunMeetings({})).toBe('manual');
  expect(begunMeetings({ MEETING_PROVIDER: 'jitsi', GOOGLE_CLIENT_ID: 'x' })).toBe('jitsi');
  expect(begunMeetings({ MEETING_PROVIDER: 'zoom' })).toBe('zoom');
  expect(begunMeetings({ ZOOM_CLIENT_ID: 'x' })).toBe('zoom');
  expect(begunMeetings({ GOOGLE_PRIVATE_KEY: 'x' })).toBe('google-service-account');
  expect(begunMeetings({ GOOGLE_CLIENT_ID: 'x' })).toBe('google-refresh-token');
});

test('channels and roles of Discord are only asked for where some of them are set already', () => {
  const asked = (values: Record<string, string>) =>
    sections.discord.filter(({ when }) => when?.(values) !== false).map(({ name }) => name);
  expect(asked({ DISCORD_TOKEN: 'x', DISCORD_SERVER: '1' })).toEqual(['DISCORD_TOKEN', 'DISCORD_SERVER']);
  expect(asked({ DISCORD_SESSIONS_CHANNEL: '1' })).toHaveLength(sections.discord.length);
});

test('Slack over HTTP needs no app token, and is asked for none', () => {
  const appToken = sections.slack.find(({ name }) => name === 'SLACK_APP_TOKEN');
  const http = { PORT: '3000', SLACK_SIGNING_SECRET: '8f742231b10e8888abcd99aaabbb85a5' };
  expect(overHttp(http)).toBe(true);
  expect(appToken?.when?.(http)).toBe(false);
  expect(appToken?.when?.({ PORT: '3000' })).toBe(true);
});

test('the link that makes the Slack app carries the manifest', () => {
  const manifest = readFileSync(new URL('../../manifests/slack.json', import.meta.url), 'utf8');
  const link = new URL(newAppLink(manifest));
  expect(`${link.origin}${link.pathname}`).toBe('https://api.slack.com/apps');
  expect(link.searchParams.get('new_app')).toBe('1');
  expect(JSON.parse(link.searchParams.get('manifest_json') ?? '')).toEqual(JSON.parse(manifest));
});

describe('a name', () => {
  const choices = [
    { id: '1', label: '#Mentors', hint: 'One' },
    { id: '2', label: '#mentors', hint: 'Two' },
    { id: '3', label: '#general' },
    { id: '4', label: '#Twins', hint: 'One' },
    { id: '5', label: '#Twins', hint: 'Two' },
  ];
  test.each([
    ['#general', '3'],
    ['general', '3'],
    [' GENERAL ', '3'],
    ['#mentors', '2'],
    ['Mentors', '1'],
  ])('%s is found', (typed, id) => {
    expect(byName('SLACK_MENTORS_CHANNEL', typed, choices)).toEqual({ id });
  });

  test('that is nobody’s is told with those that are there', () => {
    expect(byName('SLACK_MENTORS_CHANNEL', '#nowhere', choices)).toEqual({
      problem: expect.stringMatching(
        /SLACK_MENTORS_CHANNEL: there is no #nowhere. There is: #Mentors, .*private/,
      ),
    });
    expect(byName('DISCORD_MENTOR_ROLE', '@x', [])).toEqual({
      problem: 'DISCORD_MENTOR_ROLE: there is no @x. There is: nothing.',
    });
  });

  test('of several is told with their ids', () => {
    for (const typed of ['Twins', 'MENTORS']) {
      expect(byName('DISCORD_MENTORS_CHANNEL', typed, choices)).toEqual({
        problem: expect.stringMatching(/several go by the name .*: \d \(One\), \d \(Two\)/),
      });
    }
  });
});

describe('a service account’s key', () => {
  test('is read onto one line', () => {
    const json = JSON.stringify({
      client_email: 'a@b',
      private_key: '-----BEGIN PRIVATE KEY-----\nx\n-----END\n',
    });
    expect(readKey(json)).toEqual({
      GOOGLE_CLIENT_EMAIL: 'a@b',
      GOOGLE_PRIVATE_KEY: '-----BEGIN PRIVATE KEY-----\\nx\\n-----END',
    });
  });
  test.each([
    ['no JSON', 'top secret', /not JSON/],
    ['another file', '{"installed":{"client_secret":"top secret"}}', /not the JSON key of a service account/],
    ['null', 'null', /not the JSON key/],
  ])('that is %s is told, and nothing of it repeated', (_what, text, words) => {
    expect(() => readKey(text)).toThrow(words);
    expect(() => readKey(text)).not.toThrow(/top secret/);
  });
});
