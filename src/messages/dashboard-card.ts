import { isPaused } from '../core/availability.ts';
import type { Attention } from '../core/coordination.ts';
import type { Dashboard, HomeList } from '../core/dashboard.ts';
import type { Page } from '../core/ports.ts';
import { givenBackAt, owesTime } from '../core/promises.ts';
import type { Request } from '../core/request.ts';
import { topicsOf } from '../core/topics.ts';
import { attentionCard } from './admin-cards.ts';
import { standing as availabilityStanding } from './availability-cards.ts';
import { weekWords } from './availability-forms.ts';
import {
  ago,
  at,
  type Block,
  type Button,
  bold,
  button,
  buttons,
  type Card,
  card,
  divider,
  facts,
  heading,
  type Inline,
  mention,
  note,
  text,
} from './card.ts';
import { badge, minutesLong, sessionTypeLabels } from './labels.ts';
import { whatItIs } from './panel-cards.ts';
import { about, counterpart, nextSteps, standing, type View } from './parts.ts';
import { heldWords, waysIn } from './question-parts.ts';
import { counted, say, type Words } from './words.ts';

/** Buttons beside each request on a Home, before Details. */
const STEPS_SHOWN = 3;

/** Everything that concerns a member, on the page of their own that a platform gives them. */
export const dashboardCard = (dashboard: Dashboard, view: View): Card =>
  card(
    'neutral',
    say('Mini sessions'),
    whatItIs,
    buttons(
      button(say('Request a mini session'), 'request.new', {}, 'primary'),
      button(say('My settings'), 'settings.show'),
    ),
    ...(dashboard.attention ? attentionPart(dashboard.attention) : []),
    ...part(say('Coming up'), 'coming', dashboard.coming, (request) => comingItem(request, view)),
    ...(dashboard.mentor ? mentorParts(dashboard.mentor, view) : []),
    ...requestsPart(dashboard, view),
    ...part(say('Past sessions'), 'past', dashboard.past, (request) => pastItem(request, view)),
  );

/** What a coordinator finds under /mini-admin, on their Home. */
function attentionPart(attention: Attention): Block[] {
  const { title, blocks } = attentionCard(attention);
  return [divider, heading(title), ...blocks];
}

/** After turning a page by a button that stands somewhere else. */
export const homeShownAnswer = (): Card =>
  card('good', say('Your Home is up to date'), text(say('Open my Home tab to see it.')));

/** A list with its heading and, where it is long, its pages. @param empty what to say instead of nothing */
function part(
  title: Words,
  list: HomeList,
  page: Page<Request>,
  item: (request: Request) => (Block | null)[],
  empty: (Block | null)[] = [],
): (Block | null)[] {
  if (page.total === 0) return empty.length > 0 ? [divider, heading(title), ...empty] : [];
  return [divider, heading(title), ...page.items.flatMap(item), ...turning(list, page)];
}

function turning(list: HomeList, { page, pages, total }: Page<Request>): (Block | null)[] {
  if (pages === 1) return [];
  const to = (label: Words, number: number): Button => button(label, 'home.show', { [list]: String(number) });
  return [
    note(
      say('Page {page} of {pages}', { page, pages }),
      ' · ',
      counted(total, '{count} request', '{count} requests'),
    ),
    buttons(page > 1 ? to(say('Previous'), page - 1) : null, page < pages ? to(say('Next'), page + 1) : null),
  ];
}

const steps = (request: Request, view: View): Block | null =>
  buttons(
    ...nextSteps(request, view).slice(0, STEPS_SHOWN),
    button(say('Details'), 'request.details', about(request)),
  );

const withWhom = (request: Request, view: View): Inline[] => {
  const other = counterpart(request, view);
  return other ? [' · ', say('with {person}', { person: mention(other) })] : [];
};

const callLink = ({ session }: Request): Inline[] =>
  session?.status === 'SCHEDULED' && session.meetingLink
    ? ['\n', say('Video call: {link}', { link: { link: session.meetingLink, label: session.meetingLink } })]
    : [];

const comingItem = (request: Request, view: View): (Block | null)[] => [
  text(bold(request.title), '\n', ...standing(request), ...withWhom(request, view), ...callLink(request)),
  steps(request, view),
];

function requestsPart({ requests, mentor }: Dashboard, view: View): (Block | null)[] {
  // Whoever is here to help need not be told that they never asked.
  const empty = mentor
    ? []
    : [
        text(
          say(
            'You have not asked for anything yet. Request your first mini session: it takes a minute, and I tell you as soon as a mentor claims it.',
          ),
        ),
      ];
  return part(say('My requests'), 'requests', requests, (request) => requestItem(request, view), empty);
}

