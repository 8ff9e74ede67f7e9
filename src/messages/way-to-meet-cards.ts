import { OWN_LINKS } from '../core/community.ts';
import type { WayToMeet } from '../core/use-cases/get-way-to-meet.ts';
import { type Block, bold, button, buttons, type Card, card, note, text } from './card.ts';
import { say, type Words } from './words.ts';

// Who makes the links of meetings: for coordinators to choose, and what they hear when it does not work.

const names: Readonly<Record<string, Words>> = {
  'google-meet': say('Google Meet, with a calendar'),
  'google-meet-space': say('Google Meet, without a calendar'),
  zoom: 'Zoom',
  jitsi: 'Jitsi',
  [OWN_LINKS]: say('Each mentor gives a link'),
};

/** A provider as people call it. @param name as in the settings; null: mentors give theirs */
export const providerWords = (name: string | null): Words => names[name ?? OWN_LINKS] ?? name ?? '';

/** Who makes the links, to be changed by a press. */
export function wayToMeetCard({ linkMaker, gone, names: setUp }: WayToMeet): Card {
  const choices = [...setUp, OWN_LINKS];
  const now = linkMaker ?? OWN_LINKS;
  return card(
    'neutral',
    say('Meeting links'),
    text(say('Now: {provider}. A press chooses another.', { provider: bold(providerWords(now)) })),
    gone
      ? text(
          say('{provider} was chosen here, and is not set up any more.', {
            provider: bold(providerWords(gone)),
          }),
        )
      : null,
    buttons(
      ...choices.map((name) =>
        button(
          providerWords(name),
          'admin.choose-links',
          { provider: name },
          name === now ? 'primary' : 'plain',
        ),
      ),
    ),
    note(
      say(
        'It holds for sessions that are planned from now on. Those that have a link keep it, and mentors with a meeting room of their own use that.',
      ),
    ),
    buttons(button(say('Settings'), 'admin.settings'), button(say('Set-up'), 'admin.set-up')),
  );
}

/** In the coordinators' channel: a provider cannot do its part. @param why with the remedy, as the log has it */
export const meetingTroubleNotice = (provider: string, why: string): Card =>
  card(
    'bad',
    say('Meeting links do not work as they should'),
    text(bold(providerWords(provider)), '\n', why),
    text(
      say(
        'Mentors are asked for a link meanwhile, and what was planned stands. Please pass this on to whoever runs the bot; once it is mended, press “Try again” in /mini-admin.',
      ),
    ),
  );

/** The remedy comes first; the log has all of what the service said. */
const WHY_SHOWN = 400;

/** What a provider does not do because of its set-up, in what needs coordinators. */
export const brokenBlocks = (broken: { why: string; sessions: number }[]): (Block | null)[] => [
  ...broken.map(({ why, sessions }) =>
    text(say('For sessions: {count}', { count: sessions }), ' · ', why.slice(0, WHY_SHOWN)),
  ),
  buttons(button(say('Try again'), 'admin.retry-meetings', {}, 'primary')),
];
