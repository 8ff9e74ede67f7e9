import { bold, type Card, card, text } from './card.ts';
import { counted, say } from './words.ts';

/** What the bot tells coordinators about itself. */
export type Word =
  | { about: 'platform'; name: string }
  | { about: 'database' }
  | { about: 'clock' }
  | { about: 'given_up'; count: number }
  | { about: 'set_up'; name: string; remedy: string }
  | { about: 'well' };

const ASK = say('Please tell whoever runs the bot: the log and “doctor” say more.');

/** A word about the bot's own health, for the coordinators' channel. */
export function heartbeatCard(word: Word): Card {
  switch (word.about) {
    case 'platform':
      return card(
        'bad',
        say('I am cut off'),
        text(
          say(
            '{platform} has been out of my reach for more than two minutes: there, commands and buttons do not work now. I keep trying.',
            { platform: bold(titled(word.name)) },
          ),
          ' ',
          ASK,
        ),
      );
    case 'database':
      return card(
        'bad',
        say('I cannot reach my database'),
        text(say('Nobody can ask for or claim sessions until it is back. I keep trying.'), ' ', ASK),
      );
    case 'clock':
      return card('bad', say('My clock stands still'), text(say('Reminders and deadlines wait.'), ' ', ASK));
    case 'given_up':
      return card(
        'bad',
        counted(word.count, 'I gave up on {count} message', 'I gave up on {count} messages'),
        text(say('Somebody may be waiting for a word from me that does not come.'), ' ', ASK),
      );
    case 'set_up':
      return card(
        'bad',
        say('Something that I need was taken from me'),
        text({ bold: word.name }, '\n', word.remedy),
        text(say('Requests go on where they can; what needs this waits until it is mended.')),
      );
    case 'well':
      return card(
        'good',
        say('All is well again'),
        text(say('Everything works, and what waited is on its way.')),
      );
  }
}

const titled = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
