import { button, buttons, type Card, card, note, text } from './card.ts';
import type { Form } from './form.ts';
import { say } from './words.ts';

/** For those who meet the bot for the first time. */
export const whatItIs = text(
  say(
    'A mini session is a one-to-one video call with a mentor: 30 to 60 minutes, one time, about what you are stuck on or curious about.',
  ),
);

/** In a channel, for everybody there: what a mini session is, and the way to ask for one. */
export const panelCard = (): Card =>
  card(
    'neutral',
    say('Mini sessions'),
    whatItIs,
    buttons(button(say('Request a mini session'), 'request.new', {}, 'primary')),
    note(say('Only you see the form. I tell you as soon as a mentor claims your request.')),
  );

/** Where it should stand. */
export const panelForm = (): Form => ({
  title: say('A button for a channel'),
  submit: say('Post it'),
  intent: 'admin.put-panel',
  args: {},
  intro: say('I post a card that says what a mini session is, with a button that opens the form.'),
  fields: [
    {
      field: 'channel',
      holds: 'threads',
      name: 'panelChannel',
      label: say('Channel'),
      hint: say(
        'I must be able to write there. On Slack, invite me first: type /invite with my name after an @.',
      ),
      required: true,
    },
  ],
});

export const panelPostedAnswer = (): Card =>
  card(
    'good',
    say('The button is there'),
    text(
      say(
        'Whoever sees it can ask for a mini session with it. Pin it to keep it in sight; when it is in the way, delete it like any message. Posting it again makes another one.',
      ),
    ),
    buttons(button(say('What needs you'), 'admin.show'), button(say('Settings'), 'admin.settings')),
  );
