import { describe, expect, test } from 'vitest';
import { ConfigError, parseConfig } from '../src/config.ts';

const slack = {
  SLACK_BOT_TOKEN: 'xoxb-1',
  SLACK_APP_TOKEN: 'xapp-1',
  SLACK_MENTORS_CHANNEL: 'C0123456789',
};
const overHttp = { SLACK_SIGNING_SECRET: '8f742231b10e8888abcd99yyyzzz85a5', PORT: '3000' };
const discord = {
  DISCORD_TOKEN: 'a-discord-bot-token',
  DISCORD_APPLICATION_ID: '123456789012345678',
  DISCORD_MENTORS_CHANNEL: '223456789012345678',
  DISCORD_MENTOR_ROLE: '323456789012345678',
};
const serviceAccount = {
  GOOGLE_CLIENT_EMAIL: 'bot@project.iam.gserviceaccount.com',
  GOOGLE_PRIVATE_KEY: '-----BEGIN PRIVATE KEY-----\\nMII\\n-----END PRIVATE KEY-----',
};
const refreshToken = {
  GOOGLE_CLIENT_ID: '1.apps.googleusercontent.com',
  GOOGLE_CLIENT_SECRET: 'GOCSPX-1',
  GOOGLE_REFRESH_TOKEN: '1//refresh',
};
const zoom = { ZOOM_ACCOUNT_ID: 'account', ZOOM_CLIENT_ID: 'client', ZOOM_CLIENT_SECRET: 'zoom-secret' };
const jitsi = { JITSI_HOST: 'meet.example.org', JITSI_SECRET: 'sixteen-letters!' };

const without = (env: Record<string, string>, name: string): Record<string, string> =>
  Object.fromEntries(Object.entries(env).filter(([key]) => key !== name));

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    parseConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

describe('Without settings', () => {
  const bare = {
    database: { kind: 'embedded', dataDir: './data' },
    port: null,
    publicUrl: null,
    logLevel: 'info',
    language: 'en',
    quietHours: true,
    slack: null,
    discord: null,
    meetings: { provider: 'manual' },
    otherMeetings: [],
  };

  test('every platform is off, and the database is our own', () => {
    expect(parseConfig({})).toEqual(bare);
  });

  test('blank counts as unset, for every variable', () => {
    const blank = [
      ...Object.keys({
        ...slack,
        ...overHttp,
        ...discord,
        ...serviceAccount,
        ...refreshToken,
        ...zoom,
        ...jitsi,
      }),
      ...[
        'DATABASE_URL',
        'DATA_DIR',
        'PORT',
        'LOG_LEVEL',
        'COMMUNITY_LANGUAGE',
        'QUIET_HOURS',
        'SLACK_API_URL',
        'DISCORD_API_URL',
        'MEETING_PROVIDER',
      ],
      ...['GOOGLE_SUBJECT', 'GOOGLE_CALENDAR_ID', 'GOOGLE_API_URL', 'GOOGLE_TOKEN_URL'],
      ...['ZOOM_USER_ID', 'ZOOM_API_URL', 'ZOOM_TOKEN_URL'],
    ];
    expect(parseConfig(Object.fromEntries(blank.map((name) => [name, ''])))).toEqual(bare);
    expect(parseConfig(Object.fromEntries(blank.map((name) => [name, ' \t'])))).toEqual(bare);
  });

  test('what is not ours is left alone', () => {
    expect(parseConfig({ PATH: '/usr/bin', SLACK: 'x', HOME: undefined })).toEqual(bare);
  });
});

describe('General settings', () => {
  test('a server is used instead of our own database, blanks around it do not matter', () => {
    const DATABASE_URL = ' postgresql://bot:secret@db.example.org:5432/mentoring ';
    expect(parseConfig({ DATABASE_URL, DATA_DIR: '/srv/bot' }).database).toEqual({
      kind: 'server',
      url: DATABASE_URL.trim(),
    });
    expect(parseConfig({ DATA_DIR: '/srv/bot' }).database).toEqual({ kind: 'embedded', dataDir: '/srv/bot' });
  });

  test('a port, a log level, a language', () => {
    expect(parseConfig({ PORT: '8080', LOG_LEVEL: 'debug', COMMUNITY_LANGUAGE: 'es' })).toMatchObject({
      port: 8080,
      logLevel: 'debug',
      language: 'es',
    });
  });
});

