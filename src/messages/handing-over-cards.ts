import { plannedSession, type Request } from '../core/request.ts';
import type { OtherMentors } from '../core/use-cases/find-mentors.ts';
import { REASON_LIMIT } from '../core/use-cases/input.ts';
import {
  at,
  type Block,
  bold,
  button,
  buttons,
  type Card,
  card,
  facts,
  type Inline,
  mention,
  note,
  quote,
  text,
} from './card.ts';
import type { Form } from './form.ts';
import { about, isMentorOf, linkText, nextSteps, requestFacts, takeOverSteps, type View } from './parts.ts';
import { say, type Words } from './words.ts';

/** How many buttons stand beside each other. */
const ROW = 5;

/**
 * The mentor chooses whom to ask. By name on a button: people's own pickers know one platform, and Discord's knows
 * nobody in direct messages.
 */
export function otherMentorsCard({ request, mentors }: OtherMentors): Card {
  const choices = mentors.items.map(({ person }) =>
    button(person.name, 'request.hand-to', { ...about(request), mentorId: person.id }),
  );
  const knowing = mentors.items.filter(({ topics }) => topics.length > 0);
  const turn = (label: Words, page: number) =>
    button(label, 'request.hand-over', { ...about(request), page: String(page) });
  return card(
    'neutral',
    say('Who could take it over?'),
    text(bold(request.title)),
    text(
      mentors.total === 0
        ? say(
            'I know no other mentor yet. Whoever types /mini-mentor once is on the list; you can also release it for all.',
          )
        : say('I ask them by direct message. Until they accept, it stays with you.'),
    ),
    knowing.length > 0
      ? facts(...knowing.map(({ person, topics }): [string, string] => [person.name, topics.join(', ')]))
      : null,
    buttons(...choices.slice(0, ROW)),
    buttons(...choices.slice(ROW)),
    mentors.pages > 1
      ? note(say('Page {page} of {pages}', { page: mentors.page, pages: mentors.pages }))
      : null,
    buttons(
      mentors.page > 1 ? turn(say('Previous'), mentors.page - 1) : null,
      mentors.page < mentors.pages ? turn(say('Next'), mentors.page + 1) : null,
    ),
  );
}

/** A word for the mentor who is asked. */
export const handOverForm = (args: Record<string, string>): Form => ({
  title: say('Hand it over'),
  submit: say('Ask them'),
  intent: 'request.offer',
  args,
  intro: say('Until they accept it stays with you. A time that is set moves over when they are free then.'),
  fields: [
    {
      field: 'text',
      name: 'word',
      label: say('A word'),
      hint: say('Why you ask, and what they should know.'),
      required: false,
      long: true,
      minLength: 0,
      maxLength: REASON_LIMIT,
    },
  ],
});

const asked = (request: Request): Inline => (request.offer ? mention(request.offer.to) : say('Nobody'));
const titled = (request: Request) => ({ title: bold(request.title) });

/** For the two mentors, while one asks the other. */
export const offerLine = (request: Request, view: View): Block[] =>
  request.offer && request.student.id !== view.me
    ? [text('🤝 ', say('{mentor} is asked to take it over.', { mentor: asked(request) }))]
    : [];

export const takeOverAskedAnswer = (request: Request): Card =>
  card(
    'waiting',
    say('I asked them'),
    text(
      say('{mentor} is asked to take over {title}. It stays with you until they accept.', {
        mentor: asked(request),
        ...titled(request),
      }),
    ),
    buttons(button(say('Keep it'), 'request.keep', about(request))),
  );

export const keptAnswer = (request: Request, view: View): Card =>
  card(
    'good',
    say('You keep it'),
    text(say('{title} stays with you.', titled(request))),
    buttons(...nextSteps(request, view)),
  );

/** When and where a planned session is. */
const planOf = (request: Request): Block | null => {
  const planned = plannedSession(request);
  return planned ? facts([say('When'), at(planned.startsAt)], [say('Video call'), linkText(planned)]) : null;
};

