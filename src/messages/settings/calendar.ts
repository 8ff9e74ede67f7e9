import type { NewFeed } from '../../core/ports.ts';
import type { Settings } from '../../core/preferences.ts';
import { button, buttons, type Card, card, linkButton, note, text } from '../card.ts';
import type { Section } from '../settings-card.ts';
import { say } from '../words.ts';

export function calendarSection({ preferences, offersFeed }: Settings): Section | null {
  if (!offersFeed) return null;
  return {
    label: say('Calendar'),
    value: preferences.calendarFeed
      ? say('Your calendar follows your sessions by a private link.')
      : say('Your calendar can follow your sessions by itself.'),
    change: button(say('Calendar'), 'settings.calendar'),
  };
}

/** How a member's own calendar follows their sessions. */
export function calendarCard({ preferences, offersFeed }: Settings): Card {
  const back = button(say('My settings'), 'settings.show');
  if (!offersFeed) {
    return card('neutral', say('My calendar'), text(say('There are no calendar links here')), buttons(back));
  }
  return card(
    'neutral',
    say('My calendar'),
    text(
      say(
        'With a private link your calendar shows all your mini sessions, and follows when they move or are called off.',
      ),
    ),
    preferences.calendarFeed
      ? note(
          say(
            'You have such a link. I cannot show it again; a new one takes its place, and the old one stops.',
          ),
        )
      : null,
    buttons(
      preferences.calendarFeed
        ? button(say('New link'), 'settings.new-feed')
        : button(say('Get a link'), 'settings.new-feed', {}, 'primary'),
      preferences.calendarFeed ? button(say('Turn it off'), 'settings.drop-feed', {}, 'danger') : null,
      back,
    ),
  );
}

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