test('pages for people need the port that they are reached by', () => {
  const PUBLIC_URL = 'https://mini.example/bot/';
  expect(parseConfig({ PUBLIC_URL, PORT: '3000' }).publicUrl).toBe('https://mini.example/bot');
  expect(problemsOf({ PUBLIC_URL })).toEqual([
    expect.stringMatching(/^PORT is missing: PUBLIC_URL is where/),
  ]);
  expect(problemsOf({ PUBLIC_URL: 'mini.example', PORT: '3000' })).toEqual([
    expect.stringMatching(/^PUBLIC_URL must be the web address/),
  ]);
  const oauth = { ...slack, SLACK_CLIENT_ID: '1.2', SLACK_CLIENT_SECRET: 'x'.repeat(16), PUBLIC_URL };
  const missing = problemsOf(oauth).filter((problem) => problem.startsWith('PORT '));
  expect(missing).toHaveLength(1);
});

describe('Slack', () => {
  test('speaks Socket Mode by default', () => {
    expect(parseConfig(slack).slack).toEqual({
      apiUrl: 'https://slack.com/api/',
      own: { botToken: 'xoxb-1', mentorsChannel: 'C0123456789' },
      oauth: null,
      transport: { mode: 'socket', appToken: 'xapp-1' },
    });
  });

  test('speaks HTTP when a port and the signing secret are there; then it needs no app token', () => {
    const http = { mode: 'http', signingSecret: overHttp.SLACK_SIGNING_SECRET, port: 3000 };
    expect(parseConfig({ ...slack, ...overHttp }).slack?.transport).toEqual(http);
    expect(parseConfig({ ...without(slack, 'SLACK_APP_TOKEN'), ...overHttp }).slack?.transport).toEqual(http);
  });

  test('the coordinators channel is there when it is named, on both platforms', () => {
    const named = {
      SLACK_COORDINATORS_CHANNEL: 'C0987654321',
      DISCORD_COORDINATORS_CHANNEL: '423456789012345678',
    };
    const config = parseConfig({ ...slack, ...discord, ...named });
    expect(config.slack?.own?.coordinatorsChannel).toBe(named.SLACK_COORDINATORS_CHANNEL);
    expect(config.discord?.coordinatorsChannel).toBe(named.DISCORD_COORDINATORS_CHANNEL);
    expect(parseConfig(named)).toMatchObject({ slack: null, discord: null });
  });

  test('a port alone, or a secret alone, does not make it HTTP', () => {
    const { PORT, SLACK_SIGNING_SECRET } = overHttp;
    for (const env of [{ PORT }, { SLACK_SIGNING_SECRET }]) {
      expect(parseConfig({ ...slack, ...env }).slack?.transport.mode).toBe('socket');
    }
  });

  test('another API can be named, and naming it alone does not turn Slack on', () => {
    const SLACK_API_URL = 'https://slack-gov.com/api/';
    expect(parseConfig({ ...slack, SLACK_API_URL }).slack?.apiUrl).toBe(SLACK_API_URL);
    expect(parseConfig({ SLACK_API_URL }).slack).toBeNull();
  });
});

