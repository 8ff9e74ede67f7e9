import type { Request } from '../core/request.ts';
import { at, bold, button, buttons, type Card, card, facts, mention, note, quote, text } from './card.ts';
import { durationWords } from './durations.ts';
import { followUpLines } from './feedback-cards.ts';
import { offerLine } from './handing-over-cards.ts';
import { badge, minutesLong, stageWords, statusWords } from './labels.ts';
import { about, nextSteps, requestFacts, standing, timeLines, type View } from './parts.ts';
import { heldLine, questionLines, waysIn } from './question-parts.ts';
import { say } from './words.ts';

/** The card in the mentors channel: one look to decide, one press to claim. It follows the request to its end. */
export const requestCard = (request: Request, view: View): Card => ({
  ...cardOf(request, view),
  stage: { label: stageWords[request.status], over: isOver(request) },
});

const isOver = ({ status }: Request): boolean =>
  status === 'COMPLETED' || status === 'CANCELLED' || status === 'EXPIRED';

function cardOf(request: Request, { now }: View): Card {
  const { session } = request;
  const facts = requestFacts(request);
  switch (request.status) {
    case 'OPEN':
      return card(
        request.urgency === 'high' ? 'urgent' : 'waiting',
        request.title,
        facts,
        quote(request.description),
        ...heldLine(request, now),
        note(say('Waits for a mentor until {time}', { time: at(request.expiresAt) })),
        buttons(...waysIn(request, now)),
      );
    case 'CLAIMED':
      return card(
        'neutral',
        request.title,
        facts,
        quote(request.description),
        text(say('{status} by {mentor}', { status: badge(request), mentor: mentor(request) })),
      );
    case 'SCHEDULED':
      return card(
        'neutral',
        request.title,
        facts,
        text(
          session
            ? say('{status} by {mentor} for {time}', {
                status: badge(request),
                mentor: mentor(request),
                time: at(session.startsAt),
              })
            : say('{status} by {mentor}', { status: badge(request), mentor: mentor(request) }),
        ),
      );
    case 'COMPLETED':
      return card(
        'good',
        request.title,
        text(
          badge(request),
          ' · ',
          say(session?.outcome === 'HELD' ? '{mentor} helped {student}' : '{mentor} and {student}', {
            mentor: mentor(request),
            student: mention(request.student),
          }),
        ),
      );
    case 'CANCELLED':
    case 'EXPIRED':
      return card(
        'neutral',
        request.title,
        text(
          badge(request),
          ' · ',
          say('This request was {status}.', { status: statusWords[request.status] }),
        ),
      );
  }
}

const mentor = (request: Request) => (request.mentor ? mention(request.mentor) : say('a mentor'));

/** To the student, right after sending: it arrived, and what happens next. */
export const requestReceivedCard = (request: Request): Card =>
  card(
    'good',
    say('Your request is with the mentors'),
    text({ bold: request.title }),
    facts(
      [say('Duration'), minutesLong(request.durationMinutes)],
      [say('Preferred times'), timeLines(request.preferredTimes)],
      request.tags.length > 0 ? [say('Tags'), request.tags.join(', ')] : null,
    ),
    text(
      say(
        'I tell you by direct message as soon as a mentor claims it. If nobody does until {time}, I tell you too, and you can renew it with one press.',
        { time: at(request.expiresAt) },
      ),
    ),
    buttons(
      button(say('My requests'), 'request.list'),
      button(say('Cancel request'), 'request.cancel', about(request), 'danger'),
    ),
  );

/** To the mentor who won the claim. */
export const requestClaimedAnswer = (request: Request): Card =>
  card(
    'good',
    say('It is yours'),
    text(
      say('You claimed {title} by {student}. They know already. Agree on a time next:', {
        title: bold(request.title),
        student: mention(request.student),
      }),
    ),
    facts([say('Preferred times'), timeLines(request.preferredTimes)]),
    buttons(
      button(say('Schedule'), 'session.options', about(request), 'primary'),
      button(say('Release'), 'request.release', about(request), 'danger'),
      button(say('Details'), 'request.details', about(request)),
    ),
    note(say('You find it again with /mini-mentor.')),
  );

