import type { Json } from './checks.ts';
import type { Delivery } from './delivery.ts';
import {
  applicationJson,
  channelJson,
  guildChannels,
  guildJson,
  memberJson,
  ownJson,
  rolesJson,
  userJson,
} from './payloads.ts';
import { bit } from './permissions.ts';
import { refuse } from './refusal.ts';
import { objectBody, type Route } from './server.ts';
import { botPermissions, dmWith, kinds, permissionsOf, type User, type World } from './world.ts';

/** https://docs.discord.com/developers/resources/audit-log#audit-log-entry-object-audit-log-events */
const BOT_ADD = 28;

/** Who the bot is, the server, its members, roles and channels. */
export function serverRoutes(
  world: World,
  gatewayUrl: () => string,
  shards: number,
  delivery: Delivery,
): Route[] {
  const me = (): User => world.users.get(world.applicationId) as User;
  const guild = (id: string | undefined): void => {
    if (id !== world.guildId || !world.botInGuild) throw refuse.unknownGuild();
  };
  const user = (id: string | undefined): User => {
    const found = id === '@me' ? me() : world.users.get(id ?? '');
    if (!found) throw refuse.unknownUser();
    return found;
  };
  const limitStarts = { total: 1000, remaining: 1000, reset_after: 86_400_000, max_concurrency: 16 };
  const everyMember = (): Json[] => [...world.users.values()].map((u) => memberJson(world, u));
  const application = () => ({ status: 200, body: applicationJson(world, delivery) });

  return [
    {
      method: 'GET',
      path: '/gateway',
      open: true,
      answer: () => ({ status: 200, body: { url: gatewayUrl() } }),
    },
    {
      method: 'GET',
      path: '/gateway/bot',
      answer: () => ({
        status: 200,
        body: { url: gatewayUrl(), shards, session_start_limit: limitStarts },
      }),
    },
    { method: 'GET', path: '/applications/@me', answer: application },
    { method: 'GET', path: '/oauth2/applications/@me', answer: application },
    {
      method: 'GET',
      path: '/users/@me/guilds',
      answer: () => ({
        status: 200,
        body: [
          ...(world.botInGuild ? [{ id: world.guildId, name: world.guildName }] : []),
          ...world.otherGuilds,
        ].map(({ id, name }) => ({
          id,
          name,
          icon: null,
          banner: null,
          owner: false,
          features: [],
          permissions: botPermissions.toString(),
        })),
      }),
    },
    {
      method: 'POST',
      path: '/users/@me/channels',
      answer(call) {
        const recipient = user(String(objectBody(call).recipient_id ?? ''));
        if (recipient.bot) throw refuse.cannotDm();
        return { status: 200, body: channelJson(world, dmWith(world, recipient.id)) };
      },
    },
    { method: 'GET', path: '/users/@me', answer: () => ({ status: 200, body: ownJson(world) }) },
    {
      method: 'GET',
      path: '/users/:user',
      answer: (call) => ({ status: 200, body: userJson(user(call.params.user)) }),
    },
    {
      method: 'GET',
      path: '/guilds/:guild',
      answer(call) {
        guild(call.params.guild);
        return { status: 200, body: guildJson(world) };
      },
    },
    {
      method: 'GET',
      path: '/guilds/:guild/members/search',
      answer(call) {
        guild(call.params.guild);
        const start = (call.query.get('query') ?? '').toLowerCase();
        const found = [...world.users.values()].filter(
          (u) => u.name.toLowerCase().startsWith(start) || String(userJson(u).username).startsWith(start),
        );
        const most = Number(call.query.get('limit') ?? 1);
        return { status: 200, body: found.slice(0, most).map((u) => memberJson(world, u)) };
      },
    },
    {
      method: 'GET',
      path: '/guilds/:guild/members',
      answer(call) {
        guild(call.params.guild);
        return { status: 200, body: everyMember().slice(0, Number(call.query.get('limit') ?? 1)) };
      },
    },
    {
      method: 'GET',
      path: '/guilds/:guild/members/:user',
      answer(call) {
        guild(call.params.guild);
        const found = call.params.user === '@me' ? me() : world.users.get(call.params.user ?? '');
        if (!found) throw refuse.unknownMember();
        return { status: 200, body: memberJson(world, found) };
      },
    },
    {
      method: 'GET',
      path: '/guilds/:guild/roles',
      answer(call) {
        guild(call.params.guild);
        return { status: 200, body: rolesJson(world) };
      },
    },
    {
      method: 'GET',
      path: '/guilds/:guild/audit-logs',
      answer(call) {
        guild(call.params.guild);
        if ((permissionsOf(world, me()) & bit.viewAuditLog) === 0n) throw refuse.missingPermissions();
        // Of all that Discord notes, the stand-in has who invited the bot.
        const asked = [null, String(BOT_ADD)].includes(call.query.get('action_type'));
        const entry = {
          id: world.applicationId,
          action_type: BOT_ADD,
          target_id: world.applicationId,
          user_id: world.invitedBy,
        };
        return {
          status: 200,
          body: {
            audit_log_entries: asked && world.invitedBy ? [entry] : [],
            users: [],
            integrations: [],
            webhooks: [],
          },
        };
      },
    },
    {
      method: 'GET',
      path: '/guilds/:guild/channels',
      answer(call) {
        guild(call.params.guild);
        return {
          status: 200,
          body: guildChannels(world, kinds.text, kinds.forum).map((c) => channelJson(world, c)),
        };
      },
    },
  ];
}
