import type { CommunitySettings } from '../core/community.ts';
import type { Attention, Candidate, Numbers, Some } from '../core/coordination.ts';
import { type Language, languages } from '../core/language.ts';
import type { Request } from '../core/request.ts';
import {
  at,
  type Block,
  bold,
  button,
  buttons,
  type Card,
  card,
  facts,
  fromNow,
  type Inline,
  mention,
  note,
  text,
} from './card.ts';
import { durationWords, quietWords, remindersInWords } from './durations.ts';
import { urgencyWords } from './labels.ts';
import { about } from './parts.ts';
import { reminderButtons } from './settings/reminders.ts';
import { brokenBlocks, providerWords } from './way-to-meet-cards.ts';
import { counted, say, type Words } from './words.ts';

// What coordinators see with /mini-admin.

/** How many mentors are offered at once: three rows of buttons. */
const MENTORS_SHOWN = 12;
/** What a platform said, shortened: the log has all of it. */
const WHY_SHOWN = 150;

const tabs = (...but: string[]): Block | null =>
  buttons(
    ...[
      button(say('What needs you'), 'admin.show'),
      button(say('Numbers'), 'admin.numbers'),
      button(say('Settings'), 'admin.settings'),
      button(say('Set-up'), 'admin.set-up'),
      button(say('Post a request button'), 'admin.panel'),
    ].filter(({ intent }) => !but.includes(intent)),
  );

/** What needs a coordinator now, each with the way to deal with it. */
export function attentionCard(attention: Attention): Card {
  const { waiting, untimed, linkless, broken, unreachable, dead } = attention;
  const nothing = [waiting, untimed, linkless, broken, unreachable, dead].every(({ total }) => total === 0);
  if (nothing) {
    return card(
      'good',
      say('Nothing needs you'),
      text(say('Every request is looked after, and every message arrived.')),
      tabs('admin.show'),
    );
  }
  return card(
    dead.total > 0 || waiting.total > 0 || broken.total > 0 ? 'urgent' : 'waiting',
    say('What needs you'),
    ...section(say('Requests without a mentor'), waiting, (request) => [
      text({ bold: request.title }, ' · ', mention(request.student), ' · ', fromNow(request.createdAt)),
      buttons(
        button(say('Assign a mentor'), 'admin.mentors', about(request), 'primary'),
        button(say('Details'), 'request.details', about(request)),
      ),
    ]),
    ...section(say('Claims without a time'), untimed, (request) => [
      text({ bold: request.title }, ' · ', ...heldBy(request)),
      buttons(
        button(say('Give back'), 'admin.back', about(request), 'danger'),
        button(say('Details'), 'request.details', about(request)),
      ),
    ]),
    linkless.total > 0
      ? facts([
          say('Sessions without a link'),
          [
            ...linkless.items.flatMap((request, index): Inline[] => [
              index > 0 ? '\n' : '',
              { bold: request.title },
              ' · ',
              ...(request.session ? [at(request.session.startsAt)] : []),
              ...(request.mentor ? [' · ', mention(request.mentor)] : []),
            ]),
            ...more(linkless),
          ],
        ])
      : null,
    ...(broken.total > 0
      ? [
          text({ bold: say('Meeting links do not work as they should') }, ...more(broken)),
          ...brokenBlocks(broken.items),
        ]
      : []),
    unreachable.total > 0
      ? facts([
          say('People whose direct messages are closed to me'),
          [unreachable.items.map(({ name }) => name).join(', '), ...more(unreachable)],
        ])
      : null,
    ...section(say('Messages that I gave up'), dead, ({ id, title, why }) => [
      text({ bold: title }, ' · ', why.slice(0, WHY_SHOWN)),
      buttons(button(say('Try again'), 'admin.retry', { noticeId: id })),
    ]),
    tabs('admin.show'),
  );
}

const heldBy = ({ mentor, claimedAt }: Request): Inline[] => [
  ...(mentor ? [mention(mentor)] : []),
  ...(claimedAt ? [' · ', fromNow(claimedAt)] : []),
];

