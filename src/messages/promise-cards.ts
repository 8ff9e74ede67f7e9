import { givenBackAt, owesTime } from '../core/promises.ts';
import type { Request } from '../core/request.ts';
import {
  at,
  type Block,
  button,
  buttons,
  type Card,
  card,
  fromNow,
  mention,
  note,
  quote,
  text,
} from './card.ts';
import { durationWords } from './durations.ts';
import { about, answersToProposal, isMentorOf, requestFacts, type View } from './parts.ts';
import { heldLine, waysIn } from './question-parts.ts';

// What is said when something waits too long, or somebody did not come.

/** Also when the clock has not come to it yet: what runs out now is not offered any more. */
const waitsForMentor = (request: Request, { now }: View): boolean =>
  request.status === 'OPEN' && request.expiresAt > now;

/** To a mentor who knows what it is about. @returns null when it is no longer open */
export const topicMatchNotice = (request: Request, view: View): Card | null =>
  waitsForMentor(request, view)
    ? card(
        request.urgency === 'high' ? 'urgent' : 'waiting',
        `About your topics: ${request.title}`,
        requestFacts(request),
        quote(request.description),
        ...heldLine(request, view.now),
        note(
          'You are among the few I asked first. If it does not suit you now, another mentor finds it too.',
        ),
        buttons(...waysIn(request, view.now, view.me), button('My topics', 'mentor.topics')),
      )
    : null;

/** To the mentors: nobody took it yet. @returns null when it is no longer open */
export const stillWaitingNotice = (request: Request, view: View): Card | null =>
  waitsForMentor(request, view)
    ? card(
        'urgent',
        `Still waiting: ${request.title}`,
        requestFacts(request),
        ...heldLine(request, view.now),
        note('Asked ', fromNow(request.createdAt), '. Half an hour of yours would end the wait.'),
        buttons(...waysIn(request, view.now), button('Details', 'request.details', about(request))),
      )
    : null;

/** To the coordinators: it finds no mentor. @returns null when it is no longer open */
export const needsCoordinatorNotice = (request: Request, view: View): Card | null =>
  waitsForMentor(request, view)
    ? card(
        'urgent',
        `No mentor yet: ${request.title}`,
        requestFacts(request),
        quote(request.description),
        note(
          'Asked ',
          fromNow(request.createdAt),
          ', and open until ',
          at(request.expiresAt),
          '. A word with a mentor who knows the topic often helps.',
        ),
      )
    : null;

/** To the student, half-way to the expiry. @returns null when it is no longer open */
export const stillWantedNotice = (request: Request, view: View): Card | null =>
  waitsForMentor(request, view)
    ? card(
        'waiting',
        'No mentor has claimed your request yet',
        text(
          { bold: request.title },
          ' is still on the mentors’ list, and I asked them again. It stays open until ',
          at(request.expiresAt),
          '.',
        ),
        text(
          `Do you still need it? Keep it open for another ${durationWords(request.settings.openFor)}, or cancel it and ask anew: a wider choice of times helps.`,
        ),
        buttons(
          button('Keep it open', 'request.renew', about(request), 'primary'),
          button('Cancel request', 'request.cancel', about(request), 'danger'),
        ),
      )
    : null;

const waitsForTime = (request: Request, { now }: View): request is Request & { claimedAt: Date } =>
  request.claimedAt !== null &&
  owesTime(request, now) &&
  givenBackAt({ ...request, claimedAt: request.claimedAt }) > now;

/** To the mentor who claimed and set no time. @returns null when that is settled */
export const claimNudgeNotice = (request: Request, view: View): Card | null =>
  waitsForTime(request, view) && isMentorOf(request, view)
    ? card(
        'waiting',
        'Your claim waits for a time',
        text(
          mention(request.student),
          ' is waiting to hear when you meet about ',
          { bold: request.title },
          '.',
        ),
        note(
          'Without a time it goes back to all mentors ',
          fromNow(givenBackAt(request)),
          '. Giving it back yourself is fine too.',
        ),
        buttons(
          ...answersToProposal(request, view),
          button('Schedule', 'session.options', about(request), 'primary'),
          button('Release', 'request.release', about(request), 'danger'),
        ),
      )
    : null;

/** To the student whose mentor set no time. @returns null when that is settled */
export const claimWaitsNotice = (request: Request, view: View): Card | null =>
  waitsForTime(request, view)
    ? card(
        'waiting',
        'Your mentor has not set a time yet',
        text(
          request.mentor ? mention(request.mentor) : 'Your mentor',
          ' claimed ',
          { bold: request.title },
          ', and I reminded them. Without a time it goes back to all mentors ',
          fromNow(givenBackAt(request)),
          ', before the others. You need not do anything; you can also propose a time.',
        ),
        buttons(
          button('Propose a time', 'session.move', about(request)),
          button('Details', 'request.details', about(request)),
        ),
      )
    : null;

/** To both, when a claim went back to the queue. @returns null for the student when somebody else took it meanwhile */
export function claimReturnedNotice(request: Request, mentorName: string, view: View): Card | null {
  const open = request.status === 'OPEN';
  if (request.student.id !== view.me) {
    return card(
      'neutral',
      'Your claim went back to the queue',
      text('No time was set for ', { bold: request.title }, ', so I gave it back to all mentors.'),
      open ? text('You are welcome to claim it once more.') : null,
      buttons(button('Open requests', 'mentor.open')),
    );
  }
  return open
    ? card(
        'waiting',
        'Your request is with all mentors again',
        text(
          { bold: mentorName },
          ' could not set a time for ',
          { bold: request.title },
          ', so I gave it back to the queue, before the others. It is open until ',
          at(request.expiresAt),
          '.',
        ),
        buttons(
          button('My requests', 'request.list'),
          button('Cancel request', 'request.cancel', about(request), 'danger'),
        ),
      )
    : null;
}

/** The way to another time, for either of the two. */
const anotherTime = (request: Request, view: View): Block | null =>
  buttons(
    isMentorOf(request, view)
      ? button('Schedule', 'session.options', about(request), 'primary')
      : button('Propose a time', 'session.move', about(request), 'primary'),
  );

/**
 * To both, when somebody did not come; nobody is asked to rate it.
 * @param by the member who said so
 * @returns null when the two have gone on
 */
export function somebodyMissingNotice(request: Request, by: string, view: View): Card | null {
  if (request.status !== 'CLAIMED') return null;
  if (by === view.me) {
    return card(
      'neutral',
      'I am sorry that you waited',
      text({ bold: request.title }, ' counts as not held. Things happen: another time is one press away.'),
      anotherTime(request, view),
    );
  }
  return request.session?.outcome === 'UNCLEAR'
    ? card(
        'waiting',
        'It seems that you two missed each other',
        text(
          'You came to ',
          { bold: request.title },
          ', and the other side did not find you there. Nobody is to blame; it counts as not held. Please find another time.',
        ),
        anotherTime(request, view),
      )
    : card(
        'waiting',
        'You were missed',
        text(
          'Your session ',
          { bold: request.title },
          ' began without you. That happens; the other side would be glad of another time.',
        ),
        anotherTime(request, view),
      );
}

/** The answer to saying that the other did not come. */
export const noShowAnswer = (request: Request, view: View): Card =>
  card(
    'neutral',
    'Thank you for telling me',
    text(
      { bold: request.title },
      ' counts as not held. Both of you got a way to another time by direct message.',
    ),
    anotherTime(request, view),
  );
