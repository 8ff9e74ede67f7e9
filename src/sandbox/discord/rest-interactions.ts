import { checkChoices } from './check-command.ts';
import { checkModal } from './check-components.ts';
import { checkMessage, flag, hasFlag } from './check-message.ts';
import { add, asList, isObject, type Json } from './checks.ts';
import { removeMessage } from './faults.ts';
import type { Gateway } from './gateway.ts';
import { tokenOver, tooLate } from './interactions.ts';
import { editMessage, putMessage } from './messages.ts';
import { callbackJson, messageJson } from './payloads.ts';
import { type Problem, refuse, refuseProblems } from './refusal.ts';
import { type Answer, type Call, objectBody, type Route } from './server.ts';
import type { Interaction, Message, World } from './world.ts';

/** https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-interaction-callback-type */
const callback = { reply: 4, deferReply: 5, deferUpdate: 6, update: 7, choices: 8, modal: 9 } as const;

/** First answers, and what may be done afterwards with the interaction's token. */
export function interactionRoutes(world: World, gateway: Gateway): Route[] {
  const tokenOf = (call: Call): Interaction => {
    const interaction = [...world.interactions.values()].find((i) => i.token === call.params.token);
    if (!interaction || call.params.application !== world.applicationId) throw refuse.unknownWebhook();
    if (tokenOver(interaction)) throw refuse.expiredToken();
    if (interaction.acknowledged === undefined) throw refuse.unknownWebhook();
    return interaction;
  };
  const messageOf = (call: Call): Message => {
    const interaction = tokenOf(call);
    const id = call.params.message === '@original' ? interaction.originalId : call.params.message;
    const message = world.messages.get(id ?? '');
    const own = message?.interactionId === interaction.id || message?.id === interaction.sourceId;
    if (!message || !own) throw refuse.unknownMessage();
    return message;
  };
  const shown = (message: Message): Answer => ({ status: 200, body: messageJson(world, message) });
  const edit = (message: Message, call: Call): Answer => {
    const body = objectBody(call);
    const problems: Problem[] = [];
    checkMessage(problems, [], body, message, call.files);
    refuseProblems(problems);
    editMessage(world, message, body);
    return shown(message);
  };
  const token = '/webhooks/:application/:token';

  return [
    {
      method: 'POST',
      path: '/interactions/:interaction/:token/callback',
      open: true,
      answer(call) {
        const interaction = world.interactions.get(call.params.interaction ?? '');
        if (!interaction || interaction.token !== call.params.token) throw refuse.unknownInteraction();
        world.changed();
        const type = answerWith(world, interaction, objectBody(call), call.files);
        if (call.query.get('with_response') !== 'true') return { status: 204 };
        return { status: 200, body: callbackJson(world, interaction, type) };
      },
    },
    {
      method: 'POST',
      path: token,
      open: true,
      answer(call) {
        const interaction = tokenOf(call);
        // The first follow-up of a deferred answer takes its place, as Discord does it.
        const original = world.messages.get(interaction.originalId ?? '');
        if (original && hasFlag(original.flags, flag.loading)) return edit(original, call);
        const body = objectBody(call);
        const problems: Problem[] = [];
        checkMessage(problems, [], body, undefined, call.files);
        refuseProblems(problems);
        return shown(putMessage(world, interaction.channelId, body, seenBy(interaction, body)));
      },
    },
    {
      method: 'GET',
      path: `${token}/messages/:message`,
      open: true,
      answer: (call) => shown(messageOf(call)),
    },
    {
      method: 'PATCH',
      path: `${token}/messages/:message`,
      open: true,
      answer: (call) => edit(messageOf(call), call),
    },
    {
      method: 'DELETE',
      path: `${token}/messages/:message`,
      open: true,
      answer(call) {
        removeMessage(world, gateway, messageOf(call).id);
        return { status: 204 };
      },
    },
  ];
}

/** Takes the first answer to an interaction. @returns its type. @throws Refusal */
export function answerWith(world: World, interaction: Interaction, body: Json, files = 0): number {
  if (interaction.acknowledged !== undefined) throw refuse.acknowledged();
  if (tooLate(interaction)) throw refuse.unknownInteraction();
  const type = body.type as number;
  const data = isObject(body.data) ? body.data : {};
  checkCallback(world, interaction, type, data, files);
  perform(world, interaction, type, data);
  interaction.acknowledged = type;
  world.changed();
  return type;
}

/** Which first answers an interaction can have: a form cannot follow a form, a command has no message to update. */
function allowedTypes(interaction: Interaction): number[] {
  const say = [callback.reply, callback.deferReply];
  const change = interaction.sourceId ? [callback.deferUpdate, callback.update] : [];
  if (interaction.type === 4) return [callback.choices];
  return [...say, ...change, ...(interaction.type === 5 ? [] : [callback.modal])];
}

function checkCallback(
  world: World,
  interaction: Interaction,
  type: number,
  data: Json,
  files: number,
): void {
  const problems: Problem[] = [];
  const types = allowedTypes(interaction);
  if (!types.includes(type)) {
    add(problems, ['type'], 'BASE_TYPE_CHOICES', `Value must be one of {${types.join(', ')}}.`);
  } else if (type === callback.reply) checkMessage(problems, ['data'], data, undefined, files);
  else if (type === callback.update) {
    checkMessage(problems, ['data'], data, world.messages.get(interaction.sourceId ?? ''), files);
  } else if (type === callback.modal) checkModal(problems, ['data'], data);
  else if (type === callback.choices) checkChoices(problems, ['data', 'choices'], data.choices ?? []);
  refuseProblems(problems);
}

function perform(world: World, interaction: Interaction, type: number, data: Json): void {
  const form = world.forms.get(interaction.userId);
  if (form?.submission === interaction.id) world.forms.delete(interaction.userId);
  if (type === callback.reply || type === callback.deferReply) {
    const loading = type === callback.deferReply;
    const extra = { ...seenBy(interaction, data), loading };
    interaction.originalId = putMessage(world, interaction.channelId, loading ? {} : data, extra).id;
    return;
  }
  if (type === callback.choices) {
    interaction.choices = asList(data.choices).filter(isObject);
    return;
  }
  if (type === callback.modal) {
    world.forms.set(interaction.userId, {
      interaction,
      customId: String(data.custom_id),
      title: String(data.title),
      components: asList(data.components).filter(isObject),
      values: new Map(),
      errors: new Map(),
    });
    return;
  }
  const source = world.messages.get(interaction.sourceId ?? '');
  if (source) interaction.originalId = source.id;
  if (source && type === callback.update) editMessage(world, source, data);
}

function seenBy(interaction: Interaction, body: Json): { onlyFor?: string; interactionId: string } {
  const only = hasFlag(body.flags, flag.ephemeral) ? { onlyFor: interaction.userId } : {};
  return { interactionId: interaction.id, ...only };
}
