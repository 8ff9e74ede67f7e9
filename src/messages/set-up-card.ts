import {
  type ChosenSpace,
  type SpaceSetting,
  type SpaceSetUp,
  spaceChannels,
  spaceRoles,
  stillToChoose,
} from '../core/space.ts';
import {
  type Block,
  bold,
  button,
  buttons,
  type Card,
  card,
  facts,
  type Inline,
  linkButton,
  note,
  type Text,
  text,
} from './card.ts';
import { providerWords } from './way-to-meet-cards.ts';
import { say, type Words } from './words.ts';

/** For coordinators: everything that the bot needs, what they chose of it, and how to mend what is wrong. */
export function setUpCard({ checks, added, space, timeZone, linkMaker }: SpaceSetUp): Card {
  const failed = checks.filter(({ ok }) => !ok);
  const fine = checks.filter(({ ok }) => ok);
  const missing = space ? stillToChoose(space.now) : [];
  const next = missing[0] ?? (space && timeZone === null ? 'timeZone' : null);
  const [tone, title] =
    missing.length > 0
      ? (['waiting', say('Almost there: a little is left to choose')] as const)
      : failed.length > 0
        ? (['bad', say('Some of it needs attention')] as const)
        : (['good', say('Everything that I need works')] as const);
  return card(
    tone,
    title,
    ...choices({ added, space, timeZone, linkMaker }, missing, next),
    note(say('What I tried:')),
    ...failed.map(({ what, remedy = '' }) => text('✗ ', { bold: what }, '\n', remedy)),
    fine.length > 0
      ? text(...fine.flatMap(({ what }, index): Inline[] => [index > 0 ? '\n' : '', `✓ ${what}`]))
      : null,
    buttons(
      button(say('Look again'), 'admin.set-up', {}, standsOut(next === null)),
      button(say('Settings'), 'admin.settings'),
    ),
    space
      ? note(
          say(
            'Go from left to right: channels, roles, time zone, meeting links. Each choice is tried before it counts, and “Look again” tries all of it.',
          ),
        )
      : null,
  );
}

const labels: Record<SpaceSetting, Words> = {
  mentorsChannel: say('Mentors channel'),
  mentorRoles: say('Mentor roles'),
  coordinatorsChannel: say('Coordinators channel'),
  coordinatorRoles: say('Coordinator roles'),
  sessionsChannel: say('Sessions channel'),
  fallbackChannel: say('Fallback channel'),
};

/** What comes next stands out. */
const standsOut = (is: boolean): 'primary' | 'plain' => (is ? 'primary' : 'plain');

/** What is chosen, and the ways to choose, as far as anything can be chosen in this space. */
function choices(
  { added, space, timeZone, linkMaker }: Omit<SpaceSetUp, 'checks'>,
  missing: SpaceSetting[],
  next: SpaceSetting | 'timeZone' | null,
): (Block | null)[] {
  const open = (all: readonly SpaceSetting[]) => space && all.some((name) => !space.held.includes(name));
  const style = (what: SpaceSetting | 'timeZone') => standsOut(what === next);
  const chosen = space ? chosenThere(space, missing, timeZone) : [];
  return [
    facts(...chosen, [say('Meeting links'), providerWords(linkMaker)]),
    buttons(
      open(spaceChannels)
        ? button(say('Choose the channels'), 'space.places', {}, style('mentorsChannel'))
        : null,
      added ? button(say('Choose the channels'), 'space.channels') : null,
      open(spaceRoles) ? button(say('Choose the roles'), 'space.roles', {}, style('mentorRoles')) : null,
      space
        ? button(
            say('Time zone'),
            'space.zone',
            timeZone === null ? {} : { zone: timeZone },
            style('timeZone'),
          )
        : null,
      button(say('Meeting links'), 'admin.links'),
    ),
  ];
}

const chosenThere = (
  space: ChosenSpace,
  missing: SpaceSetting[],
  timeZone: string | null,
): [Words, Text][] => [
  ...(Object.entries(labels) as [SpaceSetting, Words][]).map(([name, label]): [Words, Text] => [
    label,
    chosenFor(name, space, missing),
  ]),
  [say('Time zone'), timeZone ?? say('none')],
];

function chosenFor(name: SpaceSetting, { now, held }: ChosenSpace, missing: SpaceSetting[]): Inline[] {
  const names = name.endsWith('Roles') ? 'role' : 'channel';
  const ids = [now[name]].flat().filter((id) => id !== '');
  if (ids.length === 0) return [missing.includes(name) ? say('not chosen yet') : say('none')];
  return [
    ...ids.flatMap((id, index): Inline[] => [index > 0 ? ', ' : '', { names, id }]),
    ...(held.includes(name) ? [' · ', say('set by the operator')] : []),
  ];
}

/**
 * To the people of a space in which the bot just arrived.
 * @param elsewhere the space, with a page that leads there, where they read it outside of it
 */
export const arrivedCard = (elsewhere: { name: string; page: string } | null): Card =>
  card(
    'waiting',
    say('Thank you for having me here'),
    text(
      say(
        'People ask for a short video call with a mentor; a mentor claims the request, and both meet. Whoever may manage this server tells me two things first: in which channel the mentors see requests, and which role makes somebody a mentor.',
      ),
    ),
    elsewhere
      ? text(
          say('That is done in {server}: type /mini-admin there, and press Set-up.', {
            server: bold(elsewhere.name),
          }),
        )
      : null,
    buttons(
      elsewhere
        ? linkButton(say('Open the server'), elsewhere.page)
        : button(say('Set me up'), 'admin.set-up', {}, 'primary'),
    ),
    elsewhere ? null : note(say('Later it is found with /mini-admin, under Set-up.')),
  );
