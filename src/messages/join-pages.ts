import { type CalendarEntry, entranceOf, hereSince, withWhom } from '../core/calendar.ts';
import { JOIN_OPENS } from '../core/session.ts';
import { after, type Instant } from '../core/time.ts';
import type { WebPage } from './web-page.ts';
import { onClock, say, type Words } from './words.ts';

/**
 * The page behind a member's link to their session. To look at it checks nobody in: programs that show previews of links
 * look, too. Whoever comes in presses the button.
 */
export function joinPage(entry: CalendarEntry, memberId: string, now: Instant): WebPage {
  const { title, session } = entry;
  const person = withWhom(entry, memberId);
  const time = onClock(session.startsAt);
  const when = say('With {person}, {time}.', { person, time });
  const here = hereSince(entry, memberId) ? [say('I have noted that you are here.')] : [];
  switch (entranceOf(entry, memberId, now)) {
    case 'off':
      return {
        title,
        paragraphs: [
          say('This mini session was called off, or is somebody else’s now. There is nothing to join.'),
          say('In the chat, /mini-sessions shows what is planned for you.'),
        ],
      };
    case 'over':
      return {
        title,
        paragraphs: [
          say('This mini session is over. It was planned for {time}.', { time }),
          say('In the chat, /mini-sessions is where you say how it was.'),
        ],
      };
    case 'early':
      return {
        title,
        paragraphs: [
          when,
          say('It has not begun. From {time} on you can come in here, and that counts as being there.', {
            time: onClock(after(session.startsAt, -JOIN_OPENS)),
          }),
          say('Keep this page: it knows when the session moves, and when its link changes.'),
        ],
        ...(session.meetingLink && {
          link: { label: say('Look at the video call already'), url: session.meetingLink },
        }),
      };
    case 'open':
      return session.meetingLink
        ? { title, paragraphs: [when, ...here], press: say('Join the video call') }
        : {
            title,
            paragraphs: [
              when,
              say(
                'There is no link to a video call yet. Say that you are here, and look at this page again in a minute.',
              ),
              ...here,
            ],
            press: here.length > 0 ? say('Look again') : say('I am here'),
          };
  }
}

/** Opens a member's calendar feed in their own program. @param url by the protocol that such programs listen to */
export const feedPage = (url: string): WebPage => ({
  title: say('Your mini sessions in your calendar'),
  paragraphs: [
    say(
      'The button opens your calendar program, which asks whether to subscribe. If nothing happens, copy the link from the chat into it.',
    ),
    say('This address is private: whoever has it sees when you meet whom.'),
  ],
  link: { label: say('Open in my calendar'), url },
});

/** For a feed that is none, or none any more, in the few words that calendar programs show. */
export const unknownFeed = (): Words =>
  say(
    'This calendar link does not work (any more). A new one is in the chat: /mini-sessions, My settings, Calendar.',
  );

/** For a link that we did not make, or whose session is gone. It does not tell which. */
export const unknownLinkPage = (): WebPage => ({
  title: say('This link leads nowhere'),
  paragraphs: [
    say(
      'Maybe it was cut off when it was copied. In the chat, /mini-sessions shows your sessions, and the way into them.',
    ),
  ],
});

/** When something of ours does not work. */
export const webFaultPage = (): WebPage => ({
  title: say('That did not work'),
  paragraphs: [
    say(
      'I have a problem right now. Please load this page again in a moment, or join by the card in your direct messages.',
    ),
  ],
});
