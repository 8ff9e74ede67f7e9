import type { WebPage } from './web-page.ts';
import { say } from './words.ts';

/** @param url Slack's page that asks for consent */
export const installOfferPage = (url: string): WebPage => ({
  title: say('Add Mini Mentorship to Slack'),
  paragraphs: [
    say(
      'People of your workspace ask for a short video call with a mentor; a mentor claims the request, and both meet.',
    ),
    say(
      'On the next page Slack shows what the bot may do, and asks whether you allow it. It reads no conversations but its own.',
    ),
  ],
  link: { label: say('Add to Slack'), url },
});

/** @param told whether a direct message says what comes next */
export const installedPage = (team: string, told: boolean): WebPage => ({
  title: say('Mini Mentorship is in {team}', { team }),
  paragraphs: [
    told
      ? say('I wrote to you in Slack: there you choose the channel of your mentors. You can close this page.')
      : say(
          'I could not write to you in Slack just now. As soon as somebody asks for a session with /mini-session, I ask you which channel your mentors are in.',
        ),
  ],
});

/** Why the bot does not stay where it was installed. */
export function installRefusedPage(why: 'organisation' | 'in_settings', again: string): WebPage {
  if (why === 'in_settings') {
    return {
      title: say('I am here already'),
      paragraphs: [
        say('This workspace has me by my settings. There is nothing to install, and nothing was changed.'),
      ],
    };
  }
  return {
    title: say('One workspace at a time, please'),
    paragraphs: [
      say(
        'You chose a whole organisation. A mentorship programme lives in one workspace, so I declined, and gave the access back.',
      ),
      say('Please add me again, and choose the workspace of your programme.'),
    ],
    link: { label: say('Choose a workspace'), url: again },
  };
}

/** @param why `state`: it took too long, or was begun in another browser */
export function installFailedPage(why: 'cancelled' | 'state' | 'fault', again: string): WebPage {
  const link = { label: say('Try again'), url: again };
  switch (why) {
    case 'cancelled':
      return {
        title: say('Nothing was installed'),
        paragraphs: [say('You did not allow it, and that is fine.')],
        link,
      };
    case 'state':
      return {
        title: say('Please begin once more'),
        paragraphs: [
          say(
            'This page belongs to an installation that was begun more than ten minutes ago, or in another browser. Nothing was installed.',
          ),
        ],
        link,
      };
    case 'fault':
      return {
        title: say('That did not work'),
        paragraphs: [
          say('Slack or I had a problem, and nothing was installed. Please try again in a moment.'),
        ],
        link,
      };
  }
}