function section<T>(title: Words, some: Some<T>, item: (each: T) => (Block | null)[]): (Block | null)[] {
  if (some.total === 0) return [];
  return [text({ bold: title }, ...more(some)), ...some.items.flatMap(item)];
}

const more = ({ items, total }: Some<unknown>): Inline[] =>
  total > items.length ? [' · ', say('{shown} of {total}', { shown: items.length, total })] : [];

/** After a claim was given back. */
export const takenBackAnswer = (request: Request): Card =>
  card(
    'good',
    say('It is with all mentors again'),
    text(say('Both know. {title} comes before the other requests.', { title: { bold: request.title } })),
    buttons(
      button(say('Assign a mentor'), 'admin.mentors', about(request)),
      button(say('What needs you'), 'admin.show'),
    ),
  );

/** The mentors to whom a request can be given. */
export function candidatesCard({ request, candidates }: { request: Request; candidates: Candidate[] }): Card {
  const shown = candidates.slice(0, MENTORS_SHOWN);
  return card(
    'neutral',
    say('Who takes it on?'),
    text({ bold: request.title }, ' · ', mention(request.student), ' · ', urgencyWords[request.urgency]),
    shown.length > 0
      ? note(say('Ask them first: whom you choose holds it at once, and can still give it back.'))
      : text(say('There is no mentor whom I know and who is not on a pause.')),
    shown.length > 0
      ? facts(
          ...shown.map(({ name, topics, holds }): [string, Inline[]] => [
            name,
            [
              counted(holds, 'holds {count} request', 'holds {count} requests'),
              ...(topics.length > 0 ? [` · ${topics.join(', ')}`] : []),
            ],
          ]),
        )
      : null,
    ...rows(shown).map((row) =>
      buttons(
        ...row.map(({ memberId, name }) =>
          button(name.slice(0, 40), 'admin.assign', { ...about(request), mentorId: memberId }),
        ),
      ),
    ),
    buttons(button(say('What needs you'), 'admin.show')),
  );
}

const rows = <T>(items: readonly T[]): T[][] =>
  [0, 4, 8].map((from) => items.slice(from, from + 4)).filter((row) => row.length > 0);

/** After a request was given to a mentor. */
export const assignedAnswer = (request: Request): Card =>
  card(
    'good',
    say('It has a mentor'),
    text(
      say('{mentor} holds {title} now, and both know.', {
        mentor: request.mentor ? mention(request.mentor) : '?',
        title: { bold: request.title },
      }),
    ),
    buttons(button(say('What needs you'), 'admin.show')),
  );

/** How the programme went. */
export const numbersCard = (numbers: Numbers): Card =>
  card(
    'neutral',
    say('The last 30 days'),
    facts(
      [
        say('Requests'),
        say('{opened} opened, {claimed} of them claimed', {
          opened: numbers.opened,
          claimed: numbers.claimed,
        }),
      ],
      [
        say('Waiting for a mentor'),
        numbers.claimedWithin === null
          ? say('Nothing to tell yet')
          : say('Half of them within {time}', { time: waitWords(numbers.claimedWithin) }),
      ],
      [say('Sessions held'), String(numbers.held)],
      [say('Somebody did not come'), String(numbers.missed)],
      [say('Called off late'), String(numbers.calledOffLate)],
      [
        say('Students rated'),
        numbers.rating === null
          ? say('Nothing to tell yet')
          : say('{rating} of 5', { rating: oneDigit(numbers.rating) }),
      ],
    ),
    note(say('Whoever runs the bot gets all of it as tables for a spreadsheet, with the command “export”.')),
    tabs('admin.numbers'),
  );

const oneDigit = (value: number): number => Math.round(value * 10) / 10;
const MINUTES = 60_000;
const waitWords = (ms: number): Words =>
  ms < 60 * MINUTES
    ? counted(Math.max(1, Math.round(ms / MINUTES)), '{count} minute', '{count} minutes')
    : durationWords(ms);

/** Hours as a form's choice and a button hold them. */
const hours = (ms: number): string => String(Math.round(ms / (60 * MINUTES)));

