import {
  type APIModalInteractionResponseCallbackData,
  DiscordAPIError,
  InteractionResponseType,
  MessageFlags,
  type REST,
  RESTJSONErrorCodes,
  Routes,
} from 'discord.js';
import type { Log } from '../../log.ts';
import type { SpokenCard } from '../../messages/card.ts';
import type { Acknowledged } from '../platform.ts';
import { isOfTheNetwork } from './network.ts';
import type { Ref } from './receive.ts';
import { render } from './render.ts';

/**
 * Answers to interactions: a first one within 3 seconds, then as many as needed for 15 minutes
 * (https://discord.com/developers/docs/interactions/receiving-and-responding). Everything is seen by one person only.
 * What goes wrong on the way is logged, not thrown; a card that cannot be rendered is. The first answers say whether
 * Discord took them; when it did not, the person was told "This interaction failed", and nothing must be done for them.
 */
export interface Replies {
  /** "… is thinking", in a new private message, or in the private message whose button was pressed. */
  acknowledge(ref: Ref, inPlace: boolean): Promise<boolean>;
  openModal(ref: Ref, modal: APIModalInteractionResponseCallbackData): Promise<boolean>;
  /** A card as the first answer. */
  say(ref: Ref, card: SpokenCard): Promise<boolean>;
  /** What can be chosen while somebody types an option; at most 25. */
  suggest(ref: Ref, choices: { name: string; value: string }[]): Promise<boolean>;
  /** Puts the card where the acknowledgement is. */
  answer(ref: Ref, card: SpokenCard): Promise<void>;
  /** One more private message. */
  add(ref: Ref, card: SpokenCard): Promise<void>;
}

/**
 * @param callbacks for first answers; it repeats nothing by itself, or nobody could tell our own repetition from
 *   another instance's answer
 * @param acknowledged hears of each first answer
 */
export function createReplies(
  rest: REST,
  callbacks: REST,
  applicationId: string,
  log: Log,
  acknowledged: Acknowledged = () => {},
): Replies {
  const first = async (ref: Ref, type: InteractionResponseType, data?: object): Promise<boolean> => {
    const send = () =>
      callbacks.post(Routes.interactionCallback(ref.id, ref.token), { body: { type, data }, auth: false });
    try {
      await send().catch(async (error: unknown) => {
        if (!isOfTheNetwork(error)) throw error;
        // It may have arrived without our knowing: then the second try says so.
        await send().catch((again: unknown) => {
          if (!isCode(again, RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged)) throw again;
        });
      });
      acknowledged('in_time', sinceArrival(ref));
      return true;
    } catch (error) {
      if (isCode(error, RESTJSONErrorCodes.UnknownInteraction)) {
        acknowledged('lost', sinceArrival(ref));
        log.warn({ interaction: ref.id }, 'Discord no longer waits for this answer: it came after 3 seconds');
      } else if (isCode(error, RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged)) {
        log.warn({ interaction: ref.id }, 'Somebody else has answered this interaction; another instance?');
      } else log.error({ err: safe(error), interaction: ref.id }, 'Discord did not take an answer');
      return false;
    }
  };
  const later = async (ref: Ref, send: () => Promise<unknown>): Promise<void> => {
    try {
      await send();
    } catch (error) {
      log.error({ err: safe(error), interaction: ref.id }, 'Discord did not take an answer');
    }
  };
  return {
    acknowledge: (ref, inPlace) =>
      inPlace
        ? first(ref, InteractionResponseType.DeferredMessageUpdate)
        : first(ref, InteractionResponseType.DeferredChannelMessageWithSource, {
            flags: MessageFlags.Ephemeral,
          }),
    openModal: (ref, modal) => first(ref, InteractionResponseType.Modal, modal),
    say: async (ref, card) => {
      const body = render(card);
      return first(ref, InteractionResponseType.ChannelMessageWithSource, {
        ...body,
        flags: body.flags | MessageFlags.Ephemeral,
      });
    },
    suggest: (ref, choices) =>
      first(ref, InteractionResponseType.ApplicationCommandAutocompleteResult, { choices }),
    answer: async (ref, card) => {
      const body = render(card);
      const original = Routes.webhookMessage(applicationId, ref.token);
      await later(ref, () => rest.patch(original, { body, auth: false }));
    },
    add: async (ref, card) => {
      const body = render(card);
      const hidden = { ...body, flags: body.flags | MessageFlags.Ephemeral };
      await later(ref, () =>
        rest.post(Routes.webhook(applicationId, ref.token), { body: hidden, auth: false }),
      );
    },
  };
}

const sinceArrival = ({ arrivedAt }: Ref): number =>
  arrivedAt === undefined ? 0 : performance.now() - arrivedAt;

const isCode = (error: unknown, code: number): boolean =>
  error instanceof DiscordAPIError && error.code === code;

/** Errors of the API carry the request with what people wrote, and its address with a secret: neither is for the log. */
export const safe = (error: unknown): unknown =>
  error instanceof DiscordAPIError
    ? {
        name: error.name,
        message: error.message,
        code: error.code,
        status: error.status,
        method: error.method,
      }
    : error instanceof Error
      ? { name: error.name, message: error.message.replaceAll(/(interactions|webhooks)\/\S+/g, '$1/…') }
      : error;
