import type { Person } from '../core/people.ts';
import type { WebLinks } from '../core/ports.ts';
import type { PreferredTime, Request } from '../core/request.ts';
import { endOf, type Session } from '../core/session.ts';
import type { Instant } from '../core/time.ts';
import {
  at,
  type Block,
  type Button,
  bold,
  button,
  facts,
  type Inline,
  type LinkButton,
  linkButton,
  mention,
  type Text,
} from './card.ts';
import { badge, minutesLong, sessionTypeLabels, urgencyWords } from './labels.ts';
import { answerSteps, waysIn } from './question-parts.ts';
import { say, type Words } from './words.ts';

/** For whom a card is worded, and when. */
export interface View {
  /** The reader's member id; null when many read it. */
  me: string | null;
  now: Instant;
  /** Arguments of the intent that it answers. */
  args: Record<string, string>;
  /** Null, or left out, where the bot has no pages of its own. */
  links?: WebLinks | null;
}

export const isMentorOf = (request: Request, view: View): boolean =>
  view.me !== null && request.mentor?.id === view.me;

/** The other of the two, as the reader sees it. */
export const counterpart = (request: Request, view: View): Person | null =>
  isMentorOf(request, view) ? request.student : request.mentor;

/** The preferred times as numbered lines, each in the reader's zone. */
export const timeLines = (times: readonly PreferredTime[]): Text =>
  times.length === 0
    ? say('Any: the mentor chooses')
    : times.flatMap((time, index): Inline[] => [
        `${index > 0 ? '\n' : ''}${times.length > 1 ? `${index + 1}. ` : ''}`,
        time.end ? say('{start} until {end}', { start: at(time.start), end: at(time.end) }) : at(time.start),
      ]);

/** Everything a mentor wants to know before claiming. */
export const requestFacts = (request: Request): Block =>
  facts(
    [say('Student'), mention(request.student)],
    [say('Type'), sessionTypeLabels[request.sessionType]],
    [say('Duration'), minutesLong(request.durationMinutes)],
    [say('Urgency'), urgencyWords[request.urgency]],
    [say('Preferred times'), timeLines(request.preferredTimes)],
    request.tags.length > 0 ? [say('Tags'), request.tags.join(', ')] : null,
  );

/**
 * Where to meet, in words for either of the two: by the page that notes who is there and knows the link of the day,
 * where the bot has such a page.
 */
export function linkText(session: Session, view: View | null = null): Text {
  if (session.meetingLink) {
    return view?.links && view.me !== null
      ? { link: view.links.join(session.id, view.me), label: say('Join the video call') }
      : { link: session.meetingLink, label: session.meetingLink };
  }
  if (session.meetingState === 'WANTED') return say('It is being made, and appears here.');
  return say('The mentor adds it here.');
}

/** The session as a file for the reader's own calendar; null where the bot has no pages to have it from. */
export const calendarButton = (label: Words, session: Session, { links, me }: View): LinkButton | null =>
  links && me !== null ? linkButton(label, links.calendarFile(session.id, me)) : null;

/** One line that says where a request stands. */
export function standing(request: Request): Inline[] {
  const { session, proposal } = request;
  if (proposal) {
    const planned = session?.status === 'SCHEDULED' ? [at(session.startsAt), ' · '] : [];
    return [badge(request), ' · ', ...planned, say('proposed: {time}', { time: at(proposal.startsAt) })];
  }
  if (request.status === 'SCHEDULED' && session) return [badge(request), ' · ', at(session.startsAt)];
  if (request.status === 'CLAIMED' && request.mentor) {
    const missed =
      session?.status === 'NO_SHOW' ? [' · ', say('missed: {time}', { time: at(session.startsAt) })] : [];
    return [
      say('{status} by {mentor}', { status: badge(request), mentor: mention(request.mentor) }),
      ...missed,
    ];
  }
  if (request.status === 'OPEN') {
    return [say('{status} until {time}', { status: badge(request), time: at(request.expiresAt) })];
  }
  return [badge(request)];
}

export const titleLine = (request: Request): Inline[] => [bold(request.title), '\n', ...standing(request)];

export const about = (request: Request): Record<string, string> => ({ requestId: request.id });

/** How far a session is: still to come, going on, over but not closed; null when there is none like that. */
type Phase = 'ahead' | 'on' | 'over' | null;

function phaseOf({ session }: Request, now: Instant): Phase {
  if (session?.status !== 'SCHEDULED') return null;
  if (session.startsAt > now) return 'ahead';
  return endOf(session) > now ? 'on' : 'over';
}