describe('Discord', () => {
  test('is on when its section is complete', () => {
    expect(parseConfig(discord).discord).toEqual({
      token: 'a-discord-bot-token',
      applicationId: '123456789012345678',
      apiUrl: 'https://discord.com/api',
      transport: { mode: 'gateway', shards: 'auto' },
      mentorsChannel: '223456789012345678',
      roles: { mentors: ['323456789012345678'], coordinators: [] },
    });
    const DISCORD_API_URL = 'http://localhost:8080/api';
    expect(parseConfig({ ...discord, DISCORD_API_URL }).discord?.apiUrl).toBe(DISCORD_API_URL);
    expect(parseConfig({ DISCORD_API_URL }).discord).toBeNull();
  });

  test('comes in over HTTP when it is told to, and then needs a port and a key', () => {
    const DISCORD_PUBLIC_KEY = 'ab'.repeat(32);
    const over = { ...discord, DISCORD_TRANSPORT: 'http' };
    expect(parseConfig({ ...over, DISCORD_PUBLIC_KEY, PORT: '8080' }).discord?.transport).toEqual({
      mode: 'http',
      publicKey: DISCORD_PUBLIC_KEY,
    });
    expect(problemsOf(over)).toEqual([
      expect.stringMatching(/^DISCORD_PUBLIC_KEY is missing: Discord over HTTP needs it/),
      expect.stringMatching(/^PORT is missing: Discord over HTTP needs it/),
    ]);
    expect(parseConfig({ ...discord, DISCORD_SHARDS: '4' }).discord?.transport).toEqual({
      mode: 'gateway',
      shards: 4,
    });
  });

  test('needs no channel and no role beside its server, and no server beside a channel', () => {
    const { DISCORD_MENTORS_CHANNEL: channel, DISCORD_MENTOR_ROLE: _role, ...own } = discord;
    expect(parseConfig({ ...own, DISCORD_SERVER: '123456' }).discord).toMatchObject({
      server: '123456',
      mentorsChannel: undefined,
      roles: { mentors: [], coordinators: [] },
    });
    expect(parseConfig({ ...own, DISCORD_MENTORS_CHANNEL: channel }).discord?.server).toBeUndefined();
    expect(problemsOf(own)).toEqual([expect.stringMatching(/^DISCORD_SERVER is missing.*Copy Server ID/)]);
  });

  test('takes several roles', () => {
    const more = { DISCORD_MENTOR_ROLE: '32345, 42345', DISCORD_COORDINATOR_ROLE: '52345' };
    expect(parseConfig({ ...discord, ...more }).discord?.roles).toEqual({
      mentors: ['32345', '42345'],
      coordinators: ['52345'],
    });
  });

  test('is independent of Slack', () => {
    expect(parseConfig(discord).slack).toBeNull();
    expect(parseConfig(slack).discord).toBeNull();
    expect(parseConfig({ ...slack, ...discord })).toMatchObject({
      slack: { own: { botToken: 'xoxb-1' } },
      discord: { token: 'a-discord-bot-token' },
    });
  });
});

describe('Meetings', () => {
  const viaServiceAccount = {
    provider: 'google-meet',
    identity: {
      kind: 'service-account',
      clientEmail: serviceAccount.GOOGLE_CLIENT_EMAIL,
      privateKey: serviceAccount.GOOGLE_PRIVATE_KEY,
      subject: 'head@example.org',
    },
  };
  const viaRefreshToken = {
    provider: 'google-meet',
    identity: {
      kind: 'refresh-token',
      clientId: refreshToken.GOOGLE_CLIENT_ID,
      clientSecret: refreshToken.GOOGLE_CLIENT_SECRET,
      refreshToken: refreshToken.GOOGLE_REFRESH_TOKEN,
    },
  };
  const delegated = { ...serviceAccount, GOOGLE_SUBJECT: 'head@example.org' };

  test.each<[string, Record<string, string>, object]>([
    ['Google, by a service account', delegated, viaServiceAccount],
    ['Google, by a refresh token', refreshToken, viaRefreshToken],
    ['Google, both: the service account', { ...delegated, ...refreshToken }, viaServiceAccount],
    ['Google, named', { ...refreshToken, MEETING_PROVIDER: 'google-meet' }, viaRefreshToken],
    [
      'manual although Google is there',
      { ...refreshToken, MEETING_PROVIDER: 'manual' },
      { provider: 'manual' },
    ],
    [
      'Zoom',
      zoom,
      { provider: 'zoom', accountId: 'account', clientId: 'client', clientSecret: 'zoom-secret' },
    ],
    ['Zoom although Jitsi is there', { ...jitsi, ...zoom }, { provider: 'zoom' }],
    [
      'Meet without a calendar',
      { ...refreshToken, MEETING_PROVIDER: 'google-meet-space' },
      { ...viaRefreshToken, provider: 'google-meet-space' },
    ],
    [
      'Jitsi',
      { ...jitsi, MEETING_PROVIDER: 'jitsi' },
      { provider: 'jitsi', host: 'meet.example.org', secret: 'sixteen-letters!' },
    ],
    [
      'Jitsi although Google is there',
      { ...jitsi, ...refreshToken, MEETING_PROVIDER: 'jitsi' },
      { provider: 'jitsi', host: 'meet.example.org', secret: 'sixteen-letters!' },
    ],
  ])('%s', (_what, env, expected) => {
    expect(parseConfig(env).meetings).toMatchObject(expected);
  });

  test('what is whole beside the one that is chosen can be chosen too; what is half stays out', () => {
    const names = (env: Record<string, string>) =>
      parseConfig(env).otherMeetings.map(({ provider }) => provider);
    expect(names({ ...refreshToken, ...zoom, ...jitsi })).toEqual(['zoom', 'jitsi', 'google-meet-space']);
    expect(names({ ...zoom, MEETING_PROVIDER: 'manual' })).toEqual(['zoom']);
    expect(names({ ...zoom, ...jitsi, JITSI_SECRET: '', MEETING_PROVIDER: 'zoom' })).toEqual([]);
    expect(names(jitsi)).toEqual([]);
  });

  test('Google’s addresses and calendar can be others', () => {
    const others = {
      GOOGLE_CALENDAR_ID: 'sessions@group.calendar.google.com',
      GOOGLE_API_URL: 'http://localhost:1/',
      GOOGLE_TOKEN_URL: 'http://localhost:2/token',
    };
    expect(parseConfig({ ...refreshToken, ...others }).meetings).toMatchObject({
      calendarId: 'sessions@group.calendar.google.com',
      apiUrl: 'http://localhost:1/',
      tokenUrl: 'http://localhost:2/token',
    });
    expect(parseConfig({ GOOGLE_API_URL: 'http://localhost:1/' }).meetings).toEqual({ provider: 'manual' });
  });
});