const requestItem = (request: Request, view: View): (Block | null)[] => [
  text(bold(request.title), '\n', ...requestStanding(request, view)),
  steps(request, view),
];

/** Where a request of the reader's own stands: who claimed it, when they meet, and where. */
function requestStanding(request: Request, view: View): Inline[] {
  switch (request.status) {
    case 'CLAIMED':
      return [...standing(request), ...(request.claimedAt ? [' · ', ago(request.claimedAt)] : [])];
    case 'SCHEDULED':
      return [...standing(request), ...withWhom(request, view), ...callLink(request)];
    case 'COMPLETED':
      return [
        badge(request),
        ...(request.session ? [' · ', at(request.session.startsAt)] : []),
        ...withWhom(request, view),
      ];
    default:
      return standing(request);
  }
}

function pastItem(request: Request, view: View): (Block | null)[] {
  const { session } = request;
  const rating = session?.feedback.find(({ memberId }) => memberId === view.me)?.rating ?? null;
  return [
    text(
      bold(request.title),
      ...(session ? ['\n', at(session.startsAt)] : []),
      ...withWhom(request, view),
      ...(rating === null ? [] : [' · ', say('you gave it {rating} of 5', { rating })]),
    ),
    steps(request, view),
  ];
}

function mentorParts(mentor: NonNullable<Dashboard['mentor']>, view: View): (Block | null)[] {
  const { claims, open, topics } = mentor;
  return [
    ...part(say('What I claimed'), 'claims', claims, (request) => claimItem(request, view)),
    ...part(
      say('Requests that wait for a mentor'),
      'open',
      open,
      (request) => openItem(request, topics, view),
      [
        text(
          say('Nobody waits for a mentor right now. New requests appear here and in the mentors channel.'),
        ),
      ],
    ),
    ...availabilityPart(mentor, view),
  ];
}

function claimItem(request: Request, view: View): (Block | null)[] {
  const { claimedAt } = request;
  const back: Inline[] =
    claimedAt && owesTime(request, view.now)
      ? [
          '\n',
          say('Without a time it goes back to all mentors: {when}', {
            when: at(givenBackAt({ ...request, claimedAt })),
          }),
        ]
      : [];
  return [
    text(
      bold(request.title),
      '\n',
      badge(request),
      ...(claimedAt ? [' ', ago(claimedAt)] : []),
      ' · ',
      mention(request.student),
      ...(request.proposal ? [' · ', say('proposed: {when}', { when: at(request.proposal.startsAt) })] : []),
      ...back,
    ),
    steps(request, view),
  ];
}

function openItem(request: Request, topics: readonly string[], view: View): (Block | null)[] {
  const held = heldWords(request, view.now);
  const fitting = topicsOf(request, topics);
  return [
    text(
      bold(request.title),
      '\n',
      request.urgency === 'high' ? '🔥 ' : '',
      sessionTypeLabels[request.sessionType],
      ' · ',
      minutesLong(request.durationMinutes),
      ' · ',
      mention(request.student),
      ' · ',
      say('asked {when}', { when: ago(request.createdAt) }),
      ...(fitting.length > 0
        ? ['\n⭐ ', say('About your topics: {topics}', { topics: bold(fitting.join(', ')) })]
        : []),
      ...(fitting.length === 0 && request.tags.length > 0
        ? ['\n', say('Tags: {tags}', { tags: request.tags.join(', ') })]
        : []),
      ...(held.length > 0 ? ['\n', ...held] : []),
    ),
    buttons(
      ...waysIn(request, view.now, view.me).slice(0, STEPS_SHOWN - 1),
      button(say('Details'), 'request.details', about(request)),
    ),
  ];
}

function availabilityPart(
  { availability, topics }: NonNullable<Dashboard['mentor']>,
  view: View,
): (Block | null)[] {
  const paused = isPaused(availability, view.now);
  return [
    divider,
    heading(say('When I have time')),
    text(...availabilityStanding(availability, paused)),
    facts(
      [say('Every week'), availability.weekly.length > 0 ? weekWords(availability.weekly) : say('Any time')],
      [
        say('My topics'),
        topics.join(', ') || say('None yet. Name some, and I ask you first when somebody needs them.'),
      ],
    ),
    buttons(
      button(say('My availability'), 'availability.show'),
      paused ? button(say('Resume'), 'availability.resume') : button(say('Pause'), 'availability.pause'),
      button(say('My topics'), 'mentor.topics'),
    ),
  ];
}
