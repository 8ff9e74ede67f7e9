import { z } from 'zod';
import { type MeetingSettings, meetingProviderNames } from './meetings/index.ts';

const http = z.url({ protocol: /^https?$/ });

/** What each variable about meeting links may hold, and the sentence for when it does not. */
export const meetingVariables = {
  MEETING_PROVIDER: [
    z.enum(meetingProviderNames),
    'must be google-meet, google-meet-space, zoom, jitsi or manual. Leave it empty to use Google, Zoom or Jitsi when it is set up, else manual links.',
  ],
  GOOGLE_CLIENT_EMAIL: [
    z.string().includes('@'),
    'must be the "client_email" of the service account’s JSON key.',
  ],
  GOOGLE_PRIVATE_KEY: [
    z.string().includes('PRIVATE KEY'),
    'must be the "private_key" of the service account’s JSON key, from -----BEGIN to END-----, with \\n for its line ends.',
  ],
  GOOGLE_SUBJECT: [
    z.string().includes('@'),
    'must be the e-mail address of the person whose calendar holds the sessions.',
  ],
  GOOGLE_CLIENT_ID: [
    z.string().min(5),
    'must be the "Client ID" of an OAuth client: console.cloud.google.com, APIs & Services, Credentials.',
  ],
  GOOGLE_CLIENT_SECRET: [z.string().min(5), 'must be the "Client secret" of the same OAuth client.'],
  GOOGLE_REFRESH_TOKEN: [
    z.string().min(5),
    'must be a refresh token of the organiser for that OAuth client. docs/google.md says how to get one.',
  ],
  GOOGLE_CALENDAR_ID: [z.string(), 'must be a calendar id. Leave it empty for the organiser’s own calendar.'],
  GOOGLE_API_URL: [http, 'must be a web address. Leave it empty for Google itself.'],
  GOOGLE_TOKEN_URL: [http, 'must be a web address. Leave it empty for Google itself.'],
  ZOOM_ACCOUNT_ID: [
    z.string().min(5),
    'must be the "Account ID" of a Server-to-Server OAuth app: marketplace.zoom.us, Manage, your app, App Credentials.',
  ],
  ZOOM_CLIENT_ID: [z.string().min(5), 'must be the "Client ID" of the same Zoom app.'],
  ZOOM_CLIENT_SECRET: [z.string().min(5), 'must be the "Client Secret" of the same Zoom app.'],
  ZOOM_USER_ID: [
    z.string().min(2),
    'must be the e-mail address or id of the person whose meetings they are. Leave it empty for the owner of the app.',
  ],
  ZOOM_API_URL: [http, 'must be a web address. Leave it empty for Zoom itself.'],
  ZOOM_TOKEN_URL: [http, 'must be a web address. Leave it empty for Zoom itself.'],
  JITSI_HOST: [z.string().min(3), 'must be the host name of a Jitsi server, such as meet.example.org.'],
  JITSI_SECRET: [z.string().min(16), 'must be at least 16 random characters: room names are made from it.'],
} satisfies Record<string, [z.ZodType, string]>;

type Name = keyof typeof meetingVariables;
/** Whether one of these was set to anything. */
type Begun = (names: readonly Name[]) => boolean;
type Values = { [Key in Name]?: z.output<(typeof meetingVariables)[Key][0]> };

const serviceAccount = ['GOOGLE_CLIENT_EMAIL', 'GOOGLE_PRIVATE_KEY'] as const;
const refreshToken = ['GOOGLE_CLIENT_ID', 'GOOGLE_CLIENT_SECRET', 'GOOGLE_REFRESH_TOKEN'] as const;
const zoom = ['ZOOM_ACCOUNT_ID', 'ZOOM_CLIENT_ID', 'ZOOM_CLIENT_SECRET'] as const;
const jitsi = ['JITSI_HOST', 'JITSI_SECRET'] as const;

