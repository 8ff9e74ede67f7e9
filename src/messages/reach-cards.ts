import { type Card, card, text } from './card.ts';
import { say } from './words.ts';

/** Where many read it, to one whom direct messages do not reach: nothing of what it is about. */
export const closedToMeCard = (): Card =>
  card(
    'waiting',
    say('I could not send you a message'),
    text(
      say(
        'Your direct messages are closed to me. Type /mini-sessions to read what I have for you; to hear from me in time, allow direct messages from members of this server.',
      ),
    ),
  );
