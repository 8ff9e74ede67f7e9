import { reminders } from '../core/reminders.ts';
import { plannedSession, type Request } from '../core/request.ts';
import { endOf, type Outcome, type Session } from '../core/session.ts';
import { after } from '../core/time.ts';
import {
  at,
  type Block,
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
import {
  about,
  answersToProposal,
  counterpart,
  isMentorOf,
  linkText,
  nextSteps,
  type View,
} from './parts.ts';

const withSession = (request: Request, worded: (session: Session) => Card): Card =>
  request.session
    ? worded(request.session)
    : card('neutral', request.title, text('There is no session planned for this request.'));

const who = (request: Request, view: View) => {
  const other = counterpart(request, view);
  return other ? mention(other) : 'your mentor';
};

const sessionFacts = (request: Request, session: Session, view: View): Block =>
  facts(
    ['When', at(session.startsAt)],
    request.proposal ? ['Proposed instead', at(request.proposal.startsAt)] : null,
    ['Duration', `${session.durationMinutes} minutes`],
    ['With', who(request, view)],
    ['Video call', linkText(session)],
  );

function calledOffBy({ student, mentor }: Request, { calledOffById }: Session): Inline[] {
  const who = [student, mentor].find((one) => one && one.id === calledOffById);
  return who ? [' · by ', mention(who)] : [];
}

const endings: Record<Outcome, string> = {
  HELD: 'Mini session held',
  STUDENT_ABSENT: 'Mini session missed',
  MENTOR_ABSENT: 'Mini session missed',
  UNCLEAR: 'Mini session over',
};

/** The session in the direct messages of both: it stays, and always tells how things are. */
export const sessionCard = (request: Request, view: View): Card =>
  withSession(request, (session) => {
    const steps = buttons(...nextSteps(request, view));
    if (session.status === 'CANCELLED') {
      return card(
        'neutral',
        'Mini session called off',
        text(
          { bold: request.title },
          ' · was planned for ',
          at(session.startsAt),
          ...calledOffBy(request, session),
        ),
        quote(session.calledOffReason ?? ''),
      );
    }
    if (session.status !== 'SCHEDULED') {
      return card(
        session.outcome === 'HELD' ? 'good' : 'neutral',
        endings[session.outcome ?? 'UNCLEAR'],
        text({ bold: request.title }, ' with ', who(request, view), ' · ', at(session.startsAt)),
        steps,
      );
    }
    if (endOf(session) <= view.now) {
      return card(
        'waiting',
        'Mini session over',
        text({ bold: request.title }, ' with ', who(request, view), ' · ', at(session.startsAt)),
        steps,
      );
    }
    return card(
      'good',
      'Mini session scheduled',
      text({ bold: request.title }),
      sessionFacts(request, session, view),
      steps,
    );
  });

/** The mentor's answer after choosing a time: set, or asked. */
export const timeChosenAnswer = (request: Request, view: View): Card =>
  request.proposal ? proposedAnswer(request, view) : sessionScheduledAnswer(request, view);

/** After proposing a time. */
export const proposedAnswer = (request: Request, view: View): Card =>
  card(
    'waiting',
    'You proposed a time',
    text({ bold: request.title }),
    facts(['Proposed', request.proposal ? at(request.proposal.startsAt) : 'nothing']),
    note(
      'I asked ',
      who(request, view),
      plannedSession(request)
        ? '. Until they accept, the session stays as planned.'
        : '. The session is set as soon as they accept.',
    ),
  );

/** After accepting a proposed time. */
export const acceptedAnswer = (request: Request, view: View): Card => sessionScheduledAnswer(request, view);

export const declinedAnswer = (request: Request, view: View): Card =>
  card(
    'neutral',
    'You declined that time',
    text(
      who(request, view),
      plannedSession(request) ? ' knows. The session stays as planned.' : ' knows, and can propose another.',
    ),
    buttons(button('Propose another time', 'session.move', about(request), 'primary')),
  );

/** To the other side: a time to accept, or not. @returns null when it was answered or replaced */
export function proposedNotice(request: Request, view: View): Card | null {
  const { proposal } = request;
  if (!proposal || proposal.byId === view.me || proposal.startsAt <= view.now) return null;
  const planned = plannedSession(request);
  return card(
    'waiting',
    planned ? 'May we move the session?' : 'Does this time suit you?',
    text(who(request, view), ' proposes a time for ', { bold: request.title }, ':'),
    facts(['Proposed', at(proposal.startsAt)], planned ? ['Planned now', at(planned.startsAt)] : null, [
      'Duration',
      `${request.durationMinutes} minutes`,
    ]),
    quote(proposal.reason),
    buttons(...answersToProposal(request, view), button('Another time', 'session.move', about(request))),
  );
}

export const declinedNotice = (request: Request, by: string): Card =>
  card(
    'waiting',
    'The time you proposed does not suit',
    text(
      { bold: by },
      ' cannot make it then for ',
      { bold: request.title },
      plannedSession(request) ? '. The session stays as planned.' : '. Please propose another.',
    ),
    buttons(button('Propose another time', 'session.move', about(request), 'primary')),
  );

/** Both hear of a move. @param from when it was planned before @returns null when it moved again, or is off */
export function movedNotice(request: Request, from: string, view: View): Card | null {
  const { session } = request;
  if (session?.status !== 'SCHEDULED' || session.startsAt <= view.now) return null;
  return card(
    'good',
    'Your mini session has moved',
    text({ bold: request.title }, ' with ', who(request, view)),
    facts(
      ['New time', at(session.startsAt)],
      ['Instead of', at(new Date(from))],
      ['Video call', linkText(session)],
    ),
    note(
      session.meetingLink
        ? 'The link stays the same. I remind you before the new time.'
        : 'I remind you before the new time.',
    ),
    buttons(button('Join', 'session.join', about(request), 'primary')),
  );
}

/** The answer when the session is set. */
export const sessionScheduledAnswer = (request: Request, view: View): Card =>
  withSession(request, (session) =>
    card(
      'good',
      'The session is set',
      text({ bold: request.title }),
      sessionFacts(request, session, view),
      note(
        'Both of you have it in your direct messages, and I remind each of you when they want to be (My settings).',
      ),
      buttons(...nextSteps(request, view)),
    ),
  );

/** The way into the call. */
export const joinAnswer = (request: Request, view: View): Card =>
  withSession(request, (session) =>
    card(
      'good',
      session.startsAt > view.now ? 'Your session is coming up' : 'Your session is on',
      text({ bold: request.title }, ' with ', who(request, view), ' · ', at(session.startsAt)),
      session.meetingLink
        ? text('Video call: ', { link: session.meetingLink, label: session.meetingLink })
        : text(
            'There is no link yet. I put it into the session card as soon as there is; you can also write to ',
            who(request, view),
            '.',
          ),
      session.meetingLink ? buttons(linkButton('Open the video call', session.meetingLink)) : null,
    ),
  );

export const completedAnswer = (request: Request, view: View): Card =>
  card(
    'good',
    'Thank you',
    text({ bold: request.title }, ' is complete. ', mention(request.student), ' is asked how it was.'),
    buttons(...nextSteps(request, view)),
  );

export const feedbackAnswer = (request: Request): Card =>
  card('good', 'Thank you for your feedback', text('It is kept with ', { bold: request.title }, '.'));

export const linkAnswer = (request: Request): Card =>
  withSession(request, (session) =>
    session.meetingLink
      ? card(
          'good',
          'The link is saved',
          text('Both of you find it in the session card: ', {
            link: session.meetingLink,
            label: session.meetingLink,
          }),
        )
      : card('waiting', 'The link is being made', text('It appears in the session card of both of you.')),
  );

/** A reminder, true at the moment it arrives. @returns null when it became pointless */
export function reminderNotice(request: Request, reminder: string, view: View): Card | null {
  const { session } = request;
  if (session?.status !== 'SCHEDULED' || endOf(session) <= view.now) return null;
  if (overtaken(request, session, reminder, view)) return null;
  return card(
    'waiting',
    session.startsAt > view.now ? 'Your mini session is coming up' : 'Your mini session has begun',
    text({ bold: request.title }, ' with ', who(request, view)),
    facts(['Start', fromNow(session.startsAt)], ['Video call', linkText(session)]),
    buttons(button('Join', 'session.join', about(request), 'primary')),
  );
}

/** After a downtime the last reminder says it all: an earlier one is not sent beside it. One that is not wanted is not sent. */
function overtaken(request: Request, session: Session, reminder: string, view: View): boolean {
  const own = reminders.find(({ id }) => id === reminder);
  const reader = [request.student, request.mentor].find((one) => one?.id === view.me);
  const chosen = reader?.reminders ?? null;
  if (!own || (chosen && !chosen.includes(own.id))) return true;
  const wanted = chosen ?? request.settings.reminders;
  return reminders.some(
    ({ id, before }) =>
      wanted.includes(id) && before < own.before && after(session.startsAt, -before) <= view.now,
  );
}

/** Whether there was a session to ask about: one that is over, and not called off or missed. */
function isOver({ session }: Request, view: View): boolean {
  return session?.status === 'COMPLETED' || (session?.status === 'SCHEDULED' && endOf(session) <= view.now);
}

export const howDidItGoNotice = (request: Request, view: View): Card | null =>
  isOver(request, view)
    ? card(
        'neutral',
        'How was your mini session?',
        text(
          { bold: request.title },
          ' with ',
          who(request, view),
          ' is over. ',
          howDidItGoNext(request, view),
        ),
        buttons(...nextSteps(request, view)),
      )
    : null;

function howDidItGoNext(request: Request, view: View): string {
  if (!isMentorOf(request, view)) return 'Two clicks tell your mentor and the programme what helped.';
  return request.status === 'SCHEDULED'
    ? 'Press Complete when it took place; a word of feedback helps the programme.'
    : 'A word of feedback helps the programme.';
}

/** To the mentor, when no link could be made. @returns null when there is one, or nothing to meet for */
export function linkMissingNotice(request: Request, view: View): Card | null {
  const { session } = request;
  if (session?.status !== 'SCHEDULED' || session.meetingLink || endOf(session) <= view.now) return null;
  return card(
    'urgent',
    'Your session needs a link',
    text(
      session.meetingState === 'FAILED'
        ? 'The session is set, but no video call could be made for '
        : 'The session is set. Please give a video call for ',
      { bold: request.title },
      '. Paste a link of your own, from any service: both of you get it at once.',
    ),
    buttons(
      button('Add link', 'session.link', about(request), 'primary'),
      session.meetingState === 'FAILED' ? button('Try again', 'session.set-link', about(request)) : null,
    ),
  );
}
