import type { Page } from '../core/ports.ts';
import type { Request } from '../core/request.ts';
import {
  type Block,
  type Button,
  button,
  buttons,
  type Card,
  card,
  type Inline,
  mention,
  note,
  text,
} from './card.ts';
import { about, nextSteps, titleLine, type View } from './parts.ts';
import { heldWords, waysIn } from './question-parts.ts';
import { counted, say, type Words } from './words.ts';

/** A list shows this many buttons beside each request, so that it fits every platform's message. */
const STEPS_SHOWN = 3;

interface ListWords {
  title: Words;
  /** Intent that shows another page. */
  intent: string;
  empty: Words;
  tabs: Button[];
  /** What the reader can say about themselves, in a row of its own. */
  mine?: Button[];
}

const list = (words: ListWords, page: Page<Request>, item: (request: Request) => (Block | null)[]): Card =>
  card(
    'neutral',
    words.title,
    ...(page.total === 0 ? [text(words.empty)] : page.items.flatMap(item)),
    page.pages > 1
      ? note(
          say('Page {page} of {pages}', { page: page.page, pages: page.pages }),
          ' · ',
          counted(page.total, '{count} request', '{count} requests'),
        )
      : null,
    buttons(
      page.page > 1 ? button(say('Previous'), words.intent, { page: String(page.page - 1) }) : null,
      page.page < page.pages ? button(say('Next'), words.intent, { page: String(page.page + 1) }) : null,
      ...words.tabs,
    ),
    buttons(...(words.mine ?? [])),
  );

const withSteps = (request: Request, view: View): (Block | null)[] => [
  text(...titleLine(request)),
  buttons(
    ...nextSteps(request, view).slice(0, STEPS_SHOWN),
    button(say('Details'), 'request.details', about(request)),
  ),
];

const mySettings = button(say('My settings'), 'settings.show');

export const myRequestsCard = (page: Page<Request>, view: View): Card =>
  list(
    {
      title: say('My requests'),
      intent: 'request.list',
      empty: say('You have no requests yet. Ask for your first mini session: it takes a minute.'),
      tabs: [
        button(say('Ask for a mini session'), 'request.new', {}, 'primary'),
        button(say('My sessions'), 'session.list'),
      ],
      mine: [mySettings],
    },
    page,
    (request) => withSteps(request, view),
  );

export const mySessionsCard = (page: Page<Request>, view: View): Card =>
  list(
    {
      title: say('My sessions'),
      intent: 'session.list',
      empty: say('No session is set yet. Once a mentor schedules one of your requests, it is here.'),
      tabs: [button(say('My requests'), 'request.list')],
      mine: [mySettings],
    },
    page,
    (request) => withSteps(request, view),
  );

const mentorTabs = [
  button(say('Open requests'), 'mentor.open'),
  button(say('What I claimed'), 'mentor.claimed'),
  button(say('My sessions'), 'mentor.sessions'),
];
const tabsWithout = (intent: string): Button[] => mentorTabs.filter((tab) => tab.intent !== intent);

const held = (request: Request, { now }: View): Inline[] => {
  const words = heldWords(request, now);
  return words.length > 0 ? ['\n', ...words] : [];
};

export const openRequestsCard = (page: Page<Request>, view: View): Card =>
  list(
    {
      title: say('Requests that wait for a mentor'),
      intent: 'mentor.open',
      empty: say('Nobody waits for a mentor right now. New requests appear in the mentors channel.'),
      tabs: tabsWithout('mentor.open'),
      mine: [
        button(say('My topics'), 'mentor.topics'),
        button(say('My availability'), 'availability.show'),
        mySettings,
      ],
    },
    page,
    (request) => [
      text(...titleLine(request), ' · ', mention(request.student), ...held(request, view)),
      buttons(
        ...waysIn(request, view.now, view.me).slice(0, STEPS_SHOWN - 1),
        button(say('Details'), 'request.details', about(request)),
      ),
    ],
  );

export const claimedRequestsCard = (page: Page<Request>, view: View): Card =>
  list(
    {
      title: say('What I claimed'),
      intent: 'mentor.claimed',
      empty: say('You hold no request. The open ones wait for you in the mentors channel.'),
      tabs: tabsWithout('mentor.claimed'),
    },
    page,
    (request) => withSteps(request, view),
  );

export const mentorSessionsCard = (page: Page<Request>, view: View): Card =>
  list(
    {
      title: say('My sessions as a mentor'),
      intent: 'mentor.sessions',
      empty: say('No session yet. Claim a request and schedule it, and it is here.'),
      tabs: tabsWithout('mentor.sessions'),
    },
    page,
    (request) => withSteps(request, view),
  );

/** The answer to a mentor who said what they know well. */
export const topicsSavedAnswer = (topics: string[]): Card => {
  const next = buttons(
    button(say('Open requests'), 'mentor.open'),
    button(say('Change topics'), 'mentor.topics'),
  );
  return topics.length > 0
    ? card(
        'good',
        say('Your topics are saved'),
        text({ bold: topics.join(', ') }),
        text(say('When somebody asks about one of them, I tell you by direct message.')),
        next,
      )
    : card(
        'neutral',
        say('You have no topics now'),
        text(say('Requests still appear in the mentors channel.')),
        next,
      );
};