/** A value that cannot be used, the words by which one finds the right one, and what else has to be there. */
const wrong: [name: string, value: string, remedy: RegExp, beside?: Record<string, string>][] = [
  ['DATABASE_URL', 'mysql://db', /postgresql:\/\/.*Leave it empty/],
  ['PORT', '99999', /number from 1 to 65535/],
  ['PORT', 'http', /number from 1 to 65535/],
  ['LOG_LEVEL', 'loud', /debug, info, warn, error/],
  ['COMMUNITY_LANGUAGE', 'español', /en, es/],
  ['QUIET_HOURS', '22-8', /on or off/],
  ['SLACK_BOT_TOKEN', 'xoxp-1', /xoxb-.*OAuth & Permissions/, slack],
  ['SLACK_APP_TOKEN', 'xoxb-1', /xapp-.*Basic Information.*connections:write/, slack],
  ['SLACK_SIGNING_SECRET', 'short', /16 characters.*Signing Secret/, slack],
  ['SLACK_API_URL', 'slack.com', /web address.*Leave it empty/, slack],
  ['SLACK_API_URL', 'ftp://slack.com', /web address.*Leave it empty/, slack],
  ['SLACK_MENTORS_CHANNEL', '#mentors', /channel id.*not a name.*copy the id/, slack],
  ['SLACK_COORDINATORS_CHANNEL', '#staff', /channel id.*Leave it empty/, slack],
  ['DISCORD_COORDINATORS_CHANNEL', '#staff', /channel id.*Leave it empty/, discord],
  ['DISCORD_SESSIONS_CHANNEL', '#room', /channel id.*Leave it empty/, discord],
  ['DISCORD_FALLBACK_CHANNEL', '#lobby', /channel id.*Leave it empty/, discord],
  ['DISCORD_TOKEN', 'x', /10 characters.*Reset Token/, discord],
  ['DISCORD_APPLICATION_ID', 'mini-mentorship', /number.*General Information/, discord],
  ['DISCORD_TRANSPORT', 'socket', /gateway or http/, discord],
  ['DISCORD_PUBLIC_KEY', 'abc', /64 digits.*Public Key/, discord],
  ['DISCORD_SHARDS', '0', /auto or a number/, discord],
  ['DISCORD_API_URL', 'discord', /web address.*Leave it empty/, discord],
  ['DISCORD_MENTORS_CHANNEL', '#mentors', /channel id.*Copy Channel ID/, discord],
  ['DISCORD_MENTOR_ROLE', '@mentor', /role id.*Copy Role ID/, discord],
  ['DISCORD_COORDINATOR_ROLE', '12345;67890', /several with commas/, discord],
  ['MEETING_PROVIDER', 'teams', /google-meet, google-meet-space, zoom, jitsi or manual/],
  ['GOOGLE_CLIENT_EMAIL', 'bot', /client_email.*JSON key/, serviceAccount],
  ['GOOGLE_PRIVATE_KEY', 'secret', /private_key.*JSON key/, serviceAccount],
  ['GOOGLE_SUBJECT', 'head', /e-mail address/, serviceAccount],
  ['GOOGLE_CLIENT_ID', 'id', /Client ID.*Credentials/, refreshToken],
  ['GOOGLE_CLIENT_SECRET', 'x', /Client secret/, refreshToken],
  ['GOOGLE_REFRESH_TOKEN', 'x', /refresh token.*docs\/google\.md/, refreshToken],
  ['GOOGLE_API_URL', 'googleapis', /web address.*Leave it empty/, refreshToken],
  ['GOOGLE_TOKEN_URL', 'googleapis', /web address.*Leave it empty/, refreshToken],
  ['ZOOM_ACCOUNT_ID', 'x', /Account ID.*marketplace\.zoom\.us/, zoom],
  ['ZOOM_CLIENT_ID', 'x', /Client ID/, zoom],
  ['ZOOM_CLIENT_SECRET', 'x', /Client Secret/, zoom],
  ['ZOOM_USER_ID', 'x', /e-mail address or id/, zoom],
  ['ZOOM_API_URL', 'zoom', /web address.*Leave it empty/, zoom],
  ['ZOOM_TOKEN_URL', 'zoom', /web address.*Leave it empty/, zoom],
  ['JITSI_HOST', 'x', /host name.*meet\.example\.org/, { ...jitsi, MEETING_PROVIDER: 'jitsi' }],
  ['JITSI_SECRET', 'short', /16 random characters/, { ...jitsi, MEETING_PROVIDER: 'jitsi' }],
];

