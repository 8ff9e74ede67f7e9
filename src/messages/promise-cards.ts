import { claimPromise, givenBackAt } from '../core/promises.ts';
import type { Request } from '../core/request.ts';
import { at, button, buttons, type Card, card, fromNow, mention, note, quote, text } from './card.ts';
import { about, isMentorOf, requestFacts, type View } from './parts.ts';

// What is said when something waits too long, or somebody did not come.

/** To the mentors: nobody took it yet. @returns null when it is no longer open */
export const stillWaitingNotice = (request: Request): Card | null =>
  request.status === 'OPEN'
    ? card(
        'urgent',
        `Still waiting: ${request.title}`,
        requestFacts(request),
        note('Asked ', fromNow(request.createdAt), '. Half an hour of yours would end the wait.'),
        buttons(
          button('Claim', 'request.claim', about(request), 'primary'),
          button('Details', 'request.details', about(request)),
        ),
      )
    : null;

/** To the coordinators: it finds no mentor. @returns null when it is no longer open */
export const needsCoordinatorNotice = (request: Request): Card | null =>
  request.status === 'OPEN'
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
export const stillWantedNotice = (request: Request): Card | null =>
  request.status === 'OPEN'
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
          'Do you still need it? Keep it open for another week, or cancel it and ask anew: a wider choice of times helps.',
        ),
        buttons(
          button('Keep it open', 'request.renew', about(request), 'primary'),
          button('Cancel request', 'request.cancel', about(request), 'danger'),
        ),
      )
    : null;

const waitsForTime = (request: Request): request is Request & { claimedAt: Date } =>
  request.status === 'CLAIMED' && request.claimedAt !== null && request.proposal === null;

/** To the mentor who claimed and set no time. @returns null when that is settled */
export const claimNudgeNotice = (request: Request, view: View): Card | null =>
  waitsForTime(request) && isMentorOf(request, view)
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
          button('Schedule', 'session.options', about(request), 'primary'),
          button('Release', 'request.release', about(request), 'danger'),
        ),
      )
    : null;

/** To the student whose mentor set no time. @returns null when that is settled */
export const claimWaitsNotice = (request: Request): Card | null =>
  waitsForTime(request)
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

/** To both, when a claim went back to the queue. */
export const claimReturnedNotice = (request: Request, mentorName: string, view: View): Card =>
  request.student.id === view.me
    ? card(
        'waiting',
        'Your request is with all mentors again',
        text(
          { bold: mentorName },
          ' could not set a time for ',
          { bold: request.title },
          `, so after ${claimPromise.giveBack / 86_400_000} days I gave it back to the queue, before the others.`,
        ),
        buttons(
          button('My requests', 'request.list'),
          button('Cancel request', 'request.cancel', about(request), 'danger'),
        ),
      )
    : card(
        'neutral',
        'Your claim went back to the queue',
        text(
          'No time was set for ',
          { bold: request.title },
          ', so it waits for all mentors again. You are welcome to claim it once more.',
        ),
        buttons(button('Open requests', 'mentor.open')),
      );

/** To both, when somebody did not come. @param by the member who said so */
export function somebodyMissingNotice(request: Request, by: string, view: View): Card | null {
  if (request.status !== 'CLAIMED') return null;
  const mentor = isMentorOf(request, view);
  const next = mentor
    ? button('Schedule', 'session.options', about(request), 'primary')
    : button('Propose a time', 'session.move', about(request), 'primary');
  return by === view.me
    ? card(
        'neutral',
        'I am sorry that you waited',
        text(
          'Nobody is asked to rate ',
          { bold: request.title },
          '. Things happen: another time is one press away.',
        ),
        buttons(next),
      )
    : card(
        'waiting',
        'You were missed',
        text(
          'Your session ',
          { bold: request.title },
          ' began without you. That happens; the other side would be glad of another time.',
        ),
        buttons(next),
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
    buttons(
      isMentorOf(request, view)
        ? button('Schedule', 'session.options', about(request), 'primary')
        : button('Propose a time', 'session.move', about(request), 'primary'),
    ),
  );
