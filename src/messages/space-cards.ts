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
      holds: 'cards',
      name: 'mentorsChannel',
      label: say('Mentors channel'),
      hint: say('Requests appear there. Whoever is in it is a mentor.'),
      required: true,
    },
    {
      field: 'channel',
      holds: 'cards',
      name: 'coordinatorsChannel',
      label: say('Coordinators channel'),
      hint: say('I say there what needs somebody who looks after it all. Whoever is in it is a coordinator.'),
      required: false,
    },
  ],
});

/** Where the bot speaks in a space whose members have roles. */
export const placesForm = (args: Record<string, string>): Form => ({
  title: say('Where I speak'),
  submit: say('Save'),
  intent: 'space.set-places',
  args,
  fields: [
    {
      field: 'channel',
      holds: 'cards',
      name: 'mentorsChannel',
      label: say('Mentors channel'),
      hint: say('Requests appear there: a text channel, or a forum with a post for each.'),
      required: true,
    },
    {
      field: 'channel',
      holds: 'cards',
      name: 'coordinatorsChannel',
      label: say('Coordinators channel'),
      hint: say('I say there what needs somebody who looks after it all.'),
      required: false,
    },
    {
      field: 'channel',
      holds: 'threads',
      name: 'sessionsChannel',
      label: say('Sessions channel'),
      hint: say('Student and mentor get a private thread under it. Both must see it.'),
      required: false,
    },
    {
      field: 'channel',
      holds: 'threads',
      name: 'fallbackChannel',
      label: say('Fallback channel'),
      hint: say('For those whose direct messages are closed. Everybody must see it.'),
      required: false,
    },
  ],
});

/** Who is who in a space whose members have roles. */
export const rolesForm = (args: Record<string, string>): Form => ({
  title: say('Who is who'),
  submit: say('Save'),
  intent: 'space.set-roles',
  args,
  fields: [
    {
      field: 'roles',
      max: MOST_ROLES,
      name: 'mentorRoles',
      label: say('Mentor roles'),
      hint: say('Whoever has one of them is a mentor.'),
      required: true,
    },
    {
      field: 'roles',
      max: MOST_ROLES,
      name: 'coordinatorRoles',
      label: say('Coordinator roles'),
      hint: say('Their holders look after it all, as do those who may manage the server.'),
      required: false,
    },
  ],
});

/** More would be a sign of a mistake. */
const MOST_ROLES = 10;

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
