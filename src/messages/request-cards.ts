import type { Request } from '../core/request.ts';
import { at, button, buttons, type Card, card, facts, mention, note, quote, text } from './card.ts';
import { durationWords } from './durations.ts';
import { badge, statusWords } from './labels.ts';
import { about, nextSteps, requestFacts, standing, timeLines, type View } from './parts.ts';
import { heldLine, questionLines, waysIn } from './question-parts.ts';

/** The card in the mentors channel: one look to decide, one press to claim. It follows the request to its end. */
export function requestCard(request: Request, { now }: View): Card {
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
        note('Waits for a mentor until ', at(request.expiresAt)),
        buttons(...waysIn(request, now)),
      );
    case 'CLAIMED':
      return card(
        'neutral',
        request.title,
        facts,
        quote(request.description),
        text(badge(request), ' by ', mentor(request)),
      );
    case 'SCHEDULED':
      return card(
        'neutral',
        request.title,
        facts,
        text(badge(request), ' by ', mentor(request), ...(session ? [' for ', at(session.startsAt)] : [])),
      );
    case 'COMPLETED':
      return card(
        'good',
        request.title,
        text(
          badge(request),
          ' · ',
          mentor(request),
          session?.outcome === 'HELD' ? ' helped ' : ' and ',
          mention(request.student),
        ),
      );
    case 'CANCELLED':
    case 'EXPIRED':
      return card(
        'neutral',
        request.title,
        text(badge(request), ' · This request was ', statusWords[request.status], '.'),
      );
  }
}

const mentor = (request: Request) => (request.mentor ? mention(request.mentor) : 'a mentor');

/** To the student, right after sending: it arrived, and what happens next. */
export const requestReceivedCard = (request: Request): Card =>
  card(
    'good',
    'Your request is with the mentors',
    text({ bold: request.title }),
    facts(
      ['Duration', `${request.durationMinutes} minutes`],
      ['Preferred times', timeLines(request.preferredTimes)],
      request.tags.length > 0 ? ['Tags', request.tags.join(', ')] : null,
    ),
    text(
      'I tell you by direct message as soon as a mentor claims it. If nobody does until ',
      at(request.expiresAt),
      ', I tell you too, and you can renew it with one press.',
    ),
    buttons(
      button('My requests', 'request.list'),
      button('Cancel request', 'request.cancel', about(request), 'danger'),
    ),
  );

/** To the mentor who won the claim. */
export const requestClaimedAnswer = (request: Request): Card =>
  card(
    'good',
    'It is yours',
    text(
      'You claimed ',
      { bold: request.title },
      ' by ',
      mention(request.student),
      '. They know already. Agree on a time next:',
    ),
    facts(['Preferred times', timeLines(request.preferredTimes)]),
    buttons(
      button('Schedule', 'session.options', about(request), 'primary'),
      button('Release', 'request.release', about(request), 'danger'),
      button('Details', 'request.details', about(request)),
    ),
    note('You find it again with /mini-mentor.'),
  );

export const requestReleasedAnswer = (request: Request): Card =>
  card(
    'neutral',
    'You gave it back',
    text(
      { bold: request.title },
      ' waits for another mentor again, and ',
      mention(request.student),
      ' knows.',
    ),
    buttons(button('Open requests', 'mentor.open')),
  );

export const requestCancelledAnswer = (request: Request): Card =>
  card(
    'neutral',
    'Your request is cancelled',
    text(
      { bold: request.title },
      request.mentor ? ' is off, and your mentor knows.' : ' is off the mentors’ list.',
    ),
    buttons(button('Ask again', 'request.new'), button('My requests', 'request.list')),
  );

export const requestRenewedAnswer = (request: Request): Card =>
  card(
    'good',
    'Your request is open again',
    text({ bold: request.title }, ' is back with the mentors until ', at(request.expiresAt), '.'),
    buttons(button('My requests', 'request.list')),
  );

/** One request, in full. */
export const requestDetailsCard = (request: Request, view: View): Card =>
  card(
    'neutral',
    request.title,
    text(...standing(request)),
    requestFacts(request),
    quote(request.description),
    request.mentor ? facts(['Mentor', mention(request.mentor)]) : null,
    ...heldLine(request, view.now),
    ...questionLines(request),
    buttons(...nextSteps(request, view)),
  );

/** Notices to the student. */
export const claimedNotice = (request: Request): Card =>
  card(
    'good',
    'A mentor claimed your request',
    text(
      mentor(request),
      ' takes ',
      { bold: request.title },
      '. You hear from me as soon as the time is set.',
    ),
    buttons(button('Details', 'request.details', about(request))),
  );

export const releasedNotice = (request: Request, mentorName: string, reason: string): Card =>
  card(
    'waiting',
    'Your request is open again',
    text(
      { bold: mentorName },
      ' cannot take ',
      { bold: request.title },
      ' after all. It is back with all mentors, and I tell you when one claims it. Any time that was set no longer holds.',
    ),
    quote(reason),
    buttons(
      button('My requests', 'request.list'),
      button('Cancel request', 'request.cancel', about(request), 'danger'),
    ),
  );

export const expiredNotice = (request: Request): Card =>
  card(
    'waiting',
    'Nobody could take your request in time',
    text(
      'I am sorry: no mentor claimed ',
      { bold: request.title },
      `. Renew it to ask again for ${durationWords(request.settings.openFor)} as it is, or send a new one: a wider choice of times helps.`,
    ),
    buttons(
      button('Renew', 'request.renew', about(request), 'primary'),
      button('Send a new one', 'request.new'),
    ),
  );

/** Notice to the mentor who held it. */
export const cancelledNotice = (request: Request, reason: string): Card =>
  card(
    'neutral',
    'The student cancelled',
    text(
      mention(request.student),
      ' took back ',
      { bold: request.title },
      '. There is nothing left for you to do; thank you for offering.',
    ),
    quote(reason),
    buttons(button('Open requests', 'mentor.open')),
  );

export const cannotReachNotice = (request: Request, view: View): Card => {
  const other = view.me === request.student.id ? request.mentor : request.student;
  return card(
    'bad',
    'My messages do not reach the other side',
    text(
      'I cannot send direct messages to ',
      other ? mention(other) : 'the other side',
      ' about ',
      { bold: request.title },
      ': they are closed. Please write to them yourself, so that nobody waits in vain.',
    ),
  );
};
