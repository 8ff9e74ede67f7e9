import { bold, type Card, card, text } from './card.ts';

/** What the bot tells coordinators about itself. */
export type Word =
  | { about: 'platform'; name: string }
  | { about: 'database' }
  | { about: 'clock' }
  | { about: 'given_up'; count: number }
  | { about: 'well' };

const ASK = 'Please tell whoever runs the bot: the log and "doctor" say more.';

/** A word about the bot's own health, for the coordinators' channel. */
export function heartbeatCard(word: Word): Card {
  switch (word.about) {
    case 'platform':
      return card(
        'bad',
        'I am cut off',
        text(
          bold(titled(word.name)),
          ' has been out of my reach for more than two minutes: there, commands and buttons do not work now. ',
          'I keep trying. ',
          ASK,
        ),
      );
    case 'database':
      return card(
        'bad',
        'I cannot reach my database',
        text('Nobody can ask for or claim sessions until it is back. I keep trying. ', ASK),
      );
    case 'clock':
      return card('bad', 'My clock stands still', text('Reminders and deadlines wait. ', ASK));
    case 'given_up':
      return card(
        'bad',
        word.count === 1 ? 'I gave up on a message' : `I gave up on ${word.count} messages`,
        text('Somebody may be waiting for a word from me that does not come. ', ASK),
      );
    case 'well':
      return card('good', 'All is well again', text('Everything works, and what waited is on its way.'));
  }
}

const titled = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
