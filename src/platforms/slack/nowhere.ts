import type { Log } from '../../log.ts';
import type { SpokenCard } from '../../messages/card.ts';
import { cardModal, respond } from './answer.ts';
import type { Ack } from './hands.ts';
import type { Received } from './receive.ts';
import { update } from './submit.ts';

/**
 * Answers whoever is in a workspace for which there is no token: where Slack lets one answer without. Never rejects.
 */
export async function answerNowhere(
  received: Received,
  card: SpokenCard,
  now: Date,
  ack: Ack,
  log: Log,
): Promise<void> {
  const reader = { spaceId: '', now };
  if (received.kind === 'submission') return ack(update(cardModal(card, '', reader)));
  await ack();
  const responseUrl =
    received.kind === 'command'
      ? received.responseUrl
      : received.kind === 'press' && 'responseUrl' in received.on
        ? received.on.responseUrl
        : null;
  if (!responseUrl) return;
  await respond({ responseUrl, replace: false }, card, reader).catch((error: unknown) =>
    log.warn({ err: error }, 'Somebody in a workspace without the bot got no answer'),
  );
}
