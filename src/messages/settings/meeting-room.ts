import type { Settings } from '../../core/preferences.ts';
import { LINK_LIMIT } from '../../core/use-cases/input.ts';
import { button, buttons, type Card, card, note, text } from '../card.ts';
import type { Form } from '../form.ts';
import type { Section } from '../settings-card.ts';
import { say } from '../words.ts';

/** For mentors: where they meet. */
export const meetingRoomSection = ({ isMentor, preferences }: Settings): Section | null =>
  isMentor
    ? {
        label: say('My meeting room'),
        value: preferences.meetingRoom
          ? { link: preferences.meetingRoom, label: preferences.meetingRoom }
          : NONE,
        change: button(say('My meeting room'), 'settings.room'),
      }
    : null;

const NONE = say('None: each session gets a link of its own.');

/** A mentor's own room as it stands, and the ways to change it. */
export const meetingRoomCard = ({ preferences: { meetingRoom: room } }: Settings): Card =>
  card(
    'neutral',
    say('My meeting room'),
    text(room ? { link: room, label: room } : NONE),
    text(
      say(
        'If you always meet at the same address, give it to me: it is then the link of your sessions, in place of one that is made for each.',
      ),
    ),
    note(
      say(
        'Sessions that have a link keep it; those that wait for one get yours. When you hand a session over, the other mentor’s link takes its place.',
      ),
    ),
    buttons(
      button(room ? say('Change it') : say('Give a link'), 'settings.give-room', {}, 'primary'),
      room ? button(say('Remove it'), 'settings.set-room', { as: 'none' }, 'danger') : null,
      button(say('My settings'), 'settings.show'),
    ),
  );

export const meetingRoomForm = (args: Record<string, string>): Form => ({
  title: say('My meeting room'),
  submit: say('Save link'),
  intent: 'settings.set-room',
  args,
  fields: [
    {
      field: 'text',
      name: 'link',
      label: say('Link'),
      hint: say('An address that stays the same, beginning with https://.'),
      placeholder: 'https://meet.example.org/my-room',
      required: true,
      long: false,
      minLength: 1,
      maxLength: LINK_LIMIT,
    },
  ],
});
