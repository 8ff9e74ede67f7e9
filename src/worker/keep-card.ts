import type { SpokenCard } from '../messages/card.ts';
import { hasButtons, withoutButtons } from '../messages/newest.ts';

/** What to keep of a card that was just put somewhere, for when its buttons go; nothing when it has none. */
export const keepCard = (card: SpokenCard): { kept?: SpokenCard } =>
  hasButtons(card) ? { kept: withoutButtons(card) } : {};

/** A kept card as it was: on its way through the database times became texts. @returns null when nothing was kept */
export const keptCard = (kept: unknown): SpokenCard | null =>
  kept === null || kept === undefined
    ? null
    : JSON.parse(JSON.stringify(kept), (key, value) =>
        key === 'at' && typeof value === 'string' ? new Date(value) : value,
      );
