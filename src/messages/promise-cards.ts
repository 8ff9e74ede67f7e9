import { givenBackAt, owesTime } from '../core/promises.ts';
import type { Request } from '../core/request.ts';
import {
  at,
  type Block,
  bold,
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
import { say } from './words.ts';

// What is said when something waits too long, or somebody did not come.

/** Also when the clock has not come to it yet: what runs out now is not offered any more. */
const waitsForMentor = (request: Request, { now }: View): boolean =>
  request.status === 'OPEN' && request.expiresAt > now;

/** To a mentor who knows what it is about. @returns null when it is no longer open */
export const topicMatchNotice = (request: Request, view: View): Card | null =>
  waitsForMentor(request, view)
    ? card(
        request.urgency === 'high' ? 'urgent' : 'waiting',
        say('About your topics: {title}', { title: request.title }),
        requestFacts(request),
        quote(request.description),
        ...heldLine(request, view.now),
        note(
          say(
            'You are among the few I asked first. If it does not suit you now, another mentor finds it too.',
          ),
        ),
        buttons(...waysIn(request, view.now, view.me), button(say('My topics'), 'mentor.topics')),
      )
    : null;

/** To the mentors: nobody took it yet. @returns null when it is no longer open */
export const stillWaitingNotice = (request: Request, view: View): Card | null =>
  waitsForMentor(request, view)
    ? card(
        'urgent',
        say('Still waiting: {title}', { title: request.title }),
        requestFacts(request),
        ...heldLine(request, view.now),
        note(
          say('Asked {time}. Half an hour of yours would end the wait.', {
            time: fromNow(request.createdAt),
          }),
        ),
        buttons(...waysIn(request, view.now), button(say('Details'), 'request.details', about(request))),
      )
    : null;

/** To the coordinators: it finds no mentor. @returns null when it is no longer open */
export const needsCoordinatorNotice = (request: Request, view: View): Card | null =>
  waitsForMentor(request, view)
    ? card(
        'urgent',
        say('No mentor yet: {title}', { title: request.title }),
        requestFacts(request),
        quote(request.description),
        note(
          say('Asked {asked}, and open until {time}. A word with a mentor who knows the topic often helps.', {
            asked: fromNow(request.createdAt),
            time: at(request.expiresAt),
          }),
        ),
      )
    : null;

/** To the student, half-way to the expiry. @returns null when it is no longer open */
export const stillWantedNotice = (request: Request, view: View): Card | null =>
  waitsForMentor(request, view)
    ? card(
        'waiting',
        say('No mentor has claimed your request yet'),
        text(
          say('{title} is still on the mentors’ list, and I asked them again. It stays open until {time}.', {
            title: bold(request.title),
            time: at(request.expiresAt),
          }),
        ),
        text(
          say(
            'Do you still need it? Keep it open for another {duration}, or cancel it and ask anew: a wider choice of times helps.',
            { duration: durationWords(request.settings.openFor) },
          ),
        ),
        buttons(
          button(say('Keep it open'), 'request.renew', about(request), 'primary'),
          button(say('Cancel request'), 'request.cancel', about(request), 'danger'),
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
        say('Your claim waits for a time'),
        text(
          say('{student} is waiting to hear when you meet about {title}.', {
            student: mention(request.student),
            title: bold(request.title),
          }),
        ),
        note(
          say(
            'Without a time it goes back to all mentors {time}. Giving it back yourself is fine too, and so is asking another mentor.',
            {
              time: fromNow(givenBackAt(request)),
            },
          ),
        ),
        buttons(
          ...answersToProposal(request, view),
          button(say('Schedule'), 'session.options', about(request), 'primary'),
          button(say('Release'), 'request.release', about(request), 'danger'),
          button(say('Hand over'), 'request.hand-over', about(request)),
        ),
      )
    : null;

/** To the student whose mentor set no time. @returns null when that is settled */
export const claimWaitsNotice = (request: Request, view: View): Card | null =>
  waitsForTime(request, view)
    ? card(
        'waiting',
        say('Your mentor has not set a time yet'),
        text(
          say(
            '{mentor} claimed {title}, and I reminded them. Without a time it goes back to all mentors {time}, before the others. You need not do anything; you can also propose a time.',
            {
              mentor: request.mentor ? mention(request.mentor) : say('Your mentor'),
              title: bold(request.title),
              time: fromNow(givenBackAt(request)),
            },
          ),
        ),
        buttons(
          button(say('Propose a time'), 'session.move', about(request)),
          button(say('Details'), 'request.details', about(request)),
        ),
      )
    : null;

/** To both, when a claim went back to the queue. @returns null for the student when somebody else took it meanwhile */
export function claimReturnedNotice(request: Request, mentorName: string, view: View): Card | null {
  const open = request.status === 'OPEN';
  if (request.student.id !== view.me) {
    return card(
      'neutral',
      say('Your claim went back to the queue'),
      text(
        say('No time was set for {title}, so I gave it back to all mentors.', { title: bold(request.title) }),
      ),
      open ? text(say('You are welcome to claim it once more.')) : null,
      buttons(button(say('Open requests'), 'mentor.open')),
    );
  }
  return open
    ? card(
        'waiting',
        say('Your request is with all mentors again'),
        text(
          say(
            '{mentor} could not set a time for {title}, so I gave it back to the queue, before the others. It is open until {time}.',
            { mentor: bold(mentorName), title: bold(request.title), time: at(request.expiresAt) },
          ),
        ),
        buttons(
          button(say('My requests'), 'request.list'),
          button(say('Cancel request'), 'request.cancel', about(request), 'danger'),
        ),
      )
    : null;
}

/** The way to another time, for either of the two. */
const anotherTime = (request: Request, view: View): Block | null =>
  buttons(
    isMentorOf(request, view)
      ? button(say('Schedule'), 'session.options', about(request), 'primary')
      : button(say('Propose a time'), 'session.move', about(request), 'primary'),
  );

/**
 * To both, when somebody did not come; nobody is asked to rate it.
 * @param by the member who said so
 * @returns null when the two have gone on
 */
export function somebodyMissingNotice(request: Request, by: string, view: View): Card | null {
  if (request.status !== 'CLAIMED') return null;
  if (request.session?.outcome === 'MOVED') {
    return card(
      'neutral',
      say('Your mini session moved'),
      text(
        say(
          '{title} did not take place at its time. Please set the new one here, so that I remind you both.',
          {
            title: bold(request.title),
          },
        ),
      ),
      anotherTime(request, view),
    );
  }
  if (by === view.me) {
    return card(
      'neutral',
      say('I am sorry that you waited'),
      text(
        say('{title} counts as not held. Things happen: another time is one press away.', {
          title: bold(request.title),
        }),
      ),
      anotherTime(request, view),
    );
  }
  return request.session?.outcome === 'UNCLEAR'
    ? card(
        'waiting',
        say('It seems that you two missed each other'),
        text(
          say(
            'You came to {title}, and the other side did not find you there. Nobody is to blame; it counts as not held. Please find another time.',
            { title: bold(request.title) },
          ),
        ),
        anotherTime(request, view),
      )
    : card(
        'waiting',
        say('You were missed'),
        text(
          say(
            'Your session {title} began without you. That happens; the other side would be glad of another time.',
            { title: bold(request.title) },
          ),
        ),
        anotherTime(request, view),
      );
}

/** The answer to saying that the other did not come. */
export const noShowAnswer = (request: Request, view: View): Card =>
  card(
    'neutral',
    say('Thank you for telling me'),
    text(
      request.session?.outcome === 'MOVED'
        ? say('Please set the new time here, so that I remind you both.')
        : say('{title} counts as not held. Both of you got a way to another time by direct message.', {
            title: bold(request.title),
          }),
    ),
    anotherTime(request, view),
  );
