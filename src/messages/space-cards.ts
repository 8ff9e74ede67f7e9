import type { SpaceChannels } from '../core/ports.ts';
import type { Request } from '../core/request.ts';
import { bold, button, buttons, type Card, card, note, text } from './card.ts';
import type { Form } from './form.ts';
import { say } from './words.ts';

/** Where the bot speaks in a space: asked of whoever installed it there, and of coordinators. */
export const channelsForm = (args: Record<string, string>): Form => ({
  title: say('Where I speak'),
  submit: say('Save'),
  intent: 'space.set-channels',
  args,
  intro: say(
    'Invite me to a channel before you choose it: open it, and type /invite with my name after an @.',
  ),
  fields: [
    {
      field: 'channel',
      name: 'mentorsChannel',
      label: say('Mentors channel'),
      hint: say('Requests appear there. Whoever is in it is a mentor.'),
      required: true,
    },
    {
      field: 'channel',
      name: 'coordinatorsChannel',
      label: say('Coordinators channel'),
      hint: say('I say there what needs somebody who looks after it all. Whoever is in it is a coordinator.'),
      required: false,
    },
  ],
});

const choose = button(say('Choose the channels'), 'space.channels', {}, 'primary');

/** Opens the form with what is chosen now. */
const chooseOthers = ({ mentorsChannel, coordinatorsChannel }: SpaceChannels) =>
  button(say('Choose others'), 'space.channels', {
    mentorsChannel,
    ...(coordinatorsChannel && { coordinatorsChannel }),
  });

/** To whoever just installed the bot in a space. */
export const installedCard = (): Card =>
  card(
    'good',
    say('Thank you for having me here'),
    text(
      say(
        'People ask for a short video call with a mentor; a mentor claims the request, and both meet. One thing is left to do: make a channel for mentors, invite me there, and tell me which one it is. Whoever is in that channel is a mentor.',
      ),
    ),
    buttons(choose),
    note(say('Until then I keep what people ask for, and show it to the mentors once there is a channel.')),
  );

/** To whoever installed the bot again in a space whose channels it knows. */
export const installedAgainCard = (channels: SpaceChannels): Card =>
  card(
    'good',
    say('I am up to date here'),
    text(say('Everything goes on as it was, in the same channels. You can choose others.')),
    buttons(chooseOthers(channels)),
  );

export const channelsChosenAnswer = (channels: SpaceChannels): Card =>
  card(
    'good',
    say('Now I know where to speak'),
    text(
      say(
        'Requests appear in the mentors channel from now on, and those that are open are on their way there. Whoever is in it can claim them. Try it: anybody can ask with /mini-session.',
      ),
    ),
    buttons(chooseOthers(channels)),
  );

/** Notice to whoever installed the bot: a request came, and there is nobody to show it to. */
export const channelMissingNotice = (request: Request): Card =>
  card(
    'waiting',
    say('A request waits for a mentors channel'),
    text(
      say(
        'Somebody asked: {title}. I do not know yet which channel the mentors are in. Make one, invite me there, and choose it: the request appears there at once.',
        { title: bold(request.title) },
      ),
    ),
    buttons(choose),
  );
