import type { Person } from '../core/people.ts';
import type { PreferredTime, Request } from '../core/request.ts';
import { endOf, type Session } from '../core/session.ts';
import type { Instant } from '../core/time.ts';
import { at, type Block, type Button, bold, button, facts, type Inline, mention, type Text } from './card.ts';
import { badge, sessionTypeLabels, urgencyWords } from './labels.ts';

/** For whom a card is worded, and when. */
export interface View {
  /** The reader's member id; null when many read it. */
  me: string | null;
  now: Instant;
  /** Arguments of the intent that it answers. */
  args: Record<string, string>;
}

export const isMentorOf = (request: Request, view: View): boolean =>
  view.me !== null && request.mentor?.id === view.me;

/** The other of the two, as the reader sees it. */
export const counterpart = (request: Request, view: View): Person | null =>
  isMentorOf(request, view) ? request.student : request.mentor;

/** The preferred times as numbered lines, each in the reader's zone. */
export const timeLines = (times: readonly PreferredTime[]): Text =>
  times.length === 0
    ? 'Any: the mentor chooses'
    : times.flatMap((time, index): Inline[] => [
        `${index > 0 ? '\n' : ''}${times.length > 1 ? `${index + 1}. ` : ''}`,
        at(time.start),
        ...(time.end ? [' until ', at(time.end)] : []),
      ]);

/** Everything a mentor wants to know before claiming. */
export const requestFacts = (request: Request): Block =>
  facts(
    ['Student', mention(request.student)],
    ['Type', sessionTypeLabels[request.sessionType]],
    ['Duration', `${request.durationMinutes} minutes`],
    ['Urgency', urgencyWords[request.urgency]],
    ['Preferred times', timeLines(request.preferredTimes)],
    request.tags.length > 0 ? ['Tags', request.tags.join(', ')] : null,
  );

/** Where to meet, in words for either of the two. */
export function linkText(session: Session): Text {
  if (session.meetingLink) return { link: session.meetingLink, label: session.meetingLink };
  if (session.meetingState === 'WANTED') return 'It is being made, and appears here.';
  return 'The mentor adds it here.';
}

/** One line that says where a request stands. */
export function standing(request: Request): Inline[] {
  const { session, proposal } = request;
  if (proposal) {
    const planned = session ? [at(session.startsAt), ' · '] : [];
    return [badge(request), ' · ', ...planned, 'proposed: ', at(proposal.startsAt)];
  }
  if (request.status === 'SCHEDULED' && session) return [badge(request), ' · ', at(session.startsAt)];
  if (request.status === 'CLAIMED' && request.mentor)
    return [badge(request), ' by ', mention(request.mentor)];
  if (request.status === 'OPEN') return [badge(request), ' until ', at(request.expiresAt)];
  return [badge(request)];
}

export const titleLine = (request: Request): Inline[] => [bold(request.title), '\n', ...standing(request)];

export const about = (request: Request): Record<string, string> => ({ requestId: request.id });

/** The buttons with which the reader can go on, the most useful first. */
export function nextSteps(request: Request, view: View): Button[] {
  const args = about(request);
  const { session } = request;
  const mine = request.student.id === view.me;
  const answers = answersToProposal(request, view);
  const steps: Button[] = [...answers];
  // Whoever is asked answers first; so no card needs more than five buttons beside each other.
  const move = answers.length > 0 ? [] : [button('Move', 'session.move', args)];
  if (session?.status === 'SCHEDULED' && endOf(session) > view.now)
    steps.push(button('Join', 'session.join', args, 'primary'));
  if (isMentorOf(request, view)) {
    if (request.status === 'CLAIMED') steps.push(button('Schedule', 'session.options', args, 'primary'));
    if (session?.status === 'SCHEDULED' && session.startsAt <= view.now) {
      steps.push(button('Complete', 'session.complete', args, 'primary'));
    } else if (request.status === 'SCHEDULED') {
      steps.push(...move, button('Release', 'session.give-back', args, 'danger'));
    } else if (request.status === 'CLAIMED') {
      steps.push(button('Release', 'request.release', args, 'danger'));
    }
    if (session?.status === 'SCHEDULED' && endOf(session) > view.now && session.meetingState !== 'WANTED') {
      steps.push(button(session.meetingLink ? 'Change link' : 'Add link', 'session.link', args));
    }
  }
  if (session && canRate(request, session, view))
    steps.push(button('Give feedback', 'session.feedback', args, 'primary'));
  if (mine && (request.status === 'OPEN' || request.status === 'CLAIMED')) {
    steps.push(button('Cancel', 'request.cancel', args, 'danger'));
  }
  if (mine && session?.status === 'SCHEDULED' && session.startsAt > view.now) {
    steps.push(...move, button('Cancel', 'session.call-off', args, 'danger'));
  }
  if (mine && request.status === 'EXPIRED') steps.push(button('Renew', 'request.renew', args, 'primary'));
  return steps;
}

/** While the other side's proposal waits for the reader. */
export function answersToProposal(request: Request, view: View): Button[] {
  const { proposal } = request;
  const party = request.student.id === view.me || isMentorOf(request, view);
  if (!proposal || !party || proposal.byId === view.me || proposal.startsAt <= view.now) return [];
  const startsAt = proposal.startsAt.toISOString();
  return [
    button('Accept', 'session.accept', { ...about(request), startsAt }, 'primary'),
    button('Decline', 'session.decline', about(request)),
  ];
}

function canRate(request: Request, session: Session, view: View): boolean {
  const party = request.student.id === view.me || isMentorOf(request, view);
  const over =
    session.status === 'COMPLETED' || (session.status === 'SCHEDULED' && endOf(session) <= view.now);
  return party && over && !session.feedback.some((given) => given.memberId === view.me);
}
