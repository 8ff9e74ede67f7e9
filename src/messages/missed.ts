import { type Block, type Card, divider, note } from './card.ts';
import { say } from './words.ts';

/**
 * An answer, with what could not be brought to this person by direct message before it: the end of what is long may be
 * left out.
 */
export const withMissed = (card: Card, missed: readonly Block[]): Card => ({
  ...card,
  blocks: [
    note(
      say(
        'I could not send you this by direct message: they are closed to me. Please allow them, so that I can remind you.',
      ),
    ),
    ...missed,
    divider,
    ...card.blocks,
  ],
});
