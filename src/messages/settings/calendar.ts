import type { NewFeed } from '../../core/ports.ts';
import type { Settings } from '../../core/preferences.ts';
import { type Block, button, buttons, type Card, card, linkButton, note, text } from '../card.ts';
import type { Form } from '../form.ts';
import type { Section } from '../settings-card.ts';
import { listed, say } from '../words.ts';

export function calendarSection({ preferences, offersFeed, offersInvitations }: Settings): Section | null {
  if (!offersFeed && !offersInvitations && !preferences.inviteAt) return null;
  const follows = [
    preferences.calendarFeed ? say('Your calendar follows your sessions by a private link.') : null,
    preferences.inviteAt ? say('Invitations go to your e-mail address.') : null,
    preferences.lookAtCalendar && offersInvitations ? say('I look at it while a time is sought.') : null,
  ].filter((words) => words !== null);
  return {
    label: say('Calendar'),
    value:
      follows.length > 0 ? listed(follows, ' ') : say('Your calendar can follow your sessions by itself.'),
    change: button(say('Calendar'), 'settings.calendar'),
  };
}

/** How a member's own calendar follows their sessions. */
export function calendarCard(settings: Settings): Card {
  const { preferences, offersFeed, offersInvitations } = settings;
  const { calendarFeed, inviteAt, lookAtCalendar } = preferences;
  return card(
    'neutral',
    say('My calendar'),
    ...(offersFeed ? aboutFeed(calendarFeed !== null) : []),
    ...(offersInvitations || inviteAt ? aboutInvitations(settings) : []),
    ...(inviteAt && (offersInvitations || lookAtCalendar) ? aboutLooking(settings) : []),
    offersFeed || offersInvitations || inviteAt ? null : text(say('There are no calendar links here')),
    buttons(
      offersFeed
        ? calendarFeed
          ? button(say('New link'), 'settings.new-feed')
          : button(say('Get a link'), 'settings.new-feed', {}, 'primary')
        : null,
      calendarFeed ? button(say('Turn it off'), 'settings.drop-feed', {}, 'danger') : null,
      offersInvitations && !inviteAt ? button(say('Invite me by e-mail'), 'settings.invite') : null,
      inviteAt ? button(say('No invitations any more'), 'settings.drop-invite', {}, 'danger') : null,
      offersInvitations && inviteAt && !lookAtCalendar
        ? button(say('Look at my calendar'), 'settings.look', { look: 'yes' })
        : null,
      lookAtCalendar ? button(say('Do not look any more'), 'settings.look', { look: 'no' }, 'danger') : null,
      button(say('My settings'), 'settings.show'),
    ),
  );
}

const aboutFeed = (has: boolean): (Block | null)[] => [
  text(
    say(
      'With a private link your calendar shows all your mini sessions, and follows when they move or are called off.',
    ),
  ),
  has
    ? note(
        say(
          'You have such a link. I cannot show it again; a new one takes its place, and the old one stops.',
        ),
      )
    : null,
];

const aboutInvitations = ({ preferences, offersFeed }: Settings): (Block | null)[] => [
  aboutAddress(preferences.inviteAt),
  preferences.inviteAt && preferences.calendarFeed
    ? note(say('You have both, so your calendar may show a session twice. One of them is enough.'))
    : null,
  preferences.inviteAt && offersFeed
    ? note(
        say(
          'For sessions in a mentor’s own room no invitation is sent. Their card has a button that adds them to your calendar.',
        ),
      )
    : null,
];

const aboutAddress = (address: string | null): Block =>
  text(
    address
      ? say('Invitations to your sessions go to {address}. Nobody else is shown it.', { address })
      : say(
          'Or I invite you to each session by e-mail, and your calendar learns of moves and cancellations.',
        ),
  );

/** A choice of its own: the address alone was given for invitations. */
const aboutLooking = ({ preferences, calendarLook }: Settings): (Block | null)[] => [
  text(
    preferences.lookAtCalendar
      ? say(
          'While a time for a session is sought, I ask Google when your calendar is busy, and leave those times out. I keep nothing of it. The mentor sees that I looked, and the times that are left.',
        )
      : say(
          'I can also look at your calendar while a time for a session is sought, and leave out when it is busy. I do so only if you ask for it, and keep nothing of it. The mentor sees that I looked, and the times that are left.',
        ),
  ),
  calendarLook === 'seen' ? note(say('I tried: Google tells me when your calendar is busy.')) : null,
  calendarLook === 'unseen'
    ? note(
        say(
          'I tried, and could not see your calendar. In Google Calendar, share it with the account that invites you: “See only free/busy” is enough. Until then I find times without it.',
        ),
      )
    : null,
];

/** To which address a member wants to be invited. */
export const invitationsForm = (args: Record<string, string>): Form => ({
  title: say('Invite me by e-mail'),
  submit: say('Save address'),
  intent: 'settings.set-invite',
  args,
  intro: say(
    'I keep the address for invitations to your sessions, and for nothing else unless you ask for it. Nobody else is shown it, and you can take it back at any time.',
  ),
  fields: [
    {
      field: 'text',
      name: 'email',
      label: say('Your e-mail address'),
      placeholder: 'ada@example.org',
      required: true,
      long: false,
      minLength: 1,
      maxLength: 254,
    },
  ],
});

/** The new link, told once. */
export const feedCard = ({ url, page }: NewFeed): Card =>
  card(
    'good',
    say('Your private calendar link'),
    text({ link: url, label: url }),
    text(
      say(
        'Copy it now: I keep nothing by which I could show it again. Google Calendar takes it under “Other calendars”, “From URL”; Outlook under “Add calendar”, “Subscribe from web”.',
      ),
    ),
    note(
      say(
        'It is for you alone: whoever has it sees when you meet whom. If you had one before, that one has stopped.',
      ),
    ),
    buttons(
      linkButton(say('Open in my calendar'), page),
      button(say('Turn it off'), 'settings.drop-feed', {}, 'danger'),
      button(say('My settings'), 'settings.show'),
    ),
  );
