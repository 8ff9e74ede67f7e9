import type { Notice } from '../core/notices.ts';
import type { Proposed } from '../core/own-calendar.ts';
import { reminders } from '../core/reminders.ts';
import { plannedSession, type Request } from '../core/request.ts';
import { endOf, type Outcome, type Session } from '../core/session.ts';
import { after } from '../core/time.ts';
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
  linkButton,
  mention,
  note,
  quote,
  text,
} from './card.ts';
import { followUpLines } from './feedback-cards.ts';
import { minutesLong } from './labels.ts';
import {
  about,
  answersToProposal,
  calendarButton,
  counterpart,
  linkText,
  nextSteps,
  type View,
} from './parts.ts';
import { say, type Words } from './words.ts';

const withSession = (request: Request, worded: (session: Session) => Card): Card =>
  request.session
    ? worded(request.session)
    : card('neutral', request.title, text(say('There is no session planned for this request.')));

const who = (request: Request, view: View) => {
  const other = counterpart(request, view);
  return other ? mention(other) : say('your mentor');
};

const withWhom = (request: Request, view: View) =>
  say('{title} with {person}', { title: bold(request.title), person: who(request, view) });

const sessionFacts = (request: Request, session: Session, view: View): Block =>
  facts(
    [say('When'), at(session.startsAt)],
    request.proposal ? [say('Proposed instead'), at(request.proposal.startsAt)] : null,
    [say('Duration'), minutesLong(session.durationMinutes)],
    [say('With'), who(request, view)],
    [say('Video call'), linkText(session, view)],
  );

/** While it is still ahead. */
const addToCalendar = (session: Session, view: View): Block | null =>
  session.startsAt > view.now ? buttons(calendarButton(say('Add to calendar'), session, view)) : null;

/** In its words, which stay: a newer message takes the buttons away. */
function offCalendar(session: Session, view: View): Block | null {
  const file = calendarButton(say('Take it off my calendar'), session, view);
  return file && text({ link: file.url, label: file.label });
}

function calledOffBy({ student, mentor }: Request, { calledOffById }: Session): Inline[] {
  const who = [student, mentor].find((one) => one && one.id === calledOffById);
  return who ? [' · ', say('by {person}', { person: mention(who) })] : [];
}

const endings: Record<Outcome, Words> = {
  HELD: say('Mini session held'),
  STUDENT_ABSENT: say('Mini session missed'),
  MENTOR_ABSENT: say('Mini session missed'),
  MOVED: say('Mini session moved'),
  UNCLEAR: say('Mini session over'),
};

/** The session in the direct messages of both: it stays, and always tells how things are. */
export const sessionCard = (request: Request, view: View): Card =>
  withSession(request, (session) => {
    const steps = buttons(...nextSteps(request, view));
    if (session.status === 'CANCELLED') {
      return card(
        'neutral',
        say('Mini session called off'),
        text(
          { bold: request.title },
          ' · ',
          say('was planned for {time}', { time: at(session.startsAt) }),
          ...calledOffBy(request, session),
        ),
        quote(session.calledOffReason ?? ''),
        offCalendar(session, view),
      );
    }
    if (session.status !== 'SCHEDULED') {
      return card(
        session.outcome === 'HELD' ? 'good' : 'neutral',
        endings[session.outcome ?? 'UNCLEAR'],
        text(withWhom(request, view), ' · ', at(session.startsAt)),
        ...followUpLines(session),
        steps,
      );
    }
    if (endOf(session) <= view.now) {
      return card(
        'waiting',
        say('Mini session over'),
        text(withWhom(request, view), ' · ', at(session.startsAt)),
        steps,
      );
    }
    return card(
      'good',
      say('Mini session scheduled'),
      text({ bold: request.title }),
      sessionFacts(request, session, view),
      steps,
      addToCalendar(session, view),
    );
  });

/** The mentor's answer after choosing a time: set, or asked. */
export const timeChosenAnswer = (request: Proposed, view: View): Card =>
  request.proposal ? proposedAnswer(request, view) : sessionScheduledAnswer(request, view);

