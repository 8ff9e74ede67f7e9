import { type KeyObject, randomBytes, verify } from 'node:crypto';
import type { Answer } from '../service/answer.ts';
import { grantRefused, refused } from './answer.ts';

/** The accounts that this Google knows. */
export interface Accounts {
  /** The person whose calendar holds the meetings. */
  organiser: string;
  serviceAccount: { clientEmail: string; publicKey: KeyObject };
  oauthApp: { clientId: string; clientSecret: string; refreshToken: string };
  /** Scopes that the organiser agreed to, and that the service account may use in the organiser's name. */
  scopes: string[];
}

/** Whom an access token stands for. */
export interface Bearer {
  email: string;
  scopes: string[];
  /** A service account that acts for nobody but itself: it has neither Meet nor guests. */
  bareServiceAccount: boolean;
}

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const TOKEN_URL = 'https://oauth2.googleapis.com/token';
const TOKEN_LIFE_SECONDS = 3_599;

/**
 * The token endpoint and its memory. Token times are the machine's, like those of Google's client library:
 * moving the stand-in's clock would only make the two disagree.
 */
export function tokenDesk(accounts: Accounts, ownTokenUrl: () => string) {
  const tokens = new Map<string, Bearer & { expiresAt: number }>();
  let delegated = true;
  let grantRefusal: string | undefined;

  function grant(form: URLSearchParams): Answer {
    if (grantRefusal !== undefined) throw grantRefused(400, 'invalid_grant', grantRefusal);
    const bearer = bearerFor(form);
    const token = `ya29.${randomBytes(24).toString('base64url')}`;
    tokens.set(token, { ...bearer, expiresAt: Date.now() + TOKEN_LIFE_SECONDS * 1_000 });
    const body = {
      access_token: token,
      expires_in: TOKEN_LIFE_SECONDS,
      scope: bearer.scopes.join(' '),
      token_type: 'Bearer',
    };
    return { status: 200, body };
  }

  function bearerFor(form: URLSearchParams): Bearer {
    switch (form.get('grant_type')) {
      case 'refresh_token':
        return organiserBySignIn(form);
      case JWT_BEARER:
        return bearerByAssertion(form.get('assertion') ?? '');
      default:
        throw grantRefused(400, 'unsupported_grant_type', `Invalid grant_type: ${form.get('grant_type')}`);
    }
  }

  /** https://developers.google.com/identity/protocols/oauth2/web-server#offline */
  function organiserBySignIn(form: URLSearchParams): Bearer {
    const { clientId, clientSecret, refreshToken } = accounts.oauthApp;
    if (form.get('client_id') !== clientId) {
      throw grantRefused(401, 'invalid_client', 'The OAuth client was not found.');
    }
    if (form.get('client_secret') !== clientSecret) throw grantRefused(401, 'invalid_client', 'Unauthorized');
    if (form.get('refresh_token') !== refreshToken) {
      throw grantRefused(400, 'invalid_grant', 'Token has been expired or revoked.');
    }
    return { email: accounts.organiser, scopes: accounts.scopes, bareServiceAccount: false };
  }

  /** https://developers.google.com/identity/protocols/oauth2/service-account#httprest */
  function bearerByAssertion(assertion: string): Bearer {
    const claims = verified(assertion);
    if (claims.iss !== accounts.serviceAccount.clientEmail) {
      throw grantRefused(400, 'invalid_grant', 'Invalid grant: account not found');
    }
    if (claims.aud !== TOKEN_URL && claims.aud !== ownTokenUrl()) {
      throw grantRefused(400, 'invalid_grant', 'Invalid JWT: Failed audience check.');
    }
    const now = Date.now() / 1_000;
    const { iat = 0, exp = 0 } = claims;
    if (iat > now + 300 || exp < now || exp - iat > 3_600) {
      throw grantRefused(
        400,
        'invalid_grant',
        'Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.',
      );
    }
    const scopes = (claims.scope ?? '').split(' ').filter(Boolean);
    if (scopes.length === 0)
      throw grantRefused(400, 'invalid_scope', 'Invalid OAuth scope or ID token audience provided.');
    if (!claims.sub || claims.sub === claims.iss) {
      return { email: accounts.serviceAccount.clientEmail, scopes, bareServiceAccount: true };
    }
    if (claims.sub !== accounts.organiser) {
      throw grantRefused(400, 'invalid_grant', 'Invalid email or User ID');
    }
    if (!delegated || scopes.some((scope) => !accounts.scopes.includes(scope))) {
      throw grantRefused(
        401,
        'unauthorized_client',
        'Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of the scopes requested.',
      );
    }
    return { email: accounts.organiser, scopes, bareServiceAccount: false };
  }

  function verified(assertion: string): Claims {
    const [header = '', payload = '', signature = ''] = assertion.split('.');
    const signed = Buffer.from(`${header}.${payload}`);
    const { publicKey } = accounts.serviceAccount;
    if (!verify('RSA-SHA256', signed, publicKey, Buffer.from(signature, 'base64url'))) {
      throw grantRefused(400, 'invalid_grant', 'Invalid JWT Signature.');
    }
    return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
  }

  /** Who asks, by the Authorization header, when the token carries one of `scopes`. */
  function bearerOf(authorization: string | undefined, scopes: string[]): Bearer {
    const bearer = tokens.get(authorization?.replace(/^Bearer /, '') ?? '');
    if (!bearer || bearer.expiresAt <= Date.now()) throw refused(401, 'authError', 'Invalid Credentials');
    if (!scopes.some((scope) => bearer.scopes.includes(scope))) {
      throw refused(403, 'insufficientPermissions', 'Request had insufficient authentication scopes.');
    }
    return bearer;
  }

  return {
    grant,
    bearerOf,
    expireAll: () => tokens.clear(),
    refuse: (description: string | undefined) => {
      grantRefusal = description;
    },
    delegate: (on: boolean) => {
      delegated = on;
    },
  };
}

interface Claims {
  iss?: string;
  sub?: string;
  scope?: string;
  aud?: string;
  iat?: number;
  exp?: number;
}