export const requestReleasedAnswer = (request: Request): Card =>
  card(
    'neutral',
    say('You gave it back'),
    text(
      say('{title} waits for another mentor again, and {student} knows.', {
        title: bold(request.title),
        student: mention(request.student),
      }),
    ),
    buttons(button(say('Open requests'), 'mentor.open')),
  );

export const requestCancelledAnswer = (request: Request): Card =>
  card(
    'neutral',
    say('Your request is cancelled'),
    text(
      say(request.mentor ? '{title} is off, and your mentor knows.' : '{title} is off the mentors’ list.', {
        title: bold(request.title),
      }),
    ),
    buttons(button(say('Ask again'), 'request.new'), button(say('My requests'), 'request.list')),
  );

export const requestRenewedAnswer = (request: Request): Card =>
  card(
    'good',
    say('Your request is open again'),
    text(
      say('{title} is back with the mentors until {time}.', {
        title: bold(request.title),
        time: at(request.expiresAt),
      }),
    ),
    buttons(button(say('My requests'), 'request.list')),
  );

/** One request, in full. */
export const requestDetailsCard = (request: Request, view: View): Card =>
  card(
    'neutral',
    request.title,
    text(...standing(request)),
    requestFacts(request),
    quote(request.description),
    request.mentor ? facts([say('Mentor'), mention(request.mentor)]) : null,
    ...heldLine(request, view.now),
    ...offerLine(request, view),
    ...questionLines(request),
    ...(request.session ? followUpLines(request.session) : []),
    buttons(...nextSteps(request, view)),
  );

/** Notices to the student. */
export const claimedNotice = (request: Request): Card =>
  card(
    'good',
    say('A mentor claimed your request'),
    text(
      say('{mentor} takes {title}. You hear from me as soon as the time is set.', {
        mentor: mentor(request),
        title: bold(request.title),
      }),
    ),
    buttons(button(say('Details'), 'request.details', about(request))),
  );

export const releasedNotice = (request: Request, mentorName: string, reason: string): Card =>
  card(
    'waiting',
    say('Your request is open again'),
    text(
      say(
        '{mentor} cannot take {title} after all. It is back with all mentors, and I tell you when one claims it. Any time that was set no longer holds.',
        { mentor: bold(mentorName), title: bold(request.title) },
      ),
    ),
    quote(reason),
    buttons(
      button(say('My requests'), 'request.list'),
      button(say('Cancel request'), 'request.cancel', about(request), 'danger'),
    ),
  );

export const expiredNotice = (request: Request): Card =>
  card(
    'waiting',
    say('Nobody could take your request in time'),
    text(
      say(
        'I am sorry: no mentor claimed {title}. Renew it to ask again for {duration} as it is, or send a new one: a wider choice of times helps.',
        { title: bold(request.title), duration: durationWords(request.settings.openFor) },
      ),
    ),
    buttons(
      button(say('Renew'), 'request.renew', about(request), 'primary'),
      button(say('Send a new one'), 'request.new'),
    ),
  );

/** Notice to the mentor who held it. */
export const cancelledNotice = (request: Request, reason: string): Card =>
  card(
    'neutral',
    say('The student cancelled'),
    text(
      say('{student} took back {title}. There is nothing left for you to do; thank you for offering.', {
        student: mention(request.student),
        title: bold(request.title),
      }),
    ),
    quote(reason),
    buttons(button(say('Open requests'), 'mentor.open')),
  );

export const cannotReachNotice = (request: Request, view: View): Card => {
  const other = view.me === request.student.id ? request.mentor : request.student;
  return card(
    'bad',
    say('My messages do not reach the other side'),
    text(
      say(
        'I cannot send direct messages to {person} about {title}: they are closed. Please write to them yourself, so that nobody waits in vain.',
        { person: other ? mention(other) : say('the other side'), title: bold(request.title) },
      ),
    ),
  );
};
