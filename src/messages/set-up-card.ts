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
import { say, type Words } from './words.ts';

/** For coordinators: everything that the bot needs, what they chose of it, and how to mend what is wrong. */
export function setUpCard({ checks, space }: SpaceSetUp): Card {
  const failed = checks.filter(({ ok }) => !ok);
  const fine = checks.filter(({ ok }) => ok);
  const missing = space ? stillToChoose(space.now) : [];
  const [tone, title] =
    missing.length > 0
      ? (['waiting', say('Almost there: a little is left to choose')] as const)
      : failed.length > 0
        ? (['bad', say('Some of it needs attention')] as const)
        : (['good', say('Everything that I need works')] as const);
  return card(
    tone,
    title,
    ...(space ? choices(space, missing) : []),
    ...failed.map(({ what, remedy = '' }) => text('✗ ', { bold: what }, '\n', remedy)),
    fine.length > 0
      ? text(...fine.flatMap(({ what }, index): Inline[] => [index > 0 ? '\n' : '', `✓ ${what}`]))
      : null,
    buttons(
      button(say('Look again'), 'admin.set-up', {}, missing.length > 0 ? 'plain' : 'primary'),
      button(say('Settings'), 'admin.settings'),
    ),
    space ? note(say('What makes the links of the meetings is chosen in Settings.')) : null,
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

/** What is chosen, and the ways to choose; the next thing to choose stands out. */
function choices(space: ChosenSpace, missing: SpaceSetting[]): (Block | null)[] {
  const open = (all: readonly SpaceSetting[]) => all.some((name) => !space.held.includes(name));
  const next = missing[0];
  const style = (is: boolean) => (is ? 'primary' : 'plain');
  return [
    facts(
      ...(Object.entries(labels) as [SpaceSetting, Words][]).map(([name, label]): [Words, Text] => [
        label,
        chosenFor(name, space, missing),
      ]),
    ),
    buttons(
      open(spaceChannels)
        ? button(say('Choose the channels'), 'space.places', {}, style(next === 'mentorsChannel'))
        : null,
      open(spaceRoles)
        ? button(say('Choose the roles'), 'space.roles', {}, style(next === 'mentorRoles'))
        : null,
    ),
  ];
}

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