/** What each provider needs, who needs it, and what it makes of it. The first that was begun is used by itself. */
const providers: {
  provider: MeetingSettings['provider'];
  begins: readonly Name[];
  needs: (begun: Begun) => readonly Name[];
  why: string;
  read: (values: Values, begun: Begun) => MeetingSettings;
}[] = [
  {
    provider: 'google-meet',
    begins: [...serviceAccount, ...refreshToken],
    needs: (begun) => (byRefreshToken(begun) ? refreshToken : serviceAccount),
    why: 'Google Meet needs it (a service account, or an OAuth client with a refresh token)',
    read: (values, begun) => ({
      provider: 'google-meet',
      ...google(values, begun),
      calendarId: values.GOOGLE_CALENDAR_ID,
    }),
  },
  {
    provider: 'zoom',
    begins: zoom,
    needs: () => zoom,
    why: 'Zoom needs it',
    read: (values) => ({
      provider: 'zoom',
      accountId: values.ZOOM_ACCOUNT_ID ?? '',
      clientId: values.ZOOM_CLIENT_ID ?? '',
      clientSecret: values.ZOOM_CLIENT_SECRET ?? '',
      userId: values.ZOOM_USER_ID,
      apiUrl: values.ZOOM_API_URL,
      tokenUrl: values.ZOOM_TOKEN_URL,
    }),
  },
  {
    provider: 'jitsi',
    begins: ['JITSI_HOST'],
    needs: () => jitsi,
    why: 'Jitsi needs it',
    read: (values) => ({
      provider: 'jitsi',
      host: values.JITSI_HOST ?? '',
      secret: values.JITSI_SECRET ?? '',
    }),
  },
  {
    provider: 'google-meet-space',
    begins: [...serviceAccount, ...refreshToken],
    needs: (begun) => (byRefreshToken(begun) ? refreshToken : serviceAccount),
    why: 'Google Meet needs it (a service account, or an OAuth client with a refresh token)',
    read: (values, begun) => ({ provider: 'google-meet-space', ...google(values, begun) }),
  },
];

/**
 * What makes meeting links, and what else is set up. Only what is chosen must be complete.
 * @param begun whether one of these was set to anything
 * @param complete complains about each of these that is unset; returns whether all are set
 */
export function meetingSections(
  values: Values & { MEETING_PROVIDER?: MeetingSettings['provider'] },
  begun: Begun,
  complete: (names: readonly Name[], why: string) => boolean,
): { meetings: MeetingSettings; otherMeetings: MeetingSettings[] } {
  const has = (names: readonly Name[]) => names.every((name) => values[name] !== undefined);
  const chosen =
    values.MEETING_PROVIDER === 'manual'
      ? undefined
      : providers.find(({ provider, begins }) =>
          values.MEETING_PROVIDER ? provider === values.MEETING_PROVIDER : begun(begins),
        );
  const meetings: MeetingSettings =
    chosen && complete(chosen.needs(begun), chosen.why) ? chosen.read(values, begun) : { provider: 'manual' };
  const otherMeetings = providers
    .filter((each) => each !== chosen && has(each.needs(begun)))
    .map(({ read }) => read(values, begun));
  return { meetings, otherMeetings };
}

const byRefreshToken = (begun: Begun): boolean => begun(refreshToken) && !begun(serviceAccount);

function google(values: Values, begun: Begun) {
  const identity = byRefreshToken(begun)
    ? ({
        kind: 'refresh-token',
        clientId: values.GOOGLE_CLIENT_ID ?? '',
        clientSecret: values.GOOGLE_CLIENT_SECRET ?? '',
        refreshToken: values.GOOGLE_REFRESH_TOKEN ?? '',
      } as const)
    : ({
        kind: 'service-account',
        clientEmail: values.GOOGLE_CLIENT_EMAIL ?? '',
        privateKey: values.GOOGLE_PRIVATE_KEY ?? '',
        subject: values.GOOGLE_SUBJECT,
      } as const);
  return { identity, apiUrl: values.GOOGLE_API_URL, tokenUrl: values.GOOGLE_TOKEN_URL };
}