describe('What is wrong', () => {
  test.each(wrong)('%s=%s: says where to find the right one', (name, value, remedy, beside = {}) => {
    const found = problemsOf({ ...beside, [name]: value });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(new RegExp(`^${name} `));
    expect(found[0]).toMatch(remedy);
    expect(found[0]).toMatch(/\.$/);
  });

  test.each<[string, string, Record<string, string>]>([
    ...Object.keys(slack).map((name): [string, string, Record<string, string>] => ['Slack', name, slack]),
    ...['DISCORD_TOKEN', 'DISCORD_APPLICATION_ID'].map((name): [string, string, Record<string, string>] => [
      'Discord',
      name,
      discord,
    ]),
    ['Discord', 'DISCORD_SERVER', without(discord, 'DISCORD_MENTORS_CHANNEL')],
    ...Object.keys(serviceAccount).map((name): [string, string, Record<string, string>] => [
      'Google Meet',
      name,
      serviceAccount,
    ]),
    ...Object.keys(refreshToken).map((name): [string, string, Record<string, string>] => [
      'Google Meet',
      name,
      refreshToken,
    ]),
    ...Object.keys(zoom).map((name): [string, string, Record<string, string>] => ['Zoom', name, zoom]),
    ...Object.keys(jitsi).map((name): [string, string, Record<string, string>] => [
      'Jitsi',
      name,
      { ...jitsi, MEETING_PROVIDER: 'jitsi' },
    ]),
  ])('%s begun without %s: says what is missing, and what it must be', (section, name, env) => {
    const found = problemsOf(without(env, name));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(new RegExp(`^${name} is missing: ${section} .*needs it.*\\. It must b.+\\.$`));
  });

  test('Slack over HTTP asks for what HTTP needs', () => {
    expect(problemsOf({ ...overHttp, SLACK_MENTORS_CHANNEL: 'C0123456789' })).toEqual([
      expect.stringMatching(/^SLACK_BOT_TOKEN is missing: Slack over HTTP needs it/),
    ]);
  });

  test('a provider that is named but not set up says what it needs', () => {
    expect(problemsOf({ MEETING_PROVIDER: 'jitsi' })).toHaveLength(2);
    expect(problemsOf({ MEETING_PROVIDER: 'google-meet' })).toEqual([
      expect.stringMatching(/^GOOGLE_CLIENT_EMAIL is missing.*or an OAuth client with a refresh token/),
      expect.stringMatching(/^GOOGLE_PRIVATE_KEY is missing/),
    ]);
  });

  test('all of it is said at once, and no value is repeated: it may be a secret', () => {
    const env = Object.fromEntries(wrong.map(([name, value]) => [name, `${value}✗`]));
    const secrets = { SLACK_BOT_TOKEN: 'hunter2', GOOGLE_PRIVATE_KEY: 'hunter2', DATABASE_URL: 'hunter2' };
    try {
      parseConfig({ ...env, ...secrets });
      expect.unreachable();
    } catch (error) {
      const { message, problems } = error as ConfigError;
      for (const name of [
        'PORT',
        'LOG_LEVEL',
        'SLACK_BOT_TOKEN',
        'DISCORD_MENTOR_ROLE',
        'GOOGLE_PRIVATE_KEY',
      ]) {
        expect(problems.filter((problem) => problem.startsWith(`${name} `))).toHaveLength(1);
      }
      expect(message.split('\n').slice(1)).toEqual(problems.map((problem) => `- ${problem}`));
      expect(message).not.toContain('hunter2');
    }
  });
});
