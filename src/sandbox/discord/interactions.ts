import type { Json } from './checks.ts';
import type { Delivery } from './delivery.ts';
import { limits } from './limits.ts';
import { channelJson, memberJson, messageJson, userJson } from './payloads.ts';
import { botPermissionsIn } from './permissions.ts';
import type { Channel, Interaction, Message, User, World } from './world.ts';
import { until } from './world.ts';

export const NO_ANSWER = 'The application did not respond';

/** What a person did, before it becomes an interaction. */
export interface Deed {
  type: Interaction['type'];
  user: User;
  channel: Channel;
  data: Json;
  /** The message whose component was used; as it was when it was used. */
  message?: Message;
}

/**
 * Sends an interaction to the bot. After 3 s without an answer (at once when no bot could ever hear it)
 * the person is told that the application did not respond.
 */
export function interact(world: World, delivery: Delivery, deed: Deed): Interaction {
  const interaction: Interaction = {
    id: world.snowflake(),
    token: world.secret(),
    type: deed.type,
    userId: deed.user.id,
    channelId: deed.channel.id,
    payload: {},
    startedAt: performance.now(),
    failed: false,
    expired: false,
    ...(deed.message ? { sourceId: deed.message.id } : {}),
  };
  interaction.payload = payloadOf(world, interaction, deed);
  world.interactions.set(interaction.id, interaction);
  const fail = (): void => {
    if (interaction.acknowledged !== undefined || interaction.failed) return;
    interaction.failed = true;
    if (interaction.type !== 4) tell(world, deed.user.id, deed.channel.id, NO_ANSWER);
    world.changed();
  };
  if (delivery.send(interaction)) setTimeout(fail, limits.acknowledgeMs.max).unref();
  else fail();
  return interaction;
}

/** Waits until the bot has answered the interaction, or the 3 s are over. Never rejects on a silent bot. */
export async function answered(world: World, interaction: Interaction): Promise<void> {
  await until(
    world,
    () => interaction.acknowledged !== undefined || interaction.failed || undefined,
    limits.acknowledgeMs.max + 2_000,
    () => 'The stand-in was closed while an interaction was under way.',
  );
}

/** Whether it is too late for a first answer. */
export const tooLate = (interaction: Interaction): boolean =>
  interaction.failed || performance.now() - interaction.startedAt > limits.acknowledgeMs.max;

/** Whether the interaction's token can no longer be used. */
export const tokenOver = (interaction: Interaction): boolean =>
  interaction.expired || performance.now() - interaction.startedAt > limits.tokenMs.max;

/** Shows a line that only this person sees and that no bot wrote. */
export function tell(world: World, userId: string, channelId: string, text: string): void {
  world.notices.push({ id: world.snowflake(), order: world.order(), userId, channelId, text });
  world.changed();
}

/** https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object */
function payloadOf(world: World, interaction: Interaction, { user, channel, data, message }: Deed): Json {
  const inGuild = channel.type !== 1;
  return {
    id: interaction.id,
    application_id: world.applicationId,
    type: interaction.type,
    token: interaction.token,
    version: 1,
    data,
    channel_id: channel.id,
    channel: channelJson(world, channel),
    ...(inGuild
      ? {
          guild_id: world.guildId,
          guild: { id: world.guildId, locale: 'en-US', features: [] },
          guild_locale: 'en-US',
          member: memberJson(world, user),
        }
      : { user: userJson(user) }),
    ...(message ? { message: messageJson(world, message) } : {}),
    app_permissions: botPermissionsIn(world, channel).toString(),
    locale: user.locale,
    entitlements: [],
    entitlement_sku_ids: [],
    authorizing_integration_owners: { '0': inGuild ? world.guildId : '0' },
    context: inGuild ? 0 : 1,
    attachment_size_limit: 10 * 1024 * 1024,
  };
}