/** To the mentor who is asked. @returns null when they are asked no more */
export function takeOverNotice(request: Request, view: View): Card | null {
  const planned = plannedSession(request);
  if (request.offer?.to.id !== view.me || (planned && planned.startsAt <= view.now)) return null;
  return card(
    'waiting',
    say('Could you take this over?'),
    text(
      say('{mentor} asks whether you can be the mentor of:', {
        mentor: request.mentor ? mention(request.mentor) : say('A mentor'),
      }),
    ),
    text(bold(request.title)),
    quote(request.offer?.word ?? ''),
    planOf(request),
    requestFacts(request),
    quote(request.description),
    note(
      planned
        ? say(
            'When you accept and are free then, the session stays as it is; else you and the student find another time.',
          )
        : say('When you accept, you and the student find a time.'),
    ),
    buttons(...takeOverSteps(request)),
  );
}

/** In place of the question, once it was answered or taken back. */
export const offerEndedCard = (request: Request, view: View): Card => {
  const { mentor } = request;
  if (isMentorOf(request, view)) {
    return card('good', say('It is yours now'), text(say('{title} is with you.', titled(request))));
  }
  return card(
    'neutral',
    say('You are not asked any more'),
    text(
      mentor
        ? say('{title} is with {mentor}. There is nothing left for you to do.', {
            mentor: mention(mentor),
            ...titled(request),
          })
        : say('There is nothing left for you to do about {title}.', titled(request)),
    ),
  );
};

/** To the mentor who asked. @returns null when they hold it no more */
export const takeOverDeclinedNotice = (request: Request, by: string, view: View): Card | null =>
  isMentorOf(request, view)
    ? card(
        'waiting',
        say('They cannot take it over'),
        text(
          say('{mentor} cannot take over {title}, so it stays with you.', {
            mentor: bold(by),
            ...titled(request),
          }),
        ),
        buttons(...nextSteps(request, view)),
      )
    : null;

/** To the mentor who asked, once it is done. */
export const takenOverNotice = (request: Request, by: string): Card =>
  card(
    'good',
    say('It is taken over'),
    text(
      say(
        '{mentor} has taken over {title}, and the student knows. There is nothing left for you to do; thank you.',
        { mentor: bold(by), ...titled(request) },
      ),
    ),
    buttons(button(say('Open requests'), 'mentor.open')),
  );

/** To the student. @param was who it was, and whether the link is another one @returns null when it changed again */
export function mentorChangedNotice(request: Request, was: Record<string, string>, view: View): Card | null {
  if (!request.mentor || (request.status !== 'CLAIMED' && request.status !== 'SCHEDULED')) return null;
  const given = { mentor: mention(request.mentor), former: bold(was.from ?? ''), ...titled(request) };
  return card(
    'good',
    say('You have another mentor now'),
    text(
      plannedSession(request)
        ? was.link
          ? say('{mentor} takes over {title} from {former}. The time stays; the link is another one.', given)
          : say('{mentor} takes over {title} from {former}. The time and the link stay as they are.', given)
        : say(
            '{mentor} takes over {title} from {former}. You hear from me as soon as the time is set; one that was set before no longer holds.',
            given,
          ),
    ),
    planOf(request),
    buttons(...nextSteps(request, view)),
  );
}

/** In place of the session's card, for the mentor who had it. */
export const sessionGivenCard = (request: Request): Card =>
  card(
    'neutral',
    say('Another mentor has this session now'),
    text(
      say('{title} is with {mentor}. There is nothing left for you to do.', {
        mentor: request.mentor ? mention(request.mentor) : say('another mentor'),
        ...titled(request),
      }),
    ),
  );

/** To the mentor who took it over. */
export const takenOverAnswer = (request: Request, view: View): Card =>
  card(
    'good',
    say('It is yours now'),
    text(
      say('{title} by {student} is with you, and both know.', {
        student: mention(request.student),
        ...titled(request),
      }),
    ),
    planOf(request),
    request.session?.status === 'CANCELLED'
      ? text(say('You have another session at the time that was set, so it is off. Please agree on another:'))
      : null,
    buttons(...nextSteps(request, view)),
  );

export const handOverDeclinedAnswer = (request: Request): Card =>
  card(
    'neutral',
    say('You declined'),
    text(say('{title} stays where it is, and the mentor who asked you knows.', titled(request))),
    buttons(button(say('Open requests'), 'mentor.open')),
  );
