import { createPublicKey, generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { CALENDAR_SCOPES, EVENT_SCOPES, FREE_BUSY_SCOPES, SPACE_SCOPES } from './scopes.ts';
import type { Accounts } from './tokens.ts';

/** What a bot needs to sign in at the stand-in, in either of the two ways. */
export interface GoogleAccount {
  serviceAccount: { clientEmail: string; privateKey: string; subject: string };
  refreshToken: { clientId: string; clientSecret: string; refreshToken: string };
  calendarId: string;
  apiUrl: string;
  tokenUrl: string;
  /** The same as environment variables of the bot; the private key with `\n` spelled out, as people paste it. */
  env: { serviceAccount: Record<string, string>; refreshToken: Record<string, string> };
}

/** One pair for every stand-in of this process: making one takes up to half a second, and it guards nothing. */
let pair: Promise<{ publicKey: string; privateKey: string }> | undefined;

const keyPair = () => {
  pair ??= promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return pair;
};

/** New accounts: what Google knows of them, and what their owner puts into the bot's settings. */
export async function openAccounts(): Promise<{
  known: Accounts;
  settings: (url: string, tokenUrl: string) => GoogleAccount;
}> {
  const keys = await keyPair();
  const organiser = 'meetings@mentors.example';
  const clientEmail = 'bot@mini-mentorship.iam.gserviceaccount.example';
  const oauthApp = {
    clientId: '1234-mini-mentorship.apps.googleusercontent.example',
    clientSecret: 'sandbox-client-secret',
    refreshToken: '1//sandbox-refresh-token',
  };
  return {
    known: {
      organiser,
      serviceAccount: { clientEmail, publicKey: createPublicKey(keys.publicKey) },
      oauthApp,
      scopes: [...EVENT_SCOPES, ...CALENDAR_SCOPES, ...FREE_BUSY_SCOPES, ...SPACE_SCOPES],
    },
    settings(apiUrl, tokenUrl) {
      const calendarId = 'primary';
      const shared = {
        MEETING_PROVIDER: 'google-meet',
        GOOGLE_CALENDAR_ID: calendarId,
        GOOGLE_API_URL: apiUrl,
        GOOGLE_TOKEN_URL: tokenUrl,
      };
      return {
        serviceAccount: { clientEmail, privateKey: keys.privateKey, subject: organiser },
        refreshToken: oauthApp,
        calendarId,
        apiUrl,
        tokenUrl,
        env: {
          serviceAccount: {
            ...shared,
            GOOGLE_CLIENT_EMAIL: clientEmail,
            GOOGLE_PRIVATE_KEY: keys.privateKey.replaceAll('\n', '\\n'),
            GOOGLE_SUBJECT: organiser,
          },
          refreshToken: {
            ...shared,
            GOOGLE_CLIENT_ID: oauthApp.clientId,
            GOOGLE_CLIENT_SECRET: oauthApp.clientSecret,
            GOOGLE_REFRESH_TOKEN: oauthApp.refreshToken,
          },
        },
      };
    },
  };
}
