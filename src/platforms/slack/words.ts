import {
  button,
  buttons,
  type Card,
  card,
  facts,
  type Inline,
  note,
  type Text,
  text,
} from '../../messages/card.ts';
import { say, type Words } from '../../messages/words.ts';
import type { Command, Entries } from '../platform.ts';

/** What only the Slack side has to say; everything else comes from the desk. */

/** Opens a kept draft again; handled by this platform itself. */
export const REOPEN = 'slack.reopen';

export const reopenButton = (draftId: string) =>
  buttons(button(say('Open the form again'), REOPEN, { draft: draftId }, 'primary'));

export const workingCard = card(
  'waiting',
  say('Still working on it…'),
  text(say('This takes a moment. You may wait here.')),
);
/** The same, once what was typed is kept. */
export const workingOn = (draftId: string): Card => ({
  ...workingCard,
  blocks: [
    ...workingCard.blocks,
    text(say('What you typed is kept. If nothing comes for a minute, open the form again.')),
    reopenButton(draftId),
  ].filter((block) => block !== null),
});
export const oneMomentCard = card('waiting', say('One moment…'), text(say('I am fetching what you typed.')));

export const faultCard = card(
  'bad',
  say('Something went wrong on my side'),
  text(say('I am sorry. Nothing was lost on yours: please try again in a moment.')),
);

export const tooLateCard = card(
  'bad',
  say('Slack was too slow to open the form'),
  text(say('Please do that again; a form must open within three seconds.')),
);

export const oldButtonCard = card(
  'neutral',
  say('I do not know this button any more'),
  text(say('It is from an older version of me. Type the command again to get a fresh one.')),
);

export const oldFormCard = card(
  'neutral',
  say('I do not know this form any more'),
  text(say('It is from an older version of me. Please type the command again.')),
);

export const strangeCard = card(
  'neutral',
  say('I did not understand that'),
  text(say('Slack sent something that I do not know. Please try once more, or type the command again.')),
);

export const draftGoneCard = card(
  'neutral',
  say('What you typed is no longer kept'),
  text(say('It was used already, or a day has passed. Please open the form from the command.')),
);

/** What one can do here, and how. */
export const helpCard = (entries: Entries, about: Words): Card =>
  card(
    'neutral',
    say('What I can do'),
    about ? text(about) : null,
    facts(...known(entries)),
    ...entries.shortcuts.map(({ name, description, on }) =>
      note(
        on === 'app'
          ? say('In the menu behind the + beside any text field, “{name}”: {what}', {
              name,
              what: description,
            })
          : say('In the menu of any message, “{name}”: {what}', { name, what: description }),
      ),
    ),
    buttons(
      ...entries.shortcuts
        .filter(({ on }) => on === 'app')
        .map(({ name, intent }) => button(name, intent, {}, 'primary')),
    ),
  );

const known = ({ commands }: Entries): [string, Text][] =>
  commands.map((command) => [`/${command.name}`, describe(command)]);

function describe({ description, options }: Command): Text {
  if (options.length === 0) return description;
  const said = options
    .filter(({ suggests }) => !suggests)
    .map(({ description: about, choices }): Inline[] =>
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

export const unknownCommandCard = (name: string, entries: Entries): Card =>
  card(
    'neutral',
    say('I do not know {command}', { command: `/${name}` }),
    text(say('These are the commands that I know:')),
    facts(...known(entries)),
  );

export const notInstalledCard = card(
  'neutral',
  say('I am not installed here'),
  text(
    say(
      'Somebody removed me from this workspace, or I lost my key to it. Whoever manages its apps can add me again.',
    ),
  ),
);
