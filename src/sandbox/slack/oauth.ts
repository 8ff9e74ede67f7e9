import { randomBytes } from 'node:crypto';
import { str } from './arguments.ts';
import type { Dict } from './kit.ts';
import { allScopes } from './methods.ts';
import { Refusal } from './refusal.ts';
import type { Installed, Installs } from './server.ts';
import type { SlackOptions, SlackStandIn } from './types.ts';
import type { Workspace } from './workspace.ts';

/** https://docs.slack.dev/authentication/installing-with-oauth: a code lives ten minutes. */
const CODE_LIVES = 10 * 60_000;

interface Grant {
  at: number;
  userId: string;
  scopes: string[];
  redirectUri: string;
  where: { ws: Workspace } | { enterpriseId: string };
}

/** Installing by OAuth v2: what somebody allows, and the tokens that the app gets for the code. */
export function oauth(
  client: SlackOptions['oauth'],
  appId: string,
  installs: Installs,
  workspaceOf: (teamId: string) => Workspace,
  anyWorkspace: () => Workspace,
): { allows: SlackStandIn['allows']; exchange(args: Dict): Dict } {
  const grants = new Map<string, Grant>();
  const token = () => `xoxb-sandbox-${randomBytes(12).toString('hex')}`;

  function grantFor(code: string): Grant {
    const grant = grants.get(code);
    grants.delete(code);
    if (!grant) throw new Refusal('invalid_code');
    if (Date.now() - grant.at > CODE_LIVES) throw new Refusal('code_expired');
    return grant;
  }

  /** A second installation gives the token that the first one gave, unless that died. */
  function tokenFor({ where, scopes }: Grant): string {
    if (!('ws' in where)) {
      const key = token();
      installs.set(key, { ws: anyWorkspace(), scopes: new Set(scopes), revoked: false, ...where });
      return key;
    }
    const standing = [...installs].find(([, { ws, revoked }]) => ws === where.ws && !revoked);
    const given: Installed = { ws: where.ws, scopes: new Set(scopes), revoked: false };
    const key = standing?.[0] ?? token();
    installs.set(key, given);
    return key;
  }

  return {
    allows(url, userId, where) {
      const { pathname, searchParams } = new URL(url);
      const asked = (name: string) => searchParams.get(name) ?? '';
      const scopes = asked('scope').split(',').filter(Boolean);
      const complaint =
        pathname !== '/oauth/v2/authorize'
          ? 'not the consent page'
          : !client || asked('client_id') !== client.clientId
            ? 'invalid_client_id'
            : !client.redirectUrls.some((known) => asked('redirect_uri').startsWith(known))
              ? 'bad_redirect_uri'
              : scopes.length === 0 || scopes.some((scope) => !allScopes.includes(scope))
                ? 'invalid_scope'
                : null;
      if (complaint) throw new Error(complaint);
      const code = `${Date.now()}.${randomBytes(16).toString('hex')}`;
      const redirectUri = asked('redirect_uri');
      const chosen = 'teamId' in where ? { ws: workspaceOf(where.teamId) } : where;
      grants.set(code, { at: Date.now(), userId, scopes, redirectUri, where: chosen });
      const back = new URL(redirectUri);
      back.searchParams.set('code', code);
      back.searchParams.set('state', asked('state'));
      return back.href;
    },

    /** https://docs.slack.dev/reference/methods/oauth.v2.access */
    exchange(args) {
      if (!client || str(args, 'client_id') !== client.clientId) throw new Refusal('invalid_client_id');
      if (str(args, 'client_secret') !== client.clientSecret) throw new Refusal('bad_client_secret');
      const grant = grantFor(str(args, 'code'));
      if (str(args, 'redirect_uri') !== grant.redirectUri) throw new Refusal('bad_redirect_uri');
      const { where } = grant;
      const ofOrganisation = !('ws' in where);
      return {
        access_token: tokenFor(grant),
        token_type: 'bot',
        scope: grant.scopes.join(','),
        bot_user_id: ofOrganisation ? 'U0SANDBOXBOT' : where.ws.botUserId,
        app_id: appId,
        team: ofOrganisation ? null : { id: where.ws.teamId, name: where.ws.teamName },
        enterprise: ofOrganisation ? { id: where.enterpriseId, name: 'Sandbox Org' } : null,
        authed_user: { id: grant.userId },
        is_enterprise_install: ofOrganisation,
      };
    },
  };
}
