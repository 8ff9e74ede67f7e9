import type { Notice } from '../core/notices.ts';
import type { Request } from '../core/request.ts';
import type { Instant } from '../core/time.ts';
import type { Button, Card, LinkButton, SpokenCard } from './card.ts';
import { nextSteps } from './parts.ts';

// Of all direct messages to somebody about one request, the newest carries all that they can do about it now, and the
// earlier ones go on without buttons: nobody has to look for the one that still holds.

/** How many buttons stand beside each other. */
const ROW = 5;

/** A card with all the reader's next steps beside its own buttons. */
export function withAllSteps(card: Card, notice: Notice, request: Request, now: Instant): Card {
  const me = notice.recipient.to === 'member' ? notice.recipient.memberId : null;
  // A session that was called off says nothing about what is to be done now; who installed the bot may be no mentor.
  if (me === null || request.session?.status === 'CANCELLED' || notice.kind === 'channel_missing')
    return card;
  const own = card.blocks.flatMap((block) => (block.block === 'buttons' ? block.buttons : []));
  const more = nextSteps(request, { me, now, args: {} }).filter(
    (step) => !own.some((known) => isSame(known, step)),
  );
  if (more.length === 0) return card;
  // Beside those that do something, rather than in a row of links.
  const at = card.blocks.findLastIndex((block) => block.block === 'buttons' && block.buttons.some(does));
  const row = card.blocks[at];
  if (row?.block === 'buttons' && row.buttons.length + more.length <= ROW) {
    return {
      ...card,
      blocks: card.blocks.with(at, { block: 'buttons', buttons: [...row.buttons, ...more] }),
    };
  }
  const after = at < 0 ? card.blocks.length : at + 1;
  return { ...card, blocks: card.blocks.toSpliced(after, 0, { block: 'buttons', buttons: more }) };
}

const does = (one: Button | LinkButton): one is Button => 'intent' in one;

const isSame = (one: Button | LinkButton, other: Button): boolean =>
  does(one) && one.intent === other.intent && one.args.requestId === other.args.requestId;

export const hasButtons = (card: SpokenCard): boolean => card.blocks.some(({ block }) => block === 'buttons');

export const withoutButtons = (card: SpokenCard): SpokenCard => ({
  ...card,
  blocks: card.blocks.filter(({ block }) => block !== 'buttons'),
});
