import { flag, hasFlag } from './check-message.ts';
import type { Json } from './checks.ts';
import { bit, denials } from './permissions.ts';
import {
  type Channel,
  type Interaction,
  kinds,
  type Message,
  permissionsOf,
  type User,
  type World,
} from './world.ts';

/** How the world looks in Discord's JSON. */

export function userJson(user: User): Json {
  return {
    id: user.id,
    username: user.name.toLowerCase().replace(/[^a-z0-9._]+/g, '_'),
    discriminator: '0',
    global_name: user.bot ? null : user.name,
    avatar: null,
    primary_guild: null,
    bot: user.bot,
    public_flags: 0,
    flags: 0,
  };
}

/** How the bot sees itself. */
export function ownJson(world: World): Json {
  const bot = world.users.get(world.applicationId) as User;
  return { ...userJson(bot), locale: bot.locale, mfa_enabled: true, verified: true, email: null };
}

/** `withUser` is false where Discord sends the user beside the member. */
export function memberJson(world: World, user: User, withUser = true): Json {
  return {
    ...(withUser ? { user: userJson(user) } : {}),
    roles: [...user.roles],
    nick: null,
    banner: null,
    avatar: null,
    joined_at: user.bot ? world.joinedAt.toISOString() : '2026-01-01T00:00:00.000000+00:00',
    premium_since: null,
    communication_disabled_until: null,
    deaf: false,
    mute: false,
    pending: false,
    flags: 0,
    permissions: permissionsOf(world, user).toString(),
  };
}

export function rolesJson(world: World): Json[] {
  const isOfBot = (id: string) => world.users.get(world.applicationId)?.roles.has(id) ?? false;
  return [...world.roles.values()].map((role, position) => ({
    id: role.id,
    name: role.name,
    permissions: role.permissions.toString(),
    position,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    icon: null,
    unicode_emoji: null,
    hoist: false,
    managed: isOfBot(role.id),
    mentionable: true,
    flags: 0,
  }));
}

export function channelJson(world: World, channel: Channel): Json {
  if (channel.type === 1) {
    const recipient = world.users.get(channel.recipientId ?? '');
    return {
      id: channel.id,
      type: 1,
      flags: 0,
      last_message_id: null,
      recipients: recipient ? [userJson(recipient)] : [],
    };
  }
  const everyone = channel.roles
    ? [{ id: world.guildId, type: 0, allow: '0', deny: bit.view.toString() }]
    : [];
  const roles = (channel.roles ?? []).map((id) => ({
    id,
    type: 0,
    allow: bit.view.toString(),
    deny: '0',
  }));
  const bot = {
    id: world.applicationId,
    type: 1,
    allow: channel.forbidden ? '0' : (bit.view | bit.send).toString(),
    deny: (channel.forbidden ? denials[channel.forbidden] & everyPermission : 0n).toString(),
  };
  return {
    id: channel.id,
    type: channel.type,
    guild_id: world.guildId,
    name: channel.name,
    position: 0,
    topic: null,
    nsfw: false,
    flags: channel.tagRequired ? 1 << 4 : 0,
    rate_limit_per_user: 0,
    last_message_id: null,
    parent_id: channel.parentId ?? null,
    permission_overwrites: [...everyone, ...roles, ...(channel.roles || channel.forbidden ? [bot] : [])],
    ...(channel.type === kinds.forum
      ? { available_tags: (channel.tags ?? []).map((tag) => ({ ...tag, moderated: false })) }
      : {}),
    ...(channel.type === kinds.publicThread || channel.type === kinds.privateThread
      ? {
          owner_id: world.applicationId,
          applied_tags: channel.appliedTags ?? [],
          message_count: 0,
          total_message_sent: 0,
          member_count: (channel.members?.size ?? 0) + 1,
          thread_metadata: {
            archived: channel.archived ?? false,
            auto_archive_duration: 1440,
            archive_timestamp: world.now().toISOString(),
            locked: channel.locked ?? false,
            invitable: false,
          },
        }
      : {}),
  };
}

const everyPermission = (1n << 53n) - 1n;