/** After proposing a time. */
export const proposedAnswer = (request: Proposed, view: View): Card =>
  card(
    'waiting',
    say('You proposed a time'),
    text({ bold: request.title }),
    facts([say('Proposed'), request.proposal ? at(request.proposal.startsAt) : say('nothing')]),
    note(
      say(
        plannedSession(request)
          ? 'I asked {person}. Until they accept, the session stays as planned.'
          : 'I asked {person}. The session is set as soon as they accept.',
        { person: who(request, view) },
      ),
    ),
    request.busyThen
      ? note(
          say(
            'Your own calendar has something then. Only you are told; if it matters, propose another time.',
          ),
        )
      : null,
  );

/** After accepting a proposed time. */
export const acceptedAnswer = (request: Request, view: View): Card => sessionScheduledAnswer(request, view);

export const declinedAnswer = (request: Request, view: View): Card =>
  card(
    'neutral',
    say('You declined that time'),
    text(
      say(
        plannedSession(request)
          ? '{person} knows. The session stays as planned.'
          : '{person} knows, and can propose another.',
        { person: who(request, view) },
      ),
    ),
    buttons(button(say('Propose another time'), 'session.move', about(request), 'primary')),
  );

/** To the other side: a time to accept, or not. @returns null when it was answered or replaced */
export function proposedNotice(request: Request, view: View): Card | null {
  const { proposal } = request;
  if (!proposal || proposal.byId === view.me || proposal.startsAt <= view.now) return null;
  const planned = plannedSession(request);
  return card(
    'waiting',
    planned ? say('May we move the session?') : say('Does this time suit you?'),
    text(
      say('{person} proposes a time for {title}:', {
        person: who(request, view),
        title: bold(request.title),
      }),
    ),
    facts(
      [say('Proposed'), at(proposal.startsAt)],
      planned ? [say('Planned now'), at(planned.startsAt)] : null,
      [say('Duration'), minutesLong(request.durationMinutes)],
    ),
    quote(proposal.reason),
    buttons(...answersToProposal(request, view), button(say('Another time'), 'session.move', about(request))),
  );
}

export const declinedNotice = (request: Request, by: string): Card =>
  card(
    'waiting',
    say('The time you proposed does not suit'),
    text(
      say(
        plannedSession(request)
          ? '{person} cannot make it then for {title}. The session stays as planned.'
          : '{person} cannot make it then for {title}. Please propose another.',
        { person: bold(by), title: bold(request.title) },
      ),
    ),
    buttons(button(say('Propose another time'), 'session.move', about(request), 'primary')),
  );

/** Both hear of a move. @param from when it was planned before @returns null when it moved again, or is off */
export function movedNotice(request: Request, from: string, view: View): Card | null {
  const { session } = request;
  if (session?.status !== 'SCHEDULED' || session.startsAt <= view.now) return null;
  return card(
    'good',
    say('Your mini session has moved'),
    text(withWhom(request, view)),
    facts(
      [say('New time'), at(session.startsAt)],
      [say('Instead of'), at(new Date(from))],
      [say('Video call'), linkText(session, view)],
    ),
    note(
      session.meetingLink
        ? say('The link stays the same. I remind you before the new time.')
        : say('I remind you before the new time.'),
    ),
    buttons(
      button(say('Join'), 'session.join', about(request), 'primary'),
      calendarButton(say('Add to calendar'), session, view),
    ),
  );
}

/** The answer when the session is set. */
export const sessionScheduledAnswer = (request: Request, view: View): Card =>
  withSession(request, (session) =>
    card(
      'good',
      say('The session is set'),
      text({ bold: request.title }),
      sessionFacts(request, session, view),
      note(
        say(
          'Both of you have it in your direct messages, and I remind each of you when they want to be (My settings).',
        ),
      ),
      buttons(...nextSteps(request, view)),
      addToCalendar(session, view),
    ),
  );

/** The way into the call. */
export const joinAnswer = (request: Request, view: View): Card =>
  withSession(request, (session) =>
    card(
      'good',
      session.startsAt > view.now ? say('Your session is coming up') : say('Your session is on'),
      text(withWhom(request, view), ' · ', at(session.startsAt)),
      session.meetingLink
        ? text(
            say('Video call: {link}', {
              link: { link: session.meetingLink, label: session.meetingLink },
            }),
          )
        : text(
            say(
              'There is no link yet. I put it into the session card as soon as there is; you can also write to {person}.',
              { person: who(request, view) },
            ),
          ),
      session.meetingLink ? buttons(linkButton(say('Open the video call'), session.meetingLink)) : null,
    ),
  );