/** The buttons with which the reader can go on, the most useful first; at most five. */
export function nextSteps(request: Request, view: View): Button[] {
  const answers = answersToProposal(request, view);
  if (isMentorOf(request, view)) return [...answers, ...mentorSteps(request, view, answers.length > 0)];
  if (request.student.id === view.me) return [...answers, ...studentSteps(request, view, answers.length > 0)];
  if (view.me !== null && request.offer?.to.id === view.me) return takeOverSteps(request);
  // Somebody else sees an open request only when they may claim it.
  return view.me !== null && request.status === 'OPEN' ? waysIn(request, view.now, view.me) : [];
}

/** @param asked a proposal waits for the reader, who answers that instead of proposing anew */
function mentorSteps(request: Request, view: View, asked: boolean): Button[] {
  const args = about(request);
  const phase = phaseOf(request, view.now);
  const linked = request.session?.meetingLink;
  const link =
    request.session?.meetingState === 'WANTED'
      ? []
      : [button(linked ? say('Change link') : say('Add link'), 'session.link', args)];
  if (phase === 'ahead') {
    const release = button(say('Release'), 'session.give-back', args, 'danger');
    const more = linked ? [handOver(request), ...link] : [...link, handOver(request)];
    return [join(args), ...move(args, asked), release, ...more].slice(0, asked ? 3 : 5);
  }
  if (phase === 'on') return [join(args), complete(args), missing('student', args), ...link];
  if (phase === 'over') return [complete(args), missing('student', args), movedIt(args)];
  if (request.status === 'CLAIMED') {
    return [
      button(say('Schedule'), 'session.options', args, 'primary'),
      button(say('Release'), 'request.release', args, 'danger'),
      handOver(request),
    ];
  }
  return feedback(request, view);
}

function studentSteps(request: Request, view: View, asked: boolean): Button[] {
  const args = about(request);
  const phase = phaseOf(request, view.now);
  if (phase === 'ahead') {
    return [join(args), ...move(args, asked), button(say('Cancel'), 'session.call-off', args, 'danger')];
  }
  if (phase === 'on') return [join(args), missing('mentor', args)];
  if (phase === 'over') {
    const met = button(say('It took place'), 'session.complete', args, 'primary');
    return [met, missing('mentor', args), movedIt(args)];
  }
  if (request.status === 'OPEN' || request.status === 'CLAIMED') {
    const propose = button(say('Propose a time'), 'session.move', args);
    return [
      ...answerSteps(request),
      ...(request.status === 'CLAIMED' && !asked ? [propose] : []),
      button(say('Cancel'), 'request.cancel', args, 'danger'),
    ];
  }
  if (request.status === 'EXPIRED') return [button(say('Renew'), 'request.renew', args, 'primary')];
  return feedback(request, view);
}

/** The way to another mentor, or back from it while that one has not answered. */
const handOver = (request: Request): Button =>
  request.offer
    ? button(say('Keep it'), 'request.keep', about(request))
    : button(say('Hand over'), 'request.hand-over', about(request));

/** For the mentor who is asked to take it over. */
export const takeOverSteps = (request: Request): Button[] => [
  button(say('Take it over'), 'request.take-over', about(request), 'primary'),
  button(say('Decline'), 'request.decline-hand-over', about(request)),
];

type Args = Record<string, string>;
const join = (args: Args): Button => button(say('Join'), 'session.join', args, 'primary');
const complete = (args: Args): Button => button(say('Complete'), 'session.complete', args, 'primary');
const missing = (who: 'student' | 'mentor', args: Args): Button =>
  button(
    who === 'student' ? say('The student did not come') : say('The mentor did not come'),
    'session.missing',
    args,
  );
const movedIt = (args: Args): Button => button(say('We moved it'), 'session.moved', args);
const move = (args: Args, asked: boolean): Button[] =>
  asked ? [] : [button(say('Move'), 'session.move', args)];
const feedback = (request: Request, view: View): Button[] =>
  request.session && canRate(request.session, view)
    ? [
        isMentorOf(request, view)
          ? button(say('Wrap up'), 'session.look-back', about(request), 'primary')
          : button(say('Give feedback'), 'session.feedback', about(request), 'primary'),
      ]
    : [];

/** While the other side's proposal waits for the reader, and what it would change has not begun. */
export function answersToProposal(request: Request, view: View): Button[] {
  const { proposal } = request;
  const party = request.student.id === view.me || isMentorOf(request, view);
  const begun = phaseOf(request, view.now) === 'on' || phaseOf(request, view.now) === 'over';
  if (!proposal || !party || begun || proposal.byId === view.me || proposal.startsAt <= view.now) return [];
  // Both carry the time: an old message never answers a newer proposal.
  const args = { ...about(request), startsAt: proposal.startsAt.toISOString() };
  return [
    button(say('Accept'), 'session.accept', args, 'primary'),
    button(say('Decline'), 'session.decline', args),
  ];
}

/** Only of a session that was held, and once each. */
const canRate = (session: Session, view: View): boolean =>
  session.outcome === 'HELD' && !session.feedback.some((given) => given.memberId === view.me);
