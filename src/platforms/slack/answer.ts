import type { Log } from '../../log.ts';
import type { SpokenCard } from '../../messages/card.ts';
import { inLanguage, worded } from '../../messages/in-language.ts';
import { say } from '../../messages/words.ts';
import type { Desk } from '../platform.ts';
import { type Clients, problemOf } from './client.ts';
import type { Modal } from './form-view.ts';
import type { Identity } from './identity.ts';
import { LIMITS, shorten } from './limits.ts';
import { fallbackText, renderCard, type Side } from './render.ts';
import { faultCard } from './words.ts';

/** Where a private answer goes. */
export type Place =
  /**
   * `replace`: in place of the private answer whose button was pressed, so that answers do not pile up. `thread`: where
   * it was pressed.
   */
  { responseUrl: string; replace: boolean; thread?: string } | { view: string; title: string };

/** Shows things to one person only. */
export interface Answering {
  side(): Promise<Side>;
  /** The card as a modal with nothing to send. */
  cardView(card: SpokenCard, title: string): Promise<Modal>;
  /** Never rejects: when the place is gone, the person gets a direct message; when that fails, it is logged. */
  answer(userId: string, place: Place, card: SpokenCard): Promise<void>;
  /** Shows a modal in place of this one. @throws what the client throws */
  changeView(viewId: string, view: Modal): Promise<void>;
}

export function createAnswering(clients: Clients, identity: Identity, desk: Desk, log: Log): Answering {
  const side = async (): Promise<Side> => ({ spaceId: (await identity()).teamId, now: desk.now() });

  const cardView = async (card: SpokenCard, title: string): Promise<Modal> =>
    cardModal(card, title, await side());

  async function changeView(viewId: string, view: Modal): Promise<void> {
    await clients.now.views.update({ view_id: viewId, view });
  }

  async function direct(userId: string, card: SpokenCard): Promise<void> {
    const words = await side();
    await clients.background.chat.postMessage({
      channel: userId,
      text: fallbackText(card, words),
      blocks: renderCard(card, words),
      unfurl_links: false,
      unfurl_media: false,
    });
  }

  return {
    side,
    cardView,
    changeView,
    async answer(userId, place, card) {
      try {
        if ('view' in place) await changeView(place.view, await cardView(card, place.title));
        else await respond(place, card, await side());
      } catch (error) {
        log.info(
          { code: problemOf(error)?.code ?? String(error) },
          'No answer there any more; telling them directly',
        );
        await direct(userId, card)
          .catch(() => direct(userId, inLanguage(faultCard, card.locale)))
          .catch((failed: unknown) => log.error({ userId, err: failed }, 'A person got no answer'));
      }
    },
  };
}

/** A card as a modal with nothing to send. */
export const cardModal = (card: SpokenCard, title: string, side: Side): Modal => ({
  type: 'modal',
  title: {
    type: 'plain_text',
    text: shorten(title || 'Mini Mentorship', LIMITS.modalTitle.max),
    emoji: false,
  },
  close: { type: 'plain_text', text: worded(say('Close'), card.locale), emoji: false },
  blocks: renderCard(card, side),
});

/**
 * Answers by a response_url, which needs no token: 5 uses within 30 minutes.
 * https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
 * @throws Error when Slack does not take it
 */
export async function respond(
  place: { responseUrl: string; replace: boolean; thread?: string },
  card: SpokenCard,
  side: Side,
): Promise<void> {
  const response = await fetch(place.responseUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      response_type: 'ephemeral',
      replace_original: place.replace,
      ...(place.thread && { thread_ts: place.thread }),
      text: fallbackText(card, side),
      blocks: renderCard(card, side),
    }),
    signal: AbortSignal.timeout(5_000),
  });
  const said = await response.text();
  if (!response.ok || /"ok":\s*false/.test(said)) {
    throw new Error(`response_url answered ${response.status} ${said.slice(0, 100)}`);
  }
}
