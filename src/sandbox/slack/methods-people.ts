import { DateTime } from 'luxon';
import { flag, page, str, userOf } from './arguments.ts';
import type { Dict } from './kit.ts';
import type { Method } from './methods.ts';
import { Refusal } from './refusal.ts';
import type { User, Workspace } from './workspace.ts';

function userObject(ws: Workspace, user: User, args: Dict, scopes: ReadonlySet<string>): Dict {
  const local = DateTime.fromJSDate(ws.now(), { zone: user.timeZone });
  return {
    id: user.id,
    team_id: ws.teamId,
    name: user.handle,
    deleted: false,
    real_name: user.name,
    tz: user.timeZone,
    tz_label: local.offsetNameLong ?? user.timeZone,
    tz_offset: local.offset * 60,
    is_bot: user.isBot,
    is_app_user: false,
    is_admin: false,
    is_owner: false,
    is_restricted: false,
    is_ultra_restricted: false,
    ...(flag(args, 'include_locale') ? { locale: user.locale } : {}),
    profile: {
      real_name: user.name,
      real_name_normalized: user.name,
      display_name: user.name,
      display_name_normalized: user.name,
      ...(user.email && scopes.has('users:read.email') ? { email: user.email } : {}),
      ...(user.isBot ? { bot_id: ws.botId, api_app_id: ws.appId } : {}),
      team: ws.teamId,
    },
  };
}

const scopes = () => ['users:read'];

/** auth.test, bots.info, team.info, users.*: https://docs.slack.dev/reference/methods */
export const peopleMethods: Record<string, Method> = {
  'api.test': {
    token: 'none',
    run(_ws, args) {
      if (str(args, 'error') !== '') throw new Refusal(str(args, 'error'), { args });
      return { args };
    },
  },
  'auth.test': {
    token: 'any',
    run(ws, _args, call) {
      if (call.token === 'app') return { app_name: 'Mini Mentorship', app_id: ws.appId };
      return {
        url: 'https://sandbox.slack.test/',
        team: ws.teamName,
        user: ws.users.get(ws.botUserId)?.handle,
        team_id: ws.teamId,
        user_id: ws.botUserId,
        bot_id: ws.botId,
        ...(call.enterpriseId
          ? { enterprise_id: call.enterpriseId, is_enterprise_install: true }
          : { is_enterprise_install: false }),
      };
    },
  },
  'auth.revoke': {
    run(_ws, _args, call) {
      call.revoke();
      return { revoked: true };
    },
  },
  'team.info': {
    scopes: () => ['team:read'],
    run: (ws) => ({ team: { id: ws.teamId, name: ws.teamName, domain: 'sandbox', email_domain: '' } }),
  },
  'bots.info': {
    scopes,
    run(ws, args) {
      if (str(args, 'bot') !== '' && str(args, 'bot') !== ws.botId) throw new Refusal('bot_not_found');
      const bot = { id: ws.botId, deleted: false, name: 'Mini Mentorship', app_id: ws.appId };
      return { bot: { ...bot, user_id: ws.botUserId } };
    },
  },
  'users.info': {
    scopes,
    run: (ws, args, call) => ({ user: userObject(ws, userOf(ws, str(args, 'user')), args, call.scopes) }),
  },
  'users.list': {
    scopes,
    run(ws, args, call) {
      const { items, next } = page([...ws.users.values()], args, (user) => user.id);
      return {
        members: items.map((user) => userObject(ws, user, args, call.scopes)),
        cache_ts: Math.floor(ws.now().getTime() / 1_000),
        response_metadata: { next_cursor: next },
      };
    },
  },
  'users.lookupByEmail': {
    scopes: () => ['users:read.email'],
    run(ws, args, call) {
      const user = [...ws.users.values()].find((u) => u.email && u.email === str(args, 'email'));
      if (!user) throw new Refusal('users_not_found');
      return { user: userObject(ws, user, args, call.scopes) };
    },
  },
};