/** `complete` adds what only GUILD_CREATE carries. */
export function guildJson(world: World, complete = false): Json {
  const bot = world.users.get(world.applicationId);
  return {
    id: world.guildId,
    name: world.guildName,
    icon: null,
    home_header: null,
    region: 'deprecated',
    widget_enabled: false,
    widget_channel_id: null,
    max_presences: null,
    max_members: 500_000,
    max_video_channel_users: 25,
    max_stage_video_channel_users: 50,
    splash: null,
    discovery_splash: null,
    owner_id: '1',
    afk_channel_id: null,
    afk_timeout: 300,
    verification_level: 0,
    default_message_notifications: 0,
    explicit_content_filter: 0,
    roles: rolesJson(world),
    emojis: [],
    stickers: [],
    features: [],
    mfa_level: 0,
    application_id: null,
    system_channel_id: world.systemChannelId ?? null,
    system_channel_flags: 0,
    rules_channel_id: null,
    vanity_url_code: null,
    description: null,
    banner: null,
    premium_tier: 0,
    premium_subscription_count: 0,
    nsfw: false,
    incidents_data: null,
    preferred_locale: 'en-US',
    public_updates_channel_id: null,
    nsfw_level: 0,
    premium_progress_bar_enabled: false,
    safety_alerts_channel_id: null,
    ...(complete
      ? {
          joined_at: world.joinedAt.toISOString(),
          large: false,
          unavailable: false,
          member_count: world.users.size,
          members: bot ? [memberJson(world, bot)] : [],
          channels: guildChannels(world, 0).map((c) => channelJson(world, c)),
          threads: guildChannels(world, kinds.publicThread).map((c) => channelJson(world, c)),
          presences: [],
          voice_states: [],
          stage_instances: [],
          guild_scheduled_events: [],
          soundboard_sounds: [],
        }
      : {}),
  };
}

/** What GUILD_CREATE says of one that Discord has trouble with, and of another than this world's. */
export const unavailableGuildJson = (world: World): Json => ({ id: world.guildId, unavailable: true });
export const otherGuildJson = (world: World, other: World['otherGuilds'][number]): Json => ({
  ...guildJson(world, true),
  id: other.id,
  name: other.name,
  joined_at: other.joinedAt.toISOString(),
  roles: [],
  channels: [],
  threads: [],
});

export function guildChannels(world: World, ...types: Channel['type'][]): Channel[] {
  return [...world.channels.values()].filter((c) => types.includes(c.type));
}

/** @param delivery what is known about it, where that is asked for */
export function applicationJson(
  world: World,
  delivery?: { publicKey: string; endpoint: string | null },
): Json {
  return {
    id: world.applicationId,
    name: world.users.get(world.applicationId)?.name,
    icon: null,
    description: '',
    summary: '',
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: delivery?.publicKey,
    flags: 0,
    flags_new: '0',
    type: null,
    redirect_uris: [],
    role_connections_verification_url: null,
    approximate_guild_count: world.botInGuild ? 1 : 0,
    approximate_user_install_count: 0,
    approximate_user_authorization_count: 0,
    explicit_content_filter: 0,
    eligible_oauth2_scopes: [],
    team: null,
    owner: {
      id: '1',
      username: 'owner',
      discriminator: '0',
      global_name: 'Owner',
      avatar: null,
      primary_guild: null,
      public_flags: 0,
      flags: 0,
    },
    interactions_endpoint_url: delivery?.endpoint ?? null,
  };
}

export function messageJson(world: World, message: Message): Json {
  const bot = world.users.get(message.authorId) as User;
  const interaction = message.interactionId ? world.interactions.get(message.interactionId) : undefined;
  const mentioned = message.pinged.users.map((id) => world.users.get(id)).filter((u) => u !== undefined);
  return {
    id: message.id,
    channel_id: message.channelId,
    type: interaction ? (interaction.type === 2 ? 20 : 19) : 0,
    content: message.content,
    author: userJson(bot),
    attachments: [],
    embeds: message.embeds,
    components: message.components,
    mentions: mentioned.map(userJson),
    mention_roles: message.pinged.roles,
    mention_everyone: message.pinged.everyone,
    pinned: false,
    tts: false,
    timestamp: message.createdAt.toISOString(),
    edited_timestamp: message.editedAt?.toISOString() ?? null,
    flags: message.flags,
    ...(message.nonce === undefined ? {} : { nonce: message.nonce }),
    ...(interaction
      ? {
          application_id: world.applicationId,
          webhook_id: world.applicationId,
          interaction_metadata: {
            id: interaction.id,
            type: interaction.type,
            user: userJson(world.users.get(interaction.userId) as User),
            authorizing_integration_owners: interaction.payload.authorizing_integration_owners,
          },
        }
      : {}),
  };
}

/** Answer to a callback with `with_response`. */
export function callbackJson(world: World, interaction: Interaction, type: number): Json {
  const message = interaction.originalId ? world.messages.get(interaction.originalId) : undefined;
  const shows = message !== undefined && [4, 5, 7].includes(type);
  return {
    interaction: {
      id: interaction.id,
      type: interaction.type,
      ...(shows
        ? {
            response_message_id: message.id,
            response_message_loading: hasFlag(message.flags, flag.loading),
            response_message_ephemeral: hasFlag(message.flags, flag.ephemeral),
          }
        : {}),
    },
    resource: { type, ...(shows ? { message: messageJson(world, message) } : {}) },
  };
}