export const completedAnswer = (request: Request, view: View): Card =>
  card(
    'good',
    say('Thank you'),
    text(say('{title} is complete. How was it?', { title: bold(request.title) })),
    buttons(...nextSteps(request, view)),
  );

export const linkAnswer = (request: Request): Card =>
  withSession(request, (session) =>
    session.meetingLink
      ? card(
          'good',
          say('The link is saved'),
          text(
            say('Both of you find it in the session card: {link}', {
              link: { link: session.meetingLink, label: session.meetingLink },
            }),
          ),
        )
      : card(
          'waiting',
          say('The link is being made'),
          text(say('It appears in the session card of both of you.')),
        ),
  );

/** A reminder, true at the moment it arrives. @returns null when it became pointless */
export function reminderNotice(request: Request, { detail }: Notice, view: View): Card | null {
  const { session } = request;
  if (session?.status !== 'SCHEDULED' || endOf(session) <= view.now) return null;
  if (overtaken(request, session, detail, view)) return null;
  return card(
    'waiting',
    session.startsAt > view.now ? say('Your mini session is coming up') : say('Your mini session has begun'),
    text(withWhom(request, view)),
    facts([say('Start'), fromNow(session.startsAt)], [say('Video call'), linkText(session, view)]),
    buttons(button(say('Join'), 'session.join', about(request), 'primary')),
    addToCalendar(session, view),
  );
}

/** After a downtime the last reminder says it all: an earlier one is not sent beside it. One that is not wanted is not sent. */
function overtaken(request: Request, session: Session, detail: Notice['detail'], view: View): boolean {
  const own = reminders.find(({ id }) => id === detail.reminder);
  const reader = [request.student, request.mentor].find((one) => one?.id === view.me);
  const chosen = reader?.reminders ?? null;
  if (!own || (chosen && !chosen.includes(own.id))) return true;
  // It was on its way already when the session moved: the reminders of the new time come in theirs.
  if (after(session.startsAt, -own.before) > view.now) return true;
  // Those that were planned with it, whatever holds by now. One of an earlier version does not say which they were.
  const beside: readonly string[] = detail.beside?.split(' ') ?? chosen ?? request.settings.reminders;
  return reminders.some(
    ({ id, before }) =>
      beside.includes(id) && before < own.before && after(session.startsAt, -before) <= view.now,
  );
}

/** To either of the two: the link they had no longer counts. @returns null when there is none to tell, or nothing to meet for */
export function linkChangedNotice(request: Request, view: View): Card | null {
  const { session } = request;
  if (session?.status !== 'SCHEDULED' || !session.meetingLink || endOf(session) <= view.now) return null;
  return card(
    'waiting',
    say('Your video call has another link'),
    text(withWhom(request, view)),
    facts([say('When'), at(session.startsAt)], [say('Video call'), linkText(session)]),
    note(say('The link that you had no longer counts.')),
    buttons(button(say('Join'), 'session.join', about(request), 'primary')),
    addToCalendar(session, view),
  );
}

/** To the mentor, when no link could be made. @returns null when there is one, or nothing to meet for */
export function linkMissingNotice(request: Request, view: View): Card | null {
  const { session } = request;
  if (session?.status !== 'SCHEDULED' || session.meetingLink || endOf(session) <= view.now) return null;
  return card(
    'urgent',
    say('Your session needs a link'),
    text(
      say(
        session.meetingState === 'FAILED'
          ? 'The session is set, but no video call could be made for {title}. Paste a link of your own, from any service: both of you get it at once.'
          : 'The session is set. Please give a video call for {title}. Paste a link of your own, from any service: both of you get it at once.',
        { title: bold(request.title) },
      ),
    ),
    buttons(
      button(say('Add link'), 'session.link', about(request), 'primary'),
      session.meetingState === 'FAILED' ? button(say('Try again'), 'session.set-link', about(request)) : null,
    ),
  );
}
