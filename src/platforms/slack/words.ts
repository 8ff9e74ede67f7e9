import {
  button,
  buttons,
  type Card,
  card,
  facts,
  type Inline,
  type Text,
  text,
} from '../../messages/card.ts';
import { say } from '../../messages/words.ts';
import type { Command } from '../platform.ts';

/** What only the Slack side has to say; everything else comes from the desk. */

/** Opens a kept draft again; handled by this platform itself. */
export const REOPEN = 'slack.reopen';

export const reopenButton = (draftId: string) =>
  buttons(button('Open the form again', REOPEN, { draft: draftId }, 'primary'));

export const workingCard = card(
  'waiting',
  'Still working on it…',
  text('This takes a moment. You may wait here.'),
);
export const oneMomentCard = card('waiting', 'One moment…', text('I am fetching what you typed.'));

export const faultCard = card(
  'bad',
  'Something went wrong on my side',
  text('I am sorry. Nothing was lost on yours: please try again in a moment.'),
);

export const tooLateCard = card(
  'bad',
  'Slack was too slow to open the form',
  text('Please do that again; a form must open within three seconds.'),
);

export const oldButtonCard = card(
  'neutral',
  'I do not know this button any more',
  text('It is from an older version of me. Type the command again to get a fresh one.'),
);

export const oldFormCard = card(
  'neutral',
  'I do not know this form any more',
  text('It is from an older version of me. Please type the command again.'),
);

export const strangeCard = card(
  'neutral',
  'I did not understand that',
  text('Slack sent something that I do not know. Please try once more, or type the command again.'),
);

export const draftGoneCard = card(
  'neutral',
  'What you typed is no longer kept',
  text('It was used already, or a day has passed. Please open the form from the command.'),
);

/** The commands and what may follow each. */
export const helpCard = (commands: readonly Command[]): Card =>
  card(
    'neutral',
    'What I can do',
    facts(...commands.map((command): [string, Text] => [`/${command.name}`, describe(command)])),
  );

function describe({ description, options }: Command): Text {
  if (options.length === 0) return description;
  const said = options.map(({ description: about, choices }): Inline[] =>
    choices.length > 0
      ? [
          about,
          ' (',
          ...listed(
            choices.map(({ label }) => [label]),
            ', ',
          ),
          ')',
        ]
      : [about],
  );
  return [description, ' ', say('You may add:'), ' ', ...listed(said, '; '), '.'];
}

const listed = (each: Inline[][], between: string): Inline[] =>
  each.flatMap((inlines, index) => (index > 0 ? [between, ...inlines] : inlines));

export const unknownCommandCard = (name: string, commands: readonly Command[]): Card => {
  const { blocks } = helpCard(commands);
  return card('neutral', `I do not know /${name}`, text('These are the commands that I know:'), ...blocks);
};