/** What is set for the community, and the ways to change it. */
export function communityCard(settings: CommunitySettings): Card {
  const { circle, claim, openFor, quietHours, reminders, meetingProvider, language, timeZone } = settings;
  const byUrgency = (step: 'mentorsAgain' | 'coordinators'): Inline[] =>
    (['high', 'normal', 'low'] as const).flatMap((urgency, index): Inline[] => [
      index > 0 ? '\n' : '',
      urgencyWords[urgency],
      ': ',
      durationWords(circle[urgency][step]),
    ]);
  return card(
    'neutral',
    say('Settings of the programme'),
    facts(
      [say('Mentors are asked again after'), byUrgency('mentorsAgain')],
      [say('A request stays open for'), durationWords(openFor)],
      [say('You hear of it after'), byUrgency('coordinators')],
      [
        say('A claim without a time'),
        say(
          'The mentor is reminded after {nudge}, the student hears after {tell}, and it goes back after {back}',
          {
            nudge: durationWords(claim.nudge),
            tell: durationWords(claim.tellStudent),
            back: durationWords(claim.giveBack),
          },
        ),
      ],
      [say('Reminders of sessions'), remindersInWords(reminders)],
      [say('Quiet hours'), quietWords(quietHours)],
      [
        say('Meeting links'),
        meetingProvider === null ? say('As I was set up') : providerWords(meetingProvider),
      ],
      [say('Time zone'), timeZone ?? say('none')],
      [say('Language'), language === null ? say('As I was set up') : languageWords[language]],
    ),
    note(
      say(
        'People can choose reminders and quiet hours of their own. What is planned stays; claims and requests that wait go by the new times.',
      ),
    ),
    buttons(
      button(say('Asking mentors'), 'admin.mentor-times', {
        a: hours(circle.high.mentorsAgain),
        b: hours(circle.normal.mentorsAgain),
        c: hours(circle.low.mentorsAgain),
        d: hours(openFor),
      }),
      button(say('Telling coordinators'), 'admin.coordinator-times', {
        a: hours(circle.high.coordinators),
        b: hours(circle.normal.coordinators),
        c: hours(circle.low.coordinators),
      }),
      button(say('Claims'), 'admin.claim-times', {
        a: hours(claim.nudge),
        b: hours(claim.tellStudent),
        c: hours(claim.giveBack),
        d: hours(claim.withProposal),
      }),
      button(say('Reminders'), 'admin.reminders'),
      button(
        say('Quiet hours'),
        'admin.quiet',
        quietHours ? { since: String(quietHours.from), until: String(quietHours.to) } : { now: 'none' },
      ),
    ),
    buttons(
      button(say('Meeting links'), 'admin.links'),
      button(say('Language'), 'admin.language'),
      button(say('Time zone'), 'admin.zone', timeZone === null ? {} : { zone: timeZone }),
    ),
    tabs('admin.settings'),
  );
}

/** Which language the community is spoken to in, to be changed by a press. */
export const communityLanguageCard = ({ language }: CommunitySettings): Card =>
  card(
    'neutral',
    say('Language'),
    text(
      say(
        'In which I write to the channels, and to people of whom I do not know their own: {language}. Everybody else reads theirs.',
        { language: bold(language === null ? say('As I was set up') : languageWords[language]) },
      ),
    ),
    buttons(
      ...languages.map((each) =>
        button(
          languageWords[each],
          'admin.set-language',
          { language: each },
          each === language ? 'primary' : 'plain',
        ),
      ),
    ),
    buttons(button(say('Settings'), 'admin.settings')),
  );

/** A language as its speakers call it. */
const languageWords: Record<Language, string> = { en: 'English', es: 'Español' };

/** When people are reminded who chose nothing else, to be changed press by press. */
export const communityRemindersCard = ({ reminders }: CommunitySettings): Card =>
  card(
    'neutral',
    say('Reminders of sessions'),
    text(
      say('Who chose none of their own is reminded: {reminders}. A press turns one on or off.', {
        reminders: remindersInWords(reminders),
      }),
    ),
    ...reminderButtons(reminders, 'admin.remind'),
    note(say('It holds for sessions that are planned from now on.')),
    buttons(button(say('Settings'), 'admin.settings')),
  );
